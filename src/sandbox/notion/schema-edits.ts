/**
 * Changes to the schema of a data source: by requests, with the odd rules of the real API for status columns, and
 * the steps that a person's hand shares with them.
 */
import { z } from 'zod';
import { replaceDataSource, replaceProperty } from './edits.js';
import { idAt, madeShortId } from './ids.js';
import { check, invalid, notFound } from './refusals.js';
import { plainText, readRichText } from './rich-text.js';
import {
  type DataSource,
  type NotionState,
  type Option,
  type Property,
  type PropertyType,
  propertyOf,
  type ShortValue,
} from './state.js';
import { cellOf, shortValue, storedValue, withOption } from './values.js';

/** Types a request may add, beside select, multi_select, status, number, formula and relation. */
const ADDABLE = [
  'rich_text',
  'number',
  'select',
  'multi_select',
  'status',
  'date',
  'people',
  'files',
  'checkbox',
  'url',
  'email',
  'phone_number',
  'formula',
  'relation',
  'created_time',
  'created_by',
  'last_edited_time',
  'last_edited_by',
  'unique_id',
] as const satisfies readonly PropertyType[];

const DEFAULT_STATUS: readonly string[] = ['Not started', 'In progress', 'Done'];

const optionList = z.array(
  z.looseObject({ id: z.string().optional(), name: z.string().max(100).optional(), color: z.string().optional() }),
);
type OptionList = z.infer<typeof optionList>;

const config = z.looseObject({
  options: optionList.max(100).optional(),
  format: z.string().optional(),
  expression: z.string().optional(),
  data_source_id: z.string().optional(),
});
type Config = z.infer<typeof config>;

const propertyUpdate = z.looseObject({ name: z.string().min(1).optional() }).nullable();

const body = z.strictObject({
  title: z.unknown().optional(),
  properties: z.custom<object>((value) => typeof value === 'object' && value !== null, 'an object').optional(),
});

/** PATCH of a data source: name, and properties added, renamed, deleted (null) or given other options. */
export function updateDataSource(state: NotionState, dataSource: DataSource, given: unknown): void {
  const update = check(body, given, 'body');
  if (update.title !== undefined) {
    const name = plainText(state, readRichText(state, update.title, 'body.title'));
    replaceDataSource(state, { ...dataSource, name });
  }
  for (const [key, value] of Object.entries(update.properties ?? {})) {
    const current = state.dataSources.get(dataSource.id) ?? dataSource;
    const place = `body.properties.${key}`;
    const change = check(propertyUpdate, value, place);
    const property = propertyOf(current, key);
    if (change === null) {
      if (property === undefined) throw invalid(`${key} is not a property that exists.`);
      removeProperty(state, current, property);
    } else if (property === undefined) {
      addProperty(state, current, key, change, place);
    } else {
      changeProperty(state, current, property, change, place);
    }
  }
}

function configOf(type: PropertyType, change: Readonly<Record<string, unknown>>, place: string): Config | undefined {
  return change[type] === undefined ? undefined : check(config, change[type], `${place}.${type}`);
}

function addProperty(
  state: NotionState,
  dataSource: DataSource,
  name: string,
  change: Readonly<Record<string, unknown>>,
  place: string,
): void {
  const type = ADDABLE.find((known) => change[known] !== undefined);
  if (type === undefined) throw invalid(`${name} is not a property that exists.`);
  const given = configOf(type, change, place) ?? {};
  const options = given.options?.map((option) => option.name ?? '') ?? (type === 'status' ? DEFAULT_STATUS : []);
  const blank: Property = {
    id: madeShortId(`property:${dataSource.id}:${name}:${dataSource.properties.length}`),
    name,
    type,
    format: given.format ?? 'number',
    options: [],
    relatesTo: type === 'relation' ? relatedSource(state, given, place) : undefined,
    mirror: undefined,
    expression: given.expression ?? '',
    addedOptions: [],
  };
  const property = options.reduce((grown, option) => withOption(grown, option).property, blank);
  replaceDataSource(state, { ...dataSource, properties: [...dataSource.properties, property] });
}

function relatedSource(state: NotionState, given: Config, place: string): string {
  const id = idAt(`${place}.relation.data_source_id`, given.data_source_id ?? '');
  if (state.dataSources.get(id)?.shared !== true) throw notFound('data_source', id, state.bot.name);
  return id;
}

function changeProperty(
  state: NotionState,
  dataSource: DataSource,
  property: Property,
  change: Readonly<Record<string, unknown>> & { readonly name?: string | undefined },
  place: string,
): void {
  if (change.name !== undefined && change.name !== property.name) {
    renameProperty(state, dataSource, property, change.name);
  }
  const type = ADDABLE.find((known) => change[known] !== undefined);
  const renamed = { ...property, name: change.name ?? property.name };
  if (type !== undefined && type !== property.type) {
    retypeProperty(state, dataSource.id, renamed, type);
    return;
  }
  const given = configOf(property.type, change, place);
  if (given?.options !== undefined) setOptions(state, dataSource.id, renamed, given.options);
  if (given?.format !== undefined) replaceProperty(state, dataSource.id, { ...renamed, format: given.format });
}

/**
 * The list in the request is the whole list: an option left out is deleted, and with it its use in rows. A status
 * keeps names and colours of the options it has: a new name is ignored, a new colour refused.
 */
function setOptions(state: NotionState, dataSourceId: string, property: Property, wanted: OptionList): void {
  const added: string[] = [];
  const options = wanted.map((option): Option => {
    const known = property.options.find((own) =>
      option.id === undefined ? own.name === option.name : own.id === option.id,
    );
    if (known === undefined) {
      const fresh = withOption(property, option.name ?? '').option;
      added.push(fresh.id);
      return { ...fresh, color: option.color ?? fresh.color };
    }
    if (property.type === 'status') {
      if (option.color === undefined || option.color === known.color) return known;
      throw invalid(`Cannot update color of select with id: ${known.id}.`);
    }
    return { ...known, name: option.name ?? known.name, color: option.color ?? known.color };
  });
  const kept = new Set(options.map((option) => option.id));
  const addedOptions = [...property.addedOptions, ...(property.type === 'status' ? added : [])];
  replaceProperty(state, dataSourceId, {
    ...property,
    options,
    addedOptions: addedOptions.filter((id) => kept.has(id)),
  });
  clearOptions(state, dataSourceId, property, kept);
}

/** Rows lose the options that are gone. The schema changed, not the rows: no edit time moves. */
function clearOptions(state: NotionState, dataSourceId: string, property: Property, kept: ReadonlySet<string>): void {
  for (const id of state.rows.get(dataSourceId) ?? []) {
    const page = state.pages.get(id);
    const value = page?.values.get(property.id);
    if (page === undefined || value === undefined) continue;
    const values = new Map(page.values);
    if (value.kind === 'option' && value.id !== null && !kept.has(value.id)) values.delete(property.id);
    else if (value.kind === 'options')
      values.set(property.id, { ...value, ids: value.ids.filter((own) => kept.has(own)) });
    else continue;
    state.pages.set(id, { ...page, values });
  }
}

/** Gives a property another name; its id stays. Refuses a name that is taken. */
export function renameProperty(state: NotionState, dataSource: DataSource, property: Property, name: string): void {
  if (dataSource.properties.some((other) => other.name === name && other.id !== property.id)) {
    throw invalid(`Property name ${name} is already in use.`);
  }
  replaceProperty(state, dataSource.id, { ...property, name });
}

/** Deletes a property with its values. The other side of a two-way relation stays, on its own. */
export function removeProperty(state: NotionState, dataSource: DataSource, property: Property): void {
  if (property.type === 'title') throw invalid('Cannot delete the title property.');
  const properties = dataSource.properties.filter((other) => other.id !== property.id);
  replaceDataSource(state, { ...dataSource, properties });
  for (const other of state.dataSources.values()) {
    const twin = other.properties.find((known) => known.mirror === property.id && known.id === property.mirror);
    if (twin !== undefined) replaceProperty(state, other.id, { ...twin, mirror: undefined });
  }
}

/** Gives a property another type; values that do not fit it are lost, as in the real tool. */
export function retypeProperty(state: NotionState, dataSourceId: string, property: Property, type: PropertyType): void {
  const names =
    property.type === 'status' || type !== 'status' ? property.options.map((option) => option.name) : DEFAULT_STATUS;
  const blank: Property = { ...property, type, mirror: undefined, addedOptions: [], options: [] };
  let retyped = names.reduce((grown, name) => withOption(grown, name).property, blank);
  for (const id of state.rows.get(dataSourceId) ?? []) {
    const page = state.pages.get(id);
    if (page === undefined || !page.values.has(property.id)) continue;
    const short = shortValue(state, property, cellOf(page, property));
    const values = new Map(page.values);
    values.delete(property.id);
    try {
      const stored = storedValue(retyped, converted(type, short));
      retyped = stored.property;
      values.set(property.id, stored.value);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
    state.pages.set(id, { ...page, values });
  }
  replaceProperty(state, dataSourceId, retyped);
}

/** What a value becomes in a column of another type, as far as it survives: numbers in text, anything as text. */
function converted(type: PropertyType, short: ShortValue): ShortValue {
  if (short === null) return null;
  if (type === 'number' && typeof short === 'string') {
    const number = Number(short);
    return short.trim() !== '' && Number.isFinite(number) ? number : null;
  }
  if (type !== 'rich_text' || typeof short === 'string') return short;
  return typeof short === 'object' ? short.join(', ') : String(short);
}
