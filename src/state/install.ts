/**
 * A Redis server from the packages of Debian or Ubuntu, unpacked into the user's cache: no root, nothing
 * installed, nothing changed outside that folder. apt verifies what it fetches, with package lists of our own.
 */
import { execFile } from 'node:child_process';
import { lstat, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { TandemError } from '../errors.js';

const run = promisify(execFile);
const STEP_MS = 180_000;

export interface ServerBinary {
  readonly path: string;
  /** Folders its shared libraries are in, beside the system's. */
  readonly libraries: readonly string[];
}

type Env = Readonly<Record<string, string | undefined>>;

/** The server of an earlier `installServer`, if it still runs on this system. */
export async function findInstalled(env: Env): Promise<ServerBinary | undefined> {
  const cache = await cacheDirectory(env);
  return usableServer(join(cache, 'root'), env);
}

/** Fetches and unpacks a server. Throws `redis-missing` where there is no apt, no network or no such package. */
export async function installServer(
  env: Env,
  onProgress: (step: 'download' | 'unpack') => void,
): Promise<ServerBinary> {
  const cache = await cacheDirectory(env);
  const work = await mkdtemp(join(cache, 'work-'));
  try {
    const unpacked = await unpackServer(work, env, onProgress);
    return await publish(unpacked, join(cache, 'root'), env);
  } catch (error) {
    throw missing(error);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/**
 * First the libraries the server names itself; on a very small image those need others in turn. The C library is
 * never taken along: it must match the loader of the system.
 */
async function unpackServer(
  work: string,
  env: Env,
  onProgress: (step: 'download' | 'unpack') => void,
): Promise<string> {
  const apt = await createApt(work, env);
  const root = join(work, 'root');
  onProgress('download');
  await apt.update();
  for (const reach of ['direct', 'recursive'] as const) {
    const libraries = await apt.librariesOf('redis-tools', reach);
    await apt.download(['redis-server', 'redis-tools', ...libraries]);
    onProgress('unpack');
    await apt.unpackInto(root);
    if ((await usableServer(root, env)) !== undefined) return root;
  }
  throw new Error('the unpacked server does not run on this system');
}

/** Moves the tree into place. Several processes may get here at once: the first one's tree is everybody's. */
async function publish(unpacked: string, target: string, env: Env): Promise<ServerBinary> {
  for (let tries = 0; tries < 3; tries += 1) {
    await rename(unpacked, target).catch(() => undefined);
    const server = await usableServer(target, env);
    if (server !== undefined) return server;
    // What is there is left over from another system (a new release, another processor).
    await rename(target, join(dirname(unpacked), `old-${tries}`)).catch(() => undefined);
  }
  throw new Error(`${target} cannot be replaced`);
}

async function usableServer(root: string, env: Env): Promise<ServerBinary | undefined> {
  const server = { path: join(root, 'usr', 'bin', 'redis-server'), libraries: await libraryFolders(root) };
  const LD_LIBRARY_PATH = server.libraries.join(':');
  try {
    await run(server.path, ['--version'], { env: { ...env, LD_LIBRARY_PATH }, timeout: 10_000 });
    return server;
  } catch {
    return undefined;
  }
}

/** Every folder of the tree that holds a shared library; their names depend on the processor. */
async function libraryFolders(root: string): Promise<string[]> {
  const found = await Promise.all(
    [join(root, 'usr', 'lib'), join(root, 'lib')].map(async (top) => {
      const entries = await readdir(top, { withFileTypes: true, recursive: true }).catch(() => []);
      return entries.filter(({ name }) => /\.so(\.|$)/.test(name)).map((entry) => entry.parentPath);
    }),
  );
  return [...new Set(found.flat())];
}

/** apt with every folder it writes to moved below `work`, so that it needs neither root nor lists made by root. */
async function createApt(work: string, env: Env) {
  const [lists, cache, packages] = [join(work, 'lists'), join(work, 'cache'), join(work, 'packages')];
  for (const directory of [join(lists, 'partial'), join(cache, 'archives', 'partial'), packages]) {
    await mkdir(directory, { recursive: true });
  }
  const settings = [
    `Dir::State::lists=${lists}`,
    `Dir::Cache=${cache}`,
    'Debug::NoLocking=1',
    'APT::Sandbox::User=',
    'Acquire::Retries=2',
  ].flatMap((setting) => ['-o', setting]);
  const options = { cwd: packages, env: { ...env, LC_ALL: 'C' }, timeout: STEP_MS, maxBuffer: 64 * 1024 * 1024 };

  return {
    update: () => run('apt-get', [...settings, 'update'], options),
    download: (names: readonly string[]) => run('apt-get', [...settings, 'download', ...names], options),
    librariesOf: async (name: string, reach: 'direct' | 'recursive'): Promise<string[]> => {
      const relations = ['recommends', 'suggests', 'conflicts', 'breaks', 'replaces', 'enhances'].map(
        (r) => `--no-${r}`,
      );
      const deep = reach === 'recursive' ? ['--recurse'] : [];
      const { stdout } = await run('apt-cache', [...settings, 'depends', ...relations, ...deep, name], options);
      const names = [...stdout.matchAll(/Depends: (lib[a-z0-9.+-]+)$/gm)].map((match) => match[1] ?? '');
      return [...new Set(names)].filter((library) => !/^libc\d|^libcrypt\d|^libc-/.test(library));
    },
    unpackInto: async (root: string): Promise<void> => {
      for (const file of await readdir(packages)) {
        if (file.endsWith('.deb')) await run('dpkg-deb', ['-x', join(packages, file), root], options);
      }
    },
  };
}

/** A folder only this user can write to: what is in it gets executed. */
async function cacheDirectory(env: Env): Promise<string> {
  const home = env.XDG_CACHE_HOME ?? (env.HOME === undefined ? undefined : join(env.HOME, '.cache'));
  const candidates = [
    ...(home === undefined || home === '' ? [] : [join(home, 'tandem', 'redis')]),
    // Services and containers often run as a user without a home.
    join(tmpdir(), `tandem-redis-cache-${process.getuid?.() ?? 'user'}`),
  ];
  for (const directory of candidates) {
    if (await isOurs(directory)) return directory;
  }
  return mkdtemp(join(tmpdir(), 'tandem-redis-cache-'));
}

async function isOurs(directory: string): Promise<boolean> {
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const { uid, mode } = await lstat(directory);
    return uid === process.getuid?.() && (mode & 0o022) === 0;
  } catch {
    return false;
  }
}

function missing(error: unknown): TandemError {
  const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim().split('\n').at(-1) : '';
  const reason = said !== undefined && said !== '' ? said : error instanceof Error ? error.message : String(error);
  return new TandemError('redis-missing', `No Redis was found, and none could be fetched: ${reason.split('\n')[0]}`);
}
