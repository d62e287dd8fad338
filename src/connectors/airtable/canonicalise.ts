/**
 * What an Airtable column holds after a desired value is written to it. Tandem rounds before it writes: the API
 * keeps every digit it is sent, and a cell that reads differently from what was meant would be written again
 * at every run.
 */
import { type Cell, type Desired, desiredText, EMPTY } from '../../domain/cells.js';
import type { Person } from '../../domain/entities.js';
import { labelKey } from '../../domain/vocabulary.js';
import type { Canonical, PropertySchema } from '../../ports.js';
import { address, trimRichText } from './codec.js';

const MAX_TEXT = 100_000;
const MAX_RATING = 10;

const held = (cell: Cell): Canonical => ({ kind: 'cell', cell });
const refuse = (code: 'read-only' | 'wrong-type' | 'no-such-option', reason: string): Canonical => ({
  kind: 'refused',
  code,
  reason,
});

/** Pure; see the port. */
export function canonicalise(
  property: PropertySchema,
  desired: Desired,
  options: { readonly createOptions: boolean },
): Canonical {
  if (!property.writable) return refuse('read-only', `"${property.name}" (${property.type}) cannot be written`);
  if (desired.kind === 'empty') return held(EMPTY);
  switch (property.type) {
    case 'number':
    case 'percent':
    case 'currency':
    case 'rating':
    case 'duration':
      return toNumber(property, desired);
    case 'date':
    case 'dateTime':
      return toDate(property, desired);
    case 'singleSelect':
    case 'multipleSelects':
      return toLabels(property, desired, options.createOptions);
    case 'multipleRecordLinks':
      return toLinks(property, desired);
    case 'singleCollaborator':
    case 'multipleCollaborators':
      return toPeople(property, desired);
    case 'checkbox':
      return wrongType(property, desired);
    default:
      return toText(property, desired);
  }
}

const wrongType = (property: PropertySchema, desired: Desired): Canonical =>
  refuse('wrong-type', `"${property.name}" is a ${property.type} column and cannot hold a ${desired.kind}`);

function toNumber(property: PropertySchema, desired: Desired): Canonical {
  if (desired.kind === 'share') return toShare(property, desired);
  if (desired.kind !== 'number' || !Number.isFinite(desired.number)) return wrongType(property, desired);
  if (property.type === 'rating') {
    const stars = Math.round(desired.number);
    if (stars >= 1 && stars <= MAX_RATING) return held({ kind: 'number', number: stars });
    return refuse('wrong-type', `"${property.name}" is a rating and cannot hold ${desired.number}`);
  }
  return held({ kind: 'number', number: roundTo(desired.number, decimalsOf(property)) });
}

function toShare(property: PropertySchema, desired: Extract<Desired, { kind: 'share' }>): Canonical {
  if (!Number.isFinite(desired.share)) return wrongType(property, desired);
  if (property.type !== 'percent' && property.type !== 'number') {
    return refuse('wrong-type', `"${property.name}" is a ${property.type} column: make it a percent column`);
  }
  if (property.type === 'number' && property.precision === 0) {
    return refuse(
      'wrong-type',
      `"${property.name}" is a number column without decimals and would show a share as 0 or 1: make it a percent column`,
    );
  }
  return held({ kind: 'number', number: roundTo(desired.share, decimalsOf(property)) });
}

/** Decimal places of the stored number: a percent column stores the share, two places to the right of what it shows. */
function decimalsOf(property: PropertySchema): number | undefined {
  if (property.precision === undefined) return undefined;
  return property.type === 'percent' ? property.precision + 2 : property.precision;
}

/** Rounds half away from zero on the decimal digits a reader sees, so that 1.005 to two places is 1.01. */
function roundTo(value: number, decimals: number | undefined): number {
  if (decimals === undefined || Math.abs(value) >= Number.MAX_SAFE_INTEGER) return value;
  const rounded = shift(Math.round(shift(Math.abs(value), decimals)), -decimals);
  return value < 0 && rounded !== 0 ? -rounded : rounded;
}

function shift(value: number, places: number): number {
  const [digits = '0', exponent = '0'] = String(value).split('e');
  return Number(`${digits}e${Number(exponent) + places}`);
}

/**
 * A day in a date-time column is its noon in UTC: a time without offset would be read in the column's own zone,
 * and noon is the same calendar day from UTC-12 to UTC+11.
 */
function toDate(property: PropertySchema, desired: Desired): Canonical {
  if (desired.kind !== 'date') return wrongType(property, desired);
  return held({ kind: 'date', start: property.type === 'date' ? desired.day : `${desired.day}T12:00:00.000Z` });
}

function toLabels(property: PropertySchema, desired: Desired, createOptions: boolean): Canonical {
  const wanted = labelsOf(desired)?.map((label) => label.normalize('NFC').trim());
  if (wanted === undefined) return wrongType(property, desired);
  const filled = wanted.filter((label) => label !== '');
  if (property.type === 'singleSelect' && filled.length > 1) return wrongType(property, desired);
  const labels: string[] = [];
  for (const label of filled) {
    const option = findOption(property.options ?? [], label);
    if (option === undefined && !createOptions) {
      const known = (property.options ?? []).join(', ');
      return refuse('no-such-option', `"${property.name}" has no option "${label}"; it has: ${known}`);
    }
    labels.push(option ?? label);
  }
  return held(labels.length === 0 ? EMPTY : { kind: 'labels', labels: [...new Set(labels)] });
}

function labelsOf(desired: Desired): readonly string[] | undefined {
  if (desired.kind === 'labels') return desired.labels;
  if (desired.kind === 'label') return [desired.label];
  return desired.kind === 'text' ? [desired.text] : undefined;
}

/** The option a label means: exactly, else the only one that differs in case, spaces and the like. */
function findOption(options: readonly string[], label: string): string | undefined {
  const exact = options.find((option) => option.normalize('NFC') === label.normalize('NFC'));
  if (exact !== undefined) return exact;
  const wanted = labelKey(label);
  const alike = wanted === '' ? [] : options.filter((option) => labelKey(option) === wanted);
  return alike.length === 1 ? alike[0] : undefined;
}

function toLinks(property: PropertySchema, desired: Desired): Canonical {
  if (desired.kind !== 'links') return wrongType(property, desired);
  if (!desired.ids.every((id) => id.startsWith('rec'))) {
    return refuse(
      'wrong-type',
      `"${property.name}" links to Airtable records; rows of another tool need a text column`,
    );
  }
  return held(desired.ids.length === 0 ? EMPTY : { kind: 'links', ids: [...new Set(desired.ids)] });
}

function toPeople(property: PropertySchema, desired: Desired): Canonical {
  if (desired.kind !== 'people') return wrongType(property, desired);
  const known = desired.people.filter((person) => address(person) !== undefined);
  if (desired.people.length > 0 && known.length === 0) {
    const names = desired.people.map((person) => person.name ?? person.id ?? '').join(', ');
    return refuse('wrong-type', `"${property.name}" needs an Airtable user id or e-mail address for ${names}`);
  }
  const kept = property.type === 'singleCollaborator' ? known.slice(0, 1) : known;
  return held(kept.length === 0 ? EMPTY : { kind: 'people', people: kept.map(bare) });
}

/** An id of another tool is left out, so that the person is compared by e-mail. */
function bare(person: Person): Person {
  if (person.id === undefined || person.id.startsWith('usr')) return person;
  const { id: _foreign, ...rest } = person;
  return rest;
}

function toText(property: PropertySchema, desired: Desired): Canonical {
  const clean = cleanText(desiredText(desired));
  const text = property.type === 'richText' ? trimRichText(clean) : clean;
  return held(text === '' ? EMPTY : { kind: 'text', text });
}

/** NFC, without what JSON or the server would change on the way: NUL and halves of surrogate pairs. */
function cleanText(text: string): string {
  const whole = text
    .normalize('NFC')
    .replaceAll('\u0000', '')
    .replace(/\p{Surrogate}/gu, '\uFFFD');
  return whole.length <= MAX_TEXT ? whole : whole.slice(0, MAX_TEXT).replace(/\p{Surrogate}$/u, '');
}
