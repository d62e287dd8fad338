/** From what was read to what should be: the pure middle of a run, composed. */
import { assess } from '../domain/assess.js';
import type { Assessment } from '../domain/assessment.js';
import type { EntityName } from '../domain/entities.js';
import { type Normalised, normalise, type ReadSource } from '../domain/normalise.js';
import { makePlan, type Plan } from '../domain/plan.js';
import type { DataIssue } from '../domain/snapshot.js';
import type { TaskIndex } from '../domain/tasks.js';
import { historyChanges } from './history.js';
import { planManaged } from './managed.js';
import { previousOf } from './previous.js';
import type { SourceError } from './sync.js';
import { type TaskOptions, taskChanges, taskIndex } from './task-changes.js';

export interface Judgement {
  readonly normalised: Normalised;
  readonly assessment: Assessment;
  readonly plan: Plan;
  readonly issues: readonly DataIssue[];
  readonly errors: readonly SourceError[];
  /** The rows of the task table that carry our keys. */
  readonly tasks: TaskIndex;
  /** Keys of all rows seen that carry one, whoever owns them. */
  readonly keys: ReadonlySet<string>;
}

/** Normalises, assesses and plans; the same reading on the same day always gives the same plan. */
export function judge(sources: readonly ReadSource[], options: TaskOptions): Judgement {
  const normalised = normalise(sources, options);
  const assessment = assess(normalised.snapshot, options, previousOf(sources));
  const managed = planManaged(sources, assessment, options);
  const index = taskIndex(sources, normalised, options.workspace);
  const history = historyChanges(sources, normalised, assessment, options);
  const tasks = taskChanges(sources, normalised, assessment, index, options);
  return {
    normalised,
    assessment,
    plan: makePlan([...managed.changes, ...tasks.changes, ...history.changes]),
    issues: [...normalised.issues, ...managed.issues, ...index.issues, ...tasks.issues, ...history.issues],
    errors: managed.errors,
    tasks: index,
    keys: new Set([...keysOf(normalised, 'tasks'), ...keysOf(normalised, 'history')]),
  };
}

/** Rows per entity, trashed ones and blank lines left out. */
export function rowCounts(normalised: Normalised): Readonly<Partial<Record<EntityName, number>>> {
  return Object.fromEntries(Object.entries(normalised.snapshot).map(([entity, table]) => [entity, table.rows.length]));
}

const keysOf = ({ snapshot }: Normalised, entity: 'tasks' | 'history'): readonly string[] =>
  (snapshot[entity]?.rows ?? []).flatMap((row) => row.values.key?.trim() ?? []);
