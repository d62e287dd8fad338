/** The contributions in whole points, as people read them: they add up to the whole-number health, and so does a change. */
import type { Contribution, DimensionPoints, HealthChange, Previous } from './assessment.js';
import type { FactorCode } from './factors/factor.js';
import { DIMENSIONS } from './scores.js';
import type { Dimension } from './verdict.js';

const EPSILON = 1e-9;

/** Whole numbers that add up to the rounded sum, each less than 1 from its own: the largest remainders are rounded up. */
export function wholeParts(values: readonly number[]): readonly number[] {
  const floors = values.map((value) => Math.floor(value + EPSILON));
  const total = Math.round(values.reduce((sum, value) => sum + value, 0));
  const left = total - floors.reduce((sum, value) => sum + value, 0);
  const remainder = (index: number): number => (values[index] ?? 0) - (floors[index] ?? 0);
  const byRemainder = [...floors.keys()].sort((one, other) => remainder(other) - remainder(one) || one - other);
  const raised = new Set(byRemainder.slice(0, Math.max(0, left)));
  return floors.map((floor, index) => floor + (raised.has(index) ? 1 : 0));
}

export interface WholeFactor {
  readonly dimension: Dimension;
  readonly code: FactorCode;
  readonly points: number;
}

/** The points of every factor, in whole numbers that add up to the rounded health. */
export function wholeFactors(contributions: readonly Contribution[]): readonly WholeFactor[] {
  const factors = contributions.flatMap(({ dimension, factors: own }) =>
    own.map(({ code, points }) => ({ dimension, code, points })),
  );
  const whole = wholeParts(factors.map(({ points }) => points));
  return factors.map((factor, index) => ({ ...factor, points: whole[index] ?? 0 }));
}

/** The whole points of each dimension that could be measured. */
export function dimensionPoints(contributions: readonly Contribution[]): DimensionPoints {
  const factors = wholeFactors(contributions);
  const sums = contributions.map(({ dimension }) => {
    const own = factors.filter((factor) => factor.dimension === dimension);
    return [dimension, own.reduce((sum, { points }) => sum + points, 0)] as const;
  });
  return Object.fromEntries(sums);
}

/** How far each dimension moved the health since it was told last; undefined when there is nothing to compare. */
export function changeOf(contributions: readonly Contribution[], told: Previous['told']): HealthChange | undefined {
  if (told === undefined || contributions.length === 0) return undefined;
  const now = dimensionPoints(contributions);
  const parts = DIMENSIONS.flatMap((dimension) => {
    const moved = (now[dimension] ?? 0) - (told.points[dimension] ?? 0);
    return moved === 0 ? [] : [[dimension, moved] as const];
  });
  return {
    since: told.day,
    points: parts.reduce((sum, [, moved]) => sum + moved, 0),
    parts: Object.fromEntries(parts),
  };
}
