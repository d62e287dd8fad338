import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/calendar.js';
import type { Values } from '../../src/domain/entities.js';
import type { FindingCode } from '../../src/domain/rules/index.js';
import { found, type Rows, severities } from '../support/findings.js';
import { aPartnership, ofP, TODAY } from '../support/rows.js';

const ago = (days: number) => addDays(TODAY, -days);
const ahead = (days: number) => addDays(TODAY, days);
const p = (values: Values<'partnerships'>): Rows => ({ partnerships: [aPartnership(values)] });
const review = (values: Values<'reviews'>, id = 'r1') => ofP('reviews', values, { id });
const feedback = (values: Values<'feedback'>, id = 'f1') => ofP('feedback', values, { id });

describe('meetings beside the joint review', () => {
  const held = (kind: Values<'reviews'>['kind'], heldOn: string): Rows => ({
    reviews: [review({ kind: kind ?? 'performance', heldOn })],
  });
  const monthly: Values<'partnerships'> = { briefingCadence: 'monthly' };
  const told: Values<'partnerships'> = { ...monthly, lastBriefing: '2026-10-22' };
  it.each<[FindingCode, string, Rows, string[]]>([
    ['briefing-overdue', 'a month and a day ago', p(told), ['low 2026-11-22']],
    ['briefing-overdue', 'a month ago', p({ ...told, lastBriefing: '2026-10-23' }), []],
    ['briefing-overdue', 'none agreed', p({ lastBriefing: '2026-10-22' }), []],
    ['briefing-overdue', 'a meeting since', { ...p(told), ...held('briefing', '2026-11-01') }, []],
    [
      'briefing-overdue',
      'another kind of meeting since',
      { ...p(told), ...held('performance', '2026-11-01') },
      ['low 2026-11-22'],
    ],
    ['briefing-overdue', 'never, since the start', p({ ...monthly, start: '2026-10-22' }), ['low 2026-11-22']],
    ['briefing-overdue', 'never, and no start', p(monthly), []],
    ['briefing-overdue', 'in exit', p({ ...told, stage: 'exit' }), []],
    ['evaluation-overdue', 'half a year and a day ago', held('evaluation', '2026-05-22'), ['low 2026-11-22']],
    ['evaluation-overdue', 'half a year ago', held('evaluation', '2026-05-23'), []],
    ['evaluation-overdue', 'basic: once a year', { ...p({ tier: 'basic' }), ...held('evaluation', '2026-05-22') }, []],
    [
      'evaluation-overdue',
      'never, half a year after the start',
      { ...p({ start: '2026-05-22' }), reviews: [] },
      ['info 2026-11-22'],
    ],
    ['evaluation-overdue', 'never, but young', { ...p({ start: '2026-05-23' }), reviews: [] }, []],
    [
      'evaluation-overdue',
      'a meeting of a kind nobody can read',
      {
        ...p({ start: '2026-01-01' }),
        reviews: [ofP('reviews', { heldOn: ago(9) }, { unreadable: ['kind'] })],
      },
      [],
    ],
    ['diagnosis-overdue', 'a year and a day ago', held('relationship', '2025-11-22'), ['low 2026-11-22']],
    ['diagnosis-overdue', 'a year ago', held('relationship', '2025-11-23'), []],
    ['diagnosis-overdue', 'an evaluation counts', held('evaluation', '2025-11-23'), []],
    [
      'diagnosis-overdue',
      'strategic: twice a year',
      { ...p({ tier: 'strategic' }), ...held('relationship', '2026-05-22') },
      ['low 2026-11-22'],
    ],
    [
      'diagnosis-overdue',
      'basic: not asked for',
      { ...p({ tier: 'basic' }), ...held('relationship', '2020-01-01') },
      [],
    ],
    ['diagnosis-overdue', 'never', { ...p({ start: '2025-11-22' }), reviews: [] }, ['info 2026-11-22']],
  ])('%s: %s', (code, _scenario, rows, expected) => {
    expect(found(code, rows).map(({ severity, params }) => `${severity} ${params.date}`)).toEqual(expected);
  });
});

describe('marks', () => {
  const marked = (...given: readonly Values<'feedback'>[]): Rows => ({
    feedback: given.map((values, index) => feedback({ date: ago(9), ...values }, `f${index}`)),
  });
  const fell = (before: number, now: number): Rows =>
    marked({ date: ago(200), side: 'them', trust: before }, { side: 'them', trust: now });
  it.each<[FindingCode, string, Rows, unknown[]]>([
    ['rating-low', 'below the middle', marked({ trust: 2.9 }), [{ question: 'trust', mark: 2.9 }]],
    ['rating-low', 'in the middle', marked({ trust: 3 }), []],
    [
      'rating-low',
      'low by the mean of both sides',
      marked({ side: 'us', communication: 4 }, { side: 'them', communication: 1 }),
      [{ question: 'communication', mark: 2.5 }],
    ],
    [
      'rating-low',
      'half a mark lower than the half year before',
      fell(4.5, 4),
      [{ question: 'trust', mark: 4, before: 4.5 }],
    ],
    ['rating-low', 'a little lower', fell(4.4, 4), []],
    ['rating-low', 'higher', fell(3, 4), []],
    [
      'rating-low',
      'each question by itself',
      marked({ satisfaction: 1, problemResponse: 2 }),
      [
        { question: 'satisfaction', mark: 1 },
        { question: 'problemResponse', mark: 2 },
      ],
    ],
    ['rating-low', 'more than a year ago', marked({ date: ago(366), trust: 1 }), []],
    ['rating-low', 'no mark of 1 to 5', marked({ trust: 0 }), []],
    ['rating-low', 'in exit', { ...p({ stage: 'exit' }), ...marked({ trust: 1 }) }, []],
    ['evaluation-one-sided', 'only our own', marked({ side: 'us', trust: 4 }), [{ missing: 'them' }]],
    ['evaluation-one-sided', 'only theirs', marked({ side: 'them', trust: 4 }), [{ missing: 'us' }]],
    ['evaluation-one-sided', 'both', marked({ side: 'them', trust: 4 }, { side: 'us', trust: 4 }), []],
    ['evaluation-one-sided', 'given together', marked({ side: 'both', trust: 4 }), []],
    ['evaluation-one-sided', 'none', { feedback: [] }, []],
  ])('%s: %s', (code, _scenario, rows, expected) => {
    expect(found(code, rows).map(({ params }) => params)).toEqual(expected);
  });

  it('are graver below the middle than fallen to it, and come of meetings too', () => {
    expect(severities(found('rating-low', fell(4.5, 4)))).toEqual(['low']);
    const rows: Rows = { reviews: [review({ kind: 'evaluation', heldOn: ago(9), trust: 2 })] };
    expect(found('rating-low', rows)).toMatchObject([{ severity: 'medium', entity: 'reviews', row: { id: 'r1' } }]);
  });
});

describe('how well the partner is known', () => {
  const known: Values<'partnerships'> = { businessModel: 'SaaS', market: '핀테크', priorities: '해외 진출' };
  it.each<[FindingCode, string, Rows, string[]]>([
    ['profile-incomplete', 'three of five', p(known), []],
    ['profile-incomplete', 'two of five', p({ businessModel: 'SaaS', market: '핀테크' }), ['info']],
    [
      'profile-incomplete',
      'two of five, strategic',
      p({ tier: 'strategic', businessModel: 'SaaS', market: '핀테크' }),
      ['low'],
    ],
    ['profile-incomplete', 'not begun', p({ start: ahead(1) }), []],
    ['profile-stale', 'to be looked at today', p({ profileReviewBy: TODAY }), []],
    ['profile-stale', 'to be looked at yesterday', p({ profileReviewBy: ago(1) }), ['info']],
    ['profile-stale', 'yesterday, strategic', p({ profileReviewBy: ago(1), tier: 'strategic' }), ['low']],
    ['esg-unproved', 'expired yesterday', p({ esg: 0.8, esgEvidenceUntil: ago(1) }), ['low']],
    ['esg-unproved', 'valid today', p({ esg: 0.8, esgEvidenceUntil: TODAY }), []],
    ['esg-unproved', 'no evidence', p({ esg: 0.8 }), ['info']],
    ['esg-unproved', 'nothing to prove', p({ esg: 0 }), []],
    ['notice-unknown', 'renews by itself in 90 days', p({ end: ahead(90), autoRenew: true }), ['medium']],
    ['notice-unknown', 'in 91 days', p({ end: ahead(91), autoRenew: true }), ['low']],
    ['notice-unknown', 'no notice is said too', p({ end: ahead(90), autoRenew: true, noticeDays: 0 }), []],
    ['notice-unknown', 'does not renew', p({ end: ahead(90) }), []],
    ['notice-unknown', 'decided', p({ end: ahead(90), autoRenew: true, renewalDecision: 'end' }), []],
    ['notice-unknown', 'is over', p({ end: ago(1), autoRenew: true }), []],
    [
      'notice-unknown',
      'of an agreement',
      {
        ...p({}),
        agreements: [ofP('agreements', { end: ahead(9), autoRenew: true })],
      },
      ['medium'],
    ],
    [
      'notice-unknown',
      'said of the partnership',
      {
        ...p({ noticeDays: 30 }),
        agreements: [ofP('agreements', { end: ahead(9), autoRenew: true })],
      },
      [],
    ],
  ])('%s: %s', (code, _scenario, rows, expected) => {
    expect(severities(found(code, rows))).toEqual(expected);
  });

  it('is a share the team states, where it keeps no parts', () => {
    const parts = ['businessModel', 'market', 'decisionStructure', 'coreValues', 'priorities'];
    const off = parts.map((part) => `partnerships.${part}`);
    expect(found('profile-incomplete', p({ profile: 0.5 }), off)[0]?.params.share).toBe(0.5);
    expect(found('profile-incomplete', p({ profile: 0.6 }), off)).toEqual([]);
    expect(found('profile-incomplete', p({ profile: 50 }), off)).toEqual([]);
    expect(found('profile-incomplete', p(known), off.slice(3))).toEqual([]);
  });
});

describe('the evidence of a stage', () => {
  const none: Rows = { risks: [], roles: [], kpis: [], agreements: [], actions: [], reviews: [] };
  const missing = (stage: NonNullable<Values<'partnerships'>['stage']>, rows: Rows = none) =>
    found('stage-evidence-missing', { ...p({ stage, sponsor: [] }), ...rows })[0]?.params.missing;
  it.each<[NonNullable<Values<'partnerships'>['stage']>, string | undefined]>([
    ['awareness', 'sponsor,risks'],
    ['knowledge', 'sponsor,risks,profile'],
    ['assessment', 'sponsor,risks,profile,roles'],
    ['selection', 'sponsor,risks,profile,roles'],
    ['working-together', 'sponsor,risks,profile,roles,goals,agreement,cadence'],
    ['value-creation', 'sponsor,risks,profile,roles,goals,agreement,cadence,improvement'],
    ['staying-together', 'sponsor,risks,profile,roles,goals,agreement,cadence,improvement,review'],
    ['exit', undefined],
  ])('%s asks for all before it', (stage, expected) => {
    expect(missing(stage)).toBe(expected);
  });

  it('asks nothing of tables and columns that are not kept', () => {
    expect(missing('staying-together', {})).toBe('sponsor,profile,cadence');
    const off = ['sponsor', 'profile', 'reviewCadence', 'owner'].map((field) => `partnerships.${field}`);
    expect(found('stage-evidence-missing', p({ stage: 'staying-together' }), off)).toEqual([]);
  });

  it('is noted, and told where a strategic partnership lacks its footing', () => {
    const tell = (values: Values<'partnerships'>) => severities(found('stage-evidence-missing', p(values)));
    expect(tell({ stage: 'awareness', sponsor: [] })).toEqual(['info']);
    expect(tell({ stage: 'awareness', sponsor: [], tier: 'strategic' })).toEqual(['low']);
    expect(tell({ stage: 'knowledge', tier: 'strategic' })).toEqual(['info']);
    expect(tell({ stage: 'awareness', tier: 'strategic' })).toEqual([]);
  });
});
