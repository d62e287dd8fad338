import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/calendar.js';
import type { Values } from '../../src/domain/entities.js';
import type { FindingCode } from '../../src/domain/rules/index.js';
import { found, type Rows, severities } from '../support/findings.js';
import { OPTIONS, ofP, TODAY } from '../support/rows.js';

const ago = (days: number) => addDays(TODAY, -days);
const ahead = (days: number) => addDays(TODAY, days);

type Decision = Values<'decisions'>;
type Action = Values<'actions'>;
type Review = Values<'reviews'>;

describe('decisions', () => {
  const made: Decision = { status: 'approved', decidedOn: ago(5) };
  it.each<[string, FindingCode, Decision, string[]]>([
    // Ten business days from Monday 9 November end on Monday 23 November, which is today.
    ['asked ten business days ago', 'decision-waiting', { status: 'pending', requestedOn: '2026-11-09' }, []],
    ['asked eleven', 'decision-waiting', { status: 'pending', requestedOn: '2026-11-06' }, ['medium']],
    ['asked twenty', 'decision-waiting', { status: 'pending', requestedOn: '2026-10-26' }, ['medium']],
    ['asked twenty-one', 'decision-waiting', { status: 'pending', requestedOn: '2026-10-23' }, ['high']],
    ['without a state and a day', 'decision-waiting', { requestedOn: ago(30) }, ['high']],
    ['without a state but decided', 'decision-waiting', { requestedOn: ago(30), decidedOn: ago(1) }, []],
    ['on hold', 'decision-waiting', { status: 'on-hold', requestedOn: ago(30) }, []],
    ['approved', 'decision-waiting', { status: 'approved', requestedOn: ago(30) }, []],
    ['nobody says since when', 'decision-waiting', { status: 'pending' }, []],
    ['no rationale', 'decision-without-rationale', made, ['low']],
    ['a rationale', 'decision-without-rationale', { ...made, rationale: '원가 절감' }, []],
    ['rejected without one', 'decision-without-rationale', { ...made, status: 'rejected' }, ['low']],
    ['decided 90 days ago', 'decision-without-rationale', { ...made, decidedOn: ago(90) }, ['low']],
    ['decided 91 days ago', 'decision-without-rationale', { ...made, decidedOn: ago(91) }, []],
    ['decided on an unknown day', 'decision-without-rationale', { status: 'approved' }, ['low']],
    ['to be decided tomorrow', 'decision-without-rationale', { ...made, decidedOn: ahead(1) }, []],
    ['not decided', 'decision-without-rationale', { status: 'pending' }, []],
    ['expired yesterday', 'decision-expired', { ...made, expiresOn: ago(1) }, ['medium']],
    ['expires today', 'decision-expired', { ...made, expiresOn: TODAY }, []],
    ['expired without a state', 'decision-expired', { decidedOn: ago(9), expiresOn: ago(1) }, ['medium']],
    ['expired but rejected', 'decision-expired', { ...made, status: 'rejected', expiresOn: ago(1) }, []],
    ['expired before it was decided', 'decision-expired', { status: 'pending', expiresOn: ago(1) }, []],
  ])('%s: %s', (_scenario, code, values, expected) => {
    expect(severities(found(code, { decisions: [ofP('decisions', values)] }))).toEqual(expected);
  });

  it.each<[FindingCode, Decision, readonly string[]]>([
    ['decision-waiting', { requestedOn: ago(30) }, ['decisions.status', 'decisions.decidedOn']],
    ['decision-without-rationale', made, ['decisions.rationale']],
  ])('%s is silent where the columns are not mapped', (code, values, unmapped) => {
    const rows: Rows = { decisions: [ofP('decisions', values)] };
    expect(found(code, rows)).toHaveLength(1);
    expect(found(code, rows, unmapped)).toEqual([]);
  });

  it.each<[FindingCode, Decision, string]>([
    ['decision-waiting', { requestedOn: ago(30) }, 'status'],
    ['decision-without-rationale', made, 'rationale'],
    ['decision-expired', { ...made, expiresOn: ago(1) }, 'status'],
  ])('%s is silent where a cell cannot be read', (code, values, unreadable) => {
    expect(found(code, { decisions: [ofP('decisions', values, { unreadable: [unreadable] })] })).toEqual([]);
  });

  it('holidays are no business days', () => {
    const rows: Rows = { decisions: [ofP('decisions', { status: 'pending', requestedOn: '2026-11-06' })] };
    const calendar = { holidays: new Set(['2026-11-11']) };
    expect(found('decision-waiting', rows, [], { calendar })).toEqual([]);
  });
});

describe('action-overdue', () => {
  it.each<[string, Action, string[]]>([
    ['due today', { due: TODAY }, []],
    ['due yesterday', { due: ago(1), side: 'us' }, ['low us']],
    ['theirs', { due: ago(1), side: 'them' }, ['low them']],
    ['nobody says whose', { due: ago(1) }, ['low unknown']],
    ['seven days late', { due: ago(7) }, ['low unknown']],
    ['eight days late', { due: ago(8) }, ['medium unknown']],
    ['done', { due: ago(8), status: 'done' }, []],
    ['done on a day', { due: ago(8), doneOn: ago(1) }, []],
    ['done tomorrow is not done', { due: ago(8), doneOn: ahead(1) }, ['medium unknown']],
    ['cancelled', { due: ago(8), status: 'cancelled' }, []],
    ['without a date', {}, []],
  ])('%s', (_scenario, values, expected) => {
    const findings = found('action-overdue', { actions: [ofP('actions', values)] });
    expect(findings.map(({ severity, params }) => `${severity} ${params.side}`)).toEqual(expected);
  });

  it('is silent where nothing tells that an action is done', () => {
    const rows: Rows = { actions: [ofP('actions', { due: ago(8) })] };
    expect(found('action-overdue', rows, ['actions.status', 'actions.doneOn'])).toEqual([]);
    expect(found('action-overdue', rows, ['actions.status'])).toHaveLength(1);
  });

  it('is silent where a cell cannot be read', () => {
    const broken = ofP('actions', { due: ago(8) }, { unreadable: ['doneOn'] });
    expect(found('action-overdue', { actions: [broken] })).toEqual([]);
  });
});

describe('review-without-actions', () => {
  // Two business days from Wednesday 18 November end on Friday 20 November, from Thursday on Monday, which is today.
  const held: Review = { heldOn: '2026-11-18', actionCount: 0 };
  const linked = ofP('actions', { review: ['r'] });
  const found1 = (values: Review, rows: Rows = {}, unmapped: readonly string[] = []) =>
    severities(found('review-without-actions', { reviews: [ofP('reviews', values, { id: 'r' })], ...rows }, unmapped));

  it.each<[string, Review, Rows, string[]]>([
    ['three business days ago', held, {}, ['low']],
    ['two business days ago', { ...held, heldOn: '2026-11-19' }, {}, []],
    ['with an action', { ...held, actionCount: 1 }, {}, []],
    ['with a linked action', held, { actions: [linked] }, []],
    ['no action links to it', { heldOn: held.heldOn ?? '' }, { actions: [] }, ['low']],
    ['planned only', { plannedOn: '2026-11-10', actionCount: 0 }, {}, []],
    ['a briefing', { ...held, kind: 'briefing' }, {}, []],
  ])('%s', (_scenario, values, rows, expected) => {
    expect(found1(values, rows)).toEqual(expected);
  });

  it('asks of the last review only', () => {
    const older = ofP('reviews', { heldOn: '2026-08-18', actionCount: 0 }, { id: 'older' });
    const last = ofP('reviews', { ...held, actionCount: 2 }, { id: 'last' });
    expect(found('review-without-actions', { reviews: [older, last] })).toEqual([]);
  });

  it('is silent where no count and no link is kept', () => {
    expect(found1({ heldOn: '2026-11-18' })).toEqual([]);
    expect(found1({ heldOn: '2026-11-18' }, { actions: [] }, ['actions.review'])).toEqual([]);
  });

  it('is silent where a link cannot be read', () => {
    expect(found1(held, { actions: [ofP('actions', {}, { unreadable: ['review'] })] })).toEqual([]);
  });
});

describe('issue-open', () => {
  type Issue = Values<'issues'>;
  it.each<[string, Issue, string[]]>([
    ['critical, opened today', { severity: 'critical', openedOn: TODAY }, ['high open']],
    ['critical, opened on Friday', { severity: 'critical', openedOn: '2026-11-20' }, ['high open']],
    ['critical, not acknowledged', { severity: 'critical', openedOn: '2026-11-19' }, ['critical acknowledge']],
    ['critical, acknowledged', { severity: 'critical', openedOn: '2026-11-19', acknowledgedOn: TODAY }, ['high open']],
    [
      'critical, not resolved',
      { severity: 'critical', openedOn: '2026-11-13', acknowledgedOn: TODAY },
      ['critical resolve'],
    ],
    [
      'critical on its last day',
      { severity: 'critical', openedOn: '2026-11-16', acknowledgedOn: TODAY },
      ['high open'],
    ],
    ['high', { severity: 'high', openedOn: TODAY }, ['medium open']],
    ['high, not acknowledged', { severity: 'high', openedOn: '2026-11-18' }, ['high acknowledge']],
    ['high, not resolved', { severity: 'high', openedOn: '2026-11-06', acknowledgedOn: TODAY }, ['high resolve']],
    ['opened nobody knows when', { severity: 'critical' }, ['high open']],
    // Three and twenty business days end today.
    ['medium', { severity: 'medium', openedOn: '2026-11-18' }, []],
    ['medium, not acknowledged', { severity: 'medium', openedOn: '2026-11-17' }, ['medium acknowledge']],
    ['medium on its last day', { severity: 'medium', openedOn: '2026-10-26', acknowledgedOn: TODAY }, []],
    ['medium, not resolved', { severity: 'medium', openedOn: '2026-10-23', acknowledgedOn: TODAY }, ['medium resolve']],
    ['low, not resolved', { severity: 'low', openedOn: ago(90), acknowledgedOn: TODAY }, ['low resolve']],
    ['in mediation', { severity: 'critical', state: 'mediation' }, ['high open']],
    ['recovering', { severity: 'critical', state: 'recovering' }, []],
    ['closed', { severity: 'critical', state: 'closed' }, []],
    ['resolved on a day', { severity: 'critical', resolvedOn: TODAY }, []],
    ['to be resolved tomorrow', { severity: 'critical', resolvedOn: ahead(1) }, ['high open']],
  ])('%s', (_scenario, values, expected) => {
    const findings = found('issue-open', { issues: [ofP('issues', values)] });
    expect(findings.map(({ severity, params }) => `${severity} ${params.missed ?? 'open'}`)).toEqual(expected);
  });

  it('is silent where nothing tells that an issue is over', () => {
    const rows: Rows = { issues: [ofP('issues', { severity: 'critical' })] };
    expect(found('issue-open', rows, ['issues.state', 'issues.resolvedOn'])).toEqual([]);
    expect(found('issue-open', rows, ['issues.state'])).toHaveLength(1);
  });

  it('misses no acknowledgement where none is kept', () => {
    const rows: Rows = { issues: [ofP('issues', { severity: 'critical', openedOn: '2026-11-19' })] };
    expect(severities(found('issue-open', rows, ['issues.acknowledgedOn']))).toEqual(['high']);
  });

  it('asks the policy', () => {
    const issueDays = { ...OPTIONS.policy.rules.issueDays, high: { acknowledge: 0, resolve: 1 } };
    const policy = { ...OPTIONS.policy, rules: { ...OPTIONS.policy.rules, issueDays } };
    const rows: Rows = { issues: [ofP('issues', { severity: 'high', openedOn: '2026-11-19' })] };
    expect(found('issue-open', rows, [], { policy })[0]?.params.missed).toBe('resolve');
  });
});
