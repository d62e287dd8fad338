import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Day } from '../../src/domain/entities.js';
import { parseKey, subjectOf } from '../../src/domain/key.js';
import type { ReportedAssessment, RunReport } from '../../src/pipeline/report.js';
import type { ShortValues } from '../../src/sandbox/notion/index.js';
import { expectGolden } from '../support/golden.js';
import { openTeam, type Team, type TeamRow } from '../support/team.js';
import { keyOf } from '../support/team-world.js';
import { runVerb } from '../support/verb.js';

describe('five weeks of the korean team', () => {
  let team: Team;
  beforeAll(async () => {
    team = await openTeam('korean');
    await live('2026-11-23');
  });
  afterAll(() => team.close());

  /** A day: one sync that may write, and one that finds nothing left. */
  async function live(day: Day): Promise<RunReport> {
    const { report, exitCode } = await team.sync(day);
    expect(exitCode).toBe(0);
    const writes = team.writes().length;
    const again = await team.sync(day);
    expect(again.report.applied).toEqual({ updated: 0, created: 0, closed: 0, failed: 0, unknown: 0 });
    expect(team.writes()).toHaveLength(writes);
    return report;
  }

  const partner = (name: string): TeamRow => team.row('partnerships', '파트너사', name);
  const add = (entity: 'reviews' | 'risks', values: ShortValues): string => {
    const { location } = team.source(entity);
    return team.sandbox.notion?.addPage(location.type === 'notion' ? location.id : '', values) ?? '';
  };
  const tasksOf = (rule: string, rowId: string): readonly TeamRow[] =>
    team.rows('tasks').filter((row) => {
      const identity = parseKey(keyOf(row) ?? '');
      return identity?.rule === rule && identity.subject === subjectOf(rowId);
    });
  const openOf = (rule: string, rowId: string) =>
    tasksOf(rule, rowId).filter((row) => row.values.상태 !== '완료' && !row.inTrash);
  const verdict = (report: RunReport, row: TeamRow): ReportedAssessment | undefined =>
    report.assessments.find(({ partnership }) => partnership.id === row.id);
  const changesOf = (report: RunReport, rowId: string | undefined) =>
    report.plan.changes.filter(({ row }) => row?.id === rowId);

  it('a review is held: its task closes and says why', async () => {
    const page = partner('여울목페이');
    const [task] = openOf('review-due', page.id);
    expect(task?.values).toMatchObject({ '할 일': expect.stringContaining('정기 리뷰 지연'), 상태: '시작 전' });
    add('reviews', {
      리뷰: '여울목페이 성과 점검',
      파트너사: [page.id],
      종류: '성과 점검',
      예정일: '2026-11-24',
      실시일: '2026-11-24',
      상태: '실시',
    });
    const report = await live('2026-11-24');
    expect(changesOf(report, task?.id)).toMatchObject([{ kind: 'close', reason: { code: 'task-closed' } }]);
    expect(tasksOf('review-due', page.id)).toMatchObject([
      {
        id: task?.id,
        values: { 상태: '완료', 메모: expect.stringMatching(/\nTandem 자동 종료\(2026년 11월 24일\): 리뷰/) },
      },
    ]);
    expect(verdict(report, page)?.findings.map(({ code }) => code)).not.toContain('review-overdue');
    expect(partner('여울목페이').values['다음 리뷰']).toBe('2027-02-24');
  });

  it('a milestone gets an earlier date that is past as well: its task moves along', async () => {
    const milestone = team.row('milestones', '마일스톤', '라온결핀테크 1차 납품');
    const [task] = openOf('milestone-overdue', milestone.id);
    expect(task?.values.마감일).toBe('2026-11-24');
    team.edit('milestones', milestone.id, { 기한: '2026-11-17' });
    const report = await live('2026-11-25');
    expect(changesOf(report, task?.id)).toMatchObject([{ kind: 'update', reason: { code: 'task-moved' } }]);
    expect(tasksOf('milestone-overdue', milestone.id)).toMatchObject([
      {
        id: task?.id,
        values: { 마감일: '2026-11-20', 메모: expect.stringContaining('2026년 11월 17일'), 상태: '시작 전' },
      },
    ]);
  });

  it('the renewal is decided: the task to decide closes', async () => {
    const agreement = team.row('agreements', '계약', '도담비전랩 협력 계약');
    const [task] = openOf('decide-by', agreement.id);
    expect(task?.values['할 일']).toBe('[도담비전랩] 계약 갱신 여부 결정');
    team.edit('agreements', agreement.id, { '갱신 결정': '갱신', 결정일: '2026-11-26' });
    const report = await live('2026-11-26');
    expect(changesOf(report, task?.id)).toMatchObject([{ kind: 'close' }]);
    expect(openOf('decide-by', agreement.id)).toEqual([]);
    expect(verdict(report, partner('도담비전랩'))).toMatchObject({ decideBy: null });
    expect(partner('도담비전랩').values['결정 기한']).toBeNull();
  });

  it('it gets a date to come: its task closes, and a new one opens when that date is near', async () => {
    const milestone = team.row('milestones', '마일스톤', '라온결핀테크 1차 납품');
    const [task] = openOf('milestone-overdue', milestone.id);
    team.edit('milestones', milestone.id, { 기한: '2026-12-16' });
    const report = await live('2026-11-27');
    expect(changesOf(report, task?.id)).toMatchObject([{ kind: 'close' }]);
    expect(openOf('milestone-overdue', milestone.id)).toEqual([]);
    await live('2026-12-16');
    const [fresh, ...others] = openOf('milestone-overdue', milestone.id);
    expect(others).toEqual([]);
    expect(fresh?.values).toMatchObject({ '할 일': expect.stringContaining('기한 임박'), 마감일: '2026-12-16' });
    expect(keyOf(fresh ?? milestone)).not.toBe(keyOf(task ?? milestone));
  });

  it('its day passes: the task that told of it now tells that it is overdue', async () => {
    const milestone = team.row('milestones', '마일스톤', '라온결핀테크 1차 납품');
    const [coming] = openOf('milestone-overdue', milestone.id);
    await live('2026-12-17');
    expect(openOf('milestone-overdue', milestone.id)).toMatchObject([
      { id: coming?.id, values: { '할 일': expect.stringContaining('지연 대응'), 마감일: '2026-12-21' } },
    ]);
  });

  it('the milestone is done: that task closes too', async () => {
    const milestone = team.row('milestones', '마일스톤', '라온결핀테크 1차 납품');
    team.edit('milestones', milestone.id, { 완료일: '2026-12-18', 진행: '완료' });
    await live('2026-12-18');
    expect(openOf('milestone-overdue', milestone.id)).toEqual([]);
    expect(tasksOf('milestone-overdue', milestone.id)).toHaveLength(2);
    expect(team.row('milestones', '마일스톤', '라온결핀테크 1차 납품').values['일정 상태']).toBe('완료');
  });

  it('a critical risk opens: the partnership is at risk from the next sync on, and says why', async () => {
    const page = partner('미르솔루션');
    expect(page.values['진행 상태']).toBe('순조');
    const risk = add('risks', { 리스크: '핵심 인력 퇴사', 파트너사: [page.id], 가능성: 4, 영향: 5, 상태: '발생' });
    const report = await live('2026-12-22');
    expect(verdict(report, page)).toMatchObject({ status: 'at-risk', riskLevel: 'critical' });
    expect(changesOf(report, page.id)).toMatchObject([
      {
        reason: { code: 'status-changed', text: expect.stringContaining('위험') },
        fields: { status: { before: '순조', after: '위험' } },
      },
    ]);
    expect(partner('미르솔루션').values).toMatchObject({
      '진행 상태': '위험',
      '판단 근거': expect.stringMatching(/^심각 리스크 ‘핵심 인력 퇴사’ 미해소\(가능성 4, 영향 5\)/),
      '상태 변경일': '2026-12-22',
    });
    expect(team.row('risks', '리스크', '핵심 인력 퇴사').values.등급).toBe('심각');

    team.edit('risks', risk, { 상태: '종료' });
    expect(verdict(await live('2026-12-23'), page)?.status).toBe('on-track');
    expect(partner('미르솔루션').values).toMatchObject({ '진행 상태': '순조', '상태 변경일': '2026-12-23' });
  });

  it('somebody takes over a partnership nobody owned: the open tasks are theirs', async () => {
    const page = partner('윤슬커머스랩');
    expect(openOf('review-due', page.id)).toMatchObject([{ values: { 담당: [] } }]);
    const owner = team.filled.notion?.users.find(({ name }) => name === '이도현')?.id ?? '';
    team.sandbox.notion?.edit(page.id, { 담당자: [owner] });
    await live('2026-12-23');
    expect(openOf('review-due', page.id)).toMatchObject([{ values: { 담당: [owner] } }]);
  });

  it('a person decides the status: it stands until its last day', async () => {
    const page = partner('미르솔루션');
    team.edit('partnerships', page.id, {
      '수동 판단': '주의',
      '수동 판단 사유': '임원 교체',
      '수동 판단 기한': '2026-12-28',
    });
    await live('2026-12-24');
    expect(partner('미르솔루션').values).toMatchObject({
      '진행 상태': '주의',
      '판단 근거': expect.stringContaining('임원 교체'),
    });
    await live('2026-12-28');
    expect(partner('미르솔루션').values['진행 상태']).toBe('주의');
    await live('2026-12-29');
    expect(partner('미르솔루션').values['진행 상태']).toBe('순조');
  });
});

describe.each(['korean', 'english'] as const)('what the %s team reads', (sample) => {
  let team: Team;
  beforeAll(async () => {
    team = await openTeam(sample);
  });
  afterAll(() => team.close());

  it('before: the plan', async () => {
    const { stdout, code } = await runVerb(team, 'plan');
    expect(code).toBe(0);
    expectGolden(`plan-${sample}.txt`, stdout);
  });

  it('after: the tasks', async () => {
    await team.sync();
    const { fields } = team.source('tasks');
    const people = new Map((team.filled.notion?.users ?? []).map(({ id, name }) => [id, name]));
    const partners = new Map(team.rows('partnerships').map((row) => [row.id, row.values[nameOf(team)]]));
    const texts = team
      .rows('tasks')
      .filter((row) => keyOf(row) !== undefined)
      .map((row) => {
        const lines = Object.entries(fields)
          .filter(([field]) => field !== 'stamp')
          .map(([, { property }]) => `${property}: ${spoken(row.values[property], [people, partners])}`);
        return lines.join('\n');
      });
    expectGolden(`tasks-${sample}.txt`, `${texts.sort().join('\n\n')}\n`);
  });
});

const nameOf = (team: Team): string => team.source('partnerships').fields.name?.property ?? '';

function spoken(value: unknown, names: readonly ReadonlyMap<string, unknown>[]): string {
  if (Array.isArray(value)) return value.map((item) => spoken(item, names)).join(', ');
  const name = names.map((known) => known.get(String(value))).find((found) => found !== undefined);
  return value === null ? '' : String(name ?? value);
}
