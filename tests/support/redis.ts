/** A private Redis for one test file. Never the one REDIS_URL names: these tests flush what they connect to. */
import { Redis } from 'ioredis';
import { afterAll, beforeAll } from 'vitest';
import { ensureRedis, type ProvidedRedis } from '../../src/state/provision.js';

export interface TestRedis {
  url(): string;
  /** A client for looking at keys from outside. */
  client(): Redis;
  /** Ends the server, for tests of what happens then. */
  end(): Promise<void>;
}

/** Starts a Redis before the tests of the file that calls this and ends it after them. */
export function useRedis(): TestRedis {
  let server: ProvidedRedis | undefined;
  let client: Redis | undefined;
  beforeAll(async () => {
    const { REDIS_URL: _, ...env } = process.env;
    server = await ensureRedis({ env });
    client = new Redis(server.url, { maxRetriesPerRequest: null });
    client.on('error', () => undefined);
  }, 180_000);
  afterAll(async () => {
    client?.disconnect();
    await server?.close();
  });
  const started = <T>(part: T | undefined): T => {
    if (part === undefined) throw new Error('the test Redis is not started yet');
    return part;
  };
  return { url: () => started(server).url, client: () => started(client), end: () => started(server).close() };
}

/** A Redis for one test, closed by the caller. */
export function startRedis(): Promise<ProvidedRedis> {
  const { REDIS_URL: _, ...env } = process.env;
  return ensureRedis({ env });
}
