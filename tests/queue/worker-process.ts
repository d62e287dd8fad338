/**
 * A worker process of its own: takes a job, says so, and does not finish it before it is told to stop. After SIGTERM
 * it closes its runtime and does nothing else to end.
 */
import { startRuntime } from '../../src/queue/runtime.js';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

const runtime = await startRuntime({
  redisUrl: process.env.TEST_REDIS_URL ?? '',
  workspaces: ['hanbit'],
  everyMs: 3_600_000,
  logger: silent,
  closing: { finishMs: 200, parkMs: 1000 },
  reconcile: (_workspace, { attempt, signal }) => {
    process.stdout.write(`${JSON.stringify({ attempt })}\n`);
    return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  },
});
process.once('SIGTERM', () => void runtime.close());
