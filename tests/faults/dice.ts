/** Chance by a seed, in the forms a simulation draws it. */
import { seededRandom } from '../../src/sandbox/random.js';

export interface Dice {
  /** 0 up to, not including, 1. */
  next(): number;
  chance(share: number): boolean;
  /** A whole number, both ends included. */
  whole(from: number, to: number): number;
  /** Undefined only for an empty list. */
  one<T>(items: readonly T[]): T | undefined;
}

/** Dice of their own for everything that draws: what one of them draws does not shift the others. */
export function diceFor(name: string): Dice {
  const next = seededRandom(name);
  const whole = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return { next, chance: (share) => next() < share, whole, one: (items) => items[whole(0, items.length - 1)] };
}
