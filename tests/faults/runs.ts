/** Runs of the application in a world of the simulation: disturbed by a fate, or in peace. */
import { createApp } from '../../src/app.js';
import type { Config } from '../../src/config/config.js';
import { TandemError } from '../../src/errors.js';
import { createLogger } from '../../src/log.js';
import type { RunResult } from '../../src/pipeline/world.js';
import type { State } from '../../src/ports.js';
import type { Dice } from './dice.js';
import { type Fate, Killed, startProcess } from './process.js';
import type { Shared } from './shared.js';
import type { TeamWorld } from './world.js';

const logger = createLogger({ level: 'silent', secrets: [], write: () => undefined });

export interface Stage {
  readonly world: TeamWorld;
  readonly config: Config;
  readonly shared: Shared;
  /** The way to the tools; what is cut there is cut for every process. */
  readonly fetch: typeof fetch;
  readonly latency: Dice;
  readonly jitter: Dice;
}

/** How a run ended. `refused`: another one was active. */
export type Ending =
  | { readonly kind: 'done'; readonly result: RunResult; readonly suffered: readonly string[]; readonly begun: number }
  | { readonly kind: 'refused' }
  | { readonly kind: 'killed' | 'failed'; readonly suffered: readonly string[]; readonly begun: number }
  /** Something was thrown that is no error of ours. */
  | { readonly kind: 'broken'; readonly error: unknown };

export interface RunAs {
  readonly asOf: string;
  readonly fate?: Fate;
  readonly allowMassChange: boolean;
}

/** One process makes one run, and whatever its fate is comes true. */
export async function runOnce(stage: Stage, { asOf, fate = {}, allowMassChange }: RunAs): Promise<Ending> {
  const { time } = stage.world;
  const begun = time.now();
  const process = startProcess(fate, { time, fetch: stage.fetch, latency: stage.latency });
  const app = createApp({
    config: stage.config,
    state: stage.shared.connect(process),
    clock: process.clock,
    fetch: process.fetch,
    random: stage.jitter.next,
    logger,
    asOf,
  });
  const running = app.sync({ signal: process.stop, allowMassChange });
  running.catch(() => undefined);
  try {
    const result = await Promise.race([running, process.death]);
    return { kind: 'done', result, suffered: process.suffered, begun };
  } catch (thrown) {
    const { suffered } = process;
    if (thrown instanceof Killed) return { kind: 'killed', suffered, begun };
    if (thrown instanceof TandemError && thrown.code === 'lease-held') return { kind: 'refused' };
    const expected = (thrown instanceof TandemError && thrown.code !== 'internal') || process.stop.aborted;
    return expected ? { kind: 'failed', suffered, begun } : { kind: 'broken', error: thrown };
  }
}

/** What a run would do now, in a process of its own that nothing happens to. */
export function planOnce(stage: Stage, asOf: string): Promise<RunResult> {
  const process = startProcess({}, { time: stage.world.time, fetch: stage.fetch, latency: stage.latency });
  return createApp({
    config: stage.config,
    state: stage.shared.connect(process),
    clock: process.clock,
    fetch: process.fetch,
    random: stage.jitter.next,
    logger,
    asOf,
  }).plan({ signal: process.stop });
}

export interface PeacefulTeam {
  readonly world: TeamWorld;
  readonly config: Config;
  readonly state: State;
}

/** A run nothing disturbs, of a world nobody else works on. A plan larger than a day of work is let through. */
export async function runInPeace({ world, config, state }: PeacefulTeam, asOf: string): Promise<void> {
  const app = createApp({
    config,
    state,
    clock: world.time,
    fetch: world.sandbox.fetch,
    random: () => 0,
    logger,
    asOf,
  });
  const { exitCode, report } = await app.sync({ signal: new AbortController().signal, allowMassChange: true });
  if (exitCode !== 0) throw new Error(`the twin ended with ${exitCode}: ${JSON.stringify(report.errors)}`);
}
