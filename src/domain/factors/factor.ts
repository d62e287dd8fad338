/**
 * The factors the health of a partnership is made of. Each belongs to one dimension, whose weight it shares, and to
 * one of the guide's five pillars, under which the same points are told once more.
 */
import type { Day, EntityName } from '../entities.js';
import type { RowRef } from '../snapshot.js';
import type { Dimension, Params, Pillar } from '../verdict.js';

const define = <const F extends Readonly<Record<string, { readonly dimension: Dimension; readonly pillar: Pillar }>>>(
  factors: F,
): F => factors;

export const FACTORS = define({
  kpis: { dimension: 'performance', pillar: 'performance' },
  milestones: { dimension: 'delivery', pillar: 'structure' },
  'promises-us': { dimension: 'delivery', pillar: 'trust' },
  'promises-them': { dimension: 'delivery', pillar: 'trust' },
  actions: { dimension: 'delivery', pillar: 'structure' },
  'issue-handling': { dimension: 'delivery', pillar: 'conflict' },
  contact: { dimension: 'trust', pillar: 'trust' },
  reviews: { dimension: 'trust', pillar: 'structure' },
  satisfaction: { dimension: 'trust', pillar: 'trust' },
  communication: { dimension: 'trust', pillar: 'trust' },
  'problem-response': { dimension: 'trust', pillar: 'conflict' },
  'stated-trust': { dimension: 'trust', pillar: 'trust' },
  'perception-gap': { dimension: 'trust', pillar: 'trust' },
  'response-time': { dimension: 'trust', pillar: 'trust' },
  tone: { dimension: 'trust', pillar: 'trust' },
  esg: { dimension: 'strategic', pillar: 'sustainability' },
  profile: { dimension: 'strategic', pillar: 'sustainability' },
});

export type FactorCode = keyof typeof FACTORS;

/** What a row says to a factor; `code` picks the sentence. */
export type EvidenceCode =
  | 'kpi'
  | 'kept'
  | 'late'
  | 'overdue'
  | 'handled'
  | 'handled-late'
  | 'unhandled'
  | 'contact'
  | 'review'
  | 'rating'
  | 'gap'
  | 'answered'
  | 'positive'
  | 'negative'
  | 'share';

export interface Evidence {
  readonly code: EvidenceCode;
  readonly entity: EntityName;
  readonly row: RowRef;
  /** The day it speaks of. */
  readonly day?: Day;
  readonly params: Params;
  /** What it is worth, 0 to 1; absent where only all rows together are worth something, as in a median. */
  readonly credit?: number;
  /** Its weight beside the other rows of the factor. */
  readonly weight: number;
}

/** A factor as measured: 0 to 100, with the rows it was measured by and figures worth telling beside the score. */
export interface Measure {
  readonly code: FactorCode;
  readonly score: number;
  readonly evidence: readonly Evidence[];
  readonly params: Params;
}

/** Evidence dated longer ago than this says nothing of today. */
export const YEAR = 365;

export const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** 1 up to `best`, falling evenly to 0 from `worst` on: for what is better the less of it there is. */
export function fading(value: number, best: number, worst: number): number {
  if (value <= best) return 1;
  return value >= worst ? 0 : (worst - value) / (worst - best);
}

/** The weighted mean over the items that have a value, or undefined when none of them has any weight. */
export function weightedMean<T>(
  items: readonly T[],
  weightOf: (item: T) => number,
  worthOf: (item: T) => number | undefined,
): number | undefined {
  let [whole, worth] = [0, 0];
  for (const item of items) {
    const value = worthOf(item);
    if (value === undefined) continue;
    whole += weightOf(item);
    worth += weightOf(item) * value;
  }
  return whole > 0 ? worth / whole : undefined;
}

/** A factor that is the weighted mean of what its rows are worth; none without rows that weigh anything. */
export function meanOf(code: FactorCode, evidence: readonly Evidence[], params: Params = {}): readonly Measure[] {
  const mean = weightedMean(
    evidence,
    ({ weight }) => weight,
    ({ credit }) => credit,
  );
  return mean === undefined ? [] : [{ code, score: mean * 100, evidence, params }];
}

/** The middle value, or the mean of the two in the middle; 0 where there is none. */
export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] = [sorted[sorted.length % 2 === 1 ? middle : middle - 1], sorted[middle]];
  return (low + high) / 2;
}
