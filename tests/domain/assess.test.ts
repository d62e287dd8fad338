import { describe, expect, it } from 'vitest';
import { assess } from '../../src/domain/assess.js';
import type { PartnershipAssessment } from '../../src/domain/assessment.js';
import { addDays } from '../../src/domain/calendar.js';
import type { EntityRow, Values } from '../../src/domain/entities.js';
import { capped } from '../../src/domain/health.js';
import { DEFAULT_POLICY } from '../../src/domain/policy.js';
import { aPartnership, aRow, aSnapshot, OPTIONS, ofP, TODAY } from '../support/rows.js';

type Rows = Parameters<typeof aSnapshot>[0];

const ago = (days: number) => addDays(TODAY, -days);
const ahead = (days: number) => addDays(TODAY, days);

function judged(rows: Rows, incomplete: Parameters<typeof aSnapshot>[1] = {}): PartnershipAssessment {
  const snapshot = aSnapshot({ partnerships: [aPartnership()], ...rows }, incomplete);
  const [only] = assess(snapshot, OPTIONS).partnerships;
  if (only === undefined) throw new Error('expected one partnership');
  return only;
}

/** A KPI half way through its period: 50 is on pace. */
const kpi = (actual: number | undefined, values: Values<'kpis'> = {}, id = 'k1'): EntityRow<'kpis'> =>
  ofP(
    'kpis',
    { target: 100, start: ago(50), end: ahead(50), ...(actual === undefined ? {} : { actual }), ...values },
    { id },
  );

const milestone = (values: Values<'milestones'>, id = 'm1') => ofP('milestones', values, { id });

describe('performance', () => {
  it.each<[string, readonly EntityRow<'kpis'>[], number | undefined]>([
    ['on pace', [kpi(50)], 100],
    ['pace 0.8', [kpi(40)], 80],
    ['beyond the pace counts no more than it', [kpi(90)], 100],
    ['achieved', [kpi(120)], 100],
    ['negative counts as nothing', [kpi(-10)], 0],
    ['weights', [kpi(50, { weight: 3 }), kpi(0, { weight: 1 }, 'k2')], 75],
    ['over: by achievement', [kpi(80, { start: ago(100), end: ago(1) })], 80],
    ['too early is left out', [kpi(50), kpi(0, { start: ago(1), end: ahead(99) }, 'k2')], 100],
    ['only too early', [kpi(0, { start: ago(1), end: ahead(99) })], undefined],
    [
      'not computable is left out while enough is measured',
      [kpi(50, { weight: 6 }), kpi(undefined, { weight: 4 }, 'k2')],
      100,
    ],
    ['cancelled is left out', [kpi(50), kpi(0, { status: 'cancelled' }, 'k2')], 100],
    ['an old result is left out', [kpi(50), kpi(0, { start: ago(300), end: ago(151) }, 'k2')], 100],
    ['a weight too small to calculate with is none', [kpi(50), kpi(0, { weight: 1e-323 }, 'k2')], 100],
    ['a weight of 0 does not count', [kpi(50), kpi(0, { weight: 0 }, 'k2')], 100],
  ])('%s', (_scenario, kpis, expected) => {
    expect(judged({ kpis }).performance).toEqual(expected === undefined ? undefined : expect.closeTo(expected, 9));
  });

  it('kpiAchievement holds each achievement between 0 and 1.2', () => {
    expect(judged({ kpis: [kpi(500), kpi(-50, {}, 'k2')] }).kpiAchievement).toBeCloseTo(0.6, 12);
    expect(judged({ kpis: [kpi(50, { weight: 3 }), kpi(90, {}, 'k2')] }).kpiAchievement).toBeCloseTo(0.6, 12);
    expect(judged({}).kpiAchievement).toBeUndefined();
  });
});

describe('delivery', () => {
  it.each<[string, readonly EntityRow<'milestones'>[], number | undefined]>([
    ['done on time', [milestone({ due: ago(5), doneOn: ago(5) })], 100],
    ['done late', [milestone({ due: ago(5), doneOn: ago(4) })], 50],
    ['overdue', [milestone({ due: ago(1) })], 0],
    ['one of two', [milestone({ due: ago(1) }), milestone({ due: ago(1), status: 'done' }, 'm2')], 50],
    ['weights', [milestone({ due: ago(1), weight: 3 }), milestone({ due: ago(1), status: 'done' }, 'm2')], 25],
    ['done before it was due', [milestone({ due: ahead(9), doneOn: ago(1) })], 100],
    ['due today and open', [milestone({ due: TODAY })], undefined],
    ['in the future', [milestone({ due: ahead(9) })], undefined],
    ['done more than a year ago', [milestone({ due: ago(366), doneOn: ago(366) })], undefined],
    ['overdue for more than a year', [milestone({ due: ago(366) })], 0],
    ['cancelled', [milestone({ due: ago(1), status: 'cancelled' })], undefined],
  ])('%s', (_scenario, milestones, expected) => {
    const delivery = judged({ milestones }).contributions.find(({ dimension }) => dimension === 'delivery');
    expect(delivery?.score).toBe(expected);
  });
});

describe('trust', () => {
  it.each<[string, Rows, number | undefined]>([
    ['contact within the warning', { partnerships: [aPartnership({ lastContact: ago(30) })] }, 100],
    ['half way from warning to alarm', { partnerships: [aPartnership({ lastContact: ago(45) })] }, 50],
    ['at the alarm', { partnerships: [aPartnership({ lastContact: ago(60) })] }, 0],
    ['satisfaction 4 of 5', { partnerships: [aPartnership({ satisfaction: 4 })] }, 75],
    ['satisfaction outside 1 to 5 is unknown', { partnerships: [aPartnership({ satisfaction: 80 })] }, undefined],
    [
      'the last review states it anew',
      {
        partnerships: [aPartnership({ satisfaction: 1, reviewCadence: 'none' })],
        reviews: [ofP('reviews', { heldOn: ago(9), satisfaction: 5 })],
      },
      100,
    ],
    // Held 45 days ago every 30 days: 15 days late of 30.
    [
      'a review late by half its interval',
      { partnerships: [aPartnership({ lastReview: ago(45), reviewCadence: { days: 30 } })] },
      50,
    ],
    [
      'a review late by more than its interval',
      { partnerships: [aPartnership({ lastReview: ago(99), reviewCadence: { days: 30 } })] },
      0,
    ],
    ['the mean of what is known', { partnerships: [aPartnership({ lastContact: ago(45), satisfaction: 5 })] }, 75],
    ['nothing known', {}, undefined],
  ])('%s', (_scenario, rows, expected) => {
    const { trust } = judged(rows);
    if (expected === undefined) expect(trust).toBeUndefined();
    else expect(trust).toBeCloseTo(expected, 9);
  });
});

describe('health', () => {
  it('weighs four dimensions 35, 20, 30 and 15', () => {
    const result = judged({
      partnerships: [aPartnership({ lastContact: ago(45), esg: 0.4 })],
      kpis: [kpi(40)],
      milestones: [milestone({ due: ago(5), doneOn: ago(4) })],
    });
    // 0.35 x 80 + 0.20 x 50 + 0.30 x 50 + 0.15 x 40 = 28 + 10 + 15 + 6
    expect(result.health).toBeCloseTo(59, 9);
    expect(result.status).toBe('watch');
    expect(result.contributions.map(({ dimension }) => dimension)).toEqual([
      'performance',
      'delivery',
      'trust',
      'strategic',
    ]);
  });

  it('shares the weights of what cannot be measured among the rest', () => {
    const result = judged({ partnerships: [aPartnership({ lastContact: ago(45) })], kpis: [kpi(50)] });
    // (35 x 100 + 30 x 50) / 65
    expect(result.health).toBeCloseTo(5000 / 65, 9);
  });

  it.each([
    [80, 'on-track'],
    [79.9, 'watch'],
    [50, 'watch'],
    [49.9, 'at-risk'],
    [0, 'at-risk'],
  ] as const)('%d is %s', (health, status) => {
    expect(judged({ partnerships: [aPartnership({ esg: health / 100 })] }).status).toBe(status);
  });

  it('leaves out a share that is none', () => {
    expect(judged({ partnerships: [aPartnership({ esg: 80 })] })).toMatchObject({
      status: 'insufficient-data',
      contributions: [],
    });
  });
});

describe('gates', () => {
  const healthy: Rows = { partnerships: [aPartnership({ lastContact: TODAY })] };
  const missed = (values: Values<'kpis'>) => kpi(0, { start: ago(60), end: ago(1), ...values });
  const issue = (values: Values<'issues'>) => ofP('issues', { severity: 'critical', acknowledgedOn: TODAY, ...values });
  it.each<[string, Rows, string]>([
    ['none', healthy, 'on-track'],
    ['an open critical risk', { ...healthy, risks: [ofP('risks', { likelihood: 4, impact: 4 })] }, 'at-risk'],
    ['a high risk is no gate', { ...healthy, risks: [ofP('risks', { likelihood: 3, impact: 4 })] }, 'on-track'],
    ['notice in 30 days', { partnerships: [aPartnership({ lastContact: TODAY, end: ahead(30) })] }, 'watch'],
    ['notice in 31 days', { partnerships: [aPartnership({ lastContact: TODAY, end: ahead(31) })] }, 'on-track'],
    [
      'notice passed',
      { partnerships: [aPartnership({ lastContact: TODAY, end: ahead(10), noticeDays: 60 })] },
      'watch',
    ],
    [
      'notice passed but decided',
      {
        partnerships: [aPartnership({ lastContact: TODAY, end: ahead(10), noticeDays: 60, renewalDecision: 'renew' })],
      },
      'on-track',
    ],
    [
      'a critical KPI at risk',
      { ...healthy, kpis: [kpi(30, { critical: true, weight: 0.001 }), kpi(50, { weight: 1 }, 'k2')] },
      'watch',
    ],
    [
      'a critical KPI missed',
      { ...healthy, kpis: [missed({ critical: true, weight: 0.001 }), kpi(50, { weight: 1 }, 'k2')] },
      'watch',
    ],
    [
      'an ordinary KPI missed',
      { ...healthy, kpis: [missed({ weight: 0.001 }), kpi(50, { weight: 1 }, 'k2')] },
      'on-track',
    ],
    // A critical issue is resolved within five business days: from Friday 13 November by Friday 20.
    ['a critical issue past its time', { ...healthy, issues: [issue({ openedOn: '2026-11-13' })] }, 'at-risk'],
    ['a critical issue in its time', { ...healthy, issues: [issue({ openedOn: '2026-11-16' })] }, 'on-track'],
    [
      'a high issue past its time',
      { ...healthy, issues: [issue({ openedOn: ago(90), severity: 'high' })] },
      'on-track',
    ],
    [
      'a critical issue that was resolved late',
      { ...healthy, issues: [issue({ openedOn: ago(90), resolvedOn: ago(1) })] },
      'on-track',
    ],
    [
      'an ordinary KPI at risk',
      { ...healthy, kpis: [kpi(30, { weight: 0.001 }), kpi(50, { weight: 1 }, 'k2')] },
      'on-track',
    ],
    [
      'an overdue review is no gate',
      { partnerships: [aPartnership({ lastContact: TODAY, satisfaction: 5, lastReview: ago(95) })] },
      'on-track',
    ],
  ])('%s', (_scenario, rows, status) => {
    expect(judged(rows).status).toBe(status);
  });

  it('never make a status better', () => {
    const { findings } = judged({ partnerships: [aPartnership({ end: ago(1) })] });
    expect(findings.map(({ code }) => code)).toEqual(['notice-passed', 'profile-incomplete']);
    expect(capped('at-risk', findings)).toBe('at-risk');
    expect(capped('watch', findings)).toBe('watch');
  });
});

describe('override', () => {
  const base: Values<'partnerships'> = { lastContact: TODAY, overrideStatus: 'at-risk', overrideReason: '대표 지시' };
  it.each<[string, Values<'partnerships'>, string]>([
    ['without an end', base, 'at-risk'],
    ['until today', { ...base, overrideUntil: TODAY }, 'at-risk'],
    ['until yesterday', { ...base, overrideUntil: ago(1) }, 'on-track'],
  ])('%s', (_scenario, values, status) => {
    expect(judged({ partnerships: [aPartnership(values)] }).status).toBe(status);
  });

  it('keeps what was computed and why a person decided', () => {
    const row = aPartnership({ ...base, overrideUntil: ahead(5) });
    expect(judged({ partnerships: [row] }).override).toEqual({
      computed: 'on-track',
      reason: '대표 지시',
      until: ahead(5),
    });
  });

  it('does not stand when its end cannot be read', () => {
    const row = aPartnership(base, { unreadable: ['overrideUntil'] });
    expect(judged({ partnerships: [row] })).not.toHaveProperty('override');
  });
});

describe('risk level', () => {
  it.each<[string, readonly Values<'risks'>[], string]>([
    ['none', [], 'none'],
    [
      'the worst of the open ones',
      [
        { likelihood: 1, impact: 1 },
        { likelihood: 2, impact: 5 },
      ],
      'high',
    ],
    ['closed ones do not count', [{ likelihood: 5, impact: 5, status: 'closed' }], 'none'],
    ['an open one without a grade is at least low', [{}], 'low'],
  ])('%s', (_scenario, risks, level) => {
    expect(judged({ risks: risks.map((values, index) => ofP('risks', values, { id: `r${index}` })) }).riskLevel).toBe(
      level,
    );
  });
});

describe('a table that was not read whole', () => {
  const rows: Rows = {
    partnerships: [aPartnership({ lastContact: ago(99) })],
    kpis: [kpi(10)],
    measurements: [],
    milestones: [milestone({ due: ago(9) })],
    risks: [ofP('risks', { likelihood: 5, impact: 5, plan: 'second source', owner: [{ name: '박지우' }] })],
    tasks: [],
  };

  it('freezes the assessment and silences only the rules that rest on it', () => {
    const result = judged(rows, { incomplete: ['kpis'] });
    expect(result).toMatchObject({
      status: 'insufficient-data',
      frozen: ['kpis'],
      contributions: [],
      riskLevel: 'critical',
    });
    expect(result).not.toHaveProperty('health');
    expect(result.findings.filter(({ severity }) => severity !== 'info').map(({ code }) => code)).toEqual([
      'risk-critical',
      'silence',
      'milestone-overdue',
    ]);
  });

  it('says nothing of risks it could not read', () => {
    const result = judged(rows, { incomplete: ['risks'] });
    expect(result.riskLevel).toBe('none');
    expect(result.findings.map(({ code }) => code)).not.toContain('risk-critical');
  });

  it('gives no KPI result that rests on readings it could not see', () => {
    const partial = aSnapshot(rows, { incomplete: ['measurements'] });
    expect(assess(partial, OPTIONS).kpis).toEqual([]);
    expect(assess(aSnapshot(rows), OPTIONS).kpis).toHaveLength(1);
  });

  it('does not freeze for a table nothing rests on', () => {
    expect(judged(rows, { incomplete: ['tasks'] }).frozen).toEqual([]);
  });

  it('tells dates only where they rest on whole tables', () => {
    const dated: Rows = {
      partnerships: [aPartnership({ lastReview: ago(10), end: ahead(200) })],
      reviews: [],
      milestones: [],
    };
    const full = judged(dated);
    expect([full.nextReview, full.decideBy]).not.toContain(undefined);
    const part = judged(dated, { incomplete: ['reviews'] });
    expect([part.nextReview, part.decideBy]).toEqual([undefined, full.decideBy]);
    expect(judged(dated, { incomplete: ['milestones'] }).nextReview).toBe(full.nextReview);
  });
});

describe('rows of their own', () => {
  it.each<[string, Values<'milestones'>, string | undefined, number | undefined]>([
    ['far away', { due: ahead(15) }, 'upcoming', undefined],
    ['in 14 days', { due: ahead(14) }, 'due-soon', undefined],
    ['today', { due: TODAY }, 'due-soon', undefined],
    ['without a date', {}, 'upcoming', undefined],
    ['overdue', { due: ago(3) }, 'overdue', 3],
    ['moved', { due: ahead(30), originalDue: ahead(20) }, 'upcoming', 10],
    ['moved to an earlier day', { due: ahead(20), originalDue: ahead(30) }, 'upcoming', undefined],
    ['moved and overdue all the same', { due: ago(3), originalDue: ago(10) }, 'overdue', 10],
    ['done in time', { due: ago(3), doneOn: ago(4) }, 'done', undefined],
    ['done late', { due: ago(9), doneOn: ago(4) }, 'done', 5],
    ['done after it was moved', { due: ago(3), originalDue: ago(9), doneOn: ago(3) }, 'done', 6],
    ['cancelled', { due: ago(3), status: 'cancelled' }, undefined, undefined],
  ])('milestone %s', (_scenario, values, status, slipDays) => {
    const snapshot = aSnapshot({ partnerships: [], milestones: [milestone(values)] });
    const [only] = assess(snapshot, OPTIONS).milestones;
    expect([only?.status, only?.slipDays]).toEqual([status, slipDays]);
  });

  it('a KPI of two partnerships is judged once and counts for both', () => {
    const snapshot = aSnapshot({
      partnerships: [aPartnership(), aRow('partnerships', {}, { id: 'q' })],
      kpis: [kpi(50, { partnership: ['p', 'q'] })],
    });
    const result = assess(snapshot, { ...OPTIONS, policy: DEFAULT_POLICY });
    expect(result.kpis).toHaveLength(1);
    expect(result.partnerships.map(({ performance }) => performance)).toEqual([100, 100]);
  });

  it('a risk has its grade whether it is open or not', () => {
    const snapshot = aSnapshot({
      partnerships: [],
      risks: [ofP('risks', { likelihood: 5, impact: 5, status: 'closed' }), ofP('risks', {}, { id: 's' })],
    });
    expect(assess(snapshot, OPTIONS).risks.map(({ grade }) => grade)).toEqual(['critical', undefined]);
  });
});
