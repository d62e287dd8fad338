/**
 * The parts of a written configuration that depend on each other, read leniently: whatever is not of the
 * expected kind is left out, for the declaration has already objected to it. So one mistake never hides another.
 */
import { ENTITY_NAMES, type EntityName } from '../domain/entities.js';
import type { Path } from './config-error.js';

/** A column that a source names. */
export interface OutlinedColumn {
  readonly role: 'fields' | 'manages';
  /** Our name. */
  readonly name: string;
  /** The user's column, in NFC and without outer spaces. */
  readonly property: string;
  readonly part?: string;
  /** The entry has a key nobody knows, so what it was meant to say is open. */
  readonly unclear: boolean;
  /** Label -> canonical values. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** Of the entry. */
  readonly path: Path;
}

export interface OutlinedSource {
  readonly entity: EntityName;
  readonly path: Path;
  /** Keys the source has, with whatever they hold. */
  readonly keys: ReadonlyMap<string, unknown>;
  readonly connection?: string;
  /** Names under `fields`, readable or not; undefined when there is no block. */
  readonly fieldNames?: ReadonlySet<string>;
  readonly columns: readonly OutlinedColumn[];
  /** Column of the `link`, in NFC and without outer spaces. */
  readonly linkColumn?: string;
}

export interface Outline {
  readonly connections: ReadonlyMap<string, ReadonlyMap<string, unknown>>;
  readonly people: ReadonlyMap<string, ReadonlyMap<string, unknown>>;
  readonly calendar: ReadonlyMap<string, unknown>;
  readonly sources: readonly OutlinedSource[];
  readonly disabled: Readonly<Record<'rules' | 'reminders', readonly unknown[]>>;
}

/** Reads what is there. */
export function outlineOf(data: unknown): Outline {
  const root = blockOf(data);
  const policy = blockOf(root.get('policy'));
  const sources = blockOf(root.get('sources'));
  return {
    connections: blocksIn(root.get('connections')),
    people: blocksIn(root.get('people')),
    calendar: blockOf(root.get('calendar')),
    sources: ENTITY_NAMES.filter((entity) => isBlock(sources.get(entity))).map((entity) =>
      outlineSource(entity, blockOf(sources.get(entity))),
    ),
    disabled: {
      rules: listOf(blockOf(policy.get('rules')).get('disabled')),
      reminders: listOf(blockOf(policy.get('reminders')).get('disabled')),
    },
  };
}

function outlineSource(entity: EntityName, keys: ReadonlyMap<string, unknown>): OutlinedSource {
  const path = ['sources', entity];
  const connection = keys.get('connection');
  const linkColumn = columnName(blockOf(keys.get('link')).get('field'));
  return {
    entity,
    path,
    keys,
    ...(typeof connection === 'string' ? { connection: connection.normalize('NFC') } : {}),
    ...(isBlock(keys.get('fields')) ? { fieldNames: new Set(blockOf(keys.get('fields')).keys()) } : {}),
    columns: (['fields', 'manages'] as const).flatMap((role) => columnsIn(role, keys.get(role), path)),
    ...(linkColumn === undefined ? {} : { linkColumn }),
  };
}

const ENTRY_KEYS: readonly string[] = ['property', 'values', 'part', 'createOptions'];

function columnsIn(role: OutlinedColumn['role'], value: unknown, parent: Path): readonly OutlinedColumn[] {
  return [...blockOf(value)].flatMap(([name, entry]) => {
    const block = blockOf(entry);
    const property = columnName(isBlock(entry) ? block.get('property') : entry);
    if (property === undefined) return [];
    const part = block.get('part');
    const values = new Map(
      [...blockOf(block.get('values'))].map(([label, meant]) => [
        label,
        (Array.isArray(meant) ? listOf(meant) : [meant]).filter((one) => typeof one === 'string'),
      ]),
    );
    const path = [...parent, role, name];
    const unclear = [...block.keys()].some((key) => !ENTRY_KEYS.includes(key));
    return [{ role, name, property, values, path, unclear, ...(typeof part === 'string' ? { part } : {}) }];
  });
}

const columnName = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.normalize('NFC').trim() : undefined;

const isBlock = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The own entries of a block; nothing for anything else. */
export function blockOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(isBlock(value) ? Object.entries(value) : []);
}

/** The items of a list; nothing for anything else. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function blocksIn(value: unknown): ReadonlyMap<string, ReadonlyMap<string, unknown>> {
  return new Map([...blockOf(value)].map(([name, entry]) => [name.normalize('NFC'), blockOf(entry)]));
}
