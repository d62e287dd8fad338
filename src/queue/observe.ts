/** Asking the queue for a run and watching it from outside: for a command that waits for workers elsewhere. */
import { Queue, QueueEvents } from 'bullmq';
import { z } from 'zod';
import { TandemError } from '../errors.js';
import { openQueueConnection } from './connection.js';
import { JOBS, JobPayload, QUEUE_PREFIX } from './jobs.js';
import { enqueueReconcile } from './runtime.js';

const StageProgress = z.object({ stage: z.string(), done: z.number().optional(), total: z.number().optional() });
/** Where a run is, as far as its job tells. */
export type StageProgress = z.infer<typeof StageProgress>;

export interface RunObserver {
  /** Asks for a run and resolves when one that began afterwards is done. Throws when its job fails for good. */
  run(
    workspace: string,
    options: { readonly signal: AbortSignal; readonly onProgress: (progress: StageProgress) => void },
  ): Promise<void>;
  close(): Promise<void>;
}

/** Connects to the queue as an observer; runs nothing itself. */
export async function observeRuns(options: { readonly redisUrl: string }): Promise<RunObserver> {
  const client = await openQueueConnection(options.redisUrl, () => undefined);
  const shared = { connection: client, prefix: QUEUE_PREFIX };
  const queue = new Queue<JobPayload>(JOBS.reconcile.queue, shared);
  const events = new QueueEvents(JOBS.reconcile.queue, shared);
  queue.on('error', () => undefined);
  events.on('error', () => undefined);
  await events.waitUntilReady();

  const isOf = async (jobId: string, workspace: string): Promise<boolean> => {
    const job = await queue.getJob(jobId);
    const payload = JobPayload.safeParse(job?.data);
    return payload.success && payload.data.workspace === workspace;
  };

  return {
    run: (workspace, { signal, onProgress }) =>
      new Promise<void>((resolve, reject) => {
        // A run that was active when this was asked may have read the world before.
        const begun = new Set<string>();
        const listeners = {
          active: ({ jobId }: { jobId: string }) => void begun.add(jobId),
          progress: ({ jobId, data }: { jobId: string; data: unknown }) => {
            const progress = StageProgress.safeParse(data);
            if (!progress.success) return;
            isOf(jobId, workspace).then((own) => own && onProgress(progress.data), end(reject));
          },
          completed: ({ jobId }: { jobId: string }) => {
            if (begun.has(jobId)) isOf(jobId, workspace).then((own) => own && end(resolve)(), end(reject));
          },
          failed: ({ jobId, failedReason }: { jobId: string; failedReason: string }) => {
            const error = new TandemError('upstream-unavailable', `The run of "${workspace}" failed: ${failedReason}`);
            isOf(jobId, workspace).then((own) => own && end(reject)(error), end(reject));
          },
        };
        const onAbort = () => end(reject)(signal.reason);
        function end<T extends unknown[]>(settle: (...result: T) => void): (...result: T) => void {
          return (...result) => {
            events.off('active', listeners.active);
            events.off('progress', listeners.progress);
            events.off('completed', listeners.completed);
            events.off('failed', listeners.failed);
            signal.removeEventListener('abort', onAbort);
            settle(...result);
          };
        }
        events.on('active', listeners.active);
        events.on('progress', listeners.progress);
        events.on('completed', listeners.completed);
        events.on('failed', listeners.failed);
        signal.addEventListener('abort', onAbort, { once: true });
        enqueueReconcile(queue, workspace).catch(end(reject));
      }),
    close: async () => {
      await Promise.allSettled([events.close(), queue.close()]);
      client.disconnect();
    },
  };
}
