/** `tandem worker`: the BullMQ workers and the schedule, for one or more workspaces, until SIGTERM. */
import { type App, createApp } from '../app.js';
import { systemClock } from '../clock.js';
import { TandemError } from '../errors.js';
import type { Progress } from '../pipeline/world.js';
import { type Runtime, startRuntime } from '../queue/runtime.js';
import { createRedisState } from '../state/redis.js';
import { type Environment, interruptible, openJournal, openLog, parseDay, readConfig } from './workspace.js';

export interface WorkerOptions {
  readonly config?: readonly string[];
  readonly asOf?: string;
  readonly every?: string;
  /** Which parts this process runs. */
  readonly parts: 'all' | 'reconcile' | 'scheduler';
  /** The network, for processes that observe their own calls. */
  readonly fetch?: typeof fetch;
}

const DEFAULT_EVERY = '900';

/**
 * Runs until interrupted, then finishes or parks active work and ends the process, all within 25 seconds. A call
 * nobody waits for any more would keep the process for another minute.
 */
export async function runWorkerToExit(options: WorkerOptions, env: Environment): Promise<never> {
  const signal = interruptible();
  const worker = await startWorker(options, env);
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await worker.close();
  process.exit(0);
}

/** Starts the parts of a worker process; `close` stops them and lets go of Redis. */
export async function startWorker(options: WorkerOptions, env: Environment): Promise<Pick<Runtime, 'close'>> {
  const redisUrl = env.REDIS_URL;
  if (redisUrl === undefined || redisUrl === '') {
    throw new TandemError('redis-missing', 'The workers need Redis, and REDIS_URL is not set.');
  }
  const files = options.config ?? [undefined];
  const configs = files.map((file) => readConfig(file, env));
  const logger = openLog(configs, env, 'info');
  // Checked before the state is opened: a connection to Redis that nobody closes would keep the process.
  const asOf = options.asOf === undefined ? {} : { asOf: parseDay(options.asOf) };
  const every = everyMs(options.every ?? DEFAULT_EVERY);
  const journal = openJournal(env);
  const state = await createRedisState({
    url: redisUrl,
    onWarning: (warning) => logger.warn(warning),
  });
  const apps = new Map<string, App>(
    configs.map((config) => [
      config.workspace,
      createApp({
        config,
        state,
        clock: systemClock,
        fetch: options.fetch ?? globalThis.fetch,
        random: Math.random,
        logger,
        journal,
        ...asOf,
      }),
    ]),
  );
  const runtime = await startRuntime({
    redisUrl,
    workspaces: [...apps.keys()],
    everyMs: every,
    parts: { worker: options.parts !== 'scheduler', scheduler: options.parts !== 'reconcile' },
    logger,
    reconcile: async (workspace, { signal, progress }) => {
      const app = apps.get(workspace);
      if (app === undefined) throw new TandemError('internal', `Workspace "${workspace}" is not configured here.`);
      const { report, exitCode } = await app.sync({
        signal,
        onProgress: (at) => progress(stageOf(at)),
        allowMassChange: false,
        remembers: true,
      });
      return { exitCode, runId: report.runId, ...report.applied };
    },
  });
  return {
    close: async () => {
      await runtime.close();
      await Promise.all([state.close(), journal.close()]);
    },
  };
}

function everyMs(text: string): number {
  const seconds = Number(text);
  if (!Number.isFinite(seconds) || seconds < 1) throw new TandemError('usage', `"${text}" is not a number of seconds.`);
  return seconds * 1000;
}

/** The stage of a run in figures, as its job shows it. */
function stageOf(at: Progress): { readonly stage: string; readonly done: number; readonly total: number } {
  switch (at.stage) {
    case 'read':
      return { stage: at.stage, done: at.sourcesDone, total: at.sources };
    case 'assess':
      return { stage: at.stage, done: at.rows, total: at.rows };
    case 'write':
      return { stage: at.stage, done: at.done, total: at.total };
  }
}
