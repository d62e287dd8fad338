/**
 * Cells as Airtable sends and takes them. Empty cells are absent from a record; numbers of computed columns may
 * be `{specialValue}` or `{error}`, which is never 0 and never empty; a computed column that declares one value
 * may still send a list.
 */
import { z } from 'zod';
import { type Cell, EMPTY } from '../../domain/cells.js';
import type { Person } from '../../domain/entities.js';
import type { PropertySchema } from '../../ports.js';
import type { WireCollaborator, WireValue } from './client.js';

type Reader = (value: unknown) => Cell | undefined;

const special = z.union([
  z.object({ specialValue: z.string() }).transform(({ specialValue }) => specialValue),
  z.object({ error: z.string() }).transform(({ error }) => error),
]);
const collaborator = z.object({ id: z.string(), email: z.string().optional(), name: z.string().optional() });
const strings = z.array(z.string());
const aiText = z.object({ state: z.string(), value: z.string().nullish() });
const barcode = z.object({ text: z.string().nullish() });
const attachments = z.array(z.object({ filename: z.string() }));

const unknown = (reason: string): Cell => ({ kind: 'unknown', reason });
const text = (value: string): Cell => (value === '' ? EMPTY : { kind: 'text', text: value });

/** Rich text comes back with a line end that nobody wrote. */
export const trimRichText = (value: string): string => value.replace(/\n+$/, '');

const readText: Reader = (value) => (typeof value === 'string' ? text(value) : undefined);
const readRichText: Reader = (value) => (typeof value === 'string' ? text(trimRichText(value)) : undefined);
const readNumber: Reader = (value) => (typeof value === 'number' ? { kind: 'number', number: value } : undefined);
const readFlag: Reader = (value) => (typeof value === 'boolean' ? { kind: 'flag', flag: value } : undefined);
const readDate: Reader = (value) => (typeof value === 'string' ? { kind: 'date', start: value } : undefined);
const readLabel: Reader = (value) => (typeof value === 'string' ? { kind: 'labels', labels: [value] } : undefined);

const readLabels: Reader = (value) => {
  const parsed = strings.safeParse(value);
  return parsed.success ? { kind: 'labels', labels: parsed.data } : undefined;
};

const readLinks: Reader = (value) => {
  const parsed = strings.safeParse(value);
  return parsed.success ? { kind: 'links', ids: parsed.data } : undefined;
};

const readPeople: Reader = (value) => {
  const parsed = z.array(collaborator).safeParse(Array.isArray(value) ? value : [value]);
  return parsed.success ? { kind: 'people', people: parsed.data.map(toPerson) } : undefined;
};

function toPerson({ id, email, name }: z.infer<typeof collaborator>): Person {
  return {
    id,
    ...(email === undefined ? {} : { email }),
    ...(name === undefined ? {} : { name: name.normalize('NFC') }),
  };
}

const readBarcode: Reader = (value) => {
  const parsed = barcode.safeParse(value);
  return parsed.success ? text(parsed.data.text ?? '') : undefined;
};

/** Links to attachments expire after two hours, so only their names are of use. */
const readAttachments: Reader = (value) => {
  const parsed = attachments.safeParse(value);
  return parsed.success ? { kind: 'list', items: parsed.data.map(({ filename }) => text(filename)) } : undefined;
};

const readAiText: Reader = (value) => {
  const parsed = aiText.safeParse(value);
  if (!parsed.success) return undefined;
  const { state, value: written } = parsed.data;
  if (state === 'error' || state === 'loading') return unknown(`generated text: ${state}`);
  return text(written ?? '');
};

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['singleLineText', readText],
  ['multilineText', readText],
  ['richText', readRichText],
  ['email', readText],
  ['url', readText],
  ['phoneNumber', readText],
  ['number', readNumber],
  ['percent', readNumber],
  ['currency', readNumber],
  ['rating', readNumber],
  ['duration', readNumber],
  ['count', readNumber],
  ['autoNumber', readNumber],
  ['checkbox', readFlag],
  ['singleSelect', readLabel],
  ['externalSyncSource', readLabel],
  ['multipleSelects', readLabels],
  ['multipleRecordLinks', readLinks],
  ['date', readDate],
  ['dateTime', readDate],
  ['createdTime', readDate],
  ['lastModifiedTime', readDate],
  ['singleCollaborator', readPeople],
  ['multipleCollaborators', readPeople],
  ['createdBy', readPeople],
  ['lastModifiedBy', readPeople],
  ['multipleAttachments', readAttachments],
  ['barcode', readBarcode],
  ['aiText', readAiText],
  ['button', () => EMPTY],
]);

const MANY: ReadonlySet<string> = new Set([
  'multipleSelects',
  'multipleRecordLinks',
  'multipleCollaborators',
  'multipleAttachments',
]);
const COMPUTED: ReadonlySet<string> = new Set(['formula', 'rollup']);
const LOOKUPS: ReadonlySet<string> = new Set(['multipleLookupValues', 'lookup']);

/** A cell of a record. `value` is undefined where the record does not name the field: the cell is empty. */
export function decodeCell(property: PropertySchema, value: unknown): Cell {
  if (value === undefined || value === null) return EMPTY;
  if (LOOKUPS.has(property.type)) return readLookup(property.yields, value);
  if (COMPUTED.has(property.type)) return readValue(property.yields, value);
  if (!READERS.has(property.type)) return unknown(`Tandem does not know the column type ${property.type}`);
  return readValue(property.type, value);
}

/** A value of a declared type; one that is of another shape is taken for what its shape says. */
function readValue(type: string | undefined, value: unknown): Cell {
  const problem = special.safeParse(value);
  if (problem.success) return unknown(problem.data);
  if (Array.isArray(value) && !(type !== undefined && MANY.has(type))) {
    const items = readItems(type, value);
    return items.length === 1 ? (items[0] ?? EMPTY) : listOf(items);
  }
  return (type === undefined ? undefined : READERS.get(type)?.(value)) ?? readShape(value);
}

function readLookup(type: string | undefined, value: unknown): Cell {
  const problem = special.safeParse(value);
  if (problem.success) return unknown(problem.data);
  const values = Array.isArray(value) ? value.flat() : [value];
  if (type !== undefined && MANY.has(type)) {
    const present = values.filter((item) => item !== null);
    return present.length === 0 ? EMPTY : readValue(type, present);
  }
  return listOf(readItems(type, values));
}

/** Linked rows without a value leave null holes. */
const readItems = (type: string | undefined, values: readonly unknown[]): readonly Cell[] =>
  values.filter((item) => item !== null).map((item) => readValue(type, item));

const listOf = (items: readonly Cell[]): Cell => (items.length === 0 ? EMPTY : { kind: 'list', items });

function readShape(value: unknown): Cell {
  return readText(value) ?? readNumber(value) ?? readFlag(value) ?? unknown('a value of an unexpected shape');
}

/** A cell in the shape its column takes; undefined for a cell that no column can be given. */
export function encodeCell(property: PropertySchema, cell: Cell): WireValue | undefined {
  switch (cell.kind) {
    case 'empty':
      return null;
    case 'text':
      return property.type === 'barcode' ? { text: cell.text } : cell.text;
    case 'number':
      return cell.number;
    case 'flag':
      return cell.flag;
    case 'date':
      return cell.start;
    case 'labels':
      return property.type === 'singleSelect' ? (cell.labels[0] ?? null) : cell.labels;
    case 'people':
      return encodePeople(property, cell.people);
    case 'links':
      return cell.ids;
    case 'list':
    case 'unknown':
      return undefined;
  }
}

function encodePeople(property: PropertySchema, people: readonly Person[]): WireValue {
  const known = people.map(address).filter((person) => person !== undefined);
  return property.type === 'singleCollaborator' ? (known[0] ?? null) : known;
}

/** How Airtable is told who is meant: ids of other tools mean nothing to it. */
export function address(person: Person): WireCollaborator | undefined {
  if (person.id?.startsWith('usr')) return { id: person.id };
  return person.email === undefined ? undefined : { email: person.email };
}
