import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/calendar.js';
import type { Fault } from '../../src/sandbox/context.js';
import { withHistory } from '../support/history-table.js';
import { ANCHOR, openTeam, type Team } from '../support/team.js';

const weeks = (team: Team): readonly string[] =>
  team
    .rows('history')
    .map(({ values }) => String(values.Week))
    .sort();

describe.each(['notion', 'airtable'] as const)('a history in %s', (tool) => {
  let team: Team;
  beforeAll(async () => {
    team = await openTeam('english', withHistory(tool));
  });
  afterAll(() => team.close());

  it('has no row as long as it cannot be read, although the rest is written', async () => {
    const refused: Fault = {
      kind: 'answer',
      status: 500,
      body: { object: 'error', status: 500, code: 'x', message: 'x' },
    };
    const place = tool === 'notion' ? 'd1f57acc-0000-4000-8000-00000000517c' : 'tblHistoryWeek001|History';
    team.sandbox.context.interceptor = ({ path, write }) =>
      !write && new RegExp(`${place}(?:/query|/listRecords|$|\\?)`).test(path) ? refused : undefined;
    const { report } = await team.plan();
    team.sandbox.context.interceptor = undefined;
    expect(report.incomplete).toContain('history');
    expect(report.plan.changes.filter(({ source }) => source === 'history')).toEqual([]);
  });

  it('gets one row per partnership that has a number, whole, in the week of the run', async () => {
    const { report } = await team.sync();
    const numbered = report.assessments.filter(({ health }) => health !== null);
    expect(report.applied).toMatchObject({ failed: 0, unknown: 0 });
    expect(report.plan.summary.guard.stopped).toBe(false);
    expect(numbered.length).toBeGreaterThan(10);
    expect(weeks(team)).toHaveLength(numbered.length);
    for (const key of weeks(team)) expect(key).toMatch(/^td1\.harbor-partners\.history\.2026-11-23\.[0-9a-z]+$/);
    const health = team.rows('history').map(({ values }) => values.Health);
    expect([...health].sort()).toEqual(numbered.map((item) => item.health).sort());
    for (const { values } of team.rows('history')) {
      expect(values).toMatchObject({ Date: ANCHOR, Status: expect.stringMatching(/^(?:On track|Watch|At risk)/) });
      if (tool === 'notion') expect(values.Partner).toHaveLength(1);
      else expect(values['Partner code']).toMatch(/^[A-Z]+-\d+$/);
    }
  });

  it('is left alone by a second run, by one later in the week, and where a person has edited it', async () => {
    const before = weeks(team);
    expect((await team.sync()).report.plan.changes).toEqual([]);
    const [first] = team.rows('history');
    team.edit('history', first?.id ?? '', { Health: 1 });
    await team.sync(addDays(ANCHOR, 6));
    expect(weeks(team)).toEqual(before);
    expect(team.rows('history').find(({ id }) => id === first?.id)?.values.Health).toBe(1);
  });

  it('gets the next rows in the next weeks, and the trend is told once there are three', async () => {
    const before = weeks(team).length;
    const later = (await team.sync(addDays(ANCHOR, 7), { allowMassChange: true })).report;
    expect(weeks(team).length).toBeGreaterThan(before);
    expect(new Set(weeks(team)).size).toBe(weeks(team).length);
    expect(later.assessments.every(({ trend }) => trend === null)).toBe(true);
    const third = (await team.plan(addDays(ANCHOR, 14))).report;
    const told = third.assessments.flatMap(({ trend }) => trend ?? []);
    expect(told.length).toBeGreaterThan(10);
    for (const trend of told) expect(trend).toMatchObject({ since: ANCHOR, weeks: 3 });
  });
});

it('a create without an answer makes no second row', async () => {
  const options = withHistory('notion');
  const team = await openTeam('english', {
    ...options,
    configure: (document) => {
      options.configure?.(document);
      document.setIn(['policy', 'reminders', 'settleSeconds'], 1);
    },
  });
  let dropped = 0;
  team.sandbox.context.interceptor = ({ method, path, body }) => {
    const isHistory = method === 'POST' && path === '/v1/pages' && JSON.stringify(body).includes('.history.');
    if (!isHistory || dropped > 0) return undefined;
    dropped += 1;
    return { kind: 'apply-then-drop' };
  };
  const { report } = await team.sync();
  const again = await team.sync();
  expect(dropped).toBe(1);
  expect(report.applied).toMatchObject({ failed: 0, unknown: 0 });
  expect(new Set(weeks(team)).size).toBe(weeks(team).length);
  expect(again.report.plan.changes).toEqual([]);
  await team.close();
});
