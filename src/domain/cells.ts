/**
 * Values as they stand in a cell of either tool, without the tool's own shapes. A `Cell` is what was
 * read; a `Desired` is what Tandem wants a cell to hold, before a column type is known.
 */
import type { Day, Person } from './entities.js';

export type Cell =
  | { readonly kind: 'empty' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'flag'; readonly flag: boolean }
  /** ISO day or ISO date-time with offset, exactly as precise as the tool gave it. */
  | { readonly kind: 'date'; readonly start: string; readonly end?: string }
  | { readonly kind: 'labels'; readonly labels: readonly string[] }
  | { readonly kind: 'people'; readonly people: readonly Person[] }
  | { readonly kind: 'links'; readonly ids: readonly string[] }
  /** A lookup or rollup of several values. */
  | { readonly kind: 'list'; readonly items: readonly Cell[] }
  /** Something is there, but not a value: an error, a special number, a type nobody knows. Never read as 0 or empty. */
  | { readonly kind: 'unknown'; readonly reason: string };

export const EMPTY: Cell = { kind: 'empty' };

export type Desired =
  | { readonly kind: 'empty' }
  | { readonly kind: 'text'; readonly text: string }
  /** `text` is what a text column gets instead of the bare number. */
  | { readonly kind: 'number'; readonly number: number; readonly text: string }
  /** A share: 0.62 means 62 %. `text` is what a text column gets. */
  | { readonly kind: 'share'; readonly share: number; readonly text: string }
  | { readonly kind: 'date'; readonly day: Day }
  /** The label to write, in the words of the column. */
  | { readonly kind: 'label'; readonly label: string }
  | { readonly kind: 'labels'; readonly labels: readonly string[] }
  | { readonly kind: 'people'; readonly people: readonly Person[] }
  /** `text` is what a text column gets where the tools differ and no relation is possible. */
  | { readonly kind: 'links'; readonly ids: readonly string[]; readonly text: string };

/** The text form of any value, for columns of text. */
export function desiredText(desired: Desired): string {
  switch (desired.kind) {
    case 'empty':
      return '';
    case 'text':
    case 'number':
    case 'share':
    case 'links':
      return desired.text;
    case 'date':
      return desired.day;
    case 'label':
      return desired.label;
    case 'labels':
      return desired.labels.join(' · ');
    case 'people':
      return desired.people.map((person) => person.name ?? person.email ?? person.id ?? '').join(', ');
  }
}

/** What a cell shows a reader, as plain JSON: the `before` and `after` of a change. */
export type Shown = string | number | boolean | null | readonly string[];

/** The cell as plain JSON for reports. */
export function shown(cell: Cell): Shown {
  switch (cell.kind) {
    case 'empty':
      return null;
    case 'text':
      return cell.text;
    case 'number':
      return cell.number;
    case 'flag':
      return cell.flag;
    case 'date':
      return cell.end === undefined ? cell.start : `${cell.start}/${cell.end}`;
    case 'labels':
      return cell.labels.length === 1 ? (cell.labels[0] ?? null) : cell.labels;
    case 'people':
      return cell.people.map((person) => person.name ?? person.email ?? person.id ?? '');
    case 'links':
      return cell.ids;
    case 'list':
      return cell.items.map((item) => String(shown(item) ?? ''));
    case 'unknown':
      return `(${cell.reason})`;
  }
}

const EPSILON = 1e-9;

const sameSet = (left: readonly string[], right: readonly string[]): boolean =>
  left.length === right.length && new Set([...left, ...right]).size === new Set(left).size;

/** A person addressed by e-mail reads back with the tool's own id beside it, so only what both sides have counts. */
function samePerson(left: Person, right: Person): boolean {
  if (left.id !== undefined && right.id !== undefined) return left.id === right.id;
  if (left.email !== undefined && right.email !== undefined) {
    return left.email.toLowerCase() === right.email.toLowerCase();
  }
  return left.name !== undefined && left.name.normalize('NFC') === right.name?.normalize('NFC');
}

const samePeople = (left: readonly Person[], right: readonly Person[]): boolean =>
  left.length === right.length &&
  left.every((person) => right.some((other) => samePerson(person, other))) &&
  right.every((person) => left.some((other) => samePerson(person, other)));

const isBlank = (cell: Cell): boolean =>
  cell.kind === 'empty' ||
  (cell.kind === 'text' && cell.text === '') ||
  (cell.kind === 'flag' && !cell.flag) ||
  (cell.kind === 'labels' && cell.labels.length === 0) ||
  (cell.kind === 'people' && cell.people.length === 0) ||
  (cell.kind === 'links' && cell.ids.length === 0) ||
  (cell.kind === 'list' && cell.items.length === 0);

/**
 * Whether two cells hold the same value. Text is compared after NFC, numbers within 1e-9, people by
 * id (else e-mail, else name, whichever both have), labels, people and links as sets. An unknown cell equals nothing.
 */
export function sameCell(left: Cell, right: Cell): boolean {
  if (isBlank(left) && isBlank(right)) return true;
  if (left.kind === 'text' && right.kind === 'text') return left.text.normalize('NFC') === right.text.normalize('NFC');
  if (left.kind === 'number' && right.kind === 'number') return Math.abs(left.number - right.number) <= EPSILON;
  if (left.kind === 'flag' && right.kind === 'flag') return left.flag === right.flag;
  if (left.kind === 'date' && right.kind === 'date') return left.start === right.start && left.end === right.end;
  if (left.kind === 'labels' && right.kind === 'labels') {
    return sameSet(
      left.labels.map((label) => label.normalize('NFC')),
      right.labels.map((label) => label.normalize('NFC')),
    );
  }
  if (left.kind === 'people' && right.kind === 'people') return samePeople(left.people, right.people);
  if (left.kind === 'links' && right.kind === 'links') return sameSet(left.ids, right.ids);
  return false;
}
