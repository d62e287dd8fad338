import { join } from 'node:path';
import { Redis } from 'ioredis';
import { beforeAll, describe, expect, it } from 'vitest';
import { endProcesses, ROOT, start } from '../support/process-world.js';
import { useRedis } from '../support/redis.js';
import { SOURCES, type Tool } from '../support/small-tables.js';
import {
  openSmallTeam,
  SMALL_DAY,
  SMALL_WORKSPACE,
  type SmallTeam,
  type SmallTeamOptions,
  syncHere,
} from '../support/small-team.js';
import { holdWrites } from '../support/write-gate.js';

/** What has happened to a write when the process that sent it dies. */
const PHASES = ['before it was sent', 'applied, unanswered', 'answered', 'recorded'] as const;
type Phase = (typeof PHASES)[number];

/** Requests of an undisturbed run that change data: updates, then drafts, then what makes tasks of them. */
const WRITES = { notion: 13, airtable: 7 } as const satisfies Record<Tool, number>;
/** The first of them, which have nothing to do with tasks. */
const UPDATES = 5;
const LEASE = `td:lease:${SMALL_WORKSPACE}`;

const redis = useRedis();
endProcesses();

/** A reading of the task table: a run that means to create tasks makes two, the second of what was thrown away. */
const TASK_QUERY = `${SOURCES.tasks}/query`;

/** What the tables hold after an undisturbed run, by where the tasks are kept. */
const undisturbed: Record<Tool, unknown> = { notion: undefined, airtable: undefined };

/** A team and a database of Redis to itself. */
async function withTeam(
  options: SmallTeamOptions,
  work: (team: SmallTeam, redisUrl: string, client: Redis) => Promise<void>,
): Promise<void> {
  const database = takeDatabase();
  const url = `${redis.url()}/${database}`;
  const client = new Redis(url);
  const team = await openSmallTeam(options);
  try {
    await work(team, url, client);
  } finally {
    await team.close();
    await client.flushdb();
    client.disconnect();
    free.push(database);
  }
}

const free = Array.from({ length: 16 }, (_, index) => index);
function takeDatabase(): number {
  const database = free.shift();
  if (database === undefined) throw new Error('every database is in use');
  return database;
}

/** Starts a worker that dies at a write, and waits for its death. */
async function killAt(team: SmallTeam, redisUrl: string, phase: Phase, nth: number): Promise<void> {
  const program = join(ROOT, 'tests/support/killable-worker.ts');
  const env = { ...team.env, REDIS_URL: redisUrl };
  const worker = start([team.file, SMALL_DAY, phase, String(nth)], env, { program });
  expect(await worker.ended).toMatchObject({ code: null, signal: 'SIGKILL' });
}

async function expectUndisturbedEnd(team: SmallTeam, redisUrl: string, tasksIn: Tool): Promise<void> {
  expect(team.world()).toEqual(undisturbed[tasksIn]);
  expect(new Set(team.keys()).size).toBe(team.keys().length);
  expect(team.created()).toBe(4);
  const writes = team.writes();
  expect((await syncHere(team, redisUrl)).exitCode).toBe(0);
  expect(team.writes()).toBe(writes);
}

beforeAll(async () => {
  for (const tasksIn of ['notion', 'airtable'] as const) {
    await withTeam({ tasksIn }, async (team, redisUrl) => {
      const { report, exitCode } = await syncHere(team, redisUrl);
      expect({ exitCode, ...report.applied }).toMatchObject({ exitCode: 0, created: 4, failed: 0, unknown: 0 });
      expect(team.writes()).toBe(WRITES[tasksIn]);
      undisturbed[tasksIn] = team.world();
    });
  }
}, 240_000);

describe.concurrent('a worker killed in the middle of a run', () => {
  // A dead worker holds its lease for a minute. The first of these waits for it; all others skip that minute.
  it.each([
    { phase: 'applied, unanswered', nth: 7, what: 'a draft', waits: true },
    { phase: 'recorded', nth: 11, what: 'a promotion', waits: false },
  ] as const)(
    'leaves its job at $what ($phase) to the worker that is started next, which ends it the same way',
    ({ phase, nth, waits }) =>
      withTeam({}, async (team, redisUrl, client) => {
        await killAt(team, redisUrl, phase, nth);
        if (!waits) await client.del(LEASE);
        const env = { ...team.env, REDIS_URL: redisUrl };
        const next = start(['worker', '--config', team.file, '--as-of', SMALL_DAY, '--every', '3600'], env);
        await next.says('the worker of a job is gone; the job runs again');
        await next.says('"msg":"job done"');
        next.kill('SIGTERM');
        expect(await next.ended).toMatchObject({ code: 0, stdout: '' });
        await expectUndisturbedEnd(team, redisUrl, 'notion');
      }),
    150_000,
  );

  it(
    'while a draft is still on its way: the next run waits for what may yet arrive and adopts it',
    () =>
      withTeam({ settleSeconds: 12 }, async (team, redisUrl, client) => {
        const gate = holdWrites(team.sandbox, UPDATES + 1);
        const env = { ...team.env, REDIS_URL: redisUrl };
        const worker = start(['worker', '--config', team.file, '--as-of', SMALL_DAY, '--every', '3600'], env);
        await gate.reached;
        worker.kill('SIGKILL');
        await worker.ended;
        await client.del(LEASE);

        const readings = () => team.sandbox.context.requests.filter(({ path }) => path.includes(TASK_QUERY)).length;
        const before = readings();
        const next = syncHere(team, redisUrl);
        await expect.poll(readings, { timeout: 20_000 }).toBeGreaterThan(before + 1);
        gate.open();
        expect((await next).exitCode).toBe(0);
        await expectUndisturbedEnd(team, redisUrl, 'notion');
      }),
    60_000,
  );

  // The first writes are the same wherever the tasks are kept. Once the last one is recorded the run is over.
  const boundaries = (['notion', 'airtable'] as const).flatMap((tasksIn) =>
    Array.from({ length: WRITES[tasksIn] }, (_, index) => index + 1)
      .filter((nth) => tasksIn === 'notion' || nth > UPDATES)
      .flatMap((nth) => PHASES.map((phase) => ({ tasksIn, nth, phase })))
      .filter(({ nth, phase }) => nth < WRITES[tasksIn] || phase !== 'recorded'),
  );
  it.each(boundaries)(
    'with tasks in $tasksIn, at write $nth, $phase: the next run ends where an undisturbed one does',
    ({ tasksIn, nth, phase }) =>
      withTeam({ tasksIn }, async (team, redisUrl, client) => {
        await killAt(team, redisUrl, phase, nth);
        expect(await client.exists(LEASE)).toBe(1);
        await expect(syncHere(team, redisUrl)).rejects.toMatchObject({ code: 'lease-held' });
        await client.del(LEASE);
        expect((await syncHere(team, redisUrl)).exitCode).toBe(0);
        await expectUndisturbedEnd(team, redisUrl, tasksIn);
      }),
    60_000,
  );
});
