import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { inspect } from 'node:util';
import { Redis } from 'ioredis';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { State } from '../../src/ports.js';
import { createRedisState, inspectServer, type RedisStateOptions } from '../../src/state/redis.js';
import { leaseOf } from '../contract/state.js';
import { startRedis, useRedis } from '../support/redis.js';

const redis = useRedis();
const opened: State[] = [];
const stopped: number[] = [];
const FAST = { ttlMs: 2000, renewMs: 50, retryMs: 50, marginMs: 500 };
const KEY = 'td:lease:hanbit';

afterEach(async () => {
  vi.useRealTimers();
  for (const pid of stopped.splice(0)) process.kill(pid, 'SIGCONT');
  await Promise.all(opened.splice(0).map((state) => state.close()));
  await redis.client().flushall();
});

interface OpenOptions {
  readonly client: Redis;
  readonly leaseTimes: NonNullable<RedisStateOptions['leaseTimes']>;
}

async function open(options: Partial<OpenOptions> = {}): Promise<State> {
  const { client, ...rest } = options;
  const state = await createRedisState({ ...rest, ...(client === undefined ? { url: redis.url() } : { client }) });
  opened.push(state);
  return state;
}

/** The server neither answers nor closes its connections until the end of the test. */
async function freezeServer(): Promise<void> {
  const info = await redis.client().info('server');
  const pid = Number(/process_id:(\d+)/.exec(info)?.[1]);
  stopped.push(pid);
  process.kill(pid, 'SIGSTOP');
}

describe('a lease in Redis', () => {
  it('renews itself', async () => {
    const state = await open({ leaseTimes: { ...FAST, ttlMs: 60_000 } });
    leaseOf(await state.lease('hanbit', 'me'));
    await redis.client().pexpire(KEY, 20_000);
    await expect.poll(() => redis.client().pttl(KEY)).toBeGreaterThan(20_000);
  });

  it('lives for no more than a minute after its process', async () => {
    leaseOf(await (await open()).lease('hanbit', 'me'));
    const ttl = await redis.client().pttl(KEY);
    expect(ttl).toBeGreaterThan(0);
    expect(ttl).toBeLessThanOrEqual(60_000);
  });

  it.each([
    { fault: 'FLUSHALL', act: () => redis.client().flushall() },
    { fault: 'another holder', act: () => redis.client().set(KEY, 'theirs') },
  ])('is lost for good after $fault, and what is there is left alone', async ({ act }) => {
    const leaseTimes = { ...FAST, ttlMs: 3_600_000 };
    const lease = leaseOf(await (await open({ leaseTimes })).lease('hanbit', 'me'));
    const lost = once(lease.signal, 'abort');
    await act();
    await lost;
    expect(await lease.held()).toBe(false);
    expect(lease.signal.reason).toMatchObject({ code: 'lease-lost' });
    const found = await redis.client().get(KEY);
    await lease.release();
    expect(await redis.client().get(KEY)).toBe(found);
    expect(await lease.held()).toBe(false);
  });

  it.each([
    { fault: 'FLUSHALL', act: () => redis.client().flushall() },
    { fault: 'another holder', act: () => redis.client().set(KEY, 'theirs') },
  ])('is not held the moment after $fault, long before the next renewal', async ({ act }) => {
    const lease = leaseOf(await (await open()).lease('hanbit', 'me'));
    expect(await lease.held()).toBe(true);
    await act();
    expect(await lease.held()).toBe(false);
    expect(lease.signal.reason).toMatchObject({ code: 'lease-lost' });
  });

  it('is lost in time when Redis does not answer', async () => {
    const lease = leaseOf(await (await open({ leaseTimes: FAST })).lease('hanbit', 'me'));
    const lost = once(lease.signal, 'abort');
    await freezeServer();
    await lost;
    expect(await lease.held()).toBe(false);
    // Less than a call may take: the lease must not wait for one.
  }, 4500);

  it.each([
    { clock: 'right', setBackMs: 0 },
    { clock: 'set back meanwhile', setBackMs: 3_600_000 },
  ])(
    'is not held after the process was blocked for its whole life, with the wall clock $clock',
    async ({ setBackMs }) => {
      const leaseTimes = { ...FAST, ttlMs: 300, marginMs: 100 };
      const lease = leaseOf(await (await open({ leaseTimes })).lease('hanbit', 'me'));
      const until = performance.now() + 250;
      while (performance.now() < until);
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - setBackMs });
      expect(await lease.held()).toBe(false);
      expect(lease.signal.aborted).toBe(true);
    },
  );

  it('is not held after the machine slept, where only the wall clock went on', async () => {
    const lease = leaseOf(await (await open()).lease('hanbit', 'me'));
    expect(await lease.held()).toBe(true);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 });
    expect(await lease.held()).toBe(false);
  });

  it('is still held after the wall clock was set back', async () => {
    const lease = leaseOf(await (await open()).lease('hanbit', 'me'));
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 3_600_000 });
    expect(await lease.held()).toBe(true);
  });

  it('is told of even when the holder wrote something else', async () => {
    const state = await open();
    await redis.client().set(KEY, 'of another version');
    expect(await state.lease('hanbit', 'me')).toEqual({ holder: 'unknown', heldSince: expect.any(Number) });
  });
});

describe('rate windows in Redis', () => {
  const limits = [{ key: 'notion:1', max: 1, perMs: 60_000 }];

  it('are shared, slots and pauses', async () => {
    const [one, two] = [(await open()).windows, (await open()).windows];
    const now = Date.now();
    expect(await one.take(limits, 's1', now, 1000)).toEqual({ waitMs: 0 });
    expect((await two.take(limits, 's2', now, 1000)).waitMs).toBeGreaterThan(0);
    await one.pause('notion:2', now + 5000);
    const { waitMs } = await two.take([{ ...limits[0]!, key: 'notion:2' }], 's3', now, 1000);
    expect(Math.abs(waitMs - 5000)).toBeLessThan(100);
  });

  it('hold between machines whose clocks differ', async () => {
    const right = (await open()).windows;
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 600_000 });
    const fast = (await open()).windows;
    expect(await fast.take(limits, 's1', Date.now(), 1000)).toEqual({ waitMs: 0 });
    vi.useRealTimers();
    const { waitMs } = await right.take(limits, 's2', Date.now(), 1000);
    expect(waitMs).toBeGreaterThan(50_000);
    expect(waitMs).toBeLessThan(61_500);
  });

  it('hold between processes that know their clocks badly', async () => {
    const [late, early] = [new Redis(redis.url()), new Redis(redis.url())];
    const lag = (client: Redis, before: number, after: number) => {
      const time = client.time.bind(client);
      client.time = async () => {
        await delay(before);
        const answer = await time();
        await delay(after);
        return answer;
      };
    };
    lag(late, 0, 60);
    lag(early, 60, 0);
    const [one, two] = [(await open({ client: late })).windows, (await open({ client: early })).windows];
    const now = Date.now();
    const second = [{ key: 'airtable:1', max: 1, perMs: 1000 }];
    for (const [first, other, slot] of [
      [one, two, 'a'],
      [two, one, 'b'],
    ] as const) {
      await redis.client().flushall();
      await first.take(second, slot, now, 500);
      await first.settle(second, slot, now + 10);
      expect((await other.take(second, 'next', now + 1000, 500)).waitMs).toBeGreaterThan(0);
      expect((await other.take(second, 'next', now + 1300, 500)).waitMs).toBe(0);
    }
    for (const client of [late, early]) client.disconnect();
  });

  it('leave nothing behind for ever', async () => {
    const { windows } = await open();
    await windows.take(limits, 's1', Date.now(), 1000);
    await windows.pause('notion:1', Date.now() + 1000);
    for (const key of await redis.client().keys('*')) expect(await redis.client().pttl(key)).toBeGreaterThan(0);
  });
});

describe('a Redis that does not work', () => {
  it('is unavailable where nothing listens, and the password is not told', async () => {
    const server = await startRedis();
    await server.close();
    const error = await createRedisState({ url: server.url }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'redis-unavailable', message: /ECONNREFUSED/ });
    expect(inspect(error, { depth: 10 })).not.toContain(new URL(server.url).password);
  });

  it('is unavailable where the password is wrong, and the password is not told', async () => {
    const url = new URL(redis.url());
    url.password = 'not-the-password';
    const error = await createRedisState({ url: url.href }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'redis-unavailable' });
    expect(inspect(error, { depth: 10 })).not.toContain('not-the-password');
  });

  it('is unavailable where the address is none', async () => {
    await expect(createRedisState({ url: 'localhost:6379' })).rejects.toMatchObject({ code: 'redis-unavailable' });
  });

  it('is unavailable for every call while it hangs, and works again afterwards', async () => {
    const state = await open();
    await freezeServer();
    const calls = [
      () => state.lease('hanbit', 'me'),
      () => state.intents.put('hanbit', { key: 'k', state: 'sending', sentAt: 1 }),
      () => state.intents.list('hanbit'),
      () => state.windows.take([{ key: 'a', max: 1, perMs: 1 }], 's', 0, 0),
      () => state.windows.settle([{ key: 'a', max: 1, perMs: 1 }], 's', 0),
      () => state.windows.pause('a', 1),
    ];
    const answers = await Promise.allSettled(calls.map((call) => call()));
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 'rejected', reason: { code: 'redis-unavailable' } });
    }
    for (const pid of stopped.splice(0)) process.kill(pid, 'SIGCONT');
    await expect.poll(() => state.intents.list('hanbit').catch(() => undefined), { timeout: 15_000 }).toBeDefined();
  }, 40_000);

  it('does not end the process when it goes away, and calls say so', async () => {
    const server = await startRedis();
    const state = await createRedisState({ url: server.url });
    await server.close();
    await expect(state.intents.list('hanbit')).rejects.toMatchObject({ code: 'redis-unavailable' });
    await state.close();
  }, 20_000);
});

describe('the check of the server', () => {
  const sound = { redis_version: '7.2.4', maxmemory_policy: 'noeviction', aof_enabled: '1' };

  it.each([
    { given: 'what is needed', info: sound, warnings: 0 },
    { given: 'no append-only file', info: { ...sound, aof_enabled: '0' }, warnings: 1 },
    { given: 'the oldest version', info: { ...sound, redis_version: '6.2.0' }, warnings: 0 },
    { given: 'a version before that', info: { ...sound, redis_version: '6.0.16' }, code: 'redis-policy' },
    { given: 'a policy that evicts', info: { ...sound, maxmemory_policy: 'allkeys-lru' }, code: 'redis-policy' },
    { given: 'no word of a policy', info: { redis_version: '7.2.4' }, warnings: 0 },
  ])('with $given', async ({ info, warnings, code }) => {
    const told: string[] = [];
    const text = Object.entries(info).map(([name, value]) => `${name}:${value}\r\n`);
    const checked = inspectServer({ info: async () => `# Server\r\n${text.join('')}` }, (message) =>
      told.push(message),
    );
    if (code === undefined) await expect(checked).resolves.toBeUndefined();
    else await expect(checked).rejects.toMatchObject({ code });
    expect(told).toHaveLength(warnings ?? 0);
  });

  it('refuses a real server whose policy evicts', async () => {
    await redis.client().config('SET', 'maxmemory-policy', 'allkeys-lru');
    try {
      await expect(createRedisState({ url: redis.url() })).rejects.toMatchObject({ code: 'redis-policy' });
    } finally {
      await redis.client().config('SET', 'maxmemory-policy', 'noeviction');
    }
  });

  it('leaves a client that was passed in open', async () => {
    const state = await createRedisState({ client: redis.client() });
    await state.close();
    expect(await redis.client().ping()).toBe('PONG');
    expect(redis.client().listenerCount('ready')).toBeLessThan(3);
  });
});

describe('the cache in Redis', () => {
  it('is packed, ends by itself after a day, and takes bytes of others for nothing', async () => {
    const { cache } = await open();
    const text = 'the same words again and again '.repeat(1000);
    await cache.put('hanbit', new Map([['rows:kpis', text]]));
    expect(await redis.client().hstrlen('td:cache:hanbit', 'rows:kpis')).toBeLessThan(text.length / 10);
    const ttl = await redis.client().pttl('td:cache:hanbit');
    expect(ttl).toBeGreaterThan(0);
    expect(ttl).toBeLessThanOrEqual(86_400_000);
    await redis.client().hset('td:cache:hanbit', 'rows:risks', 'not ours');
    expect([...(await cache.get('hanbit', ['rows:kpis', 'rows:risks'])).keys()]).toEqual(['rows:kpis']);
  });

  it('is empty after FLUSHALL', async () => {
    const { cache } = await open();
    await cache.put('hanbit', new Map([['places', '[]']]));
    await redis.client().flushall();
    expect(await cache.get('hanbit', ['places'])).toEqual(new Map());
  });
});
