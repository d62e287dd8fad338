/**
 * The hands of people in the local Notion, and of tests: what is done here goes past the wire, is audited as human,
 * and counts as an edit of the workspace's first person.
 */

import type { Capability } from './capabilities.js';
import {
  type Actor,
  createPage,
  editPage,
  editSchema,
  recomputePage,
  replaceDataSource,
  replaceProperty,
} from './edits.js';
import { loadValues } from './load.js';
import { removeProperty, renameProperty, retypeProperty } from './schema-edits.js';
import {
  type DataSource,
  type NotionState,
  type Page,
  type Property,
  type PropertyType,
  personOf,
  propertyOf,
  type ShortValue,
  type Value,
} from './state.js';
import { cellOf, shortValue } from './values.js';

export type ShortValues = Readonly<Record<string, ShortValue>>;

/** A page as it stands, trashed or not, lag or not; `values` by property name. */
export interface NotionRow {
  readonly id: string;
  /** ISO, exact. */
  readonly createdTime: string;
  readonly lastEditedTime: string;
  /** User ids. */
  readonly createdBy: string;
  readonly lastEditedBy: string;
  readonly inTrash: boolean;
  readonly values: ShortValues;
}

/** Every function throws a RangeError for a page, data source or property that does not exist. */
export interface NotionHands {
  /** `by` an automation of the tool rather than a person, where that is said. */
  edit(pageId: string, values: ShortValues, by?: 'human' | 'system'): void;
  /** Gives formulas and rollups of a page new results, which is no edit of the page. */
  recompute(pageId: string, values: ShortValues): void;
  trash(pageId: string): void;
  restore(pageId: string): void;
  /** The id of the new page. */
  addPage(dataSourceId: string, values: ShortValues, own?: { readonly id?: string }): string;
  /** Copies a page as the menu entry does, keys and all; the id of the copy. */
  duplicate(pageId: string): string;
  renameProperty(dataSourceId: string, from: string, to: string): void;
  deleteProperty(dataSourceId: string, name: string): void;
  retypeProperty(dataSourceId: string, name: string, type: PropertyType): void;
  renameOption(dataSourceId: string, property: string, from: string, to: string): void;
  /** Takes the data source away from the connection (false) or gives it back. */
  share(dataSourceId: string, shared: boolean): void;
  /** Leaves the connection these capabilities and no others. */
  allow(capabilities: readonly Capability[]): void;
  revokeToken(): void;
  grantToken(): void;
  /** Queries see writes of the next calls only after so many milliseconds of the sandbox's clock. */
  lag(ms: number): void;
  pages(dataSourceId: string): readonly NotionRow[];
  /** Names of its properties. */
  columns(dataSourceId: string): readonly string[];
  /** The data source a page is in; undefined for what is no page. */
  sourceOf(pageId: string): string | undefined;
}

export function createHands(state: NotionState): NotionHands {
  const person = (): Actor => ({ by: 'human', userId: personOf(state) });
  return {
    edit: (pageId, values, by = 'human') => editByHand(state, pageId, values, { ...person(), by }),
    recompute: (pageId, values) => {
      const page = needPage(state, pageId);
      recomputePage(state, page, readShort(state, needSource(state, page.dataSourceId), values));
    },
    trash: (pageId) => void editPage(state, needPage(state, pageId), { inTrash: true }, person()),
    restore: (pageId) => void editPage(state, needPage(state, pageId), { inTrash: false }, person()),
    addPage: (dataSourceId, values, own = {}) => {
      const source = needSource(state, dataSourceId);
      return createPage(state, source, readShort(state, source, values), person(), own).id;
    },
    duplicate: (pageId) => {
      const page = needPage(state, pageId);
      return createPage(state, needSource(state, page.dataSourceId), page.values, person()).id;
    },
    renameProperty: (dataSourceId, from, to) => {
      const source = needSource(state, dataSourceId);
      renameProperty(state, source, needProperty(source, from), to);
    },
    deleteProperty: (dataSourceId, name) => {
      const source = needSource(state, dataSourceId);
      const property = needProperty(source, name);
      editSchema(state, dataSourceId, person(), () => removeProperty(state, source, property));
    },
    retypeProperty: (dataSourceId, name, type) => {
      const property = needProperty(needSource(state, dataSourceId), name);
      editSchema(state, dataSourceId, person(), () => retypeProperty(state, dataSourceId, property, type));
    },
    renameOption: (dataSourceId, property, from, to) => {
      const owner = needProperty(needSource(state, dataSourceId), property);
      if (!owner.options.some((option) => option.name === from)) throw new RangeError(`there is no option "${from}"`);
      const options = owner.options.map((option) => (option.name === from ? { ...option, name: to } : option));
      replaceProperty(state, dataSourceId, { ...owner, options });
    },
    share: (dataSourceId, shared) => {
      replaceDataSource(state, { ...needSource(state, dataSourceId), shared });
    },
    allow: (capabilities) => {
      state.capabilities = new Set(capabilities);
    },
    revokeToken: () => {
      state.tokenGranted = false;
    },
    grantToken: () => {
      state.tokenGranted = true;
    },
    lag: (ms) => {
      state.lagMs = ms;
    },
    columns: (dataSourceId) => needSource(state, dataSourceId).properties.map(({ name }) => name),
    sourceOf: (pageId) => state.pages.get(pageId)?.dataSourceId,
    pages: (dataSourceId) => {
      const source = needSource(state, dataSourceId);
      return [...(state.rows.get(dataSourceId) ?? [])].map((id) => rowOf(state, source, needPage(state, id)));
    },
  };
}

function editByHand(state: NotionState, pageId: string, values: ShortValues, actor: Actor): void {
  const page = needPage(state, pageId);
  const source = needSource(state, page.dataSourceId);
  editPage(state, page, { values: readShort(state, source, values) }, actor);
}

function readShort(state: NotionState, source: DataSource, given: ShortValues): ReadonlyMap<string, Value> {
  const properties = new Map(source.properties.map((property) => [property.name, property]));
  const values = loadValues(properties, given);
  for (const property of properties.values()) {
    if (!source.properties.includes(property)) replaceProperty(state, source.id, property);
  }
  return values;
}

function rowOf(state: NotionState, source: DataSource, page: Page): NotionRow {
  const values = source.properties.map((property) => [
    property.name,
    shortValue(state, property, cellOf(page, property)),
  ]);
  return {
    id: page.id,
    createdTime: new Date(page.createdAt).toISOString(),
    lastEditedTime: new Date(page.editedAt).toISOString(),
    createdBy: page.createdBy,
    lastEditedBy: page.editedBy,
    inTrash: page.inTrash,
    values: Object.fromEntries(values),
  };
}

function needPage(state: NotionState, id: string): Page {
  const page = state.pages.get(id);
  if (page === undefined) throw new RangeError(`there is no page ${id}`);
  return page;
}

function needSource(state: NotionState, id: string): DataSource {
  const source = state.dataSources.get(id);
  if (source === undefined) throw new RangeError(`there is no data source ${id}`);
  return source;
}

function needProperty(source: DataSource, name: string): Property {
  const property = propertyOf(source, name);
  if (property === undefined) throw new RangeError(`there is no property "${name}" in "${source.name}"`);
  return property;
}
