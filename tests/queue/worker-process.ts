/** A worker process to kill: takes one job, says so, and never finishes it. */
import { startRuntime } from '../../src/queue/runtime.js';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

await startRuntime({
  redisUrl: process.env.TEST_REDIS_URL ?? '',
  workspaces: ['hanbit'],
  everyMs: 3_600_000,
  logger: silent,
  parts: { worker: true, scheduler: false },
  reconcile: (_workspace, { attempt }) => {
    process.stdout.write(`${JSON.stringify({ attempt })}\n`);
    return new Promise(() => undefined);
  },
});
