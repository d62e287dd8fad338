import type { Params } from '../../domain/assessment.js';
import type { GoalPart } from '../../domain/rules/goal.js';
import { dayIn, partsIn, type RuleWords } from '../words.js';
import { fault } from './kpi-reasons.js';
import { dayOf, quoted, reached } from './phrases.js';

const GOAL_PARTS: Readonly<Record<GoalPart, string>> = {
  owner: 'owner',
  target: 'target',
  period: 'period',
  baseline: 'baseline',
  unit: 'unit',
  relevance: 'relevance',
  source: 'source',
  cadence: 'cadence',
};

/** "owner, period and unit". */
function goalParts(params: Params): string {
  const names = partsIn(params).map((part) => GOAL_PARTS[part]);
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

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
  'kpi-not-smart': {
    flag: 'Goal incomplete',
    says: (params) => `KPI ${quoted(params, 'kpi')} says nothing of its ${goalParts(params)}`,
    about: 'A goal lacks something that makes it specific, measurable, achievable, relevant and time-bound.',
    next: 'Fill in the parts that are named, together with the partner.',
  },
  'kpi-one-sided': {
    flag: 'KPIs of one kind only',
    says: (params) =>
      params.kind === 'qualitative'
        ? 'All KPIs are judgements and none is a number'
        : 'All KPIs are numbers and none tells of the relationship',
    about: 'The KPIs of a partnership are all quantitative, or all qualitative.',
    next: 'Set a KPI of the other kind beside them, such as satisfaction beside revenue.',
  },
  'kpi-no-long-term': {
    flag: 'No long-term goal',
    says: () => 'All goals are for a half-year or less',
    about: 'No goal of a partnership looks further than a half-year.',
    next: 'Agree on what the partnership is to be worth in a year or over its life.',
  },
} as const satisfies Readonly<Record<string, RuleWords>>;
