/**
 * The running queue: start, work, shutdown. What becomes of a job is decided in verdict.ts and carried out here;
 * when runs are asked for is in schedule.ts.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { DelayedError, type Job, Queue, UnrecoverableError, Worker, type WorkerOptions } from 'bullmq';
import type { Redis } from 'ioredis';
import { TandemError } from '../errors.js';
import { askRedis } from '../state/redis.js';
import {
  type Closing,
  listen,
  messageOf,
  openQueueConnection,
  placeOf,
  type QueueLog,
  type Stoppable,
} from './connection.js';
import { deduplicationOf, JOBS, type JobPayload } from './jobs.js';
import { startScheduler } from './schedule.js';
import { decide, type JobResult, type Reconcile, type RunContext, type Verdict } from './verdict.js';

/** A dead worker's job is seen by another one within a lock and two checks: 25 s. */
const WORKER = {
  lockDuration: 15_000,
  stalledInterval: 5000,
  maxStalledCount: 3,
  maxStartedAttempts: 50,
  metrics: { maxDataPoints: 60 * 24 },
} as const satisfies Partial<WorkerOptions>;

const CONCURRENCY = 20;
const DEFAULT_CLOSING: Closing = { finishMs: 20_000, parkMs: 3000 };
/** For putting the last job back, and for closing connections after it. */
const PARK_CALL_MS = 500;
const DISCONNECT_MS = 1000;

export interface RuntimeOptions {
  readonly redisUrl: string;
  /** Workspaces this process has a configuration for. */
  readonly workspaces: readonly string[];
  readonly reconcile: Reconcile;
  /** Time between two runs of a workspace. */
  readonly everyMs: number;
  readonly logger: QueueLog;
  /** Runs at once in this process; 20 unless told. */
  readonly concurrency?: number;
  /** What this process does: both unless told. With neither it only enqueues. */
  readonly parts?: { readonly worker: boolean; readonly scheduler: boolean };
  /** How long `close` lets runs finish, and how long it then waits for them to stop: 20 s and 3 s unless told. */
  readonly closing?: Closing;
}

export interface Runtime {
  /** Asks for a run of a workspace. Throws `redis-unavailable` after five seconds without an answer. */
  enqueue(workspace: string): Promise<void>;
  /**
   * Takes no more jobs, lets active ones finish, then stops them and puts them back for another process without
   * spending an attempt. Done within 25 s, also when Redis is gone. Calling it again waits for the same end.
   */
  close(): Promise<void>;
}

type ReconcileQueue = Queue<JobPayload, JobResult, string>;
type ReconcileJob = Job<JobPayload, JobResult, string>;

/** Adds a run of a workspace, or lets one that waits already stand for it. */
export async function enqueueReconcile(queue: ReconcileQueue, workspace: string): Promise<void> {
  const payload = JOBS.reconcile.payload.parse({ workspace });
  const options = { ...JOBS.reconcile.options, deduplication: deduplicationOf(payload) };
  await askRedis(queue.add('reconcile', payload, options));
}

/** Connects, starts the parts and resolves when they are ready. Throws `redis-unavailable` or `redis-policy`. */
export async function startRuntime(options: RuntimeOptions): Promise<Runtime> {
  const { logger, parts = { worker: true, scheduler: true } } = options;
  const client = await openQueueConnection(options.redisUrl, (message) => logger.warn({}, message));
  const queue: ReconcileQueue = listen(new Queue(JOBS.reconcile.queue, placeOf(client)), logger);
  const enqueue = (workspace: string) => enqueueReconcile(queue, workspace);
  const running: Stoppable[] = [];
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closed ??= closeAll(client, queue, running, options.closing ?? DEFAULT_CLOSING);
    return closed;
  };
  try {
    if (parts.worker) running.push(await startWorker(client, queue, options));
    if (parts.scheduler) running.push(await startScheduler(client, { ...options, enqueue }));
  } catch (error) {
    await close();
    throw error;
  }
  return { enqueue, close };
}

async function closeAll(
  client: Redis,
  queue: ReconcileQueue,
  running: readonly Stoppable[],
  { finishMs, parkMs }: Closing,
): Promise<void> {
  await within(
    finishMs + parkMs + PARK_CALL_MS,
    Promise.allSettled(running.map((part) => part.drain?.({ finishMs, parkMs }))),
  );
  // A worker that is not forced waits for its connections to close, which they never do while Redis is gone.
  const force = client.status !== 'ready';
  await within(
    DISCONNECT_MS,
    Promise.allSettled(running.map((part) => part.stop(force))).then(() => queue.close()),
  );
  client.disconnect();
}

/** Resolves when the work ends in any way, or after `ms`. */
async function within(ms: number, work: Promise<unknown>): Promise<void> {
  const enough = new AbortController();
  const late = delay(ms, undefined, { signal: enough.signal }).catch(() => undefined);
  await Promise.race([work.catch(() => undefined), late]);
  enough.abort();
}

async function startWorker(client: Redis, queue: ReconcileQueue, options: RuntimeOptions): Promise<Stoppable> {
  const { logger, reconcile } = options;
  const [closing, stopping, abandoned] = [new AbortController(), new AbortController(), new AbortController()];
  const surroundings = {
    reconcile,
    workspaces: new Set(options.workspaces),
    closing: closing.signal,
    stopping: stopping.signal,
    abandoned: abandoned.signal,
  };
  const work = async (job: ReconcileJob): Promise<JobResult> => {
    const progress = reportStage(job, logger);
    const verdict = await decide(job.data, surroundings, { progress, attempt: job.attemptsMade + 1 });
    logVerdict(logger, job, verdict);
    return carryOut(queue, job, verdict);
  };
  const active = new Set<Promise<unknown>>();
  const track = (job: ReconcileJob): Promise<JobResult> => {
    const run = work(job).finally(() => active.delete(run));
    active.add(run);
    return run;
  };
  const settings = { ...placeOf(client), ...WORKER, concurrency: options.concurrency ?? CONCURRENCY };
  const worker = listen(new Worker<JobPayload, JobResult>(JOBS.reconcile.queue, track, settings), logger);
  worker.on('stalled', (job) => logger.warn({ job }, 'the worker of a job is gone; the job runs again'));
  await askRedis(worker.waitUntilReady()).catch(async (error: unknown) => {
    await worker.close(true);
    throw error;
  });
  return {
    drain: async ({ finishMs, parkMs }) => {
      closing.abort();
      await worker.pause(true);
      const timers = [
        setTimeout(() => stopping.abort(new TandemError('aborted', 'This process is shutting down.')), finishMs),
        setTimeout(() => abandoned.abort(), finishMs + parkMs),
      ];
      await Promise.allSettled(active);
      for (const timer of timers) clearTimeout(timer);
    },
    stop: (force) => worker.close(force),
  };
}

async function carryOut(queue: ReconcileQueue, job: ReconcileJob, verdict: Verdict): Promise<JobResult> {
  switch (verdict.kind) {
    case 'done':
      return verdict.result;
    case 'retry':
      throw verdict.error;
    case 'give-up':
      throw new UnrecoverableError(`${verdict.error.code}: ${verdict.error.message}`);
    case 'later': {
      // A job that started too often fails for good, which is meant for jobs that kill their worker and not for
      // those that wait. It is followed by a fresh one instead.
      if (job.attemptsStarted >= WORKER.maxStartedAttempts - 1) {
        await enqueueReconcile(queue, job.data.workspace);
        return { handedOver: true };
      }
      await job.moveToDelayed(Date.now() + verdict.inMs, job.token);
      throw new DelayedError();
    }
  }
}

/** How often the figures within a stage are written down. */
const FIGURES_EVERY_MS = 200;

/** Writes the stage down when it changes or is done, and its figures now and then. A run never waits for that, nor fails over it. */
function reportStage(job: ReconcileJob, logger: QueueLog): RunContext['progress'] {
  let last: { readonly stage: string; readonly at: number } | undefined;
  return (progress) => {
    const now = performance.now();
    const complete = progress.done !== undefined && progress.done === progress.total;
    const news = last?.stage !== progress.stage || complete || now - last.at >= FIGURES_EVERY_MS;
    if (!news) return;
    last = { stage: progress.stage, at: now };
    job.updateProgress({ ...progress }).catch((error: unknown) => {
      logger.warn({ job: job.id, detail: messageOf(error) }, 'the stage of a job could not be written down');
    });
  };
}

function logVerdict(logger: QueueLog, job: ReconcileJob, verdict: Verdict): void {
  const workspace = JOBS.reconcile.payload.safeParse(job.data).data?.workspace;
  const details = { job: job.id, workspace, attempt: job.attemptsMade + 1 };
  if (verdict.kind === 'done') {
    logger.info(details, 'job done');
  } else if (verdict.kind !== 'later') {
    const { code, message } = verdict.error;
    logger.error({ ...details, verdict: verdict.kind, code, detail: message }, 'job failed');
  } else if (verdict.why === 'stopping') {
    logger.info(details, 'job put back: this process is shutting down');
  } else if (verdict.why !== 'unknown-workspace') {
    logger.info({ ...details, inMs: verdict.inMs, code: verdict.why.code }, 'job waits');
  } else if (job.attemptsStarted === 1) {
    // Once per job: it comes back every few seconds until a process that knows the workspace takes it.
    logger.warn(details, 'no configuration here for this workspace; left to another process');
  }
}
