/** The connection the queues share. They duplicate it where they block; it is closed after them. */
import type { Redis } from 'ioredis';
import { connectRedis, inspectServer } from '../state/redis.js';

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
