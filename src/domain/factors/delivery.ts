/** Delivery: milestones, the promises of either side, and issues, each by whether it was done when it was due. */
import { addBusinessDays, type Day, daysBetween } from '../calendar.js';
import type { EntityRow } from '../entities.js';
import { type Facts, refOf } from '../facts.js';
import { weightOf } from '../kpi.js';
import { causeOf } from '../rules/conflict.js';
import { isDone, isOverdue, slipOf } from '../rules/delivery.js';
import type { Params } from '../verdict.js';
import { type Evidence, type FactorCode, type Measure, meanOf, YEAR } from './factor.js';

export function delivery(facts: Facts): readonly Measure[] {
  return [...milestones(facts), ...promises(facts), ...issueHandling(facts)];
}

interface Due {
  readonly due: Day;
  readonly doneOn?: Day | undefined;
  readonly done: boolean;
  /** Share of what is not done that is done. */
  readonly progress?: number | undefined;
}

type Standing = Pick<Evidence, 'code' | 'credit'>;

/**
 * Done on time counts in full, done late in part, overdue as much of that part as is done. What was due more than a
 * year ago counts only as long as it is open; what is not due yet does not count, unless it is done.
 */
function standingOf({ due, doneOn, done, progress = 0 }: Due, { asOf, policy }: Facts): readonly Standing[] {
  const { lateCredit } = policy.health;
  if (!done) return due < asOf ? [{ code: 'overdue', credit: lateCredit * progress }] : [];
  if (daysBetween(due, asOf) > YEAR) return [];
  return doneOn === undefined || doneOn <= due ? [{ code: 'kept', credit: 1 }] : [{ code: 'late', credit: lateCredit }];
}

const shareOf = (share: number | undefined): number => (share !== undefined && share >= 0 && share <= 1 ? share : 0);

function milestones(facts: Facts): readonly Measure[] {
  const evidence = facts.milestones.flatMap((row): readonly Evidence[] => {
    const { due, doneOn, status, weight, progress } = row.values;
    if (due === undefined || status === 'cancelled' || row.unreadable.has('doneOn')) return [];
    const done = isDone(row, facts.asOf);
    return standingOf({ due, doneOn, done, progress: shareOf(progress) }, facts).map((standing) => ({
      ...standing,
      entity: 'milestones',
      row: refOf(row),
      day: due,
      params: {},
      weight: weightOf(weight),
    }));
  });
  return evidence.length === 0 ? [] : meanOf('milestones', evidence, figuresOf(facts));
}

/**
 * Figures told beside the score: the schedule performance index (earned over planned value, by weight), the overdue and
 * the blocked ones, and the longest slip of one that is still open.
 */
function figuresOf({ milestones, asOf }: Facts): Params {
  const live = milestones.filter((row) => row.values.status !== 'cancelled' && !row.unreadable.has('doneOn'));
  const open = live.filter((row) => !isDone(row, asOf));
  const openIds = new Set(open.map(({ id }) => id));
  const sumOf = (share: (row: EntityRow<'milestones'>) => number): number =>
    live.reduce((sum, row) => sum + weightOf(row.values.weight) * share(row), 0);
  const earned = sumOf((row) => (openIds.has(row.id) ? shareOf(row.values.progress) : 1));
  const planned = sumOf(({ values: { due } }) => (due !== undefined && due <= asOf ? 1 : 0));
  const slips = open.map((row) => slipOf(row, asOf));
  return {
    overdue: open.filter((row) => isOverdue(row, asOf)).length,
    blocked: open.filter((row) => row.values.blockedBy?.some((id) => openIds.has(id)) === true).length,
    slipDays: slips.reduce((most, days) => Math.max(most, days), 0),
    ...(planned > 0 ? { spi: earned / planned } : {}),
  };
}

/** Actions that fell due, as promises of a side; one of both sides counts for each, one of nobody's only as an action. */
function promises(facts: Facts): readonly Measure[] {
  const { mapped, asOf } = facts;
  if (!mapped('actions', 'status') && !mapped('actions', 'doneOn')) return [];
  const evidenceOf = (belongs: (side: string | undefined) => boolean): readonly Evidence[] =>
    facts.actions.flatMap((row): readonly Evidence[] => {
      const { due, doneOn, status, side } = row.values;
      const unclear = (['due', 'doneOn', 'status', 'side'] as const).some((field) => row.unreadable.has(field));
      if (due === undefined || unclear || status === 'cancelled' || !belongs(side)) return [];
      const done = doneOn === undefined ? status === 'done' : doneOn <= asOf;
      const about = { entity: 'actions', row: refOf(row), day: due, params: {}, weight: 1 } as const;
      return standingOf({ due, doneOn, done }, facts).map((standing) => ({ ...standing, ...about }));
    });
  return SIDES.flatMap(([code, belongs]) => {
    const evidence = evidenceOf(belongs);
    const kept = evidence.filter((item) => item.code === 'kept').length;
    return meanOf(code, evidence, { kept, due: evidence.length });
  });
}

const SIDES: readonly (readonly [FactorCode, (side: string | undefined) => boolean])[] = [
  ['promises-us', (side) => side === 'us' || side === 'both'],
  ['promises-them', (side) => side === 'them' || side === 'both'],
  ['actions', (side) => side === undefined],
];

/**
 * Issues of the last year: resolved within the business days of their severity, and not the same again. Half of the
 * credit is for the time, half for being new; where no causes are written down all of it is for the time.
 */
function issueHandling(facts: Facts): readonly Measure[] {
  const { asOf, issues, calendar, mapped } = facts;
  if (!mapped('issues', 'resolvedOn')) return [];
  const within: Readonly<Partial<Record<string, { readonly resolve: number }>>> = facts.policy.rules.issueDays;
  const evidence = issues.flatMap((row): readonly Evidence[] => {
    const { openedOn, resolvedOn, state, severity = '' } = row.values;
    const days = within[severity]?.resolve;
    // Resolved without a day: whether it was in time nobody can tell.
    const untold = resolvedOn === undefined && (state === 'resolved' || state === 'recovering' || state === 'closed');
    if (openedOn === undefined || days === undefined || untold || row.unreadable.has('resolvedOn')) return [];
    const by = addBusinessDays(openedOn, days, calendar);
    const resolved = resolvedOn !== undefined && resolvedOn <= asOf ? resolvedOn : undefined;
    if (openedOn > asOf || (resolved === undefined ? asOf <= by : daysBetween(resolved, asOf) > YEAR)) return [];
    const inTime = resolved !== undefined && resolved <= by;
    const code = inTime ? 'handled' : resolved === undefined ? 'unhandled' : 'handled-late';
    const time = inTime ? 1 : resolved === undefined ? 0 : facts.policy.health.lateCredit;
    const credit = mapped('issues', 'cause') ? (time + (isRepeated(row, facts) ? 0 : 1)) / 2 : time;
    return [{ code, entity: 'issues', row: refOf(row), day: by, params: {}, credit, weight: 1 }];
  });
  return meanOf('issue-handling', evidence);
}

/** Whether an issue of the same cause was opened in the year before. */
function isRepeated(row: EntityRow<'issues'>, { issues }: Facts): boolean {
  const { openedOn } = row.values;
  const cause = causeOf(row);
  if (openedOn === undefined || cause === '') return false;
  return issues.some((other) => {
    const before = other.values.openedOn;
    const earlier = before !== undefined && `${before} ${other.id}` < `${openedOn} ${row.id}`;
    return earlier && daysBetween(before, openedOn) <= YEAR && causeOf(other) === cause;
  });
}
