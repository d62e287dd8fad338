import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type Ended,
  endProcesses,
  type LogLine,
  logLines,
  type Running,
  run,
  start,
} from '../support/process-world.js';
import { useRedis } from '../support/redis.js';
import { openSmallTeam, SMALL_DAY, type SmallTeam } from '../support/small-team.js';
import { holdWrites } from '../support/write-gate.js';

const redis = useRedis();
const teams: SmallTeam[] = [];
endProcesses();

afterEach(async () => {
  await Promise.all(teams.splice(0).map((team) => team.close()));
  await redis.client().flushall();
});

async function openTeam(): Promise<SmallTeam> {
  const team = await openSmallTeam();
  teams.push(team);
  return team;
}

const envOf = (team: SmallTeam) => ({ ...team.env, REDIS_URL: redis.url(), TANDEM_LOG_LEVEL: 'info' });
const about = (team: SmallTeam) => ['--config', team.file, '--as-of', SMALL_DAY];
const startWorker = (team: SmallTeam, every: number): Running =>
  start(['worker', ...about(team), '--every', String(every)], envOf(team));
const sync = (team: SmallTeam): Promise<Ended> => run(['sync', ...about(team)], envOf(team));

async function stop(workers: readonly Running[]): Promise<void> {
  for (const worker of workers) worker.kill('SIGTERM');
  for (const { code, stdout } of await Promise.all(workers.map(({ ended }) => ended))) {
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
  }
}

const PATIENT = { timeout: 60_000 };

interface Interval {
  readonly runId: string;
  readonly begin: string;
  readonly end: string;
}

/** A run says that it begins when it has its lease, and that it ends before it gives the lease back. */
function runsIn(logs: readonly (readonly LogLine[])[]): readonly Interval[] {
  const lines = logs.flat();
  const timeOf = (runId: unknown, msg: string): string | undefined =>
    lines.find((line) => line.runId === runId && line.msg === msg)?.time;
  return lines
    .filter(({ msg }) => msg === 'run begins')
    .map(({ runId, time }) => ({ runId: String(runId), begin: time, end: timeOf(runId, 'run ends') ?? '(never)' }))
    .sort((left, right) => (left.begin < right.begin ? -1 : 1));
}

describe('several processes on one workspace', () => {
  it('do every piece of work once and never run at the same time', async () => {
    const team = await openTeam();
    // Answers that take a moment, as they do over a real network: runs are long enough to meet.
    team.sandbox.context.interceptor = async () => void (await delay(15));
    const workers = Array.from({ length: 3 }, () => startWorker(team, 1));
    const commands: Ended[] = [];
    for (const milestone of ['Training', 'Launch', 'Handover']) {
      team.addOverdue(milestone);
      commands.push(...(await Promise.all([sync(team), sync(team)])));
    }
    await expect.poll(() => team.created(), PATIENT).toBe(7);
    await expect.poll(() => runsIn(workers.map((worker) => worker.log())).length, PATIENT).toBeGreaterThan(4);
    await stop(workers);

    for (const { code, stderr } of commands) {
      expect([0, 5]).toContain(code);
      if (code === 5) expect(stderr).toContain('another run is active since ');
    }
    const logs = [...workers.map((worker) => worker.log()), ...commands.map(({ stderr }) => logLines(stderr))];
    const runs = runsIn(logs);
    expect(runs.filter(({ end }) => end === '(never)')).toEqual([]);
    const overlaps = runs.filter(({ end }, index) => end > (runs[index + 1]?.begin ?? '9'));
    expect(overlaps).toEqual([]);

    const plan = await run(['plan', ...about(team), '--json'], envOf(team));
    const { plan: planned, incomplete } = JSON.parse(plan.stdout);
    expect({ code: plan.code, changes: planned.changes, incomplete }).toEqual({ code: 0, changes: [], incomplete: [] });
    expect(team.keys()).toHaveLength(7);
    expect(new Set(team.keys()).size).toBe(7);
    expect(team.created()).toBe(7);
  }, 120_000);

  it('tell a command that another run is active, and let it run when that one is over', async () => {
    const team = await openTeam();
    const gate = holdWrites(team.sandbox, 1);
    const worker = startWorker(team, 3600);
    await gate.reached;
    const refused = await sync(team);
    expect({ code: refused.code, stdout: refused.stdout }).toEqual({ code: 5, stdout: '' });
    expect(refused.stderr).toMatch(
      /^error lease-held: another run is active since \d{4}-\d\d-\d\dT[\d:.]+Z \(.+ \d+\)/m,
    );
    expect(refused.stderr).toContain(`${worker.pid})`);
    expect(team.writes()).toBe(0);

    gate.open();
    await worker.says('"msg":"job done"');
    expect((await sync(team)).code).toBe(0);
    await stop([worker]);
    expect(new Set(team.keys()).size).toBe(4);
    expect(team.created()).toBe(4);
  }, 60_000);
});
