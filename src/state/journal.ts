/** Where the lines of the journal go: files of this machine, a new one every month, or a stream in Redis. */
import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import type { Clock, Journal } from '../ports.js';
import { askRedis, connectRedis } from './redis.js';

/** NDJSON files `<workspace>.<year-month>.ndjson` under `dir`, readable by their owner only. */
export function createFileJournal({ dir, clock }: { readonly dir: string; readonly clock: Clock }): Journal {
  return {
    append: async (workspace, line) => {
      await mkdir(dir, { recursive: true, mode: 0o700 });
      const month = new Date(clock.now()).toISOString().slice(0, 7);
      const file = join(dir, `${encodeURIComponent(workspace)}.${month}.ndjson`);
      await appendFile(file, `${line}\n`, { mode: 0o600 });
    },
    close: async () => undefined,
  };
}

/** About as many of the latest lines as this are kept per workspace. */
const KEPT = 100_000;

/** A stream `<prefix>journal:<workspace>` whose entries have one field, `line`; connects with the first of them. */
export function createRedisJournal(url: string, prefix = 'td:'): Journal {
  let connection: Promise<Redis> | undefined;
  return {
    append: async (workspace, line) => {
      connection ??= connectRedis(url);
      const client = await connection;
      await askRedis(client.xadd(`${prefix}journal:${workspace}`, 'MAXLEN', '~', KEPT, '*', 'line', line));
    },
    close: async () => void (await connection?.catch(() => undefined))?.disconnect(),
  };
}

/** Nothing is kept. */
export const NO_JOURNAL: Journal = { append: async () => undefined, close: async () => undefined };
