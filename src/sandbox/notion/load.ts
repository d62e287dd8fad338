/** Fills the local Notion from a workspace file: short values become stored ones, two-way relations are joined. */
import type { z } from 'zod';
import type { SandboxContext } from '../context.js';
import type { NotionWorkspace } from '../workspace.js';
import { CAPABILITIES } from './capabilities.js';
import { madeShortId, madeUuid } from './ids.js';
import type {
  Database,
  DataSource,
  NotionLimits,
  NotionState,
  Page,
  Property,
  ShortValue,
  User,
  Value,
} from './state.js';
import { storedValue } from './values.js';

type Workspace = z.infer<typeof NotionWorkspace>;
type GivenDataSource = Workspace['databases'][number]['dataSources'][number];
type GivenProperty = GivenDataSource['properties'][string];
type GivenPage = GivenDataSource['pages'][number];

/** What the real Notion allows on its smaller plans. */
export const REAL_LIMITS: NotionLimits = {
  queryCap: 10_000,
  requestsPerMinute: 180,
  windowMs: 60_000,
  windowPhaseMs: 0,
};

const NOBODY = madeUuid('a person who edits');

/** A state that holds the workspace. RangeError for a value that does not fit its property. */
export function loadState(workspace: NotionWorkspace, context: SandboxContext, limits: NotionLimits): NotionState {
  const users: readonly User[] =
    workspace.users.length === 0
      ? [{ id: NOBODY, name: 'Someone', email: undefined }]
      : workspace.users.map((user) => ({ id: user.id, name: user.name, email: user.email }));
  const state: NotionState = {
    context,
    limits,
    workspaceName: workspace.name,
    token: workspace.token,
    bot: workspace.bot,
    users: new Map(users.map((user) => [user.id, user])),
    databases: new Map(workspace.databases.map((database) => [database.id, databaseOf(database)])),
    dataSources: new Map(),
    pages: new Map(),
    rows: new Map(),
    blocks: new Map(),
    indexed: new Map(),
    tokenGranted: true,
    capabilities: new Set(CAPABILITIES),
    lagMs: 0,
    serials: new Map(),
    revision: 0,
    lastQuery: undefined,
  };
  for (const database of workspace.databases) {
    for (const given of database.dataSources) loadDataSource(state, database.id, given, users[0]?.id ?? NOBODY);
  }
  joinRelations(state, workspace);
  return state;
}

const databaseOf = (given: Workspace['databases'][number]): Database => ({
  id: given.id,
  title: given.title,
  dataSourceIds: given.dataSources.map((dataSource) => dataSource.id),
});

function propertyOf(name: string, given: GivenProperty): Property {
  return {
    id: given.id,
    name,
    type: given.type,
    format: given.format ?? 'number',
    options: (given.options ?? []).map((option) => ({
      id: option.id ?? (given.type === 'status' ? madeUuid : madeShortId)(`option:${given.id}:${option.name}`),
      name: option.name,
      color: option.color ?? 'default',
    })),
    relatesTo: given.relatesTo,
    mirror: undefined,
    expression: given.expression ?? '',
    addedOptions: [],
  };
}

function loadDataSource(state: NotionState, databaseId: string, given: GivenDataSource, personId: string): void {
  const properties = new Map(Object.entries(given.properties).map(([name, own]) => [name, propertyOf(name, own)]));
  const created = given.pages.map((page) => Date.parse(page.createdTime));
  // Creation order decides the sequence; the file may list rows in any order.
  const ordered = given.pages.toSorted((a, b) => Date.parse(a.createdTime) - Date.parse(b.createdTime));
  ordered.forEach((page, index) => {
    const values = loadValues(properties, page.values);
    state.pages.set(page.id, loadPage(page, given.id, index + 1, values, personId));
  });
  const createdAt = created.length === 0 ? state.context.now() : created.reduce((a, b) => Math.min(a, b));
  const dataSource: DataSource = {
    id: given.id,
    databaseId,
    name: given.name,
    properties: [...properties.values()],
    createdAt,
    editedAt: createdAt,
    shared: true,
  };
  state.dataSources.set(given.id, dataSource);
  state.rows.set(given.id, new Set(ordered.map((page) => page.id)));
}

function loadPage(
  given: GivenPage,
  dataSourceId: string,
  sequence: number,
  values: ReadonlyMap<string, Value>,
  personId: string,
): Page {
  const createdBy = given.createdBy ?? personId;
  return {
    id: given.id,
    dataSourceId,
    sequence,
    createdAt: Date.parse(given.createdTime),
    editedAt: Date.parse(given.lastEditedTime ?? given.createdTime),
    createdBy,
    editedBy: createdBy,
    inTrash: given.inTrash,
    locked: false,
    icon: null,
    cover: null,
    values,
  };
}

/** Reads short values by property name; `properties` gains the options the values bring along. */
export function loadValues(
  properties: Map<string, Property>,
  given: Readonly<Record<string, ShortValue>>,
): ReadonlyMap<string, Value> {
  const values = new Map<string, Value>();
  for (const [name, short] of Object.entries(given)) {
    const property = properties.get(name);
    if (property === undefined) throw new RangeError(`there is no property "${name}"`);
    const stored = storedValue(property, short);
    properties.set(name, stored.property);
    values.set(property.id, stored.value);
  }
  return values;
}

/** Two-way relations know each other by id, and hold the same links however few of them the file spells out. */
function joinRelations(state: NotionState, workspace: Workspace): void {
  for (const given of workspace.databases.flatMap((database) => database.dataSources)) {
    for (const [name, { syncedAs, relatesTo }] of Object.entries(given.properties)) {
      if (syncedAs === undefined || relatesTo === undefined) continue;
      const own = state.dataSources.get(given.id)?.properties.find((property) => property.name === name);
      const other = state.dataSources.get(relatesTo)?.properties.find((property) => property.name === syncedAs);
      if (own === undefined || other === undefined) {
        throw new RangeError(`relation "${name}" is synced as "${syncedAs}", which the other side does not have`);
      }
      setMirror(state, given.id, own.id, other.id);
      setMirror(state, relatesTo, other.id, own.id);
      addBackLinks(state, given.id, own.id, other.id);
      addBackLinks(state, relatesTo, other.id, own.id);
    }
  }
}

function setMirror(state: NotionState, dataSourceId: string, propertyId: string, mirror: string): void {
  const dataSource = state.dataSources.get(dataSourceId);
  if (dataSource === undefined) return;
  const properties = dataSource.properties.map((property) =>
    property.id === propertyId ? { ...property, mirror } : property,
  );
  state.dataSources.set(dataSourceId, { ...dataSource, properties });
}

function addBackLinks(state: NotionState, fromSourceId: string, fromId: string, toId: string): void {
  for (const pageId of state.rows.get(fromSourceId) ?? []) {
    const links = state.pages.get(pageId)?.values.get(fromId);
    if (links?.kind !== 'links') continue;
    for (const targetId of links.ids) {
      const target = state.pages.get(targetId);
      if (target === undefined) continue;
      const known = target.values.get(toId);
      const ids = known?.kind === 'links' ? known.ids : [];
      if (ids.includes(pageId)) continue;
      state.pages.set(targetId, {
        ...target,
        values: new Map([...target.values, [toId, { kind: 'links', ids: [...ids, pageId] }]]),
      });
    }
  }
}
