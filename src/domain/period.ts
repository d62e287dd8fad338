/** Where a KPI stands in its period, and how much of the way should be done by a day. */
import { isLevel, ratioAt } from './achievement.js';
import { type BusinessCalendar, businessDaysBetween, type Day, daysBetween } from './calendar.js';
import type { EntityRow } from './entities.js';
import { contradictory, missing, ok, type Result, unreadable } from './kpi-fault.js';
import { plannedValue } from './monthly-plan.js';
import type { Policy } from './policy.js';
import { num } from './reading.js';

type KpiRow = EntityRow<'kpis'>;

/** What a KPI is judged by, besides its rows. */
export interface KpiOptions {
  readonly policy: Policy['kpi'];
  readonly calendar: BusinessCalendar;
  readonly asOf: Day;
}

export type Phase = 'before' | 'running' | 'over';

/** The phase on a day. A row that is done is over, a planned one without a period has not begun. */
export function phaseOf(row: KpiRow, asOf: Day): Result<Phase> {
  const { start, end, status } = row.values;
  if (row.unreadable.has('start')) return unreadable('start');
  if (row.unreadable.has('end')) return unreadable('end');
  if (start !== undefined && end !== undefined && end < start) return contradictory('period-reversed');
  if (status === 'done') return ok('over');
  if (start !== undefined && asOf < start) return ok('before');
  if (start === undefined && end === undefined && status === 'planned') return ok('before');
  return ok(end !== undefined && asOf > end ? 'over' : 'running');
}

/**
 * The share of the way that should be done by a day of a running period, 0 to 1: by its monthly plan where it has
 * one, else by the days that have passed.
 */
export function dueShare(row: KpiRow, options: KpiOptions): Result<number> {
  const { start, end, plan } = row.values;
  if (start === undefined) return missing(end === undefined ? 'period' : 'start');
  if (end === undefined) return missing('end');
  if (row.unreadable.has('plan')) return unreadable('plan');
  const target = num(row.values.target);
  if (plan === undefined || target === undefined) return ok(elapsedShare(start, end, options.asOf, options));
  const { accumulation } = row.values;
  const addsUp = !isLevel(accumulation) && accumulation !== 'max';
  const frame = { start, end, target, baseline: num(row.values.baseline), addsUp };
  const value = plannedValue(plan, frame, options.asOf, (from, to, day) => elapsedShare(from, to, day, options));
  if ('fault' in value) return value;
  const planned = ratioAt(row, value.ok);
  return planned === undefined ? contradictory('size') : ok(Math.min(1, Math.max(0, planned)));
}

/**
 * The share of half-open days that have passed, in calendar days or business days: (today - from) / (to - from). A
 * stretch without a single business day is counted in calendar days; one of no length is over.
 */
export function elapsedShare(from: Day, to: Day, asOf: Day, { policy, calendar }: KpiOptions): number {
  const today = asOf < from ? from : asOf > to ? to : asOf;
  if (policy.days === 'business') {
    const length = businessDaysBetween(from, to, calendar);
    if (length > 0) return businessDaysBetween(from, today, calendar) / length;
  }
  const length = daysBetween(from, to);
  return length === 0 ? 1 : daysBetween(from, today) / length;
}
