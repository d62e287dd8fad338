/** How many calls the steps of a run will need, by connection, before any of them is made. */
import type { EntityName } from '../domain/entities.js';
import type { SourceMapping } from '../domain/mapping.js';
import type { Change } from '../domain/plan.js';

export type CallsByConnection = Readonly<Record<string, number>>;

/** The fewest calls that read all sources: a description of each source or Airtable base, and one page of each. */
export function leastReads(sources: readonly SourceMapping[]): CallsByConnection {
  const calls = new Map<string, number>();
  const described = new Set<string>();
  for (const { connection, location } of sources) {
    const schema = location.type === 'airtable' ? location.base : location.id;
    const known = described.has(`${connection} ${schema}`);
    described.add(`${connection} ${schema}`);
    calls.set(connection, (calls.get(connection) ?? 0) + (known ? 1 : 2));
  }
  return Object.fromEntries(calls);
}

/** The write calls of a plan: one per changed row, two per created task and one per other row made, in the batches the tool takes. */
export function plannedWrites(
  changes: readonly Change[],
  toolOf: (entity: EntityName) => { readonly connection: string; readonly batch: number },
): CallsByConnection {
  const calls = new Map<string, number>();
  for (const entity of new Set(changes.map((change) => change.source))) {
    const { connection, batch } = toolOf(entity);
    const own = changes.filter((change) => change.source === entity);
    const creates = own.filter((change) => change.kind === 'create').length;
    const writes =
      Math.ceil((own.length - creates) / batch) + (entity === 'tasks' ? 2 : 1) * Math.ceil(creates / batch);
    calls.set(connection, (calls.get(connection) ?? 0) + writes);
  }
  return Object.fromEntries(calls);
}
