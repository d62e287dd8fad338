/** From what the reminders ask for to the set of tasks that should stand open today, computed from nothing but the tables. */
import type { Assessment } from '../assessment.js';
import type { BusinessCalendar, Day } from '../calendar.js';
import { ENTITY_NAMES, type EntityName, type EntityRow } from '../entities.js';
import { joinRows, refOf } from '../facts.js';
import { reminderKey, subjectOf } from '../key.js';
import type { Policy } from '../policy.js';
import type { Snapshot } from '../snapshot.js';
import type { DesiredTask } from '../tasks.js';
import { candidatesFor } from './assignee.js';
import { REMINDERS } from './index.js';
import { isOn, type Occasion, type Reminder, readsOf } from './reminder.js';

export interface ReminderContext {
  readonly workspace: string;
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
export function desiredTasks(snapshot: Snapshot, assessment: Assessment, context: ReminderContext): DesiredTasks {
  const findings = new Map(assessment.partnerships.map((item) => [item.row.id, item.findings]));
  const matters = joinRows(snapshot, context)
    .filter(({ partnership }) => partnership.values.muted !== true)
    .map((facts) => ({ facts, findings: findings.get(facts.partnership.id) ?? [] }));
  const candidates = candidatesFor(snapshot);
  const tasks = new Map<string, DesiredTask>();
  for (const reminder of REMINDERS.filter((candidate) => isOn(candidate, context.policy.reminders))) {
    for (const matter of matters) {
      const { partnership } = matter.facts;
      for (const occasion of reminder.ask(matter)) {
        const assignees = candidates(reminder.assignee, occasion, partnership);
        const task = taskOf(reminder, occasion, partnership, assignees, context);
        const known = tasks.get(task.key);
        tasks.set(task.key, known === undefined ? task : shared(known, task));
      }
    }
  }
  return { tasks: [...tasks.values()], isUntouched: untouched(snapshot) };
}

function taskOf(
  { rule, code }: Reminder,
  { row, occurrence, due, dueStands, params, evidence = [] }: Occasion,
  partnership: EntityRow<'partnerships'>,
  assignees: DesiredTask['assignees'],
  { workspace }: ReminderContext,
): DesiredTask {
  const subject = subjectOf(row.id);
  return {
    key: reminderKey({ workspace, rule, occurrence, subject }),
    rule,
    occurrence,
    subject,
    due,
    ...(dueStands === undefined ? {} : { dueStands }),
    assignees,
    partnerships: [refOf(partnership)],
    message: { code, params: { ...params, partnership: partnership.title } },
    evidence: [row, ...evidence],
  };
}

/** A row that belongs to several partnerships asks once, for all of them. */
function shared(first: DesiredTask, next: DesiredTask): DesiredTask {
  const partnerships = [...first.partnerships, ...next.partnerships];
  return {
    ...first,
    partnerships,
    assignees: [...first.assignees, ...next.assignees],
    message: {
      ...first.message,
      params: { ...first.message.params, partnership: partnerships.map(({ title }) => title).join(', ') },
    },
  };
}

/**
 * A task that is not asked for because a cell holds an error says nothing about the world: what a reminder would read
 * in that row keeps its tasks until the cell can be read. The tasks of a muted partnership are left alone altogether.
 */
function untouched(snapshot: Snapshot): DesiredTasks['isUntouched'] {
  const muted = new Set(rowsIn(snapshot, 'partnerships').flatMap((row) => (row.values.muted === true ? [row.id] : [])));
  const left = new Set<string>();
  const broken = new Set<string>();
  for (const entity of ENTITY_NAMES) {
    for (const row of rowsIn(snapshot, entity)) {
      const linked = linksOf(row);
      if ([row.id, ...linked].some((id) => muted.has(id))) left.add(subjectOf(row.id));
      for (const field of row.unreadable) {
        for (const rule of rulesReading(entity, field)) {
          for (const id of [row.id, ...linked]) broken.add(`${rule} ${subjectOf(id)}`);
        }
      }
    }
  }
  return (rule, subject) => left.has(subject) || broken.has(`${rule} ${subject}`);
}

const rowsIn = <E extends EntityName>(snapshot: Snapshot, entity: E): readonly EntityRow<E>[] =>
  snapshot[entity]?.rows ?? [];

/** Rows a row names: its partnerships, its KPI, its review. */
function linksOf(row: EntityRow): readonly string[] {
  return Object.values(row.values)
    .flatMap((value) => (Array.isArray(value) ? value : []))
    .filter((item) => typeof item === 'string');
}

/** Rules with a reminder of which something holds. */
export function rulesThat(holds: (reminder: Reminder) => boolean): ReadonlySet<string> {
  return new Set(REMINDERS.filter(holds).map(({ rule }) => rule));
}

/** Rules of the reminders that look at a field. A row whose partnership cannot be read may be missing from any of its entity. */
function rulesReading(entity: EntityName, field: string): ReadonlySet<string> {
  const path = field === 'partnership' ? `${entity}.` : `${entity}.${field}`;
  return rulesThat((reminder) =>
    readsOf(reminder).some((read) => (field === 'partnership' ? read.startsWith(path) : read === path)),
  );
}
