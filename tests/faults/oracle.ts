/** What must hold whatever went wrong: judged by the audit of the sandbox and by a twin nothing went wrong for. */
import { isDeepStrictEqual } from 'node:util';
import type { Config } from '../../src/config/config.js';
import type { CellChange } from '../../src/sandbox/context.js';
import { findRow, nameRow, rowsKnown } from './acts.js';
import type { TableName } from './team.js';
import { usualName } from './troubles.js';
import { idOf, isVisible, keyOf, lineOf, type Row, type TeamWorld } from './world.js';

const TABLES: readonly TableName[] = ['partners', 'milestones', 'kpis', 'tasks'];

/** Task rows that share a key with another one and that nobody was ever told of. */
export function strays(world: TeamWorld): readonly Row[] {
  const live = world.rows('tasks').filter((row) => keyOf(row) !== undefined);
  return live.filter(
    (row) =>
      !isVisible(row) && !row.inTrash && live.some(({ id, values }) => id !== row.id && values.Key === row.values.Key),
  );
}

/** Keys of which the API has made more than one task that people see. `drafts`: as if drafts were seen as well. */
export function duplicates(world: TeamWorld, drafts = false): readonly string[] {
  const made = createdByApi(world);
  const keys = world
    .rows('tasks')
    .filter((row) => made.has(row.id) && !row.inTrash && (drafts || isVisible(row)))
    .flatMap((row) => keyOf(row) ?? []);
  return keys.filter((key, at) => keys.indexOf(key) !== at).map((key) => `two tasks are seen for ${key}`);
}

const createdByApi = (world: TeamWorld): ReadonlySet<string> =>
  new Set(
    world.changes().flatMap(({ by, property, rowId }) => (by === 'api' && property === '(created)' ? [rowId] : [])),
  );

/** What the API wrote although it is neither managed nor on a row with our key, and everything it threw away. */
export function trespasses(world: TeamWorld, { sources }: Config): readonly string[] {
  const taskTable = idOf('tasks', world.tasksIn);
  const keyed = new Set(world.rows('tasks').flatMap((row) => (keyOf(row) === undefined ? [] : [row.id])));
  const mayWrite = ({ source: table, rowId, property }: CellChange): boolean => {
    if (/^\((trashed|deleted|restored)\)$/.test(property)) return false;
    if (table === taskTable) {
      const fields = Object.values(sources.find(({ entity }) => entity === 'tasks')?.fields ?? {});
      return (
        isGone(world, rowId) ||
        (keyed.has(rowId) &&
          (property === '(created)' || fields.some((field) => field.property === usualName(property))))
      );
    }
    const own = sources.find(({ location }) =>
      location.type === 'notion'
        ? location.id === table
        : location.type === 'airtable' && tableOfKpis(table, location.table),
    );
    return Object.values(own?.manages ?? {}).some((managed) => managed.property === property);
  };
  return world
    .changes()
    .filter((change) => change.by === 'api' && !mayWrite(change))
    .map(({ source, property, rowId }) => `"${property}" of ${source} ${rowId} was written`);
}

const tableOfKpis = (table: string, name: string): boolean => name === 'KPIs' && table === idOf('kpis', 'airtable');

/** A record of Airtable that was deleted shows its key no more. */
const isGone = (world: TeamWorld, rowId: string): boolean =>
  world.changes().some((change) => change.rowId === rowId && change.property === '(deleted)');

/** A stretch of time in which a run was on; writes in it rest on what it had read when it began. */
export interface Window {
  readonly begun: number;
  readonly ended: number;
}

/** Cells a person had set that the API has set since, though the run that did it could have seen them. */
export function lostEdits(
  world: TeamWorld,
  config: Config,
  windows: readonly Window[],
  lagMs: number,
): readonly string[] {
  const managed = new Set(
    config.sources.flatMap(({ manages }) => Object.values(manages).map(({ property }) => property)),
  );
  const taskTable = idOf('tasks', world.tasksIn);
  const theirs = new Map<string, CellChange>();
  const copied = new Set<string>();
  const lost: string[] = [];
  for (const change of world.changes()) {
    const { by, rowId, property, source, at } = change;
    const cell = `${rowId} ${usualName(property)}`;
    if (by === 'human') {
      if (property === '(created)') copied.add(`${rowId} ${at}`);
      // A copy carries what was there before; only what is typed into it afterwards is somebody's.
      else if (!copied.has(`${rowId} ${at}`)) theirs.set(cell, change);
      continue;
    }
    const before = theirs.get(cell);
    theirs.delete(cell);
    if (before === undefined || property === 'Tandem' || (source !== taskTable && managed.has(property))) continue;
    if (property === 'Status' && !isClosed(before.after) && isClosed(change.after)) continue;
    if (windows.some(({ begun, ended }) => begun <= before.at + lagMs && ended >= at)) continue;
    lost.push(`"${property}" of ${rowId} was ${shown(before.after)} by hand and is ${shown(change.after)}`);
  }
  return lost;
}

const isClosed = (status: unknown): boolean => status === 'Done' || status === "Won't do";

/** Tasks of ours that people threw away and that stand there again as other rows of ours. */
export function revived(world: TeamWorld): readonly string[] {
  const made = createdByApi(world);
  const ours = world.rows('tasks').filter((row) => made.has(row.id) && isVisible(row));
  const gone = new Set(ours.filter(({ inTrash }) => inTrash).map(keyOf));
  return ours
    .filter((row) => !row.inTrash && gone.has(keyOf(row)))
    .map((row) => `${keyOf(row)} was thrown away and is there again`);
}

/** Where the two worlds differ; lines in `exempt` took edits while runs were on and may differ in what they say. */
export function differences(world: TeamWorld, twin: TeamWorld, exempt: ReadonlySet<string>): readonly string[] {
  return TABLES.flatMap((table) => [
    ...compared(world, twin, table, exempt),
    ...comparedNames(twin, world, table, exempt).map((name) => `${name} is not in the disturbed world`),
  ]);
}

function rowsToCompare(world: TeamWorld, table: TableName, exempt: ReadonlySet<string>): readonly Row[] {
  const out = new Set((table === 'tasks' ? strays(world) : []).map(({ id }) => id));
  return world.rows(table).filter((row) => {
    const key = table === 'tasks' ? keyOf(row) : undefined;
    return !out.has(row.id) && (key === undefined || !exempt.has(lineOf(key)));
  });
}

function comparedNames(
  from: TeamWorld,
  to: TeamWorld,
  table: TableName,
  exempt: ReadonlySet<string>,
): readonly string[] {
  const [here, there] = [rowsKnown(from, table), rowsKnown(to, table)];
  return rowsToCompare(from, table, exempt)
    .map((row) => nameRow(here, table, row))
    .filter((name) => findRow(there, name) === undefined)
    .map(({ name, nth }) => `${table} ${name} #${nth}`);
}

function compared(world: TeamWorld, twin: TeamWorld, table: TableName, exempt: ReadonlySet<string>): readonly string[] {
  const [known, twins] = [rowsKnown(world, table), rowsKnown(twin, table)];
  return rowsToCompare(world, table, exempt).flatMap((row) => {
    const name = nameRow(known, table, row);
    const other = findRow(twins, name);
    const label = `${table} ${name.name} #${name.nth}`;
    if (name.nth < 0) return [`${label} was left as a draft`];
    if (other === undefined) return [`${label} is not in the twin`];
    const here = { ...row.values, '(trashed)': row.inTrash };
    const there: Readonly<Record<string, unknown>> = { ...other.values, '(trashed)': other.inTrash };
    const columns = new Set([...Object.keys(here), ...Object.keys(there)]);
    return [...columns].flatMap((column) => {
      const [left, right] = [settled(here, column), settled(there, column)];
      return isDeepStrictEqual(left, right) ? [] : [`${label} ${column}: ${shown(left)} instead of ${shown(right)}`];
    });
  });
}

/**
 * A cell without what a stamp remembers of the way it came about: the days of its writes, and by which of their names
 * somebody was addressed.
 */
function settled(values: Readonly<Record<string, unknown>>, column: string): unknown {
  const value = values[column] ?? null;
  return column === 'Tandem' && typeof value === 'string' ? value.replace(/(since|wrote|assignee)=\S+/g, '$1=') : value;
}

const shown = (value: unknown): string => JSON.stringify(value) ?? 'nothing';
