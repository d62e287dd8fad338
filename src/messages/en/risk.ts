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
} as const satisfies Readonly<Record<string, RuleWords>>;
