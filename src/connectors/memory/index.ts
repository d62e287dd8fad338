/** A connector over tables in memory: the whole port without a network, for trying rules out and for tests. */
import { EMPTY } from '../../domain/cells.js';
import { mappedProperties, type SourceMapping } from '../../domain/mapping.js';
import { findProperty, holdsText, mayCreateOptions } from '../../domain/source.js';
import { asTandemError, TandemError } from '../../errors.js';
import type { Connector, Outcome, RawRow, SourceSchema, Write } from '../../ports.js';
import { canonicalise, describeColumn, objection } from './columns.js';
import { addRow, type MemoryRow, type MemorySource, type MemoryWorld, setCells } from './world.js';

export type { MemoryColumnType } from './columns.js';
export { createMemoryWorld, type MemoryChange, type MemoryRow, type MemoryWorld, type WriteEvent } from './world.js';

const PAGE_SIZE = 100;

/** A page counts as one read, a row written as one write. */
export function createMemoryConnector(world: MemoryWorld): Connector {
  const counts = { reads: 0, writes: 0, retries: 0, throttled: 0 };

  /** Every call passes here: a call that is not sent is not counted. */
  async function call(kind: 'reads' | 'writes', signal?: AbortSignal): Promise<void> {
    await Promise.resolve();
    if (signal?.aborted === true) throw new TandemError('aborted', 'Stopped before the call.', { sent: false });
    counts[kind] += 1;
    if (!world.tokenValid) throw new TandemError('auth-invalid-token', 'The token is not valid.', { status: 401 });
  }

  return {
    async describe(source, signal) {
      await call('reads', signal);
      const { schema } = tableOf(world, source);
      return { ...schema, properties: schema.properties.map(describeColumn) };
    },

    async *read(source, schema, signal) {
      const ids = [...tableOf(world, source).rows].filter(([, row]) => !row.trashed).map(([id]) => id);
      let from = 0;
      do {
        await call('reads', signal);
        yield present(tableOf(world, source), ids.slice(from, from + PAGE_SIZE), columnsOf(source, schema), schema);
        from += PAGE_SIZE;
      } while (from < ids.length);
      return undefined;
    },

    async find(source, schema, query, signal) {
      await call('reads', signal);
      const table = tableOf(world, source);
      const columns = new Set([...columnsOf(source, schema), query.propertyId]);
      const ids = [...table.rows].filter(([, row]) => row.trashed === query.trashed).map(([id]) => id);
      return present(table, ids, columns, schema).filter((row) => holdsText(row, query));
    },

    canonicalise,

    async *apply(source, schema, writes, signal) {
      for (const [index, write] of writes.entries()) {
        yield { index, outcome: await applyOne(source, schema, write, signal) };
      }
    },

    calls: () => ({ ...counts }),
  };

  async function applyOne(
    source: SourceMapping,
    schema: SourceSchema,
    write: Write,
    signal?: AbortSignal,
  ): Promise<Outcome> {
    let row: MemoryRow;
    try {
      await call('writes', signal);
      await world.onWrite?.({ phase: 'before', source: schema.id, write });
      row = commit(world, source, schema, write);
    } catch (thrown) {
      return { kind: 'failed', error: asTandemError(thrown) };
    }
    try {
      await world.onWrite?.({ phase: 'after', source: schema.id, write });
    } catch (thrown) {
      return { kind: 'unknown', error: asTandemError(thrown) };
    }
    return { kind: 'done', rowId: row.id, url: urlOf(schema, row.id) };
  }
}

function tableOf(world: MemoryWorld, { location }: SourceMapping): MemorySource {
  const table = location.type === 'memory' ? world.sources.get(location.id) : undefined;
  if (table !== undefined) return table;
  const known = [...world.sources.keys()].join(', ');
  throw new TandemError('source-not-found', `No such table in memory. There are: ${known}`);
}

const columnsOf = (source: SourceMapping, schema: SourceSchema): ReadonlySet<string> =>
  new Set(mappedProperties(source).map((reference) => findProperty(schema.properties, reference)?.id ?? ''));

const urlOf = (schema: SourceSchema, rowId: string): string => `${schema.url}/${rowId}`;

/** Rows by id, with the given columns. */
function present(
  table: MemorySource,
  ids: readonly string[],
  columns: ReadonlySet<string>,
  schema: SourceSchema,
): readonly RawRow[] {
  return ids.flatMap((id) => {
    const row = table.rows.get(id);
    if (row === undefined) return [];
    const { createdTime, createdByUs, trashed } = row;
    const cells = new Map(schema.properties.map((property) => [property.id, row.cells.get(property.id) ?? EMPTY]));
    for (const property of cells.keys()) if (!columns.has(property)) cells.delete(property);
    return [{ id, url: urlOf(schema, id), createdTime, createdByUs, trashed, cells }];
  });
}

/** Applies one write as a whole or throws. */
function commit(world: MemoryWorld, source: SourceMapping, schema: SourceSchema, write: Write): MemoryRow {
  const table = tableOf(world, source);
  for (const [propertyId, cell] of write.cells) {
    const property = table.schema.properties.find((candidate) => candidate.id === propertyId);
    if (property === undefined) throw new TandemError('property-not-found', `${schema.title} has no ${propertyId}`);
    const problem = objection(property, cell, mayCreateOptions(source, table.schema, propertyId));
    if (problem !== undefined) throw new TandemError('write-refused', problem, { property: property.name });
  }
  const row = write.kind === 'update' ? table.rows.get(write.rowId) : undefined;
  if (write.kind === 'update' && (row === undefined || row.trashed)) {
    throw new TandemError('row-gone', `${schema.title} has no row ${write.rowId}`, {
      where: urlOf(schema, write.rowId),
    });
  }
  for (const [propertyId, cell] of write.cells) {
    if (cell.kind === 'labels') table.schema = withOptions(table.schema, propertyId, cell.labels);
  }
  if (row === undefined) return addRow(world, schema.id, write.cells, 'api');
  setCells(world, schema.id, row.id, write.cells, 'api');
  return row;
}

function withOptions(schema: SourceSchema, propertyId: string, labels: readonly string[]): SourceSchema {
  return {
    ...schema,
    properties: schema.properties.map((property) =>
      property.id === propertyId
        ? { ...property, options: [...new Set([...(property.options ?? []), ...labels])] }
        : property,
    ),
  };
}
