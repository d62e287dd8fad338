/** A Redis of its own, queues to look at from outside, and runtimes that are closed after each test. */
import { type Job, Queue } from 'bullmq';
import { afterEach, beforeEach, expect } from 'vitest';
import { type Runtime, type RuntimeOptions, startRuntime } from '../../src/queue/runtime.js';
import type { JobResult, RunContext } from '../../src/queue/verdict.js';
import { type TestRedis, useRedis } from '../support/redis.js';

export const HOUR = 3_600_000;
const QUICK = { finishMs: 200, parkMs: 200 };
const WORKER_ONLY = { worker: true, scheduler: false };

/** Runs of workspaces, held at a gate until a test lets them go. */
export interface Runs {
  readonly started: {
    workspace: string;
    attempt: number;
    context: RunContext;
    finish(result?: JobResult | Error): void;
  }[];
  readonly reconcile: RuntimeOptions['reconcile'];
}
export function heldRuns(): Runs {
  const started: Runs['started'] = [];
  const reconcile = (workspace: string, context: RunContext): Promise<JobResult> =>
    new Promise((resolve, reject) => {
      const finish = (result: JobResult | Error = {}) => (result instanceof Error ? reject(result) : resolve(result));
      started.push({ workspace, attempt: context.attempt, context, finish });
    });
  return { started, reconcile };
}

type JobState = 'delayed' | 'failed' | 'completed' | 'active' | 'waiting';

export interface QueueWorld {
  readonly redis: TestRedis;
  readonly logged: readonly { level: string; message: string }[];
  queue(): Queue;
  ticks(): Queue;
  /** A worker of `hanbit` without schedules, unless told otherwise. */
  start(options: Partial<RuntimeOptions> & Pick<RuntimeOptions, 'reconcile'>): Promise<Runtime>;
  /** The one job in a state, once it is there. */
  onlyJob(state: JobState): Promise<Job>;
}

export function useQueues(): QueueWorld {
  const redis = useRedis();
  const runtimes: Runtime[] = [];
  const logged: { level: string; message: string }[] = [];
  const queues: Queue[] = [];

  beforeEach(() => {
    for (const name of ['reconcile', 'tick']) {
      const queue = new Queue(name, { connection: redis.client(), prefix: 'td' });
      queue.on('error', () => undefined);
      queues.push(queue);
    }
  });
  afterEach(async () => {
    await Promise.all(runtimes.splice(0).map((runtime) => runtime.close()));
    await Promise.all(queues.splice(0).map((queue) => queue.close()));
    await redis.client().flushall();
    logged.length = 0;
  });

  const queue = () => queues[0]!;
  return {
    redis,
    logged,
    queue,
    ticks: () => queues[1]!,
    start: async (options) => {
      const log = (level: string) => (_details: object, message: string) => void logged.push({ level, message });
      const runtime = await startRuntime({
        redisUrl: redis.url(),
        workspaces: ['hanbit'],
        everyMs: HOUR,
        logger: { info: log('info'), warn: log('warn'), error: log('error') },
        parts: WORKER_ONLY,
        closing: QUICK,
        ...options,
      });
      runtimes.push(runtime);
      return runtime;
    },
    onlyJob: async (state) => {
      await expect.poll(() => queue().getJobCountByTypes(state), { timeout: 15_000 }).toBe(1);
      const [job] = await queue().getJobs([state]);
      if (job === undefined) throw new Error(`no ${state} job`);
      return job;
    },
  };
}
