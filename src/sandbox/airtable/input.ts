/**
 * What a field accepts. Strict, as the real service is without `typecast`: the exact wire type or a refusal; null
 * empties any cell, [] those that hold arrays, "" those that hold text. With `typecast` strings are coerced on a
 * best-effort basis, select options and linked records are created, and what cannot be read becomes empty.
 *
 * Numbers are rounded half away from zero to the field's precision when they are stored (choice: whether the
 * service keeps the digits it does not show is not documented), so a read gives back what the field shows.
 */
import { z } from 'zod';
import { parseDay, parseInstant } from './dates.js';
import { choicesOf, type Field, isComputed, linkOf, numberOption, textOption } from './fields.js';
import { type Person, tableById } from './model.js';
import { nameOf } from './reading.js';
import { computedField, invalidValue, Refusal, rowDoesNotExist, unknownOption } from './refusals.js';
import type { Transaction } from './transaction.js';

interface Input {
  readonly tx: Transaction;
  readonly field: Field;
  readonly typecast: boolean;
}

/** Returns what is stored, undefined for an empty cell. */
type Accept = (value: unknown, input: Input) => unknown;

const ACCEPT: Readonly<Record<string, Accept>> = {
  singleLineText: acceptText,
  multilineText: acceptText,
  richText: acceptText,
  email: acceptText,
  url: acceptText,
  phoneNumber: acceptText,
  number: acceptNumber,
  currency: acceptNumber,
  percent: acceptNumber,
  rating: acceptRating,
  duration: acceptDuration,
  checkbox: acceptCheckbox,
  singleSelect: acceptSelect,
  multipleSelects: acceptSelects,
  multipleRecordLinks: acceptLinks,
  date: acceptDate,
  dateTime: acceptDateTime,
  singleCollaborator: acceptPerson,
  multipleCollaborators: acceptPeople,
  multipleAttachments: acceptAttachments,
  barcode: acceptBarcode,
};

/** The value a cell will hold after this is written to it; undefined: empty. Throws Refusal. */
export function acceptValue(tx: Transaction, field: Field, value: unknown, typecast: boolean): unknown {
  const accept = ACCEPT[field.type];
  if (isComputed(field) || accept === undefined) throw computedField(field.name);
  if (value === null || (typecast && value === '')) return undefined;
  return accept(value, { tx, field, typecast });
}

function acceptText(value: unknown, { field, typecast }: Input): string {
  if (typeof value === 'string') return value;
  if (typecast && (typeof value === 'number' || typeof value === 'boolean')) return String(value);
  if (typecast && Array.isArray(value)) return value.map(String).join(', ');
  throw invalidValue(field.name);
}

function numberFrom(value: unknown, { field, typecast }: Input): number | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (!typecast || typeof value !== 'string') throw invalidValue(field.name);
  const match = /-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/i.exec(value.replaceAll(',', ''));
  if (match === null) return undefined;
  return value.includes('%') && field.type === 'percent' ? Number(match[0]) / 100 : Number(match[0]);
}

function acceptNumber(value: unknown, input: Input): number | undefined {
  const number = numberFrom(value, input);
  const shown = numberOption(input.field, 'precision');
  if (number === undefined || shown === undefined) return number;
  // A percent field counts the digits of the percentage, the cell holds the fraction.
  return roundTo(number, input.field.type === 'percent' ? shown + 2 : shown);
}

function roundTo(value: number, digits: number): number {
  const size = Math.abs(value);
  // A number this large has no digits left behind the point; rounding would only disturb it.
  if (size * 10 ** digits >= Number.MAX_SAFE_INTEGER) return value;
  // Shifted as text, so that 1.005 is not taken for the binary fraction just below it. A tiny number prints with an
  // exponent of its own and cannot be shifted so.
  const shifted = Number(`${size}e${digits}`);
  const rounded = Number.isNaN(shifted) ? Number(size.toFixed(digits)) : Number(`${Math.round(shifted)}e-${digits}`);
  return value < 0 && rounded !== 0 ? -rounded : rounded;
}

function acceptRating(value: unknown, input: Input): number | undefined {
  const number = numberFrom(value, input);
  const most = numberOption(input.field, 'max') ?? 5;
  if (number !== undefined && Number.isInteger(number) && number >= 1 && number <= most) return number;
  if (input.typecast) return undefined;
  throw invalidValue(input.field.name);
}

function acceptDuration(value: unknown, input: Input): number | undefined {
  const clock = typeof value === 'string' ? /^(\d+):(\d{2})(?::(\d{2}))?$/.exec(value) : null;
  if (!input.typecast || clock === null) return numberFrom(value, input);
  return Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3] ?? 0);
}

function acceptCheckbox(value: unknown, { field, typecast }: Input): boolean {
  if (typeof value === 'boolean') return value;
  if (typecast) return ['true', '1', 'checked', 'yes'].includes(String(value).toLowerCase());
  throw invalidValue(field.name);
}

/** An empty string is taken for an option nobody has, as the real service does. */
function optionNamed(name: string, { tx, field, typecast }: Input): string {
  if (choicesOf(field).some((choice) => choice.name === name)) return name;
  if (!typecast) throw unknownOption(name);
  const known = choicesOf(field).find((choice) => choice.name.toLowerCase() === name.toLowerCase());
  return known?.name ?? tx.addChoice(field, name).name;
}

function acceptSelect(value: unknown, input: Input): string {
  if (typeof value === 'string') return optionNamed(value, input);
  if (input.typecast && typeof value === 'number') return optionNamed(String(value), input);
  throw invalidValue(input.field.name);
}

const parts = (text: string): string[] => text.split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));

function acceptSelects(value: unknown, input: Input): string[] {
  const names = input.typecast && typeof value === 'string' ? parts(value) : value;
  const parsed = z.array(z.string()).safeParse(names);
  if (!parsed.success) throw invalidValue(input.field.name);
  return [...new Set(parsed.data.map((name) => optionNamed(name, input)))];
}

const linkEntry = z.union([z.string(), z.looseObject({ id: z.string() }).transform((entry) => entry.id)]);

function acceptLinks(value: unknown, input: Input): string[] {
  const entries = input.typecast && typeof value === 'string' ? parts(value) : value;
  const parsed = z.array(linkEntry).safeParse(entries);
  if (!parsed.success) throw invalidValue(input.field.name);
  return [...new Set(parsed.data.map((entry) => linkTo(entry, input)))];
}

function linkTo(entry: string, { tx, field, typecast }: Input): string {
  const link = linkOf(field);
  const table = link === undefined ? undefined : tableById(tx.model, link.tableId);
  if (table === undefined) throw invalidValue(field.name);
  if (table.rows.has(entry)) return entry;
  if (/^rec[A-Za-z0-9]{14}$/.test(entry)) throw rowDoesNotExist(entry);
  if (!typecast) {
    throw new Refusal(422, { type: 'INVALID_RECORD_ID', message: `Value "${entry}" is not a valid record ID.` });
  }
  const known = [...table.rows.keys()].find((id) => nameOf(tx.model, table, id) === entry);
  if (known !== undefined) return known;
  const primary = table.fields.find((candidate) => candidate.id === table.primaryFieldId);
  if (primary === undefined) throw invalidValue(field.name);
  const row = tx.addRow(table);
  tx.setCell(table, row, primary, acceptValue(tx, primary, entry, true));
  return row.id;
}

function acceptDate(value: unknown, { field, typecast }: Input): string | undefined {
  const day = typeof value === 'string' ? parseDay(value) : undefined;
  if (day !== undefined) return day;
  if (!typecast) throw invalidValue(field.name);
  return looselyParsed(value)?.slice(0, 10);
}

function acceptDateTime(value: unknown, { field, typecast }: Input): string | undefined {
  const zone = textOption(field, 'timeZone') ?? 'UTC';
  const at = typeof value === 'string' ? parseInstant(value, zone === 'client' ? 'UTC' : zone) : undefined;
  if (at !== undefined) return new Date(at).toISOString();
  if (!typecast) throw invalidValue(field.name);
  return looselyParsed(value);
}

function looselyParsed(value: unknown): string | undefined {
  const at = Date.parse(`${String(value)} UTC`);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}

const personEntry = z.union([
  z.string().transform((id) => ({ id, email: undefined })),
  z.looseObject({ id: z.string(), email: z.string().optional() }),
  z.looseObject({ id: z.undefined().optional(), email: z.string() }),
]);

function personNamed(value: unknown, { tx, field, typecast }: Input): Person {
  const people = tx.model.collaborators;
  const parsed = personEntry.safeParse(value);
  const person = parsed.success
    ? people.find((one) => (parsed.data.id === undefined ? one.email === parsed.data.email : one.id === parsed.data.id))
    : undefined;
  const loosely = typecast ? people.find((one) => one.email === value || one.name === value) : undefined;
  const found = person ?? loosely;
  if (found === undefined) throw invalidValue(field.name);
  return found;
}

function acceptPerson(value: unknown, input: Input): Person {
  if (typeof value === 'string' && !input.typecast) throw invalidValue(input.field.name);
  return personNamed(value, input);
}

/** Ids and objects are both taken: the documents show the first, clients send the second. */
function acceptPeople(value: unknown, input: Input): Person[] {
  if (!Array.isArray(value)) throw invalidValue(input.field.name);
  return [...new Set(value.map((entry) => personNamed(entry, input)))];
}

const attachmentEntry = z.union([
  z.looseObject({ id: z.string() }),
  z.strictObject({ url: z.url(), filename: z.string().optional() }),
]);

/** Nothing is fetched: an attachment keeps its address and a name. */
function acceptAttachments(value: unknown, { tx, field }: Input): unknown[] {
  const parsed = z.array(attachmentEntry).safeParse(value);
  if (!parsed.success) throw invalidValue(field.name);
  return parsed.data.map((entry) =>
    'id' in entry
      ? entry
      : { id: tx.model.newId('att'), url: entry.url, filename: entry.filename ?? entry.url.split('/').at(-1) ?? '' },
  );
}

function acceptBarcode(value: unknown, { field }: Input): unknown {
  const parsed = z.strictObject({ text: z.string(), type: z.string().optional() }).safeParse(value);
  if (!parsed.success) throw invalidValue(field.name);
  return parsed.data;
}
