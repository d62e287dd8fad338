/**
 * The health of a partnership: four dimensions of 0 to 100, weighted over those that can be measured, the band that
 * makes of it, and the findings that leave no better status possible whatever the number says.
 */
import type { Contribution, FactorPoints, Finding, PartnershipStatus, Pillar, ScoreBand } from './assessment.js';
import { FACTORS, type Measure } from './factors/factor.js';
import type { Policy } from './policy.js';
import { DIMENSIONS, weighed } from './scores.js';

const EPSILON = 1e-9;

type Weights = Pick<Policy['health'], 'weights' | 'factors'>;

/**
 * What each dimension, and each factor in it, adds to the health. Weights are normalised over what could be measured;
 * the points of the factors add up to those of their dimension, and these to the health.
 */
export function contributionsOf(measures: readonly Measure[], policy: Weights): readonly Contribution[] {
  const measured = DIMENSIONS.flatMap((dimension) => {
    const factors = weighed(measures, dimension, policy);
    const inner = sumOf(factors, ({ weight }) => weight);
    const weight = policy.weights[dimension];
    return inner > 0 && weight > 0 ? [{ dimension, factors, inner, weight }] : [];
  });
  const whole = sumOf(measured, ({ weight }) => weight);
  return measured.map(({ dimension, factors: given, inner, weight: outer }) => {
    const weight = outer / whole;
    const factors = given.map(({ measure: { code, score }, weight: own }): FactorPoints => {
      const share = weight * (own / inner);
      return { code, score, weight: share, points: score * share };
    });
    const points = sumOf(factors, (factor) => factor.points);
    const score = sumOf(given, ({ value, weight: own }) => value * own) / inner;
    return { dimension, score, weight, points, factors };
  });
}

function sumOf<T>(items: readonly T[], amountOf: (item: T) => number): number {
  let sum = 0;
  for (const item of items) sum += amountOf(item);
  return sum;
}

/** The sum of the points, unrounded; undefined when nothing could be measured. */
export function healthOf(contributions: readonly Contribution[]): number | undefined {
  return contributions.length === 0 ? undefined : sumOf(contributions, ({ points }) => points);
}

export const PILLARS: readonly Pillar[] = ['trust', 'structure', 'performance', 'conflict', 'sustainability'];

/** The same points under the five pillars of the guide, each as a score of 0 to 100; a pillar without a factor is absent. */
export function pillarsOf(contributions: readonly Contribution[]): Readonly<Partial<Record<Pillar, number>>> {
  const pillars: Partial<Record<Pillar, number>> = {};
  for (const pillar of PILLARS) {
    let [weight, points] = [0, 0];
    for (const { factors } of contributions) {
      for (const factor of factors) {
        if (FACTORS[factor.code].pillar !== pillar) continue;
        weight += factor.weight;
        points += factor.points;
      }
    }
    if (weight > 0) pillars[pillar] = Math.min(100, points / weight);
  }
  return pillars;
}

/** The band of a health number; lower edges belong to the better band. */
export function bandOf(health: number, bands: Policy['health']['bands']): ScoreBand {
  if (health >= bands.onTrack - EPSILON) return 'on-track';
  return health >= bands.watch - EPSILON ? 'watch' : 'at-risk';
}

const BANDS: readonly ScoreBand[] = ['at-risk', 'watch', 'on-track'];

/**
 * The band of a health number beside the band given before, which is left only when the number is past its edge by
 * the hysteresis: a number that wavers by less never changes a status twice. At the ends of the scale there is no
 * further to go, so there the plain band stands.
 */
export function steadyBandOf(
  health: number,
  { bands, hysteresis }: Pick<Policy['health'], 'bands' | 'hysteresis'>,
  previous: ScoreBand | undefined,
): ScoreBand {
  const band = bandOf(health, bands);
  if (previous === undefined || health <= EPSILON || health >= 100 - EPSILON) return band;
  const before = BANDS.indexOf(previous);
  const rank = (points: number): number => BANDS.indexOf(bandOf(points, bands));
  const isHeld = before > rank(health) ? rank(health + hysteresis) >= before : rank(health - hysteresis) <= before;
  return isHeld ? previous : band;
}

/** The number at which a status that is only held gives way to the band of today. */
export function edgeOf(
  held: ScoreBand,
  band: ScoreBand,
  { bands, hysteresis }: Pick<Policy['health'], 'bands' | 'hysteresis'>,
): number {
  const rising = BANDS.indexOf(band) > BANDS.indexOf(held);
  const upper = rising ? held === 'watch' : held === 'on-track';
  return (upper ? bands.onTrack : bands.watch) + (rising ? hysteresis : -hysteresis);
}

/**
 * The best status a finding leaves possible, whatever the number says: an open critical risk, or a critical issue that
 * was not handled in its time, means at risk; notice due within the buffer or passed without a decision, or a critical
 * KPI at risk or missed, means watch at best.
 */
export function capOf({ code, severity, params }: Finding): 'watch' | 'at-risk' | undefined {
  if (code === 'risk-critical' || (code === 'issue-open' && severity === 'critical')) return 'at-risk';
  if (code === 'notice-passed' || (code === 'decide-by' && severity === 'high')) return 'watch';
  return (code === 'kpi-at-risk' || code === 'kpi-missed') && params.critical === 1 ? 'watch' : undefined;
}

/** The worst of a status and the caps on it. Without enough data only a cap of at-risk says more than that. */
export function capped(status: PartnershipStatus, findings: readonly Finding[]): PartnershipStatus {
  const caps = findings.map(capOf);
  if (caps.includes('at-risk')) return 'at-risk';
  return status === 'on-track' && caps.includes('watch') ? 'watch' : status;
}
