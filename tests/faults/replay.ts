/** What people did while runs were on, done again to the twin. */

import type { CellChange } from '../../src/sandbox/context.js';
import { findRow, nameRow, type RowName, rowsKnown } from './acts.js';
import { idOf, keyOf, lineOf, type TeamWorld } from './world.js';

/** Tables whose rows have the same id in both worlds. */
const TABLES = ['partners', 'milestones', 'kpis'] as const;

/** The names of the task rows there are, by id. */
export type TaskNames = ReadonlyMap<string, RowName>;

export function nameTasks(world: TeamWorld): TaskNames {
  const known = rowsKnown(world, 'tasks');
  return new Map(world.rows('tasks').map((row) => [row.id, nameRow(known, 'tasks', row)]));
}

/** Repeats the changes people made in one world on its twin; returns the lines of the tasks concerned. */
export function replay(
  changes: readonly CellChange[],
  from: { readonly world: TeamWorld; readonly names: TaskNames },
  twin: TeamWorld,
): readonly string[] {
  const lines = new Set<string>();
  const copies = new Set<string>();
  for (const { by, source, rowId, property, after } of changes) {
    if (by !== 'human') continue;
    const table = TABLES.find((name) => idOf(name, twin.tasksIn) === source);
    if (table !== undefined && property === 'Remarks') twin.edit(table, rowId, { Remarks: after as string | null });
    if (table !== undefined) continue;
    if (property === '(created)') {
      const key = keyOfRow(from.world, rowId);
      if (key === undefined) continue;
      copies.add(rowId);
      lines.add(lineOf(key));
      const original = findRow(rowsKnown(twin, 'tasks'), { table: 'tasks', name: key, nth: 0 });
      if (original !== undefined) twin.copy('tasks', original.id);
      continue;
    }
    const name = from.names.get(rowId);
    if (name === undefined || copies.has(rowId)) continue;
    lines.add(lineOf(name.name));
    const row = findRow(rowsKnown(twin, name.table), name);
    if (row === undefined) continue;
    if (property === '(trashed)' || property === '(deleted)') twin.trash('tasks', row.id);
    else twin.edit('tasks', row.id, { [property]: after as string | null });
  }
  return [...lines];
}

const keyOfRow = (world: TeamWorld, rowId: string): string | undefined => {
  const row = world.rows('tasks').find(({ id }) => id === rowId);
  return row && keyOf(row);
};
