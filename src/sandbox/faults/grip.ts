/** One way to lay hands on the tables of either tool, and to tell which table and rows a request is about. */
import { z } from 'zod';
import type { AirtableSandbox } from '../airtable/index.js';
import { SCOPES, type Scope } from '../airtable/scopes.js';
import type { SeenRequest } from '../context.js';
import { CAPABILITIES } from '../notion/capabilities.js';
import type { NotionSandbox, ShortValues } from '../notion/index.js';
import { type AirtableWorkspace, NOTION_TYPES, type NotionWorkspace } from '../workspace.js';

/** Airtable knows no difference between updating and inserting. */
export type Right = 'read' | 'update' | 'insert';

export interface GripRow {
  readonly id: string;
  readonly cells: readonly unknown[];
}

/** Hands throw an Error for a column or row that is not there. `table` is an id throughout. */
export interface Grip {
  /** Id of the table that has this name or id. */
  table(nameOrId: string): string | undefined;
  /** Names of its columns, as they are now. */
  columns(table: string): readonly string[];
  /** Types a column may be given; undefined: any. */
  readonly types: readonly string[] | undefined;
  /** The table a request is about; undefined: none, or several. */
  tableOf(request: SeenRequest): string | undefined;
  /** The rows a request names. */
  rowsOf(request: SeenRequest): readonly string[];
  /** Live rows in the order of creation. */
  rows(table: string): readonly GripRow[];
  edit(table: string, row: string, cells: ShortValues, by: 'human' | 'system'): void;
  trash(table: string, row: string): void;
  copy(table: string, row: string): void;
  renameColumn(table: string, from: string, to: string): void;
  retypeColumn(table: string, column: string, type: string): void;
  deleteColumn(table: string, column: string): void;
  /** Takes the token's access away, to everything or to one table (Airtable: its base); returns how to give it back. */
  revoke(table?: string): () => void;
  /** Takes the right to do one thing away; returns how to give it back. */
  forbid(right: Right): () => void;
}

const parent = z.object({
  parent: z.object({ data_source_id: z.string().optional(), database_id: z.string().optional() }),
});

const hyphened = (id: string): string =>
  id
    .replaceAll('-', '')
    .toLowerCase()
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

export function notionGrip(notion: NotionSandbox, workspace: NotionWorkspace): Grip {
  const sources = workspace.databases.flatMap((database) =>
    database.dataSources.map(({ id, name }) => ({ id, name, databaseId: database.id })),
  );
  const only = (databaseId: string): string | undefined => {
    const own = sources.filter((source) => source.databaseId === databaseId);
    return own.length === 1 ? own[0]?.id : undefined;
  };
  const denied = new Set<Right>();
  const pathId = ({ path }: SeenRequest, kind: string): string | undefined => {
    const id = new RegExp(`^/v1/${kind}/([0-9a-fA-F-]{32,36})`).exec(path)?.[1];
    return id === undefined ? undefined : hyphened(id);
  };
  return {
    table: (wanted) =>
      sources.find(({ id, databaseId }) => id === hyphened(wanted) || databaseId === hyphened(wanted))?.id ??
      sources.find(({ name }) => name === wanted)?.id,
    columns: (table) => notion.columns(table),
    types: NOTION_TYPES,
    tableOf: (request) => {
      const page = pathId(request, 'pages');
      if (page !== undefined) return notion.sourceOf(page);
      const source = pathId(request, 'data_sources');
      if (source !== undefined) return source;
      const database = pathId(request, 'databases');
      if (database !== undefined) return only(database);
      const given = parent.safeParse(request.body).data?.parent;
      if (given?.data_source_id !== undefined) return hyphened(given.data_source_id);
      return given?.database_id === undefined ? undefined : only(hyphened(given.database_id));
    },
    rowsOf: (request) => {
      const page = pathId(request, 'pages') ?? pathId(request, 'blocks');
      return page !== undefined && notion.sourceOf(page) !== undefined ? [page] : [];
    },
    rows: (table) =>
      notion
        .pages(table)
        .filter((page) => !page.inTrash)
        .map(({ id, values }) => ({ id, cells: Object.values(values) })),
    edit: (_, row, cells, by) => notion.edit(row, cells, by),
    trash: (_, row) => notion.trash(row),
    copy: (_, row) => void notion.duplicate(row),
    renameColumn: (table, from, to) => notion.renameProperty(table, from, to),
    retypeColumn: (table, column, type) => {
      const known = NOTION_TYPES.find((candidate) => candidate === type);
      if (known === undefined) throw new RangeError(`there is no property type "${type}"`);
      notion.retypeProperty(table, column, known);
    },
    deleteColumn: (table, column) => notion.deleteProperty(table, column),
    revoke: (table) => {
      if (table === undefined) notion.revokeToken();
      else notion.share(table, false);
      return () => (table === undefined ? notion.grantToken() : notion.share(table, true));
    },
    forbid: (right) => {
      denied.add(right);
      const settle = (): void => notion.allow(CAPABILITIES.filter((capability) => !denied.has(capability)));
      settle();
      return () => {
        denied.delete(right);
        settle();
      };
    },
  };
}

const records = z.object({ records: z.array(z.object({ id: z.string().optional() })) });

export function airtableGrip(airtable: AirtableSandbox, workspace: AirtableWorkspace): Grip {
  const tables = workspace.bases.flatMap((base) => base.tables.map(({ id, name }) => ({ id, name, base: base.id })));
  const denied = new Set<Scope>();
  const baseOf = (table: string): string => {
    const found = tables.find(({ id }) => id === table);
    if (found === undefined) throw new RangeError(`there is no table ${table}`);
    return found.base;
  };
  return {
    table: (wanted) => (tables.find(({ id }) => id === wanted) ?? tables.find(({ name }) => name === wanted))?.id,
    columns: (table) => airtable.columns(baseOf(table), table),
    types: undefined,
    tableOf: ({ path }) => {
      const [, base, part = ''] = /^\/v0\/(app\w+)\/([^/?]+)/.exec(path) ?? [];
      const wanted = decodeURIComponent(part);
      const own = tables.filter((table) => table.base === base);
      return (own.find(({ id }) => id === wanted) ?? own.find(({ name }) => name === wanted))?.id;
    },
    rowsOf: ({ path, body }) => {
      const url = new URL(path, 'http://sandbox');
      const named = /\/(rec\w{14})$/.exec(url.pathname)?.[1];
      const written = records.safeParse(body).data?.records.flatMap(({ id }) => id ?? []) ?? [];
      return [...(named === undefined ? [] : [named]), ...written, ...url.searchParams.getAll('records[]')];
    },
    rows: (table) =>
      airtable.records(baseOf(table), table).map(({ id, fields }) => ({ id, cells: Object.values(fields) })),
    edit: (table, row, cells, by) => airtable.edit(baseOf(table), table, row, cells, by),
    trash: (table, row) => airtable.deleteRecord(baseOf(table), table, row),
    copy: (table, row) => void airtable.duplicateRecord(baseOf(table), table, row),
    renameColumn: (table, from, to) => airtable.renameField(baseOf(table), table, from, to),
    retypeColumn: (table, column, type) => airtable.retypeField(baseOf(table), table, column, type),
    deleteColumn: (table, column) => airtable.deleteField(baseOf(table), table, column),
    revoke: (table) => {
      const base = table === undefined ? undefined : baseOf(table);
      if (base === undefined) airtable.revokeToken();
      else airtable.revokeBase(base);
      return () => (base === undefined ? airtable.restoreToken() : airtable.restoreBase(base));
    },
    forbid: (right) => {
      const scope = right === 'read' ? 'data.records:read' : 'data.records:write';
      denied.add(scope);
      const settle = (): void => airtable.allow(SCOPES.filter((known) => !denied.has(known)));
      settle();
      return () => {
        denied.delete(scope);
        settle();
      };
    },
  };
}
