/**
 * Where a KPI that adds up over its period will end if it goes on at the rate it had so far, and whether what is
 * left can still be made up. Levels and averages are not forecast: they do not grow with the days.
 */
import { type Day, daysBetween } from './calendar.js';
import type { EntityRow } from './entities.js';
import type { Policy } from './policy.js';
import type { Forecast } from './verdict.js';

/** An actual on a day, and what makes an achievement of any other actual. */
export interface Course {
  readonly actual: number;
  readonly target: number;
  readonly shareOf: (actual: number) => number | undefined;
}

/**
 * The run rate carried to the end of the period: baseline + (actual - baseline) / elapsed share. Undefined while it is
 * too early for a rate, outside the period, and for a KPI that does not add up. `unlikely` compares the rate that is
 * still needed with the one so far; an upper bound that is already broken cannot be kept any more.
 */
export function forecastOf(
  row: EntityRow<'kpis'>,
  { actual, target, shareOf }: Course,
  policy: Policy['kpi'],
  asOf: Day,
): Forecast | undefined {
  const { accumulation, direction = 'higher', start, end, baseline = 0 } = row.values;
  const addsUp = accumulation === 'cumulative' || accumulation === 'count';
  if (!addsUp || (direction !== 'higher' && direction !== 'lower') || start === undefined || end === undefined) {
    return undefined;
  }
  const gone = daysBetween(start, asOf);
  const left = daysBetween(asOf, end);
  const elapsed = gone / (gone + left);
  if (gone <= 0 || left < 0 || elapsed < policy.tooEarly) return undefined;
  const value = baseline + (actual - baseline) / elapsed;
  const share = Number.isFinite(value) ? shareOf(value) : undefined;
  if (share === undefined) return undefined;
  if (direction === 'lower' || baseline > target) return { value, share, unlikely: actual > target && share < 1 };
  const missing = target - actual;
  if (missing <= 0) return { value, share, unlikely: false };
  if (left === 0) return { value, share, unlikely: true };
  const requiredRate = missing / left;
  const rate = (actual - baseline) / gone;
  return { value, share, requiredRate, unlikely: requiredRate > rate * policy.unlikely };
}
