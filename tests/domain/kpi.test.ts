import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/calendar.js';
import { assessKpi } from '../../src/domain/kpi.js';
import { DEFAULT_POLICY } from '../../src/domain/policy.js';
import { HALF, type Kpi, kpi, type Reading, readings } from '../support/kpis.js';
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
    ['ratio of its own two numbers', { accumulation: 'ratio', numerator: 30, denominator: 40, target: 0.9 }, 0.833333],
  ])('%s', (_scenario, values, expected) => {
    expect(round(kpi({ ...HALF, ...values }).achievement)).toBe(round(expected));
  });
});

describe('the actual from readings', () => {
  const inside = addDays(TODAY, -10);
  const later = addDays(TODAY, -5);
  const before = addDays(HALF.start, -1);
  const future = addDays(TODAY, 1);
  it.each<[string, Kpi, readonly Reading[], number]>([
    [
      'cumulative adds up',
      { accumulation: 'cumulative' },
      [
        { date: inside, value: 20 },
        { date: later, value: 30 },
      ],
      0.5,
    ],
    [
      'two sales on one day both count',
      { accumulation: 'cumulative' },
      [
        { date: inside, value: 20 },
        { date: inside, value: 5 },
      ],
      0.25,
    ],
    ['the first day of the period counts', { accumulation: 'cumulative' }, [{ date: HALF.start, value: 20 }], 0.2],
    [
      'the day before the period does not',
      { accumulation: 'cumulative' },
      [
        { date: before, value: 50 },
        { date: inside, value: 20 },
      ],
      0.2,
    ],
    [
      'a reading after today is ignored',
      { accumulation: 'cumulative' },
      [
        { date: future, value: 50 },
        { date: inside, value: 20 },
      ],
      0.2,
    ],
    ['a reading of today counts', { accumulation: 'cumulative' }, [{ date: TODAY, value: 20 }], 0.2],
    [
      'a prepared empty row is no reading',
      { accumulation: 'cumulative' },
      [{ date: inside, value: 20 }, { date: later }],
      0.2,
    ],
    [
      'snapshot takes the latest',
      { accumulation: 'snapshot' },
      [
        { date: later, value: 30 },
        { date: inside, value: 90 },
      ],
      0.3,
    ],
    ['snapshot may be from before the period', { accumulation: 'snapshot' }, [{ date: before, value: 40 }], 0.4],
    [
      'of two snapshots on one day the larger id',
      { accumulation: 'snapshot' },
      [
        { date: later, value: 30 },
        { date: later, value: 60 },
      ],
      0.6,
    ],
    [
      'average',
      { accumulation: 'average' },
      [
        { date: inside, value: 20 },
        { date: later, value: 50 },
      ],
      0.35,
    ],
    [
      'max',
      { accumulation: 'max' },
      [
        { date: inside, value: 70 },
        { date: later, value: 50 },
      ],
      0.7,
    ],
    ['count', { accumulation: 'count', target: 4 }, [{ date: inside }, { date: later }], 0.5],
    ['count of none in the period', { accumulation: 'count', target: 4 }, [{ date: before }], 0],
    [
      'ratio of sums, not mean of ratios',
      { accumulation: 'ratio', target: 1 },
      [
        { date: inside, numerator: 1, denominator: 2 },
        { date: later, numerator: 90, denominator: 98 },
      ],
      0.91,
    ],
    ['one reading needs no accumulation', {}, [{ date: inside, value: 20 }], 0.2],
    [
      'readings win over the stated actual',
      { accumulation: 'cumulative', actual: 90 },
      [{ date: inside, value: 20 }],
      0.2,
    ],
    [
      'the stated actual where no reading is in the period',
      { accumulation: 'cumulative', actual: 90 },
      [{ date: before, value: 20 }],
      0.9,
    ],
    [
      'several readings without accumulation leave the stated actual',
      { actual: 90 },
      [
        { date: inside, value: 1 },
        { date: later, value: 2 },
      ],
      0.9,
    ],
    [
      'maintain is the share of readings that held',
      { direction: 'maintain', accumulation: 'average', target: 50 },
      [
        { date: inside, value: 60 },
        { date: later, value: 40 },
      ],
      0.5,
    ],
  ])('%s', (_scenario, values, given, expected) => {
    expect(round(kpi({ target: 100, ...HALF, ...values }, given).achievement)).toBe(round(expected));
  });
});

describe('what is missing or contradicts itself is named', () => {
  const inside = addDays(TODAY, -10);
  it.each<[string, Kpi, readonly string[], readonly Reading[], string]>([
    ['no actual', { target: 100 }, [], [], 'actual'],
    ['no target', { actual: 100 }, [], [], 'target'],
    ['an actual that cannot be read', { target: 100 }, ['actual'], [], 'actual'],
    ['a baseline that cannot be read', { target: 100, actual: 50 }, ['baseline'], [], 'baseline'],
    ['a target that is the baseline', { baseline: 100, target: 100, actual: 100 }, [], [], 'target'],
    [
      'higher, with a target below the baseline',
      { direction: 'higher', baseline: 100, target: 50, actual: 60 },
      [],
      [],
      'direction',
    ],
    [
      'lower, with a target above the baseline',
      { direction: 'lower', baseline: 50, target: 100, actual: 60 },
      [],
      [],
      'direction',
    ],
    ['a direction that cannot be read', { target: 100, actual: 50 }, ['direction'], [], 'direction'],
    ['a range without an upper bound', { direction: 'range', target: 1, actual: 1 }, [], [], 'targetHigh'],
    ['a range upside down', { direction: 'range', target: 5, targetHigh: 1, actual: 3 }, [], [], 'targetHigh'],
    ['a rating towards 1', { direction: 'rating', target: 1, actual: 3 }, [], [], 'target'],
    ['a ratio without numerator', { accumulation: 'ratio', denominator: 2, target: 1 }, [], [], 'numerator'],
    ['a ratio without denominator', { accumulation: 'ratio', numerator: 2, target: 1 }, [], [], 'denominator'],
    ['a ratio over 0', { accumulation: 'ratio', numerator: 2, denominator: 0, target: 1 }, [], [], 'denominator'],
    [
      'readings of a ratio over 0',
      { accumulation: 'ratio', target: 1 },
      [],
      [{ date: inside, numerator: 1, denominator: 0 }],
      'denominator',
    ],
    [
      'a reading of a ratio with half its numbers',
      { accumulation: 'ratio', target: 1 },
      [],
      [{ date: inside, denominator: 4 }],
      'numerator',
    ],
    [
      'several readings, and no word how they add up',
      { target: 100 },
      [],
      [
        { date: inside, value: 1 },
        { date: inside, value: 2 },
      ],
      'accumulation',
    ],
    ['an accumulation that cannot be read', { target: 100, actual: 50 }, ['accumulation'], [], 'accumulation'],
    [
      'a period that ends before it starts',
      { target: 100, actual: 50, start: HALF.end, end: HALF.start },
      [],
      [],
      'period',
    ],
    ['a period without an end', { target: 100, actual: 50, end: undefined as never }, [], [], 'period'],
    ['a start that cannot be read', { target: 100, actual: 50 }, ['start'], [], 'period'],
    ['80 beside 0.8', { target: 0.8, actual: 80 }, [], [], 'scale'],
    ['0.8 beside 80, unit percent', { target: 80, actual: 0.8, unit: '%' }, [], [], 'scale'],
    ['100 % as 1 beside 80', { target: 1, actual: 80, unit: '%' }, [], [], 'scale'],
    ['numbers too large', { target: 5e-324, actual: 1e308, unit: '건' }, [], [], 'size'],
  ])('%s', (_scenario, values, unreadable, given, part) => {
    const result = kpi({ ...HALF, ...values }, given, unreadable);
    expect(result.status).toBe('not-computable');
    expect(result.reason).toEqual({ code: 'missing', params: { part } });
  });

  it('a reading that cannot be read makes the sum unknown', () => {
    const broken = aRow('measurements', { kpi: ['kpis'], date: inside }, { id: 'broken', unreadable: ['value'] });
    const row = aRow('kpis', { ...HALF, target: 100, accumulation: 'cumulative' });
    const result = assessKpi(row, [...readings({ date: inside, value: 90 }), broken], DEFAULT_POLICY.kpi, TODAY);
    expect(result.reason.params.part).toBe('reading');
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
