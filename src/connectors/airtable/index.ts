/**
 * Airtable as a source of rows. The schema of a base is fetched once per connector and shared by its tables;
 * every run makes a connector of its own, which is how a changed schema is seen.
 */
import { closest } from 'fastest-levenshtein';
import type { Cell } from '../../domain/cells.js';
import { mappedProperties, type SourceMapping } from '../../domain/mapping.js';
import { findProperty, holdsText } from '../../domain/source.js';
import { TandemError } from '../../errors.js';
import type { Connector, PropertySchema, RawRow, SourceSchema } from '../../ports.js';
import { createPaces } from '../pace.js';
import { canonicalise } from './canonicalise.js';
import { type AirtableClientOptions, type AirtableRecord, createAirtableClient } from './client.js';
import { decodeCell } from './codec.js';
import { explain } from './failure.js';
import { textFormula, walkRecords } from './read.js';
import { type AirtableTable, describeTable, findTable } from './schema.js';
import { performWrites } from './write.js';

/** One connector per run: what it has learnt of a base is not asked again. */
export function createAirtableConnector(options: AirtableClientOptions): Connector {
  const client = createAirtableClient(options);
  const bases = new Map<string, Promise<readonly AirtableTable[]>>();
  const paceOf = createPaces();

  function tablesOf(base: string, signal?: AbortSignal): Promise<readonly AirtableTable[]> {
    const known = bases.get(base);
    if (known !== undefined) return known;
    const asked = client.tables(base, signal).catch((thrown: unknown) => {
      bases.delete(base);
      throw explain(thrown, { what: `reading the tables of ${base}`, scope: 'schema.bases:read', source: base });
    });
    bases.set(base, asked);
    return asked;
  }

  return {
    async describe(source, signal) {
      const { base, table } = locate(source);
      const tables = await tablesOf(base, signal);
      const found = findTable(tables, table);
      if (found === undefined) throw noSuchTable(base, table, tables);
      return describeTable(base, found);
    },

    async *read(source, schema, signal) {
      const columns = mappedColumns(source, schema);
      const selection = { fieldIds: columns.map((column) => column.id) };
      const walk = { client, base: locate(source).base, table: schema.id, selection };
      for await (const page of walkRecords(walk, signal)) {
        yield page.map((record) => toRow(record, schema, columns));
      }
      // Formulas, lookups and links change without the record being modified: there is nothing to go on from.
      return undefined;
    },

    async find(source, schema, query, signal) {
      // A deleted record leaves no trace here.
      if (query.trashed) return [];
      const columns = mappedColumns(source, schema);
      const searched = schema.properties.find((property) => property.id === query.propertyId);
      if (searched === undefined)
        throw new TandemError('property-not-found', `${schema.title} has no field ${query.propertyId}`);
      const all = [...new Set([...columns, searched])];
      const selection = { fieldIds: all.map((column) => column.id), formula: textFormula(query) };
      const walk = { client, base: locate(source).base, table: schema.id, selection };
      const rows: RawRow[] = [];
      for await (const page of walkRecords(walk, signal)) {
        rows.push(...page.map((record) => toRow(record, schema, all)));
      }
      return rows.filter((row) => holdsText(row, query));
    },

    canonicalise,

    apply: (source, schema, writes, signal) =>
      performWrites({ client, base: locate(source).base, source, schema }, writes, paceOf(schema.id), signal),

    calls: () => options.transport.counts(),
  };
}

function locate({ entity, location }: SourceMapping): { readonly base: string; readonly table: string } {
  if (location.type === 'airtable') return location;
  throw new TandemError('internal', `The source of ${entity} is no Airtable table but ${location.type}`);
}

function noSuchTable(base: string, table: string, tables: readonly AirtableTable[]): TandemError {
  const names = tables.map((candidate) => candidate.name);
  const hint = names.length === 0 ? '' : ` Did you mean "${closest(table, names)}"? Its tables: ${names.join(', ')}`;
  return new TandemError('source-not-found', `The Airtable base ${base} has no table "${table}".${hint}`, {
    source: table,
  });
}

/** The columns a mapping names. None found would read as a table of empty rows, so it is refused. */
function mappedColumns(source: SourceMapping, schema: SourceSchema): readonly PropertySchema[] {
  const wanted = mappedProperties(source);
  const found = wanted
    .map((reference) => findProperty(schema.properties, reference))
    .filter((property) => property !== undefined);
  if (found.length > 0) return [...new Set(found)];
  throw new TandemError('property-not-found', `${schema.title} has none of the columns ${wanted.join(', ')}`, {
    source: schema.id,
    where: schema.url,
  });
}

function toRow(record: AirtableRecord, schema: SourceSchema, columns: readonly PropertySchema[]): RawRow {
  const cells = new Map<string, Cell>(
    columns.map((column) => [column.id, decodeCell(column, record.fields[column.id])]),
  );
  return {
    id: record.id,
    url: `${schema.url}/${record.id}`,
    createdTime: record.createdTime,
    trashed: false,
    cells,
  };
}
