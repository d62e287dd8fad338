import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/calendar.js';
import type { Values } from '../../src/domain/entities.js';
import type { FindingCode } from '../../src/domain/rules/index.js';
import { found, type Rows, severities } from '../support/findings.js';
import { aPartnership, OPTIONS, ofP, TODAY } from '../support/rows.js';

const ago = (days: number) => addDays(TODAY, -days);
const ahead = (days: number) => addDays(TODAY, days);
const p = (values: Values<'partnerships'>): Rows => ({ partnerships: [aPartnership(values)] });
const seo = [{ name: '김서연' }];
const milestone = (values: Values<'milestones'>, id = 'm1') => ofP('milestones', values, { id });

describe('the road ahead', () => {
  const ready: Values<'milestones'> = { owner: seo, kpi: ['k'], riskPlan: '대체 공급' };
  const pilot: Values<'milestones'> = { kind: 'pilot', decisionDate: ago(1) };
  const waiting = (values: Values<'milestones'>, first: Values<'milestones'>): Rows => ({
    milestones: [milestone({ blockedBy: ['m2'], ...values }), milestone(first, 'm2')],
  });
  const dues = (...days: readonly number[]): Rows => ({
    milestones: days.map((day, index) => milestone({ due: ahead(day) }, `m${index}`)),
  });
  it.each<[FindingCode, string, Rows, string[]]>([
    ['pilot-undecided', 'to be decided yesterday', { milestones: [milestone(pilot)] }, ['low']],
    ['pilot-undecided', 'to be decided today', { milestones: [milestone({ ...pilot, decisionDate: TODAY })] }, []],
    ['pilot-undecided', 'no pilot', { milestones: [milestone({ ...pilot, kind: 'delivery' })] }, []],
    ['pilot-undecided', 'done', { milestones: [milestone({ ...pilot, doneOn: ago(2) })] }, []],
    ['pilot-undecided', 'on hold', { milestones: [milestone({ ...pilot, status: 'on-hold' })] }, []],
    [
      'milestone-incomplete',
      'nobody leads it',
      { milestones: [milestone({ ...ready, due: ahead(30), owner: [] })] },
      ['low'],
    ],
    ['milestone-incomplete', 'serves no KPI', { milestones: [milestone({ ...ready, due: TODAY, kpi: [] })] }, ['info']],
    ['milestone-incomplete', 'all is there', { milestones: [milestone({ ...ready, due: ahead(30) })] }, []],
    ['milestone-incomplete', 'still far away', { milestones: [milestone({ due: ahead(31) })] }, []],
    ['milestone-incomplete', 'overdue is told elsewhere', { milestones: [milestone({ due: ago(1) })] }, []],
    ['milestone-incomplete', 'cancelled', { milestones: [milestone({ due: ahead(1), status: 'cancelled' })] }, []],
    ['milestone-blocked', 'due in 14 days', waiting({ due: ahead(14) }, { due: ago(1) }), ['low']],
    ['milestone-blocked', 'due in 15 days', waiting({ due: ahead(15) }, { due: ago(1) }), []],
    ['milestone-blocked', 'late itself', waiting({ due: ago(1) }, { due: ago(2) }), ['medium']],
    ['milestone-blocked', 'the other is due today', waiting({ due: ahead(1) }, { due: TODAY }), []],
    ['milestone-blocked', 'the other is done', waiting({ due: ahead(1) }, { due: ago(9), doneOn: ago(1) }), []],
    [
      'milestone-blocked',
      'the other was cancelled',
      waiting({ due: ahead(1) }, { due: ago(9), status: 'cancelled' }),
      [],
    ],
    ['milestone-blocked', 'waits for itself', { milestones: [milestone({ due: ago(1), blockedBy: ['m1'] })] }, []],
    [
      'milestone-blocked',
      'waits for a row nobody has',
      { milestones: [milestone({ due: ago(1), blockedBy: ['x'] })] },
      [],
    ],
    ['milestone-moved', 'twice', { milestones: [milestone({ moves: 2 })] }, ['low']],
    ['milestone-moved', 'once', { milestones: [milestone({ moves: 1 })] }, []],
    ['milestone-moved', 'twice, and done', { milestones: [milestone({ moves: 2, status: 'done' })] }, []],
    ['milestone-moved', 'no number', { milestones: [milestone({ moves: Number.NaN })] }, []],
    ['replan-needed', 'two of six are late', dues(-1, -2, 3, 4, 5, 6), ['medium']],
    ['replan-needed', 'two of seven are late', dues(-1, -2, 3, 4, 5, 6, 7), []],
    ['replan-needed', 'the only one is late', dues(-1), []],
    ['replan-needed', 'not begun', { ...p({ start: ahead(1) }), ...dues(-1, -2) }, []],
    ['next-milestone-missing', 'none', { milestones: [] }, ['info']],
    ['next-milestone-missing', 'none, strategic', { ...p({ tier: 'strategic' }), milestones: [] }, ['low']],
    ['next-milestone-missing', 'one in 90 days', dues(90), []],
    ['next-milestone-missing', 'one in 91 days', dues(91), ['info']],
    ['next-milestone-missing', 'one without a day', { milestones: [milestone({})] }, []],
    [
      'next-milestone-missing',
      'one whose day cannot be read',
      {
        milestones: [ofP('milestones', { doneOn: ago(1) }, { unreadable: ['due'] })],
      },
      [],
    ],
    [
      'next-milestone-missing',
      'only done ones',
      { milestones: [milestone({ due: ago(9), doneOn: ago(9) })] },
      ['info'],
    ],
    ['next-milestone-missing', 'in exit', { ...p({ stage: 'exit' }), milestones: [] }, []],
  ])('%s: %s', (code, _scenario, rows, expected) => {
    expect(severities(found(code, rows))).toEqual(expected);
  });

  it('names what is missing, of what the team keeps', () => {
    const rows: Rows = { milestones: [milestone({ due: ahead(3), kpi: ['k'] })] };
    const missing = (...unmapped: readonly string[]) =>
      found('milestone-incomplete', rows, unmapped)[0]?.params.missing;
    expect(missing()).toBe('owner,riskPlan');
    expect(missing('milestones.riskPlan')).toBe('owner');
  });

  it('names what a milestone waits for, and rests on its row', () => {
    const [finding] = found('milestone-blocked', {
      milestones: [
        milestone({ due: ahead(3), blockedBy: ['m2'] }),
        ofP('milestones', { due: ago(1) }, { id: 'm2', title: '보안 심사' }),
      ],
    });
    expect(finding).toMatchObject({ row: { id: 'm1' }, evidence: [{ id: 'm2' }], params: { by: '보안 심사' } });
  });

  it('can be tuned', () => {
    const rules = { ...OPTIONS.policy.rules, milestoneMoves: 3, replan: { share: 0.5, least: 1 } };
    const policy = { ...OPTIONS.policy, rules };
    expect(found('milestone-moved', { milestones: [milestone({ moves: 2 })] }, [], { policy })).toEqual([]);
    expect(found('replan-needed', dues(-1, 1), [], { policy })).toHaveLength(1);
  });
});

describe('from what was said to what was done', () => {
  const action = (values: Values<'actions'>, id = 'a1') => ofP('actions', values, { id });
  const improvement = (values: Values<'actions'>): Rows => ({ actions: [action({ kind: 'improvement', ...values })] });
  it.each<[FindingCode, string, Rows, string[]]>([
    ['action-incomplete', 'no day', { actions: [action({ owner: seo })] }, ['info']],
    ['action-incomplete', 'nobody, out of a conflict', { actions: [action({ due: ahead(1), issue: ['i'] })] }, ['low']],
    ['action-incomplete', 'both are there', { actions: [action({ owner: seo, due: ahead(1) })] }, []],
    ['action-incomplete', 'done', { actions: [action({ doneOn: ago(1) })] }, []],
    ['improvement-stalled', 'open for 90 days', improvement({ openedOn: ago(90) }), []],
    ['improvement-stalled', 'open for 91 days', improvement({ openedOn: ago(91) }), ['low']],
    ['improvement-stalled', 'done', improvement({ openedOn: ago(91), status: 'done' }), []],
    ['improvement-stalled', 'an ordinary action', { actions: [action({ openedOn: ago(91) })] }, []],
    ['effect-unverified', '30 days after', improvement({ doneOn: ago(30) }), []],
    ['effect-unverified', '31 days after', improvement({ doneOn: ago(31) }), ['low']],
    ['effect-unverified', 'checked', improvement({ doneOn: ago(31), effectVerified: true }), []],
    ['effect-unverified', 'a year after', improvement({ doneOn: ago(365) }), ['low']],
    ['effect-unverified', 'longer ago', improvement({ doneOn: ago(366) }), []],
    ['effect-unverified', 'cancelled', improvement({ doneOn: ago(31), status: 'cancelled' }), []],
  ])('%s: %s', (code, _scenario, rows, expected) => {
    expect(severities(found(code, rows))).toEqual(expected);
  });

  // Said 100 days ago; done after so many days each.
  const loops = (...days: readonly number[]): Rows => ({
    feedback: [ofP('feedback', { date: ago(100) }, { id: 'f1' })],
    issues: [ofP('issues', { openedOn: ago(80) }, { id: 'i1' })],
    actions: days.map((took, index) =>
      action({ feedback: ['f1'], issue: ['i1'], doneOn: ago(100 - took) }, `a${index}`),
    ),
  });
  it.each<[string, Rows, unknown[]]>([
    ['10, 31 and 90 days', loops(10, 31, 90), [{ days: 31, count: 3 }]],
    ['10, 30 and 90 days', loops(10, 30, 90), []],
    ['10, 40, 50 and 90 days: between the two in the middle', loops(10, 40, 50, 90), [{ days: 45, count: 4 }]],
    ['two loops tell of themselves only', loops(90, 90), []],
    ['one still open', loops(90, 90, 101), []],
    [
      'counted from the issue where there is no feedback',
      { ...loops(40, 60, 70), feedback: [] },
      [{ days: 40, count: 3 }],
    ],
  ])('loop-slow: %s', (_scenario, rows, expected) => {
    expect(found('loop-slow', rows).map(({ params }) => params)).toEqual(expected);
  });
});
