/** Cells of the local Notion: what is empty, and the way between the stored form and the short form of a workspace file. */
import { storedMoment } from './dates.js';
import { madeShortId, madeUuid } from './ids.js';
import { plainRuns, plainText } from './rich-text.js';
import type { NotionState, Option, Page, Property, PropertyType, ShortValue, Value } from './state.js';

const COLORS = ['default', 'gray', 'brown', 'orange', 'yellow', 'green', 'blue', 'purple', 'pink', 'red'];

/** Types whose values a request may write, in the order the real API lists them in its refusals. */
export const WRITABLE_TYPES = [
  'title',
  'rich_text',
  'number',
  'url',
  'select',
  'multi_select',
  'people',
  'email',
  'phone_number',
  'date',
  'checkbox',
  'relation',
  'files',
  'status',
] as const satisfies readonly PropertyType[];
export type WritableType = (typeof WRITABLE_TYPES)[number];

export const isWritable = (type: string): type is WritableType => WRITABLE_TYPES.some((known) => known === type);

/** An empty cell. A status is never empty: it falls back to its default, the first option. */
export function emptyValue(property: Property): Value {
  switch (property.type) {
    case 'title':
    case 'rich_text':
      return { kind: 'rich', runs: [] };
    case 'url':
    case 'email':
    case 'phone_number':
      return { kind: 'plain', text: null };
    case 'number':
      return { kind: 'number', number: null };
    case 'select':
      return { kind: 'option', id: null };
    case 'status':
      return { kind: 'option', id: property.options[0]?.id ?? null };
    case 'multi_select':
      return { kind: 'options', ids: [] };
    case 'date':
      return { kind: 'date', date: null };
    case 'checkbox':
      return { kind: 'flag', flag: false };
    case 'people':
      return { kind: 'people', ids: [] };
    case 'relation':
      return { kind: 'links', ids: [] };
    case 'files':
      return { kind: 'files', files: [] };
    case 'formula':
    case 'rollup':
      return { kind: 'computed', result: null };
    default:
      return { kind: 'none' };
  }
}

export const cellOf = (page: Page, property: Property): Value => page.values.get(property.id) ?? emptyValue(property);

export const optionName = (property: Property, id: string | null): string | null =>
  property.options.find((option) => option.id === id)?.name ?? null;

/** The property with an option of that name, added when it is not there, and the option. */
export function withOption(property: Property, name: string): { readonly property: Property; readonly option: Option } {
  const known = property.options.find((option) => option.name === name);
  if (known !== undefined) return { property, option: known };
  const seed = `option:${property.id}:${name}`;
  const option = {
    id: property.type === 'status' ? madeUuid(seed) : madeShortId(seed),
    name,
    color: COLORS[property.options.length % COLORS.length] ?? 'default',
  };
  return { property: { ...property, options: [...property.options, option] }, option };
}

const listOf = (short: ShortValue): readonly string[] =>
  typeof short === 'object' && short !== null ? short : typeof short === 'string' ? [short] : [];

function dateOf(short: string): Value {
  const [first = '', second] = short.split('/');
  const start = storedMoment(first);
  if (start === undefined) throw new RangeError(`"${short}" is no date`);
  const end = second === undefined ? null : (storedMoment(second) ?? null);
  return { kind: 'date', date: { start, end } };
}

/**
 * A short value as the property stores it. A select gets an option it lacks, as it does when a person types
 * one; for a status that does not exist, and for a short value of the wrong type, a RangeError.
 */
export function storedValue(
  property: Property,
  short: ShortValue,
): { readonly property: Property; readonly value: Value } {
  const wrong = (): never => {
    throw new RangeError(`${JSON.stringify(short)} does not fit property "${property.name}" of type ${property.type}`);
  };
  if (short === null) return { property, value: emptyValue(property) };
  switch (property.type) {
    case 'title':
    case 'rich_text':
      return { property, value: { kind: 'rich', runs: typeof short === 'string' ? plainRuns(short) : wrong() } };
    case 'url':
    case 'email':
    case 'phone_number':
      return { property, value: { kind: 'plain', text: typeof short === 'string' ? short : wrong() } };
    case 'number':
      return { property, value: { kind: 'number', number: typeof short === 'number' ? short : wrong() } };
    case 'checkbox':
      return { property, value: { kind: 'flag', flag: typeof short === 'boolean' ? short : wrong() } };
    case 'date':
      return { property, value: typeof short === 'string' ? dateOf(short) : wrong() };
    case 'select': {
      const chosen = withOption(property, typeof short === 'string' ? short : wrong());
      return { property: chosen.property, value: { kind: 'option', id: chosen.option.id } };
    }
    case 'status': {
      const option = property.options.find((known) => known.name === short) ?? wrong();
      return { property, value: { kind: 'option', id: option.id } };
    }
    case 'multi_select':
      return storedOptions(property, listOf(short));
    case 'people':
      return { property, value: { kind: 'people', ids: listOf(short) } };
    case 'relation':
      return { property, value: { kind: 'links', ids: listOf(short) } };
    case 'files':
      return { property, value: { kind: 'files', files: listOf(short).map((url) => ({ name: url, url })) } };
    case 'formula':
    case 'rollup':
      return { property, value: { kind: 'computed', result: short } };
    default:
      return { property, value: { kind: 'none' } };
  }
}

function storedOptions(property: Property, names: readonly string[]) {
  let grown = property;
  const ids: string[] = [];
  for (const name of names) {
    const chosen = withOption(grown, name);
    grown = chosen.property;
    ids.push(chosen.option.id);
  }
  return { property: grown, value: { kind: 'options', ids } as const };
}

/** A stored value the short way. */
export function shortValue(state: NotionState, property: Property, value: Value): ShortValue {
  switch (value.kind) {
    case 'rich':
      return value.runs.length === 0 ? null : plainText(state, value.runs);
    case 'plain':
      return value.text;
    case 'number':
      return value.number;
    case 'option':
      return optionName(property, value.id);
    case 'options':
      return value.ids.map((id) => optionName(property, id) ?? id);
    case 'date':
      return value.date && (value.date.end === null ? value.date.start : `${value.date.start}/${value.date.end}`);
    case 'flag':
      return value.flag;
    case 'people':
    case 'links':
      return value.ids;
    case 'files':
      return value.files.map((file) => file.url);
    case 'computed':
      return value.result;
    case 'none':
      return null;
  }
}
