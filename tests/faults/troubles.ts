/** What goes wrong on a day: the fault script of the tools, and the fate of every process that works through it. */
import type { FaultRuleInput, FaultScriptInput } from '../../src/sandbox/faults/script.js';
import type { Aim } from './cuts.js';
import type { Dice } from './dice.js';
import type { Boundary, Fate } from './process.js';
import type { Tool } from './team.js';
import { isVisible, keyOf, type TeamWorld } from './world.js';

/** Longest a write that nobody waits for any more is under way, but for creates. */
export const LATE_SECONDS = 120;
/** Creates may land much later: all they can do is leave a draft. */
const LATEST_SECONDS = 7_200;
/** The longest a query lags behind; creates without an answer are looked up after the settle time, which is longer. */
export const LONGEST_LAG = 45;

interface Draw {
  readonly dice: Dice;
  readonly world: TeamWorld;
}

type Drawn = FaultRuleInput | undefined;

const EVERYWHERE = ['*', 'reads', 'writes', 'notion.*', 'airtable.*'] as const;
const WRITES = ['writes', 'notion.writes', 'airtable.writes'] as const;

/** How often: by chance or at one request, and never so often that nothing gets through. */
function often(dice: Dice): Pick<FaultRuleInput, 'chance' | 'nth' | 'times'> {
  return dice.chance(0.3)
    ? { nth: dice.whole(1, 12) }
    : { chance: dice.one([0.05, 0.15, 0.4])!, times: dice.whole(1, 6) };
}

const anywhere =
  (fault: (dice: Dice) => FaultRuleInput['fault'], selectors: readonly string[] = EVERYWHERE) =>
  ({ dice }: Draw): Drawn => ({ on: dice.one(selectors)!, ...often(dice), fault: fault(dice) });

const status = (dice: Dice): number => dice.one([500, 502, 503, 504])!;

/** Columns people fill in, with what they are and what they are turned into. */
const COLUMNS = [
  { table: 'Partners', column: 'Last review', to: 'rich_text' },
  { table: 'Milestones', column: 'Due', to: 'rich_text' },
  { table: 'KPIs', column: 'Actual', to: 'singleLineText' },
] as const;
/** Columns that may be called otherwise for a while. No managed one: a row written without it would drift from the twin's. */
const RENAMED = [
  ['Partners', 'Last review'],
  ['Milestones', 'Due'],
  ['Milestones', 'Partner'],
  ['KPIs', 'Actual'],
  ['Tasks', 'Due'],
  ['Tasks', 'Key'],
] as const;

const OLD = ' (old)';
/** What a column is called when nobody has renamed it: writes go by its id and land wherever that column is. */
export const usualName = (name: string): string => (name.endsWith(OLD) ? name.slice(0, -OLD.length) : name);

const column =
  (make: (dice: Dice) => FaultRuleInput['fault']) =>
  ({ dice }: Draw): Drawn => ({ on: dice.one(['*', 'reads'])!, nth: dice.whole(1, 20), fault: make(dice) });

/** A task that stands there since the day began: what somebody does to it meanwhile can be done to the twin. */
const onTask =
  (make: (row: string, dice: Dice) => FaultRuleInput['fault']) =>
  ({ dice, world }: Draw): Drawn => {
    const rows = world.rows('tasks').filter((row) => !row.inTrash && keyOf(row) !== undefined && isVisible(row));
    const row = dice.one(rows)?.id;
    return row === undefined ? undefined : { nth: dice.whole(1, 25), fault: make(row, dice) };
  };

const CELLS = [
  { Task: 'Ask them in person' },
  { Note: 'on it' },
  { Status: 'Done' },
  { Status: 'In progress' },
] as const;

/** Every kind of trouble the sandbox knows, and how it is drawn here. */
const KINDS: Readonly<Record<string, (draw: Draw) => Drawn>> = {
  drop: anywhere(() => 'drop'),
  'apply-then-drop': anywhere(() => 'apply-then-drop', WRITES),
  'server-error': anywhere((dice) => ({ kind: 'server-error', status: status(dice) })),
  'apply-then-server-error': anywhere((dice) => ({ kind: 'apply-then-server-error', status: status(dice) }), WRITES),
  committed: anywhere(() => 'committed', ['notion.writes']),
  'rate-limited': anywhere((dice) => {
    const scope = dice.one(['connection', 'workspace', 'base', undefined] as const);
    const retryAfter = dice.one([1, 30, 61, 300, null, 'soon', undefined] as const);
    return {
      kind: 'rate-limited',
      ...(scope === undefined ? {} : { scope }),
      ...(retryAfter === undefined ? {} : { retryAfter }),
    };
  }),
  overloaded: anywhere((dice) => ({ kind: 'overloaded', retryAfter: dice.whole(1, 60) })),
  conflict: anywhere(() => 'conflict', ['notion.writes']),
  slow: anywhere((dice) => ({
    kind: 'slow',
    seconds: dice.one([3, 20, 70, 100])!,
    waits: dice.one(['before', 'after'] as const)!,
  })),
  truncated: anywhere(() => 'truncated'),
  html: anywhere((dice) => ({ kind: 'html', status: dice.one([200, 502, 503])! })),
  'apply-then-html': anywhere((dice) => ({ kind: 'apply-then-html', status: dice.one([200, 502])! }), WRITES),
  late: ({ dice }) => {
    const on = dice.one([...WRITES, 'notion.pages.create', 'airtable.records.create'])!;
    const longest = on.endsWith('create') ? LATEST_SECONDS : LATE_SECONDS;
    const seconds = dice.chance(0.5) ? dice.whole(5, LATE_SECONDS) : dice.whole(5, longest);
    return { on, ...often(dice), fault: { kind: 'late', seconds, answer: dice.one(['drop', 'timeout'] as const)! } };
  },
  revoked: ({ dice }) => ({
    on: dice.one(EVERYWHERE)!,
    nth: dice.whole(1, 25),
    fault: { kind: 'revoked', what: dice.one(['token', 'table'] as const)!, for: dice.whole(10, 300) },
  }),
  'column-renamed': column((dice) => {
    const [table, name] = dice.one(RENAMED)!;
    return { kind: 'column-renamed', table, column: name, to: `${name}${OLD}`, for: dice.whole(10, 300) };
  }),
  'column-retyped': column((dice) => ({ kind: 'column-retyped', ...dice.one(COLUMNS)! })),
  'column-deleted': column((dice) => {
    const { table, column: name } = dice.one(COLUMNS)!;
    return { kind: 'column-deleted', table, column: name };
  }),
  'row-edited': (draw) => {
    const table = draw.dice.one(['Partners', 'Milestones', 'KPIs', 'Tasks'])!;
    if (table === 'Tasks')
      return onTask((row, dice) => ({ kind: 'row-edited', table, row, cells: dice.one(CELLS)! }))(draw);
    const cells = { Remarks: `while it ran, ${draw.dice.whole(1, 999)}` };
    return { ...often(draw.dice), fault: { kind: 'row-edited', table, row: 'any', cells } };
  },
  'row-trashed': onTask((row) => ({ kind: 'row-trashed', table: 'Tasks', row })),
  'row-copied': onTask((row) => ({ kind: 'row-copied', table: 'Tasks', row })),
};

/** The fault script of one day. */
export function drawScript(seed: string, dice: Dice, world: TeamWorld, aim: Aim): FaultScriptInput {
  const wanted = Array.from({ length: dice.whole(1, 4) }, () => dice.one(aim.faults ?? Object.keys(KINDS))!);
  const rules = wanted.flatMap((name) => KINDS[name]?.({ dice, world }) ?? []);
  const indexLag = dice.chance(0.4) ? dice.whole(2, LONGEST_LAG) : 0;
  return { seed, indexLag: aim.lag ?? indexLag, rules };
}

export interface Shift {
  /** Milliseconds after the day's trouble begins, or after the run before. */
  readonly after: number;
  readonly fate: Fate;
}

const BOUNDARIES: readonly Boundary[] = [
  'before it is sent',
  'before it is answered',
  'after the answer',
  'at the state',
];

function drawFate(dice: Dice, tasksIn: Tool): Fate {
  const kind = dice.next();
  // A whole batch of tasks is one write in Airtable, so there are fewer of them.
  const nth = dice.whole(1, tasksIn === 'notion' ? 14 : 8);
  if (kind < 0.35) {
    const at = dice.one(BOUNDARIES)!;
    return { killed: { at, nth: at === 'at the state' ? dice.whole(1, 90) : nth } };
  }
  if (kind < 0.5) return { heldUp: { nth, ms: dice.whole(30, 240) * 1000 } };
  return kind < 0.58 ? { stopped: { nth: dice.whole(1, 30) } } : {};
}

/** The runs of every worker in one day. */
export function drawShifts(dice: Dice, tasksIn: Tool, { crowd = false }: Aim): readonly (readonly Shift[])[] {
  const shift = (): Shift => ({
    after: crowd || dice.chance(0.6) ? dice.whole(0, 600) : dice.whole(0, 150_000),
    fate: drawFate(dice, tasksIn),
  });
  const workers = Array.from({ length: dice.whole(crowd ? 2 : 1, 3) });
  return workers.map(() => Array.from({ length: dice.whole(1, 2) }, shift));
}
