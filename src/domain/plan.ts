/**
 * The difference between what is and what should be, as a sorted list of changes that can be printed, counted
 * and refused. Nothing here writes; applying a plan adds no decision of its own.
 */
import { type Cell, sameCell, shown } from './cells.js';
import type { EntityName } from './entities.js';
import { hashText } from './key.js';
import type { Policy } from './policy.js';
import type { RowRef } from './snapshot.js';

export type ReasonCode =
  | 'status-changed'
  | 'assessment-updated'
  | 'set-back'
  | 'task-due'
  | 'task-promoted'
  | 'task-moved'
  | 'task-closed'
  | 'week-kept';

export interface Reason {
  readonly code: ReasonCode;
  readonly params: Readonly<Record<string, string | number>>;
  /** The reason in the words of the workspace's locale. */
  readonly text: string;
}

export interface FieldChange {
  /** Our name of the field. */
  readonly field: string;
  /** The user's property. */
  readonly property: string;
  readonly propertyId: string;
  /** The column shows a share as percent. */
  readonly percent: boolean;
  /** The cell held nothing we or a person had said, although it was not empty: the option a new row starts with. */
  readonly fresh?: true;
  readonly before: Cell;
  readonly after: Cell;
}

export interface Change {
  readonly kind: 'update' | 'create' | 'close';
  readonly source: EntityName;
  /** Absent for a create. */
  readonly row?: RowRef;
  /** The key of a task row. */
  readonly key?: string;
  /** What a reader calls the row. */
  readonly title: string;
  readonly reason: Reason;
  readonly fields: readonly FieldChange[];
}

export interface Plan {
  readonly changes: readonly Change[];
  /** The same changes always have the same hash, whatever order they were found in. */
  readonly hash: string;
}

/** Only what differs; undefined when nothing does. */
export function changedFields(fields: readonly FieldChange[]): readonly FieldChange[] {
  return fields.filter((change) => !sameCell(change.before, change.after));
}

const KIND_ORDER = { update: 0, close: 1, create: 2 } as const;

function changeKey(change: Change): string {
  const fields = change.fields.map((field) => `${field.field}=${JSON.stringify(shown(field.after))}`).sort();
  return [KIND_ORDER[change.kind], change.source, change.row?.id ?? '', change.key ?? '', ...fields].join('\u0000');
}

/** Sorts changes into the order they are shown and applied in: updates, closes, creates; by source, then title. */
export function makePlan(changes: readonly Change[]): Plan {
  const order = (change: Change) =>
    [KIND_ORDER[change.kind], change.source, change.title, change.row?.id ?? change.key ?? ''].join('\u0000');
  const sorted = [...changes].sort((left, right) => (order(left) < order(right) ? -1 : 1));
  return { changes: sorted, hash: hashText(sorted.map(changeKey).join('\u0001')) };
}

export interface GuardVerdict {
  readonly stopped: boolean;
  readonly statusChanges: number;
  readonly statusLimit: number;
  readonly newTasks: number;
  readonly newTaskLimit: number;
}

/**
 * Refuses a plan that changes more than a day of ordinary work can explain: a filter that broke or a column
 * that was retyped. A status that appears in an empty cell does not count, so a first run is not stopped by it.
 */
export function guardPlan(plan: Plan, partnerships: number, policy: Policy['guard']): GuardVerdict {
  const statusChanges = plan.changes.filter(
    (change) =>
      change.source === 'partnerships' &&
      change.fields.some((field) => field.field === 'status' && field.before.kind !== 'empty' && field.fresh !== true),
  ).length;
  const newTasks = plan.changes.filter(({ kind, source }) => kind === 'create' && source === 'tasks').length;
  const statusLimit = Math.max(policy.statusChanges.min, policy.statusChanges.share * partnerships);
  const newTaskLimit = policy.newTasks + partnerships;
  return {
    stopped: statusChanges > statusLimit || newTasks > newTaskLimit,
    statusChanges,
    statusLimit,
    newTasks,
    newTaskLimit,
  };
}
