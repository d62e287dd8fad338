/**
 * Cells from and to the property values of Notion, one entry per property type. What cannot be read is `unknown`,
 * never empty and never zero: nothing is concluded from it.
 */
import type { UpdatePageParameters } from '@notionhq/client';
import type { z } from 'zod';
import { type Cell, EMPTY } from '../../domain/cells.js';
import type { Person } from '../../domain/entities.js';
import { TandemError } from '../../errors.js';
import type { PropertySchema } from '../../ports.js';
import { type PropertyValue, type User, VALUES } from './schema.js';
import { splitText } from './text.js';

const unknown = (reason: string): Cell => ({ kind: 'unknown', reason });
const textCell = (text: string): Cell => (text === '' ? EMPTY : { kind: 'text', text });
const textOrEmpty = (text: string | null | undefined): Cell => textCell(text ?? '');
const numberOrEmpty = (number: number | null): Cell => (number === null ? EMPTY : { kind: 'number', number });
const labelsOf = (options: readonly { readonly name: string }[]): Cell =>
  options.length === 0 ? EMPTY : { kind: 'labels', labels: options.map((option) => option.name) };

type Decoder = (raw: unknown, value: PropertyValue) => Cell;

/** A decoder that reads what a schema accepts and calls the rest unknown. */
function reading<T>(schema: z.ZodType<T>, toCell: (value: T) => Cell): Decoder {
  return (raw, { type }) => {
    const parsed = schema.safeParse(raw);
    return parsed.success ? toCell(parsed.data) : unknown(`unreadable ${type}`);
  };
}

const richText = reading(VALUES.rich_text, (items) => textCell(items.map((item) => item.plain_text).join('')));
const singleOption = reading(VALUES.select, (option) => labelsOf(option === null ? [] : [option]));
const plainText = reading(VALUES.text, textOrEmpty);
const instant = reading(VALUES.text, (start) => (start === null ? EMPTY : { kind: 'date', start }));
const number = reading(VALUES.number, numberOrEmpty);
const people = (users: readonly User[]): Cell =>
  users.length === 0 ? EMPTY : { kind: 'people', people: users.map(personOf) };
const oneUser = reading(VALUES.user, (user) => people(user === null ? [] : [user]));
const date = reading(VALUES.date, (value) => {
  if (value === null) return EMPTY;
  const end = value.end ?? undefined;
  return { kind: 'date', start: value.start, ...(end === undefined ? {} : { end }) };
});

const DECODERS: ReadonlyMap<string, Decoder> = new Map<string, Decoder>([
  ['title', richText],
  ['rich_text', richText],
  ['number', number],
  ['select', singleOption],
  ['status', singleOption],
  ['multi_select', reading(VALUES.multi_select, labelsOf)],
  ['date', date],
  ['people', reading(VALUES.people, people)],
  ['relation', reading(VALUES.relation, (links) => linksOf(links))],
  ['checkbox', reading(VALUES.checkbox, (flag) => ({ kind: 'flag', flag }))],
  ['url', plainText],
  ['email', plainText],
  ['phone_number', plainText],
  ['files', reading(VALUES.files, (files) => listOf(files.map((file) => textCell(file.name))))],
  ['unique_id', reading(VALUES.unique_id, ({ prefix, number: count }) => numbered(prefix, count))],
  ['created_time', instant],
  ['last_edited_time', instant],
  ['created_by', oneUser],
  ['last_edited_by', oneUser],
  ['button', () => EMPTY],
  ['place', reading(VALUES.place, (place) => textOrEmpty(place?.name ?? place?.address))],
  ['verification', reading(VALUES.verification, (value) => textOrEmpty(value?.state))],
  ['formula', (raw) => computed(raw)],
  ['rollup', (raw) => computed(raw)],
]);

/** The results of formulas and rollups have types of their own. */
const COMPUTED: ReadonlyMap<string, Decoder> = new Map<string, Decoder>([
  ['string', plainText],
  ['number', number],
  ['date', date],
  ['boolean', reading(VALUES.boolean, (flag) => (flag === null ? EMPTY : { kind: 'flag', flag }))],
  ['array', reading(VALUES.array, (items) => listOf(items.map(decode)))],
]);

/** The cell a property value of a page, or an item of a rollup, stands for. */
export function decode(value: PropertyValue): Cell {
  const decoder = DECODERS.get(value.type);
  return decoder === undefined ? unknown(`the type ${value.type}`) : decoder(value[value.type], value);
}

function computed(raw: unknown): Cell {
  const parsed = VALUES.computed.safeParse(raw);
  if (!parsed.success) return unknown('unreadable result');
  const decoder = COMPUTED.get(parsed.data.type);
  return decoder === undefined
    ? unknown(`${parsed.data.type} result`)
    : decoder(parsed.data[parsed.data.type], parsed.data);
}

function linksOf(links: readonly { readonly id: string }[]): Cell {
  return links.length === 0 ? EMPTY : { kind: 'links', ids: links.map((link) => link.id) };
}

function listOf(items: readonly Cell[]): Cell {
  return items.length === 0 ? EMPTY : { kind: 'list', items };
}

function numbered(prefix: string | null | undefined, count: number | null | undefined): Cell {
  if (count === null || count === undefined) return EMPTY;
  return textCell(prefix ? `${prefix}-${count}` : String(count));
}

function personOf(user: User): Person {
  const name = user.name?.normalize('NFC').trim();
  const email = user.person?.email;
  return { id: user.id, ...(name ? { name } : {}), ...(email ? { email } : {}) };
}

/** A property value of a page write, as the official client types it. */
export type WireValue = NonNullable<UpdatePageParameters['properties']>[string];

/**
 * The wire form of a canonical cell. Throws `property-type` for a column that cannot be written and `internal` for a
 * cell the column cannot hold: neither comes out of canonicalise, and nothing is sent.
 */
export function encode(cell: Cell, property: PropertySchema): WireValue {
  const blank = cell.kind === 'empty';
  if (!property.writable) {
    throw new TandemError('property-type', `"${property.name}" is a ${property.type} column and cannot be written.`);
  }
  switch (property.type) {
    case 'title':
      if (blank || cell.kind === 'text') return { title: textItems(cell) };
      break;
    case 'rich_text':
      if (blank || cell.kind === 'text') return { rich_text: textItems(cell) };
      break;
    case 'number':
      if (blank || cell.kind === 'number') return { number: blank ? null : cell.number };
      break;
    case 'select':
      if (blank || cell.kind === 'labels') return { select: firstOption(cell) };
      break;
    case 'status':
      if (blank || cell.kind === 'labels') return { status: firstOption(cell) };
      break;
    case 'multi_select':
      if (blank || cell.kind === 'labels') return { multi_select: blank ? [] : cell.labels.map((name) => ({ name })) };
      break;
    case 'date':
      if (blank || cell.kind === 'date') return { date: blank ? null : { start: cell.start, end: cell.end ?? null } };
      break;
    case 'people':
      if (blank || cell.kind === 'people') return { people: blank ? [] : cell.people.flatMap(userReference) };
      break;
    case 'relation':
      if (blank || cell.kind === 'links') return { relation: blank ? [] : cell.ids.map((id) => ({ id })) };
      break;
    case 'checkbox':
      if (blank || cell.kind === 'flag') return { checkbox: blank ? false : cell.flag };
      break;
    case 'url':
      if (blank || cell.kind === 'text') return { url: blank ? null : cell.text };
      break;
    case 'email':
      if (blank || cell.kind === 'text') return { email: blank ? null : cell.text };
      break;
    case 'phone_number':
      if (blank || cell.kind === 'text') return { phone_number: blank ? null : cell.text };
      break;
  }
  throw new TandemError(
    'internal',
    `A ${cell.kind} cell cannot be written to the ${property.type} column "${property.name}".`,
  );
}

function textItems(cell: Cell): { text: { content: string } }[] {
  return cell.kind === 'text' ? splitText(cell.text).map((content) => ({ text: { content } })) : [];
}

function firstOption(cell: Cell): { name: string } | null {
  const name = cell.kind === 'labels' ? cell.labels[0] : undefined;
  return name === undefined ? null : { name };
}

function userReference({ id }: Person): { id: string }[] {
  return id === undefined ? [] : [{ id }];
}
