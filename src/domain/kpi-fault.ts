/**
 * Why a KPI cannot be computed: a part is not there, a part cannot be read, or the parts contradict each other. The
 * three ask for different hands: fill in, correct, decide.
 */

/** What a KPI is computed from. `reading` is the value of a dated reading, `period` its start and end together. */
export const KPI_PARTS = [
  'actual',
  'target',
  'targetHigh',
  'baseline',
  'period',
  'start',
  'end',
  'direction',
  'accumulation',
  'numerator',
  'denominator',
  'reading',
  'scale',
  'plan',
] as const;
export type KpiPart = (typeof KPI_PARTS)[number];

export const KPI_CONFLICTS = [
  /** No movement is asked for, so there is no way to be on. */
  'target-is-baseline',
  /** Ratings start at 1. */
  'rating-target',
  'bounds-reversed',
  'period-reversed',
  /** The baseline lies on the wrong side of the target. */
  'direction',
  'denominator-zero',
  /** A share such as 0.8 beside a percentage such as 80. */
  'scale',
  /** Readings in another unit than the goal. */
  'unit',
  /** The months of the plan are not those of the period. */
  'plan-months',
  /** The plan adds up to something else than the target. */
  'plan-total',
  /** A number too large to calculate with. */
  'size',
] as const;
export type KpiConflict = (typeof KPI_CONFLICTS)[number];

export type KpiFault =
  | { readonly kind: 'missing' | 'unreadable'; readonly part: KpiPart }
  | { readonly kind: 'contradictory'; readonly part: KpiConflict };

export type Result<T> = { readonly ok: T } | { readonly fault: KpiFault };

export const ok = <T>(value: T): Result<T> => ({ ok: value });
export const missing = (part: KpiPart): { fault: KpiFault } => ({ fault: { kind: 'missing', part } });
export const unreadable = (part: KpiPart): { fault: KpiFault } => ({ fault: { kind: 'unreadable', part } });
export const contradictory = (part: KpiConflict): { fault: KpiFault } => ({ fault: { kind: 'contradictory', part } });

/** The fault of a field that holds no usable value: something is there that cannot be read, or nothing is. */
export function lacking(row: { readonly unreadable: ReadonlySet<string> }, part: KpiPart): { fault: KpiFault } {
  return row.unreadable.has(part) ? unreadable(part) : missing(part);
}
