import type { Params } from '../../domain/assessment.js';
import { type RuleWords, wordsIn } from '../words.js';
import { dayOf, quoted } from './phrases.js';

const PROMISE: Readonly<Partial<Record<string, string>>> = {
  us: 'Our promise',
  them: 'Promise of the partner',
  both: 'Joint promise',
};

const PARTS: Readonly<Record<string, string>> = {
  owner: 'owner',
  kpi: 'KPI',
  riskPlan: 'plan for its risk',
  due: 'day',
};
const missingOf = (params: Params): string => wordsIn(params, 'missing', PARTS).join(' and no ');

export const delivery = {
  'milestone-overdue': {
    flag: 'Milestone overdue',
    says: (params) => `Milestone ${quoted(params, 'milestone')} was due on ${dayOf(params, 'date')}`,
    about: 'A milestone is past its day and neither done nor cancelled.',
    next: 'Enter the day it was done, or agree on a new day and say why.',
  },
  'action-overdue': {
    flag: 'Action overdue',
    says: (params) =>
      `${PROMISE[String(params.side)] ?? 'Action'} ${quoted(params, 'action')} was due on ${dayOf(params, 'date')}`,
    about: 'Something one side has promised is past its day and still open.',
    next: 'Keep the promise, or tell the other side today by when it will be kept.',
  },
  'milestone-blocked': {
    flag: 'Milestone blocked',
    says: (params) =>
      `Milestone ${quoted(params, 'milestone')} (due ${dayOf(params, 'date')}) waits for ${quoted(params, 'by')}`,
    about: 'A milestone that is due soon waits for one that is late.',
    next: 'Settle with both owners what comes first, and move the later one if it has to be.',
  },
  'milestone-moved': {
    flag: 'Milestone moved again',
    says: (params) => `The day of milestone ${quoted(params, 'milestone')} was moved ${params.count} times`,
    about: 'The day of a milestone was moved more than once.',
    next: 'Ask what keeps it from being reached, rather than for a third day.',
  },
  'milestone-incomplete': {
    flag: 'Milestone incomplete',
    says: (params) => `Milestone ${quoted(params, 'milestone')} has no ${missingOf(params)}`,
    about: 'A milestone that is close has no owner, serves no KPI, or has no plan for what may go wrong.',
    next: 'Fill in what is missing while there is time.',
  },
  'pilot-undecided': {
    flag: 'Pilot undecided',
    says: (params) => `Pilot ${quoted(params, 'milestone')} was to be decided by ${dayOf(params, 'date')}`,
    about: 'The day on which a pilot was to be decided has passed.',
    next: 'Decide: go on, change it, or stop; and write down what it showed.',
  },
  'replan-needed': {
    flag: 'Plan needs a new look',
    says: (params) => `${params.late} of ${params.count} open milestones are late`,
    about: 'So many of the open milestones are late that the plan as a whole does not hold.',
    next: 'Go through all of them with the partner once, and set priorities anew.',
  },
  'next-milestone-missing': {
    flag: 'No next milestone',
    says: () => 'No milestone is planned',
    about: 'A partnership at work has no milestone ahead of it in the coming months.',
    next: 'Agree on the next thing to reach together, and by when.',
  },
  'action-incomplete': {
    flag: 'Action incomplete',
    says: (params) => `Action ${quoted(params, 'action')} has no ${missingOf(params)}`,
    about: 'An open action has nobody who does it, or no day.',
    next: 'Name one person and one day.',
  },
  'improvement-stalled': {
    flag: 'Improvement waiting',
    says: (params) => `Improvement ${quoted(params, 'action')} is open since ${dayOf(params, 'date')}`,
    about: 'An improvement was written down months ago and is still open.',
    next: 'Do the first step this week, or drop it and say why.',
  },
  'effect-unverified': {
    flag: 'Effect not checked',
    says: (params) =>
      `Nobody has checked what improvement ${quoted(params, 'action')} has brought (done on ${dayOf(params, 'date')})`,
    about: 'An improvement is done, and whether it helped was not looked at.',
    next: 'Compare the number it was meant to move, and tick it off.',
  },
  'loop-slow': {
    flag: 'Slow loop',
    says: (params) =>
      `It takes a median of ${params.days} days from what is said to what is done (${params.count} cases)`,
    about: 'It takes too long until something follows from feedback or an issue.',
    next: 'Take the oldest open case and see where it waits.',
  },
} as const satisfies Readonly<Record<string, RuleWords>>;
