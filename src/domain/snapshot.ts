/** What a run has seen of the world, and what it has to say about rows it could not take at face value. */
import type { EntityName, EntityRow } from './entities.js';

/** One entity as read in this run. `complete` is false when any page of it could not be read. */
export interface EntityTable<E extends EntityName = EntityName> {
  /** Our fields the configuration maps. A rule whose field is not in here says so and stays silent. */
  readonly mapped: ReadonlySet<string>;
  readonly complete: boolean;
  readonly rows: readonly EntityRow<E>[];
}

/** Entities that are not configured are absent. */
export type Snapshot = { readonly [E in EntityName]?: EntityTable<E> };

export interface RowRef {
  readonly id: string;
  readonly title: string;
  readonly url: string;
}

export const DATA_ISSUE_CODES = [
  'unknown-label',
  'not-a-number',
  'not-a-date',
  'not-a-plan',
  'not-readable',
  'ambiguous-scale',
  'required-empty',
  'link-broken',
  'code-unmatched',
  'code-spelling',
  'code-doubled',
  'name-doubled',
  'key-copied',
  'property-missing',
  'property-type',
  'label-missing',
  'text-cut',
  'assignee-refused',
  'assignee-missing',
  'edited-by-hand',
  'summary-differs',
  'row-trashed',
  'task-vanished',
] as const;
export type DataIssueCode = (typeof DATA_ISSUE_CODES)[number];

/** Something in the user's tables a person should mend. Reported, never thrown, never guessed around. */
export interface DataIssue {
  readonly code: DataIssueCode;
  readonly entity: EntityName;
  readonly row?: RowRef;
  /** The user's property name. */
  readonly property?: string;
  readonly params: Readonly<Record<string, string | number>>;
}
