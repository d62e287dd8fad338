/** A team and the Tandem that works for it, with a real Redis, run after run; what each run took. */
import { Redis } from 'ioredis';
import { createApp } from '../../src/app.js';
import type { Config } from '../../src/config/config.js';
import { createLogger } from '../../src/log.js';
import type { RunReport } from '../../src/pipeline/report.js';
import type { Progress } from '../../src/pipeline/world.js';
import { createRedisState } from '../../src/state/redis.js';
import { type MadeCall, openLine } from './line.js';
import type { Window } from './pace.js';
import { configOf, DAY, type Tool, tablesOf } from './team.js';

const TICK_MS = 15 * 60_000;

export interface Ran {
  readonly report: RunReport;
  readonly calls: readonly MadeCall[];
  readonly heap: number;
  readonly redisCommands: number;
  /** Rows of each entity as the run found them. */
  readonly rowsBefore: ReadonlyMap<string, number>;
}

export interface Stage {
  readonly tool: Tool;
  readonly size: number;
  readonly config: Config;
  /** The rate window that binds writes. */
  readonly window: Window;
  /** A run, a quarter of an hour after the one before; one that remembers follows another one that does. */
  run(remembers: boolean): Promise<Ran>;
  close(): Promise<void>;
}

export async function openStage(tool: Tool, size: number, redisUrl: string): Promise<Stage> {
  const { client, commands, waiting } = await countingRedis(redisUrl);
  await client.flushall();
  const line = openLine(tablesOf(tool, size), () => waiting() > 0);
  const state = await createRedisState({ client });
  const config = configOf(tool, 'http://127.0.0.1:1');
  const logger = createLogger({ level: 'silent', secrets: [], write: () => undefined });
  const { fetch, clock } = line;
  const app = createApp({ config, state, clock, fetch, random: () => 0.5, logger, asOf: DAY });
  const { limits } = config.connections[tool] ?? {};
  if (limits === undefined) throw new Error(`no connection to ${tool}`);

  const once = async (remembers: boolean): Promise<Ran> => {
    await clock.sleep(TICK_MS);
    line.take();
    const before = { heap: heapNow(), commands: commands() };
    let most = before.heap;
    let looked = '';
    const onProgress = ({ stage }: Progress): void => {
      if (stage !== looked) most = Math.max(most, heapNow());
      looked = stage;
    };
    const signal = new AbortController().signal;
    const { report, exitCode } = await app.sync({ signal, allowMassChange: true, remembers, onProgress });
    most = Math.max(most, heapNow());
    if (exitCode !== 0) throw new Error(`a run ended with ${exitCode}: ${JSON.stringify(report.errors.slice(0, 3))}`);
    const redisCommands = commands() - before.commands;
    const rowsBefore = new Map<string, number>(Object.entries(report.rows));
    return { report, calls: line.take(), heap: most - before.heap, redisCommands, rowsBefore };
  };
  return {
    tool,
    size,
    config,
    window: 'perBase' in limits ? limits.perBase : limits.perToken,
    run: async (remembers) => {
      if (remembers) await once(true);
      return once(remembers);
    },
    close: async () => {
      await state.close();
      client.disconnect();
    },
  };
}

/** A client that counts its commands, and knows how many are unanswered. */
async function countingRedis(url: string) {
  const client = new Redis(url);
  let [count, open] = [0, 0];
  const send = client.sendCommand.bind(client);
  client.sendCommand = (command, stream) => {
    count += 1;
    open += 1;
    const settled = (): void => {
      open -= 1;
    };
    command.promise.then(settled, settled);
    return send(command, stream);
  };
  await client.ping();
  return { client, commands: () => count, waiting: () => open };
}

/** Bytes in use once what nobody holds is collected. */
function heapNow(): number {
  if (globalThis.gc === undefined) throw new Error('run it as `npm run bench`: Node needs --expose-gc');
  // What the first collection finalises the second one frees.
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
