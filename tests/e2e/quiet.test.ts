import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/calendar.js';
import { ReportDocument } from '../support/report-schema.js';
import { ANCHOR, openTeam, type Team } from '../support/team.js';
import { worldOf } from '../support/team-world.js';
import { runVerb } from '../support/verb.js';

const NOTHING = { updated: 0, created: 0, closed: 0, failed: 0, unknown: 0 };

const isWritten = (value: unknown): boolean =>
  value !== null && value !== false && !(Array.isArray(value) && value.length === 0);

/** Rows per entity as the sample was written: neither in the trash nor left blank. */
function rowsWritten({ config, filled }: Team): Readonly<Record<string, number>> {
  const pages = (filled.notion?.databases ?? []).flatMap((database) => database.dataSources);
  const tables = (filled.airtable?.bases ?? []).flatMap((base) => base.tables);
  const counted = config.sources.map(({ entity, location }) => {
    if (location.type === 'notion') {
      const found = pages.find(({ id }) => id === location.id)?.pages ?? [];
      return [entity, found.filter(({ inTrash, values }) => !inTrash && Object.values(values).some(isWritten)).length];
    }
    const place = location.type === 'airtable' ? location.table : '';
    const records = tables.find(({ id, name }) => [id, name].includes(place))?.records ?? [];
    return [entity, records.filter(({ fields }) => Object.keys(fields).length > 0).length];
  });
  return Object.fromEntries(counted);
}

describe.each(['korean', 'english'] as const)('the %s team', (sample) => {
  let team: Team;
  beforeAll(async () => {
    team = await openTeam(sample);
  });
  afterAll(() => team.close());

  const document = (stdout: string): ReportDocument => ReportDocument.parse(JSON.parse(stdout));

  it('plans without a write, says 2 while changes are pending, and the same plan has the same hash', async () => {
    const before = worldOf(team);
    const plain = await runVerb(team, 'plan', ['--json']);
    const detailed = await runVerb(team, 'plan', ['--json', '--detailed-exitcode']);
    expect([plain.code, detailed.code]).toEqual([0, 2]);
    const [first, second] = [document(plain.stdout), document(detailed.stdout)];
    expect(first.rows).toEqual(rowsWritten(team));
    expect(first.plan.changes.length).toBeGreaterThan(100);
    expect(first.applied).toEqual(NOTHING);
    expect(second.plan.hash).toBe(first.plan.hash);
    expect(second.runId).not.toBe(first.runId);
    expect(team.writes()).toEqual([]);
    expect(worldOf(team)).toEqual(before);
  });

  it('writes on the first sync and nothing on the second', async () => {
    const first = await runVerb(team, 'sync', ['--json']);
    expect(first).toMatchObject({ code: 0, stderr: expect.not.stringContaining('error') });
    const done = document(first.stdout);
    expect(done).toMatchObject({ incomplete: [], errors: [], applied: { failed: 0, unknown: 0, closed: 0 } });
    expect(done.applied.updated).toBe(done.plan.summary.updates);
    expect(done.applied.created).toBe(done.plan.summary.creates);
    expect(done.applied.created).toBeGreaterThan(10);
    const calls = Object.values(done.calls).reduce((sum, { writes }) => sum + writes, 0);
    expect(team.writes()).toHaveLength(calls);
    expect(Object.values(done.plan.summary.calls).reduce((sum, count) => sum + count, 0)).toBe(calls);

    const before = worldOf(team);
    const second = await runVerb(team, 'sync', ['--json']);
    const quiet = document(second.stdout);
    expect(second.code).toBe(0);
    expect(quiet).toMatchObject({ applied: NOTHING, plan: { changes: [] }, incomplete: [], errors: [] });
    expect(quiet.plan.hash).not.toBe(done.plan.hash);
    expect(team.writes()).toHaveLength(calls);
    expect(worldOf(team)).toEqual(before);
  });

  it('has nothing pending afterwards', async () => {
    const before = team.writes().length;
    const text = await runVerb(team, 'plan', ['--detailed-exitcode']);
    expect(text).toMatchObject({ code: 0, stdout: expect.stringContaining('Plan: nothing to change.') });
    expect(team.writes()).toHaveLength(before);
  });

  it('writes little on the days that follow, and nothing twice on any of them', async () => {
    const all = team.writes().length;
    for (let days = 1; days < 7; days += 1) {
      const asOf = addDays(ANCHOR, days);
      const before = team.writes().length;
      await team.sync(asOf);
      expect(team.writes().length - before).toBeLessThan(all / 8);
      const caughtUp = team.writes().length;
      await team.sync(asOf);
      expect(team.writes()).toHaveLength(caughtUp);
    }
  });

  it.each([
    ['a week', 7],
    ['two weeks', 14],
    ['a month', 30],
  ])('is quiet again %s later, once it has caught up with the calendar', async (_name, days) => {
    const asOf = addDays(ANCHOR, days);
    const first = await team.sync(asOf);
    expect(first).toMatchObject({ exitCode: 0, report: { applied: { failed: 0, unknown: 0 } } });
    const writes = team.writes().length;
    const before = worldOf(team);
    const planned = await team.plan(asOf);
    const second = await team.sync(asOf);
    expect(planned.report.plan.changes).toEqual([]);
    expect(second).toMatchObject({ exitCode: 0, report: { applied: NOTHING, asOf } });
    expect(team.writes()).toHaveLength(writes);
    expect(worldOf(team)).toEqual(before);
  });
});

describe('columns that hold less than what is wanted', () => {
  it.each([
    {
      name: 'Airtable rounds, trims and keeps text where numbers are wanted',
      sample: 'english' as const,
      retype: ({ sandbox, source }: Team) => {
        const { location } = source('kpis');
        if (location.type !== 'airtable') return;
        const at = [location.base, location.table] as const;
        sandbox.airtable?.retypeField(...at, 'Achievement', 'number', { precision: 1 });
        sandbox.airtable?.retypeField(...at, 'Expected', 'singleLineText');
        sandbox.airtable?.retypeField(...at, 'Status', 'singleLineText');
        sandbox.airtable?.retypeField(...at, 'Why', 'richText');
      },
    },
    {
      name: 'Notion keeps text where numbers and dates are wanted, and a status that is never empty',
      sample: 'korean' as const,
      retype: ({ sandbox, source }: Team) => {
        const { location } = source('partnerships');
        const id = location.type === 'notion' ? location.id : '';
        for (const name of ['건강 점수', 'KPI 달성률', '다음 리뷰', '리스크 등급', '진행 상태']) {
          sandbox.notion?.retypeProperty(id, name, 'rich_text');
        }
        const { location: milestones } = source('milestones');
        if (milestones.type === 'notion') sandbox.notion?.retypeProperty(milestones.id, '일정 상태', 'status');
      },
    },
  ])('$name: quiet all the same', async ({ sample, retype }) => {
    const team = await openTeam(sample);
    retype(team);
    const first = await team.sync();
    expect(first.exitCode).toBe(0);
    expect(first.report.applied).toMatchObject({ failed: 0, unknown: 0 });
    expect(first.report.applied.updated).toBeGreaterThan(100);
    const before = worldOf(team);
    expect(await team.sync()).toMatchObject({ exitCode: 0, report: { applied: NOTHING } });
    expect(worldOf(team)).toEqual(before);
    await team.close();
  });
});
