import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/calendar.js';
import { assessKpi } from '../../src/domain/kpi.js';
import { CATALOGUES } from '../../src/messages/index.js';
import { HALF, KPI_OPTIONS, type Kpi, kpi, type Reading, readings } from '../support/kpis.js';
import { aRow, TODAY } from '../support/rows.js';

const round = (value: number | undefined): number | undefined =>
  value === undefined ? undefined : Math.round(value * 1e6) / 1e6;

describe('achievement', () => {
  it.each<[string, Kpi, number]>([
    ['higher, half way', { target: 200, actual: 100 }, 0.5],
    ['higher, beyond the target', { target: 100, actual: 120 }, 1.2],
    ['higher, nothing yet', { target: 100, actual: 0 }, 0],
    ['higher, a loss', { target: 100, actual: -50 }, -0.5],
    ['higher, target 0 reached', { target: 0, actual: 0 }, 1],
    ['higher, target 0 not reached', { target: 0, actual: -1 }, 0],
    ['higher, negative target, better', { target: -10, actual: -5 }, 1.5],
    ['higher, negative target, worse', { target: -10, actual: -15 }, 0.5],
    ['higher from a baseline', { baseline: 100, target: 200, actual: 150 }, 0.5],
    ['higher from a baseline, fallen back', { baseline: 100, target: 200, actual: 90 }, -0.1],
    ['higher from a negative baseline', { baseline: -10, target: 10, actual: 0 }, 0.5],
    ['lower from a baseline (3 to 0, now 2)', { direction: 'lower', baseline: 3, target: 0, actual: 2 }, 1 / 3],
    ['lower from a baseline, reached', { direction: 'lower', baseline: 10, target: 5, actual: 4 }, 1.2],
    ['baseline above target means lower', { baseline: 10, target: 5, actual: 7.5 }, 0.5],
    ['lower without a baseline, at the bound', { direction: 'lower', target: 10, actual: 10 }, 1],
    ['lower without a baseline, below it', { direction: 'lower', target: 10, actual: 8 }, 1.2],
    ['lower without a baseline, twice as much', { direction: 'lower', target: 10, actual: 20 }, 0],
    ['lower without a baseline, three times', { direction: 'lower', target: 10, actual: 30 }, -1],
    ['lower, negative target', { direction: 'lower', target: -10, actual: -5 }, 0.5],
    ['lower, target 0 kept', { direction: 'lower', target: 0, actual: 0 }, 1],
    ['lower, target 0 broken', { direction: 'lower', target: 0, actual: 1 }, 0],
    ['range, inside', { direction: 'range', target: 20, targetHigh: 30, actual: 25 }, 1],
    ['range, on its lower bound', { direction: 'range', target: 20, targetHigh: 30, actual: 20 }, 1],
    ['range, on its upper bound', { direction: 'range', target: 20, targetHigh: 30, actual: 30 }, 1],
    ['range, below', { direction: 'range', target: 20, targetHigh: 30, actual: 15 }, 0.75],
    ['range, above', { direction: 'range', target: 20, targetHigh: 30, actual: 36 }, 0.8],
    ['range from 0, below', { direction: 'range', target: 0, targetHigh: 30, actual: -1 }, 0],
    ['range to 0, above', { direction: 'range', target: -5, targetHigh: 0, actual: 1 }, 0],
    ['maintain, kept', { direction: 'maintain', target: 99, actual: 99.5 }, 1],
    ['maintain, broken', { direction: 'maintain', target: 99, actual: 98 }, 0],
    ['milestone, done', { direction: 'milestone', actual: 1 }, 1],
    ['milestone, not done', { direction: 'milestone', actual: 0 }, 0],
    ['rating in the middle of 1 to 5', { direction: 'rating', target: 5, actual: 3 }, 0.5],
    ['rating towards 4', { direction: 'rating', target: 4, actual: 4 }, 1],
    [
      'a ratio in percent',
      { accumulation: 'ratio', numerator: 30, denominator: 40, target: 90, scale: 'percent' },
      0.833333,
    ],
    ['ratio of its own two numbers', { accumulation: 'ratio', numerator: 30, denominator: 40, target: 0.9 }, 0.833333],
  ])('%s', (_scenario, values, expected) => {
    expect(round(kpi({ ...HALF, ...values }).achievement)).toBe(round(expected));
  });
});

describe('what is missing, cannot be read or contradicts itself is named', () => {
  const inside = addDays(TODAY, -10);
  it.each<[string, Kpi, readonly string[], readonly Reading[], string]>([
    ['no actual', { target: 100 }, [], [], 'missing actual'],
    ['no target', { actual: 100 }, [], [], 'missing target'],
    ['an actual that cannot be read', { target: 100 }, ['actual'], [], 'unreadable actual'],
    ['a baseline that cannot be read', { target: 100, actual: 50 }, ['baseline'], [], 'unreadable baseline'],
    [
      'a target that is the baseline',
      { baseline: 100, target: 100, actual: 100 },
      [],
      [],
      'contradictory target-is-baseline',
    ],
    [
      'higher, with a target below the baseline',
      { direction: 'higher', baseline: 100, target: 50, actual: 60 },
      [],
      [],
      'contradictory direction',
    ],
    [
      'lower, with a target above the baseline',
      { direction: 'lower', baseline: 50, target: 100, actual: 60 },
      [],
      [],
      'contradictory direction',
    ],
    ['a direction that cannot be read', { target: 100, actual: 50 }, ['direction'], [], 'unreadable direction'],
    ['a range without an upper bound', { direction: 'range', target: 1, actual: 1 }, [], [], 'missing targetHigh'],
    [
      'a range upside down',
      { direction: 'range', target: 5, targetHigh: 1, actual: 3 },
      [],
      [],
      'contradictory bounds-reversed',
    ],
    ['a rating towards 1', { direction: 'rating', target: 1, actual: 3 }, [], [], 'contradictory rating-target'],
    ['a ratio without numerator', { accumulation: 'ratio', denominator: 2, target: 1 }, [], [], 'missing numerator'],
    ['a ratio without denominator', { accumulation: 'ratio', numerator: 2, target: 1 }, [], [], 'missing denominator'],
    [
      'a ratio over 0',
      { accumulation: 'ratio', numerator: 2, denominator: 0, target: 1 },
      [],
      [],
      'contradictory denominator-zero',
    ],
    [
      'readings of a ratio over 0',
      { accumulation: 'ratio', target: 1 },
      [],
      [{ date: inside, numerator: 1, denominator: 0 }],
      'contradictory denominator-zero',
    ],
    [
      'a reading of a ratio with half its numbers',
      { accumulation: 'ratio', target: 1 },
      [],
      [{ date: inside, denominator: 4 }],
      'missing numerator',
    ],
    [
      'several readings, and no word how they add up',
      { target: 100 },
      [],
      [
        { date: inside, value: 1 },
        { date: inside, value: 2 },
      ],
      'missing accumulation',
    ],
    [
      'an accumulation that cannot be read',
      { target: 100, actual: 50 },
      ['accumulation'],
      [],
      'unreadable accumulation',
    ],
    [
      'a period that ends before it starts',
      { target: 100, actual: 50, start: HALF.end, end: HALF.start },
      [],
      [],
      'contradictory period-reversed',
    ],
    ['a period without an end', { target: 100, actual: 50, end: undefined as never }, [], [], 'missing end'],
    ['a period without a start', { target: 100, actual: 50, start: undefined as never }, [], [], 'missing start'],
    [
      'no period at all',
      { target: 100, actual: 50, start: undefined as never, end: undefined as never },
      [],
      [],
      'missing period',
    ],
    [
      'a numerator that cannot be read',
      { accumulation: 'ratio', target: 1 },
      ['numerator'],
      [],
      'unreadable numerator',
    ],
    [
      'a scale that cannot be read',
      { accumulation: 'ratio', numerator: 1, denominator: 2, target: 1 },
      ['scale'],
      [],
      'unreadable scale',
    ],
    [
      'a reading without its value',
      { accumulation: 'cumulative', target: 1 },
      [],
      [{ date: inside, numerator: 1 }],
      'missing reading',
    ],
    [
      'dollars among euros',
      { accumulation: 'cumulative', target: 100, unit: 'EUR' },
      [],
      [
        { date: inside, value: 1, unit: 'EUR' },
        { date: inside, value: 2, unit: 'USD' },
      ],
      'contradictory unit',
    ],
    ['an infinite target', { target: Number.POSITIVE_INFINITY, actual: 1 }, [], [], 'missing target'],
    ['a start that cannot be read', { target: 100, actual: 50 }, ['start'], [], 'unreadable start'],
    ['80 beside 0.8', { target: 0.8, actual: 80 }, [], [], 'contradictory scale'],
    ['0.8 beside 80, unit percent', { target: 80, actual: 0.8, unit: '%' }, [], [], 'contradictory scale'],
    ['100 % as 1 beside 80', { target: 1, actual: 80, unit: '%' }, [], [], 'contradictory scale'],
    ['numbers too large', { target: 5e-324, actual: 1e308, unit: '건' }, [], [], 'contradictory size'],
  ])('%s', (_scenario, values, unreadable, given, part) => {
    const result = kpi({ ...HALF, ...values }, given, unreadable);
    expect(result.status).toBe('not-computable');
    const [fault, at] = part.split(' ');
    expect(result.reason).toEqual({ code: fault, params: { fault, part: at } });
  });

  it('a reading that cannot be read makes the sum unknown', () => {
    const broken = aRow('measurements', { kpi: ['kpis'], date: inside }, { id: 'broken', unreadable: ['value'] });
    const row = aRow('kpis', { ...HALF, target: 100, accumulation: 'cumulative' });
    const result = assessKpi(row, [...readings({ date: inside, value: 90 }), broken], KPI_OPTIONS);
    expect(result.reason.params.part).toBe('reading');
  });

  it('and a day that cannot be read might lie in the period', () => {
    const broken = aRow('measurements', { kpi: ['kpis'], value: 1 }, { id: 'broken', unreadable: ['date'] });
    const row = aRow('kpis', { ...HALF, target: 100, actual: 50, accumulation: 'cumulative' });
    expect(assessKpi(row, [broken], KPI_OPTIONS).reason.code).toBe('unreadable');
  });

  it.each<[string, Kpi]>([
    ['a declared scale is trusted', { target: 0.8, actual: 80, scale: 'percent' }],
    ['hours are no percentage', { target: 0.5, actual: 24, unit: '시간', direction: 'lower' }],
    ['far apart but both whole', { target: 1, actual: 80 }],
    ['not far enough apart', { target: 0.8, actual: 4 }],
  ])('%s', (_scenario, values) => {
    expect(kpi({ ...HALF, ...values }).achievement).toBeDefined();
  });

  it('an achievement without a period is still told', () => {
    expect(kpi({ target: 100, actual: 50, start: HALF.start })).toMatchObject({
      achievement: 0.5,
      status: 'not-computable',
    });
  });
});

describe('the formula behind an achievement is told', () => {
  it.each<[string, Kpi, string]>([
    ['from a baseline', { baseline: 0, target: 10, actual: 5 }, 'from-baseline'],
    ['as a share of the target', { target: 10, actual: 5 }, 'share-of-target'],
    ['as distance to a bound', { direction: 'lower', target: 10, actual: 5 }, 'distance-to-bound'],
    ['a target of 0', { direction: 'lower', target: 0, actual: 5 }, 'zero-target'],
    ['a range', { direction: 'range', target: 1, targetHigh: 2, actual: 5 }, 'range'],
    ['a value to keep', { direction: 'maintain', target: 1, actual: 5 }, 'share-kept'],
    ['a milestone', { direction: 'milestone', actual: 1 }, 'reached-or-not'],
    ['a rating', { direction: 'rating', target: 5, actual: 5 }, 'rating-from-1'],
  ])('%s', (_scenario, values, method) => {
    const result = kpi({ ...HALF, ...values });
    expect(result).toMatchObject({ method, actual: values.actual });
    expect(result.reason.params.method).toBe(method === 'zero-target' ? method : undefined);
  });

  it('in the reason where a target of 0 leaves no percentage of the way', () => {
    const met = kpi({ ...HALF, direction: 'lower', target: 0, actual: 0 });
    const broken = kpi({ ...HALF, direction: 'lower', target: 0, actual: 1 });
    const said = (result: typeof met) => (['en', 'ko'] as const).map((locale) => CATALOGUES[locale].kpiReason(result));
    expect(said(met)).toEqual([
      'On pace at 100% (a target of 0 is met or not)',
      '달성률 100%(목표 0은 충족 여부로 판단), 계획대로 진행',
    ]);
    expect(said(broken)).toEqual([
      'Far behind the target pace at 0% (a target of 0 is met or not)',
      '달성률 0%(목표 0은 충족 여부로 판단), 계획 대비 크게 미달',
    ]);
  });
});
