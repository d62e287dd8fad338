/**
 * The running queue: workers, schedulers, shutdown. The only module that knows BullMQ; what becomes of a job is
 * decided in verdict.ts and carried out here.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { DelayedError, type Job, Queue, UnrecoverableError, Worker, type WorkerOptions } from 'bullmq';
import type { Redis } from 'ioredis';
import { TandemError } from '../errors.js';
import { askRedis } from '../state/redis.js';
import { openQueueConnection } from './connection.js';
import { deduplicationOf, JOBS, type JobPayload, QUEUE_PREFIX, schedulerIdOf } from './jobs.js';
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
const REGISTER_AT_LEAST_MS = 60_000;
const DEFAULT_CLOSING = { finishMs: 20_000, parkMs: 3000 };
/** For what is left to do in Redis after the last job. */
const DISCONNECT_MS = 1500;

/** Details first, then the message, as pino takes them. */
export interface QueueLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

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
  readonly closing?: { readonly finishMs: number; readonly parkMs: number };
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
  const [closing, stopping, abandoned] = [new AbortController(), new AbortController(), new AbortController()];
  const shared = { connection: client, prefix: QUEUE_PREFIX };
  const queue: ReconcileQueue = listen(new Queue(JOBS.reconcile.queue, shared), logger);
  const stops: (() => Promise<unknown>)[] = [];

  const { finishMs, parkMs } = options.closing ?? DEFAULT_CLOSING;
  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    closing.abort();
    const ended = Promise.allSettled(stops.map((stop) => stop())).then(() => queue.close());
    const timers = [
      setTimeout(() => stopping.abort(new TandemError('aborted', 'This process is shutting down.')), finishMs),
      setTimeout(() => abandoned.abort(), finishMs + parkMs),
    ];
    await Promise.race([ended, delay(finishMs + parkMs + DISCONNECT_MS, undefined, { ref: false })]).catch(
      () => undefined,
    );
    for (const timer of timers) clearTimeout(timer);
    client.disconnect();
  };

  try {
    if (parts.worker) {
      const signals = { closing: closing.signal, stopping: stopping.signal, abandoned: abandoned.signal };
      const worker = startWorker(queue, options, signals, shared);
      stops.push(() => worker.close());
      await askRedis(worker.waitUntilReady());
    }
    if (parts.scheduler) stops.push(...(await startScheduler(queue, options, client)));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    enqueue: (workspace) => enqueueReconcile(queue, workspace),
    close: () => {
      closed ??= close();
      return closed;
    },
  };
}

interface Shared {
  readonly connection: Redis;
  readonly prefix: string;
}

function startWorker(
  queue: ReconcileQueue,
  options: RuntimeOptions,
  signals: Pick<JobSurroundings, 'closing' | 'stopping' | 'abandoned'>,
  shared: Shared,
): Worker<JobPayload, JobResult> {
  const { logger, reconcile } = options;
  const surroundings = { ...signals, reconcile, workspaces: new Set(options.workspaces) };
  const work = async (job: ReconcileJob): Promise<JobResult> => {
    const progress = reportStage(job, logger);
    const verdict = await decide(job.data, surroundings, { progress, attempt: job.attemptsMade + 1 });
    logVerdict(logger, job, verdict);
    return carryOut(queue, job, verdict);
  };
  const settings = { ...shared, ...WORKER, concurrency: options.concurrency ?? CONCURRENCY };
  return listen(new Worker<JobPayload, JobResult>(JOBS.reconcile.queue, work, settings), logger);
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
    const news =
      last?.stage !== progress.stage || progress.done === progress.total || now - last.at >= FIGURES_EVERY_MS;
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

/**
 * One scheduler per workspace, whose jobs only enqueue. Schedulers live in Redis and vanish with it, without
 * any event when it is flushed, so they are registered again at every connect and by a timer.
 */
async function startScheduler(
  queue: ReconcileQueue,
  options: RuntimeOptions,
  client: Redis,
): Promise<(() => Promise<unknown>)[]> {
  const { logger, workspaces, everyMs } = options;
  const shared = { connection: client, prefix: QUEUE_PREFIX };
  const ticks: Queue<JobPayload, void, string> = listen(new Queue(JOBS.tick.queue, shared), logger);
  const stopTicks = () => ticks.close();

  const register = async (): Promise<void> => {
    for (const workspace of workspaces) {
      const data = JOBS.tick.payload.parse({ workspace });
      const template = { name: 'tick', data, opts: JOBS.tick.options };
      await askRedis(ticks.upsertJobScheduler(schedulerIdOf(workspace), { every: everyMs }, template));
    }
  };
  const registerAgain = (): void => {
    register().catch((error: unknown) => {
      logger.warn({ detail: messageOf(error) }, 'the schedules could not be registered; it is tried again');
    });
  };

  try {
    await removeUnknown(ticks, workspaces, logger);
    await register();
  } catch (error) {
    await stopTicks();
    throw error;
  }
  const enqueue = async ({ data }: Job<JobPayload, void, string>) =>
    enqueueReconcile(queue, JOBS.tick.payload.parse(data).workspace);
  const worker = listen(new Worker<JobPayload, void>(JOBS.tick.queue, enqueue, { ...shared, ...WORKER }), logger);
  const timer = setInterval(registerAgain, Math.min(everyMs, REGISTER_AT_LEAST_MS));
  timer.unref();
  client.on('ready', registerAgain);
  return [
    async () => {
      clearInterval(timer);
      client.off('ready', registerAgain);
      await worker.close();
      await stopTicks();
    },
  ];
}

/** Schedulers outlive the configuration that made them. One removed here by mistake is registered again by its owner. */
async function removeUnknown(
  ticks: Queue<JobPayload, void, string>,
  workspaces: readonly string[],
  logger: QueueLog,
): Promise<void> {
  const known = new Set(workspaces.map(schedulerIdOf));
  for (const { key } of await askRedis(ticks.getJobSchedulers())) {
    if (known.has(key)) continue;
    logger.info({ scheduler: key }, 'schedule of a workspace that is not configured removed');
    await askRedis(ticks.removeJobScheduler(key));
  }
}

/** Without a listener an error of a connection would end the process. */
function listen<T extends Queue | Worker>(part: T, logger: QueueLog): T {
  const onError = (error: unknown) => logger.warn({ queue: part.name, detail: messageOf(error) }, 'queue error');
  if (part instanceof Worker) {
    part.on('error', onError);
    part.on('stalled', (job) => logger.warn({ job }, 'the worker of a job is gone; the job runs again'));
  } else {
    part.on('error', onError);
  }
  return part;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
