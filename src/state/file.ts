/**
 * State of one machine, for runs without Redis: a lock file per workspace, intents and cache in small JSON files, rate
 * windows in memory. It keeps two runs on one machine apart, not runs on two machines.
 */
import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { open, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { TandemError } from '../errors.js';
import { APPROVAL_MS, type Clock, type Intent, type Lease, type MonthlyCalls, type State } from '../ports.js';
import { createMemoryWindows } from './memory.js';

const BEAT_MS = 20_000;
/** A lock nobody has touched for this long is stale: its host is gone, or its pid belongs to another program now. */
const SILENT_MS = 5 * 60_000;

const Lock = z.object({ token: z.string(), pid: z.int(), host: z.string(), since: z.number(), holder: z.string() });
type Lock = z.infer<typeof Lock>;

const Intents = z.array(
  z.object({ key: z.string(), state: z.enum(['sending', 'unknown', 'made']), sentAt: z.number() }),
);

/** State under `dir`, which is created. Throws `state-unwritable` where the disk or the rights to it do not allow that. */
export function createFileState(options: { readonly dir: string; readonly clock: Clock }): State {
  try {
    mkdirSync(options.dir, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw onDisk(error);
  }
  const fileOf = (workspace: string, kind: string) => join(options.dir, `${encodeURIComponent(workspace)}.${kind}`);
  const held = new Set<Lease>();
  const months = createMonthFiles(options.dir);
  const intents = createIntentFiles((workspace) => fileOf(workspace, 'intents.json'));
  const approvals = createApprovalFiles((workspace) => fileOf(workspace, 'approvals.json'));

  return {
    windows: createMemoryWindows(),
    months: { take: telling(months.take) },
    lease: telling(async (workspace: string, holder: string) => {
      const path = fileOf(workspace, 'lock');
      const lock = { token: randomUUID(), pid: process.pid, host: hostname(), since: options.clock.now(), holder };
      const other = await takeLock(path, lock);
      if (other !== undefined) return { heldSince: other.since, holder: other.holder };
      const lease = keepLock(path, lock, () => held.delete(lease));
      held.add(lease);
      return { lease };
    }),
    intents: { put: telling(intents.put), remove: telling(intents.remove), list: telling(intents.list) },
    approvals: { grant: telling(approvals.grant), isGranted: telling(approvals.isGranted) },
    cache: createCacheFiles((workspace) => fileOf(workspace, 'cache.json')),
    close: async () => {
      await Promise.all([...held].map((lease) => lease.release()));
    },
  };
}

/** What the file system refuses, as an error that says what to do. */
function onDisk(error: unknown): unknown {
  if (!(error instanceof Error) || !('syscall' in error)) return error;
  return new TandemError(
    'state-unwritable',
    `What Tandem remembers cannot be kept: ${error.message}.`,
    {},
    { cause: error },
  );
}

const telling =
  <A extends readonly unknown[], T>(work: (...given: A) => Promise<T>) =>
  (...given: A): Promise<T> =>
    work(...given).catch((error: unknown) => {
      throw onDisk(error);
    });

/** The lock of the holder, or undefined when the lock file is ours now. */
async function takeLock(path: string, lock: Lock): Promise<Lock | undefined> {
  for (let tries = 0; tries < 10; tries += 1) {
    try {
      await writeFile(path, JSON.stringify(lock), { flag: 'wx', mode: 0o600 });
      return undefined;
    } catch (error) {
      if (!isCode(error, 'EEXIST')) throw error;
    }
    const found = await readLock(path);
    if (found === undefined) continue;
    if (!isStale(found)) return found.lock ?? { ...lock, holder: 'unknown', since: found.touchedAt };
    // Somebody faster may have taken it since; that run then finds out before its next write.
    await rm(path, { force: true });
  }
  throw new TandemError('lease-held', `The lock file ${path} changes hands too fast.`, { where: path, waitMs: 5000 });
}

interface FoundLock {
  /** Undefined while another process is still writing it. */
  readonly lock: Lock | undefined;
  readonly touchedAt: number;
}

async function readLock(path: string): Promise<FoundLock | undefined> {
  try {
    const [text, { mtimeMs }] = await Promise.all([readFile(path, 'utf8'), stat(path)]);
    return { lock: parse(Lock, text), touchedAt: mtimeMs };
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function isStale({ lock, touchedAt }: FoundLock): boolean {
  // File times are the machine's own, so they are compared with its clock and not with the one passed in.
  if (Date.now() - touchedAt > SILENT_MS) return true;
  return lock !== undefined && lock.host === hostname() && !isAlive(lock.pid);
}

/** Touches the lock file until released. Whether it is still ours is read from the file before every write. */
function keepLock(path: string, lock: Lock, onRelease: () => void): Lease {
  const lost = new AbortController();
  const beat = setInterval(() => {
    const now = new Date();
    if (!held()) end();
    else utimes(path, now, now).catch(() => undefined);
  }, BEAT_MS);
  beat.unref();

  function held(): boolean {
    if (lost.signal.aborted) return false;
    try {
      return parse(Lock, readFileSync(path, 'utf8'))?.token === lock.token;
    } catch {
      return false;
    }
  }
  function end(): void {
    clearInterval(beat);
    lost.abort(new TandemError('lease-lost', 'The lock file of the workspace is gone or belongs to another run.'));
  }
  return {
    held: async () => {
      const still = held();
      if (!still) end();
      return still;
    },
    release: async () => {
      clearInterval(beat);
      onRelease();
      if (held()) await rm(path, { force: true });
    },
    signal: lost.signal,
  };
}

/**
 * One byte per call: appending needs no lock between processes and no rewriting of what is there. Processes that
 * count the last calls of a month at the same moment may pass its end by one each.
 */
function createMonthFiles(dir: string): MonthlyCalls {
  return {
    take: async ({ key, month, max }, calls) => {
      const path = join(dir, `${encodeURIComponent(key)}.${month}.calls`);
      // Both in one turn: nobody else of this process counts between them.
      const used = sizeOf(path);
      const granted = used + calls <= max;
      if (granted && calls > 0) appendFileSync(path, '.'.repeat(calls), { mode: 0o600 });
      return { granted, used: granted ? used + calls : used };
    },
  };
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function createIntentFiles(fileOf: (workspace: string) => string): State['intents'] {
  let last: Promise<unknown> = Promise.resolve();

  // An unreadable file reads as empty: intents are a cache, the keys in the user's tools are what counts.
  const read = async (workspace: string): Promise<Intent[]> => (await readJson(Intents, fileOf(workspace))) ?? [];
  // One change after another: each reads the whole file and replaces it.
  const change = (workspace: string, edit: (intents: Intent[]) => Intent[]): Promise<void> => {
    const mine = last.then(async () => replaceFile(fileOf(workspace), JSON.stringify(edit(await read(workspace)))));
    last = mine.catch(() => undefined);
    return mine;
  };

  return {
    put: (workspace, intent) =>
      change(workspace, (intents) => [...intents.filter(({ key }) => key !== intent.key), intent]),
    remove: (workspace, key) => change(workspace, (intents) => intents.filter((intent) => intent.key !== key)),
    list: (workspace) => last.then(() => read(workspace)),
  };
}

const Approvals = z.record(z.string(), z.number());

function createApprovalFiles(fileOf: (workspace: string) => string): State['approvals'] {
  const read = async (workspace: string) => (await readJson(Approvals, fileOf(workspace))) ?? {};
  return {
    grant: async (workspace, hash, now) => {
      const live = Object.entries(await read(workspace)).filter(([, until]) => until > now);
      await replaceFile(fileOf(workspace), JSON.stringify(Object.fromEntries([...live, [hash, now + APPROVAL_MS]])));
    },
    isGranted: async (workspace, hash, now) => now < ((await read(workspace))[hash] ?? 0),
  };
}

const Texts = z.record(z.string(), z.string());

/** Unlocked: of two runs at once the last one to write wins, and the other finds something out again. */
function createCacheFiles(fileOf: (workspace: string) => string): State['cache'] {
  const read = async (workspace: string) => (await readJson(Texts, fileOf(workspace))) ?? {};
  return {
    get: async (workspace, names) =>
      new Map(Object.entries(await read(workspace)).filter(([name]) => names.includes(name))),
    put: async (workspace, texts) =>
      replaceFile(fileOf(workspace), JSON.stringify({ ...(await read(workspace)), ...Object.fromEntries(texts) })),
  };
}

/** What a file holds; undefined when it is not there or not readable as that. */
async function readJson<T>(shape: z.ZodType<T>, path: string): Promise<T | undefined> {
  try {
    return parse(shape, await readFile(path, 'utf8'));
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** Readers see the old content or the new one, also after a power cut. */
async function replaceFile(path: string, text: string): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
}

function parse<T>(shape: z.ZodType<T>, text: string): T | undefined {
  try {
    return shape.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it exists and belongs to somebody else.
    return isCode(error, 'EPERM');
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
