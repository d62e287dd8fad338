/**
 * What a Notion column holds after a value is written to it, decided before anything is sent, so that the next
 * comparison finds no difference. A value a column cannot take is refused here, by name, not by Notion later.
 */
import { type Cell, type Desired, desiredText, EMPTY } from '../../domain/cells.js';
import { labelKey } from '../../domain/vocabulary.js';
import type { Canonical, PropertySchema } from '../../ports.js';
import { fitText } from './text.js';

type Want<K extends Desired['kind']> = Extract<Desired, { kind: K }>;
interface WriteOptions {
  readonly createOptions: boolean;
}

const REFERENCE_COUNT = 100;
const OPTION_LENGTH = 100;
const SHARE_DIGITS = 4;

const held = (cell: Cell): Canonical => ({ kind: 'cell', cell });
const wrongType = (reason: string): Canonical => ({ kind: 'refused', code: 'wrong-type', reason });
const noOption = (reason: string): Canonical => ({ kind: 'refused', code: 'no-such-option', reason });

/** See Connector.canonicalise. */
export function canonicalise(property: PropertySchema, desired: Desired, options: WriteOptions): Canonical {
  if (!property.writable) {
    return { kind: 'refused', code: 'read-only', reason: `${property.type} columns cannot be written` };
  }
  if (property.type === 'checkbox') return wrongType('Tandem has no value for a checkbox');
  if (desired.kind === 'empty') return emptied(property);
  switch (property.type) {
    case 'title':
    case 'rich_text':
      return text(desiredText(desired));
    case 'url':
    case 'email':
    case 'phone_number':
      return desired.kind === 'text' ? text(desired.text) : mismatch(property, desired);
    case 'number':
      return numeric(property, desired);
    case 'date':
      return desired.kind === 'date' ? held({ kind: 'date', start: desired.day }) : mismatch(property, desired);
    case 'select':
    case 'status':
    case 'multi_select':
      return desired.kind === 'label' || desired.kind === 'labels'
        ? chosen(property, desired, options)
        : mismatch(property, desired);
    case 'people':
      return desired.kind === 'people' ? assigned(desired) : mismatch(property, desired);
    case 'relation':
      return desired.kind === 'links' ? linked(desired) : mismatch(property, desired);
    default:
      return mismatch(property, desired);
  }
}

function mismatch(property: PropertySchema, desired: Desired): Canonical {
  return wrongType(`a ${property.type} column cannot hold a ${desired.kind}`);
}

/** A status column is never empty: Notion puts the default option back. */
function emptied(property: PropertySchema): Canonical {
  if (property.type !== 'status') return held(EMPTY);
  if (property.defaultOption === undefined) return noOption('the status column has no option to fall back to');
  return held({ kind: 'labels', labels: [property.defaultOption] });
}

function text(value: string): Canonical {
  const fitted = fitText(value);
  return held(fitted === '' ? EMPTY : { kind: 'text', text: fitted });
}

/** A share is stored as the ratio in every number format: 0.62 is what a percent column shows as 62 %. */
function numeric(property: PropertySchema, desired: Desired): Canonical {
  if (desired.kind !== 'number' && desired.kind !== 'share') return mismatch(property, desired);
  const value = desired.kind === 'number' ? desired.number : Number(desired.share.toFixed(SHARE_DIGITS));
  if (!Number.isFinite(value)) return wrongType('the number is not finite');
  return held({ kind: 'number', number: value === 0 ? 0 : value });
}

function chosen(property: PropertySchema, desired: Want<'label' | 'labels'>, options: WriteOptions): Canonical {
  const wanted = (desired.kind === 'label' ? [desired.label] : desired.labels).filter((label) => label.trim() !== '');
  if (wanted.length === 0) return emptied(property);
  if (property.type !== 'multi_select' && wanted.length > 1) {
    return wrongType(`a ${property.type} column holds one option, not ${wanted.length}`);
  }
  // Writing an unknown name creates the option in a select, and is refused by a status column.
  const creates = options.createOptions && property.type !== 'status';
  const found = wanted.map((label) => optionFor(property, label) ?? (creates ? newOption(label) : undefined));
  const labels = [...new Set(found.filter((label) => label !== undefined))].slice(0, REFERENCE_COUNT);
  if (labels.length > 0) return held({ kind: 'labels', labels });
  const known = (property.options ?? []).join(', ') || 'none';
  return noOption(`"${wanted.join('", "')}" is not an option of the column; its options are: ${known}`);
}

/** The option in the column's own spelling: exact after NFC, else the only one that differs in form alone. */
function optionFor(property: PropertySchema, label: string): string | undefined {
  const options = property.options ?? [];
  const exact = options.find((option) => option.normalize('NFC') === label.normalize('NFC'));
  if (exact !== undefined) return exact;
  const key = labelKey(label);
  const similar = options.filter((option) => key !== '' && labelKey(option) === key);
  return similar.length === 1 ? similar[0] : undefined;
}

/** The name of an option yet to be made. Notion takes no commas in it and at most 100 characters. */
function newOption(label: string): string | undefined {
  const name = fitText(label).trim();
  return name === '' || name.includes(',') || name.length > OPTION_LENGTH ? undefined : name;
}

function assigned(desired: Want<'people'>): Canonical {
  const byId = new Map(desired.people.flatMap((person) => (person.id === undefined ? [] : [[person.id, person]])));
  if (byId.size === 0 && desired.people.length > 0) return wrongType('the assignee has no id in this tool');
  const people = [...byId.values()].slice(0, REFERENCE_COUNT);
  return held(people.length === 0 ? EMPTY : { kind: 'people', people });
}

function linked(desired: Want<'links'>): Canonical {
  const ids = [...new Set(desired.ids)].slice(0, REFERENCE_COUNT);
  return held(ids.length === 0 ? EMPTY : { kind: 'links', ids });
}
