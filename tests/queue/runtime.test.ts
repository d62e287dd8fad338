import { describe, expect, it } from 'vitest';
import { TandemError } from '../../src/errors.js';
import type { JobResult } from '../../src/queue/verdict.js';
import { startRedis } from '../support/redis.js';
import { HOUR, heldRuns, useQueues } from './queue-world.js';

const { redis, queue, ticks, logged, start, onlyJob } = useQueues();

describe('the reconcile queue', () => {
  it('makes exactly one more run of a thousand requests during one', async () => {
    const runs = heldRuns();
    const runtime = await start(runs);
    await runtime.enqueue('hanbit');
    await expect.poll(() => runs.started.length).toBe(1);
    await Promise.all(Array.from({ length: 1000 }, () => runtime.enqueue('hanbit')));
    expect(await queue().getJobCountByTypes('waiting', 'delayed')).toBe(0);
    runs.started[0]?.finish();
    await expect.poll(() => runs.started.length).toBe(2);
    runs.started[1]?.finish();
    await expect.poll(() => queue().getJobCountByTypes('completed')).toBe(2);
    expect(await queue().getJobCountByTypes('waiting', 'delayed', 'active')).toBe(0);
    expect(runs.started).toHaveLength(2);
  });

  it('never runs a workspace twice at once, over three processes, and runs others meanwhile', async () => {
    const now = new Map<string, number>();
    let most = 0;
    let total = 0;
    let together = 0;
    const reconcile = async (workspace: string): Promise<JobResult> => {
      now.set(workspace, (now.get(workspace) ?? 0) + 1);
      most = Math.max(most, ...now.values());
      together = Math.max(together, [...now.values()].filter((count) => count > 0).length);
      for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      now.set(workspace, (now.get(workspace) ?? 0) - 1);
      total += 1;
      return {};
    };
    const workspaces = ['hanbit', 'daon', 'sorae'];
    const all = await Promise.all([1, 2, 3].map(() => start({ reconcile, workspaces })));
    for (let round = 0; round < 60; round += 1) {
      await Promise.all(all.flatMap((runtime) => workspaces.map((workspace) => runtime.enqueue(workspace))));
    }
    await expect.poll(() => queue().getJobCountByTypes('waiting', 'delayed', 'active'), { timeout: 20_000 }).toBe(0);
    expect(most).toBe(1);
    expect(together).toBeGreaterThan(1);
    expect(total).toBeGreaterThanOrEqual(6);
  }, 40_000);

  it('carries the id of the workspace and nothing else, and shows the stage of a run', async () => {
    const runs = heldRuns();
    const runtime = await start(runs);
    await runtime.enqueue('hanbit');
    const job = await onlyJob('active');
    expect(job.data).toEqual({ workspace: 'hanbit' });
    await expect.poll(() => runs.started.length).toBe(1);
    const { context, finish } = runs.started[0]!;
    context.progress({ stage: 'read' });
    context.progress({ stage: 'write' });
    await expect.poll(async () => (await onlyJob('active')).progress).toEqual({ stage: 'write' });
    finish({ updated: 3 });
    expect((await onlyJob('completed')).returnvalue).toEqual({ updated: 3 });
  });

  it.each([
    { data: { workspace: 'hanbit', token: 'x' } },
    { data: {} },
    { data: 'hanbit' },
    { data: { workspace: 'a:b' } },
  ])('fails a job that carries $data for good, without a run', async ({ data }) => {
    const runs = heldRuns();
    await queue().add('reconcile', data, { attempts: 5 });
    await start(runs);
    const job = await onlyJob('failed');
    expect(job.attemptsMade).toBe(1);
    expect(job.failedReason).toMatch(/^internal: /);
    expect(runs.started).toEqual([]);
  });

  it('refuses to enqueue what is not the id of a workspace', async () => {
    const runtime = await start({ ...heldRuns(), parts: { worker: false, scheduler: false } });
    await expect(runtime.enqueue('a:b')).rejects.toThrow();
    expect(await queue().getJobCountByTypes('waiting')).toBe(0);
  });
});

describe('a run that does not end well', () => {
  it('waits without spending an attempt when its error says wait', async () => {
    const runtime = await start({
      reconcile: async () => {
        throw new TandemError('lease-held', 'another run is active', { waitMs: 60_000 });
      },
    });
    await runtime.enqueue('hanbit');
    const job = await onlyJob('delayed');
    expect(job.attemptsMade).toBe(0);
    expect(job.delay).toBeGreaterThan(50_000);
  });

  it('is run again when its time has come', async () => {
    let runs = 0;
    const runtime = await start({
      reconcile: async () => {
        runs += 1;
        if (runs < 3) throw new TandemError('rate-limited', 'slow down', { waitMs: 20 });
        return { runs };
      },
    });
    await runtime.enqueue('hanbit');
    const job = await onlyJob('completed');
    expect(job.attemptsMade).toBe(1);
    expect(job.returnvalue).toEqual({ runs: 3 });
  }, 20_000);

  it('is never failed for having waited too often', async () => {
    let runs = 0;
    const runtime = await start({
      reconcile: async () => {
        runs += 1;
        if (runs <= 55) throw new TandemError('lease-held', 'another run is active', { waitMs: 1 });
        return { runs };
      },
    });
    await runtime.enqueue('hanbit');
    await expect.poll(() => runs, { timeout: 60_000 }).toBe(56);
    await expect.poll(() => queue().getJobCountByTypes('waiting', 'delayed', 'active')).toBe(0);
    expect(await queue().getJobCountByTypes('failed')).toBe(0);
  }, 90_000);

  it('is tried again later when its error says retry, and tells the attempt', async () => {
    const attempts: number[] = [];
    const runtime = await start({
      reconcile: async (_workspace, { attempt }) => {
        attempts.push(attempt);
        throw new TandemError('network', 'no answer');
      },
    });
    await runtime.enqueue('hanbit');
    const job = await onlyJob('delayed');
    expect(job.attemptsMade).toBe(1);
    expect(job.opts).toMatchObject({ attempts: 5, backoff: { type: 'exponential', delay: 2000, jitter: 0.5 } });
    await expect.poll(() => attempts, { timeout: 10_000 }).toEqual([1, 2]);
  }, 20_000);

  it('fails for good when its error says stop, and the next request runs', async () => {
    const runtime = await start({
      reconcile: async () => {
        throw new TandemError('auth-invalid-token', 'the token was refused');
      },
    });
    await runtime.enqueue('hanbit');
    const job = await onlyJob('failed');
    expect(job.attemptsMade).toBe(1);
    expect(job.failedReason).toBe('auth-invalid-token: the token was refused');
    await runtime.enqueue('hanbit');
    await expect.poll(() => queue().getJobCountByTypes('failed')).toBe(2);
  });

  it('waits for another process when this one does not know the workspace', async () => {
    const stranger = await start({ ...heldRuns(), workspaces: ['other'] });
    await stranger.enqueue('hanbit');
    const job = await onlyJob('delayed');
    expect(job.attemptsMade).toBe(0);
    expect(logged).toContainEqual({ level: 'warn', message: expect.stringContaining('no configuration here') });
    const runs = heldRuns();
    await start(runs);
    await stranger.close();
    await expect.poll(() => runs.started.length, { timeout: 15_000 }).toBe(1);
    runs.started[0]?.finish();
  }, 30_000);
});

describe('schedules', () => {
  const both = { worker: true, scheduler: true };
  const runCounter = () => {
    const counter = { runs: 0 };
    const reconcile = async () => {
      counter.runs += 1;
      return { run: counter.runs };
    };
    return { counter, reconcile };
  };

  it('run a workspace at once and again and again', async () => {
    const { counter, reconcile } = runCounter();
    await start({ reconcile, parts: both, everyMs: 200 });
    await expect.poll(() => counter.runs, { timeout: 10_000 }).toBeGreaterThan(2);
  });

  it('go on after FLUSHALL', async () => {
    const { counter, reconcile } = runCounter();
    await start({ reconcile, parts: both, everyMs: 300 });
    await expect.poll(() => counter.runs, { timeout: 10_000 }).toBeGreaterThan(0);
    await redis.client().flushall();
    await expect.poll(async () => (await ticks().getJobSchedulers()).map(({ key }) => key)).toEqual(['tick-hanbit']);
    const before = counter.runs;
    await expect.poll(() => counter.runs, { timeout: 10_000 }).toBeGreaterThan(before + 1);
  }, 30_000);

  it('are registered again when Redis comes back, long before their own time', async () => {
    await start({ ...heldRuns(), parts: { worker: false, scheduler: true } });
    await redis.client().flushall();
    await redis.client().call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    await expect.poll(async () => (await ticks().getJobSchedulers()).length, { timeout: 10_000 }).toBe(1);
  }, 20_000);

  it('do not start a second one while a run is active', async () => {
    const runs = heldRuns();
    await start({ ...runs, parts: both, everyMs: 100 });
    await expect.poll(() => ticks().getJobCountByTypes('completed'), { timeout: 15_000 }).toBeGreaterThan(5);
    expect(runs.started).toHaveLength(1);
    runs.started[0]?.finish();
  }, 20_000);

  it('of workspaces that are not configured any more are removed', async () => {
    await ticks().upsertJobScheduler('tick-gone', { every: HOUR }, { name: 'tick', data: { workspace: 'gone' } });
    await start({ ...heldRuns(), parts: { worker: false, scheduler: true }, workspaces: ['hanbit', 'daon'] });
    const keys = (await ticks().getJobSchedulers()).map(({ key }) => key);
    expect(keys.sort()).toEqual(['tick-daon', 'tick-hanbit']);
  });
});

describe('a Redis that does not work', () => {
  it('refuses to start where nothing listens', async () => {
    const server = await startRedis();
    await server.close();
    await expect(start({ ...heldRuns(), redisUrl: server.url })).rejects.toMatchObject({ code: 'redis-unavailable' });
  });

  it('refuses to start on a policy that evicts', async () => {
    await redis.client().config('SET', 'maxmemory-policy', 'allkeys-lru');
    try {
      await expect(start(heldRuns())).rejects.toMatchObject({ code: 'redis-policy' });
    } finally {
      await redis.client().config('SET', 'maxmemory-policy', 'noeviction');
    }
  });

  it('makes a request for a run fail in time, when it is gone and when it is full', async () => {
    const server = await startRedis();
    const runtime = await start({ ...heldRuns(), redisUrl: server.url, parts: { worker: false, scheduler: false } });
    await server.close();
    await expect(runtime.enqueue('hanbit')).rejects.toMatchObject({ code: 'redis-unavailable' });

    const full = await start({ ...heldRuns(), parts: { worker: false, scheduler: false } });
    await redis.client().config('SET', 'maxmemory', '1');
    try {
      await expect(full.enqueue('hanbit')).rejects.toMatchObject({ code: 'redis-unavailable', message: /OOM/ });
    } finally {
      await redis.client().config('SET', 'maxmemory', '0');
    }
    await expect(full.enqueue('hanbit')).resolves.toBeUndefined();
  }, 20_000);
});
