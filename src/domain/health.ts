/**
 * The health of a partnership: four dimensions of 0 to 100, weighted over those that can be measured, the band that
 * makes of it, and the findings that leave no better status possible whatever the number says.
 */
import type { Contribution, Dimension, Finding, PartnershipStatus } from './assessment.js';
import type { Policy } from './policy.js';
import type { Scores } from './scores.js';

const DIMENSIONS: readonly Dimension[] = ['performance', 'delivery', 'trust', 'strategic'];
const EPSILON = 1e-9;

/** Scores with their weights normalised over what is there; the health is the sum of the points. */
export function contributionsOf(scores: Scores, weights: Policy['health']['weights']): readonly Contribution[] {
  const measured = DIMENSIONS.flatMap((dimension) => {
    const score = scores[dimension];
    const weight = weights[dimension];
    return score === undefined || !(weight > 0) ? [] : [{ dimension, score, weight }];
  });
  const whole = measured.reduce((sum, { weight }) => sum + weight, 0);
  return measured.map(({ dimension, score, weight }) => ({
    dimension,
    score,
    weight: weight / whole,
    points: score * (weight / whole),
  }));
}

/** The sum of the points, unrounded; undefined when nothing could be measured. */
export function healthOf(contributions: readonly Contribution[]): number | undefined {
  if (contributions.length === 0) return undefined;
  return contributions.reduce((sum, { points }) => sum + points, 0);
}

/** The band of a health number; lower edges belong to the better band. */
export function bandOf(health: number, bands: Policy['health']['bands']): PartnershipStatus {
  if (health >= bands.onTrack - EPSILON) return 'on-track';
  return health >= bands.watch - EPSILON ? 'watch' : 'at-risk';
}

const BANDS: readonly PartnershipStatus[] = ['at-risk', 'watch', 'on-track'];

/**
 * The band of a health number beside the status given before, which is left only when the number is past its edge by
 * the hysteresis: a number that wavers by less never changes a status twice. At the ends of the scale there is no
 * further to go, so there the plain band stands.
 */
export function steadyBandOf(
  health: number,
  { bands, hysteresis }: Pick<Policy['health'], 'bands' | 'hysteresis'>,
  previous: PartnershipStatus | undefined,
): PartnershipStatus {
  const band = bandOf(health, bands);
  const before = previous === undefined ? -1 : BANDS.indexOf(previous);
  if (previous === undefined || before < 0 || health <= EPSILON || health >= 100 - EPSILON) return band;
  const rank = (points: number): number => BANDS.indexOf(bandOf(points, bands));
  const isHeld = before > rank(health) ? rank(health + hysteresis) >= before : rank(health - hysteresis) <= before;
  return isHeld ? previous : band;
}

/** The number at which a status that is only held gives way to the band of today. */
export function edgeOf(
  held: PartnershipStatus,
  band: PartnershipStatus,
  { bands, hysteresis }: Pick<Policy['health'], 'bands' | 'hysteresis'>,
): number {
  const rising = BANDS.indexOf(band) > BANDS.indexOf(held);
  const upper = rising ? held === 'watch' : held === 'on-track';
  return (upper ? bands.onTrack : bands.watch) + (rising ? hysteresis : -hysteresis);
}

/**
 * The best status a finding leaves possible, whatever the number says: an open critical risk means at risk; notice
 * due within the buffer or passed without a decision, or a critical KPI at risk, means watch at best.
 */
export function capOf({ code, severity, params }: Finding): 'watch' | 'at-risk' | undefined {
  if (code === 'risk-critical') return 'at-risk';
  if (code === 'notice-passed' || (code === 'decide-by' && severity === 'high')) return 'watch';
  return code === 'kpi-at-risk' && params.critical === 1 ? 'watch' : undefined;
}

/** The worst of a status and the caps on it. Without enough data only a cap of at-risk says more than that. */
export function capped(status: PartnershipStatus, findings: readonly Finding[]): PartnershipStatus {
  const caps = findings.map(capOf);
  if (caps.includes('at-risk')) return 'at-risk';
  return status === 'on-track' && caps.includes('watch') ? 'watch' : status;
}
