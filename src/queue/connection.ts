/** The connection the queues share, and what all parts on it have in common. It is closed after them. */
import type { Redis } from 'ioredis';
import { connectRedis, inspectServer } from '../state/redis.js';
import { QUEUE_PREFIX } from './jobs.js';

/** Details first, then the message, as pino takes them. */
export interface QueueLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** How long runs may finish, and how long it is then waited for them to stop. */
export interface Closing {
  readonly finishMs: number;
  readonly parkMs: number;
}

/** What runs until the process ends. */
export interface Stoppable {
  /** Takes nothing new and resolves when nothing is active any more. */
  drain?(closing: Closing): Promise<void>;
  /** `force`: Redis is gone, there is nothing to wait for. */
  stop(force: boolean): Promise<unknown>;
}

/**
 * Connects and checks the server. Throws `redis-unavailable` or `redis-policy`: a queue on a Redis that evicts
 * keys loses jobs without a word.
 */
export async function openQueueConnection(url: string, onWarning: (message: string) => void): Promise<Redis> {
  const client = await connectRedis(url, { forQueue: true });
  try {
    await inspectServer(client, onWarning);
    return client;
  } catch (error) {
    client.disconnect();
    throw error;
  }
}

/** Where a queue or worker lives. Workers make a second connection like this one to block on. */
export function placeOf(connection: Redis): { readonly connection: Redis; readonly prefix: string } {
  return { connection, prefix: QUEUE_PREFIX };
}

/** Without a listener an error of a connection would end the process. */
export function listen<
  T extends { readonly name: string; on(event: 'error', listener: (error: Error) => void): unknown },
>(part: T, logger: QueueLog): T {
  part.on('error', (error) => logger.warn({ queue: part.name, detail: messageOf(error) }, 'queue error'));
  return part;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
