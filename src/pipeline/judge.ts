/** From what was read to what should be: the pure middle of a run, composed. */
import { assess } from '../domain/assess.js';
import type { Assessment } from '../domain/assessment.js';
import type { BusinessCalendar } from '../domain/calendar.js';
import type { Day, EntityName, Person } from '../domain/entities.js';
import { type Normalised, normalise, type ReadSource } from '../domain/normalise.js';
import type { KnownPerson } from '../domain/people.js';
import { makePlan, type Plan } from '../domain/plan.js';
import { remindersOf } from '../domain/playbooks/index.js';
import type { Policy } from '../domain/policy.js';
import { desiredTasks } from '../domain/reminders/desired.js';
import { needsOf, type Reminder } from '../domain/reminders/reminder.js';
import type { DataIssue } from '../domain/snapshot.js';
import type { Canonicalise, ResolvedSource } from '../domain/source.js';
import { indexTasks, stepTasks, type TaskIndex } from '../domain/tasks.js';
import type { Catalogue } from '../messages/index.js';
import { planManaged } from './managed.js';
import { previousOf } from './previous.js';
import type { SourceError } from './sync.js';
import { planTasks } from './tasks.js';

export interface JudgeOptions {
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

export interface Judgement {
  readonly normalised: Normalised;
  readonly assessment: Assessment;
  readonly plan: Plan;
  readonly issues: readonly DataIssue[];
  readonly errors: readonly SourceError[];
  /** The rows of the task table that carry our keys. */
  readonly tasks: TaskIndex;
  /** Keys of all task rows seen, whoever owns them. */
  readonly taskKeys: ReadonlySet<string>;
}

/** Normalises, assesses and plans; the same reading on the same day always gives the same plan. */
export function judge(sources: readonly ReadSource[], options: JudgeOptions): Judgement {
  const normalised = normalise(sources, options);
  const assessment = assess(normalised.snapshot, options, previousOf(sources));
  const managed = planManaged(sources, assessment, options);
  const index = taskIndex(sources, normalised, options.workspace);
  const tasks = taskChanges(sources, normalised, assessment, index, options);
  return {
    normalised,
    assessment,
    plan: makePlan([...managed.changes, ...tasks.changes]),
    issues: [...normalised.issues, ...managed.issues, ...index.issues, ...tasks.issues],
    errors: managed.errors,
    tasks: index,
    taskKeys: new Set((normalised.snapshot.tasks?.rows ?? []).flatMap((row) => row.values.key?.trim() ?? [])),
  };
}

function taskIndex(sources: readonly ReadSource[], normalised: Normalised, workspace: string): TaskIndex {
  const source = sources.find((candidate) => candidate.entity === 'tasks');
  const raws = new Map((source?.rows ?? []).map((row) => [row.id, row]));
  return indexTasks(workspace, normalised.snapshot.tasks?.rows ?? [], raws);
}

function taskChanges(
  sources: readonly ReadSource[],
  normalised: Normalised,
  assessment: Assessment,
  index: TaskIndex,
  options: JudgeOptions,
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
  const reminders = remindersOf(options.policy);
  const rulesThat = (holds: (reminder: Reminder) => boolean) =>
    new Set(reminders.filter(holds).map(({ rule }) => rule));
  const wanted = desiredTasks(normalised, assessment, { ...options, reminders });
  const incomplete = new Set(sources.filter((source) => !source.complete).map((source) => source.entity));
  const steps = stepTasks(wanted.tasks, index, {
    known: rulesThat(() => true),
    frozen: rulesThat((reminder) => needsOf(reminder).some((entity) => incomplete.has(entity))),
    byPerson: rulesThat(({ closes }) => closes === 'by-person'),
    isUntouched: wanted.isUntouched,
    stampMapped: tasks.resolved.fields.has('stamp'),
    tombstones: options.tombstones,
  });
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

/** Everybody who stands in a people cell of a connection: how its ids are known without a directory. */
function peopleSeen(sources: readonly ReadSource[], connection: string): readonly Person[] {
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

/** Rows per entity, trashed ones and blank lines left out. */
export function rowCounts(normalised: Normalised): Readonly<Partial<Record<EntityName, number>>> {
  return Object.fromEntries(Object.entries(normalised.snapshot).map(([entity, table]) => [entity, table.rows.length]));
}
