/** Builders for entity rows and snapshots, so that a test states only what it is about. */
import { ENTITIES, type EntityName, type EntityRow, type Values } from '../../src/domain/entities.js';
import type { AssessOptions } from '../../src/domain/facts.js';
import { DEFAULT_POLICY } from '../../src/domain/policy.js';
import type { EntityTable, Snapshot } from '../../src/domain/snapshot.js';

/** A Monday. */
export const TODAY = '2026-11-23';

export interface RowOptions {
  readonly id?: string;
  readonly title?: string;
  readonly unreadable?: readonly string[];
}

/** A row of an entity. Its id is the entity unless given; its title the id. */
export function aRow<E extends EntityName>(entity: E, values: Values<E>, options: RowOptions = {}): EntityRow<E> {
  const id = options.id ?? entity;
  return {
    entity,
    id,
    url: `https://example.com/${id}`,
    title: options.title ?? id,
    values,
    unreadable: new Set(options.unreadable ?? []),
  };
}

/** A row that belongs to the partnership "p". */
export function ofP<E extends Exclude<EntityName, 'measurements' | 'tasks' | 'partnerships'>>(
  entity: E,
  values: Values<E>,
  options: RowOptions = {},
): EntityRow<E> {
  return aRow(entity, { partnership: ['p'], ...values } as Values<E>, options);
}

const PEOPLE = { owner: [{ name: '김서연' }], backupOwner: [{ name: '이서준' }], sponsor: [{ name: '한지민' }] };

/** The partnership "p", with people who answer for it. */
export const aPartnership = (
  values: Values<'partnerships'> = {},
  options: RowOptions = {},
): EntityRow<'partnerships'> => aRow('partnerships', { ...PEOPLE, ...values }, { id: 'p', title: '한빛', ...options });

/** A table with every field mapped but those named. */
export function aTable<E extends EntityName>(
  entity: E,
  rows: readonly EntityRow<E>[],
  options: { readonly unmapped?: readonly string[]; readonly complete?: boolean } = {},
): EntityTable<E> {
  const fields = Object.keys(ENTITIES[entity]).filter((field) => !(options.unmapped ?? []).includes(field));
  return { mapped: new Set(fields), complete: options.complete ?? true, rows };
}

type Rows = { readonly [E in EntityName]?: readonly EntityRow<E>[] };

/** A snapshot of whole tables; entities that are not given are not configured. */
export function aSnapshot(
  rows: Rows,
  options: {
    readonly unmapped?: Readonly<Partial<Record<EntityName, readonly string[]>>>;
    readonly incomplete?: readonly EntityName[];
  } = {},
): Snapshot {
  const tables = Object.entries(rows).map(([name, given]) => {
    const entity = name as EntityName;
    return [
      entity,
      aTable(entity, given as readonly EntityRow[], {
        unmapped: options.unmapped?.[entity] ?? [],
        complete: !(options.incomplete ?? []).includes(entity),
      }),
    ];
  });
  return Object.fromEntries(tables) as Snapshot;
}

export const OPTIONS: AssessOptions = { policy: DEFAULT_POLICY, calendar: { holidays: new Set() }, asOf: TODAY };
