/**
 * A Redis to work with: the one REDIS_URL names, else a private one that lives as long as this process. The
 * server comes from PATH, from our cache, or from the distribution's packages, unpacked without root.
 */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { constants } from 'node:fs';
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { TandemError } from '../errors.js';
import { findInstalled, installServer, type ServerBinary } from './install.js';
import { connectRedis } from './redis.js';

const SERVERS = ['redis-server', 'valkey-server'] as const;
const START_MS = 10_000;
const STOP_MS = 5000;

export type ProvisionStep = 'download' | 'unpack' | 'start';

export interface ProvisionOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly onProgress?: (step: ProvisionStep) => void;
}

export interface ProvidedRedis {
  /** Holds the password of a private server. */
  readonly url: string;
  readonly source: 'env' | 'path' | 'cache' | 'download';
  /** Ends a private server; leaves the one of REDIS_URL alone. */
  close(): Promise<void>;
}

/**
 * Throws `redis-missing` when there is none and none can be fetched, `redis-unavailable` when one was found and
 * does not start. A private server keeps nothing on disk and ends with this process, however that ends.
 */
export async function ensureRedis({ env, onProgress }: ProvisionOptions): Promise<ProvidedRedis> {
  const url = env.REDIS_URL;
  if (url !== undefined && url !== '') return { url, source: 'env', close: async () => undefined };

  const { binary, source } = await findServer(env, onProgress ?? (() => undefined));
  onProgress?.('start');
  return { ...(await startServer(binary, env)), source };
}

async function findServer(
  env: ProvisionOptions['env'],
  onProgress: (step: ProvisionStep) => void,
): Promise<{ readonly binary: ServerBinary; readonly source: 'path' | 'cache' | 'download' }> {
  const path = await findOnPath(env.PATH ?? '');
  if (path !== undefined) return { binary: { path, libraries: [] }, source: 'path' };
  const cached = await findInstalled(env);
  if (cached !== undefined) return { binary: cached, source: 'cache' };
  return { binary: await installServer(env, onProgress), source: 'download' };
}

async function findOnPath(path: string): Promise<string | undefined> {
  for (const directory of path.split(delimiter).filter((part) => part !== '')) {
    for (const name of SERVERS) {
      const candidate = join(directory, name);
      const found = await access(candidate, constants.X_OK).then(
        () => true,
        () => false,
      );
      if (found) return candidate;
    }
  }
  return undefined;
}

/** Another process may take the free port before the server does; then it is tried again on another one. */
async function startServer(binary: ServerBinary, env: ProvisionOptions['env']): Promise<Omit<ProvidedRedis, 'source'>> {
  let failure: unknown;
  for (let tries = 0; tries < 3; tries += 1) {
    try {
      return await startOnce(binary, env);
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

async function startOnce(binary: ServerBinary, env: ProvisionOptions['env']): Promise<Omit<ProvidedRedis, 'source'>> {
  const directory = await mkdtemp(join(tmpdir(), 'tandem-redis-'));
  const [port, password] = [await freePort(), randomUUID()];
  await writeFile(join(directory, 'redis.conf'), configuration(directory, port, password), { mode: 0o600 });
  const supervisor = supervise(binary, directory, env);
  const close = () => stop(supervisor, directory);
  try {
    await becomesReady(supervisor.stdout);
    letGo(supervisor);
    const url = `redis://:${password}@127.0.0.1:${port}`;
    const client = await connectRedis(url);
    await client.ping().finally(() => client.disconnect());
    return { url, close };
  } catch (error) {
    await close();
    throw error;
  }
}

// Any user of the machine can reach the port, so it asks for a password, which stays out of the process list.
function configuration(directory: string, port: number, password: string): string {
  return [
    'bind 127.0.0.1',
    `port ${port}`,
    `requirepass ${password}`,
    `dir "${directory}"`,
    'save ""',
    'appendonly no',
    'maxmemory-policy noeviction',
    'daemonize no',
    '',
  ].join('\n');
}

/**
 * A shell holds the server as its child and reads from a pipe whose other end only this process has. The kernel
 * closes that end however this process ends, SIGKILL included; the shell then ends the server and tidies up. So
 * no signal handlers are needed, nothing is polled, and no pid is used that may have passed to another program.
 * The shell lets go of standard output: when that ends, the server has.
 */
const SUPERVISOR = `
"$1" "$2/redis.conf" </dev/null &
server=$!
exec >/dev/null 2>&1
trap '' INT TERM HUP
read -r _
kill -TERM "$server"
wait "$server"
/bin/rm -rf "$2"
`;

type Supervisor = ChildProcessByStdio<Writable, Readable, null>;

function supervise(binary: ServerBinary, directory: string, env: ProvisionOptions['env']): Supervisor {
  const libraries = [...binary.libraries, env.LD_LIBRARY_PATH ?? ''].filter((part) => part !== '').join(':');
  const child = spawn('/bin/sh', ['-c', SUPERVISOR, 'tandem-redis', binary.path, directory], {
    stdio: ['pipe', 'pipe', 'ignore'],
    // Its own process group: Ctrl-C must reach the workers, not the Redis they still need to stop in order.
    detached: true,
    env: { ...env, ...(libraries === '' ? {} : { LD_LIBRARY_PATH: libraries }) },
  });
  child.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  return child;
}

/** Resolves when the server says that it is ready. */
async function becomesReady(output: Readable): Promise<void> {
  const timer = setTimeout(() => output.destroy(), START_MS);
  let said = '';
  try {
    for await (const chunk of output.iterator({ destroyOnReturn: false })) {
      said += String(chunk);
      if (said.includes('Ready to accept connections')) return;
    }
  } catch {
    // Destroyed by the timer: reported below like a server that ended.
  } finally {
    clearTimeout(timer);
  }
  const words = said.trim().split('\n').at(-1) ?? '';
  throw new TandemError(
    'redis-unavailable',
    `The private Redis did not start: ${words === '' ? 'it said nothing' : words}`,
  );
}

/** From now on the private server does not keep this process running, and what it says is dropped. */
function letGo(supervisor: Supervisor): void {
  supervisor.stdout.resume();
  supervisor.unref();
  for (const pipe of [supervisor.stdin, supervisor.stdout]) if (pipe instanceof Socket) pipe.unref();
}

async function stop(supervisor: Supervisor, directory: string): Promise<void> {
  if (supervisor.exitCode === null && supervisor.signalCode === null && supervisor.pid !== undefined) {
    const group = -supervisor.pid;
    const timer = setTimeout(() => process.kill(group, 'SIGKILL'), STOP_MS);
    const ended = once(supervisor, 'exit');
    supervisor.ref();
    supervisor.stdin.end();
    await ended.finally(() => clearTimeout(timer));
  }
  await rm(directory, { recursive: true, force: true });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new TandemError('redis-unavailable', 'No free port.');
  return address.port;
}
