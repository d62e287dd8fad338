/**
 * The only ways the local Notion's data changes, for requests and for hands alike: every changed cell is audited,
 * the other side of a two-way relation follows, and queries see it after the index lag.
 */
import { isDeepStrictEqual } from 'node:util';
import type { CellChange } from '../context.js';
import { madeUuid } from './ids.js';
import type { DataSource, NotionState, Page, Property, Value } from './state.js';
import { cellOf, shortValue } from './values.js';

export interface Actor {
  readonly by: CellChange['by'];
  readonly userId: string;
}

export interface PageEdit {
  /** By property id. */
  readonly values?: ReadonlyMap<string, Value>;
  readonly inTrash?: boolean | undefined;
  readonly locked?: boolean | undefined;
  readonly icon?: unknown;
  readonly cover?: unknown;
}

/** An id or request id nobody had before; the same in every run that does the same things. */
export function nextUuid(state: NotionState, kind: string): string {
  const serial = (state.serials.get(kind) ?? 0) + 1;
  state.serials.set(kind, serial);
  return madeUuid(`${kind}:${serial}`);
}

function record(state: NotionState, actor: Actor, page: Page, property: string, before: unknown, after: unknown): void {
  state.context.changes.push({
    at: state.context.now(),
    tool: 'notion',
    by: actor.by,
    source: page.dataSourceId,
    rowId: page.id,
    property,
    before,
    after,
  });
  state.context.changed?.();
}

function replacePage(state: NotionState, next: Page): void {
  if (state.lagMs > 0) {
    const entry = { until: state.context.now() + state.lagMs, was: state.pages.get(next.id) };
    state.indexed.set(next.id, [...(state.indexed.get(next.id) ?? []), entry]);
  }
  state.pages.set(next.id, next);
  state.revision += 1;
}

export function replaceDataSource(state: NotionState, next: DataSource): void {
  state.dataSources.set(next.id, { ...next, editedAt: state.context.now() });
  state.revision += 1;
}

/** Puts a property in the place of the one with its id. */
export function replaceProperty(state: NotionState, dataSourceId: string, next: Property): void {
  const dataSource = state.dataSources.get(dataSourceId);
  if (dataSource === undefined) return;
  const properties = dataSource.properties.map((property) => (property.id === next.id ? next : property));
  replaceDataSource(state, { ...dataSource, properties });
}

/**
 * Runs an edit of a schema: whole or, when it throws, not at all. Cells that changed with it, because their column or
 * option went away, are audited; no page counts as edited.
 */
export function editSchema(state: NotionState, dataSourceId: string, actor: Actor, edit: () => void): void {
  const [sources, pages] = [new Map(state.dataSources), new Map(state.pages)];
  try {
    edit();
  } catch (error) {
    for (const [id, source] of sources) state.dataSources.set(id, source);
    for (const [id, page] of pages) state.pages.set(id, page);
    throw error;
  }
  const now = state.dataSources.get(dataSourceId)?.properties ?? [];
  for (const property of sources.get(dataSourceId)?.properties ?? []) {
    const next = now.find((other) => other.id === property.id);
    for (const id of next === property ? [] : (state.rows.get(dataSourceId) ?? [])) {
      const [was, is] = [pages.get(id), state.pages.get(id)];
      if (was === undefined || is === undefined) continue;
      const before = shortValue(state, property, cellOf(was, property));
      const after = next === undefined ? null : shortValue(state, next, cellOf(is, next));
      if (!isDeepStrictEqual(before, after)) record(state, actor, is, property.name, before, after);
    }
  }
}

/** Adds a page. `id` is made up unless given. */
export function createPage(
  state: NotionState,
  dataSource: DataSource,
  values: ReadonlyMap<string, Value>,
  actor: Actor,
  own: { readonly id?: string | undefined; readonly icon?: unknown; readonly cover?: unknown } = {},
): Page {
  const now = state.context.now();
  const rows = state.rows.get(dataSource.id) ?? new Set();
  const page: Page = {
    id: own.id ?? nextUuid(state, 'page'),
    dataSourceId: dataSource.id,
    sequence: rows.size + 1,
    createdAt: now,
    editedAt: now,
    createdBy: actor.userId,
    editedBy: actor.userId,
    inTrash: false,
    locked: false,
    icon: own.icon ?? null,
    cover: own.cover ?? null,
    values,
  };
  replacePage(state, page);
  state.rows.set(dataSource.id, rows.add(page.id));
  const written = dataSource.properties.filter((property) => values.has(property.id));
  const after = written.map((property) => [property.name, shortValue(state, property, cellOf(page, property))]);
  record(state, actor, page, '(created)', null, Object.fromEntries(after));
  for (const property of written) mirror(state, actor, page, property, undefined);
  return page;
}

/** Edits a page. Cells that keep their value are not audited, yet the edit counts as one. */
export function editPage(state: NotionState, page: Page, edit: PageEdit, actor: Actor): Page {
  const dataSource = state.dataSources.get(page.dataSourceId);
  const next: Page = {
    ...page,
    editedAt: state.context.now(),
    editedBy: actor.userId,
    inTrash: edit.inTrash ?? page.inTrash,
    locked: edit.locked ?? page.locked,
    icon: edit.icon === undefined ? page.icon : edit.icon,
    cover: edit.cover === undefined ? page.cover : edit.cover,
    values: new Map([...page.values, ...(edit.values ?? [])]),
  };
  replacePage(state, next);
  if (next.inTrash !== page.inTrash) {
    record(state, actor, next, next.inTrash ? '(trashed)' : '(restored)', page.inTrash, next.inTrash);
  }
  for (const property of dataSource?.properties ?? []) {
    const [before, after] = [cellOf(page, property), cellOf(next, property)];
    if (isDeepStrictEqual(before, after)) continue;
    record(state, actor, next, property.name, shortValue(state, property, before), shortValue(state, property, after));
    mirror(state, actor, next, property, before);
  }
  return state.pages.get(page.id) ?? next;
}

/** Gives cells new results of what the server computes: nobody's edit, so neither the page's time nor the audit shows it. */
export function recomputePage(state: NotionState, page: Page, values: ReadonlyMap<string, Value>): void {
  replacePage(state, { ...page, values: new Map([...page.values, ...values]) });
}

/**
 * Brings the other side of a two-way relation in line. It is the same edit seen from the other page: that page
 * counts as edited, but the audit names the cell that was written only.
 */
function mirror(state: NotionState, actor: Actor, page: Page, property: Property, before: Value | undefined): void {
  if (property.mirror === undefined) return;
  const now = linksOf(cellOf(page, property));
  const was = linksOf(before);
  for (const id of was.filter((old) => !now.includes(old))) {
    relink(state, actor, id, property.mirror, (ids) => ids.filter((known) => known !== page.id));
  }
  for (const id of now.filter((added) => !was.includes(added))) {
    relink(state, actor, id, property.mirror, (ids) => (ids.includes(page.id) ? ids : [...ids, page.id]));
  }
}

const linksOf = (value: Value | undefined): readonly string[] => (value?.kind === 'links' ? value.ids : []);

function relink(
  state: NotionState,
  actor: Actor,
  pageId: string,
  propertyId: string,
  change: (ids: readonly string[]) => readonly string[],
): void {
  const page = state.pages.get(pageId);
  if (page === undefined) return;
  const ids = change(linksOf(page.values.get(propertyId)));
  replacePage(state, {
    ...page,
    editedAt: state.context.now(),
    editedBy: actor.userId,
    values: new Map([...page.values, [propertyId, { kind: 'links', ids }]]),
  });
}
