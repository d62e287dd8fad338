/** A written configuration without mistakes as the one the program works with. */
import { ENTITY_NAMES, type EntityName } from '../domain/entities.js';
import type { FieldMapping, Location, ManagedMapping, SourceMapping } from '../domain/mapping.js';
import { type Config, type ConfiguredPerson, recordOf } from './config.js';
import { airtableLimits, type Connection, judgeBaseUrl, notionLimits } from './connections.js';
import { readAirtableBase, readNotionId } from './links.js';
import type { WrittenField, WrittenManaged } from './mapping-schema.js';
import type { WrittenConfig, WrittenSource } from './schema.js';

/** `tokens` by connection name; a connection without one gets an empty token. */
export function normaliseConfig(written: WrittenConfig, tokens: ReadonlyMap<string, string>, file: string): Config {
  const { workspace, locale, timezone, calendar, policy } = written;
  return {
    workspace,
    locale,
    timezone,
    calendar: { holidays: calendar.holidays ?? [], extra: calendar.extra ?? [], remove: calendar.remove ?? [] },
    people: mapRecord(written.people, normalisePerson),
    connections: mapRecord(written.connections, (connection, name) =>
      normaliseConnection(name, connection, tokens.get(name) ?? ''),
    ),
    sources: ENTITY_NAMES.flatMap((entity) => {
      const source = written.sources[entity];
      return source === undefined ? [] : [normaliseSource(entity, source)];
    }),
    policy,
    file,
  };
}

function normalisePerson({ email, lead, left, aliases, ids }: WrittenConfig['people'][string]): ConfiguredPerson {
  return {
    ...(email === undefined ? {} : { email }),
    ...(lead === undefined ? {} : { lead }),
    ...(left === undefined ? {} : { left }),
    aliases: aliases ?? [],
    ids: mapRecord(ids, (id) => id),
  };
}

function normaliseConnection(name: string, written: WrittenConfig['connections'][string], token: string): Connection {
  const verdict = written.baseUrl === undefined ? undefined : judgeBaseUrl(written.baseUrl, true);
  const common = { name, token, ...(verdict?.ok === true ? { baseUrl: verdict.url } : {}) };
  return written.type === 'notion'
    ? { ...common, type: 'notion', plan: written.plan, limits: notionLimits(written.plan) }
    : { ...common, type: 'airtable', plan: written.plan, limits: airtableLimits(written.plan, written.callsPerMonth) };
}

function normaliseSource(entity: EntityName, written: WrittenSource): SourceMapping {
  return {
    entity,
    connection: written.connection,
    location: normaliseLocation(written),
    ...(written.link === undefined ? {} : { link: written.link }),
    fields: mapRecord(written.fields, normaliseField),
    manages: mapRecord(written.manages, normaliseManaged),
  };
}

function normaliseLocation({ id, base, table }: WrittenSource): Location {
  if (base === undefined) return { type: 'notion', id: readNotionId(id ?? '') ?? '' };
  const address = readAirtableBase(base);
  return { type: 'airtable', base: address?.base ?? base, table: (table ?? address?.table ?? '').trim() };
}

function normaliseField(written: WrittenField): FieldMapping {
  if (typeof written === 'string') return { property: written };
  const { property, values, part } = written;
  return {
    property,
    ...(values === undefined ? {} : { values: mapRecord(values, String) }),
    ...(part === undefined ? {} : { part }),
  };
}

function normaliseManaged(written: WrittenManaged): ManagedMapping {
  if (typeof written === 'string') return { property: written, createOptions: false };
  const { property, values, createOptions } = written;
  return {
    property,
    ...(values === undefined
      ? {}
      : { values: mapRecord(values, (meant) => (typeof meant === 'string' ? [meant] : meant)) }),
    createOptions: createOptions ?? false,
  };
}

function mapRecord<T, R>(
  record: Readonly<Record<string, T | undefined>> | undefined,
  map: (value: T, key: string) => R,
): Readonly<Record<string, R>> {
  return recordOf(
    Object.entries(record ?? {}).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, map(value, key)] as const],
    ),
  );
}
