/** What rows of both tools have in common when a person writes them: ids, dates, names for other rows and for people. */
import { createHash } from 'node:crypto';
import { didYouMean, type Mistake } from '../document.js';
import type { ShortForm, ShortRow } from './short-form.js';

/** Notes a mistake at a place of the file. */
export type Complain = (path: Mistake['path'], message: string) => void;

/** Rows without a date of their own were made on this day. */
export const LONG_AGO = '2026-01-01T00:00:00.000Z';

/** Letters and digits that depend on nothing but the seed, so that a file gives the same ids every time. */
export const madeText = (seed: string, length: number): string =>
  createHash('sha512').update(seed).digest('base64').replaceAll(/[+/=]/g, '').slice(0, length);

/** The cells of a row, without what says something about the row itself. Complains about columns that do not exist. */
export function cellsOf(
  row: ShortRow,
  columns: readonly string[],
  at: Mistake['path'],
  complain: Complain,
): readonly (readonly [string, unknown])[] {
  const cells = Object.entries(row).filter(([name]) => !name.startsWith('$'));
  for (const [name] of cells) {
    if (!columns.includes(name)) complain([...at, name], `there is no such column.${didYouMean(name, columns)}`);
  }
  return cells.filter(([name]) => columns.includes(name));
}

/** `$id`, or one made of the seed; complains about an id of another form. */
export function rowIdOf(row: ShortRow, made: string, form: RegExp, at: Mistake['path'], complain: Complain): string {
  if (row.$id === undefined) return made;
  if (typeof row.$id === 'string' && form.test(row.$id)) return row.$id;
  complain([...at, '$id'], `is no id of a row here: they look like ${made}.`);
  return made;
}

/** `$created` as an instant; YAML may have made a date of it already. */
export function createdTimeOf(row: ShortRow, at: Mistake['path'], complain: Complain): string {
  const given = row.$created;
  if (given === undefined) return LONG_AGO;
  const read = new Date(typeof given === 'string' || given instanceof Date ? given : Number.NaN);
  if (!Number.isNaN(read.getTime())) return read.toISOString();
  complain([...at, '$created'], 'is no date.');
  return LONG_AGO;
}

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** Ids of rows by the table's name and the text of their first column, or by their own id. */
export interface RowNames {
  find(table: string, wanted: unknown): string | undefined;
}

export function namesOf(
  tables: readonly { readonly name: string; readonly ids: readonly string[]; readonly titles: readonly unknown[] }[],
): RowNames {
  return {
    find: (table, wanted) => {
      const owner = tables.find(({ name }) => name === table);
      if (owner === undefined) return undefined;
      return owner.ids.find((id) => id === wanted) ?? owner.ids[owner.titles.indexOf(wanted)];
    },
  };
}

type Person = ShortForm['people'][number];

/** The person of that name or e-mail address; complains when there is none. */
export function personNamed(
  wanted: unknown,
  people: readonly Person[],
  at: Mistake['path'],
  complain: Complain,
): Person | undefined {
  const found = people.find(({ name, email }) => wanted === name || wanted === email);
  if (found === undefined) {
    const names = people.map(({ name }) => name);
    complain(at, `there is nobody called ${JSON.stringify(wanted)} under people.${didYouMean(String(wanted), names)}`);
  }
  return found;
}
