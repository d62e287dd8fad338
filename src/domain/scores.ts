/**
 * The four scores of a partnership, each the weighted mean of its factors, and how much of what should be measured is.
 * What is missing is left out, never counted as good; how much of it there is shows in coverage and confidence.
 */
import type { EntityName } from './entities.js';
import { clamp, FACTORS, type Measure, weightedMean } from './factors/factor.js';
import { measure } from './factors/index.js';
import { currentKpis, lacksCoverage, weightOfKpi } from './factors/performance.js';
import type { Facts } from './facts.js';
import { oncePer } from './once.js';
import type { Policy } from './policy.js';
import type { Dimension } from './verdict.js';

/** Entities the number rests on besides those of the rules. */
export const HEALTH_ENTITIES: readonly EntityName[] = [
  'partnerships',
  'kpis',
  'measurements',
  'milestones',
  'reviews',
  'actions',
  'issues',
  'contacts',
  'interactions',
  'feedback',
  'agreements',
];

export const DIMENSIONS: readonly Dimension[] = ['performance', 'delivery', 'trust', 'strategic'];

export type Scores = Readonly<Partial<Record<Dimension, number>>>;

/** The factors of a dimension that weigh anything, with their weights. */
export function weighed(
  measures: readonly Measure[],
  dimension: Dimension,
  { factors }: Pick<Policy['health'], 'factors'>,
): readonly { readonly measure: Measure; readonly weight: number; readonly value: number }[] {
  const own: { measure: Measure; weight: number; value: number }[] = [];
  for (const measured of measures) {
    const weight = factors[measured.code];
    if (weight > 0 && FACTORS[measured.code].dimension === dimension) {
      own.push({ measure: measured, weight, value: measured.score });
    }
  }
  return own;
}

/** The scores that can be measured, 0 to 100. */
export const scoresOf = oncePer((facts: Facts): Scores => {
  const measures = measure(facts);
  const scores: Partial<Record<Dimension, number>> = {};
  for (const dimension of DIMENSIONS) {
    const score = weightedMean(
      weighed(measures, dimension, facts.policy.health),
      ({ weight }) => weight,
      ({ value }) => value,
    );
    if (score !== undefined) scores[dimension] = score;
  }
  return scores;
});

/** The health of today, 0 to 100, without its parts; undefined where too little is measured to give one. */
export function healthToday(facts: Facts): number | undefined {
  if (lacksCoverage(facts)) return undefined;
  const { weights } = facts.policy.health;
  const scores = scoresOf(facts);
  return weightedMean(
    DIMENSIONS,
    (dimension) => weights[dimension],
    (dimension) => scores[dimension],
  );
}

/** Weighted freshness of today's KPIs (see `freshness`); 0 for a partnership without any. */
export function confidenceOf(facts: Facts): number {
  return weightedMean(currentKpis(facts), weightOfKpi, ({ fresh }) => fresh) ?? 0;
}

const EPSILON = 1e-9;

/**
 * Whether today's numbers are too old, or too few to speak of, for good news to rest on them: those that are measured
 * are less fresh than the policy asks, or none is. Never where no KPIs are kept.
 */
export function lacksFreshness(facts: Facts): boolean {
  if (!facts.mapped('kpis', 'name')) return false;
  const fresh = weightedMean(currentKpis(facts), weightOfKpi, (kpi) =>
    kpi.assessment.status === 'not-computable' ? undefined : kpi.fresh,
  );
  return (fresh ?? 0) < facts.policy.health.minimumFreshness - EPSILON;
}

const MAX_ACHIEVEMENT = 1.2;

/** Weighted mean of achievements, each held between 0 and 1.2 so that one outlier does not hide the others. */
export function kpiAchievementOf(facts: Facts): number | undefined {
  return weightedMean(currentKpis(facts), weightOfKpi, ({ assessment: { achievement } }) =>
    achievement === undefined ? undefined : clamp(achievement, 0, MAX_ACHIEVEMENT),
  );
}
