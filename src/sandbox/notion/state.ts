/**
 * What the local Notion remembers. Pages, properties and data sources are immutable records that are replaced
 * whole, so that a query index that lags behind can keep the record as it was.
 */
import type { z } from 'zod';
import type { SandboxContext } from '../context.js';
import type { NotionWorkspace } from '../workspace.js';
import type { Capability } from './capabilities.js';

type WorkspaceProperty = z.infer<
  typeof NotionWorkspace
>['databases'][number]['dataSources'][number]['properties'][string];

export type PropertyType = WorkspaceProperty['type'];
/** A cell the short way a person would write it. */
export type ShortValue = string | number | boolean | readonly string[] | null;

export interface Option {
  readonly id: string;
  readonly name: string;
  readonly color: string;
}

export interface Property {
  readonly id: string;
  readonly name: string;
  readonly type: PropertyType;
  readonly format: string;
  readonly options: readonly Option[];
  /** Of a relation: id of the data source on the other side. */
  readonly relatesTo: string | undefined;
  /** Of a two-way relation: id of the property on the other side. */
  readonly mirror: string | undefined;
  readonly expression: string;
  /** Of a status: ids of options that were added by the API, which all land in the To-do group. */
  readonly addedOptions: readonly string[];
}

export interface TextStyle {
  readonly bold: boolean;
  readonly italic: boolean;
  readonly strikethrough: boolean;
  readonly underline: boolean;
  readonly code: boolean;
  readonly color: string;
}

/** One item of rich text. */
export interface Run {
  readonly content:
    | { readonly kind: 'text'; readonly text: string; readonly link: string | null }
    | { readonly kind: 'equation'; readonly expression: string }
    | { readonly kind: 'user'; readonly id: string }
    | { readonly kind: 'page'; readonly id: string }
    | { readonly kind: 'date'; readonly date: DateRange };
  readonly style: TextStyle;
}

/** ISO days, or date-times cut to the minute with an offset. */
export interface DateRange {
  readonly start: string;
  readonly end: string | null;
}

export type Value =
  | { readonly kind: 'rich'; readonly runs: readonly Run[] }
  | { readonly kind: 'plain'; readonly text: string | null }
  | { readonly kind: 'number'; readonly number: number | null }
  | { readonly kind: 'option'; readonly id: string | null }
  | { readonly kind: 'options'; readonly ids: readonly string[] }
  | { readonly kind: 'date'; readonly date: DateRange | null }
  | { readonly kind: 'flag'; readonly flag: boolean }
  | { readonly kind: 'people'; readonly ids: readonly string[] }
  | { readonly kind: 'links'; readonly ids: readonly string[] }
  | { readonly kind: 'files'; readonly files: readonly { readonly name: string; readonly url: string }[] }
  /** What a formula or rollup evaluates to: given with the workspace, never computed. */
  | { readonly kind: 'computed'; readonly result: ShortValue }
  /** Read from the page itself (created_time, unique_id ...) or not simulated (button, place ...). */
  | { readonly kind: 'none' };

export interface Page {
  readonly id: string;
  readonly dataSourceId: string;
  /** Position in the order of creation within the data source, from 1; also the unique_id. */
  readonly sequence: number;
  /** Milliseconds, exact: only answers are cut to the minute. */
  readonly createdAt: number;
  readonly editedAt: number;
  readonly createdBy: string;
  readonly editedBy: string;
  readonly inTrash: boolean;
  readonly locked: boolean;
  readonly icon: unknown;
  readonly cover: unknown;
  /** By property id. A property without an entry is empty. */
  readonly values: ReadonlyMap<string, Value>;
}

export interface DataSource {
  readonly id: string;
  readonly databaseId: string;
  readonly name: string;
  readonly properties: readonly Property[];
  readonly createdAt: number;
  readonly editedAt: number;
  /** False: the connection has lost access; everything in it is "not found". */
  readonly shared: boolean;
}

export interface Database {
  readonly id: string;
  readonly title: string;
  readonly dataSourceIds: readonly string[];
}

export interface User {
  readonly id: string;
  readonly name: string;
  readonly email: string | undefined;
}

export interface Block {
  readonly id: string;
  readonly createdAt: number;
  readonly runs: readonly Run[];
}

export interface NotionLimits {
  /** Rows one query can reach, however it is paged. */
  readonly queryCap: number;
  /** Requests per token in each window. */
  readonly requestsPerMinute: number;
  /** Length of a window; a minute in the real one. */
  readonly windowMs: number;
  /** How long after the epoch's full windows each of them begins. */
  readonly windowPhaseMs: number;
}

export interface NotionState {
  readonly context: SandboxContext;
  readonly limits: NotionLimits;
  readonly workspaceName: string;
  readonly token: string;
  readonly bot: { readonly id: string; readonly name: string };
  readonly users: ReadonlyMap<string, User>;
  readonly databases: ReadonlyMap<string, Database>;
  readonly dataSources: Map<string, DataSource>;
  readonly pages: Map<string, Page>;
  /** Page ids by data source, in order of creation. */
  readonly rows: Map<string, Set<string>>;
  readonly blocks: Map<string, readonly Block[]>;
  /** What queries still see of pages written a moment ago; undefined: not there yet. */
  readonly indexed: Map<string, readonly { readonly until: number; readonly was: Page | undefined }[]>;
  tokenGranted: boolean;
  /** What the connection may do. */
  capabilities: ReadonlySet<Capability>;
  lagMs: number;
  /** How many ids of each kind were made up: pages do not depend on how often anybody asked. */
  readonly serials: Map<string, number>;
  /** Grows with every change. */
  revision: number;
  /** What the last query found, in order: the pages of one long walk filter and sort once. */
  lastQuery: { readonly key: string; readonly pages: readonly Page[] } | undefined;
}

/** The person who edits through the sandbox's own hands. */
export const personOf = (state: NotionState): string => state.users.keys().next().value ?? state.bot.id;

/** A property by its name, its id, or its id with percent signs decoded. */
export function propertyOf(dataSource: DataSource, nameOrId: string): Property | undefined {
  return (
    dataSource.properties.find((property) => property.name === nameOrId) ??
    dataSource.properties.find((property) => property.id === nameOrId || decoded(property.id) === nameOrId)
  );
}

function decoded(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

/** A page as queries see it now: behind by the index lag, undefined while it is not indexed yet. */
export function indexedPage(state: NotionState, page: Page): Page | undefined {
  const pending = state.indexed.get(page.id);
  if (pending === undefined) return page;
  const now = state.context.now();
  const waiting = pending.find((entry) => entry.until > now);
  if (waiting !== undefined) return waiting.was;
  state.indexed.delete(page.id);
  return page;
}
