/**
 * Where a KPI that adds up over its period will end, and whether what is left can still be made up. Levels and
 * averages are not forecast: they do not grow with the days.
 */
import { isPaced, ratioAt } from './achievement.js';
import { addMonths, type Day, daysBetween } from './calendar.js';
import type { EntityRow } from './entities.js';
import { dueShare, elapsedShare, type KpiOptions } from './period.js';
import { type Measured, num, type Reading } from './reading.js';
import type { Forecast } from './verdict.js';

type KpiRow = EntityRow<'kpis'>;

/**
 * The run rate carried to the end of the period, baseline + (actual - baseline) / share of the way that is due by now,
 * and, where three months of readings are there, the median of the last three carried on. Undefined while it is too
 * early for a rate, outside the period, and for a KPI that does not add up. `unlikely` compares the rate that is
 * still needed with the recent one; an upper bound that is already broken cannot be kept any more.
 */
export function forecastOf(
  row: KpiRow,
  { actual }: Measured,
  readings: readonly Reading[],
  options: KpiOptions,
): Forecast | undefined {
  const { accumulation, direction = 'higher', start, end, baseline = 0 } = row.values;
  const { policy, asOf } = options;
  const target = num(row.values.target);
  const addsUp = accumulation === 'cumulative' || accumulation === 'count';
  if (!addsUp || (direction !== 'higher' && direction !== 'lower')) return undefined;
  if (target === undefined || start === undefined || end === undefined) return undefined;
  const gone = daysBetween(start, asOf);
  const left = daysBetween(asOf, end);
  const due = isPaced(row) ? dueShare(row, options) : { ok: elapsedShare(start, end, asOf, options) };
  if (gone <= 0 || left < 0 || 'fault' in due || due.ok < policy.tooEarly) return undefined;
  const value = baseline + (actual - baseline) / due.ok;
  const share = ratioAt(row, value);
  const missing = target - actual;
  // Of numbers at the end of what can be counted nothing is foretold.
  if (share === undefined || !Number.isFinite(value) || !Number.isFinite(missing)) return undefined;
  const recent = recentRate(row, readings, asOf);
  const carried = recent === undefined ? undefined : ratioAt(row, actual + recent * left);
  const rate = recent ?? (actual - baseline) / gone;
  const forecast = { value, share, ...outlook(row, actual, target, left, rate * policy.unlikely, share) };
  return carried === undefined
    ? forecast
    : { ...forecast, low: Math.min(share, carried), high: Math.max(share, carried) };
}

/** What is still needed per day, and whether that is more than `fastest`. */
function outlook(
  { values: { direction, baseline = 0 } }: KpiRow,
  actual: number,
  target: number,
  left: number,
  fastest: number,
  share: number,
): Pick<Forecast, 'requiredRate' | 'unlikely'> {
  if (direction === 'lower' || baseline > target) return { unlikely: actual > target && share < 1 };
  const missing = target - actual;
  if (missing <= 0) return { unlikely: false };
  if (left === 0) return { unlikely: true };
  const requiredRate = missing / left;
  return { requiredRate, unlikely: requiredRate > fastest };
}

const INTERVALS = 3;

/**
 * What was added per day in the median of the last three months up to a day. The median is not thrown by one month that
 * is not reported yet. Undefined where the period is younger than that, or its readings are not all known.
 */
function recentRate({ values: row }: KpiRow, readings: readonly Reading[], asOf: Day): number | undefined {
  const begin = addMonths(asOf, -INTERVALS);
  if (readings.length === 0 || row.start === undefined || begin < row.start) return undefined;
  const amounts: number[] = [];
  for (let back = 0; back < INTERVALS; back += 1) {
    const [after, until] = [addMonths(asOf, -back - 1), addMonths(asOf, -back)];
    const within = readings.filter(({ values: { date } }) => date !== undefined && date > after && date <= until);
    const added = row.accumulation === 'count' ? within.length : sumOf(within);
    if (added === undefined) return undefined;
    amounts.push(added);
  }
  const [, median = 0] = amounts.sort((left, right) => left - right);
  return (median * INTERVALS) / daysBetween(begin, asOf);
}

/** A row prepared for a reading adds nothing yet; one that cannot be read leaves the sum unknown. */
function sumOf(readings: readonly Reading[]): number | undefined {
  if (readings.some(({ unreadable }) => unreadable.has('value'))) return undefined;
  return readings.reduce((total, { values: { value } }) => total + (num(value) ?? 0), 0);
}
