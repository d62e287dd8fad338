/**
 * Property values in the bodies of page writes: checked as strictly as the real API checks them and turned into
 * stored values. Nothing is stored here, so that one bad property fails the whole request.
 */
import { z } from 'zod';
import { hasOffset, storedMoment } from './dates.js';
import { uuidOf } from './ids.js';
import type { Version } from './page-wire.js';
import { check, invalid, misplaced, notFound, quoted, severalSources } from './refusals.js';
import { readRichText } from './rich-text.js';
import { type DataSource, type NotionState, type Property, propertyOf, type Value } from './state.js';
import { isWritable, WRITABLE_TYPES, type WritableType, withOption } from './values.js';

interface Written {
  readonly value: Value;
  /** The property, grown by the options the value brought along. */
  readonly property?: Property;
}

interface Given {
  readonly state: NotionState;
  readonly property: Property;
  readonly value: unknown;
  /** Where the value stands: `body.properties.X.number`. */
  readonly place: string;
  readonly version: Version;
}

export interface PropertyWrites {
  readonly values: ReadonlyMap<string, Value>;
  readonly grown: readonly Property[];
}

/** What `body.properties` would write to a data source. Refuses unknown, computed and ill-typed properties. */
export function readProperties(
  state: NotionState,
  dataSource: DataSource,
  properties: unknown,
  version: Version,
): PropertyWrites {
  if (properties === undefined) return { values: new Map(), grown: [] };
  const given = check(z.custom<object>(isObject, 'an object'), properties, 'body.properties');
  const values = new Map<string, Value>();
  const grown: Property[] = [];
  for (const [key, value] of Object.entries(given)) {
    const property = propertyOf(dataSource, key);
    if (property === undefined) throw invalid(`${key} is not a property that exists.`);
    const written = readProperty(state, property, value, `body.properties.${key}`, version);
    values.set(property.id, written.value);
    if (written.property !== undefined && written.property !== property) grown.push(written.property);
  }
  return { values, grown };
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

function readProperty(
  state: NotionState,
  property: Property,
  given: unknown,
  place: string,
  version: Version,
): Written {
  const value: Readonly<Record<string, unknown>> = isObject(given)
    ? Object.fromEntries(Object.entries(Object(given)))
    : {};
  const type = WRITABLE_TYPES.find((known) => value[known] !== undefined);
  if (type === undefined) {
    const wanted = WRITABLE_TYPES.map((known) => `${place}.${known} should be defined, instead was \`undefined\`.`);
    throw invalid(`body failed validation. Fix one:\n${wanted.join('\n')}`);
  }
  if (type !== property.type || !isWritable(property.type)) {
    throw invalid(`${property.name} is expected to be ${property.type}.`);
  }
  return READERS[type]({ state, property, value: value[type], place: `${place}.${type}`, version });
}

const READERS: Readonly<Record<WritableType, (given: Given) => Written>> = {
  title: readText,
  rich_text: readText,
  number: ({ value, place }) => ({ value: { kind: 'number', number: check(z.number().nullable(), value, place) } }),
  url: (given) => readPlain(given, 2000),
  email: (given) => readPlain(given, 200),
  phone_number: (given) => readPlain(given, 200),
  checkbox: ({ value, place }) => ({ value: { kind: 'flag', flag: check(z.boolean(), value, place) } }),
  select: readSelect,
  status: readStatus,
  multi_select: readMultiSelect,
  date: readDate,
  people: readPeople,
  relation: readRelation,
  files: readFiles,
};

function readText({ state, value, place }: Given): Written {
  return { value: { kind: 'rich', runs: readRichText(state, value, place) } };
}

function readPlain({ value, place }: Given, max: number): Written {
  const text = check(z.string().max(max).nullable(), value, place);
  return { value: { kind: 'plain', text: text === '' ? null : text } };
}

const optionRequest = z.looseObject({ id: z.string().optional(), name: z.string().max(100).optional() });
type OptionRequest = z.infer<typeof optionRequest>;

function chosenOption(property: Property, request: OptionRequest, place: string) {
  if (request.id !== undefined) {
    const option = property.options.find((known) => known.id === request.id);
    if (option === undefined) throw invalid(`${quoted(request.id)} is an invalid ${property.type} option.`);
    return { property, option };
  }
  if (request.name === undefined || request.name === '') {
    throw misplaced(`${place}.name`, `should be defined, instead was ${quoted(request.name)}`);
  }
  if (request.name.includes(',')) {
    throw invalid(`Invalid ${property.type} option, commas not allowed: ${request.name}`);
  }
  return withOption(property, request.name);
}

function readSelect({ property, value, place }: Given): Written {
  const request = check(optionRequest.nullable(), value, place);
  if (request === null) return { value: { kind: 'option', id: null } };
  const chosen = chosenOption(property, request, place);
  return { property: chosen.property, value: { kind: 'option', id: chosen.option.id } };
}

/** A status takes only options it has, and falls back to its default when emptied. */
function readStatus({ property, value, place }: Given): Written {
  const request = check(optionRequest.nullable(), value, place);
  if (request === null) return { value: { kind: 'option', id: property.options[0]?.id ?? null } };
  const wanted = request.id ?? request.name;
  const option = property.options.find((known) =>
    request.id === undefined ? known.name === request.name : known.id === request.id,
  );
  // The stray quotation mark is the real API's own.
  if (option === undefined) throw invalid(`Invalid status option. Status option "${wanted ?? ''}" does not exist".`);
  return { value: { kind: 'option', id: option.id } };
}

function readMultiSelect({ property, value, place }: Given): Written {
  const requests = check(z.array(optionRequest).max(100), value, place);
  let grown = property;
  const ids = new Set<string>();
  for (const [index, request] of requests.entries()) {
    const chosen = chosenOption(grown, request, `${place}[${index}]`);
    grown = chosen.property;
    ids.add(chosen.option.id);
  }
  return { property: grown, value: { kind: 'options', ids: [...ids] } };
}

const dateRequest = z.strictObject({
  start: z.string(),
  end: z.string().nullish(),
  time_zone: z.string().nullish(),
});

function readDate({ value, place }: Given): Written {
  const request = check(dateRequest.nullable(), value, place);
  if (request === null) return { value: { kind: 'date', date: null } };
  const timeZone = request.time_zone ?? undefined;
  const read = (part: 'start' | 'end', text: string): string => {
    if (timeZone !== undefined && hasOffset(text)) {
      throw misplaced(
        `${place}.${part}`,
        `should not have a UTC offset beside a time zone, instead was ${quoted(text)}`,
      );
    }
    const moment = storedMoment(text, timeZone);
    if (moment !== undefined) return moment;
    throw misplaced(`${place}.${part}`, `should be a valid ISO 8601 date string, instead was ${quoted(text)}`);
  };
  const end = request.end ?? null;
  return {
    value: { kind: 'date', date: { start: read('start', request.start), end: end === null ? null : read('end', end) } },
  };
}

const personRequest = z.strictObject({ id: z.string(), object: z.literal('user').optional() });

/** Only people of the workspace can be named; the bot and strangers cannot. */
function readPeople({ state, value, place }: Given): Written {
  const requests = check(z.array(personRequest).max(100), value, place);
  const ids = requests.map((request) => {
    const id = uuidOf(request.id);
    if (id === undefined || !state.users.has(id)) throw invalid(`Could not find user with ID: ${request.id}.`);
    return id;
  });
  return { value: { kind: 'people', ids: [...new Set(ids)] } };
}

function readRelation({ state, property, value, place, version }: Given): Written {
  if (version === '2022-06-28' && leadsToSeveral(state, property)) throw severalSources();
  const requests = check(z.array(z.looseObject({ id: z.string() })).max(100), value, place);
  const ids = requests.map((request, index) => {
    const id = uuidOf(request.id);
    if (id === undefined) {
      throw misplaced(`${place}[${index}].id`, `should be a valid uuid, instead was ${quoted(request.id)}`);
    }
    const page = state.pages.get(id);
    if (page === undefined || state.dataSources.get(page.dataSourceId)?.shared === false) {
      throw notFound('page', id, state.bot.name);
    }
    if (property.relatesTo !== undefined && page.dataSourceId !== property.relatesTo) {
      throw invalid(`${property.name} takes pages of data source ${property.relatesTo}; page ${id} is not in it.`);
    }
    return id;
  });
  return { value: { kind: 'links', ids: [...new Set(ids)] } };
}

/** Whether the other side of a relation is one of several data sources of its database. */
function leadsToSeveral(state: NotionState, property: Property): boolean {
  const other = state.dataSources.get(property.relatesTo ?? '');
  return (state.databases.get(other?.databaseId ?? '')?.dataSourceIds.length ?? 1) > 1;
}

const fileRequest = z.looseObject({
  name: z.string().max(100),
  external: z.looseObject({ url: z.string().max(2000) }).optional(),
  file: z.looseObject({ url: z.string().max(2000) }).optional(),
});

function readFiles({ value, place }: Given): Written {
  const requests = check(z.array(fileRequest).max(100), value, place);
  const files = requests.map((request) => ({
    name: request.name,
    url: request.external?.url ?? request.file?.url ?? '',
  }));
  return { value: { kind: 'files', files } };
}
