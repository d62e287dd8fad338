/**
 * The weekly memory of the scores: one row per partnership and week in the team's own table, and what these rows say of
 * the way things go. Rows of today are left out of every judgement, so that what a run writes never changes what the
 * next run of the same day says.
 */
import { type Day, daysBetween, weekOf } from './calendar.js';
import type { EntityRow } from './entities.js';
import type { Joined } from './facts.js';
import { reminderKey, subjectOf } from './key.js';

/** The health a partnership had on a day. */
export interface Kept {
  readonly row: EntityRow<'history'>;
  readonly day: Day;
  /** 0 to 100. */
  readonly health: number;
}

/** Which way the health goes: the line through the last weeks. */
export interface Trend {
  readonly direction: 'rising' | 'steady' | 'falling';
  /** Whole points the line rises over these weeks; negative when it falls. */
  readonly points: number;
  /** Day of the first of them. */
  readonly since: Day;
  /** Weeks with a number, this one included. */
  readonly weeks: number;
}

/** The key of the row of a partnership in the week of a day. */
export function historyKey(workspace: string, partnershipId: string, asOf: Day): string {
  return reminderKey({ workspace, rule: 'history', occurrence: weekOf(asOf), subject: subjectOf(partnershipId) });
}

/** The health of days before today, oldest first. A number outside 0 to 100 is none. */
export function keptBefore({ history, asOf }: Joined): readonly Kept[] {
  const kept = history.flatMap((row): readonly Kept[] => {
    const { date, health } = row.values;
    const isScore = health !== undefined && health >= 0 && health <= 100;
    return isScore && date !== undefined && date < asOf ? [{ row, day: date, health }] : [];
  });
  return kept.sort((left, right) => (orderKey(left) < orderKey(right) ? -1 : 1));
}

const orderKey = ({ day, row }: Kept): string => `${day} ${row.id}`;

const MOST_WEEKS = 4;
const FEWEST_WEEKS = 3;
/** Weeks that lie further back say nothing of the way things go now. */
const REACH_DAYS = 56;
const EPSILON = 1e-9;

/**
 * The rise of the least-squares line through the health of the last four weeks that have one, from the first of them to
 * this one. A week is told by its first row, so that the trend stands for the week; this one, as long as it has none
 * before today, by the health of today. Undefined with fewer than three weeks.
 */
export function trendOf(facts: Joined, health: number): Trend | undefined {
  const { asOf, history, policy } = facts;
  if (history.length === 0) return undefined;
  const thisWeek = weekOf(asOf);
  const weeks = new Map<Day, { readonly day: Day; readonly health: number }>();
  for (const { day, health: then } of keptBefore(facts)) {
    const week = weekOf(day);
    if (!weeks.has(week) && daysBetween(week, thisWeek) <= REACH_DAYS) weeks.set(week, { day, health: then });
  }
  if (!weeks.has(thisWeek)) weeks.set(thisWeek, { day: asOf, health: Math.round(health) });
  const last = [...weeks].slice(-MOST_WEEKS);
  const [first] = last;
  if (first === undefined || last.length < FEWEST_WEEKS) return undefined;
  const dots = last.map(([week, kept]) => ({ x: daysBetween(first[0], week), y: kept.health }));
  const points = slopeOf(dots) * (dots.at(-1)?.x ?? 0);
  const { trend } = policy.health;
  const direction = points >= trend - EPSILON ? 'rising' : points <= EPSILON - trend ? 'falling' : 'steady';
  return { direction, points: Math.round(points) + 0, since: first[1].day, weeks: last.length };
}

/** The slope of the least-squares line through dots of which no two share an x. */
function slopeOf(dots: readonly { readonly x: number; readonly y: number }[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const middle = { x: mean(dots.map(({ x }) => x)), y: mean(dots.map(({ y }) => y)) };
  const along = dots.reduce((sum, { x, y }) => sum + (x - middle.x) * (y - middle.y), 0);
  const spread = dots.reduce((sum, { x }) => sum + (x - middle.x) ** 2, 0);
  return along / spread;
}
