import { dayIn, partIn, type RuleWords, type Words } from '../words.js';
import { dayOf, quoted, reached } from './phrases.js';

/** What keeps a KPI from being computed. */
export const kpiParts: Words['kpiParts'] = {
  actual: 'there is no actual value',
  target: 'the target is missing, or the same as the baseline',
  targetHigh: 'the upper bound is missing, or below the lower one',
  baseline: 'the baseline cannot be read',
  period: 'the start and end of its period are missing or contradict each other',
  direction: 'its direction contradicts baseline and target',
  accumulation: 'it does not say how readings add up',
  numerator: 'the numerator is missing',
  denominator: 'the denominator is missing or 0',
  reading: 'a reading cannot be read',
  scale: 'actual and target seem to be in different scales (share and percent)',
  size: 'the numbers are too large to calculate with',
};

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
    says: (params) => `KPI ${quoted(params, 'kpi')} cannot be computed: ${kpiParts[partIn(params)]}`,
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
