/**
 * From the id or link in the configuration to a data source and its columns. A database is only a container: with
 * one data source inside it stands for that one, with several the configuration has to say which.
 */
import { extractNotionId } from '@notionhq/client';
import { labelKey } from '../../domain/vocabulary.js';
import { TandemError } from '../../errors.js';
import type { PropertySchema, SourceSchema } from '../../ports.js';
import type { Call } from './client.js';
import { Database, DataSource, type PropertyConfig } from './schema.js';

/** Types a page write accepts and Tandem has a use for. `files` is writable, but not by a value Tandem could want. */
const WRITABLE: ReadonlySet<string> = new Set([
  'title',
  'rich_text',
  'number',
  'select',
  'multi_select',
  'status',
  'date',
  'people',
  'checkbox',
  'url',
  'email',
  'phone_number',
  'relation',
]);

/** What the cells of each type hold. Of formulas and rollups only the cells tell. */
const HOLDS: ReadonlyMap<string, NonNullable<PropertySchema['holds']>> = new Map([
  ['title', 'text'],
  ['rich_text', 'text'],
  ['url', 'text'],
  ['email', 'text'],
  ['phone_number', 'text'],
  ['unique_id', 'text'],
  ['place', 'text'],
  ['verification', 'text'],
  ['number', 'number'],
  ['select', 'labels'],
  ['status', 'labels'],
  ['multi_select', 'labels'],
  ['date', 'date'],
  ['created_time', 'date'],
  ['last_edited_time', 'date'],
  ['people', 'people'],
  ['created_by', 'people'],
  ['last_edited_by', 'people'],
  ['relation', 'links'],
  ['checkbox', 'flag'],
  ['files', 'list'],
]);

/**
 * The schema of the data source a location means. `places` knows which data source an id or link stood for, so that
 * the next description is one call; what it stands for is looked up again when that one is gone.
 */
export async function describeSource(
  call: Call,
  location: string,
  places: Map<string, string>,
  signal?: AbortSignal,
): Promise<SourceSchema> {
  const source = await sourceAt(call, location, places, signal);
  if (source.in_trash) {
    throw new TandemError('source-not-found', `"${titleOf(source)}" is in the trash.`, { where: source.url });
  }
  places.set(location, source.id);
  return { id: source.id, title: titleOf(source), url: source.url, properties: source.properties.map(propertySchema) };
}

async function sourceAt(
  call: Call,
  location: string,
  places: ReadonlyMap<string, string>,
  signal?: AbortSignal,
): Promise<DataSource> {
  const place = places.get(location);
  const there = place === undefined ? undefined : await dataSourceAt(call, place, signal);
  if (there !== undefined && !there.in_trash) return there;
  const id = extractNotionId(location);
  if (id === null) {
    throw new TandemError('source-not-found', `"${location}" is neither a Notion id nor a link to one.`);
  }
  const found = place === id ? there : await dataSourceAt(call, id, signal);
  return found ?? (await retrieveDataSource(call, await onlySourceOf(call, id, signal), signal));
}

/** Undefined when the id is of something else; Notion answers 404 or, for some kinds of objects, 400. */
async function dataSourceAt(call: Call, id: string, signal?: AbortSignal): Promise<DataSource | undefined> {
  try {
    return await retrieveDataSource(call, id, signal);
  } catch (error) {
    if (error instanceof TandemError && (error.details.status === 404 || error.details.status === 400))
      return undefined;
    throw error;
  }
}

async function retrieveDataSource(call: Call, id: string, signal?: AbortSignal): Promise<DataSource> {
  return (await call((client) => client.dataSources.retrieve({ data_source_id: id }), DataSource, signal)).value;
}

async function onlySourceOf(call: Call, id: string, signal?: AbortSignal): Promise<string> {
  const { value } = await call((client) => client.databases.retrieve({ database_id: id }), Database, signal).catch(
    (error: unknown) => {
      if (!(error instanceof TandemError) || error.details.status !== 400) throw error;
      // What a page that is no database answers.
      throw new TandemError('source-not-found', error.message, error.details, { cause: error });
    },
  );
  const [only, ...others] = value.data_sources;
  if (only === undefined || value.in_trash) {
    const why = value.in_trash ? 'is in the trash' : 'has no data source the connection can see';
    throw new TandemError('source-not-found', `The database ${id} ${why}.`);
  }
  if (others.length === 0) return only.id;
  const choice = value.data_sources.map((source) => `${source.name} (${source.id})`).join(', ');
  throw new TandemError('source-ambiguous', `The database ${id} has ${value.data_sources.length} sources: ${choice}.`);
}

const titleOf = (source: DataSource): string => source.title.map((part) => part.plain_text).join('');

function propertySchema(config: PropertyConfig): PropertySchema {
  const options = (config.select ?? config.multi_select ?? config.status)?.options.map((option) => option.name);
  const defaultOption = defaultStatus(config);
  const linksTo = config.relation?.data_source_id;
  const holds = HOLDS.get(config.type);
  return {
    id: config.id,
    name: config.name,
    type: config.type,
    ...(holds === undefined ? {} : { holds }),
    writable: WRITABLE.has(config.type),
    ...(options === undefined ? {} : { options }),
    ...(defaultOption === undefined ? {} : { defaultOption }),
    ...(linksTo === undefined ? {} : { linksTo }),
    ...(config.number?.format === 'percent' ? { percent: true } : {}),
  };
}

/** An emptied status column falls back to the first option of its to-do group. */
function defaultStatus({ status }: PropertyConfig): string | undefined {
  const groups = status?.groups ?? [];
  const todo = groups.find((group) => labelKey(group.name) === 'todo') ?? groups[0];
  const first = status?.options.find((option) => option.id === todo?.option_ids[0]);
  return (first ?? status?.options[0])?.name;
}
