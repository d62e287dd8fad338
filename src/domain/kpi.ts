/**
 * The arithmetic of one KPI: how far it is (achievement), how far it should be by now (expected), and what that
 * makes of it (status, reason). A value that is missing, unreadable or contradictory makes the KPI not
 * computable and says which part is at fault; nothing is guessed and missing is never zero.
 */

import { type Day, daysBetween, nextByCadence } from './calendar.js';
import type { EntityRow } from './entities.js';
import { forecastOf } from './forecast.js';
import type { Policy } from './policy.js';
import { actualOf, type KpiPart, type Measured, num } from './reading.js';
import type { KpiAssessment, KpiReason, KpiStatus } from './verdict.js';

type KpiRow = EntityRow<'kpis'>;

const EPSILON = 1e-9;
/** A stretch goal is set to be missed by some: 40 % of it is still partly reached. */
const STRETCH_PARTLY = 0.4;
const MAX_WEIGHT = 1e6;
const MIN_WEIGHT = 1e-6;

type Result<T> = { readonly ok: T } | { readonly missing: KpiPart };

const missing = (part: KpiPart): { missing: KpiPart } => ({ missing: part });

/**
 * Assesses one KPI on a day. `measurements` are the readings of this KPI; those after `asOf` are ignored.
 *
 * - A row that is cancelled or on hold is not judged (`not-live`); a row that is done is judged as if its period were over.
 * - `planned`, or a period that starts later, is `not-begun`: no achievement is stated yet.
 * - Status by pace (achievement / expected) while the period runs, by achievement once it is over.
 */
export function assessKpi(
  row: KpiRow,
  measurements: readonly EntityRow<'measurements'>[],
  policy: Policy['kpi'],
  asOf: Day,
): KpiAssessment {
  const { status } = row.values;
  if (status === 'cancelled' || status === 'on-hold') return judged(row, 'not-computable', 'not-live', { status });
  const period = periodOf(row, asOf);
  if ('missing' in period) return notComputable(row, period.missing);
  if (period.ok.phase === 'before') return judged(row, 'too-early', 'not-begun', startOf(row));
  const measured = actualOf(row, measurements, asOf);
  if ('missing' in measured) return notComputable(row, measured.missing);
  const achieved = achievementOf(row, measured);
  if ('missing' in achieved) return notComputable(row, achieved.missing);
  const judgement = judge(row, achieved.ok, period.ok, policy);
  return period.ok.phase === 'running' ? withForecast(judgement, row, measured.actual, policy, asOf) : judgement;
}

/** The reason tells of the forecast only where it says more than the pace: the target has become unlikely. */
function withForecast(
  judgement: KpiAssessment,
  row: KpiRow,
  actual: number,
  policy: Policy['kpi'],
  asOf: Day,
): KpiAssessment {
  const { target } = row.values;
  if (target === undefined) return judgement;
  const shareOf = (value: number): number | undefined => {
    const achieved = achievementOf(row, { actual: value, values: [] });
    return 'missing' in achieved ? undefined : achieved.ok;
  };
  const forecast = forecastOf(row, { actual, target, shareOf }, policy, asOf);
  if (forecast === undefined) return judgement;
  const late = judgement.status === 'behind' || judgement.status === 'at-risk';
  if (!forecast.unlikely || !late) return { ...judgement, forecast };
  const params = { ...judgement.reason.params, unlikely: 1, forecast: forecast.share };
  return { ...judgement, forecast, reason: { ...judgement.reason, params } };
}

/** Whether the row counts for its partnership: live, begun, and over for no longer than it lasted (a quarter when unknown). */
export function isCurrent(row: KpiRow, asOf: Day): boolean {
  const { status, start, end } = row.values;
  if (status === 'cancelled' || status === 'on-hold' || status === 'done') return false;
  const period = periodOf(row, asOf);
  if ('ok' in period && period.ok.phase === 'before') return false;
  if (end === undefined || asOf <= end) return true;
  const lasted = start === undefined ? UNKNOWN_LENGTH : daysBetween(start, end);
  return daysBetween(end, asOf) <= Math.max(lasted, SHORTEST_ECHO);
}

const UNKNOWN_LENGTH = 92;
const SHORTEST_ECHO = 31;

/**
 * How fresh the number is, 0 to 1: 1 up to one cadence after it was read, falling to 0 at two; 0 when there is no
 * number, 0.5 when nobody says when it was read. Without a cadence a number is expected monthly. After the
 * period the age is counted to its end.
 */
export function freshness(
  row: KpiRow,
  assessment: KpiAssessment,
  measurements: readonly EntityRow<'measurements'>[],
  asOf: Day,
): number {
  if (assessment.achievement === undefined) return 0;
  const readOn = readDay(row, measurements, asOf);
  if (readOn === undefined) return 0.5;
  const { end, cadence = 'monthly' } = row.values;
  const until = end !== undefined && end < asOf ? end : asOf;
  const next = nextByCadence(readOn, cadence);
  if (next === undefined || until <= next) return 1;
  const step = Math.max(1, daysBetween(readOn, next));
  return Math.max(0, 1 - daysBetween(next, until) / step);
}

/** The day the number was read, as far as anybody says. */
export function readDay(row: KpiRow, measurements: readonly EntityRow<'measurements'>[], asOf: Day): Day | undefined {
  const measured = actualOf(row, measurements, asOf);
  return 'missing' in measured ? undefined : measured.readOn;
}

/** A weight one can calculate with: 1 unless stated, and nothing where it is too small to matter. */
export function weightOf(stated: number | undefined): number {
  if (stated === undefined || !(stated >= 0)) return 1;
  return stated < MIN_WEIGHT ? 0 : Math.min(stated, MAX_WEIGHT);
}

interface Period {
  readonly phase: 'before' | 'running' | 'over';
  /** Elapsed share of half-open days: (today - start) / (end - start); absent when a bound is not known. */
  readonly elapsed?: number;
}

function periodOf(row: KpiRow, asOf: Day): Result<Period> {
  const { start, end, status } = row.values;
  if (row.unreadable.has('start') || row.unreadable.has('end')) return missing('period');
  if (start !== undefined && end !== undefined && end < start) return missing('period');
  if (status === 'done') return { ok: { phase: 'over', elapsed: 1 } };
  if (start !== undefined && asOf < start) return { ok: { phase: 'before' } };
  if (start === undefined && end === undefined && status === 'planned') return { ok: { phase: 'before' } };
  if (end !== undefined && asOf > end) return { ok: { phase: 'over', elapsed: 1 } };
  if (start === undefined || end === undefined) return { ok: { phase: 'running' } };
  const length = daysBetween(start, end);
  return { ok: { phase: 'running', elapsed: length === 0 ? 1 : daysBetween(start, asOf) / length } };
}

type Way = 'up' | 'down' | 'range' | 'maintain' | 'milestone' | 'rating';

/** The direction as stated, else as baseline and target show it, else up. A baseline on the wrong side of the target contradicts it. */
function wayOf(row: KpiRow): Result<Way> {
  const { direction } = row.values;
  if (row.unreadable.has('direction')) return missing('direction');
  if (direction !== undefined && direction !== 'higher' && direction !== 'lower') return { ok: direction };
  const baseline = num(row.values.baseline);
  const target = num(row.values.target);
  const shown = baseline === undefined || target === undefined || baseline === target ? undefined : target > baseline;
  if (direction === undefined) return { ok: shown === false ? 'down' : 'up' };
  if (shown !== undefined && shown !== (direction === 'higher')) return missing('direction');
  return { ok: direction === 'higher' ? 'up' : 'down' };
}

/** Raw ratio, not clamped: 1 is the target reached, more is better whatever the direction. */
function achievementOf(row: KpiRow, measured: Measured): Result<number> {
  const way = wayOf(row);
  if ('missing' in way) return way;
  const unreadable = (['baseline', 'target', 'targetHigh'] as const).find((field) => row.unreadable.has(field));
  if (unreadable !== undefined) return missing(unreadable);
  const baseline = num(row.values.baseline);
  const target = way.ok === 'milestone' ? (num(row.values.target) ?? 1) : num(row.values.target);
  const { actual } = measured;
  if (target === undefined) return missing('target');
  if (scalesDisagree(row, actual, target)) return missing('scale');
  const ratio = ratioOf(way.ok, { actual, target, baseline, high: num(row.values.targetHigh), measured });
  if ('missing' in ratio) return ratio;
  return Number.isFinite(ratio.ok) ? ratio : missing('size');
}

interface Figures {
  readonly actual: number;
  readonly target: number;
  readonly baseline: number | undefined;
  readonly high: number | undefined;
  readonly measured: Measured;
}

function ratioOf(way: Way, { actual, target, baseline, high, measured }: Figures): Result<number> {
  switch (way) {
    case 'up':
    case 'down':
      if (baseline === undefined) return { ok: withoutBaseline(way, actual, target) };
      // A target equal to the baseline asks for no movement, so there is no way to be on.
      return baseline === target ? missing('target') : { ok: (actual - baseline) / (target - baseline) };
    case 'range':
      return high === undefined || high < target ? missing('targetHigh') : { ok: inRange(actual, target, high) };
    case 'maintain':
      return { ok: shareKept(measured, target) };
    case 'milestone':
      return { ok: actual >= target ? 1 : 0 };
    case 'rating':
      // Ratings start at 1, so 1 is no achievement at all.
      return target <= 1 ? missing('target') : { ok: (actual - 1) / (target - 1) };
  }
}

/** Distance to the target in units of the target, so that a negative target keeps its sense; a target of 0 is reached or not. */
function withoutBaseline(way: 'up' | 'down', actual: number, target: number): number {
  const better = way === 'up' ? actual - target : target - actual;
  if (target === 0) return better >= 0 ? 1 : 0;
  return 1 + better / Math.abs(target);
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
 */
function isPaced(row: KpiRow): boolean {
  const { direction, accumulation, baseline } = row.values;
  if (direction === 'range' || direction === 'maintain' || direction === 'rating') return false;
  if (baseline !== undefined) return true;
  if (direction === 'lower') return false;
  return accumulation !== 'snapshot' && accumulation !== 'average' && accumulation !== 'ratio';
}

function judge(row: KpiRow, achievement: number, period: Period, policy: Policy['kpi']): KpiAssessment {
  if (period.phase === 'over') return judgeResult(row, achievement, policy);
  const reached = achievement >= 1 - EPSILON;
  if (row.values.direction === 'milestone') {
    return reached
      ? judged(row, 'achieved', 'already-achieved', { achievement }, { achievement })
      : judged(row, 'too-early', 'too-early', { achievement }, { achievement, expected: 0 });
  }
  const paced = isPaced(row);
  const expected = paced ? period.elapsed : 1;
  if (expected === undefined) {
    return reached
      ? judged(row, 'achieved', 'already-achieved', { achievement }, { achievement })
      : { ...notComputable(row, 'period'), achievement };
  }
  const pace = expected > 0 ? achievement / expected : undefined;
  const figures = { achievement, expected, ...(pace === undefined || !Number.isFinite(pace) ? {} : { pace }) };
  if (paced && reached) return judged(row, 'achieved', 'already-achieved', { achievement }, figures);
  if (paced && expected < policy.tooEarly - EPSILON) {
    return judged(row, 'too-early', 'too-early', { achievement }, figures);
  }
  return judgePace(row, figures, policy);
}

function judgePace(
  row: KpiRow,
  figures: { readonly achievement: number; readonly expected: number; readonly pace?: number },
  policy: Policy['kpi'],
): KpiAssessment {
  const { achievement, expected, pace = achievement >= expected ? 1 : 0 } = figures;
  const params = { achievement, expected, pace, ...endOf(row) };
  const close = expected - achievement < policy.gap - EPSILON;
  if (close || pace >= policy.onTrackPace - EPSILON) return judged(row, 'on-track', 'on-pace', params, figures);
  if (pace >= policy.behindPace - EPSILON) return judged(row, 'behind', 'behind-pace', params, figures);
  return judged(row, 'at-risk', 'far-behind-pace', params, figures);
}

/** After the period: a commitment is met or missed; a stretch goal counts as partly met earlier than others. */
function judgeResult(row: KpiRow, achievement: number, policy: Policy['kpi']): KpiAssessment {
  const params = { achievement, ...endOf(row) };
  const figures = { achievement, expected: 1, pace: achievement };
  if (achievement >= 1 - EPSILON) return judged(row, 'achieved', 'period-achieved', params, figures);
  const { commitment } = row.values;
  const partly = commitment === 'commit' ? 1 : commitment === 'stretch' ? STRETCH_PARTLY : policy.partly;
  if (achievement >= partly - EPSILON) return judged(row, 'partly', 'period-partly', params, figures);
  return judged(row, 'missed', 'period-missed', params, figures);
}

const startOf = (row: KpiRow) => (row.values.start === undefined ? {} : { start: row.values.start });
const endOf = (row: KpiRow) => (row.values.end === undefined ? {} : { end: row.values.end });

const notComputable = (row: KpiRow, part: KpiPart): KpiAssessment => judged(row, 'not-computable', 'missing', { part });

function judged(
  row: KpiRow,
  status: KpiStatus,
  code: KpiReason['code'],
  params: KpiReason['params'],
  figures: Pick<KpiAssessment, 'achievement' | 'expected' | 'pace'> = {},
): KpiAssessment {
  const { partnership = [], weight, critical = false } = row.values;
  return {
    row: { id: row.id, title: row.title, url: row.url },
    partnershipIds: partnership,
    ...figures,
    status,
    reason: { code, params },
    weight: weightOf(weight),
    critical,
  };
}
