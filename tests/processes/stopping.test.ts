import { execFileSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ended, endProcesses, isAlive, type Running, start } from '../support/process-world.js';
import { useRedis } from '../support/redis.js';
import { openSmallTeam, SMALL_DAY, type SmallTeam, syncHere, undisturbedWorld } from '../support/small-team.js';
import { holdWrites } from '../support/write-gate.js';

const redis = useRedis();
const teams: SmallTeam[] = [];
let undisturbed: unknown;
endProcesses();

/** Each test has a database of Redis to itself. */
const urls = Array.from({ length: 16 }, (_, index) => () => `${redis.url()}/${index}`);
function takeUrl(): string {
  const next = urls.shift();
  if (next === undefined) throw new Error('every database is in use');
  return next();
}

async function openTeam(): Promise<SmallTeam> {
  const team = await openSmallTeam();
  teams.push(team);
  return team;
}

beforeAll(async () => {
  undisturbed = await undisturbedWorld(takeUrl());
}, 240_000);
afterAll(() => Promise.all(teams.map((team) => team.close())));

/** What a worker may take to end; a supervisor kills it soon after. */
const STOP_MS = 25_000;
const endedInTime = (worker: Running): Promise<Ended | 'too late'> =>
  Promise.race([worker.ended, delay(STOP_MS, 'too late' as const, { ref: false })]);

/** The first write of a run; the first draft; the first promotion. */
const MOMENTS = [
  { nth: 1, what: 'an update' },
  { nth: 6, what: 'a draft' },
  { nth: 11, what: 'a promotion' },
] as const;

async function expectNextRunCompletes(team: SmallTeam, redisUrl: string): Promise<void> {
  expect((await syncHere(team, redisUrl)).exitCode).toBe(0);
  expect(team.world()).toEqual(undisturbed);
  expect(team.created()).toBe(4);
}

describe.concurrent('SIGTERM for a worker in the middle of a run', () => {
  const startWorker = (team: SmallTeam, redisUrl: string): Running => {
    const args = ['worker', '--config', team.file, '--as-of', SMALL_DAY, '--every', '3600'];
    return start(args, { ...team.env, REDIS_URL: redisUrl });
  };

  it('lets the run finish, ends with 0 and leaves the lease to the next one', async () => {
    const [team, redisUrl] = [await openTeam(), takeUrl()];
    const gate = holdWrites(team.sandbox, 6);
    const worker = startWorker(team, redisUrl);
    await gate.reached;
    worker.kill('SIGTERM');
    gate.open();
    expect(await endedInTime(worker)).toMatchObject({ code: 0, stdout: '' });
    expect(worker.log().filter(({ msg }) => msg === 'run ends')).toHaveLength(1);
    const writes = team.writes();
    await expectNextRunCompletes(team, redisUrl);
    expect(team.writes()).toBe(writes);
  }, 60_000);

  it.each(MOMENTS)(
    'does not wait for ever for the answer to $what: it ends with 0 in time, and the next run goes on at once',
    async ({ nth }) => {
      const [team, redisUrl] = [await openTeam(), takeUrl()];
      const gate = holdWrites(team.sandbox, nth);
      const worker = startWorker(team, redisUrl);
      await gate.reached;
      worker.kill('SIGTERM');
      expect(await endedInTime(worker)).toMatchObject({ code: 0 });
      expect(worker.stderr()).toContain('job put back: this process is shutting down');
      gate.open();
      await expectNextRunCompletes(team, redisUrl);
    },
    60_000,
  );
});

describe.concurrent('SIGINT for a sync in the middle of its writes', () => {
  it.each(MOMENTS)(
    'during $what stops before the next write, ends with 130 and leaves the lease to the next run',
    async ({ nth }) => {
      const [team, redisUrl] = [await openTeam(), takeUrl()];
      const gate = holdWrites(team.sandbox, nth);
      const sync = start(['sync', '--config', team.file, '--as-of', SMALL_DAY], { ...team.env, REDIS_URL: redisUrl });
      await gate.reached;
      const onTheirWay = gate.arrived();
      sync.kill('SIGINT');
      await sync.says('Stopping when the calls under way are answered');
      gate.open();
      const { code, stderr } = await sync.ended;
      expect({ code, stderr: stderr.includes('    at ') }).toEqual({ code: 130, stderr: false });
      // Two writes to one source may be under way: the second may come to the gate after the first was counted.
      expect(gate.arrived()).toBeLessThanOrEqual(onTheirWay + 1);
      await expectNextRunCompletes(team, redisUrl);
    },
    60_000,
  );
});

describe('SIGINT for the demo', () => {
  it.each([
    { to: 'it alone', target: (pid: number) => pid },
    { to: 'its group, as Ctrl-C does', target: (pid: number) => -pid },
  ])(
    'sent to $to: no process stays behind, neither a worker nor a Redis',
    async ({ target }) => {
      const { PATH = '', HOME = '', XDG_CACHE_HOME = '' } = process.env;
      const env = { PATH, HOME, ...(XDG_CACHE_HOME === '' ? {} : { XDG_CACHE_HOME }) };
      const demo = start(['demo', '--as-of', SMALL_DAY], env, { ownGroup: true });
      await demo.says('worker processes');
      const family = descendantsOf(demo.pid);
      const commands = family.map(({ command }) => command);
      expect(commands.filter((command) => command.includes(' worker '))).toHaveLength(2);
      expect(commands.filter((command) => command.includes('redis.conf')).length).toBeGreaterThan(0);

      process.kill(target(demo.pid), 'SIGINT');
      const { code, stderr } = await demo.ended;
      expect({ code, stderr }).toEqual({ code: 130, stderr: '' });
      await expect.poll(() => family.filter(({ pid }) => isAlive(pid)), { timeout: 10_000 }).toEqual([]);
    },
    60_000,
  );
});

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** Every process below one, as the process table has it now. */
function descendantsOf(root: number): readonly Process[] {
  const table = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' });
  const all = table.split('\n').flatMap((line): Process[] => {
    const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return command === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command }];
  });
  const found = new Map<number, Process>();
  const below = (pid: number): void => {
    for (const child of all.filter(({ parent }) => parent === pid)) {
      found.set(child.pid, child);
      below(child.pid);
    }
  };
  below(root);
  return [...found.values()];
}
