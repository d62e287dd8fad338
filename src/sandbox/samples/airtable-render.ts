/** Renders tables and rows into the tables of an Airtable sandbox base: cells in wire form, empty ones left out. */
import type { AirtableWorkspace } from '../workspace.js';
import { airtableIdOf, type DayAt, numberOf } from './ids.js';
import {
  airtableColumnId,
  type Column,
  labelOf,
  listOf,
  optionsOf,
  plainOf,
  type Table,
  textOf,
  timeOn,
} from './layout.js';
import type { Entity, SampleRow, SampleRows } from './story.js';

type AirtableTable = AirtableWorkspace['bases'][number]['tables'][number];
type Field = AirtableTable['fields'][number];

/** Collaborators by name. */
export type People = ReadonlyMap<string, AirtableWorkspace['collaborators'][number]>;

const DATE_FORMAT = { dateFormat: { name: 'iso', format: 'YYYY-MM-DD' } };
const NUMBER_OPTIONS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  number: { precision: 4 },
  percent: { precision: 1 },
  currency: { precision: 0, symbol: '£' },
  checkbox: { icon: 'check', color: 'greenBright' },
  date: DATE_FORMAT,
};

export const tableId = (sample: string, entity: Entity): string => airtableIdOf('tbl', `${sample}/${entity}`);
export const recordId = (sample: string, entity: Entity, key: string): string =>
  airtableIdOf('rec', `${sample}/${entity}/${key}`);

export function renderAirtable(
  sample: string,
  tables: readonly Table[],
  rows: SampleRows,
  on: DayAt,
  people: People,
): AirtableTable[] {
  return tables.map((table) => {
    const fields = table.columns.map((col) => field(sample, table, col));
    const [primary] = fields;
    if (primary === undefined) throw new RangeError(`${table.title} has no columns`);
    return {
      id: tableId(sample, table.entity),
      name: table.title,
      primaryFieldId: primary.id,
      fields,
      records: rows[table.entity].map((row) => ({
        id: recordId(sample, table.entity, row.key),
        createdTime: timeOn(on(-row.createdAgo), numberOf(`${table.entity}/${row.key}`, 540)),
        fields: Object.fromEntries(
          table.columns
            .map((col): [string, unknown] => [col.name, cell(sample, col, row, rows, people)])
            .filter(([, value]) => value !== undefined && value !== null),
        ),
      })),
    };
  });
}

function field(sample: string, table: Table, col: Column): Field {
  const options = fieldOptions(sample, table, col);
  return {
    id: airtableColumnId(sample, table, col),
    name: col.name,
    type: col.type,
    ...(options === undefined ? {} : { options }),
  };
}

function fieldOptions(sample: string, table: Table, col: Column): Record<string, unknown> | undefined {
  if (col.type === 'singleSelect') {
    const choices = optionsOf(col).map((name) => ({
      id: airtableIdOf('sel', `${sample}/${table.entity}/${col.name}/${name}`),
      name,
    }));
    return { choices };
  }
  if (col.type === 'multipleRecordLinks' && col.to !== undefined)
    return { linkedTableId: tableId(sample, col.to), isReversed: false, prefersSingleRecordLink: true };
  if (col.type === 'formula') {
    const result = { type: 'number', options: { precision: 0 } };
    return { isValid: true, formula: col.expression ?? '', referencedFieldIds: [], result };
  }
  const options = NUMBER_OPTIONS[col.type];
  return options === undefined ? undefined : { ...options };
}

function cell(sample: string, col: Column, row: SampleRow, rows: SampleRows, people: People): unknown {
  const value = plainOf(row, col);
  if (value !== null && typeof value === 'object' && 'wire' in value) return value.wire;
  switch (col.type) {
    case 'multipleRecordLinks': {
      const to = col.to;
      if (to === undefined) return undefined;
      const keys = listOf(value).filter((key) => rows[to].some((other) => other.key === key));
      if (keys.length < listOf(value).length) throw new RangeError(`${col.name}: no row for ${row.key}`);
      return keys.length === 0 ? undefined : keys.map((key) => recordId(sample, to, key));
    }
    case 'singleCollaborator': {
      const [name] = listOf(value);
      return name === undefined ? undefined : people.get(name);
    }
    case 'singleSelect':
      return labelOf(col, value);
    case 'singleLineText':
    case 'multilineText':
      return textOf(value);
    case 'checkbox':
      return value === true ? true : undefined;
    default:
      return value;
  }
}
