import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endProcesses, type Running, run, start } from '../support/process-world.js';
import { openRedisFront, type RedisFront } from '../support/redis-front.js';
import {
  openSmallTeam,
  SMALL_DAY,
  SMALL_WORKSPACE,
  type SmallTeam,
  syncHere,
  undisturbedWorld,
} from '../support/small-team.js';
import { holdWrites } from '../support/write-gate.js';

endProcesses();

const teams: SmallTeam[] = [];
const fronts: RedisFront[] = [];
/** What the tables hold after an undisturbed run. */
let undisturbed: unknown;

async function openWorld(): Promise<{ readonly team: SmallTeam; readonly redis: RedisFront }> {
  const [team, redis] = await Promise.all([openSmallTeam(), openRedisFront()]);
  teams.push(team);
  fronts.push(redis);
  return { team, redis };
}

beforeAll(async () => {
  const { redis } = await openWorld();
  undisturbed = await undisturbedWorld(redis.url);
}, 240_000);

afterAll(async () => {
  await Promise.all([...teams, ...fronts].map((part) => part.close()));
});

function startWorker(team: SmallTeam, redisUrl: string, every: number): Running {
  const args = ['worker', '--config', team.file, '--as-of', SMALL_DAY, '--every', String(every)];
  return start(args, { ...team.env, REDIS_URL: redisUrl });
}

async function stop(worker: Running): Promise<void> {
  worker.kill('SIGTERM');
  expect(await worker.ended).toMatchObject({ code: 0 });
}

async function expectUndisturbedEnd(team: SmallTeam, redisUrl: string): Promise<void> {
  const writes = team.writes();
  expect((await syncHere(team, redisUrl)).exitCode).toBe(0);
  expect(team.writes()).toBe(writes);
  expect(new Set(team.keys()).size).toBe(4);
  expect(team.created()).toBe(4);
  expect(team.world()).toEqual(undisturbed);
}

/** The first write of a run; the first draft; the first promotion. */
const MOMENTS = [
  { nth: 1, what: 'an update' },
  { nth: 6, what: 'a draft' },
  { nth: 11, what: 'a promotion' },
] as const;
/** Writes to one Notion source that may be on their way at once. */
const WIDEST = 8;

describe.concurrent('a worker whose Redis is gone in the middle of a run', () => {
  it.each(MOMENTS)(
    'stops before its next write when it is killed during $what, says so, and goes on when Redis is back',
    async ({ nth }) => {
      const { team, redis } = await openWorld();
      const gate = holdWrites(team.sandbox, nth);
      const worker = startWorker(team, redis.url, 3600);
      await gate.reached;
      await redis.kill();
      gate.open();
      await worker.says('"code":"redis-unavailable"');
      expect(gate.arrived()).toBeLessThan(Math.min(nth + WIDEST, 13));
      expect(new Set(team.keys()).size).toBe(team.keys().length);

      const ended = worker.log().filter(({ msg }) => msg === 'run ends').length;
      await redis.start();
      await worker.says('"msg":"run ends"', ended + 1);
      await stop(worker);
      await expectUndisturbedEnd(team, redis.url);
    },
    60_000,
  );

  it.each(MOMENTS)(
    'converges without a double when it is flushed during $what',
    async ({ nth }) => {
      const { team, redis } = await openWorld();
      const gate = holdWrites(team.sandbox, nth);
      const worker = startWorker(team, redis.url, 2);
      await gate.reached;
      await redis.client().flushall();
      gate.open();
      await worker.says('"msg":"run ends"', 2);
      await stop(worker);
      await expectUndisturbedEnd(team, redis.url);
    },
    60_000,
  );

  it.each(MOMENTS)(
    'shows nobody a task twice when it is flushed during $what and another process runs to its end meanwhile',
    async ({ nth }) => {
      const { team, redis } = await openWorld();
      const gate = holdWrites(team.sandbox, nth);
      const worker = startWorker(team, redis.url, 3600);
      await gate.reached;
      await redis.client().flushall();
      gate.letOthersPass();
      expect((await syncHere(team, redis.url)).exitCode).toBe(0);
      const done = gate.arrived();
      gate.open();
      await worker.says('lease-lost');
      await stop(worker);
      // Nothing was sent by the first run after the second had the lease.
      expect(gate.arrived()).toBe(done);
      expect(new Set(team.keys()).size).toBe(4);
      // A create that was on its way lands as a draft nobody is assigned to; it is never promoted.
      expect(team.created()).toBeLessThanOrEqual(4 + gate.held());
      expect(team.dueKeys()).toEqual([...new Set(team.dueKeys())]);
      expect((await syncHere(team, redis.url)).exitCode).toBe(0);
      expect(gate.arrived()).toBe(done);
    },
    60_000,
  );

  it('does not begin the same workspace a second time beside a run that has lost its lease with the data', async () => {
    const { team, redis } = await openWorld();
    const gate = holdWrites(team.sandbox, 6);
    const worker = startWorker(team, redis.url, 2);
    await gate.reached;
    await redis.client().flushall();
    await worker.says('"msg":"job waits"');
    expect(worker.log().filter(({ msg }) => msg === 'run begins')).toHaveLength(1);
    gate.open();
    await worker.says('"msg":"run ends"', 2);
    await stop(worker);
    await expectUndisturbedEnd(team, redis.url);
  }, 60_000);
});

describe.concurrent('a Redis that cannot be used', () => {
  it.each(['worker', 'sync'])('is told of by %s when nobody answers, without the address', async (verb) => {
    const { team } = await openWorld();
    const url = 'redis://:a-secret-password@127.0.0.1:1';
    const { code, stdout, stderr } = await run([verb, '--config', team.file], { ...team.env, REDIS_URL: url });
    expect({ code, stdout }).toEqual({ code: 6, stdout: '' });
    expect(stderr).toMatch(/^error redis-unavailable: .*ECONNREFUSED/);
    expect(stderr).toContain('next:  Start Redis or correct REDIS_URL');
    expect(stderr).not.toMatch(/a-secret-password|\bat .*\.[jt]s:/);
  });

  it('is told of by worker when it would drop keys', async () => {
    const { team, redis } = await openWorld();
    await redis.client().config('SET', 'maxmemory-policy', 'allkeys-lru');
    const env = { ...team.env, REDIS_URL: redis.url };
    const { code, stderr } = await run(['worker', '--config', team.file], env);
    expect(code).toBe(6);
    expect(stderr).toMatch(/error redis-policy: .*allkeys-lru/);
    expect(stderr).toContain('noeviction');
    expect(await redis.client().exists(`td:lease:${SMALL_WORKSPACE}`)).toBe(0);
  });

  it('is missing: worker says that it needs one', async () => {
    const { team } = await openWorld();
    const { code, stderr } = await run(['worker', '--config', team.file], team.env);
    expect(code).toBe(6);
    expect(stderr).toMatch(/error redis-missing: .*REDIS_URL is not set/);
  });
});
