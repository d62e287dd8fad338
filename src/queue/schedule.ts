/**
 * One scheduler per workspace, whose jobs only ask for a run. Schedulers live in Redis and vanish with it, without
 * any event when it is flushed, so they are registered again at every connect and by a timer.
 */
import { type Job, Queue, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { askRedis } from '../state/redis.js';
import { listen, messageOf, placeOf, type QueueLog, type Stoppable } from './connection.js';
import { JOBS, type JobPayload, schedulerIdOf } from './jobs.js';

const REGISTER_AT_LEAST_MS = 60_000;

type TickQueue = Queue<JobPayload, void, string>;

export interface ScheduleOptions {
  readonly workspaces: readonly string[];
  readonly everyMs: number;
  readonly logger: QueueLog;
  readonly enqueue: (workspace: string) => Promise<void>;
}

/** Registers the schedules, the first tick of each being due now, and works on their ticks. */
export async function startScheduler(client: Redis, options: ScheduleOptions): Promise<Stoppable> {
  const { logger, enqueue } = options;
  const ticks: TickQueue = listen(new Queue(JOBS.tick.queue, placeOf(client)), logger);
  try {
    await removeUnknown(ticks, options);
    await register(ticks, options);
  } catch (error) {
    await ticks.close();
    throw error;
  }
  const registerAgain = (): void => {
    register(ticks, options).catch((error: unknown) => {
      logger.warn({ detail: messageOf(error) }, 'the schedules could not be registered; it is tried again');
    });
  };
  const work = ({ data }: Job<JobPayload, void, string>) => enqueue(JOBS.tick.payload.parse(data).workspace);
  const worker = listen(new Worker<JobPayload, void>(JOBS.tick.queue, work, placeOf(client)), logger);
  const timer = setInterval(registerAgain, Math.min(options.everyMs, REGISTER_AT_LEAST_MS));
  timer.unref();
  client.on('ready', registerAgain);
  return {
    stop: async (force) => {
      clearInterval(timer);
      client.off('ready', registerAgain);
      await worker.close(force);
      await ticks.close();
    },
  };
}

async function register(ticks: TickQueue, { workspaces, everyMs }: ScheduleOptions): Promise<void> {
  for (const workspace of workspaces) {
    const template = { name: 'tick', data: JOBS.tick.payload.parse({ workspace }), opts: JOBS.tick.options };
    await askRedis(ticks.upsertJobScheduler(schedulerIdOf(workspace), { every: everyMs }, template));
  }
}

/** Schedulers outlive the configuration that made them. One removed here by mistake is registered again by its owner. */
async function removeUnknown(ticks: TickQueue, { workspaces, logger }: ScheduleOptions): Promise<void> {
  const known = new Set(workspaces.map(schedulerIdOf));
  for (const { key } of await askRedis(ticks.getJobSchedulers())) {
    if (known.has(key)) continue;
    logger.info({ scheduler: key }, 'schedule of a workspace that is not configured removed');
    await askRedis(ticks.removeJobScheduler(key));
  }
}
