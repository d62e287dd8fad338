/** Short tables as a Notion workspace: one database with one data source each, or several that share a database. */
import { didYouMean, type Mistake } from '../document.js';
import { madeUuid } from '../notion/ids.js';
import type { NotionWorkspace } from '../workspace.js';
import {
  type Complain,
  cellsOf,
  createdTimeOf,
  listOf,
  madeText,
  namesOf,
  personNamed,
  type RowNames,
  rowIdOf,
} from './rows.js';
import type { ShortForm, ShortNotionTable, ShortRow } from './short-form.js';

type DataSource = NotionWorkspace['databases'][number]['dataSources'][number];
type Page = DataSource['pages'][number];

interface Expansion {
  readonly people: ShortForm['people'];
  readonly tables: readonly ShortNotionTable[];
  readonly names: RowNames;
  readonly complain: Complain;
}

const sourceId = (table: ShortNotionTable): string => table.id ?? madeUuid(`source:${table.name}`);
const userId = ({ name, notion }: ShortForm['people'][number]): string => notion ?? madeUuid(`person:${name}`);

export function expandNotion(
  { token, tables }: NonNullable<ShortForm['notion']>,
  people: ShortForm['people'],
  complain: Complain,
): NotionWorkspace {
  const named = tables.map((table) => ({
    name: table.name,
    ids: table.rows.map((row, nth) => pageId(table, row, nth)),
    titles: table.rows.map((row) => row[titleOf(table) ?? '']),
  }));
  const expansion = { people, tables, names: namesOf(named), complain };
  const sources = tables.map((table, index) => ({
    databaseId: table.database ?? madeUuid(`database:${table.name}`),
    source: expandTable(table, ['notion', 'tables', index], expansion),
  }));
  const databaseIds = [...new Set(sources.map(({ databaseId }) => databaseId))];
  return {
    name: 'Sandbox',
    token,
    bot: { id: madeUuid('bot'), name: 'Tandem' },
    users: people.map((person) => ({
      id: userId(person),
      name: person.name,
      ...(person.email === undefined ? {} : { email: person.email }),
    })),
    databases: databaseIds.map((id) => {
      const own = sources.filter(({ databaseId }) => databaseId === id).map(({ source }) => source);
      return { id, title: own[0]?.name ?? '', dataSources: own };
    }),
  };
}

const titleOf = (table: ShortNotionTable): string | undefined =>
  Object.entries(table.columns).find(([, column]) => column.type === 'title')?.[0];

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const QUIET = (): void => undefined;

const pageId = (
  table: ShortNotionTable,
  row: ShortRow,
  nth: number,
  at: Mistake['path'] = [],
  complain: Complain = QUIET,
): string => rowIdOf(row, madeUuid(`page:${table.name}:${nth}`), UUID, at, complain);

function expandTable(table: ShortNotionTable, at: Mistake['path'], expansion: Expansion): DataSource {
  const titles = Object.values(table.columns).filter(({ type }) => type === 'title').length;
  if (titles !== 1)
    expansion.complain([...at, 'columns'], `a Notion table has one title column, this one has ${titles}.`);
  const columns = Object.entries(table.columns);
  return {
    id: sourceId(table),
    name: table.name,
    properties: Object.fromEntries(
      columns.map(([name, column]) => [name, expandColumn(table, name, column, [...at, 'columns', name], expansion)]),
    ),
    pages: table.rows.map((row, nth) => expandRow(table, row, nth, [...at, 'rows', nth], expansion)),
  };
}

function expandColumn(
  table: ShortNotionTable,
  name: string,
  column: ShortNotionTable['columns'][string],
  at: Mistake['path'],
  { tables, complain }: Expansion,
): DataSource['properties'][string] {
  const { relatesTo, options, id, ...rest } = column;
  const other = tables.find((candidate) => candidate.name === relatesTo);
  if (column.type === 'relation' && other === undefined) {
    const names = tables.map((candidate) => candidate.name);
    complain([...at, 'relatesTo'], `a relation names a table here.${didYouMean(relatesTo ?? '', names)}`);
  }
  return {
    ...rest,
    id: column.type === 'title' ? 'title' : (id ?? madeText(`column:${table.name}:${name}`, 4)),
    ...(options === undefined ? {} : { options: options.map((option) => ({ name: option })) }),
    ...(other === undefined ? {} : { relatesTo: sourceId(other) }),
  };
}

function expandRow(
  table: ShortNotionTable,
  row: ShortRow,
  nth: number,
  at: Mistake['path'],
  expansion: Expansion,
): Page {
  const cells = cellsOf(row, Object.keys(table.columns), at, expansion.complain);
  return {
    id: pageId(table, row, nth, at, expansion.complain),
    createdTime: createdTimeOf(row, at, expansion.complain),
    inTrash: row.$trashed === true,
    values: Object.fromEntries(
      cells.map(([name, value]) => [name, expandCell(table, name, value, [...at, name], expansion)]),
    ),
  };
}

/** People and rows of other tables are called by name; everything else is written as it is stored. */
function expandCell(
  table: ShortNotionTable,
  name: string,
  value: unknown,
  at: Mistake['path'],
  { people, names, complain }: Expansion,
): Page['values'][string] {
  const column = table.columns[name];
  if (value === null || column === undefined) return null;
  if (column.type === 'people') {
    return listOf(value).flatMap((wanted) => {
      const person = personNamed(wanted, people, at, complain);
      return person === undefined ? [] : [userId(person)];
    });
  }
  if (column.type === 'relation') {
    return listOf(value).flatMap((wanted) => {
      const id = names.find(column.relatesTo ?? '', wanted);
      if (id === undefined) complain(at, `there is no row ${JSON.stringify(wanted)} in "${column.relatesTo ?? ''}".`);
      return id === undefined ? [] : [id];
    });
  }
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  complain(at, 'is no text, number, yes or no, or list of texts.');
  return null;
}
