/** From what the reminders ask for to the set of tasks that should stand open today, computed from nothing but the tables. */
import type { Assessment } from '../assessment.js';
import type { BusinessCalendar, Day } from '../calendar.js';
import { ENTITY_NAMES, type EntityName, type EntityRow } from '../entities.js';
import { joinRows, refOf } from '../facts.js';
import { reminderKey, subjectOf } from '../key.js';
import type { Normalised } from '../normalise.js';
import { type KnownPerson, personKey } from '../people.js';
import type { Policy } from '../policy.js';
import type { DataIssue, Snapshot } from '../snapshot.js';
import type { DesiredTask } from '../tasks.js';
import { candidatesFor, leadOf } from './assignee.js';
import { distinct, type Matter, type Occasion, type Reminder, readsOf } from './reminder.js';

export interface ReminderContext {
  /** The reminders that are switched on, the steps of playbooks among them. */
  readonly reminders: readonly Reminder[];
  readonly workspace: string;
  readonly people: readonly KnownPerson[];
  readonly policy: Policy;
  readonly calendar: BusinessCalendar;
  readonly asOf: Day;
}

export interface DesiredTasks {
  /** In the order of the table of reminders, so that the first stage of a matter comes first. */
  readonly tasks: readonly DesiredTask[];
  /** Whether nothing can be said today about the tasks of a rule and subject: muted, or a cell could not be read. */
  readonly isUntouched: (rule: string, subject: string) => boolean;
}

/** The tasks that should stand open on a day, one per key. */
export function desiredTasks(
  { snapshot, issues }: Normalised,
  assessment: Assessment,
  context: ReminderContext,
): DesiredTasks {
  const matters = mattersOf(snapshot, issues, assessment, context);
  const candidates = candidatesFor(snapshot, context.people);
  const tasks = new Map<string, DesiredTask>();
  for (const reminder of context.reminders) {
    for (const matter of matters) {
      const { partnership } = matter.facts;
      for (const occasion of reminder.ask(matter)) {
        const assignees = candidates(reminder.assignee, occasion, partnership);
        const task = taskOf(reminder, occasion, partnership, assignees, context);
        const known = tasks.get(task.key);
        tasks.set(task.key, known === undefined ? task : joined(known, task));
      }
    }
  }
  return { tasks: [...tasks.values()], isUntouched: untouched(snapshot, context.reminders) };
}

function mattersOf(
  snapshot: Snapshot,
  issues: readonly DataIssue[],
  assessment: Assessment,
  context: ReminderContext,
): readonly Matter[] {
  const findings = new Map(assessment.partnerships.map((item) => [item.row.id, item.findings]));
  const issuesOf = issuesByPartnership(snapshot, issues);
  return joinRows(snapshot, context)
    .filter(({ partnership }) => partnership.values.muted !== true)
    .map((facts) => ({
      facts,
      findings: findings.get(facts.partnership.id) ?? [],
      issues: issuesOf.get(facts.partnership.id) ?? [],
    }));
}

/** Issues by the partnership their row is, or belongs to. */
function issuesByPartnership(
  snapshot: Snapshot,
  issues: readonly DataIssue[],
): ReadonlyMap<string, readonly DataIssue[]> {
  const partnerships = new Set(rowsIn(snapshot, 'partnerships').map(({ id }) => id));
  const linked = new Map(
    ENTITY_NAMES.flatMap((entity) => rowsIn(snapshot, entity)).map((row) => [row.id, linksOf(row)]),
  );
  const found = new Map<string, DataIssue[]>();
  for (const issue of issues) {
    const id = issue.row?.id ?? '';
    const near = [id, ...(linked.get(id) ?? [])];
    const owners = new Set([...near, ...near.flatMap((other) => linked.get(other) ?? [])]);
    for (const owner of owners) if (partnerships.has(owner)) found.set(owner, [...(found.get(owner) ?? []), issue]);
  }
  return found;
}

function taskOf(
  { rule, code, gather, severity }: Reminder,
  { row, occurrence, due, dueStands, keepOnly, params, evidence = [], issues = [] }: Occasion,
  partnership: EntityRow<'partnerships'>,
  assignees: DesiredTask['assignees'],
  { workspace, people }: ReminderContext,
): DesiredTask {
  const [first] = assignees;
  const lead = leadOf(partnership, assignees, people);
  const subject =
    gather === 'by-row'
      ? subjectOf(row.id)
      : subjectOf(first === undefined ? 'nobody' : personKey(people, first.person));
  return {
    key: reminderKey({ workspace, rule, occurrence, subject }),
    rule,
    occurrence,
    subject,
    due,
    ...(dueStands === undefined ? {} : { dueStands }),
    ...(keepOnly === undefined ? {} : { keepOnly }),
    assignees,
    partnerships: [refOf(partnership)],
    message: { code, params: { ...params, partnership: partnership.title, count: 1 } },
    evidence: issues.length > 0 ? [] : evidence.length > 0 ? evidence : [row],
    issues,
    standsFor: [],
    severity,
    ...(lead === undefined ? {} : { lead }),
  };
}

/** What several partnerships or rows ask of one person, or in one row, is asked once. */
function joined(first: DesiredTask, next: DesiredTask): DesiredTask {
  const partnerships = distinct([...first.partnerships, ...next.partnerships]);
  const evidence = distinct([...first.evidence, ...next.evidence]);
  const issues = [...new Set([...first.issues, ...next.issues])];
  const params = {
    ...first.message.params,
    partnership: partnerships.map(({ title }) => title).join(', '),
    count: Math.max(evidence.length, issues.length),
  };
  return {
    ...first,
    due: next.due < first.due ? next.due : first.due,
    partnerships,
    evidence,
    issues,
    assignees: [...first.assignees, ...next.assignees],
    message: { ...first.message, params },
  };
}

/**
 * A task that is not asked for because a cell holds an error says nothing about the world: what a reminder would read
 * in that row keeps its tasks until the cell can be read. The tasks of a muted partnership are left alone altogether.
 */
function untouched(snapshot: Snapshot, reminders: readonly Reminder[]): DesiredTasks['isUntouched'] {
  const muted = new Set(rowsIn(snapshot, 'partnerships').flatMap((row) => (row.values.muted === true ? [row.id] : [])));
  const left = new Set<string>();
  const broken = new Set<string>();
  for (const entity of ENTITY_NAMES) {
    for (const row of rowsIn(snapshot, entity)) {
      const linked = linksOf(row);
      if ([row.id, ...linked].some((id) => muted.has(id))) left.add(subjectOf(row.id));
      for (const field of row.unreadable) {
        for (const { rule, gather } of remindersReading(reminders, entity, field)) {
          if (gather === 'by-person') broken.add(rule);
          for (const id of [row.id, ...linked]) broken.add(`${rule} ${subjectOf(id)}`);
        }
      }
    }
  }
  return (rule, subject) => left.has(subject) || broken.has(rule) || broken.has(`${rule} ${subject}`);
}

const rowsIn = <E extends EntityName>(snapshot: Snapshot, entity: E): readonly EntityRow<E>[] =>
  snapshot[entity]?.rows ?? [];

/** Rows a row names: its partnerships, its KPI, its review. */
function linksOf(row: EntityRow): readonly string[] {
  return Object.values(row.values)
    .flatMap((value) => (Array.isArray(value) ? value : []))
    .filter((item) => typeof item === 'string');
}

/** Reminders that look at a field. A row whose partnership cannot be read may be missing from any of its entity. */
function remindersReading(reminders: readonly Reminder[], entity: EntityName, field: string): readonly Reminder[] {
  const path = field === 'partnership' ? `${entity}.` : `${entity}.${field}`;
  return reminders.filter((reminder) =>
    readsOf(reminder).some((read) => (field === 'partnership' ? read.startsWith(path) : read === path)),
  );
}
