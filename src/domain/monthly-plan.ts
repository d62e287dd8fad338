/**
 * A monthly plan: what a cell may say of it, and how much of the way it asks for by a day. A cell holds months with
 * their values ("1월 100, 2월 120", "Jan 2026: 100; Feb 2026: 120", {"2026-01": 100}) or one value per month of
 * the period ("100, 120, 130", [100, 120, 130]). What reads as anything else is no plan.
 */
import { addMonths, type Day } from './calendar.js';
import type { MonthlyPlan, PlannedMonth } from './entities.js';
import { contradictory, type KpiFault } from './kpi-fault.js';

const NAMES = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const NAME =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
const NUMBER = String.raw`[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?`;
const KOREAN = String.raw`(?:(?<koYear>\d{4})년\s*)?(?<koMonth>1[0-2]|0?[1-9])월`;
const ISO = String.raw`(?<isoYear>\d{4})[-./](?<isoMonth>1[0-2]|0?[1-9])(?![\d-])`;
const ENGLISH = String.raw`(?<name>${NAME})\.?(?:\s+(?<enYear>\d{4})(?=\s*[:=]|\s+[+\-\d]))?`;
const ENTRY = new RegExp(String.raw`^(?:${KOREAN}|${ISO}|${ENGLISH})\s*[:=]?\s*(?<value>${NUMBER})(?![\d.])`, 'i');
const LABEL = new RegExp(`^(?:${KOREAN}|${ISO}|${ENGLISH}|(?<month>1[0-2]|0?[1-9]))$`, 'i');
const PLAIN = /^[+-]?\d+(?:\.\d+)?$/;

/** The plan a text states, in the order of the text; undefined when it is not plainly one. */
export function readPlan(text: string): MonthlyPlan | undefined {
  const given = text.normalize('NFC').trim();
  if (given.startsWith('{') || given.startsWith('[')) return readJson(given);
  return readValues(given) ?? readMonths(given);
}

function readJson(text: string): MonthlyPlan | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  const entries = Array.isArray(parsed)
    ? parsed.map((value: unknown) => plannedOf({}, value))
    : Object.entries(parsed).map(([key, value]: [string, unknown]) => {
        const groups = LABEL.exec(key.trim())?.groups;
        return groups === undefined ? undefined : plannedOf(monthIn(groups), value);
      });
  return wholePlan(entries);
}

/** "100, 120, 130" or "100 120 130": more than one number and nothing else. */
function readValues(text: string): MonthlyPlan | undefined {
  const parts = text.split(/\s*[,;/|\n、]\s*|\s+/).filter((part) => part !== '');
  if (!parts.every((part) => PLAIN.test(part))) return undefined;
  return wholePlan(parts.map((part) => plannedOf({}, Number(part))));
}

function readMonths(text: string): MonthlyPlan | undefined {
  const entries: (PlannedMonth | undefined)[] = [];
  let rest = text;
  while (rest !== '') {
    const found = ENTRY.exec(rest);
    if (found?.groups === undefined) return undefined;
    entries.push(plannedOf(monthIn(found.groups), Number((found.groups.value ?? '').replaceAll(',', ''))));
    rest = rest.slice(found[0].length).replace(/^[\s,;/|、]+/, '');
  }
  return wholePlan(entries);
}

type MonthLabel = Pick<PlannedMonth, 'year' | 'month'>;

function monthIn(groups: Readonly<Partial<Record<string, string>>>): MonthLabel {
  const year = groups.koYear ?? groups.isoYear ?? groups.enYear;
  const named = groups.name === undefined ? -1 : NAMES.indexOf(groups.name.slice(0, 3).toLowerCase());
  const month = named >= 0 ? named + 1 : Number(groups.koMonth ?? groups.isoMonth ?? groups.month);
  return { month, ...(year === undefined ? {} : { year: Number(year) }) };
}

function plannedOf(label: MonthLabel, value: unknown): PlannedMonth | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? { ...label, value } : undefined;
}

/** Two months at least, each once. */
function wholePlan(entries: readonly (PlannedMonth | undefined)[]): MonthlyPlan | undefined {
  const plan = entries.flatMap((entry) => entry ?? []);
  const labels = plan.flatMap(({ year, month }) => (month === undefined ? [] : [`${year ?? ''} ${month}`]));
  return plan.length >= 2 && plan.length === entries.length && new Set(labels).size === labels.length
    ? plan
    : undefined;
}

/** What a plan is measured on: the period, the values at its two ends, and how the goal grows. */
export interface PlanFrame {
  readonly start: Day;
  readonly end: Day;
  readonly baseline: number | undefined;
  readonly target: number;
  /** Whether the values of a KPI add up over its period; of any other they are levels at the ends of months. */
  readonly addsUp: boolean;
}

/** How far a plan may miss the target it leads to: months are written in round numbers. */
const ROUNDING = 0.05;

/**
 * The value a plan asks for by a day. Within a month it grows with `elapsed`, the share of the days of that part
 * that have passed. Of a KPI that adds up the values may be amounts per month or running totals: whichever of the
 * two leads to the target; a plan that leads elsewhere contradicts it.
 */
export function plannedValue(
  plan: MonthlyPlan,
  frame: PlanFrame,
  asOf: Day,
  elapsed: (from: Day, to: Day, asOf: Day) => number,
): { readonly ok: number } | { readonly fault: KpiFault } {
  const months = monthsOf(frame.start, frame.end);
  const values = placed(plan, months);
  if (values === undefined) return contradictory('plan-months');
  const ends = monthEnds(values, frame);
  if (ends === undefined) return contradictory('plan-total');
  const index = Math.max(
    0,
    months.findLastIndex(({ from }) => from <= asOf),
  );
  const month = months[index];
  const reached = ends[index];
  if (month === undefined || reached === undefined) return contradictory('plan-months');
  const before = index > 0 ? ends[index - 1] : beginOf(frame, reached);
  const done = before ?? reached;
  return { ok: done + (reached - done) * elapsed(month.from, month.to, asOf) };
}

/** Where a level begins that has no baseline: nobody says, so it is asked for from the first day. */
const beginOf = ({ baseline, addsUp }: PlanFrame, first: number): number => (addsUp ? 0 : (baseline ?? first));

interface PeriodMonth {
  readonly year: number;
  readonly month: number;
  readonly from: Day;
  /** First day of the next month, or the last day of the period. */
  readonly to: Day;
}

const LONGEST = 1200;

/** The months a period touches; a last day that is the first of a month adds none. */
function monthsOf(start: Day, end: Day): readonly PeriodMonth[] {
  const months: PeriodMonth[] = [];
  let from = start;
  do {
    const next = addMonths(`${from.slice(0, 8)}01`, 1);
    const [year, month] = [Number(from.slice(0, 4)), Number(from.slice(5, 7))];
    months.push({ year, month, from, to: next < end ? next : end });
    if (next <= from) break;
    from = next;
  } while (from < end && months.length < LONGEST);
  return months;
}

/** One value per month of the period, or undefined when the plan does not fit it. A month left out asks for nothing. */
function placed(plan: MonthlyPlan, months: readonly PeriodMonth[]): readonly (number | undefined)[] | undefined {
  if (plan.every(({ month }) => month === undefined)) {
    return plan.length === months.length ? plan.map(({ value }) => value) : undefined;
  }
  const values: (number | undefined)[] = months.map(() => undefined);
  for (const entry of plan) {
    const fits = months.flatMap((month, index) =>
      entry.month === month.month && (entry.year ?? month.year) === month.year ? [index] : [],
    );
    const [only, another] = fits;
    if (only === undefined || another !== undefined) return undefined;
    values[only] = entry.value;
  }
  return values;
}

/** The value to stand at at the end of each month; undefined when the last is not the target. */
function monthEnds(values: readonly (number | undefined)[], frame: PlanFrame): readonly number[] | undefined {
  const { target, baseline, addsUp } = frame;
  const leads = (last: number | undefined): boolean =>
    last !== undefined && Math.abs(last - target) <= Math.abs(target) * ROUNDING + 1e-9;
  if (addsUp) {
    let total = 0;
    const sums = values.map((value) => {
      total += value ?? 0;
      return total;
    });
    if (leads(sums.at(-1))) return sums;
  }
  let level = addsUp ? 0 : (baseline ?? values.find((value) => value !== undefined) ?? 0);
  const levels = values.map((value) => {
    level = value ?? level;
    return level;
  });
  const grows = levels.every((value, index) => value >= (levels[index - 1] ?? value));
  return leads(levels.at(-1)) && (grows || !addsUp) ? levels : undefined;
}
