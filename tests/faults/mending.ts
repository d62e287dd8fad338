/** Puts columns back that the trouble of a day has deleted or turned into others, with what people had typed in. */
import { AIRTABLE_TABLES, BASE, NOTION_TABLES, type TableName } from './team.js';
import type { Cells, TeamWorld } from './world.js';

interface Column {
  readonly table: TableName;
  readonly name: string;
  readonly type: string;
  readonly options?: Readonly<Record<string, unknown>>;
}

const COLUMNS: readonly Column[] = [
  { table: 'partners', name: 'Last review', type: 'date' },
  { table: 'milestones', name: 'Due', type: 'date' },
  { table: 'kpis', name: 'Actual', type: 'number', options: { precision: 0 } },
];

export type Snapshot = ReadonlyMap<TableName, ReadonlyMap<string, Cells>>;

/** What stands in the columns that may be damaged. */
export function snapshotColumns(world: TeamWorld): Snapshot {
  return new Map(
    COLUMNS.map(({ table }) => [table, new Map(world.rows(table).map(({ id, values }) => [id, { ...values }]))]),
  );
}

/** Whether a fault of a kind has fired since a request of the log. */
export function hasFired(world: TeamWorld, since: number, kind: string): boolean {
  return world.sandbox
    .log()
    .slice(since)
    .some(({ faults }) => faults?.includes(kind) === true);
}

/** Whether a column was deleted or turned into another one since a request of the log. */
export const isDamaged = (world: TeamWorld, since: number): boolean =>
  ['column-retyped', 'column-deleted'].some((kind) => hasFired(world, since, kind));

/** Gives the columns their type and their cells back. */
export async function mend(world: TeamWorld, snapshot: Snapshot): Promise<void> {
  for (const column of COLUMNS) {
    await restore(world, column);
    for (const { id, values } of world.rows(column.table)) {
      const was = snapshot.get(column.table)?.get(id)?.[column.name] ?? null;
      if ((values[column.name] ?? null) !== was) world.edit(column.table, id, { [column.name]: was as string | null });
    }
  }
}

async function restore({ sandbox }: TeamWorld, { table, name, type, options }: Column): Promise<void> {
  if (table === 'kpis') {
    const hands = sandbox.airtable!;
    const own = [BASE, AIRTABLE_TABLES.kpis] as const;
    if (hands.columns(...own).includes(name)) hands.retypeField(...own, name, type, options);
    else hands.addField(...own, name, type, options);
    return;
  }
  const id = NOTION_TABLES[table];
  const hands = sandbox.notion!;
  if (hands.columns(id).includes(name)) return hands.retypeProperty(id, name, 'date');
  const answer = await sandbox.fetch(`http://sandbox/v1/data_sources/${id}`, {
    method: 'PATCH',
    headers: {
      authorization: 'Bearer ntn_sandbox_simulated',
      'notion-version': '2026-03-11',
      'content-type': 'application/json',
    },
    body: JSON.stringify({ properties: { [name]: { date: {} } } }),
  });
  if (!answer.ok) throw new Error(await answer.text());
}
