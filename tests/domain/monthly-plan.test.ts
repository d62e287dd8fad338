import { describe, expect, it } from 'vitest';
import type { MonthlyPlan } from '../../src/domain/entities.js';
import { readPlan } from '../../src/domain/monthly-plan.js';
import { readField } from '../../src/domain/values.js';
import { type Kpi, kpi, type Reading } from '../support/kpis.js';

const of = (...values: readonly number[]): MonthlyPlan => values.map((value) => ({ value }));

describe('a monthly plan as people write it', () => {
  it.each<[string, MonthlyPlan]>([
    [
      '1월 100, 2월 120',
      [
        { month: 1, value: 100 },
        { month: 2, value: 120 },
      ],
    ],
    [
      '11월: 1,000 / 12월: 1,200.5',
      [
        { month: 11, value: 1000 },
        { month: 12, value: 1200.5 },
      ],
    ],
    [
      '2026년 12월 -5\n2027년 1월 10',
      [
        { year: 2026, month: 12, value: -5 },
        { year: 2027, month: 1, value: 10 },
      ],
    ],
    [
      'Jan 100; February 120',
      [
        { month: 1, value: 100 },
        { month: 2, value: 120 },
      ],
    ],
    [
      'Sept 2026: 30, Oct 2026 40',
      [
        { year: 2026, month: 9, value: 30 },
        { year: 2026, month: 10, value: 40 },
      ],
    ],
    [
      '2026-01 10, 2026-02 20',
      [
        { year: 2026, month: 1, value: 10 },
        { year: 2026, month: 2, value: 20 },
      ],
    ],
    [
      '{"2026-01": 10, "2026-02": 20}',
      [
        { year: 2026, month: 1, value: 10 },
        { year: 2026, month: 2, value: 20 },
      ],
    ],
    [
      '{"1": 10, "2월": 20, "mar": 30}',
      [
        { month: 1, value: 10 },
        { month: 2, value: 20 },
        { month: 3, value: 30 },
      ],
    ],
    ['[10, 20, 30]', of(10, 20, 30)],
    ['10, 20, 30', of(10, 20, 30)],
    ['10,20,30.5', of(10, 20, 30.5)],
    [' 10 20\n30 ', of(10, 20, 30)],
  ])('%j', (text, plan) => {
    expect(readPlan(text)).toEqual(plan);
  });

  it.each([
    'grow every month',
    '100',
    '1월 100',
    '1월 100, 1월 120',
    '1월 100만, 2월 120만',
    '13월 100, 2월 120',
    '1월 백, 2월 이백',
    'Marketing 100, May 120',
    '{"1월": "백", "2월": 3}',
    '{"sum": 10, "rest": 20}',
    '{"1월": 10',
    '[10, null]',
    '[]',
    'null',
  ])('%j is none', (text) => {
    expect(readPlan(text)).toBeUndefined();
  });

  it('is refused as a data issue, not passed over', () => {
    const cell = { kind: 'text', text: '매달 조금씩' } as const;
    const context = { timezone: 'UTC', person: (person: object) => person };
    expect(readField({ kind: 'plan' }, { property: '계획' }, cell, context)).toEqual({
      kind: 'refused',
      code: 'not-a-plan',
      found: '매달 조금씩',
    });
    expect(readField({ kind: 'plan' }, { property: '계획' }, { ...cell, text: ' ' }, context).kind).toBe('empty');
  });
});

/** July to December 2026, judged on 23 November: 22 of the 30 days of that month have passed. */
const HALF_YEAR: Kpi = { start: '2026-07-01', end: '2026-12-31', accumulation: 'cumulative', target: 600, actual: 300 };
const NOVEMBER = 22 / 30;

describe('what a plan asks for by a day', () => {
  it.each<[string, Kpi, string, number]>([
    ['even amounts', {}, '100,100,100,100,100,100', (400 + 100 * NOVEMBER) / 600],
    ['a late harvest', {}, '0,0,0,0,300,300', (300 * NOVEMBER) / 600],
    ['named months, those left out ask for nothing', {}, '11월 300, 12월 300', (300 * NOVEMBER) / 600],
    ['running totals', {}, '100,200,300,400,500,600', (400 + 100 * NOVEMBER) / 600],
    ['running totals of named months', {}, '9월 300, 12월 600', 300 / 600],
    ['amounts that miss the target by rounding', {}, '99,99,99,99,99,99', (4 * 99 + 99 * NOVEMBER) / 600],
    [
      'levels from a baseline',
      { accumulation: 'snapshot', baseline: 50, target: 100, actual: 80 },
      '60,60,70,80,90,100',
      (30 + 10 * NOVEMBER) / 50,
    ],
    [
      'levels downwards',
      { accumulation: 'snapshot', direction: 'lower', baseline: 100, target: 40, actual: 60 },
      '90,80,70,60,50,40',
      (40 + 10 * NOVEMBER) / 60,
    ],
    [
      'levels without a baseline',
      { accumulation: 'average', target: 5, actual: 4 },
      '4,4,4.2,4.5,4.8,5',
      (4.5 + 0.3 * NOVEMBER) / 5,
    ],
  ])('%s', (_scenario, values, text, expected) => {
    const plan = readPlan(text) ?? [];
    expect(kpi({ ...HALF_YEAR, ...values, plan }).expected).toBeCloseTo(expected, 12);
  });

  it.each<[string, string, number]>([
    ['on the first day', '2026-07-01', 0],
    ['on the last day of the first month', '2026-07-31', (30 / 31) * (1 / 6)],
    ['on the first day of the next', '2026-08-01', 1 / 6],
    ['at the turn of the last month', '2026-12-01', 5 / 6],
    ['on the last day', '2026-12-31', 1],
  ])('%s', (_scenario, asOf, expected) => {
    const plan = of(100, 100, 100, 100, 100, 100);
    expect(kpi({ ...HALF_YEAR, plan }, [], [], { asOf }).expected).toBeCloseTo(expected, 12);
  });

  it('knows the leap day and the year end', () => {
    const winter: Kpi = { ...HALF_YEAR, start: '2027-12-01', end: '2028-03-31', target: 400 };
    const plan = readPlan('12월 100, 1월 100, 2월 100, 3월 100') ?? [];
    const expected = kpi({ ...winter, plan }, [], [], { asOf: '2028-02-29' }).expected;
    expect(expected).toBeCloseTo((200 + 100 * (28 / 29)) / 400, 12);
  });

  it.each<[string, string, string]>([
    ['other months', '1월 300, 2월 300', 'plan-months'],
    ['too few values', '300,300', 'plan-months'],
    ['a month that comes twice', '7월 300, 12월 300', 'plan-months'],
    ['another total', '100,100,100,100,100,200', 'plan-total'],
  ])('%s contradict the goal', (scenario, text, part) => {
    const end = scenario === 'a month that comes twice' ? '2027-07-31' : '2026-12-31';
    const result = kpi({ ...HALF_YEAR, end, plan: readPlan(text) ?? [] });
    expect(result).toMatchObject({ achievement: 0.5, status: 'not-computable' });
    expect(result.reason).toEqual({ code: 'contradictory', params: { fault: 'contradictory', part } });
  });

  it('leaves a KPI without a pace where the plan cannot be read', () => {
    const result = kpi(HALF_YEAR, [], ['plan']);
    expect(result.reason).toEqual({ code: 'unreadable', params: { fault: 'unreadable', part: 'plan' } });
    expect(result.achievement).toBe(0.5);
  });

  it('does not matter to what should hold on every day', () => {
    const values: Kpi = { ...HALF_YEAR, direction: 'range', target: 1, targetHigh: 3, actual: 2 };
    expect(kpi({ ...values, plan: of(1, 2) }).status).toBe('on-track');
  });

  it('turns the same number from behind to on track', () => {
    const reading: Reading = { date: '2026-11-20', value: 230 };
    const even = kpi({ ...HALF_YEAR, plan: of(100, 100, 100, 100, 100, 100) }, [reading]);
    const late = kpi({ ...HALF_YEAR, plan: of(0, 0, 0, 0, 300, 300) }, [reading]);
    expect([even.status, late.status]).toEqual(['at-risk', 'on-track']);
    expect(late.forecast?.value).toBeCloseTo(230 / ((300 * NOVEMBER) / 600), 9);
  });
});
