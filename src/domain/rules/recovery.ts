/** After a conflict: the steps by which trust is won back, whether it came back, and what was learnt. */
import { addDays, type Day, daysBetween } from '../calendar.js';
import type { EntityRow } from '../entities.js';
import { type Facts, isKnown, type Joined, refOf } from '../facts.js';
import type { Params, Severity } from '../verdict.js';
import { causeOf } from './conflict.js';
import { heldDay } from './governance.js';
import type { IssueRow } from './issue.js';
import { defineRule, type FieldPath, type Hit } from './rule.js';

const YEAR = 365;

const hit = (row: IssueRow, severity: Severity, params: Params = {}): Hit => ({
  severity,
  entity: 'issues',
  row: refOf(row),
  params: { issue: row.title, ...params },
});

/** Issues that were resolved in the last year, with the days since. */
function resolved({ issues, asOf }: Joined) {
  return issues.flatMap((row) => {
    const { resolvedOn } = row.values;
    if (resolvedOn === undefined || resolvedOn > asOf || !isKnown(row, 'state')) return [];
    const days = daysBetween(resolvedOn, asOf);
    return days > YEAR ? [] : [{ row, resolvedOn, days }];
  });
}

const RESOLVED: readonly FieldPath[] = ['issues.resolvedOn', 'issues.state', 'issues.severity'];

export const lessonMissing = defineRule({
  code: 'lesson-missing',
  family: 'conflict',
  guide: '5-5',
  severities: ['low', 'info'],
  thresholds: ['rules.issueLesson'],
  requires: ['issues.resolvedOn', 'issues.lesson'],
  reads: [...RESOLVED, 'issues.lesson'],
  check: (facts) =>
    resolved(facts).flatMap(({ row, resolvedOn, days }) => {
      const { lesson, severity } = row.values;
      if (lesson !== undefined || days <= facts.policy.rules.issueLesson || !isKnown(row, 'lesson')) return [];
      return [hit(row, severity === 'low' ? 'info' : 'low', { date: resolvedOn })];
    }),
});

type Step = 'reconciliation' | 'prevention' | 'check';

/** Whether a review held since a day may be the meeting that is asked for. One whose kind cannot be read may be. */
function isMet(facts: Joined, since: Day, kind?: 'reconciliation'): boolean {
  return facts.reviews.some((row) => {
    const day = heldDay(row, facts.asOf);
    if (day === undefined || day < since) return false;
    return kind === undefined || row.values.kind === kind || !isKnown(row, 'kind');
  });
}

const isPrevented = ({ actions }: Joined, { id }: IssueRow): boolean =>
  actions.some(
    (row) => !isKnown(row, 'issue') || (row.values.issue?.includes(id) && row.values.status !== 'cancelled'),
  );

/** The first step of a recovery that is due before a day and not taken, with the day it is due. */
function openStep(row: IssueRow, resolvedOn: Day, facts: Joined, before: Day): { step: Step; date: Day } | undefined {
  const { recovery } = facts.policy.rules;
  const { mapped } = facts;
  const meets = mapped('reviews', 'heldOn') || mapped('reviews', 'status');
  const lastCheck = Math.min(daysBetween(resolvedOn, before) - 1, recovery.lastCheck);
  const check = recovery.check > 0 ? Math.floor(lastCheck / recovery.check) * recovery.check : 0;
  const steps: readonly { step: Step; after: number; asked: boolean; taken: () => boolean }[] = [
    {
      step: 'reconciliation',
      after: recovery.reconciliation,
      asked: meets && mapped('reviews', 'kind'),
      taken: () => isMet(facts, resolvedOn, 'reconciliation'),
    },
    {
      step: 'prevention',
      after: recovery.prevention,
      asked: mapped('actions', 'issue'),
      taken: () => isPrevented(facts, row),
    },
    {
      step: 'check',
      after: check,
      asked: meets && check > 0,
      // A meeting a little ahead of the day stands for it.
      taken: () => isMet(facts, addDays(resolvedOn, check - Math.floor(recovery.check / 2))),
    },
  ];
  const open = steps.find(({ after, asked, taken }) => asked && addDays(resolvedOn, after) < before && !taken());
  return open && { step: open.step, date: addDays(resolvedOn, open.after) };
}

/** What the recovery from each grave issue asks for before a day. */
export function openSteps(facts: Joined, before: Day): readonly { row: IssueRow; step: Step; date: Day }[] {
  return resolved(facts).flatMap(({ row, resolvedOn, days }) => {
    const { severity, state } = row.values;
    const { check, lastCheck } = facts.policy.rules.recovery;
    if ((severity !== 'critical' && severity !== 'high') || state === 'closed' || days > lastCheck + check) return [];
    const open = openStep(row, resolvedOn, facts, before);
    return open === undefined ? [] : [{ row, ...open }];
  });
}

/** Everything the steps of a recovery rest on. */
export const RECOVERY_READS: readonly FieldPath[] = [
  ...RESOLVED,
  'reviews.kind',
  'reviews.heldOn',
  'reviews.plannedOn',
  'reviews.status',
  'actions.issue',
  'actions.status',
];

export const recoveryStepMissing = defineRule({
  code: 'recovery-step-missing',
  family: 'conflict',
  guide: '5-4',
  severities: ['medium', 'low'],
  thresholds: ['rules.recovery'],
  requires: [
    'issues.resolvedOn',
    'issues.severity',
    ['reviews.kind', 'reviews.heldOn', 'reviews.status', 'actions.issue'],
  ],
  reads: RECOVERY_READS,
  check: (facts) =>
    openSteps(facts, facts.asOf).map(({ row, step, date }) =>
      hit(row, row.values.severity === 'critical' ? 'medium' : 'low', { step, date }),
    ),
});

/** The trust that was written down last up to a day, as far as that is not more than half a year before it. */
function trustBy(
  day: Day,
  { history }: Facts,
): { readonly trust: number; readonly row: EntityRow<'history'> } | undefined {
  const HALF_YEAR = 182;
  return history
    .flatMap((row) => {
      const { trust, date } = row.values;
      const known = trust !== undefined && Number.isFinite(trust) && date !== undefined && date <= day;
      return known && daysBetween(date, day) <= HALF_YEAR ? [{ trust, row, key: `${date} ${row.id}` }] : [];
    })
    .sort((left, right) => (left.key < right.key ? -1 : 1))
    .at(-1);
}

/** An issue of the same cause that was raised after the resolution. */
function recurrence(of: IssueRow, resolvedOn: Day, { issues, asOf }: Facts): IssueRow | undefined {
  const cause = causeOf(of);
  if (cause === '') return undefined;
  return issues.find((row) => {
    const { openedOn } = row.values;
    return openedOn !== undefined && openedOn > resolvedOn && openedOn <= asOf && causeOf(row) === cause;
  });
}

/**
 * An issue has recovered when, at the last check, the same cause has not come back and trust is no more than a few
 * points below where it stood when the issue was raised.
 */
export const notRecovered = defineRule({
  code: 'not-recovered',
  family: 'conflict',
  guide: '5-4',
  severities: ['low'],
  thresholds: ['rules.recovery'],
  requires: ['issues.resolvedOn', 'issues.openedOn', ['history.trust', 'issues.cause', 'issues.causeTag']],
  reads: [
    'issues.resolvedOn',
    'issues.state',
    'issues.openedOn',
    'issues.cause',
    'issues.causeTag',
    'history.trust',
    'history.date',
  ],
  check: (facts) =>
    resolved(facts).flatMap(({ row, resolvedOn, days }) => {
      const { recovery } = facts.policy.rules;
      const { openedOn } = row.values;
      if (days < recovery.lastCheck || openedOn === undefined) return [];
      const again = recurrence(row, resolvedOn, facts);
      if (again !== undefined) return [{ ...hit(row, 'low', { again: again.title }), evidence: [refOf(again)] }];
      const before = trustBy(openedOn, facts);
      // What was written down today counts from tomorrow on: see history.ts.
      const now = trustBy(addDays(facts.asOf, -1), facts);
      if (before === undefined || now === undefined || now.row.id === before.row.id) return [];
      if (now.trust >= before.trust - recovery.points) return [];
      const params = { before: Math.round(before.trust), now: Math.round(now.trust) };
      return [{ ...hit(row, 'low', params), evidence: [refOf(before.row), refOf(now.row)] }];
    }),
});
