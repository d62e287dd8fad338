/** What is said of a single KPI: why it has its status, what keeps it from being computed, how it will end. */
import type { Params } from '../../domain/assessment.js';
import { dayIn, faultIn, percentIn, type Words } from '../words.js';
import { dayOf, reached } from './phrases.js';

/** "about 62%", or "about 58% to 66%" where two ways of reckoning differ. */
export function forecast(params: Params): string {
  const [low, high] = [percentIn(params, 'low'), percentIn(params, 'high')];
  const range = low === high || params.low === undefined ? percentIn(params, 'forecast') : `${low} to ${high}`;
  return `about ${range} expected`;
}

const unlikely = (params: Params): string => (params.unlikely === 1 ? `, ${forecast(params)}` : '');
const byZero = (params: Params): string => (params.method === 'zero-target' ? ' (a target of 0 is met or not)' : '');

export const kpiParts: Words['kpiParts'] = {
  actual: 'actual value',
  target: 'target',
  targetHigh: 'upper bound',
  baseline: 'baseline',
  period: 'period',
  start: 'start of the period',
  end: 'end of the period',
  direction: 'direction',
  accumulation: 'rule for adding up its readings',
  numerator: 'numerator',
  denominator: 'denominator',
  reading: 'value in one of its readings',
  scale: 'way percentages are written',
  plan: 'monthly plan',
};

export const kpiConflicts: Words['kpiConflicts'] = {
  'target-is-baseline': 'the target is the same as the baseline',
  'rating-target': 'ratings begin at 1, so the target asks for nothing',
  'bounds-reversed': 'the upper bound is below the lower one',
  'period-reversed': 'its period ends before it starts',
  direction: 'its direction contradicts baseline and target',
  'denominator-zero': 'the denominator is 0',
  scale: 'actual and target seem to be in different scales (share and percent)',
  unit: 'a reading is in another unit than the KPI',
  'plan-months': 'the months of its plan are not those of its period',
  'plan-total': 'its monthly plan does not lead to the target',
  size: 'the numbers are too large to calculate with',
};

export function fault(params: Params): string {
  const { kind, part } = faultIn(params);
  if (kind === 'contradictory') return kpiConflicts[part];
  return kind === 'missing' ? `there is no ${kpiParts[part]}` : `the ${kpiParts[part]} cannot be read`;
}

export const kpiReasons: Words['kpiReasons'] = {
  'on-pace': (params) => `On pace at ${reached(params)}${byZero(params)}`,
  'behind-pace': (params) => `Behind the target pace at ${reached(params)}${byZero(params)}${unlikely(params)}`,
  'far-behind-pace': (params) => `Far behind the target pace at ${reached(params)}${byZero(params)}${unlikely(params)}`,
  'too-early': (params) => `Too early to judge (${reached(params)} so far)`,
  'not-begun': (params) =>
    dayIn(params, 'start') === undefined ? 'Not begun yet' : `Begins on ${dayOf(params, 'start')}`,
  'period-achieved': (params) => `Period over, target achieved with ${reached(params)}${byZero(params)}`,
  'period-partly': (params) => `Period over, partly achieved with ${reached(params)}`,
  'period-missed': (params) => `Period over, missed with ${reached(params)}${byZero(params)}`,
  'already-achieved': (params) => `Target already achieved with ${reached(params)}${byZero(params)}`,
  'period-stretched': (params) => `Period over, stretch goal achieved with ${reached(params)}`,
  missing: (params) => `Cannot be computed: ${fault(params)}`,
  unreadable: (params) => `Cannot be computed: ${fault(params)}`,
  contradictory: (params) => `Cannot be computed: ${fault(params)}`,
  'not-live': (params) => (params.status === 'on-hold' ? 'On hold' : 'Cancelled'),
};
