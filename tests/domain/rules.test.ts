import { describe, expect, it } from 'vitest';
import { assess } from '../../src/domain/assess.js';
import type { Finding } from '../../src/domain/assessment.js';
import { addDays } from '../../src/domain/calendar.js';
import { ENTITIES, ENTITY_NAMES, type Values } from '../../src/domain/entities.js';
import type { AssessOptions } from '../../src/domain/facts.js';
import { type FindingCode, RULES } from '../../src/domain/rules/index.js';
import { gradeOf } from '../../src/domain/rules/risk.js';
import { aPartnership, aRow, aSnapshot, OPTIONS, ofP, TODAY } from '../support/rows.js';

type Rows = Parameters<typeof aSnapshot>[0];

const ago = (days: number) => addDays(TODAY, -days);
const ahead = (days: number) => addDays(TODAY, days);

/** What one rule finds for the partnership "p". */
function found(code: FindingCode, rows: Rows, options: Partial<AssessOptions> = {}): readonly Finding[] {
  const snapshot = aSnapshot({ partnerships: [aPartnership()], ...rows });
  const [only] = assess(snapshot, { ...OPTIONS, ...options }).partnerships;
  return (only?.findings ?? []).filter((finding) => finding.code === code);
}

const severities = (findings: readonly Finding[]) => findings.map(({ severity }) => severity);

describe('the table of rules', () => {
  it('has one entry per code, and names only entities and fields that exist', () => {
    expect(new Set(RULES.map(({ code }) => code)).size).toBe(RULES.length);
    for (const { requires, reads } of RULES) {
      for (const path of [...requires.flat(), ...reads]) {
        const [entity, field] = path.split('.');
        expect(Object.keys(ENTITIES[entity as keyof typeof ENTITIES])).toContain(field);
      }
    }
  });

  it('rests on every entity it needs or reads', () => {
    const byCode = new Map<string, readonly string[]>(RULES.map((rule) => [rule.code, rule.rests]));
    expect(byCode.get('milestone-overdue')).toEqual(['partnerships', 'milestones']);
    expect(byCode.get('kpi-behind')).toEqual(['partnerships', 'kpis', 'measurements']);
    expect(byCode.get('silence')).toEqual(['partnerships', 'reviews', 'contacts', 'interactions', 'agreements']);
  });

  it('switches a rule off by its code', () => {
    const rows: Rows = { risks: [ofP('risks', { likelihood: 5, impact: 5 })] };
    const policy = { ...OPTIONS.policy, rules: { ...OPTIONS.policy.rules, disabled: ['risk-critical'] } };
    expect(found('risk-critical', rows)).toHaveLength(1);
    expect(found('risk-critical', rows, { policy })).toEqual([]);
  });
});

describe('kpi rules', () => {
  const half: Values<'kpis'> = { target: 100, start: ago(50), end: ahead(50) };
  const over: Values<'kpis'> = { target: 100, start: ago(60), end: ago(1) };
  it.each<[string, FindingCode, Values<'kpis'>, string[]]>([
    ['at risk', 'kpi-at-risk', { ...half, actual: 37 }, ['medium']],
    ['at risk and critical', 'kpi-at-risk', { ...half, actual: 37, critical: true }, ['high']],
    ['not at risk any more', 'kpi-at-risk', { ...half, actual: 38 }, []],
    ['behind', 'kpi-behind', { ...half, actual: 44 }, ['low']],
    ['behind and critical', 'kpi-behind', { ...half, actual: 44, critical: true }, ['medium']],
    ['not behind', 'kpi-behind', { ...half, actual: 46 }, []],
    ['missed', 'kpi-missed', { ...over, actual: 69 }, ['medium']],
    ['missed and critical', 'kpi-missed', { ...over, actual: 69, critical: true }, ['high']],
    ['partly reached', 'kpi-missed', { ...over, actual: 70 }, []],
    ['missed long ago', 'kpi-missed', { ...over, start: ago(200), end: ago(100), actual: 0 }, ['medium']],
    ['missed longer ago than it lasted', 'kpi-missed', { ...over, start: ago(200), end: ago(101), actual: 0 }, []],
    ['not computable', 'kpi-not-computable', half, ['info']],
    ['computable', 'kpi-not-computable', { ...half, actual: 0 }, []],
    ['cancelled', 'kpi-not-computable', { ...half, status: 'cancelled' }, []],
    ['done', 'kpi-missed', { ...over, actual: 0, status: 'done' }, []],
  ])('%s', (_scenario, code, values, expected) => {
    expect(severities(found(code, { kpis: [ofP('kpis', values)] }))).toEqual(expected);
  });

  it('say what is missing, and of which KPI', () => {
    const [finding] = found('kpi-not-computable', { kpis: [ofP('kpis', half, { id: 'k1', title: '신규 매출' })] });
    expect(finding).toMatchObject({
      partnershipId: 'p',
      entity: 'kpis',
      row: { id: 'k1' },
      params: { kpi: '신규 매출', part: 'actual' },
    });
  });

  it('are silent where KPIs are not configured', () => {
    for (const code of ['kpi-at-risk', 'kpi-behind', 'kpi-missed', 'kpi-not-computable'] as const) {
      expect(found(code, {})).toEqual([]);
    }
  });
});

describe('milestone-overdue', () => {
  it.each<[string, Values<'milestones'>, string[]]>([
    ['due today', { due: TODAY }, []],
    ['due yesterday', { due: ago(1) }, ['low']],
    ['a week late', { due: ago(7) }, ['low']],
    ['eight days late', { due: ago(8) }, ['medium']],
    ['thirty days late', { due: ago(30) }, ['medium']],
    ['thirty-one days late', { due: ago(31) }, ['high']],
    ['a week late, twice the weight', { due: ago(7), weight: 2 }, ['medium']],
    ['very late, twice the weight', { due: ago(90), weight: 2 }, ['high']],
    ['done late', { due: ago(9), doneOn: ago(1) }, []],
    ['done tomorrow is not done', { due: ago(9), doneOn: ahead(1) }, ['medium']],
    ['marked done', { due: ago(9), status: 'done' }, []],
    ['cancelled', { due: ago(9), status: 'cancelled' }, []],
    ['on hold', { due: ago(9), status: 'on-hold' }, ['medium']],
    ['without a due date', {}, []],
  ])('%s', (_scenario, values, expected) => {
    expect(severities(found('milestone-overdue', { milestones: [ofP('milestones', values)] }))).toEqual(expected);
  });

  it('is silent where the day it was done cannot be read', () => {
    const row = ofP('milestones', { due: ago(9) }, { unreadable: ['doneOn'] });
    expect(found('milestone-overdue', { milestones: [row] })).toEqual([]);
  });

  it('names the milestone and its date', () => {
    const rows = [ofP('milestones', { due: '2026-11-02' }, { title: '베타 출시' })];
    expect(found('milestone-overdue', { milestones: rows })[0]?.params).toEqual({
      milestone: '베타 출시',
      date: '2026-11-02',
    });
  });
});

describe('risks', () => {
  const C = 'critical';
  const H = 'high';
  const M = 'medium';
  const L = 'low';
  const GRADES = OPTIONS.policy.rules.riskGrades;
  // Rows: impact 5 down to 1; columns: likelihood 1 to 5.
  const CELLS = [
    [H, H, C, C, C],
    [M, M, H, C, C],
    [L, M, M, H, H],
    [L, L, M, M, M],
    [L, L, L, L, M],
  ];
  it.each(CELLS.flatMap((row, down) => row.map((grade, left) => [left + 1, 5 - down, grade] as const)))(
    'likelihood %i, impact %i is %s',
    (likelihood, impact, grade) => {
      expect(gradeOf(likelihood, impact, GRADES)).toBe(grade);
    },
  );

  it.each([
    [0, 3],
    [6, 3],
    [3, 0],
    [3, 5.1],
    [undefined, 3],
    [3, undefined],
    [Number.NaN, 3],
  ])('likelihood %s, impact %s has no grade', (likelihood, impact) => {
    expect(gradeOf(likelihood, impact, GRADES)).toBeUndefined();
  });

  it.each<[string, FindingCode, Values<'risks'>, number]>([
    ['an open critical risk', 'risk-critical', { likelihood: 3, impact: 5 }, 1],
    ['one step less likely', 'risk-critical', { likelihood: 2, impact: 5 }, 0],
    ['an open high risk', 'risk-high', { likelihood: 2, impact: 5, status: 'open' }, 1],
    ['a medium one', 'risk-high', { likelihood: 2, impact: 4 }, 0],
    ['being treated', 'risk-critical', { likelihood: 5, impact: 5, status: 'treating' }, 1],
    ['closed', 'risk-critical', { likelihood: 5, impact: 5, status: 'closed' }, 0],
    ['accepted', 'risk-critical', { likelihood: 5, impact: 5, status: 'accepted' }, 0],
    [
      'accepted until today',
      'risk-critical',
      { likelihood: 5, impact: 5, status: 'accepted', acceptedUntil: TODAY },
      0,
    ],
    [
      'accepted until yesterday',
      'risk-critical',
      { likelihood: 5, impact: 5, status: 'accepted', acceptedUntil: ago(1) },
      1,
    ],
    ['without a rank', 'risk-high', { impact: 5 }, 0],
  ])('%s', (_scenario, code, values, count) => {
    expect(found(code, { risks: [ofP('risks', values)] })).toHaveLength(count);
  });
});

describe('silence', () => {
  const spoke = (days: number, tier: 'strategic' | 'core' | 'basic' = 'core'): Rows => ({
    partnerships: [aPartnership({ tier, lastContact: ago(days) })],
  });
  it.each<[string, Rows, string[]]>([
    ['strategic, 13 days', spoke(13, 'strategic'), []],
    ['strategic, 14 days', spoke(14, 'strategic'), ['medium']],
    ['strategic, 29 days', spoke(29, 'strategic'), ['medium']],
    ['strategic, 30 days', spoke(30, 'strategic'), ['high']],
    ['core, 29 days', spoke(29), []],
    ['core, 30 days', spoke(30), ['medium']],
    ['core, 60 days', spoke(60), ['high']],
    ['basic, 59 days', spoke(59, 'basic'), []],
    ['basic, 60 days', spoke(60, 'basic'), ['medium']],
    ['basic, 120 days', spoke(120, 'basic'), ['high']],
    ['no tier is core', { partnerships: [aPartnership({ lastContact: ago(30) })] }, ['medium']],
    ['a contact tomorrow is none', { partnerships: [aPartnership({ lastContact: ahead(1) })] }, []],
    ['nothing is known', {}, []],
    ['in exit', { partnerships: [aPartnership({ lastContact: ago(99), stage: 'exit' })] }, []],
    [
      'ended by decision',
      { partnerships: [aPartnership({ lastContact: ago(99), end: ago(1), renewalDecision: 'end' })] },
      [],
    ],
    [
      'to be ended, but not yet over',
      { partnerships: [aPartnership({ lastContact: ago(99), end: TODAY, renewalDecision: 'end' })] },
      ['high'],
    ],
    [
      'all agreements terminated and over',
      {
        partnerships: [aPartnership({ lastContact: ago(99) })],
        agreements: [ofP('agreements', { status: 'terminated', end: ago(1) })],
      },
      [],
    ],
  ])('%s', (_scenario, rows, expected) => {
    expect(severities(found('silence', rows))).toEqual(expected);
  });

  it.each<[string, Values<'interactions'>, string]>([
    ['marked two-way', { date: ago(40), twoWay: true }, ago(40)],
    ['of direction two-way', { date: ago(40), direction: 'two-way' }, ago(40)],
    ['answered', { date: ago(40), direction: 'outbound', respondedOn: ago(35) }, ago(35)],
    ['sent and not answered', { date: ago(40), direction: 'outbound' }, ago(70)],
    ['not two-way', { date: ago(40), twoWay: false }, ago(70)],
    ['answered tomorrow', { date: ago(40), respondedOn: ahead(1) }, ago(70)],
  ])('an interaction %s', (_scenario, values, since) => {
    const rows: Rows = {
      partnerships: [aPartnership({ lastContact: ago(70) })],
      interactions: [ofP('interactions', values)],
    };
    expect(found('silence', rows)[0]?.params.date).toBe(since);
  });

  it('counts every interaction where directions are not kept', () => {
    const snapshot = aSnapshot(
      { partnerships: [aPartnership()], interactions: [ofP('interactions', { date: ago(40) })] },
      { unmapped: { interactions: ['twoWay', 'direction', 'respondedOn'] } },
    );
    expect(assess(snapshot, OPTIONS).partnerships[0]?.findings.map(({ code }) => code)).toContain('silence');
  });

  it.each<[string, Rows]>([
    [
      'logged interactions win over a later cell',
      {
        partnerships: [aPartnership({ lastContact: ago(1) })],
        interactions: [ofP('interactions', { date: ago(40), twoWay: true })],
      },
    ],
    ['their contact person', { contacts: [ofP('contacts', { lastContact: ago(40), side: 'them' })] }],
    [
      'a contact person of ours does not count',
      {
        contacts: [
          ofP('contacts', { lastContact: ago(1), side: 'us' }, { id: 'c1' }),
          ofP('contacts', { lastContact: ago(40) }, { id: 'c2' }),
        ],
      },
    ],
    [
      'a review that was held',
      { partnerships: [aPartnership({ lastContact: ago(70) })], reviews: [ofP('reviews', { heldOn: ago(40) })] },
    ],
  ])('%s', (_scenario, rows) => {
    expect(found('silence', rows)[0]?.params.date).toBe(ago(40));
  });

  it('says nothing where no contact is kept', () => {
    const snapshot = aSnapshot(
      { partnerships: [aPartnership()], reviews: [ofP('reviews', { heldOn: ago(80) })] },
      { unmapped: { partnerships: ['lastContact'] } },
    );
    expect(assess(snapshot, OPTIONS).partnerships[0]?.findings.map(({ code }) => code)).not.toContain('silence');
  });
});

describe('every rule', () => {
  const empty = Object.fromEntries(ENTITY_NAMES.map((entity) => [entity, []]));
  const of = (rows: Rows) =>
    assess(aSnapshot({ ...empty, partnerships: [aPartnership()], ...rows }), OPTIONS).partnerships[0]?.findings ?? [];

  it('of a partnership of which nothing is known tells no more than what is missing, in passing', () => {
    for (const { code, severity } of of({}))
      expect(`${code} ${severity}`).toMatch(/-(empty|missing|without|incomplete) info$/);
  });

  it('is silent on rows of another partnership', () => {
    const rows: Rows = {
      milestones: [aRow('milestones', { partnership: ['q'], due: ago(9) })],
      risks: [aRow('risks', { partnership: ['q'], likelihood: 5, impact: 5 })],
    };
    expect(of(rows)).toEqual(of({}));
  });
});
