/** The changes of the task table: what should stand open, what follows from the tasks themselves, put into its columns. */
import type { Assessment } from '../domain/assessment.js';
import type { BusinessCalendar } from '../domain/calendar.js';
import type { Day, Person } from '../domain/entities.js';
import type { Normalised, ReadSource } from '../domain/normalise.js';
import type { KnownPerson } from '../domain/people.js';
import { remindersOf } from '../domain/playbooks/index.js';
import type { Policy } from '../domain/policy.js';
import { desiredTasks } from '../domain/reminders/desired.js';
import { digest, escalation, escalations, withinDay } from '../domain/reminders/follow-up.js';
import { isOn, needsOf, type Reminder, type TaskKind } from '../domain/reminders/reminder.js';
import type { Canonicalise, ResolvedSource } from '../domain/source.js';
import { type StepOptions, stepTasks, type TaskStep } from '../domain/task-steps.js';
import { type DesiredTask, indexTasks, type TaskIndex, type TaskMessage } from '../domain/tasks.js';
import type { Catalogue } from '../messages/index.js';
import { planTasks } from './tasks.js';

export interface TaskOptions {
  readonly workspace: string;
  readonly timezone: string;
  readonly people: readonly KnownPerson[];
  readonly policy: Policy;
  readonly calendar: BusinessCalendar;
  readonly asOf: Day;
  readonly catalogue: Catalogue;
  readonly canonicaliseOf: (source: ResolvedSource) => Canonicalise;
  /** What trashed task rows stand for; see `tombstonesOf`. */
  readonly tombstones: ReadonlySet<string>;
}

/** The rows of the task table that carry keys of the workspace. */
export function taskIndex(sources: readonly ReadSource[], normalised: Normalised, workspace: string): TaskIndex {
  const source = sources.find((candidate) => candidate.entity === 'tasks');
  const raws = new Map((source?.rows ?? []).map((row) => [row.id, row]));
  return indexTasks(workspace, normalised.snapshot.tasks?.rows ?? [], raws);
}

/** None while the tasks or the partnerships could not be read whole. */
export function taskChanges(
  sources: readonly ReadSource[],
  normalised: Normalised,
  assessment: Assessment,
  index: TaskIndex,
  options: TaskOptions,
): ReturnType<typeof planTasks> {
  const tasks = sources.find((source) => source.entity === 'tasks');
  const partnerships = sources.find((source) => source.entity === 'partnerships');
  if (
    tasks?.resolved === undefined ||
    !tasks.complete ||
    partnerships?.resolved === undefined ||
    !partnerships.complete
  ) {
    return { changes: [], issues: [] };
  }
  const incomplete = new Set(sources.filter((source) => !source.complete).map((source) => source.entity));
  const steps = taskSteps(normalised, assessment, index, incomplete, tasks.resolved, options);
  const partnershipColumn = tasks.resolved.fields.get('partnership');
  return planTasks(steps, {
    source: tasks.resolved,
    canonicalise: options.canonicaliseOf(tasks.resolved),
    catalogue: options.catalogue,
    asOf: options.asOf,
    people: options.people,
    seen: peopleSeen(sources, tasks.resolved.mapping.connection),
    connectionOf: (entity) => sources.find((source) => source.entity === entity)?.resolved?.mapping.connection,
    related: partnershipColumn?.linksTo !== undefined && partnershipColumn.linksTo === partnerships.resolved.schema.id,
  });
}

/** The steps of the reminders, then of what follows from them: tasks for leads, and what a full day leaves for tomorrow. */
function taskSteps(
  normalised: Normalised,
  assessment: Assessment,
  index: TaskIndex,
  incomplete: ReadonlySet<string>,
  { fields }: ResolvedSource,
  options: TaskOptions,
): readonly TaskStep[] {
  const { policy, catalogue } = options;
  const reminders = remindersOf(policy);
  const rulesThat = (holds: (reminder: Reminder) => boolean) =>
    new Set(reminders.filter(holds).map(({ rule }) => rule));
  const wanted = desiredTasks(normalised, assessment, { ...options, reminders });
  const frozen = rulesThat((reminder) => needsOf(reminder).some((entity) => incomplete.has(entity)));
  const base: StepOptions = {
    known: rulesThat(() => true),
    frozen,
    byPerson: rulesThat(({ closes }) => closes === 'by-person'),
    asOf: options.asOf,
    isUntouched: wanted.isUntouched,
    stampMapped: fields.has('stamp'),
    tombstones: options.tombstones,
  };
  const context = {
    ...options,
    titleOf: (message: TaskMessage) => catalogue.task(message).title,
    dueColumn: fields.get('due')?.id,
  };
  const steps = stepTasks(wanted.tasks, index, base);
  // What follows from the tasks waits until all of them are known again.
  const following = (kind: TaskKind, on: boolean, tasks: readonly DesiredTask[]): readonly TaskStep[] =>
    frozen.size === 0 && on && isOn(kind, policy.reminders)
      ? stepTasks(tasks, index, { ...base, known: new Set([kind.rule]) })
      : [];
  const told = following(escalation, true, escalations(wanted.tasks, index, base, context));
  const day = withinDay([...steps, ...told], index, base, context);
  return [...day.steps, ...following(digest, base.stampMapped, day.digests)];
}

/** Everybody who stands in a people cell of a connection: how its ids are known without a directory. */
export function peopleSeen(sources: readonly ReadSource[], connection: string): readonly Person[] {
  const seen = new Map<string, Person>();
  for (const { resolved, rows } of sources) {
    if (resolved?.mapping.connection !== connection) continue;
    for (const row of rows) {
      for (const cell of row.cells.values()) {
        if (cell.kind !== 'people') continue;
        for (const person of cell.people) if (person.id !== undefined) seen.set(person.id, person);
      }
    }
  }
  return [...seen.values()];
}
