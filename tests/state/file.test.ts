import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.js';
import type { State } from '../../src/ports.js';
import { createFileState } from '../../src/state/file.js';
import { leaseOf } from '../contract/state.js';

let dir = '';
const opened: State[] = [];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tandem-file-'));
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((state) => state.close()));
  await rm(dir, { recursive: true, force: true });
});

const lockPath = () => join(dir, 'hanbit.lock');

function open(): State {
  const state = createFileState({ dir, clock: systemClock });
  opened.push(state);
  return state;
}

async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  if (child.pid === undefined) throw new Error('the child did not start');
  return child.pid;
}

const lockOf = (pid: number, host = hostname()) =>
  JSON.stringify({ token: 'theirs', pid, host, since: 1_790_000_000_000, holder: 'another run' });

async function leave(text: string, silentMs = 0): Promise<void> {
  await writeFile(lockPath(), text);
  const touched = new Date(Date.now() - silentMs);
  await utimes(lockPath(), touched, touched);
}

describe('a lock file', () => {
  const MINUTE = 60_000;

  it.each([
    { left: 'by a process that is dead', text: async () => lockOf(await deadPid()), silent: 0, taken: true },
    { left: 'by a process that lives', text: async () => lockOf(process.pid), silent: 0, taken: false },
    { left: 'by process 1', text: async () => lockOf(1), silent: 0, taken: false },
    {
      left: 'on another machine just now',
      text: async () => lockOf(await deadPid(), 'elsewhere'),
      silent: MINUTE,
      taken: false,
    },
    { left: 'on another machine long ago', text: async () => lockOf(1, 'elsewhere'), silent: 6 * MINUTE, taken: true },
    { left: 'under a pid that is somebody else by now', text: async () => lockOf(1), silent: 6 * MINUTE, taken: true },
    { left: 'half written just now', text: async () => '{"tok', silent: 0, taken: false },
    { left: 'half written long ago', text: async () => '', silent: 6 * MINUTE, taken: true },
  ])('left $left: taken is $taken', async ({ text, silent, taken }) => {
    await leave(await text(), silent);
    const answer = await open().lease('hanbit', 'me');
    expect('lease' in answer).toBe(taken);
    if (taken) expect(await leaseOf(answer).held()).toBe(true);
    expect(await readdir(dir)).toEqual(['hanbit.lock']);
  });

  it('that is stale goes to exactly one of many', async () => {
    for (let round = 0; round < 10; round += 1) {
      await leave(lockOf(await deadPid()));
      const answers = await Promise.all(Array.from({ length: 12 }, () => open().lease('hanbit', 'me')));
      const held = await Promise.all(answers.map((answer) => 'lease' in answer && answer.lease.held()));
      expect(held.filter(Boolean)).toHaveLength(1);
      await Promise.all(opened.splice(0).map((state) => state.close()));
    }
  });

  it('that another run has taken is lost, and left alone', async () => {
    const lease = leaseOf(await open().lease('hanbit', 'me'));
    await writeFile(lockPath(), lockOf(process.pid));
    expect(await lease.held()).toBe(false);
    expect(lease.signal.reason).toMatchObject({ code: 'lease-lost' });
    await lease.release();
    expect(await readFile(lockPath(), 'utf8')).toBe(lockOf(process.pid));
  });

  it('that somebody has deleted is lost', async () => {
    const lease = leaseOf(await open().lease('hanbit', 'me'));
    await rm(lockPath());
    expect(await lease.held()).toBe(false);
  });

  it('is for its owner only', async () => {
    leaseOf(await open().lease('hanbit', 'me'));
    expect((await stat(lockPath())).mode & 0o077).toBe(0);
  });
});

describe('an intents file', () => {
  it('that cannot be read counts as empty and is replaced whole', async () => {
    await writeFile(join(dir, 'hanbit.intents.json'), '[{"key":');
    const { intents } = open();
    expect(await intents.list('hanbit')).toEqual([]);
    const intent = { key: 'k1', state: 'sending', sentAt: 5 } as const;
    await intents.put('hanbit', intent);
    expect(await intents.list('hanbit')).toEqual([intent]);
    expect(await readdir(dir)).toEqual(['hanbit.intents.json']);
  });
});

describe('a disk that refuses', () => {
  const gone = { code: 'state-unwritable', help: { exit: 5 } };

  it('to make the folder is told as such, not as a defect', async () => {
    await writeFile(join(dir, 'file'), '');
    const over = () => createFileState({ dir: join(dir, 'file', 'state'), clock: systemClock });
    expect(over).toThrow(expect.objectContaining({ code: 'state-unwritable' }));
  });

  it('later, in any of its files', async () => {
    const state = open();
    await rm(dir, { recursive: true });
    const intent = { key: 'k1', state: 'sending', sentAt: 5 } as const;
    await expect(state.lease('hanbit', 'me')).rejects.toMatchObject(gone);
    await expect(state.intents.put('hanbit', intent)).rejects.toMatchObject(gone);
    await expect(state.approvals.grant('hanbit', 'hash', 0)).rejects.toMatchObject(gone);
    await expect(state.months.take({ key: 'k', month: '2026-11', max: 9 }, 1)).rejects.toMatchObject(gone);
  });
});
