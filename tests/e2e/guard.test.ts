import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/calendar.js';
import { ANCHOR, openTeam, type Team } from '../support/team.js';
import { keyOf, worldOf } from '../support/team-world.js';
import { runVerb } from '../support/verb.js';

/** Somebody breaks the import that fills the actuals: every one of them reads 0. */
function breakActuals(team: Team): void {
  const field = { korean: '실적', english: 'Actual (YTD)' }[team.sample];
  const filled = team.rows('kpis').filter(({ values }) => typeof values[field] === 'number');
  for (const { id } of filled) team.edit('kpis', id, { [field]: 0 });
}

describe.each(['korean', 'english'] as const)('a mass change in the tables of the %s team', (sample) => {
  const asOf = addDays(ANCHOR, 1);
  let team: Team;
  beforeAll(async () => {
    team = await openTeam(sample);
    const first = await team.sync();
    // Every status appears at once on the first run of all, and none of them counts.
    expect(first).toMatchObject({
      exitCode: 0,
      report: { plan: { summary: { guard: { stopped: false, statusChanges: 0 } } }, errors: [] },
    });
    breakActuals(team);
  });
  afterAll(() => team.close());

  it('is shown by plan, with what sync will do about it', async () => {
    const { code, stdout } = await runVerb(team, 'plan', ['--as-of', asOf]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/\d+ status changes \(limit 10\)/);
    expect(stdout).toMatch(/tandem sync --approve [0-9a-z]{13}\n/);
  });

  it('stops sync before its first write', async () => {
    const [world, writes] = [worldOf(team), team.writes().length];
    const { code, stdout } = await runVerb(team, 'sync', ['--as-of', asOf, '--json']);
    expect(code).toBe(5);
    const report = JSON.parse(stdout);
    expect(report.errors).toMatchObject([{ code: 'guard-stopped', next: expect.stringContaining('--approve') }]);
    expect(report.plan.summary.guard.statusChanges).toBeGreaterThan(10);
    expect(report.applied).toEqual({ updated: 0, created: 0, closed: 0, failed: 0, unknown: 0 });
    expect(team.writes()).toHaveLength(writes);
    expect(worldOf(team)).toEqual(world);
    // Once more: asking often enough is not an approval.
    expect((await team.sync(asOf)).exitCode).toBe(5);
    expect(team.writes()).toHaveLength(writes);
  });

  it('stops as well when another plan was approved than the one there is now', async () => {
    const writes = team.writes().length;
    const { code } = await runVerb(team, 'sync', ['--as-of', asOf, '--approve', '0123456789abc']);
    expect(code).toBe(5);
    expect(team.writes()).toHaveLength(writes);
  });

  it('goes on when this plan was approved, and is quiet afterwards', async () => {
    const { report: planned } = await team.plan(asOf);
    const { code, stdout } = await runVerb(team, 'sync', ['--as-of', asOf, '--json', '--approve', planned.plan.hash]);
    expect(code).toBe(0);
    const report = JSON.parse(stdout);
    expect(report.plan.summary.guard.stopped).toBe(true);
    expect(report.applied.updated).toBe(report.plan.summary.updates);
    expect(await team.sync(asOf)).toMatchObject({ exitCode: 0, report: { applied: { updated: 0, created: 0 } } });
  });
});

describe('new tasks', () => {
  /** Milestones that were due last week, beside those of the sample. */
  const addLate = (team: Team, count: number): void => {
    const { location } = team.source('milestones');
    const [partner] = team.rows('partnerships');
    for (let index = 0; index < count; index += 1) {
      team.sandbox.notion?.addPage(location.type === 'notion' ? location.id : '', {
        마일스톤: `밀린 일 ${index}`,
        파트너사: [partner?.id ?? ''],
        기한: addDays(ANCHOR, -5),
        진행: '진행 중',
      });
    }
  };
  /** Nobody's day is ever full: the guard is all there is. */
  const openBusyTeam = (): Promise<Team> =>
    openTeam('korean', { configure: (document) => document.setIn(['policy', 'reminders', 'perDay'], 1000) });
  const created = (team: Team) => team.rows('tasks').filter((row) => keyOf(row) !== undefined).length;

  it('as many as 25 and one per partnership are made, one more stops a first run', async () => {
    const team = await openBusyTeam();
    const { report } = await team.plan();
    const { newTasks, newTaskLimit } = report.plan.summary.guard;
    expect(newTaskLimit).toBe(25 + 22);
    addLate(team, newTaskLimit - newTasks + 1);

    expect(await team.sync()).toMatchObject({ exitCode: 5, report: { errors: [{ code: 'guard-stopped' }] } });
    expect(team.writes()).toEqual([]);

    const late = team.row('milestones', '마일스톤', '밀린 일 0');
    team.sandbox.notion?.trash(late.id);
    expect(await team.sync()).toMatchObject({ exitCode: 0, report: { applied: { created: 47 } } });
    expect(created(team)).toBe(47);
    await team.close();
  });

  it('come all at once when somebody says so', async () => {
    const team = await openBusyTeam();
    addLate(team, 60);
    expect((await team.sync()).exitCode).toBe(5);
    const { exitCode, report } = await team.sync(ANCHOR, { allowMassChange: true });
    expect(exitCode).toBe(0);
    expect(report.applied.created).toBeGreaterThan(60);
    expect(created(team)).toBe(report.applied.created);
    await team.close();
  });
});
