/**
 * A world of tables in memory: what the memory connector reads and writes, and what a person does to it by
 * hand. Every change of a cell is written down with who made it.
 */
import { type Cell, EMPTY } from '../../domain/cells.js';
import { findProperty } from '../../domain/source.js';
import type { PropertySchema, SourceSchema, Write } from '../../ports.js';

export interface MemoryRow {
  readonly id: string;
  readonly createdTime: string;
  readonly createdByUs: boolean;
  trashed: boolean;
  /** By property id; empty cells are absent. */
  readonly cells: Map<string, Cell>;
}

export interface MemorySource {
  schema: SourceSchema;
  readonly rows: Map<string, MemoryRow>;
}

export interface MemoryChange {
  readonly by: 'api' | 'human';
  readonly source: string;
  readonly rowId: string;
  /** The property's name, or '(created)', '(trashed)', '(restored)'. */
  readonly property: string;
}

/** A write on its way: `before` it is applied, and `after` it was but before the writer hears of it. */
export interface WriteEvent {
  readonly phase: 'before' | 'after';
  readonly source: string;
  readonly write: Write;
}

export interface MemoryWorld {
  readonly sources: ReadonlyMap<string, MemorySource>;
  readonly changes: MemoryChange[];
  /** False: every call is refused as from a token nobody knows. */
  tokenValid: boolean;
  /** Runs at both phases of every write. Throwing `before` makes it fail, throwing `after` leaves its outcome unknown. */
  onWrite: ((event: WriteEvent) => void | Promise<void>) | undefined;
  /** A person adds a row; cells by property name or id. */
  add(source: string, cells: Readonly<Record<string, Cell>>): MemoryRow;
  /** A person edits cells, by property name or id. */
  edit(source: string, rowId: string, cells: Readonly<Record<string, Cell>>): void;
  trash(source: string, rowId: string): void;
  restore(source: string, rowId: string): void;
}

const FIRST_ROW = Date.UTC(2026, 0, 5);
const MINUTE = 60_000;

/** A world with empty tables. Rows are created a minute apart, from 2026-01-05 on. */
export function createMemoryWorld(schemas: readonly SourceSchema[]): MemoryWorld {
  const sources = new Map<string, MemorySource>(schemas.map((schema) => [schema.id, { schema, rows: new Map() }]));
  const changes: MemoryChange[] = [];

  const setTrashed = (source: string, rowId: string, trashed: boolean): void => {
    rowOf(sourceOf(world, source), rowId).trashed = trashed;
    changes.push({ by: 'human', source, rowId, property: trashed ? '(trashed)' : '(restored)' });
  };

  const world: MemoryWorld = {
    sources,
    changes,
    tokenValid: true,
    onWrite: undefined,
    add: (source, cells) => addRow(world, source, byId(sourceOf(world, source).schema, cells), 'human'),
    edit: (source, rowId, cells) =>
      setCells(world, source, rowId, byId(sourceOf(world, source).schema, cells), 'human'),
    trash: (source, rowId) => setTrashed(source, rowId, true),
    restore: (source, rowId) => setTrashed(source, rowId, false),
  };
  return world;
}

export function sourceOf({ sources }: MemoryWorld, id: string): MemorySource {
  const source = sources.get(id);
  if (source === undefined) throw new Error(`the memory world has no source "${id}"`);
  return source;
}

function rowOf(source: MemorySource, id: string): MemoryRow {
  const row = source.rows.get(id);
  if (row === undefined) throw new Error(`${source.schema.title} has no row "${id}"`);
  return row;
}

function byId(schema: SourceSchema, cells: Readonly<Record<string, Cell>>): ReadonlyMap<string, Cell> {
  return new Map(Object.entries(cells).map(([reference, cell]) => [columnOf(schema, reference).id, cell]));
}

function columnOf(schema: SourceSchema, reference: string): PropertySchema {
  const property = findProperty(schema.properties, reference);
  if (property === undefined) throw new Error(`${schema.title} has no property "${reference}"`);
  return property;
}

/** Adds a row; its id says where and when it was added. */
export function addRow(
  world: MemoryWorld,
  sourceId: string,
  cells: ReadonlyMap<string, Cell>,
  by: 'api' | 'human',
): MemoryRow {
  const { rows } = sourceOf(world, sourceId);
  const row: MemoryRow = {
    id: `${sourceId}-${rows.size + 1}`,
    createdTime: new Date(FIRST_ROW + rows.size * MINUTE).toISOString(),
    createdByUs: by === 'api',
    trashed: false,
    cells: new Map(),
  };
  rows.set(row.id, row);
  world.changes.push({ by, source: sourceId, rowId: row.id, property: '(created)' });
  setCells(world, sourceId, row.id, cells, by);
  return row;
}

/** Sets cells of one row; those not named stay. */
export function setCells(
  world: MemoryWorld,
  sourceId: string,
  rowId: string,
  cells: ReadonlyMap<string, Cell>,
  by: 'api' | 'human',
): void {
  const source = sourceOf(world, sourceId);
  const row = rowOf(source, rowId);
  for (const [id, cell] of cells) {
    if (cell.kind === EMPTY.kind) row.cells.delete(id);
    else row.cells.set(id, cell);
    world.changes.push({ by, source: sourceId, rowId, property: columnOf(source.schema, id).name });
  }
}
