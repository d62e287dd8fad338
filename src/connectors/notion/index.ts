/** The connector to Notion: one connection is one token. See the Connector port for what each function promises. */
import type { SourceMapping } from '../../domain/mapping.js';
import { mappedProperties } from '../../domain/mapping.js';
import { findProperty, holdsText } from '../../domain/source.js';
import { TandemError } from '../../errors.js';
import type { Connector, PropertySchema, RawRow, RowQuery, SourceSchema } from '../../ports.js';
import { createPaces } from '../pace.js';
import { canonicalise } from './canonicalise.js';
import { type Call, createCall, type NotionClientOptions } from './client.js';
import { describeSource } from './describe.js';
import { type TextFilter, type Walk, walkRows } from './read.js';
import { markOf, refreshRows } from './refresh.js';
import { User } from './schema.js';
import { applyWrites } from './write.js';

export type { NotionClientOptions } from './client.js';

/** A connector for one token. It remembers what ids and links stand for, and its own account, for as long as it lives. */
export function createNotionConnector(options: NotionClientOptions): Connector {
  const call = createCall(options);
  const places = options.places ?? new Map<string, string>();
  const botId = rememberBot(call, places, options.access);
  const paceOf = createPaces();

  async function walkOf(source: SourceMapping, schema: SourceSchema, signal?: AbortSignal): Promise<Walk> {
    // Only keyed rows need to know who made them; the question costs a call once.
    const bot = source.fields.key === undefined ? undefined : await botId(signal);
    return {
      dataSourceId: schema.id,
      columns: mappedColumns(source, schema),
      ...(bot === undefined ? {} : { botId: bot }),
    };
  }

  return {
    describe: (source, signal) => describeSource(call, locationOf(source), places, signal),
    async *read(source, schema, signal) {
      const walk = await walkOf(source, schema, signal);
      return markOf(yield* walkRows(call, walk, signal), walk.botId);
    },
    refresh: (source, remembered, signal) =>
      refreshRows(call, remembered, mappedColumns(source, remembered.schema), signal),
    async find(source, schema, query, signal) {
      const searched = searchedColumn(schema, query);
      const filter = textFilter(searched, query);
      const walk = await walkOf(source, schema, signal);
      const columns = [...new Set([...walk.columns, searched])];
      const found: RawRow[] = [];
      for await (const rows of walkRows(call, { ...walk, columns, filter, inTrash: query.trashed }, signal)) {
        found.push(...rows.filter((row) => row.trashed === query.trashed && holdsText(row, query)));
      }
      return found;
    },
    canonicalise,
    apply: (_source, schema, writes, signal) => applyWrites(call, schema, writes, paceOf(schema.id), signal),
    calls: () => options.transport.counts(),
  };
}

function locationOf(source: SourceMapping): string {
  if (source.location.type === 'notion') return source.location.id;
  throw new TandemError('internal', `A ${source.location.type} source was given to the Notion connector.`);
}

function mappedColumns(source: SourceMapping, schema: SourceSchema): readonly PropertySchema[] {
  const columns = mappedProperties(source).map((reference) => findProperty(schema.properties, reference));
  return [...new Set(columns.filter((column) => column !== undefined))];
}

/**
 * The account's own id, asked for once and known from then on to whoever reads with the same `access`: a token never
 * changes hands. Undefined where the connection may not read it.
 */
function rememberBot(
  call: Call,
  places: Map<string, string>,
  access: string | undefined,
): (signal?: AbortSignal) => Promise<string | undefined> {
  const name = `account of ${access}`;
  const found = access === undefined ? undefined : places.get(name);
  let known = found === undefined ? undefined : { id: found as string | undefined };
  return async (signal) => {
    if (known !== undefined) return known.id;
    try {
      const { value } = await call((client) => client.users.me({}), User, signal);
      known = { id: value.id };
      if (access !== undefined) places.set(name, value.id);
    } catch (error) {
      if (!(error instanceof TandemError) || error.code !== 'auth-forbidden') throw error;
      known = { id: undefined };
    }
    return known.id;
  };
}

function searchedColumn(schema: SourceSchema, { propertyId }: RowQuery): PropertySchema {
  const column = schema.properties.find((candidate) => candidate.id === propertyId);
  if (column !== undefined) return column;
  throw new TandemError('property-not-found', `"${schema.title}" has no column ${propertyId}.`);
}

function textFilter({ id, name, type }: PropertySchema, { match, text }: RowQuery): TextFilter {
  const condition = match === 'equals' ? { equals: text } : { starts_with: text };
  if (type === 'title') return { property: id, title: condition };
  if (type === 'rich_text') return { property: id, rich_text: condition };
  throw new TandemError('property-type', `"${name}" is no text column, so rows cannot be found by it.`, {
    property: name,
  });
}
