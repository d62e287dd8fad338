import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/calendar.js';
import { HALF, type Kpi, kpi, type Reading } from '../support/kpis.js';
import { TODAY } from '../support/rows.js';

const round = (value: number | undefined): number | undefined =>
  value === undefined ? undefined : Math.round(value * 1e6) / 1e6;

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
    [
      'ratio of sums in percent',
      { accumulation: 'ratio', scale: 'percent' },
      [
        { date: inside, numerator: 1, denominator: 2 },
        { date: later, numerator: 2, denominator: 4 },
      ],
      0.5,
    ],
    [
      'readings that name the unit of the goal',
      { accumulation: 'cumulative', unit: '억 원' },
      [
        { date: inside, value: 20, unit: '억원' },
        { date: later, value: 30 },
      ],
      0.5,
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
