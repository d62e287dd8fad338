import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, it } from 'vitest';
import { startRedis } from '../support/redis.js';
import { heldRuns, useQueues } from './queue-world.js';

const { redis, queue, start, onlyJob } = useQueues();
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

interface Gate {
  readonly open: Promise<void>;
  release(): void;
}
function gate(): Gate {
  let release = () => {};
  const open = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { open, release: () => release() };
}

/** Resolves when the process works on a job. */
async function startWorkerProcess(url: string): Promise<ChildProcess> {
  const program = new URL('worker-process.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, ['--import', 'tsx', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, TEST_REDIS_URL: url },
  });
  children.push(child);
  expect(await once(createInterface({ input: child.stdout }), 'line')).toEqual(['{"attempt":1}']);
  return child;
}

describe('the end of a worker', () => {
  it('by SIGKILL lets another one run its job, without spending an attempt', async () => {
    const child = await startWorkerProcess(redis.url());
    child.kill('SIGKILL');
    await once(child, 'exit');
    const runs = heldRuns();
    await start(runs);
    await expect.poll(() => runs.started.length, { timeout: 45_000 }).toBe(1);
    expect(runs.started[0]?.attempt).toBe(1);
    runs.started[0]?.finish();
    await onlyJob('completed');
  }, 60_000);

  it('by SIGTERM puts its job back and lets the process end', async () => {
    const child = await startWorkerProcess(redis.url());
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect((await onlyJob('delayed')).attemptsMade).toBe(0);
  }, 30_000);

  it('by SIGTERM lets the process end also when Redis is gone', async () => {
    const server = await startRedis();
    const child = await startWorkerProcess(server.url);
    await server.close();
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  }, 40_000);

  it('by close lets a run finish and takes no other', async () => {
    const runs = heldRuns();
    const runtime = await start({
      ...runs,
      workspaces: ['hanbit', 'daon'],
      closing: { finishMs: 20_000, parkMs: 1000 },
    });
    await runtime.enqueue('hanbit');
    await expect.poll(() => runs.started.length).toBe(1);
    await expect.poll(async () => String(await redis.client().client('LIST'))).toMatch(/flags=b .*cmd=bzpopmin/);
    const closed = runtime.close();
    await queue().add('reconcile', { workspace: 'daon' });
    // The worker was waiting for a job when it was closed: it is handed this one all the same, and puts it back.
    await onlyJob('delayed');
    runs.started[0]?.finish({ updated: 1 });
    await closed;
    expect((await onlyJob('completed')).returnvalue).toEqual({ updated: 1 });
    const [left, ...others] = await queue().getJobs(['waiting', 'delayed']);
    expect(left?.data).toEqual({ workspace: 'daon' });
    expect(left?.attemptsMade).toBe(0);
    expect(others).toEqual([]);
    expect(runs.started).toHaveLength(1);
  });

  it.each([
    { run: 'stops when told', obeys: true },
    { run: 'does not stop', obeys: false },
  ])(
    'by close puts a run back that $run, and another worker takes it at once',
    async ({ obeys }) => {
      const told = gate();
      const runtime = await start({
        reconcile: (_workspace, { signal }) =>
          new Promise((_, reject) => {
            signal.addEventListener('abort', () => {
              told.release();
              if (obeys) reject(signal.reason);
            });
          }),
      });
      await runtime.enqueue('hanbit');
      await onlyJob('active');
      await Promise.all([runtime.close(), runtime.close(), told.open]);
      const job = await onlyJob('delayed');
      expect(job.attemptsMade).toBe(0);
      const runs = heldRuns();
      await start(runs);
      await expect.poll(() => runs.started.length).toBe(1);
      expect(runs.started[0]?.attempt).toBe(1);
      runs.started[0]?.finish();
    },
    20_000,
  );

  it('by close comes also when Redis is gone', async () => {
    const server = await startRedis();
    const runs = heldRuns();
    const runtime = await start({ ...runs, redisUrl: server.url, parts: { worker: true, scheduler: true } });
    await expect.poll(() => runs.started.length, { timeout: 10_000 }).toBe(1);
    await server.close();
    await runtime.close();
    runs.started[0]?.finish();
  }, 20_000);
});
