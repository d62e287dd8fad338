import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findInstalled, installServer } from '../../src/state/install.js';
import { ensureRedis } from '../../src/state/provision.js';

const SERVERS = new Set(['redis-server', 'valkey-server']);
/** Who the program runs as when the tests run as root. */
const NOBODY = 65534;
const DOWNLOAD_MS = 240_000;
const APT = (process.env.PATH ?? '').split(delimiter).some((directory) => existsSync(join(directory, 'apt-get')));

interface Starter {
  readonly child: ChildProcess;
  /** The next thing the program says. */
  next(): Promise<Record<string, unknown>>;
}

let base = '';
/** The programs of this machine but no Redis. */
let tools = '';
const starters: Starter[] = [];

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'tandem-provision-'));
  await chmod(base, 0o777);
  tools = join(base, 'tools');
  await mkdir(tools);
  for (const directory of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of await readdir(directory).catch(() => [])) {
      if (!SERVERS.has(name)) await symlink(join(directory, name), join(tools, name)).catch(() => undefined);
    }
  }
});

afterEach(async () => {
  for (const { child } of starters.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  }
});

afterAll(() => rm(base, { recursive: true, force: true }));

/** A program that calls ensureRedis with PATH and cache as given. */
function start(env: { readonly PATH: string; readonly XDG_CACHE_HOME?: string; readonly HOME?: string }): Starter {
  const program = new URL('redis-starter.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, ['--import', 'tsx', program], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...env, TMPDIR: base },
  });
  const lines: AsyncIterator<string> = (createInterface({ input: child.stdout }) as Interface)[Symbol.asyncIterator]();
  const starter: Starter = {
    child,
    next: async () => {
      const line = await lines.next();
      return line.done === true ? { ended: true } : JSON.parse(line.value);
    },
  };
  starters.push(starter);
  return starter;
}

async function serverPid(url: string): Promise<number> {
  const client = new Redis(url);
  const info = await client.info('server');
  client.disconnect();
  return Number(/process_id:(\d+)/.exec(info)?.[1]);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe.runIf(APT)('on a Debian or Ubuntu machine without Redis, as a user without root', () => {
  const cache = () => join(base, 'cache');

  it(
    'fetches a server into an empty cache, and the next start takes it from there',
    async () => {
      const first = await start({ PATH: tools, XDG_CACHE_HOME: cache() }).next();
      expect(first).toMatchObject({ source: 'download', pong: 'PONG' });
      expect(first.uid).not.toBe(0);
      expect(await start({ PATH: tools, XDG_CACHE_HOME: cache() }).next()).toMatchObject({
        source: 'cache',
        pong: 'PONG',
      });
      expect(await readdir(join(cache(), 'tandem', 'redis'))).toEqual(['root']);
    },
    DOWNLOAD_MS,
  );

  it(
    'lets two processes repair the same broken cache at once',
    async () => {
      const broken = join(base, 'broken', 'tandem', 'redis', 'root', 'usr', 'bin');
      await mkdir(broken, { recursive: true });
      await writeFile(join(broken, 'redis-server'), 'of another processor', { mode: 0o755 });
      for (const part of ['', ...(await readdir(join(base, 'broken'), { recursive: true }))]) {
        if (process.getuid?.() === 0) await chown(join(base, 'broken', part), NOBODY, NOBODY);
      }
      const both = [1, 2].map(() => start({ PATH: tools, XDG_CACHE_HOME: join(base, 'broken') }));
      for (const said of await Promise.all(both.map((starter) => starter.next()))) {
        expect(said).toMatchObject({ source: 'download', pong: 'PONG' });
      }
    },
    DOWNLOAD_MS,
  );

  it(
    'works for a user without a home',
    async () => {
      const said = await start({ PATH: tools, HOME: '/nonexistent' }).next();
      expect(said).toMatchObject({ source: 'download', pong: 'PONG' });
    },
    DOWNLOAD_MS,
  );

  it(
    'takes a server on PATH before anything else',
    async () => {
      const env = { ...process.env };
      const real = (await findInstalled(env)) ?? (await installServer(env, () => undefined));
      const bin = join(base, 'bin');
      await mkdir(bin);
      const script = `#!/bin/sh\nLD_LIBRARY_PATH='${real.libraries.join(':')}' exec '${real.path}' "$@"\n`;
      await writeFile(join(bin, 'valkey-server'), script, { mode: 0o755 });
      const { url, source, close } = await ensureRedis({ env: { PATH: bin } });
      expect(source).toBe('path');
      await expect(serverPid(url)).resolves.toBeGreaterThan(0);
      await close();
    },
    DOWNLOAD_MS,
  );

  describe.each([
    { end: 'close', act: (child: ChildProcess) => child.stdin?.write('close\n') },
    { end: 'process.exit', act: (child: ChildProcess) => child.stdin?.write('exit\n') },
    { end: 'an uncaught error', act: (child: ChildProcess) => child.stdin?.write('throw\n') },
    { end: 'SIGINT', act: (child: ChildProcess) => child.kill('SIGINT') },
    { end: 'SIGTERM', act: (child: ChildProcess) => child.kill('SIGTERM') },
    { end: 'SIGKILL', act: (child: ChildProcess) => child.kill('SIGKILL') },
  ])('after $end of the program that started it', ({ act }) => {
    it(
      'the server is gone and its folder too',
      async () => {
        const starter = start({ PATH: tools, XDG_CACHE_HOME: cache() });
        const { url } = await starter.next();
        const pid = await serverPid(String(url));
        expect(isAlive(pid)).toBe(true);
        act(starter.child);
        await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
        const folders = async () => (await readdir(base)).filter((name) => /^tandem-redis-(?!cache)/.test(name));
        await expect.poll(folders, { timeout: 10_000 }).toEqual([]);
      },
      DOWNLOAD_MS,
    );
  });
});

describe('ensureRedis', () => {
  it('leaves the server of REDIS_URL alone', async () => {
    const given = await ensureRedis({ env: { REDIS_URL: 'redis://127.0.0.1:1', PATH: tools } });
    expect(given).toMatchObject({ url: 'redis://127.0.0.1:1', source: 'env' });
    await given.close();
  });

  it.each([
    { cache: 'only we can write to', mode: 0o700, trusted: true },
    { cache: 'our group can write to', mode: 0o770, trusted: false },
    { cache: 'anybody can write to', mode: 0o777, trusted: false },
    // Only root can give a folder away.
    ...(process.getuid?.() === 0 ? [{ cache: 'is somebody else’s', mode: 0o700, owner: NOBODY, trusted: false }] : []),
  ])('runs a server from a cache that $cache: $trusted', async ({ mode, owner, trusted }) => {
    const cache = await mkdtemp(join(base, 'trust-'));
    const bin = join(cache, 'tandem', 'redis', 'root', 'usr', 'bin');
    await mkdir(bin, { recursive: true });
    await writeFile(join(bin, 'redis-server'), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
    await chmod(join(cache, 'tandem', 'redis'), mode);
    if (owner !== undefined) await chown(join(cache, 'tandem', 'redis'), owner, owner);
    const found = await findInstalled({ XDG_CACHE_HOME: cache });
    expect(found?.path === join(bin, 'redis-server')).toBe(trusted);
  });

  it('says where Redis can be had when there is nothing to fetch one with', async () => {
    const empty = join(base, 'empty');
    await mkdir(empty);
    const said = ensureRedis({ env: { PATH: empty, XDG_CACHE_HOME: join(base, 'no-cache') } });
    await expect(said).rejects.toMatchObject({ code: 'redis-missing' });
    const help = await said.catch((error: { help: { help: string } }) => error.help.help);
    for (const way of ['brew', 'apt-get', 'docker', 'REDIS_URL']) expect(help).toContain(way);
  });

  it('reports a server that does not start with its own words', async () => {
    const bin = join(base, 'bad');
    await mkdir(bin);
    await writeFile(join(bin, 'redis-server'), '#!/bin/sh\necho cannot open the shared library\n', { mode: 0o755 });
    const said = ensureRedis({ env: { PATH: bin } });
    await expect(said).rejects.toMatchObject({ code: 'redis-unavailable', message: /cannot open the shared library/ });
  });
});
