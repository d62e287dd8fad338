/**
 * The arithmetic of one KPI: how far it is (achievement), how far it should be by now (expected), and what that
 * makes of it (status, reason). A value that is missing, unreadable or contradictory makes the KPI not
 * computable and says which part is at fault; nothing is guessed and missing is never zero.
 */
import { achievementOf, isPaced } from './achievement.js';
import { type Day, daysBetween, nextByCadence } from './calendar.js';
import type { EntityRow } from './entities.js';
import { forecastOf } from './forecast.js';
import type { KpiFault, Result } from './kpi-fault.js';
import { dueShare, type KpiOptions, type Phase, phaseOf } from './period.js';
import type { Policy } from './policy.js';
import { actualOf, type Measured, type Reading } from './reading.js';
import type { KpiAssessment, KpiReason, KpiStatus } from './verdict.js';

type KpiRow = EntityRow<'kpis'>;

const EPSILON = 1e-9;
const MAX_WEIGHT = 1e6;
const MIN_WEIGHT = 1e-6;

/**
 * Assesses one KPI on a day. `readings` are the dated readings of this KPI; those after `asOf` are ignored.
 *
 * - A row that is cancelled or on hold is not judged (`not-live`); a row that is done is judged as if its period were over.
 * - `planned`, or a period that starts later, is `not-begun`: no achievement is stated yet.
 * - Status by pace (achievement / expected) while the period runs, by achievement once it is over.
 */
export function assessKpi(row: KpiRow, readings: readonly Reading[], options: KpiOptions): KpiAssessment {
  const { status } = row.values;
  if (status === 'cancelled' || status === 'on-hold') return judged(row, 'not-computable', 'not-live', { status });
  const phase = phaseOf(row, options.asOf);
  if ('fault' in phase) return notComputable(row, phase.fault);
  if (phase.ok === 'before') return judged(row, 'too-early', 'not-begun', startOf(row));
  const measured = actualOf(row, readings, options.asOf);
  if ('fault' in measured) return notComputable(row, measured.fault);
  const { actual, readOn } = measured.ok;
  const read = { actual, ...(readOn === undefined ? {} : { readOn }) };
  const achieved = achievementOf(row, measured.ok);
  if ('fault' in achieved) return { ...notComputable(row, achieved.fault), ...read };
  const { ratio, method } = achieved.ok;
  const judgement = { ...judge(row, ratio, phase.ok, options), ...read, method };
  const told = method === 'zero-target' ? toldMethod(judgement) : judgement;
  return phase.ok === 'running' ? withForecast(told, row, measured.ok, readings, options) : told;
}

/** A target of 0 has no percentage of the way: the reason tells that it is reached or not. */
function toldMethod(judgement: KpiAssessment): KpiAssessment {
  const { reason } = judgement;
  return { ...judgement, reason: { ...reason, params: { ...reason.params, method: 'zero-target' } } };
}

/** The reason tells of the forecast only where it says more than the pace: the target has become unlikely. */
function withForecast(
  judgement: KpiAssessment,
  row: KpiRow,
  measured: Measured,
  readings: readonly Reading[],
  options: KpiOptions,
): KpiAssessment {
  const forecast = forecastOf(row, measured, readings, options);
  if (forecast === undefined) return judgement;
  const late = judgement.status === 'behind' || judgement.status === 'at-risk';
  if (!forecast.unlikely || !late) return { ...judgement, forecast };
  const { low = forecast.share, high = forecast.share } = forecast;
  const params = { ...judgement.reason.params, unlikely: 1, forecast: forecast.share, low, high };
  return { ...judgement, forecast, reason: { ...judgement.reason, params } };
}

/** Whether the row counts for its partnership: live, begun, and over for no longer than it lasted (a quarter when unknown). */
export function isCurrent(row: KpiRow, asOf: Day): boolean {
  const { status, start, end } = row.values;
  if (status === 'cancelled' || status === 'on-hold' || status === 'done') return false;
  const phase = phaseOf(row, asOf);
  if ('ok' in phase && phase.ok === 'before') return false;
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
export function freshness(row: KpiRow, { achievement, readOn }: KpiAssessment, asOf: Day): number {
  if (achievement === undefined) return 0;
  if (readOn === undefined) return 0.5;
  const { end, cadence = 'monthly' } = row.values;
  const until = end !== undefined && end < asOf ? end : asOf;
  const next = nextByCadence(readOn, cadence);
  if (next === undefined || until <= next) return 1;
  const step = Math.max(1, daysBetween(readOn, next));
  return Math.max(0, 1 - daysBetween(next, until) / step);
}

/** A weight one can calculate with: 1 unless stated, and nothing where it is too small to matter. */
export function weightOf(stated: number | undefined): number {
  if (stated === undefined || !(stated >= 0)) return 1;
  return stated < MIN_WEIGHT ? 0 : Math.min(stated, MAX_WEIGHT);
}

function judge(row: KpiRow, achievement: number, phase: Phase, options: KpiOptions): KpiAssessment {
  const { policy } = options;
  if (phase === 'over') return judgeResult(row, achievement, policy);
  const reached = achievement >= 1 - EPSILON;
  if (row.values.direction === 'milestone') {
    return reached
      ? judged(row, 'achieved', 'already-achieved', { achievement }, { achievement })
      : judged(row, 'too-early', 'too-early', { achievement }, { achievement, expected: 0 });
  }
  const paced = isPaced(row);
  const due: Result<number> = paced ? dueShare(row, options) : { ok: 1 };
  if ('fault' in due) {
    return reached && due.fault.kind === 'missing'
      ? judged(row, 'achieved', 'already-achieved', { achievement }, { achievement })
      : { ...notComputable(row, due.fault), achievement };
  }
  const expected = due.ok;
  const pace = expected > 0 ? achievement / expected : undefined;
  const figures = { achievement, expected, ...(pace === undefined || !Number.isFinite(pace) ? {} : { pace }) };
  if (paced && reached) return judged(row, 'achieved', 'already-achieved', { achievement }, figures);
  if (paced && expected < policy.tooEarly - EPSILON) {
    return judged(row, 'too-early', 'too-early', { achievement }, figures);
  }
  return judgePace(row, figures, policy);
}

/** A stretch goal is set to be missed by some, so it is on track, and behind, at less of its pace. */
function judgePace(
  row: KpiRow,
  figures: { readonly achievement: number; readonly expected: number; readonly pace?: number },
  policy: Policy['kpi'],
): KpiAssessment {
  const { achievement, expected, pace = achievement >= expected ? 1 : 0 } = figures;
  const { onTrack, behind } =
    row.values.commitment === 'stretch'
      ? { onTrack: policy.stretch.achieved, behind: policy.stretch.partly }
      : { onTrack: policy.onTrackPace, behind: policy.behindPace };
  const params = { achievement, expected, pace, ...endOf(row) };
  const close = expected - achievement < policy.gap - EPSILON;
  if (close || pace >= onTrack - EPSILON) return judged(row, 'on-track', 'on-pace', params, figures);
  if (pace >= behind - EPSILON) return judged(row, 'behind', 'behind-pace', params, figures);
  return judged(row, 'at-risk', 'far-behind-pace', params, figures);
}

/** After the period: a commitment is met or missed; a stretch goal is achieved, and partly so, by less than all of it. */
function judgeResult(row: KpiRow, achievement: number, policy: Policy['kpi']): KpiAssessment {
  const params = { achievement, ...endOf(row) };
  const figures = { achievement, expected: 1, pace: achievement };
  if (achievement >= 1 - EPSILON) return judged(row, 'achieved', 'period-achieved', params, figures);
  const { commitment } = row.values;
  if (commitment === 'stretch' && achievement >= policy.stretch.achieved - EPSILON) {
    return judged(row, 'achieved', 'period-stretched', params, figures);
  }
  const partly = commitment === 'commit' ? 1 : commitment === 'stretch' ? policy.stretch.partly : policy.partly;
  if (achievement >= partly - EPSILON) return judged(row, 'partly', 'period-partly', params, figures);
  return judged(row, 'missed', 'period-missed', params, figures);
}

const startOf = (row: KpiRow) => (row.values.start === undefined ? {} : { start: row.values.start });
const endOf = (row: KpiRow) => (row.values.end === undefined ? {} : { end: row.values.end });

const notComputable = (row: KpiRow, { kind, part }: KpiFault): KpiAssessment =>
  judged(row, 'not-computable', kind, { fault: kind, part });

function judged(
  row: KpiRow,
  status: KpiStatus,
  code: KpiReason['code'],
  params: KpiReason['params'],
  figures: Pick<KpiAssessment, 'achievement' | 'expected' | 'pace'> = {},
): KpiAssessment {
  const { partnership = [], weight, critical = false, horizon, perspective } = row.values;
  return {
    row: { id: row.id, title: row.title, url: row.url },
    partnershipIds: partnership,
    ...figures,
    status,
    reason: { code, params },
    weight: weightOf(weight),
    critical,
    ...(horizon === undefined ? {} : { horizon }),
    ...(perspective === undefined ? {} : { perspective }),
  };
}
