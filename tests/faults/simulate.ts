/**
 * One seed, one run: a team through some days of trouble. Every day people do what people do; then workers run while
 * tools fail, processes die and the shared state may be lost; then the trouble ends, one clean run follows, and the
 * world must be that of a twin who saw the same days in peace.
 */
import { createHash } from 'node:crypto';
import type { Config } from '../../src/config/config.js';
import { dayOf } from '../../src/domain/calendar.js';
import type { State } from '../../src/ports.js';
import { createMemoryState } from '../../src/state/memory.js';
import { type Act, drawAct, forgeStamps } from './acts.js';
import { type Aim, aimAt, type Cut, type Cutting, cutting } from './cuts.js';
import { type Dice, diceFor } from './dice.js';
import { hasFired, isDamaged, mend, snapshotColumns } from './mending.js';
import { differences, duplicates, lostEdits, revived, strays, trespasses, type Window } from './oracle.js';
import { nameTasks, replay } from './replay.js';
import { planOnce, runInPeace, runOnce, type Stage } from './runs.js';
import { createShared } from './shared.js';
import { type Note, tellStory, timeOf } from './story.js';
import { configuration, type Tool } from './team.js';
import { drawScript, drawShifts, LATE_SECONDS, LONGEST_LAG, type Shift } from './troubles.js';
import { keyOf, lineOf, openWorld, type TeamWorld } from './world.js';

export interface Outcome {
  readonly seed: number;
  /** What did not hold; empty when everything did. */
  readonly violations: readonly string[];
  /** What happened, and how often. */
  readonly happened: Readonly<Record<string, number>>;
  /** A hash over every request and every changed cell of the disturbed world. */
  readonly trace: string;
  /** Everything that happened, line by line. */
  tell(): readonly string[];
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const SETTLE_SECONDS = 90;
const TIMEZONE = 'Europe/London';

interface Simulation extends Stage {
  readonly seed: number;
  readonly aim: Aim;
  readonly cut: Cut | undefined;
  readonly cuts: Cutting;
  readonly twin: { readonly world: TeamWorld; readonly config: Config; readonly state: State };
  /** Lines of tasks that took edits while runs were on: what they say may differ from the twin's. */
  readonly exempt: Set<string>;
  readonly windows: Window[];
  readonly violations: string[];
  readonly notes: Note[];
  /** Something may have landed after everybody had given it up, so that drafts nobody will ever see can be left. */
  late: boolean;
  count(what: string, times?: number): void;
}

export interface Options {
  /** The protection that is needed on most days of this run. */
  readonly aim?: Cut | undefined;
  /** The protection that is void. */
  readonly cut?: Cut | undefined;
}

/** Runs one seed. */
export async function simulate(seed: number, options: Options = {}): Promise<Outcome> {
  const dice = diceFor(`${seed} days`);
  const happened: Record<string, number> = {};
  const simulation = begin(seed, dice.chance(0.5) ? 'notion' : 'airtable', options, (what, times = 1) => {
    happened[what] = (happened[what] ?? 0) + times;
  });
  const { world, twin, shared, violations, count } = simulation;
  const days = dice.whole(2, 3);
  for (let day = 0; day < days && violations.length === 0; day += 1) {
    await liveThrough(simulation, day, day === days - 1);
    await world.time.sleep((dice.chance(0.15) ? 14 : dice.whole(1, 5)) * DAY);
  }
  for (const [kind, times] of Object.entries(world.sandbox.faultsFired())) count(`fault: ${kind}`, times);
  count('lease: refused', shared.refused());
  count('lease: lost', shared.expired());
  for (const { time } of [world, twin.world]) time.end();
  return { seed, violations, happened, trace: traceOf(world), tell: () => tellStory(world, simulation.notes) };
}

function begin(seed: number, tasksIn: Tool, { aim, cut }: Options, count: Simulation['count']): Simulation {
  const world = openWorld(tasksIn);
  const twin = openWorld(tasksIn);
  const cuts = cutting(cut);
  return {
    seed,
    aim: aimAt(aim),
    cut,
    cuts,
    world,
    config: configurationFor(tasksIn, cuts.settle ? 0 : SETTLE_SECONDS),
    shared: createShared(world.time, { lease: cuts.lease, intents: cuts.intent }),
    fetch: cuts.through(world.sandbox.fetch),
    latency: diceFor(`${seed} latency`),
    jitter: diceFor(`${seed} jitter`),
    twin: { world: twin, config: configurationFor(tasksIn, SETTLE_SECONDS), state: createMemoryState(twin.time) },
    exempt: new Set(),
    windows: [],
    violations: [],
    notes: [],
    late: false,
    count,
  };
}

const configurations = new Map<string, Config>();
function configurationFor(tasksIn: Tool, settleSeconds: number): Config {
  const name = `${tasksIn} ${settleSeconds}`;
  const config = configurations.get(name) ?? configuration(tasksIn, settleSeconds);
  configurations.set(name, config);
  return config;
}

function traceOf({ sandbox }: TeamWorld): string {
  const text = JSON.stringify([sandbox.log(), sandbox.audit()]);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function note({ notes, world }: Simulation, text: string): void {
  notes.push({ at: world.time.now(), text });
}

async function liveThrough(simulation: Simulation, day: number, last: boolean): Promise<void> {
  const { seed, world, twin } = simulation;
  const { time } = world;
  const asOf = dayOf(new Date(time.now()).toISOString(), TIMEZONE) ?? '';
  await meet(simulation);
  people(simulation, diceFor(`${seed} people ${day}`), day, asOf);
  // What people did is in every index before anything runs.
  await time.sleep(HOUR);
  await blunder(simulation, diceFor(`${seed} blunder ${day}`), asOf);

  const [changes, requests] = [world.changes().length, world.sandbox.log().length];
  const columns = snapshotColumns(world);
  const names = nameTasks(world);
  await trouble(simulation, diceFor(`${seed} trouble ${day}`), day, asOf);
  // What was still under way does its damage first: a slow request of a process that is dead can delete a column yet.
  await time.sleep((LATE_SECONDS + 1) * 1000);
  const meanwhile = world.changes(changes);
  if (isDamaged(world, requests)) await mend(world, columns);
  if (hasFired(world, requests, 'column-retyped')) forget(simulation);

  await meet(simulation);
  await runInPeace(twin, asOf);
  const touched = replay(meanwhile, { world, names }, twin.world);
  for (const line of touched) simulation.exempt.add(line);
  if (touched.length > 0) await runInPeace(twin, asOf);

  const rest = diceFor(`${seed} rest ${day}`);
  await time.sleep(rest.chance(0.1) ? 26 * HOUR : rest.whole(10, 90) * MINUTE);
  await recover(simulation, asOf, last);
  if (simulation.violations.length > 0) simulation.violations.unshift(`on ${asOf}, day ${day + 1}`);
}

/**
 * What cannot be read is judged so and told in tasks, rightly, and the twin has seen none of it. With the column the
 * statuses are mended that the next ones would hold on to, and what was told of its cells is no more than told.
 */
function forget({ world, twin, exempt }: Simulation): void {
  for (const { rows, edit } of [world, twin.world]) {
    for (const { id } of rows('partners')) edit('partners', id, { Status: null, Tandem: null });
  }
  for (const row of world.rows('tasks')) {
    const line = lineOf(keyOf(row) ?? '');
    if (line.startsWith('data-hygiene ')) exempt.add(line);
  }
}

/** The twin lives at the same time. */
async function meet({ world, twin }: Simulation): Promise<void> {
  await twin.world.time.sleep(Math.max(0, world.time.now() - twin.world.time.now()));
}

/** People do what they do, in both worlds. */
function people(simulation: Simulation, dice: Dice, day: number, today: string): void {
  const { world, twin, aim, cut } = simulation;
  const acts: Act[] = [];
  const busy = dice.whole(0, 5);
  for (let n = 0; n < busy; n += 1) {
    const drawn = drawAct({ world, dice, today, serial: 100 + day * 10 + n }, aim.acts);
    if (drawn === undefined) continue;
    drawn.act(world);
    acts.push(drawn.act);
    note(simulation, drawn.name);
    simulation.count(`act: ${drawn.name}`);
  }
  for (const act of acts) act(twin.world);
  if (cut === 'ownership') forgeStamps(world);
}

/** Somebody empties a column by mistake and fills it again: a run in between must not take it for the truth. */
async function blunder(simulation: Simulation, dice: Dice, asOf: string): Promise<void> {
  const { world, aim, cut, count, violations } = simulation;
  if (aim.blunders !== true && !dice.chance(0.15)) return;
  const filled = world.rows('kpis').map(({ id, values }) => ({ id, Actual: Number(values.Actual ?? 0) }));
  for (const { id } of filled) world.edit('kpis', id, { Actual: null });
  await world.time.sleep(HOUR);
  const before = world.changes().length;
  const planned = await planOnce(simulation, asOf);
  if (planned.report.plan.summary.guard.stopped) {
    count('guard: stopped');
    await runOnce(simulation, { asOf, allowMassChange: cut === 'guard' });
  }
  const written = world.changes(before).length;
  if (written > 0) violations.push(`${written} cells were written although the plan was too large to be a day's work`);
  for (const { id, Actual } of filled) world.edit('kpis', id, { Actual });
  await world.time.sleep(HOUR);
}

/** Workers run through everything the script and their fates hold for them. */
async function trouble(simulation: Simulation, dice: Dice, day: number, asOf: string): Promise<void> {
  const { seed, aim, world, shared, count } = simulation;
  const loses = dice.chance(0.15);
  const script = drawScript(`${seed} ${day}`, dice, world, aim);
  // A state that is lost while queries lag leaves nothing to tell a new task from an old one: two faults at once.
  const lag = loses ? 0 : (script.indexLag ?? 0);
  await world.rehearse({ ...script, indexLag: lag });
  note(simulation, `trouble begins: ${JSON.stringify({ ...script, indexLag: lag })}`);
  if (lag > 0) count('fault: index lag');
  const workers = drawShifts(dice, world.tasksIn, aim);
  const loss = loses ? [lose(simulation, dice.whole(0, 240_000))] : [];
  await Promise.all([...workers.map((shifts) => work(simulation, shifts, asOf)), ...loss]);
  await world.rehearse(undefined);
  note(simulation, 'trouble ends');
  const fired = new Set(world.sandbox.log().flatMap(({ faults }) => faults ?? []));
  simulation.late ||= fired.has('late') || fired.has('slow');
  async function lose({ world: { time } }: Simulation, after: number): Promise<void> {
    await time.sleep(after);
    shared.lose();
    simulation.late = true;
    note(simulation, 'the state is lost');
    count('fault: state lost');
  }
}

const PATIENCE = 14;

/** One worker: run after run, each of them a process of its own. */
async function work(simulation: Simulation, shifts: readonly Shift[], asOf: string): Promise<void> {
  const { world, count, violations, windows } = simulation;
  for (const { after, fate } of shifts) {
    await world.time.sleep(after);
    for (let tries = 0; tries < PATIENCE; tries += 1) {
      const ending = await runOnce(simulation, { asOf, fate, allowMassChange: true });
      if (ending.kind !== 'refused') {
        if (ending.kind === 'broken') violations.push(`a run broke: ${String(ending.error)}`);
        else {
          for (const what of ending.suffered) count(`process: ${what}`);
          if (ending.suffered.includes('held up')) simulation.late = true;
          windows.push({ begun: ending.begun, ended: world.time.now() });
          note(
            simulation,
            `a run of ${timeOf(ending.begun)} is ${ending.kind}: ${ending.suffered.join(', ') || 'undisturbed'}`,
          );
        }
        break;
      }
      await world.time.sleep(6_000);
    }
  }
}

/** One clean run mends everything, and the one after it finds nothing to do. */
async function recover(simulation: Simulation, asOf: string, twice: boolean): Promise<void> {
  const { world, twin, violations, cuts, exempt, config, windows } = simulation;
  const begun = world.time.now();
  const ending = await runOnce(simulation, { asOf, allowMassChange: true });
  windows.push({ begun, ended: world.time.now() });
  note(simulation, `the clean run of ${timeOf(begun)} is ${ending.kind}`);
  if (ending.kind !== 'done') {
    violations.push(`the clean run ended as ${JSON.stringify(ending, Object.keys({ ...ending, message: '' }))}`);
    return;
  }
  const { exitCode, report } = ending.result;
  if (exitCode !== 0) violations.push(`the clean run ended with ${exitCode}: ${JSON.stringify(report.errors)}`);
  if (twice) {
    await world.time.sleep(10 * MINUTE);
    const before = world.sandbox.log().length;
    await runOnce(simulation, { asOf, allowMassChange: true });
    const writes = world.sandbox
      .log()
      .slice(before)
      .filter(({ write }) => write);
    if (writes.length > 0) violations.push(`the run after it wrote: ${JSON.stringify(writes)}`);
  }
  violations.push(
    ...duplicates(world, cuts.draft),
    ...trespasses(world, config),
    ...lostEdits(world, config, windows, LONGEST_LAG * 1000),
    ...revived(world),
    ...differences(world, twin.world, exempt),
  );
  const left = strays(world);
  if (left.length > 0) {
    simulation.count('drafts left', left.length);
    if (!simulation.late) violations.push(`drafts were left: ${left.map(({ values }) => values.Key).join(', ')}`);
  }
}
