/**
 * What a person could enter into the tables, applied to a snapshot: the way to prove what an entry would change. Only
 * columns the configuration maps can be entered, so an edit never says more than the team could.
 */
import type { EntityName, EntityRow, Values } from '../entities.js';
import type { EntityTable, Snapshot } from '../snapshot.js';

export type Edit =
  /** Fields of a row that is there; undefined empties one. */
  | {
      readonly kind: 'set';
      readonly entity: EntityName;
      readonly rowId: string;
      readonly values: Readonly<Record<string, unknown>>;
    }
  | { readonly kind: 'add'; readonly row: EntityRow };

type Fields<E extends EntityName> = { readonly [F in keyof Values<E>]?: Values<E>[F] | undefined };

function mappedOnly(snapshot: Snapshot, entity: EntityName, values: Readonly<Record<string, unknown>>) {
  const mapped = snapshot[entity]?.mapped ?? new Set<string>();
  return Object.fromEntries(Object.entries(values).filter(([field]) => mapped.has(field)));
}

/** Sets those of the fields that are mapped; none when no field is. */
export function setting<E extends EntityName>(
  snapshot: Snapshot,
  entity: E,
  rowId: string,
  fields: Fields<E>,
): readonly Edit[] {
  const values = mappedOnly(snapshot, entity, fields);
  return Object.keys(values).length === 0 ? [] : [{ kind: 'set', entity, rowId, values }];
}

/** Adds a row with those of the fields that are mapped; none unless all of `needed` are. */
export function adding<E extends EntityName>(
  snapshot: Snapshot,
  entity: E,
  fields: Values<E>,
  needed: readonly (keyof Values<E> & string)[],
): readonly Edit[] {
  const mapped = snapshot[entity]?.mapped;
  if (mapped === undefined || !needed.every((field) => mapped.has(field))) return [];
  const values = mappedOnly(snapshot, entity, fields) as Values<E>;
  return [
    { kind: 'add', row: { entity, id: `${entity} to be entered`, url: '', title: '', values, unreadable: NONE } },
  ];
}

const NONE: ReadonlySet<string> = new Set();

/** The snapshot as it would be read after the edits. */
export function applied(snapshot: Snapshot, edits: readonly Edit[]): Snapshot {
  const tables: Partial<Record<EntityName, EntityTable>> = { ...snapshot };
  for (const edit of edits) {
    const entity = edit.kind === 'add' ? edit.row.entity : edit.entity;
    const table = tables[entity];
    if (table === undefined) continue;
    const rows =
      edit.kind === 'add'
        ? [...table.rows, edit.row]
        : table.rows.map((row) => (row.id === edit.rowId ? edited(row, edit.values) : row));
    tables[entity] = { ...table, rows };
  }
  return tables as Snapshot;
}

function edited(row: EntityRow, values: Readonly<Record<string, unknown>>): EntityRow {
  const merged = Object.entries({ ...row.values, ...values }).filter(([, value]) => value !== undefined);
  const unreadable = new Set([...row.unreadable].filter((field) => !(field in values)));
  return { ...row, values: Object.fromEntries(merged), unreadable };
}

/**
 * The part of a snapshot that one partnership is judged by: what is said of it is the same as in the whole. Who shares a
 * KPI with it stays, without rows of their own, since the days off of all count for the KPI.
 */
export function narrowed(snapshot: Snapshot, partnershipId: string): Snapshot {
  const shared = (snapshot.kpis?.rows ?? []).filter((row) => belongs(row, partnershipId));
  const kpis = new Set(shared.map(({ id }) => id));
  const partners = new Set([partnershipId, ...shared.flatMap((row) => row.values.partnership ?? [])]);
  const tables = Object.entries(snapshot).map(([name, table]) => {
    const rows: readonly EntityRow[] = table.rows;
    const own = rows.filter((row) => {
      if (row.entity === 'partnerships') return partners.has(row.id);
      if (row.entity === 'measurements') return linksIn(row, 'kpi').some((id) => kpis.has(String(id)));
      return belongs(row, partnershipId);
    });
    return [name, { ...table, rows: own }];
  });
  return Object.fromEntries(tables) as Snapshot;
}

const belongs = (row: EntityRow, partnershipId: string): boolean => linksIn(row, 'partnership').includes(partnershipId);

function linksIn(row: EntityRow, field: string): readonly unknown[] {
  const found = (row.values as Readonly<Record<string, unknown>>)[field];
  return Array.isArray(found) ? found : [];
}
