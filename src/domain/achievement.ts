/**
 * How far a KPI is: one raw ratio whatever its direction, 1 being the target reached. Which formula gave it is part
 * of the answer, since a target of 0 or a missing baseline asks for another one.
 */
import type { EntityRow } from './entities.js';
import { contradictory, lacking, missing, ok, type Result, unreadable } from './kpi-fault.js';
import { type Measured, num } from './reading.js';
import type { KpiMethod } from './verdict.js';

type KpiRow = EntityRow<'kpis'>;

/** A raw ratio, not clamped, and the formula behind it. */
export interface Achieved {
  readonly ratio: number;
  readonly method: KpiMethod;
}

export type Way = 'up' | 'down' | 'range' | 'maintain' | 'milestone' | 'rating';

/** The direction as stated, else as baseline and target show it, else up. A baseline on the wrong side of the target contradicts it. */
export function wayOf(row: KpiRow): Result<Way> {
  const { direction } = row.values;
  if (row.unreadable.has('direction')) return unreadable('direction');
  if (direction !== undefined && direction !== 'higher' && direction !== 'lower') return ok(direction);
  const baseline = num(row.values.baseline);
  const target = num(row.values.target);
  const shown = baseline === undefined || target === undefined || baseline === target ? undefined : target > baseline;
  if (direction === undefined) return ok(shown === false ? 'down' : 'up');
  if (shown !== undefined && shown !== (direction === 'higher')) return contradictory('direction');
  return ok(direction === 'higher' ? 'up' : 'down');
}

/** The achievement a measured value makes of a row. */
export function achievementOf(row: KpiRow, measured: Measured): Result<Achieved> {
  const way = wayOf(row);
  if ('fault' in way) return way;
  const broken = (['baseline', 'target', 'targetHigh'] as const).find((field) => row.unreadable.has(field));
  if (broken !== undefined) return unreadable(broken);
  const target = way.ok === 'milestone' ? (num(row.values.target) ?? 1) : num(row.values.target);
  if (target === undefined) return missing('target');
  if (scalesDisagree(row, measured.actual, target)) return contradictory('scale');
  const achieved = achievedBy(way.ok, row, measured, target);
  if ('fault' in achieved) return achieved;
  return Number.isFinite(achieved.ok.ratio) ? achieved : contradictory('size');
}

/** The ratio another actual would make of the same row; undefined where none can be made. */
export function ratioAt(row: KpiRow, actual: number): number | undefined {
  const way = wayOf(row);
  const target = num(row.values.target);
  if ('fault' in way || target === undefined) return undefined;
  const achieved = achievedBy(way.ok, row, { actual, values: [] }, target);
  return 'ok' in achieved && Number.isFinite(achieved.ok.ratio) ? achieved.ok.ratio : undefined;
}

function achievedBy(way: Way, row: KpiRow, measured: Measured, target: number): Result<Achieved> {
  const { actual } = measured;
  const baseline = num(row.values.baseline);
  const high = num(row.values.targetHigh);
  switch (way) {
    case 'up':
    case 'down':
      if (baseline === undefined) return ok(withoutBaseline(way, actual, target));
      if (baseline === target) return contradictory('target-is-baseline');
      return ok({ ratio: (actual - baseline) / (target - baseline), method: 'from-baseline' });
    case 'range':
      if (high === undefined) return lacking(row, 'targetHigh');
      return high < target
        ? contradictory('bounds-reversed')
        : ok({ ratio: inRange(actual, target, high), method: 'range' });
    case 'maintain':
      return ok({ ratio: shareKept(measured, target), method: 'share-kept' });
    case 'milestone':
      return ok({ ratio: actual >= target ? 1 : 0, method: 'reached-or-not' });
    case 'rating':
      return target <= 1
        ? contradictory('rating-target')
        : ok({ ratio: (actual - 1) / (target - 1), method: 'rating-from-1' });
  }
}

/** Distance to the target in units of the target, so that a negative target keeps its sense; a target of 0 is reached or not. */
function withoutBaseline(way: 'up' | 'down', actual: number, target: number): Achieved {
  const better = way === 'up' ? actual - target : target - actual;
  if (target === 0) return { ratio: better >= 0 ? 1 : 0, method: 'zero-target' };
  return { ratio: 1 + better / Math.abs(target), method: way === 'up' ? 'share-of-target' : 'distance-to-bound' };
}

/** 1 inside the bounds, less outside by the distance in units of the bound; never above 1. */
function inRange(actual: number, low: number, high: number): number {
  if (actual >= low && actual <= high) return 1;
  const [outside, bound] = actual < low ? [low - actual, low] : [actual - high, high];
  return bound === 0 ? 0 : 1 - outside / Math.abs(bound);
}

function shareKept({ values, actual }: Measured, target: number): number {
  if (values.length === 0) return actual >= target ? 1 : 0;
  return values.filter((value) => value >= target).length / values.length;
}

const FAR_APART = 20;

/**
 * A share such as 0.8 beside a number such as 80, in a KPI that may be a percentage and declares no scale:
 * one of them was typed in the other's scale, and which one cannot be known.
 */
function scalesDisagree(row: KpiRow, actual: number, target: number): boolean {
  const { scale, unit, direction } = row.values;
  if (scale !== undefined || direction === 'milestone') return false;
  const percentUnit = unit !== undefined && /%|％|percent|퍼센트|프로/i.test(unit);
  if (unit !== undefined && !percentUnit) return false;
  const small = Math.min(actual, target);
  const large = Math.max(actual, target);
  const smallIsShare = small > 0 && (small < 1 || (percentUnit && small === 1));
  return smallIsShare && large > 1 && large / small >= FAR_APART;
}

/**
 * Whether progress is measured against elapsed time. A level (a snapshot, an average or a ratio without a
 * baseline, a value to keep, a bound not to exceed) should hold on every day: it is expected in full from the first.
 * A level with a monthly plan is on its way to the target all the same.
 */
export function isPaced(row: KpiRow): boolean {
  const { direction, accumulation, baseline, plan } = row.values;
  if (direction === 'range' || direction === 'maintain' || direction === 'rating') return false;
  if (baseline !== undefined) return true;
  if (direction === 'lower') return false;
  return !isLevel(accumulation) || plan !== undefined || row.unreadable.has('plan');
}

/** Whether readings are levels rather than amounts. */
export const isLevel = (accumulation: KpiRow['values']['accumulation']): boolean =>
  accumulation === 'snapshot' || accumulation === 'average' || accumulation === 'ratio';
