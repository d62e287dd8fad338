/**
 * The table of reminders: which findings ask for a task, what makes one occurrence of it, and when it is due.
 * The result is the set of tasks that should stand open today, computed from nothing but the tables.
 */
import type { Assessment, Finding } from './assessment.js';
import { addBusinessDays, addDays, type BusinessCalendar, type Day, previousBusinessDay } from './calendar.js';
import type { EntityName, EntityRow } from './entities.js';
import { refOf } from './facts.js';
import { reminderKey, subjectOf } from './key.js';
import type { Policy } from './policy.js';
import { type FindingCode, RULES } from './rules/index.js';
import { restsOn } from './rules/rule.js';
import type { Snapshot } from './snapshot.js';
import type { Assignee, DesiredTask } from './tasks.js';

interface ReminderContext {
  readonly policy: Policy;
  readonly calendar: BusinessCalendar;
  readonly asOf: Day;
}

interface Reminder<R extends string = string> {
  /** Part of the key: never renamed. */
  readonly rule: R;
  /** Findings that ask for it. */
  readonly findings: readonly FindingCode[];
  /** What tells this occurrence from the next one of the same subject: it must not move with the date. */
  readonly occurrence: (finding: Finding) => string;
  readonly due: (finding: Finding, context: ReminderContext) => Day;
  /** Whether it is time to show the task. */
  readonly shows: (finding: Finding, context: ReminderContext) => boolean;
  /** Every entity the findings rest on: all must have been read whole before a task may change. */
  readonly needs: readonly EntityName[];
}

const dayOfParam = (finding: Finding, name: string): Day => String(finding.params[name] ?? '');

function define<const R extends string>(reminder: Omit<Reminder<R>, 'needs'>): Reminder<R> {
  const rules = RULES.filter((rule) => reminder.findings.includes(rule.code));
  return { ...reminder, needs: [...new Set(rules.flatMap((rule) => [...restsOn(rule)]))] };
}

/** Business days a milestone's owner has to answer for a missed date. */
const MILESTONE_ANSWER = 3;

export const REMINDERS = [
  define({
    rule: 'review-due',
    findings: ['review-due', 'review-overdue'],
    occurrence: (finding) => dayOfParam(finding, 'lastHeld') || 'first',
    due: (finding, { calendar }) => previousBusinessDay(dayOfParam(finding, 'date'), calendar),
    shows: () => true,
  }),
  define({
    rule: 'milestone-overdue',
    findings: ['milestone-overdue'],
    occurrence: (finding) => dayOfParam(finding, 'date'),
    due: (finding, { calendar }) => addBusinessDays(dayOfParam(finding, 'date'), MILESTONE_ANSWER, calendar),
    shows: () => true,
  }),
  define({
    rule: 'decide-by',
    findings: ['decide-by', 'notice-passed'],
    occurrence: (finding) => dayOfParam(finding, 'end'),
    due: (finding) => dayOfParam(finding, 'date'),
    shows: (finding, { policy, asOf }) => {
      const from = addDays(dayOfParam(finding, 'date'), -policy.reminders.leadDays['decide-by']);
      return asOf >= from && asOf <= dayOfParam(finding, 'end');
    },
  }),
] as const;

export type ReminderRule = (typeof REMINDERS)[number]['rule'];

export interface DesiredTasks {
  readonly tasks: readonly DesiredTask[];
  /** Subjects nothing can be said about today: muted, or with a cell that could not be read. Their tasks stay as they are. */
  readonly untouched: ReadonlySet<string>;
}

/** The tasks that should stand open on a day, one per reminder and subject, sorted by key. */
export function desiredTasks(
  snapshot: Snapshot,
  assessment: Assessment,
  context: ReminderContext & { readonly workspace: string },
): DesiredTasks {
  const partnerships = new Map((snapshot.partnerships?.rows ?? []).map((row) => [row.id, row]));
  const isMuted = (id: string): boolean => partnerships.get(id)?.values.muted === true;
  const tasks = new Map<string, DesiredTask>();
  const findings = assessment.partnerships
    .flatMap((item) => item.findings)
    .filter((finding) => !isMuted(finding.partnershipId));
  const enabled = REMINDERS.filter((reminder) => !context.policy.reminders.disabled.includes(reminder.rule));
  for (const reminder of enabled) {
    for (const finding of findings) {
      if (!reminder.findings.includes(finding.code) || !reminder.shows(finding, context)) continue;
      const task = taskOf(reminder, finding, snapshot, partnerships, context);
      const known = tasks.get(task.key);
      tasks.set(
        task.key,
        known === undefined ? task : { ...known, partnerships: [...known.partnerships, ...task.partnerships] },
      );
    }
  }
  const sorted = [...tasks.values()].sort((left, right) => (left.key < right.key ? -1 : 1));
  return { tasks: sorted, untouched: untouchedSubjects(snapshot, isMuted) };
}

function taskOf(
  reminder: Reminder<ReminderRule>,
  finding: Finding,
  snapshot: Snapshot,
  partnerships: ReadonlyMap<string, EntityRow<'partnerships'>>,
  context: ReminderContext & { readonly workspace: string },
): DesiredTask {
  const occurrence = reminder.occurrence(finding);
  const subject = subjectOf(finding.row.id);
  const partnership = partnerships.get(finding.partnershipId);
  const assignee = assigneeOf(finding, snapshot, partnership);
  return {
    key: reminderKey({ workspace: context.workspace, rule: reminder.rule, occurrence, subject }),
    rule: reminder.rule,
    occurrence,
    subject,
    due: reminder.due(finding, context),
    partnerships: partnership === undefined ? [] : [refOf(partnership)],
    message: { code: finding.code, params: { ...finding.params, partnership: partnership?.title ?? '' } },
    evidence: [finding.row],
    ...(assignee === undefined ? {} : { assignee }),
  };
}

/** Who answers for the row, else who answers for the partnership, else who stands in. */
function assigneeOf(
  finding: Finding,
  snapshot: Snapshot,
  partnership: EntityRow<'partnerships'> | undefined,
): Assignee | undefined {
  const milestone =
    finding.entity === 'milestones' ? snapshot.milestones?.rows.find((row) => row.id === finding.row.id) : undefined;
  const owner = milestone?.values.owner?.[0];
  if (owner !== undefined) return { person: owner, from: 'milestones' };
  const person = partnership?.values.owner?.[0] ?? partnership?.values.backupOwner?.[0];
  return person === undefined ? undefined : { person, from: 'partnerships' };
}

/** Whether a reminder rests on a field of an entity. */
function isRead(entity: EntityName, field: string): boolean {
  const asking: readonly FindingCode[] = REMINDERS.flatMap((reminder) => reminder.findings);
  const path = `${entity}.${field}`;
  return RULES.some((rule) => asking.includes(rule.code) && rule.reads.some((read) => read === path));
}

/**
 * A finding that is absent because a cell holds an error says nothing about the world: the row and the partnerships
 * it belongs to keep their tasks until the cell can be read.
 */
function untouchedSubjects(snapshot: Snapshot, isMuted: (id: string) => boolean): ReadonlySet<string> {
  const untouched = new Set<string>();
  for (const entity of ['partnerships', 'milestones', 'agreements', 'reviews'] as const) {
    const rows: readonly EntityRow[] = snapshot[entity]?.rows ?? [];
    for (const row of rows) {
      const owners = entity === 'partnerships' ? [row.id] : partnershipsOf(row);
      const broken = [...row.unreadable].some((field) => field === 'partnership' || isRead(entity, field));
      if (!broken && !owners.some(isMuted)) continue;
      for (const id of [row.id, ...owners]) untouched.add(subjectOf(id));
    }
  }
  return untouched;
}

function partnershipsOf(row: EntityRow): readonly string[] {
  const { partnership }: { readonly partnership?: unknown } = row.values;
  return Array.isArray(partnership) ? partnership.filter((id) => typeof id === 'string') : [];
}
