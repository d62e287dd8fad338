/**
 * A Redis behind one address that lives on while servers behind it come and go: killed, absent for a while, started
 * anew without data. While there is none the port is closed, as that of a dead server is.
 */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { Redis } from 'ioredis';
import type { ProvidedRedis } from '../../src/state/provision.js';
import { startRedis } from './redis.js';

export interface RedisFront {
  readonly url: string;
  /** A client past the front, for looking at keys; of the server that runs now. */
  client(): Redis;
  /** SIGKILL for the server. Its port is closed until `start`. */
  kill(): Promise<void>;
  /** An empty server at the same address. */
  start(): Promise<void>;
  close(): Promise<void>;
}

interface Behind {
  readonly provided: ProvidedRedis;
  readonly client: Redis;
  readonly pid: number;
  readonly port: number;
}

const PASSWORD = 'the-password-of-the-front';

export async function openRedisFront(): Promise<RedisFront> {
  const sockets = new Set<Socket>();
  let behind = await openServer();
  let listener = await listen(0, behind.port, sockets);
  const { port } = listener.address() as AddressInfo;

  const shut = async (): Promise<void> => {
    const closed = once(listener, 'close');
    listener.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return {
    url: `redis://:${PASSWORD}@127.0.0.1:${port}`,
    client: () => behind.client,
    kill: async () => {
      process.kill(behind.pid, 'SIGKILL');
      behind.client.disconnect();
      await shut();
      await behind.provided.close();
    },
    start: async () => {
      behind = await openServer();
      listener = await listen(port, behind.port, sockets);
    },
    close: async () => {
      behind.client.disconnect();
      if (listener.listening) await shut();
      await behind.provided.close();
    },
  };
}

async function openServer(): Promise<Behind> {
  const provided = await startRedis();
  const client = new Redis(provided.url, { maxRetriesPerRequest: null });
  client.on('error', () => undefined);
  const info = await client.info('server');
  await client.config('SET', 'requirepass', PASSWORD);
  return {
    provided,
    client,
    pid: Number(/process_id:(\d+)/.exec(info)?.[1]),
    port: Number(new URL(provided.url).port),
  };
}

async function listen(port: number, target: number, sockets: Set<Socket>): Promise<Server> {
  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('error', () => undefined);
      from.once('close', () => {
        sockets.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
