/**
 * State shared by all processes, in Redis: leases, rate windows, intents, a cache of texts. Everything here is a cache that may be
 * flushed at any moment. Every call has a deadline, and every failure is a `redis-unavailable` that a run survives.
 */
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { Redis } from 'ioredis';
import { z } from 'zod';
import { TandemError } from '../errors.js';
import { APPROVAL_MS, type Intent, type State } from '../ports.js';
import { keepLease, type LeaseTimes } from './lease.js';
import {
  HOLDS_LEASE,
  PAUSE,
  RELEASE_LEASE,
  RENEW_LEASE,
  SETTLE_SLOT,
  TAKE_CALLS,
  TAKE_LEASE,
  TAKE_SLOTS,
} from './scripts.js';

const DEADLINE_MS = 5000;
const DAY_MS = 86_400_000;
const CLOCK_SAMPLES = 5;
/** How long a window outlives its last slot: any request deadline and any window length is shorter. */
const WINDOW_TTL_MS = 60 * 60_000;
/** Texts of a cached source are alike from row to row: even the fastest level makes them a tenth. */
const [pack, unpack] = [promisify(gzip), promisify(gunzip)];
const FASTEST = { level: 1 };

/** A count of a month outlives the month wherever its clock stands. */
const MONTH_TTL_MS = 40 * DAY_MS;

export const DEFAULT_LEASE_TIMES: LeaseTimes = { ttlMs: 60_000, renewMs: 20_000, retryMs: 2000, marginMs: 5000 };

export type RedisStateOptions = ({ readonly url: string } | { readonly client: Redis }) & {
  /** Starts every key; `td:` unless told. */
  readonly prefix?: string;
  readonly onWarning?: (message: string) => void;
  readonly leaseTimes?: LeaseTimes;
};

const Holder = z.object({ token: z.string(), since: z.number(), holder: z.string() });
const CallCount = z.tuple([z.number(), z.number()]);
const StoredIntent = z.object({ key: z.string(), state: z.enum(['sending', 'unknown', 'made']), sentAt: z.number() });

/**
 * Connects and checks the server. A client passed in stays open after `close`. Throws `redis-unavailable` when the
 * server does not answer in time, `redis-policy` when it is too old or may drop keys.
 */
export async function createRedisState(options: RedisStateOptions): Promise<State> {
  const own = 'url' in options;
  const client = own ? await connectRedis(options.url) : options.client;
  try {
    await inspectServer(client, options.onWarning ?? (() => undefined));
    return await openState(client, own, options);
  } catch (error) {
    if (own) client.disconnect();
    throw error;
  }
}

/** A client that is connected. Throws `redis-unavailable`; the message never holds the address, which may hold a password. */
export async function connectRedis(url: string, settings: { readonly forQueue?: boolean } = {}): Promise<Redis> {
  if (!/^rediss?:\/\/./.test(url)) {
    throw new TandemError('redis-unavailable', 'REDIS_URL does not begin with redis:// or rediss://.');
  }
  const client = new Redis(url, {
    lazyConnect: true,
    connectTimeout: DEADLINE_MS,
    retryStrategy: (times) => Math.min(100 * times, 2000),
    // A worker of the queue blocks on its connection and waits for Redis to come back; everybody else must not.
    ...(settings.forQueue === true
      ? { maxRetriesPerRequest: null }
      : { maxRetriesPerRequest: 2, commandTimeout: DEADLINE_MS }),
  });
  // Without a listener a lost connection would end the process. Calls report it themselves.
  let reason: unknown;
  client.on('error', (error) => {
    reason = error;
  });
  try {
    await askRedis(client.connect());
    return client;
  } catch (error) {
    client.disconnect();
    // What connect() throws says only that the connection was closed.
    throw unavailable(reason ?? error);
  }
}

/** Refuses a server that is too old or evicts keys, warns about one that forgets at a restart. */
export async function inspectServer(client: Pick<Redis, 'info'>, onWarning: (message: string) => void): Promise<void> {
  const info = await askRedis(client.info());
  const fact = (name: string): string | undefined => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1];
  const version = fact('redis_version') ?? '0';
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < 6 || (major === 6 && minor < 2)) {
    throw new TandemError('redis-policy', `This is Redis ${version}; 6.2 or later is needed.`);
  }
  const policy = fact('maxmemory_policy');
  if (policy !== undefined && policy !== 'noeviction') {
    throw new TandemError('redis-policy', `The maxmemory-policy of this Redis is ${policy}.`);
  }
  if (fact('aof_enabled') === '0') {
    onWarning(
      'Redis does not write an append-only file: a restart loses waiting jobs (the next tick adds them again).',
    );
  }
}

/**
 * The answer of a call, within five seconds; every failure as `redis-unavailable`. The client would hold a call back
 * for as long as it is offline. Its own error is not kept as a cause: it holds the command, and a refused AUTH
 * holds the password.
 */
export async function askRedis<T>(call: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = new TandemError('redis-unavailable', `Redis did not answer within ${DEADLINE_MS / 1000} s.`);
    timer = setTimeout(() => reject(error), DEADLINE_MS);
  });
  try {
    return await Promise.race([call, late]);
  } catch (error) {
    throw unavailable(error);
  } finally {
    clearTimeout(timer);
  }
}

function unavailable(error: unknown): TandemError {
  if (error instanceof TandemError) return error;
  return new TandemError('redis-unavailable', `Redis: ${error instanceof Error ? error.message : String(error)}.`);
}

async function openState(client: Redis, own: boolean, options: RedisStateOptions): Promise<State> {
  const prefix = options.prefix ?? 'td:';
  const times = options.leaseTimes ?? DEFAULT_LEASE_TIMES;
  /** What this process holds, or held until Redis lost it: a run stays the only one here until it is over. */
  const leases = new Map<string, { readonly heldSince: number; readonly holder: string; release(): Promise<void> }>();
  const ask: Ask = (script, keys, args) => askRedis(client.eval(script, keys.length, ...keys, ...args));
  const clocks = await followClock(client);
  return {
    windows: createWindows(prefix, clocks.ahead, ask),
    months: {
      take: async ({ key, month, max }, calls) => {
        const answer = await ask(TAKE_CALLS, [`${prefix}calls:${key}:${month}`], [calls, max, MONTH_TTL_MS]);
        const [granted, used] = CallCount.parse(answer);
        return { granted: granted === 1, used };
      },
    },
    lease: async (workspace, holder) => {
      const running = leases.get(workspace);
      if (running !== undefined) return { heldSince: running.heldSince, holder: running.holder };
      const key = `${prefix}lease:${workspace}`;
      const since = Date.now();
      const value = JSON.stringify({ token: randomUUID(), since, holder });
      const askedAt = performance.now();
      const answer = await ask(TAKE_LEASE, [key], [value, times.ttlMs]);
      if (answer !== '') return describeHolder(answer);
      const lease = keepLease({
        times,
        askedAt,
        renew: async () => (await ask(RENEW_LEASE, [key], [value, times.ttlMs])) === 1,
        holds: async () => (await ask(HOLDS_LEASE, [key], [value])) === 1,
        // A lease that cannot be given back ends by itself; the run it belonged to is over either way.
        release: async () => {
          leases.delete(workspace);
          await ask(RELEASE_LEASE, [key], [value]).catch(() => undefined);
        },
      });
      leases.set(workspace, { heldSince: since, holder, release: lease.release });
      return { lease };
    },
    intents: createIntents(client, prefix),
    approvals: createApprovals(client, prefix),
    cache: createCache(client, prefix),
    close: async () => {
      await Promise.all([...leases.values()].map(({ release }) => release()));
      clocks.stop();
      if (own) client.disconnect();
    },
  };
}

function describeHolder(value: unknown): { heldSince: number; holder: string } {
  try {
    const { since, holder } = Holder.parse(JSON.parse(String(value)));
    return { heldSince: since, holder };
  } catch {
    return { heldSince: Date.now(), holder: 'unknown' };
  }
}

type Ask = (script: string, keys: readonly string[], args: readonly (string | number)[]) => Promise<unknown>;

interface Ahead {
  readonly atLeast: number;
  readonly atMost: number;
}

/**
 * By how much the server's clock is ahead of ours, taken at every connect. Times of a caller are moved by it, so
 * that machines whose clocks differ still share one window. The answer comes some time after the server has read
 * its clock, so all that is known is a range: several samples make it narrow.
 */
async function followClock(client: Redis): Promise<{ ahead(): Ahead; stop(): void }> {
  let ahead: Ahead = { atLeast: 0, atMost: 0 };
  const compare = async (): Promise<void> => {
    let [atLeast, atMost] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (let sample = 0; sample < CLOCK_SAMPLES; sample += 1) {
      const before = Date.now();
      const [seconds = 0, micros = 0] = (await askRedis(client.time())).map(Number);
      const theirs = seconds * 1000 + micros / 1000;
      // Date.now() is cut to milliseconds: "after" may have been almost one later.
      atLeast = Math.max(atLeast, Math.floor(theirs - Date.now() - 1));
      atMost = Math.min(atMost, Math.ceil(theirs - before));
    }
    // Empty only when a clock was set between two samples; the next connect finds out.
    ahead = { atLeast: Math.min(atLeast, atMost), atMost: Math.max(atLeast, atMost) };
  };
  const again = () => void compare().catch(() => undefined);
  await compare();
  client.on('ready', again);
  return { ahead: () => ahead, stop: () => client.off('ready', again) };
}

/** A request counts as late as it may have been, and asks as early as it may be: the error never goes to the server. */
function createWindows(prefix: string, ahead: () => Ahead, ask: Ask): State['windows'] {
  const windowOf = (key: string) => `${prefix}rate:${key}`;
  const pauseOf = (key: string) => `${prefix}pause:${key}`;
  return {
    take: async (limits, slot, now, holdMs) => {
      const keys = limits.flatMap(({ key }) => [windowOf(key), pauseOf(key)]);
      const bounds = limits.flatMap(({ max, perMs }) => [max, perMs]);
      const { atLeast, atMost } = ahead();
      const waitMs = await ask(TAKE_SLOTS, keys, [
        slot,
        now + atLeast,
        now + atMost + holdMs,
        WINDOW_TTL_MS,
        ...bounds,
      ]);
      return { waitMs: Number(waitMs) };
    },
    settle: async (limits, slot, at) => {
      const keys = limits.map(({ key }) => windowOf(key));
      await ask(SETTLE_SLOT, keys, [slot, at + ahead().atMost, WINDOW_TTL_MS]);
    },
    pause: async (key, until) => {
      await ask(PAUSE, [pauseOf(key)], [until + ahead().atMost, Math.max(DAY_MS, until - Date.now())]);
    },
  };
}

function createIntents(client: Redis, prefix: string): State['intents'] {
  const keyOf = (workspace: string) => `${prefix}intents:${workspace}`;
  return {
    put: async (workspace, intent) =>
      void (await askRedis(client.hset(keyOf(workspace), intent.key, JSON.stringify(intent)))),
    remove: async (workspace, key) => void (await askRedis(client.hdel(keyOf(workspace), key))),
    list: async (workspace) => {
      const stored = await askRedis(client.hvals(keyOf(workspace)));
      return stored.map((text): Intent => StoredIntent.parse(JSON.parse(text)));
    },
  };
}

function createApprovals(client: Redis, prefix: string): State['approvals'] {
  const keyOf = (workspace: string, hash: string) => `${prefix}approved:${workspace}:${hash}`;
  return {
    grant: async (workspace, hash, now) =>
      void (await askRedis(client.set(keyOf(workspace, hash), String(now + APPROVAL_MS), 'PX', APPROVAL_MS))),
    isGranted: async (workspace, hash, now) => now < Number(await askRedis(client.get(keyOf(workspace, hash)))),
  };
}

/** One hash per workspace, so that any number of sources costs one command to get and two to put. */
function createCache(client: Redis, prefix: string): State['cache'] {
  const keyOf = (workspace: string) => `${prefix}cache:${workspace}`;
  return {
    get: async (workspace, names) => {
      if (names.length === 0) return new Map();
      const found = await askRedis(client.hmgetBuffer(keyOf(workspace), ...names));
      const texts = await Promise.all(
        names.map(async (name, index): Promise<[string, string][]> => {
          const packed = found[index];
          if (packed === null || packed === undefined) return [];
          // Not ours or half of ours: as good as not there.
          return unpack(packed).then(
            (text) => [[name, text.toString('utf8')]],
            () => [],
          );
        }),
      );
      return new Map(texts.flat());
    },
    put: async (workspace, texts) => {
      if (texts.size === 0) return;
      const packed = await Promise.all(
        [...texts].map(async ([name, text]): Promise<[string, Buffer]> => [name, await pack(text, FASTEST)]),
      );
      const key = keyOf(workspace);
      await askRedis(client.multi().hset(key, new Map(packed)).pexpire(key, DAY_MS).exec());
    },
  };
}
