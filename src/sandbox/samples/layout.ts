/**
 * How a sample team lays its rows out: tables with named, typed columns and the team's own labels. The renderers
 * turn a layout and rows into the workspace file of either tool.
 */
import { airtableIdOf, propertyIdOf } from './ids.js';
import type { Entity, Plain, SampleRow } from './story.js';

export interface Column<Type extends string = string> {
  readonly name: string;
  /** The tool's own type word. */
  readonly type: Type;
  /** The value of the row it shows; columns Tandem manages show none and start empty. */
  readonly shows?: string;
  /** The value a date range ends with. */
  readonly until?: string;
  /** A fixed id, for columns that configurations name by id. */
  readonly id?: string;
  /** Canonical value -> the team's label, in the order of the column. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Further options of the column that mean nothing to anybody else. */
  readonly strange?: readonly string[];
  readonly format?: string;
  /** Of a relation. */
  readonly to?: Entity;
  /** Of a two-way relation: the column on the other side. The other side itself has `reversed`. */
  readonly syncedAs?: string;
  /** This column is the other side of a relation: the column over there that decides. */
  readonly reversed?: { readonly of: Entity; readonly column: string };
  readonly expression?: string;
}

export interface Table<Type extends string = string> {
  readonly entity: Entity;
  readonly title: string;
  readonly columns: readonly Column<Type>[];
}

/** A column that shows a value of the row. */
export const column = <Type extends string>(
  shows: string,
  name: string,
  type: Type,
  more: Omit<Partial<Column>, 'name' | 'type' | 'shows'> = {},
): Column<Type> => ({ ...more, name, type, shows });

/** A column that is empty at first and Tandem's afterwards. */
export const managed = <Type extends string>(
  name: string,
  type: Type,
  more: Pick<Partial<Column>, 'labels' | 'format'> = {},
): Column<Type> => ({ ...more, name, type });

/** The other side of a two-way relation that `column` of `of` decides. */
export const reverse = (name: string, of: Entity, decidedBy: string): Column<'relation'> => ({
  name,
  type: 'relation',
  reversed: { of, column: decidedBy },
});

/** Labels that read the same in the table as in our own words. */
export const sameLabels = (...labels: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(labels.map((label) => [label, label]));

export const notionColumnId = (sample: string, table: Table, col: Column): string =>
  col.type === 'title' ? 'title' : (col.id ?? propertyIdOf(`${sample}/${table.entity}/${col.name}`));

export const airtableColumnId = (sample: string, table: Table, col: Column): string =>
  col.id ?? airtableIdOf('fld', `${sample}/${table.entity}/${col.name}`);

export const optionsOf = (col: Column): readonly string[] => [
  ...Object.values(col.labels ?? {}),
  ...(col.strange ?? []),
];

export const plainOf = (row: SampleRow, col: Column): Plain =>
  col.shows === undefined ? null : (row.values[col.shows] ?? null);

/** A list of names or keys, whatever the row holds. */
export const listOf = (value: Plain): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

/** The team's label of a canonical value; a value nobody translated stands as it is. */
export const labelOf = (col: Column, value: Plain): string | null =>
  typeof value === 'string' ? (col.labels?.[value] ?? value) : null;

/** Text as a person typed it: lists are written with commas. */
export function textOf(value: Plain): string | null {
  if (value === null || typeof value === 'boolean') return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  const list = listOf(value);
  return list.length === 0 ? null : list.join(', ');
}

/** An ISO date-time in the working hours of a day. */
export function timeOn(day: string, minute: number): string {
  const hours = String(1 + (Math.floor(minute / 60) % 9)).padStart(2, '0');
  return `${day}T${hours}:${String(minute % 60).padStart(2, '0')}:00.000Z`;
}
