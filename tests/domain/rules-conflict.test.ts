import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/calendar.js';
import type { Values } from '../../src/domain/entities.js';
import type { FindingCode } from '../../src/domain/rules/index.js';
import { found, type Rows, severities } from '../support/findings.js';
import { OPTIONS, ofP, TODAY } from '../support/rows.js';

type Issue = Values<'issues'>;

const ago = (days: number) => addDays(TODAY, -days);
const issues = (...rows: readonly Issue[]): Rows => ({
  issues: rows.map((values, index) => ofP('issues', values, { id: `i${index}`, title: `i${index}` })),
});
const told: Issue = { fact: 'f', cause: 'c', impact: 'i', proposal: 'p', evidence: 'e' };
const somebody = [{ name: '박지우' }];

describe('the ladder of a conflict', () => {
  it.each<[string, FindingCode, Issue, string[]]>([
    // Five business days from Monday 16 November end today, from the Friday before it on Friday 20.
    ['sensed for five business days', 'issue-stuck', { state: 'sensed', openedOn: '2026-11-16' }, []],
    ['sensed for six', 'issue-stuck', { state: 'sensed', openedOn: '2026-11-13' }, ['low']],
    ['a grave one', 'issue-stuck', { state: 'sensed', openedOn: '2026-11-13', severity: 'high' }, ['medium']],
    ['sensed anew', 'issue-stuck', { state: 'sensed', openedOn: ago(60), stateSince: ago(5) }, []],
    ['facts since nobody knows when', 'issue-stuck', { state: 'facts', openedOn: ago(60) }, []],
    ['ten business days of talk', 'issue-stuck', { state: 'joint-talk', stateSince: '2026-11-09' }, []],
    ['eleven', 'issue-stuck', { state: 'joint-talk', stateSince: '2026-11-06' }, ['low']],
    ['twenty business days of mediation', 'issue-stuck', { state: 'mediation', stateSince: '2026-10-26' }, []],
    ['twenty-one', 'issue-stuck', { state: 'mediation', stateSince: '2026-10-23' }, ['low']],
    [
      'recovering for ninety days',
      'issue-stuck',
      { state: 'recovering', stateSince: ago(90), resolvedOn: ago(90) },
      [],
    ],
    [
      'recovering for ninety-one days',
      'issue-stuck',
      { state: 'recovering', stateSince: ago(91), resolvedOn: ago(91), severity: 'critical' },
      ['low'],
    ],
    ['closed long ago', 'issue-stuck', { state: 'closed', stateSince: ago(400) }, []],
    ['resolved, the state left behind', 'issue-stuck', { state: 'facts', stateSince: ago(90), resolvedOn: ago(9) }, []],
    ['raised five days ago', 'issue-incomplete', { openedOn: ago(5) }, []],
    ['raised six days ago', 'issue-incomplete', { openedOn: ago(6) }, ['low']],
    ['an opinion on something grave', 'issue-incomplete', { openedOn: ago(6), severity: 'high' }, ['medium']],
    ['talked about today', 'issue-incomplete', { openedOn: TODAY, state: 'joint-talk' }, ['low']],
    [
      'only the proposal is missing',
      'issue-incomplete',
      { ...told, proposal: undefined as never, openedOn: ago(6) },
      ['info'],
    ],
    ['the fact without evidence', 'issue-incomplete', { fact: 'f', openedOn: ago(6) }, ['info']],
    ['all is told', 'issue-incomplete', { ...told, openedOn: ago(6) }, []],
    ['closed', 'issue-incomplete', { openedOn: ago(60), state: 'closed' }, []],
    ['nobody leads it', 'issue-without-owner', { severity: 'critical' }, ['medium']],
    ['nobody leads a lesser one', 'issue-without-owner', { severity: 'medium' }, ['low']],
    ['nobody decides it', 'issue-without-owner', { severity: 'medium', owner: somebody }, ['low']],
    ['both are named', 'issue-without-owner', { owner: somebody, decider: somebody }, []],
    ['over', 'issue-without-owner', { resolvedOn: ago(1) }, []],
    ['in mediation', 'mediation-unprepared', { state: 'mediation', mediator: somebody }, ['medium']],
    ['before the sponsors', 'mediation-unprepared', { state: 'sponsor' }, ['low']],
    ['with both', 'mediation-unprepared', { state: 'mediation', mediator: somebody, mediationClause: '§ 12' }, []],
    ['not that far', 'mediation-unprepared', { state: 'joint-talk' }, []],
    ['resolved 14 days ago', 'lesson-missing', { resolvedOn: ago(14) }, []],
    ['resolved 15 days ago', 'lesson-missing', { resolvedOn: ago(15) }, ['low']],
    ['a small one', 'lesson-missing', { resolvedOn: ago(15), severity: 'low' }, ['info']],
    ['learnt', 'lesson-missing', { resolvedOn: ago(15), lesson: 'ask earlier' }, []],
    ['resolved more than a year ago', 'lesson-missing', { resolvedOn: ago(366) }, []],
    ['to be resolved', 'lesson-missing', { resolvedOn: addDays(TODAY, 1) }, []],
  ])('%s: %s', (_scenario, code, values, expected) => {
    expect(severities(found(code, issues(values)))).toEqual(expected);
  });

  it('names the missing parts among those the team keeps', () => {
    const rows = issues({ openedOn: ago(9), impact: '매출 감소' });
    const parts = (unmapped: readonly string[]) =>
      found('issue-incomplete', rows, unmapped).map(({ params }) => params);
    expect(parts([])).toEqual([{ issue: 'i0', missing: 'fact,cause,proposal,evidence', opinion: 1 }]);
    expect(parts(['issues.evidence', 'issues.proposal'])).toEqual([{ issue: 'i0', missing: 'fact,cause', opinion: 1 }]);
    expect(parts(['issues.fact', 'issues.evidence'])).toEqual([{ issue: 'i0', missing: 'cause,proposal', opinion: 0 }]);
  });

  it.each<[FindingCode, Issue, string]>([
    ['issue-stuck', { state: 'facts', stateSince: ago(60) }, 'stateSince'],
    ['issue-without-owner', { owner: somebody }, 'decider'],
    ['mediation-unprepared', { state: 'mediation', mediator: somebody }, 'mediationClause'],
    ['lesson-missing', { resolvedOn: ago(60) }, 'lesson'],
  ])('%s is silent where a cell cannot be read', (code, values, unreadable) => {
    expect(found(code, issues(values))).toHaveLength(1);
    expect(found(code, { issues: [ofP('issues', values, { unreadable: [unreadable] })] })).toEqual([]);
  });
});

describe('issue-recurring', () => {
  it.each<[string, readonly Issue[], string[]]>([
    ['once', [{ openedOn: ago(9), cause: 'a' }], []],
    [
      'twice',
      [
        { openedOn: ago(180), cause: 'a' },
        { openedOn: TODAY, cause: ' A ' },
      ],
      ['i1 2 medium'],
    ],
    [
      'a day too far apart',
      [
        { openedOn: ago(181), cause: 'a' },
        { openedOn: TODAY, cause: 'a' },
      ],
      [],
    ],
    [
      'long ago',
      [
        { openedOn: ago(200), cause: 'a' },
        { openedOn: ago(181), cause: 'a' },
      ],
      [],
    ],
    [
      'other causes',
      [
        { openedOn: ago(9), cause: 'a' },
        { openedOn: TODAY, cause: 'b' },
      ],
      [],
    ],
    ['no causes', [{ openedOn: ago(9) }, { openedOn: TODAY }], []],
    [
      'the last one is resolved',
      [
        { openedOn: ago(9), cause: 'a' },
        { openedOn: ago(3), resolvedOn: ago(1), cause: 'a' },
      ],
      ['i1 2 low'],
    ],
    [
      'the tag goes before the text',
      [
        { openedOn: ago(9), causeTag: 'stock', cause: 'a' },
        { openedOn: TODAY, causeTag: 'Stock', cause: 'b' },
      ],
      ['i1 2 medium'],
    ],
    [
      'three of one cause, two of another',
      [1, 2, 3, 4, 5].map((days) => ({ openedOn: ago(days), cause: days % 2 === 0 ? 'even' : 'odd' })),
      ['i0 3 medium', 'i1 2 medium'],
    ],
  ])('%s', (_scenario, rows, expected) => {
    const findings = found('issue-recurring', issues(...rows));
    expect(findings.map(({ row, params, severity }) => `${row.id} ${params.count} ${severity}`)).toEqual(expected);
  });

  it('shows the earlier ones', () => {
    const rows = issues({ openedOn: ago(9), cause: 'a' }, { openedOn: TODAY, cause: 'a' });
    expect(found('issue-recurring', rows)[0]?.evidence?.map(({ id }) => id)).toEqual(['i0']);
  });
});

describe('recovery', () => {
  const grave = (days: number, values: Issue = {}): Rows =>
    issues({ severity: 'high', resolvedOn: ago(days), ...values });
  const met = (days: number, kind: Values<'reviews'>['kind'] = 'reconciliation') =>
    ofP('reviews', { heldOn: ago(days), ...(kind === undefined ? {} : { kind }) }, { id: `r${days}` });
  const prevented = { actions: [ofP('actions', { issue: ['i0'] })] };
  it.each<[string, Rows, string[]]>([
    ['resolved seven days ago', grave(7), []],
    ['resolved eight days ago', grave(8), ['reconciliation']],
    ['a meeting before it was resolved', { ...grave(8), reviews: [met(9)] }, ['reconciliation']],
    ['a meeting of another kind', { ...grave(8), reviews: [met(2, 'performance')] }, ['reconciliation']],
    ['met', { ...grave(8), reviews: [met(2)] }, []],
    ['met, 14 days ago', { ...grave(14), reviews: [met(9)] }, []],
    ['met, 15 days ago', { ...grave(15), reviews: [met(9)] }, ['prevention']],
    [
      'prevention cancelled',
      { ...grave(15), reviews: [met(9)], actions: [ofP('actions', { issue: ['i0'], status: 'cancelled' })] },
      ['prevention'],
    ],
    [
      'prevention of another issue',
      { ...grave(15), reviews: [met(9)], actions: [ofP('actions', { issue: ['x'] })] },
      ['prevention'],
    ],
    ['met and prevented', { ...grave(15), reviews: [met(9)], ...prevented }, []],
    ['thirty days ago', { ...grave(30), reviews: [met(25)], ...prevented }, []],
    ['thirty-one days ago', { ...grave(31), reviews: [met(25)], ...prevented }, ['check']],
    ['checked a little early', { ...grave(31), reviews: [met(25), met(16, 'performance')], ...prevented }, []],
    ['sixty-one days ago, checked once', { ...grave(61), reviews: [met(55), met(30)], ...prevented }, ['check']],
    ['ninety-one days ago, checked', { ...grave(91), reviews: [met(85), met(10)], ...prevented }, []],
    ['after the last check', grave(121), []],
    ['closed', grave(31, { state: 'closed' }), []],
    ['a lesser issue', grave(31, { severity: 'medium' }), []],
    ['not resolved', issues({ severity: 'high', state: 'resolved' }), []],
  ])('%s', (_scenario, rows, expected) => {
    const given: Rows = { reviews: [], actions: [], ...rows };
    expect(found('recovery-step-missing', given).map(({ params }) => params.step)).toEqual(expected);
  });

  it('asks for no step the team does not keep', () => {
    const step = (days: number, ...unmapped: string[]) =>
      found('recovery-step-missing', { ...grave(days), reviews: [], actions: [] }, unmapped)[0]?.params.step;
    expect(step(20, 'reviews.kind')).toBe('prevention');
    expect(step(20, 'reviews.kind', 'actions.issue')).toBeUndefined();
    expect(step(40, 'reviews.kind', 'actions.issue')).toBe('check');
  });

  it('takes a meeting whose kind cannot be read for the one that is asked for', () => {
    const unclear = ofP('reviews', { heldOn: ago(2) }, { unreadable: ['kind'] });
    expect(found('recovery-step-missing', { ...grave(8), reviews: [unclear] })).toEqual([]);
  });

  const trust = (values: readonly (readonly [number, number])[]): Rows => ({
    history: values.map(([days, mark]) =>
      ofP('history', { key: 'k', date: ago(days), trust: mark }, { id: `h${days}` }),
    ),
  });
  const over = issues({ openedOn: ago(120), resolvedOn: ago(90), cause: 'a' });
  it.each<[string, Rows, string[]]>([
    [
      'five points below',
      {
        ...over,
        ...trust([
          [121, 80],
          [1, 75],
        ]),
      },
      [],
    ],
    [
      'six points below',
      {
        ...over,
        ...trust([
          [121, 80],
          [1, 74],
        ]),
      },
      ['80 74'],
    ],
    [
      'better than before',
      {
        ...over,
        ...trust([
          [121, 60],
          [1, 74],
        ]),
      },
      [],
    ],
    [
      'nothing written down before',
      {
        ...over,
        ...trust([
          [100, 80],
          [1, 20],
        ]),
      },
      [],
    ],
    ['nothing written down since', { ...over, ...trust([[121, 80]]) }, []],
    [
      'what was before is too long ago',
      {
        ...over,
        ...trust([
          [320, 80],
          [1, 20],
        ]),
      },
      [],
    ],
    [
      'a day before the last check',
      {
        ...issues({ openedOn: ago(120), resolvedOn: ago(89) }),
        ...trust([
          [121, 80],
          [1, 20],
        ]),
      },
      [],
    ],
    [
      'the cause is back',
      issues({ openedOn: ago(120), resolvedOn: ago(90), cause: 'a' }, { openedOn: ago(9), cause: 'a' }),
      ['i1'],
    ],
    [
      'the cause was there before',
      issues({ openedOn: ago(120), resolvedOn: ago(90), cause: 'a' }, { openedOn: ago(91), cause: 'a' }),
      [],
    ],
  ])('not-recovered: %s', (_scenario, rows, expected) => {
    const findings = found('not-recovered', { history: [], ...rows });
    expect(findings.map(({ params }) => params.again ?? `${params.before} ${params.now}`)).toEqual(expected);
  });

  it('asks the policy', () => {
    const recovery = { ...OPTIONS.policy.rules.recovery, reconciliation: 20, points: 50 };
    const policy = { ...OPTIONS.policy, rules: { ...OPTIONS.policy.rules, recovery } };
    expect(found('recovery-step-missing', { ...grave(8), reviews: [], actions: [] }, [], { policy })).toEqual([]);
    expect(
      found(
        'not-recovered',
        {
          ...over,
          ...trust([
            [121, 80],
            [1, 31],
          ]),
        },
        [],
        { policy },
      ),
    ).toEqual([]);
  });
});
