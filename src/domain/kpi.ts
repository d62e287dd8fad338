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
import type { Forecast, KpiAssessment, KpiMethod, KpiReason, KpiStatus, Params } from './verdict.js';

type KpiRow = EntityRow<'kpis'>;

const EPSILON = 1e-9;
const MAX_WEIGHT = 1e6;
const MIN_WEIGHT = 1e-6;

/** What is made of the figures of a KPI. */
interface Verdict {
  readonly status: KpiStatus;
  readonly code: KpiReason['code'];
  readonly params: Params;
  readonly achievement?: number;
  readonly expected?: number;
  readonly pace?: number;
}

/**
 * Assesses one KPI on a day. `readings` are the dated readings of this KPI; those after `asOf` are ignored.
 *
 * - A row that is cancelled or on hold is not judged (`not-live`); a row that is done is judged as if its period were over.
 * - `planned`, or a period that starts later, is `not-begun`: no achievement is stated yet.
 * - Status by pace (achievement / expected) while the period runs, by achievement once it is over.
 */
export function assessKpi(row: KpiRow, readings: readonly Reading[], options: KpiOptions): KpiAssessment {
  const { status } = row.values;
  if (status === 'cancelled' || status === 'on-hold') {
    return assessmentOf(row, { status: 'not-computable', code: 'not-live', params: { status } });
  }
  const phase = phaseOf(row, options.asOf);
  if ('fault' in phase) return assessmentOf(row, incomputable(phase.fault));
  if (phase.ok === 'before') return assessmentOf(row, { status: 'too-early', code: 'not-begun', params: startOf(row) });
  const measured = actualOf(row, readings, options.asOf);
  if ('fault' in measured) return assessmentOf(row, incomputable(measured.fault));
  const achieved = achievementOf(row, measured.ok);
  if ('fault' in achieved) return assessmentOf(row, incomputable(achieved.fault), measured.ok);
  const { ratio, method } = achieved.ok;
  const verdict = judge(row, ratio, phase.ok, options);
  const forecast = phase.ok === 'running' ? forecastOf(row, measured.ok, readings, options) : undefined;
  return assessmentOf(row, verdict, measured.ok, method, forecast);
}

/**
 * What the reason tells beside the figures: that a target of 0 has no percentage of the way, and the forecast where it
 * says more than the pace, since the target has become unlikely.
 */
function told(verdict: Verdict, method: KpiMethod | undefined, forecast: Forecast | undefined): Params {
  const params = method === 'zero-target' ? { ...verdict.params, method } : verdict.params;
  const isLate = verdict.status === 'behind' || verdict.status === 'at-risk';
  if (!isLate || forecast?.unlikely !== true) return params;
  const { share, low = share, high = share } = forecast;
  return { ...params, unlikely: 1, forecast: share, low, high };
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

function judge(row: KpiRow, achievement: number, phase: Phase, options: KpiOptions): Verdict {
  const { policy } = options;
  if (phase === 'over') return judgeResult(row, achievement, policy);
  const reached = achievement >= 1 - EPSILON;
  const params = { achievement };
  if (row.values.direction === 'milestone') {
    return reached
      ? { status: 'achieved', code: 'already-achieved', params, achievement }
      : { status: 'too-early', code: 'too-early', params, achievement, expected: 0 };
  }
  const paced = isPaced(row);
  const due: Result<number> = paced ? dueShare(row, options) : { ok: 1 };
  if ('fault' in due) {
    return reached && due.fault.kind === 'missing'
      ? { status: 'achieved', code: 'already-achieved', params, achievement }
      : { ...incomputable(due.fault), achievement };
  }
  const figures = paceOf(achievement, due.ok);
  if (paced && reached) return { status: 'achieved', code: 'already-achieved', params, ...figures };
  if (paced && due.ok < policy.tooEarly - EPSILON)
    return { status: 'too-early', code: 'too-early', params, ...figures };
  return judgePace(row, figures, policy);
}

type Figures = Required<Pick<Verdict, 'achievement' | 'expected'>> & Pick<Verdict, 'pace'>;

function paceOf(achievement: number, expected: number): Figures {
  const pace = expected > 0 ? achievement / expected : Number.NaN;
  return Number.isFinite(pace) ? { achievement, expected, pace } : { achievement, expected };
}

/** A stretch goal is set to be missed by some, so it is on track, and behind, at less of its pace. */
function judgePace(row: KpiRow, figures: Figures, policy: Policy['kpi']): Verdict {
  const { achievement, expected, pace = achievement >= expected ? 1 : 0 } = figures;
  const isStretch = row.values.commitment === 'stretch';
  const onTrack = isStretch ? policy.stretch.achieved : policy.onTrackPace;
  const behind = isStretch ? policy.stretch.partly : policy.behindPace;
  const params = { achievement, expected, pace, ...endOf(row) };
  const close = expected - achievement < policy.gap - EPSILON;
  if (close || pace >= onTrack - EPSILON) return { status: 'on-track', code: 'on-pace', params, ...figures };
  if (pace >= behind - EPSILON) return { status: 'behind', code: 'behind-pace', params, ...figures };
  return { status: 'at-risk', code: 'far-behind-pace', params, ...figures };
}

/** After the period: a commitment is met or missed; a stretch goal is achieved, and partly so, by less than all of it. */
function judgeResult(row: KpiRow, achievement: number, policy: Policy['kpi']): Verdict {
  const result = { params: { achievement, ...endOf(row) }, achievement, expected: 1, pace: achievement };
  if (achievement >= 1 - EPSILON) return { status: 'achieved', code: 'period-achieved', ...result };
  const { commitment } = row.values;
  if (commitment === 'stretch' && achievement >= policy.stretch.achieved - EPSILON) {
    return { status: 'achieved', code: 'period-stretched', ...result };
  }
  const partly = commitment === 'commit' ? 1 : commitment === 'stretch' ? policy.stretch.partly : policy.partly;
  return achievement >= partly - EPSILON
    ? { status: 'partly', code: 'period-partly', ...result }
    : { status: 'missed', code: 'period-missed', ...result };
}

const startOf = (row: KpiRow) => (row.values.start === undefined ? {} : { start: row.values.start });
const endOf = (row: KpiRow) => (row.values.end === undefined ? {} : { end: row.values.end });

const incomputable = ({ kind, part }: KpiFault): Verdict => ({
  status: 'not-computable',
  code: kind,
  params: { fault: kind, part },
});

type Draft = { -readonly [K in keyof KpiAssessment]: KpiAssessment[K] };

/** Built in one piece: sixty thousand of these are made in a run of a large team. */
function assessmentOf(
  row: KpiRow,
  verdict: Verdict,
  measured?: Measured,
  method?: KpiMethod,
  forecast?: Forecast,
): KpiAssessment {
  const { status, code, achievement, expected, pace } = verdict;
  const { partnership = NOBODY, weight, critical = false, horizon, perspective } = row.values;
  const draft: Draft = {
    row: { id: row.id, title: row.title, url: row.url },
    partnershipIds: partnership,
    status,
    reason: { code, params: told(verdict, method, forecast) },
    weight: weightOf(weight),
    critical,
  };
  if (measured !== undefined) draft.actual = measured.actual;
  if (measured?.readOn !== undefined) draft.readOn = measured.readOn;
  if (method !== undefined) draft.method = method;
  if (achievement !== undefined) draft.achievement = achievement;
  if (expected !== undefined) draft.expected = expected;
  if (pace !== undefined) draft.pace = pace;
  if (forecast !== undefined) draft.forecast = forecast;
  if (horizon !== undefined) draft.horizon = horizon;
  if (perspective !== undefined) draft.perspective = perspective;
  return draft;
}

const NOBODY: readonly string[] = [];
