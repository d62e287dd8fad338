import type { RuleWords } from '../words.js';
import { dayOf, quoted } from './phrases.js';

export const risk = {
  'risk-critical': {
    flag: 'Critical risk',
    says: (params) =>
      `Critical risk ${quoted(params, 'risk')} is open (likelihood ${params.likelihood}, impact ${params.impact})`,
    about: 'An open risk whose likelihood and impact make it critical.',
    next: 'Bring it to the sponsor, and treat, hand over or accept it.',
  },
  'risk-high': {
    flag: 'High risk',
    says: (params) =>
      `High risk ${quoted(params, 'risk')} is open (likelihood ${params.likelihood}, impact ${params.impact})`,
    about: 'An open risk whose likelihood and impact make it high.',
    next: 'Agree on a plan with the partner lead and look at it every two weeks.',
  },
  'risk-without-plan': {
    flag: 'Risk without plan',
    says: (params) => `Risk ${quoted(params, 'risk')} has no plan`,
    about: 'An open risk has no plan although the time its grade gives for one is over.',
    next: 'Write down what is done about it, by whom and by when.',
  },
  'risk-review-overdue': {
    flag: 'Risk review overdue',
    says: (params) => `Risk ${quoted(params, 'risk')} was to be looked at again by ${dayOf(params, 'date')}`,
    about: 'The day a risk was to be looked at again has passed.',
    next: 'Look at likelihood and impact again and set the next day.',
  },
  'risk-without-owner': {
    flag: 'Risk without owner',
    says: (params) => `Nobody answers for risk ${quoted(params, 'risk')}`,
    about: 'An open risk has no owner although the time its grade gives to name one is over.',
    next: 'Name who answers for it; for a critical one the sponsor.',
  },
  'risk-plan-overdue': {
    flag: 'Risk plan overdue',
    says: (params) => `The plan for risk ${quoted(params, 'risk')} was due on ${dayOf(params, 'date')}`,
    about: 'The day a risk was to be dealt with has passed and it is still open.',
    next: 'Close the risk, or agree on a new day for its plan.',
  },
  'risk-acceptance-expired': {
    flag: 'Risk acceptance expired',
    says: (params) => `Risk ${quoted(params, 'risk')} was accepted until ${dayOf(params, 'date')}`,
    about: 'A risk was accepted until a day that has passed, so it counts as open again.',
    next: 'Accept it anew with a new day, or treat it.',
  },
  'risk-trigger-passed': {
    flag: 'Risk may strike',
    says: (params) => `Risk ${quoted(params, 'risk')} may strike since ${dayOf(params, 'date')} and is not treated`,
    about: 'The day from which a risk may strike has come, and nobody treats or has accepted it.',
    next: 'Carry out its plan, or say why it can wait.',
  },
  'risk-residual-higher': {
    flag: 'Treatment makes risk worse',
    says: (params) => `Risk ${quoted(params, 'risk')} is graded higher after treatment than before`,
    about: 'What is left of a risk after its treatment is graded higher than the risk itself.',
    next: 'Check both pairs of ranks, or choose another treatment.',
  },
  'risk-ungraded': {
    flag: 'Risk without grade',
    says: (params) => `Risk ${quoted(params, 'risk')} has no likelihood and impact of 1 to 5`,
    about: 'An open risk cannot be graded, since likelihood or impact is missing or not on the scale of 1 to 5.',
    next: 'Grade it together with its owner.',
  },
  'risk-register-empty': {
    flag: 'No risks on record',
    says: () => 'No risk was ever written down',
    about: 'A partnership at work has not one entry in the risk register.',
    next: 'Ask at the next review what could go wrong, and write down the first three.',
  },
} as const satisfies Readonly<Record<string, RuleWords>>;
