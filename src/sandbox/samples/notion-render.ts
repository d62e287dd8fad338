/** Renders tables and rows into the databases of a Notion sandbox workspace: one database with one data source each. */
import type { NotionWorkspace } from '../workspace.js';
import { type DayAt, numberOf, uuidOf } from './ids.js';
import {
  type Column,
  labelOf,
  listOf,
  notionColumnId,
  optionsOf,
  plainOf,
  type Table,
  textOf,
  timeOn,
} from './layout.js';
import type { Entity, Plain, SampleRow, SampleRows } from './story.js';

type Database = NotionWorkspace['databases'][number];
type DataSource = Database['dataSources'][number];
type Page = DataSource['pages'][number];
type Property = DataSource['properties'][string];
type ShortValue = Page['values'][string];

/** A table of Notion columns. */
export type NotionTable = Table<Property['type']>;

const COLORS = ['green', 'yellow', 'red', 'gray', 'blue', 'purple', 'brown', 'orange'];

export const dataSourceId = (sample: string, entity: Entity): string => uuidOf(`${sample}/source/${entity}`);
export const pageId = (sample: string, entity: Entity, key: string): string => uuidOf(`${sample}/${entity}/${key}`);
export const userId = (sample: string, name: string): string => uuidOf(`${sample}/user/${name}`);

interface Rendering {
  readonly sample: string;
  readonly tables: readonly NotionTable[];
  readonly rows: SampleRows;
  readonly on: DayAt;
}

export function renderNotion(sample: string, tables: readonly NotionTable[], rows: SampleRows, on: DayAt): Database[] {
  const rendering = { sample, tables, rows, on };
  return tables.map((table) => ({
    id: uuidOf(`${sample}/database/${table.entity}`),
    title: table.title,
    dataSources: [
      {
        id: dataSourceId(sample, table.entity),
        name: table.title,
        properties: Object.fromEntries(table.columns.map((col) => [col.name, property(sample, table, col)])),
        pages: rows[table.entity].map((row) => page(rendering, table, row)),
      },
    ],
  }));
}

function property(sample: string, table: NotionTable, col: Column<Property['type']>): Property {
  const id = notionColumnId(sample, table, col);
  const other = col.to ?? col.reversed?.of;
  const syncedAs = col.syncedAs ?? col.reversed?.column;
  const options = optionsOf(col).map((name, index) => ({
    id: uuidOf(`${sample}/${table.entity}/${col.name}/${name}`),
    name,
    color: COLORS[index] ?? 'default',
  }));
  return {
    id,
    type: col.type,
    ...(col.format === undefined ? {} : { format: col.format }),
    ...(options.length === 0 ? {} : { options }),
    ...(other === undefined ? {} : { relatesTo: dataSourceId(sample, other) }),
    ...(syncedAs === undefined ? {} : { syncedAs }),
    ...(col.expression === undefined ? {} : { expression: col.expression }),
  };
}

function page(rendering: Rendering, table: NotionTable, row: SampleRow): Page {
  const { sample, on } = rendering;
  const seed = `${table.entity}/${row.key}`;
  const editedAgo = Math.min(row.createdAgo, 1 + numberOf(`${seed}/edited`, 30));
  const minute = numberOf(seed, 540);
  const values = table.columns.map((col): [string, ShortValue] => [col.name, shortValue(rendering, col, row)]);
  return {
    id: pageId(sample, table.entity, row.key),
    createdTime: timeOn(on(-row.createdAgo), minute),
    lastEditedTime: timeOn(on(-editedAgo), minute),
    inTrash: row.trashed ?? false,
    values: Object.fromEntries(values),
  };
}

function shortValue(rendering: Rendering, col: Column, row: SampleRow): ShortValue {
  const { sample, rows } = rendering;
  if (col.reversed !== undefined) return reverseIds(rendering, col.reversed, row);
  const value = plainOf(row, col);
  switch (col.type) {
    case 'relation': {
      const to = col.to;
      if (to === undefined) return null;
      const known = new Set(rows[to].map((other) => other.key));
      const missing = listOf(value).filter((key) => !known.has(key));
      if (missing.length > 0) throw new RangeError(`${col.name}: no row ${missing.join(', ')}`);
      return listOf(value).map((key) => pageId(sample, to, key));
    }
    case 'people':
      return listOf(value).map((name) => userId(sample, name));
    case 'select':
    case 'status':
      return labelOf(col, value);
    case 'date':
      return dateOf(value, col.until === undefined ? null : (row.values[col.until] ?? null));
    case 'title':
    case 'rich_text':
      return textOf(value);
    case 'checkbox':
      return value === true;
    default:
      return typeof value === 'number' || typeof value === 'string' ? value : null;
  }
}

function dateOf(start: Plain, end: Plain): string | null {
  if (typeof start !== 'string') return null;
  return typeof end === 'string' ? `${start}/${end}` : start;
}

/** The other side of a two-way relation: the rows over there that point here. */
function reverseIds(
  { sample, tables, rows }: Rendering,
  reversed: { readonly of: Entity; readonly column: string },
  row: SampleRow,
): string[] {
  const there = tables.find((table) => table.entity === reversed.of);
  const decides = there?.columns.find((col) => col.name === reversed.column);
  if (decides === undefined) throw new RangeError(`no column ${reversed.column} in ${reversed.of}`);
  return rows[reversed.of]
    .filter((other) => listOf(plainOf(other, decides)).includes(row.key))
    .map((other) => pageId(sample, reversed.of, other.key));
}
