/** Short tables as the bases of an Airtable workspace. */
import { didYouMean, type Mistake } from '../document.js';
import type { AirtableWorkspace } from '../workspace.js';
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
import type { ShortAirtableTable, ShortForm, ShortRow } from './short-form.js';

type Table = AirtableWorkspace['bases'][number]['tables'][number];
type Field = Table['fields'][number];

interface Expansion {
  readonly people: ShortForm['people'];
  readonly tables: readonly ShortAirtableTable[];
  readonly names: RowNames;
  readonly complain: Complain;
}

const made = (prefix: string, seed: string): string => prefix + madeText(`${prefix}:${seed}`, 14);
const baseId = (table: ShortAirtableTable): string => table.base ?? made('app', 'base');
const tableId = (table: ShortAirtableTable): string => table.id ?? made('tbl', table.name);
const fieldId = (table: ShortAirtableTable, name: string): string =>
  table.columns[name]?.id ?? made('fld', `${table.name}:${name}`);
const RECORD = /^rec[A-Za-z0-9]{14}$/;
const QUIET = (): void => undefined;

const recordId = (
  table: ShortAirtableTable,
  row: ShortRow,
  nth: number,
  at: Mistake['path'] = [],
  complain: Complain = QUIET,
): string => rowIdOf(row, made('rec', `${table.name}:${nth}`), RECORD, at, complain);

const collaboratorOf = ({ name, email, airtable }: ShortForm['people'][number], nth: number) => ({
  id: airtable ?? made('usr', name),
  email: email ?? `person-${nth + 1}@example.com`,
  name,
});

export function expandAirtable(
  { token, tables }: NonNullable<ShortForm['airtable']>,
  people: ShortForm['people'],
  complain: Complain,
): AirtableWorkspace {
  const named = tables.map((table) => ({
    name: table.name,
    ids: table.rows.map((row, nth) => recordId(table, row, nth)),
    titles: table.rows.map((row) => row[Object.keys(table.columns)[0] ?? '']),
  }));
  const expansion = { people, tables, names: namesOf(named), complain };
  const expanded = tables.map((table, index) => ({
    base: baseId(table),
    table: expandTable(table, ['airtable', 'tables', index], expansion),
  }));
  const bases = [...new Set(expanded.map(({ base }) => base))];
  return {
    token,
    user: { id: made('usr', 'bot'), email: 'tandem@example.com', name: 'Tandem' },
    collaborators: people.map(collaboratorOf),
    bases: bases.map((id) => ({
      id,
      name: 'Sandbox',
      tables: expanded.filter(({ base }) => base === id).map(({ table }) => table),
    })),
  };
}

function expandTable(table: ShortAirtableTable, at: Mistake['path'], expansion: Expansion): Table {
  const columns = Object.keys(table.columns);
  if (columns.length === 0) expansion.complain([...at, 'columns'], 'a table has at least one column.');
  return {
    id: tableId(table),
    name: table.name,
    primaryFieldId: fieldId(table, columns[0] ?? ''),
    fields: columns.map((name) => expandColumn(table, name, [...at, 'columns', name], expansion)),
    records: table.rows.map((row, nth) => expandRow(table, row, nth, [...at, 'rows', nth], expansion)),
  };
}

function expandColumn(table: ShortAirtableTable, name: string, at: Mistake['path'], expansion: Expansion): Field {
  const column = table.columns[name];
  const type = column?.type ?? 'singleLineText';
  const id = fieldId(table, name);
  if (type === 'multipleRecordLinks') return { id, name, type, options: linkOptions(column, at, expansion) };
  if (Array.isArray(column?.options)) {
    return { id, name, type, options: { choices: column.options.map((option) => ({ name: option })) } };
  }
  return { id, name, type, ...(column?.options === undefined ? {} : { options: column.options }) };
}

function linkOptions(
  column: ShortAirtableTable['columns'][string] | undefined,
  at: Mistake['path'],
  { tables, complain }: Expansion,
): Record<string, unknown> {
  const other = tables.find(({ name }) => name === column?.linksTo);
  if (other === undefined) {
    const names = tables.map(({ name }) => name);
    complain([...at, 'linksTo'], `a link names a table here.${didYouMean(column?.linksTo ?? '', names)}`);
    return {};
  }
  const back = column?.syncedAs;
  if (back !== undefined && other.columns[back] === undefined) {
    complain([...at, 'syncedAs'], `"${other.name}" has no column "${back}".`);
  }
  return { linkedTableId: tableId(other), ...(back === undefined ? {} : { inverseLinkFieldId: fieldId(other, back) }) };
}

function expandRow(
  table: ShortAirtableTable,
  row: ShortRow,
  nth: number,
  at: Mistake['path'],
  expansion: Expansion,
): Table['records'][number] {
  const cells = cellsOf(row, Object.keys(table.columns), at, expansion.complain);
  return {
    id: recordId(table, row, nth, at, expansion.complain),
    createdTime: createdTimeOf(row, at, expansion.complain),
    fields: Object.fromEntries(
      cells.map(([name, value]) => [name, expandCell(table, name, value, [...at, name], expansion)]),
    ),
  };
}

/** People and records of other tables are called by name; everything else is in wire form. */
function expandCell(
  table: ShortAirtableTable,
  name: string,
  value: unknown,
  at: Mistake['path'],
  { people, names, complain }: Expansion,
): unknown {
  const column = table.columns[name];
  if (value === null || column === undefined) return undefined;
  const persons = (): readonly unknown[] =>
    listOf(value).flatMap((wanted) => {
      const person = personNamed(wanted, people, at, complain);
      return person === undefined ? [] : [collaboratorOf(person, people.indexOf(person))];
    });
  if (column.type === 'singleCollaborator') return persons()[0];
  if (column.type === 'multipleCollaborators') return persons();
  if (column.type !== 'multipleRecordLinks') return value;
  return listOf(value).flatMap((wanted) => {
    const id = names.find(column.linksTo ?? '', wanted);
    if (id === undefined) complain(at, `there is no row ${JSON.stringify(wanted)} in "${column.linksTo ?? ''}".`);
    return id === undefined ? [] : [id];
  });
}
