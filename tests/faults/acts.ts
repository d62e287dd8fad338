/**
 * What people do between the runs. An act is drawn in the disturbed world and done alike in both: rows of people are
 * found by their id, tasks by their key and place among those with that key.
 */
import { addDays } from '../../src/domain/calendar.js';
import { cellHash, formatTaskStamp, parseTaskStamp } from '../../src/domain/tasks.js';
import type { Dice } from './dice.js';
import { milestoneId, NOTION_TABLES, PEOPLE, STATUS_LABELS, type TableName } from './team.js';
import { isVisible, keyOf, type Row, type TeamWorld } from './world.js';

/** Does the same thing to whichever world it is given. */
export type Act = (world: TeamWorld) => void;

interface Scene {
  readonly world: TeamWorld;
  readonly dice: Dice;
  readonly today: string;
  /** Tells this act from every other one of the run. */
  readonly serial: number;
}

/** A row in words that hold in both worlds. */
export interface RowName {
  readonly table: TableName;
  readonly name: string;
  /** Among the rows of one name, in order of creation. */
  readonly nth: number;
}

/** Rows people know of: drafts nobody was told of are left out. */
export const rowsKnown = (world: TeamWorld, table: TableName): readonly Row[] =>
  world.rows(table).filter((row) => table !== 'tasks' || keyOf(row) === undefined || isVisible(row));

const nameOf = (row: Row): string => keyOf(row) ?? row.id;

/** The name of a row among those people know of. */
export function nameRow(rows: readonly Row[], table: TableName, row: Row): RowName {
  const name = nameOf(row);
  const nth = rows.filter((other) => nameOf(other) === name).findIndex(({ id }) => id === row.id);
  return { table, name, nth };
}

export function findRow(rows: readonly Row[], { name, nth }: RowName): Row | undefined {
  return rows.filter((row) => nameOf(row) === name)[nth];
}

/** An act on one row; nothing where the row is not there. */
function onRow(world: TeamWorld, table: TableName, row: Row | undefined, act: (world: TeamWorld, row: Row) => void) {
  if (row === undefined) return undefined;
  const wanted = nameRow(rowsKnown(world, table), table, row);
  return (either: TeamWorld): void => {
    const found = findRow(rowsKnown(either, table), wanted);
    if (found !== undefined) act(either, found);
  };
}

type Drawn = Act | undefined;
type Draw = (scene: Scene) => Drawn;

const setCell =
  (table: TableName, column: string, value: (scene: Scene) => string | number | readonly string[] | null): Draw =>
  (scene) => {
    const { world, dice } = scene;
    const cell = value(scene);
    const row = dice.one(rowsKnown(world, table).filter(({ inTrash }) => !inTrash));
    return onRow(world, table, row, (either, { id }) => either.edit(table, id, { [column]: cell }));
  };

const dayAround =
  (from: number, to: number) =>
  ({ dice, today }: Scene): string =>
    addDays(today, dice.whole(from, to));

const note = ({ serial }: Scene): string => `seen by somebody, ${serial}`;

/** An act on a task nobody has thrown away. */
const onTask =
  (column: string, value: (scene: Scene) => string | null): Draw =>
  (scene) => {
    const row = aTask(scene);
    const cell = value(scene);
    return onRow(scene.world, 'tasks', row, (world, { id }) => world.edit('tasks', id, { [column]: cell }));
  };

const aTask = ({ world, dice }: Scene): Row | undefined =>
  dice.one(rowsKnown(world, 'tasks').filter((row) => !row.inTrash && keyOf(row) !== undefined));

const handOver: Draw = (scene) => {
  const cara = PEOPLE[2]!;
  return onRow(scene.world, 'tasks', aTask(scene), (world, { id }) => {
    const Assignee = world.tasksIn === 'notion' ? [cara.id] : { id: cara.airtableId };
    world.edit('tasks', id, { Assignee });
  });
};

const throwAway =
  (table: TableName): Draw =>
  ({ world, dice }) => {
    const rows = rowsKnown(world, table).filter(
      (row) => !row.inTrash && (table !== 'tasks' || keyOf(row) !== undefined),
    );
    return onRow(world, table, dice.one(rows), (either, { id }) => either.trash(table, id));
  };

const bringBack: Draw = ({ world, dice }) => {
  const table = dice.one(['milestones', 'tasks'] as const)!;
  const row = dice.one(rowsKnown(world, table).filter(({ inTrash }) => inTrash));
  return onRow(world, table, row, (either, { id }) => either.sandbox.notion?.restore(id));
};

const addMilestone: Draw = (scene) => {
  const { world, dice, serial } = scene;
  const partner = dice.one(rowsKnown(world, 'partners'));
  const Due = dayAround(-12, 20)(scene);
  const values = { Milestone: `Added ${serial}`, Partner: [partner?.id ?? ''], Due };
  return (either) => void either.sandbox.notion?.addPage(NOTION_TABLES.milestones, values, { id: milestoneId(serial) });
};

const copyTask: Draw = (scene) => onRow(scene.world, 'tasks', aTask(scene), (world, { id }) => world.copy('tasks', id));

/** Everything people are seen to do, by what it is called. */
const ACTS: Readonly<Record<string, Draw>> = {
  'a review is held': setCell('partners', 'Last review', dayAround(-20, 0)),
  'a term is set': setCell('partners', 'End', dayAround(10, 160)),
  'an owner changes': setCell('partners', 'Owner', ({ dice }) => [PEOPLE[dice.whole(0, 1)]!.id]),
  'a milestone is moved': setCell('milestones', 'Due', dayAround(-10, 15)),
  'a milestone is done': setCell('milestones', 'Done on', dayAround(-3, 0)),
  'a milestone is added': addMilestone,
  'a milestone is thrown away': throwAway('milestones'),
  'a number is entered': setCell('kpis', 'Actual', ({ dice }) => dice.whole(0, 120)),
  'something is remarked of a partnership': setCell('partners', 'Remarks', note),
  'something is remarked of a KPI': setCell('kpis', 'Remarks', note),
  'something is remarked of a task': onTask('Remarks', note),
  'a managed status is edited': setCell('partners', 'Status', ({ dice }) => dice.one(STATUS_LABELS)!),
  'a managed number is edited': setCell('partners', 'Health', ({ dice }) => dice.whole(0, 100)),
  'a managed text is emptied': setCell('partners', 'Why', () => null),
  'a memory is wiped': setCell('partners', 'Tandem', () => null),
  'a KPI is called achieved': setCell('kpis', 'Status', () => 'Achieved'),
  'a task is retitled': onTask('Task', ({ serial }) => `Call them, ${serial}`),
  'a task is put off': onTask('Due', ({ serial }) => `2028-0${1 + (serial % 9)}-15`),
  'a task loses its day': onTask('Due', () => null),
  'a task is handed over': handOver,
  'a task gets a note': onTask('Note', note),
  'a task is begun': onTask('Status', () => 'In progress'),
  'a task is done': onTask('Status', () => 'Done'),
  'a task is dropped': onTask('Status', () => "Won't do"),
  'a task is copied': copyTask,
  'a task is thrown away': throwAway('tasks'),
  'something is brought back': bringBack,
};

const ON_TASKS = Object.keys(ACTS).filter((name) => name.startsWith('a task'));
const ELSEWHERE = Object.keys(ACTS).filter((name) => !ON_TASKS.includes(name));

/** Draws one act; undefined where there is nothing to do it to. */
export function drawAct(
  scene: Scene,
  among?: readonly string[],
): { readonly name: string; readonly act: Act } | undefined {
  const name = scene.dice.one(among ?? (scene.dice.chance(0.5) ? ON_TASKS : ELSEWHERE)) ?? '';
  const act = ACTS[name]?.(scene);
  return act && { name, act };
}

/**
 * Makes every stamp say that what stands in its task is what Tandem has written: as if nobody could ever tell a
 * person's edit. Switches the protection of people's edits off.
 */
export function forgeStamps(world: TeamWorld): void {
  for (const row of world.rows('tasks')) {
    const stamp = parseTaskStamp(typeof row.values.Tandem === 'string' ? row.values.Tandem : undefined);
    if (stamp === undefined || row.inTrash) continue;
    const text = (column: string): string => String(row.values[column] ?? '');
    const written = {
      ...stamp.written,
      title: cellHash({ kind: 'text', text: text('Task') }),
      due: cellHash(text('Due') === '' ? { kind: 'empty' } : { kind: 'date', start: text('Due') }),
      note: cellHash({ kind: 'text', text: text('Note') }),
    };
    world.edit('tasks', row.id, { Tandem: formatTaskStamp({ ...stamp, written }) });
  }
}
