import { describe, expect, it } from 'vitest';
import { assess } from '../../src/domain/assess.js';
import { addDays } from '../../src/domain/calendar.js';
import type { Values } from '../../src/domain/entities.js';
import { PLAYBOOKS, remindersOf } from '../../src/domain/playbooks/index.js';
import { DEFAULT_POLICY, type Policy } from '../../src/domain/policy.js';
import { desiredTasks } from '../../src/domain/reminders/desired.js';
import { CATALOGUES } from '../../src/messages/index.js';
import { aPartnership, aSnapshot, OPTIONS, ofP, TODAY } from '../support/rows.js';

type Rows = Parameters<typeof aSnapshot>[0];

const ago = (days: number) => addDays(TODAY, -days);
const p = (values: Values<'partnerships'>): Rows => ({ partnerships: [aPartnership(values)] });
const ALL: Policy['playbooks'] = { disabled: [], enabled: PLAYBOOKS.map(({ code }) => code), steps: {} };

/** The tasks of one playbook that are asked for. */
function stepsOf(code: string, rows: Rows, playbooks: Policy['playbooks'] = ALL) {
  const policy = { ...DEFAULT_POLICY, playbooks };
  const snapshot = aSnapshot({ partnerships: [aPartnership()], ...rows });
  const assessment = assess(snapshot, { ...OPTIONS, policy });
  const context = { ...OPTIONS, policy, workspace: 'hanbit', people: [], reminders: remindersOf(policy) };
  return desiredTasks({ snapshot, issues: [] }, assessment, context).tasks.filter(({ rule }) =>
    rule.startsWith(`pb-${code}-`),
  );
}

/** Those of them a task would be made for. */
function newSteps(code: string, rows: Rows) {
  return stepsOf(code, rows).filter(({ keepOnly }) => keepOnly !== true);
}

const CRITICAL: Rows = { risks: [ofP('risks', { likelihood: 5, impact: 5, plan: 'x' }, { title: '공급 중단' })] };
const ISSUE: Rows = { issues: [ofP('issues', { severity: 'high', openedOn: ago(1), state: 'facts' })] };

describe('a playbook begins', () => {
  it.each<[string, string, Rows, number]>([
    ['onboarding', 'a partnership that begins today', p({ start: TODAY }), 5],
    ['onboarding', 'one that began 30 days ago', p({ start: ago(30) }), 5],
    ['onboarding', 'one that began 31 days ago is history', p({ start: ago(31) }), 0],
    ['onboarding', 'one that begins tomorrow', p({ start: addDays(TODAY, 1) }), 0],
    ['onboarding', 'one that is leaving', p({ start: TODAY, stage: 'exit' }), 0],
    ['onboarding', 'a muted one', p({ start: TODAY, muted: true }), 0],
    ['exit', 'an exit entered a week ago', p({ stage: 'exit', stageSince: ago(7) }), 4],
    ['exit', 'an exit of last year', p({ stage: 'exit', stageSince: ago(300) }), 0],
    ['exit', 'an exit nobody dated', p({ stage: 'exit' }), 0],
    ['risk-critical', 'a critical risk', CRITICAL, 3],
    [
      'risk-critical',
      'a critical risk of last month',
      { risks: [ofP('risks', { likelihood: 5, impact: 5, openedOn: ago(30) })] },
      3,
    ],
    [
      'risk-critical',
      'a critical risk of old',
      { risks: [ofP('risks', { likelihood: 5, impact: 5, openedOn: ago(31) })] },
      0,
    ],
    [
      'conflict-opened',
      'an issue of old',
      { issues: [ofP('issues', { severity: 'high', openedOn: ago(31), state: 'facts' })] },
      0,
    ],
    ['risk-critical', 'a high one', { risks: [ofP('risks', { likelihood: 3, impact: 4 })] }, 0],
    ['risk-high', 'a high one', { risks: [ofP('risks', { likelihood: 3, impact: 4 })] }, 3],
    ['conflict-opened', 'an open issue', ISSUE, 3],
    [
      'conflict-mediation',
      'an issue in mediation',
      { issues: [ofP('issues', { severity: 'high', state: 'mediation' })] },
      4,
    ],
    ['conflict-mediation', 'an issue before that', ISSUE, 0],
    ['hand-over', 'a contact who left', { contacts: [ofP('contacts', { status: 'left' })] }, 4],
    ['renewal', 'a decision is due', p({ end: addDays(TODAY, 100), noticeDays: 30 }), 3],
  ])('%s: %s', (code, _scenario, rows, count) => {
    expect(newSteps(code, rows)).toHaveLength(count);
  });
});

it('goes on asking for what is open as long as its reason stands, however old', () => {
  const risks = [ofP('risks', { likelihood: 5, impact: 5, openedOn: ago(300) })];
  expect(stepsOf('risk-critical', { risks })).toHaveLength(3);
});

it('its steps are due in business days from the day they are made, which then stands', () => {
  const due = stepsOf('onboarding', p({ start: TODAY })).map((task) => [task.due, task.dueStands]);
  // From a Monday on, weekends left out.
  expect(due).toEqual([
    ['2026-11-26', 'for-occurrence'],
    ['2026-11-30', 'for-occurrence'],
    ['2026-12-07', 'for-occurrence'],
    ['2026-12-07', 'for-occurrence'],
    ['2026-12-14', 'for-occurrence'],
  ]);
});

it('its keys stay the same from day to day, one per step and row', () => {
  const keys = stepsOf('risk-critical', CRITICAL).map(({ key }) => key);
  expect(new Set(keys).size).toBe(3);
  const [key = ''] = keys;
  expect(key).toMatch(/^td1\.hanbit\.pb-risk-critical-report\.risk-critical\.[0-9a-z]+$/);
});

it('each step is for its role, and falls back to the owner', () => {
  const people = { owner: [{ name: 'Kim' }], sponsor: [{ name: 'Park' }], lead: [{ name: 'Lee' }] };
  const asked = (rows: Rows) =>
    stepsOf('risk-critical', rows).map(({ assignees }) => assignees.map(({ person }) => person.name)[0]);
  const risks = [ofP('risks', { likelihood: 5, impact: 5, plan: 'x', owner: [{ name: 'Choi' }] })];
  expect(asked({ ...p(people), risks })).toEqual(['Park', 'Kim', 'Choi']);
  expect(asked({ ...p({ owner: [{ name: 'Kim' }], sponsor: [] }), ...CRITICAL })).toEqual(['Kim', 'Kim', 'Kim']);
});

describe('the configuration', () => {
  it.each<[string, Partial<Policy['playbooks']>, number]>([
    ['on by default', {}, 3],
    ['switched off', { disabled: ['risk-critical'] }, 0],
    [
      'with steps of its own',
      { steps: { 'risk-critical': [{ id: 'call', title: '대표 통화', after: 1, role: 'sponsor' }] } },
      1,
    ],
  ])('%s', (_scenario, given, count) => {
    expect(stepsOf('risk-critical', CRITICAL, { ...DEFAULT_POLICY.playbooks, ...given })).toHaveLength(count);
  });

  it('what does not come by itself is off', () => {
    expect(stepsOf('hand-over', { contacts: [ofP('contacts', { status: 'left' })] }, DEFAULT_POLICY.playbooks)).toEqual(
      [],
    );
  });

  it("a team's own step says what the team wrote", () => {
    const steps = {
      'risk-critical': [{ id: 'call', title: '대표 통화', note: '오전 중', after: 1, role: 'sponsor' as const }],
    };
    const [task] = stepsOf('risk-critical', CRITICAL, { ...DEFAULT_POLICY.playbooks, steps });
    if (task === undefined) throw new Error('no step');
    expect(CATALOGUES.ko.task(task.message)).toEqual({
      kind: '리스크 체크리스트',
      title: `[${task.partnerships[0]?.title}] 대표 통화`,
      note: '오전 중',
    });
  });
});

it('every step has words in both languages, and every playbook a kind a select column can hold', () => {
  for (const catalogue of Object.values(CATALOGUES)) {
    for (const { code, steps } of PLAYBOOKS) {
      for (const { id } of steps) {
        const params = { partnership: 'P', risk: 'R', issue: 'I' };
        const { title, note, kind } = catalogue.task({ code: `${code}/${id}`, params });
        expect(title).toMatch(/^\[P\] \S/);
        expect(note).toMatch(/\S.{10}/);
        expect(kind).not.toContain(',');
      }
    }
  }
});
