import { dayIn, type RuleWords } from '../words.js';
import { fault } from './kpi-reasons.js';
import { dayOf, quoted, reached } from './phrases.js';

export const kpi = {
  'kpi-at-risk': {
    flag: 'KPI at risk',
    says: (params) => `KPI ${quoted(params, 'kpi')} is far behind its target pace at ${reached(params)}`,
    about: 'A KPI is so far behind the pace its period asks for that it will hardly be caught up.',
    next: 'Agree with the partner on what will be done differently, or on a target that can be held.',
  },
  'kpi-behind': {
    flag: 'KPI behind',
    says: (params) => `KPI ${quoted(params, 'kpi')} is behind its target pace at ${reached(params)}`,
    about: 'A KPI is behind the pace its period asks for.',
    next: 'Find the cause and put one action with an owner and a day against it.',
  },
  'kpi-missed': {
    flag: 'KPI missed',
    says: (params) =>
      dayIn(params, 'end') === undefined
        ? `KPI ${quoted(params, 'kpi')} missed its target with ${reached(params)}`
        : `KPI ${quoted(params, 'kpi')} ended on ${dayOf(params, 'end')} at ${reached(params)} of its target`,
    about: 'The period of a KPI is over and its target was missed.',
    next: 'Take the cause into the next review and into the goals of the next period.',
  },
  'kpi-not-computable': {
    flag: 'KPI not computable',
    says: (params) => `KPI ${quoted(params, 'kpi')} cannot be computed: ${fault(params)}`,
    about: 'A KPI that counts today lacks something without which it cannot be computed.',
    next: 'Fill in the part that is named.',
  },
  'kpi-stale': {
    flag: 'KPI out of date',
    says: (params) => `KPI ${quoted(params, 'kpi')} was last read on ${dayOf(params, 'date')}`,
    about: 'The number of a KPI has not been refreshed for twice its cadence.',
    next: 'Ask who keeps the number for today’s value.',
  },
} as const satisfies Readonly<Record<string, RuleWords>>;
