import { describe, expect, it } from 'vitest';
import { addDays, addMonths } from '../../src/domain/calendar.js';
import { CATALOGUES } from '../../src/messages/index.js';
import { HALF, type Kpi, kpi, OVER, type Reading } from '../support/kpis.js';
import { TODAY } from '../support/rows.js';

const SUM: Kpi = { ...HALF, accumulation: 'cumulative', target: 100 };

describe('a forecast at the rate so far (half of the period gone)', () => {
  it.each<[string, Kpi, number, number, boolean]>([
    ['on pace', { actual: 50 }, 100, 1, false],
    ['ahead', { actual: 60 }, 120, 1.2, false],
    ['nothing yet', { actual: 0 }, 0, 0, true],
    ['from a baseline of 20', { baseline: 20, actual: 50 }, 80, 0.75, true],
    ['a count', { accumulation: 'count', target: 10, actual: 4 }, 8, 0.8, false],
    ['already there', { actual: 130 }, 260, 2.6, false],
    ['below an upper bound', { direction: 'lower', target: 10, actual: 3 }, 6, 1.4, false],
    ['on the way beyond a bound', { direction: 'lower', target: 10, actual: 6 }, 12, 0.8, false],
    ['beyond a bound', { direction: 'lower', target: 10, actual: 11 }, 22, -0.2, true],
    ['downwards from a baseline', { direction: 'lower', baseline: 100, target: 0, actual: 70 }, 40, 0.6, true],
  ])('%s', (_scenario, values, value, share, unlikely) => {
    const { forecast } = kpi({ ...SUM, ...values });
    expect(forecast?.value).toBeCloseTo(value, 9);
    expect(forecast?.share).toBeCloseTo(share, 9);
    expect(forecast?.unlikely).toBe(unlikely);
  });

  // At 40 of 100 half way, 60 are left for 50 days: 1.2 a day after 0.8 a day is 1.5 times the rate.
  it.each<[number, number, boolean]>([
    [40, 1.2, false],
    [39.9, 1.202, true],
  ])('with %d of 100, %d a day are needed', (actual, rate, unlikely) => {
    expect(kpi({ ...SUM, actual }).forecast).toMatchObject({ requiredRate: expect.closeTo(rate, 9), unlikely });
  });

  it.each<[string, Kpi, readonly Reading[]]>([
    ['a level', { accumulation: 'snapshot', actual: 50 }, []],
    ['an average', { accumulation: 'average', actual: 50 }, []],
    ['a number of which nobody says that it adds up', { accumulation: undefined as never, actual: 50 }, []],
    ['a value to keep', { direction: 'maintain', actual: 50 }, []],
    ['too early', { start: addDays(TODAY, -9), end: addDays(TODAY, 91), actual: 50 }, []],
    ['no end', { end: undefined as never, actual: 100 }, []],
    ['a period that is over', { ...OVER, actual: 50 }, []],
    ['a row that is done', { status: 'done', actual: 50 }, []],
    ['no number', {}, []],
    ['a number too large', { actual: 1e308 }, []],
    ['a number too large beside a target of 0', { target: 0, actual: 1e308 }, []],
  ])('there is none of %s', (_scenario, values, given) => {
    expect(kpi({ ...SUM, ...values }, given)).not.toHaveProperty('forecast');
  });

  it('on the last day there is no time to make up for anything', () => {
    const last = { ...SUM, start: addDays(TODAY, -90), end: TODAY };
    expect(kpi({ ...last, actual: 97 }).forecast).toEqual({ value: 97, share: 0.97, unlikely: true });
    expect(kpi({ ...last, actual: 100 }).forecast).toEqual({ value: 100, share: 1, unlikely: false });
  });

  it('counts readings', () => {
    expect(kpi(SUM, [{ date: TODAY, value: 25 }]).forecast).toMatchObject({ value: 50, share: 0.5 });
  });
});

describe('a forecast by the last three months beside the rate so far', () => {
  // 23 May 2026 to 23 May 2027: 184 of 365 days have passed, 92 of them in the last three months; 181 are left.
  const year: Kpi = { start: '2026-05-23', end: '2027-05-23', accumulation: 'cumulative', target: 365 };
  const monthly = (...values: readonly number[]): readonly Reading[] =>
    values.map((value, index) => ({ date: addMonths('2026-06-10', index), value }));

  it.each<[string, readonly number[], number, number]>([
    // 184 so far runs to 365. Three months of 46 are 138 in 92 days: 1.5 a day, 271.5 more.
    ['faster of late', [0, 23, 23, 46, 46, 46], 184 / (184 / 365) / 365, (184 + 1.5 * 181) / 365],
    // 92 so far runs to 182.5. The median of 0, 20 and 12 is 12: 36 in 92 days.
    ['slower of late', [30, 30, 0, 0, 20, 12], (92 + (36 / 92) * 181) / 365, 92 / (184 / 365) / 365],
  ])('%s', (_scenario, values, low, high) => {
    const { forecast } = kpi(year, monthly(...values));
    expect(forecast?.low).toBeCloseTo(low, 9);
    expect(forecast?.high).toBeCloseTo(high, 9);
  });

  it('compares what is needed with the recent rate, not with better days', () => {
    const early = kpi(year, monthly(180, 1, 1, 1, 1, 1)).forecast;
    const steady = kpi(year, monthly(31, 31, 31, 31, 31, 30)).forecast;
    expect(early).toMatchObject({ share: expect.closeTo(1.0054, 3), unlikely: true });
    expect(steady).toMatchObject({ share: expect.closeTo(1.0054, 3), unlikely: false });
  });

  it('is not thrown by one month that is not reported yet', () => {
    const { forecast } = kpi(year, monthly(30, 30, 30, 30, 30));
    expect(forecast?.high).toBeCloseTo((150 + (90 / 92) * 181) / 365, 9);
  });

  it('counts readings of a count', () => {
    const { forecast } = kpi({ ...year, accumulation: 'count', target: 12 }, monthly(1, 1, 1, 1, 1, 1));
    expect(forecast?.high).toBeCloseTo((6 + (3 / 92) * 181) / 12, 9);
  });

  it.each<[string, Kpi, readonly Reading[]]>([
    ['a period younger than that', { ...year, start: '2026-08-24' }, monthly(1, 1, 1, 1, 1, 1)],
    ['a number without readings', { ...year, actual: 100 }, []],
  ])('there is none of %s', (_scenario, values, given) => {
    expect(kpi(values, given).forecast).toBeDefined();
    expect(kpi(values, given).forecast).not.toHaveProperty('low');
  });

  it('is told as a range', () => {
    const result = kpi(year, monthly(30, 20, 0, 0, 20, 12));
    expect((['en', 'ko'] as const).map((locale) => CATALOGUES[locale].kpiReason(result))).toEqual([
      'Far behind the target pace at 22%, about 41% to 44% expected',
      '달성률 22%, 계획 대비 크게 미달, 약 41~44% 예상',
    ]);
  });
});

describe('the reason of a KPI', () => {
  const said = (actual: number) =>
    (['en', 'ko'] as const).map((locale) => CATALOGUES[locale].kpiReason(kpi({ ...SUM, actual })));

  it('tells the forecast when the target has become unlikely', () => {
    expect(said(31)).toEqual([
      'Far behind the target pace at 31%, about 62% expected',
      '달성률 31%, 계획 대비 크게 미달, 약 62% 예상',
    ]);
    expect(said(39)[0]).toBe('Behind the target pace at 39%, about 78% expected');
  });

  it('and not while it can be reached', () => {
    expect(said(40)).toEqual(['Behind the target pace at 40%', '달성률 40%, 계획 대비 지연']);
    expect(said(50)[0]).toBe('On pace at 50%');
  });
});
