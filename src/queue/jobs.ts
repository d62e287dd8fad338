/**
 * The jobs there are: where each waits, what it carries, how it is tried again and what works on it. A job
 * carries the name of a workspace and nothing else; whoever works on it looks at the world as it is then.
 */
import { z } from 'zod';

/** Starts every key the queues have in Redis. */
export const QUEUE_PREFIX = 'td';

export const JobPayload = z.strictObject({
  // Ids of jobs and schedulers are made from it, and those may not hold a colon.
  workspace: z
    .string()
    .max(200)
    .regex(/^[^\s:]+$/),
});
export type JobPayload = z.infer<typeof JobPayload>;

interface JobDeclaration {
  readonly queue: string;
  readonly payload: z.ZodType<JobPayload>;
  readonly processor: 'reconcile-workspace' | 'enqueue-reconcile';
  readonly options: {
    readonly attempts: number;
    readonly backoff?: { readonly type: 'exponential'; readonly delay: number; readonly jitter: number };
    readonly removeOnComplete: { readonly age?: number; readonly count: number };
    readonly removeOnFail: { readonly age?: number; readonly count: number };
  };
}

const DAY_SECONDS = 86_400;

/**
 * Two queues: a scheduler cannot deduplicate what it adds, so its jobs only add the real ones. One queue for all
 * stages of a run, because "at most one active and one waiting" holds per queue.
 */
export const JOBS = {
  reconcile: {
    queue: 'reconcile',
    payload: JobPayload,
    processor: 'reconcile-workspace',
    options: {
      attempts: 5,
      backoff: { type: 'exponential', delay: 2000, jitter: 0.5 },
      removeOnComplete: { age: DAY_SECONDS, count: 1000 },
      removeOnFail: { age: 7 * DAY_SECONDS, count: 5000 },
    },
  },
  tick: {
    queue: 'tick',
    payload: JobPayload,
    processor: 'enqueue-reconcile',
    options: { attempts: 1, removeOnComplete: { count: 10 }, removeOnFail: { count: 10 } },
  },
} as const satisfies Record<string, JobDeclaration>;

/** While one is active, any number of adds becomes one more; while one waits, they become that one. */
export function deduplicationOf({ workspace }: JobPayload): { readonly id: string; readonly keepLastIfActive: true } {
  return { id: `reconcile-${workspace}`, keepLastIfActive: true };
}

export function schedulerIdOf(workspace: string): string {
  return `tick-${workspace}`;
}
