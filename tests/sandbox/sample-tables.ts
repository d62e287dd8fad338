/** A sample seen through its example configuration: one shape for the tables of both tools, cells by our field names. */
import { loadConfig } from '../../src/config/load.js';
import type { Config } from '../../src/config/schema.js';
import type { EntityName } from '../../src/domain/entities.js';
import type { FieldMapping, SourceMapping } from '../../src/domain/mapping.js';
import { SAMPLES, type SampleName } from '../../src/sandbox/samples/index.js';
import type { SandboxWorkspace } from '../../src/sandbox/workspace.js';

export interface Column {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly format?: string;
  readonly options: readonly string[];
  /** Of a link: id of the data source or table on the other side. */
  readonly linksTo?: string;
}

export interface Row {
  readonly id: string;
  readonly createdTime: string;
  readonly trashed: boolean;
  /** By column name, as the workspace file holds it. */
  readonly cells: Readonly<Record<string, unknown>>;
  /** The cell behind one of our fields; null when empty or not mapped. */
  readonly get: (field: string) => unknown;
}

export interface Table {
  readonly id: string;
  readonly source: SourceMapping;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

export function configOf(name: SampleName): Config {
  const loaded = loadConfig({ file: `config/examples/${name}.yaml`, env: SAMPLES[name].tokens });
  if ('errors' in loaded) throw new Error(JSON.stringify(loaded.errors));
  return loaded.config;
}

type Bare = Omit<Table, 'source' | 'rows'> & { readonly rows: readonly Omit<Row, 'get'>[] };

/** Every table of both tools of a workspace. */
export function bareTables(workspace: SandboxWorkspace): readonly Bare[] {
  const sources = workspace.notion?.databases.flatMap((database) => database.dataSources) ?? [];
  const tables = workspace.airtable?.bases.flatMap((base) => base.tables) ?? [];
  return [
    ...sources.map((source) => ({
      id: source.id,
      columns: Object.entries(source.properties).map(([name, { id, type, format, options, relatesTo }]) => ({
        id,
        name,
        type,
        options: (options ?? []).map((option) => option.name),
        ...(format === undefined ? {} : { format }),
        ...(relatesTo === undefined ? {} : { linksTo: relatesTo }),
      })),
      rows: source.pages.map(({ id, createdTime, inTrash, values }) => ({
        id,
        createdTime,
        trashed: inTrash,
        cells: values,
      })),
    })),
    ...tables.map((table) => ({
      id: table.id,
      columns: table.fields.map(({ id, name, type, options }) => ({
        id,
        name,
        type,
        options: namesOf(options?.choices),
        ...(typeof options?.linkedTableId === 'string' ? { linksTo: options.linkedTableId } : {}),
      })),
      rows: table.records.map(({ id, createdTime, fields }) => ({ id, createdTime, trashed: false, cells: fields })),
    })),
  ];
}

const namesOf = (choices: unknown): readonly string[] =>
  Array.isArray(choices) ? choices.map((choice: { name: string }) => choice.name) : [];

/** The column a property reference of a configuration means, by name or by id. */
export const columnOf = (table: Pick<Table, 'columns'>, reference: string): Column | undefined =>
  table.columns.find((column) => column.name === reference) ?? table.columns.find((column) => column.id === reference);

/** The tables of a sample by entity. Throws for a source the workspace does not have. */
export function tablesOf(config: Config, workspace: SandboxWorkspace): ReadonlyMap<EntityName, Table> {
  const bare = bareTables(workspace);
  const byName = new Map(
    workspace.airtable?.bases.flatMap((base) => base.tables.map((table) => [`${base.id}/${table.name}`, table.id])),
  );
  return new Map(
    config.sources.map((source): [EntityName, Table] => {
      const { location } = source;
      const id =
        location.type === 'airtable'
          ? (byName.get(`${location.base}/${location.table}`) ?? location.table)
          : location.id;
      const found = bare.find((table) => table.id === id);
      if (found === undefined) throw new Error(`${source.entity}: the sample has no table ${id}`);
      const rows = found.rows.map((row) => ({
        ...row,
        get: (field: string) => {
          const mapping = source.fields[field];
          return mapping === undefined ? null : cellOf(found, row.cells, mapping);
        },
      }));
      return [source.entity, { ...found, source, rows }];
    }),
  );
}

function cellOf(table: Pick<Table, 'columns'>, cells: Row['cells'], mapping: FieldMapping): unknown {
  const cell = cells[columnOf(table, mapping.property)?.name ?? ''] ?? null;
  if (mapping.part === undefined || typeof cell !== 'string') return cell;
  const [start, end = null] = cell.split('/');
  return mapping.part === 'start' ? start : end;
}

/** Ids in a cell: of pages, records or people. */
export function idsIn(cell: unknown): readonly string[] {
  if (Array.isArray(cell)) return cell.map(String);
  return typeof cell === 'object' && cell !== null && 'id' in cell ? [String(cell.id)] : [];
}

export const textCells = (row: Row | { readonly cells: Row['cells'] }): readonly string[] =>
  Object.values(row.cells).filter((cell) => typeof cell === 'string');

export const references = (table: Table): readonly string[] =>
  Object.values(table.source.fields).map((mapping) => mapping.property);

export const mappedTypes = (table: Table): readonly (string | undefined)[] =>
  references(table).map((reference) => columnOf(table, reference)?.type);
