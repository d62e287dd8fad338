import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/calendar.js';
import { assessKpi, freshness, isCurrent } from '../../src/domain/kpi.js';
import { HALF, KPI_OPTIONS, type Kpi, kpi, OVER, type Reading, readings } from '../support/kpis.js';
import { aRow, TODAY } from '../support/rows.js';

describe('status while the period runs (half of it gone)', () => {
  it.each<[string, number, string, string]>([
    ['nothing', 0, 'at-risk', 'far-behind-pace'],
    ['pace just below 0.75', 37.4, 'at-risk', 'far-behind-pace'],
    ['pace exactly 0.75', 37.5, 'behind', 'behind-pace'],
    ['pace below 0.95, gap exactly 5 points', 45, 'behind', 'behind-pace'],
    ['pace below 0.95 but a gap under 5 points', 45.1, 'on-track', 'on-pace'],
    ['on pace', 50, 'on-track', 'on-pace'],
    ['just not there', 99.9, 'on-track', 'on-pace'],
    ['the target', 100, 'achieved', 'already-achieved'],
  ])('%s', (_scenario, actual, status, reason) => {
    const result = kpi({ ...HALF, target: 100, actual });
    expect([result.status, result.reason.code]).toEqual([status, reason]);
    expect(result.expected).toBe(0.5);
    expect(result.pace).toBeCloseTo(actual / 50, 12);
  });

  it.each<[string, Kpi, string]>([
    ['below a tenth of the period', { start: addDays(TODAY, -9), end: addDays(TODAY, 91), actual: 0 }, 'too-early'],
    ['at a tenth of the period', { start: addDays(TODAY, -10), end: addDays(TODAY, 90), actual: 0 }, 'at-risk'],
    ['early but reached', { start: TODAY, end: addDays(TODAY, 90), actual: 100 }, 'achieved'],
    ['the first day', { start: TODAY, end: addDays(TODAY, 90), actual: 0 }, 'too-early'],
    ['the last day still runs', { start: addDays(TODAY, -90), end: TODAY, actual: 80 }, 'behind'],
    ['a period of one day', { start: TODAY, end: TODAY, actual: 80 }, 'behind'],
    [
      'a small gap late in the period',
      { start: addDays(TODAY, -90), end: addDays(TODAY, 10), actual: 85.1 },
      'on-track',
    ],
    ['only an end, not yet reached', { start: undefined as never, actual: 100 }, 'achieved'],
  ])('%s', (_scenario, values, status) => {
    expect(kpi({ ...HALF, target: 100, ...values }).status).toBe(status);
  });

  it.each<[string, Kpi, string]>([
    ['a satisfaction of 4.5 that stands at 4.4', { accumulation: 'average', target: 4.5, actual: 4.4 }, 'on-track'],
    ['a satisfaction that fell to 4.0', { accumulation: 'average', target: 4.5, actual: 4 }, 'behind'],
    ['a satisfaction that fell to 3.0', { accumulation: 'snapshot', target: 4.5, actual: 3 }, 'at-risk'],
    [
      'a level that is kept is not achieved before the end',
      { accumulation: 'snapshot', target: 4.5, actual: 5 },
      'on-track',
    ],
    [
      'a snapshot with a baseline is on its way',
      { accumulation: 'snapshot', baseline: 0, target: 100, actual: 50 },
      'on-track',
    ],
    ['complaints within their bound', { direction: 'lower', accumulation: 'count', target: 10, actual: 3 }, 'on-track'],
    ['complaints beyond their bound', { direction: 'lower', accumulation: 'count', target: 10, actual: 13 }, 'at-risk'],
    ['a range that is kept', { direction: 'range', target: 1, targetHigh: 3, actual: 2 }, 'on-track'],
    ['a milestone that is not there yet', { direction: 'milestone', actual: 0 }, 'too-early'],
    ['a milestone that is there', { direction: 'milestone', actual: 1 }, 'achieved'],
    [
      'a level without any period',
      { start: undefined as never, end: undefined as never, direction: 'maintain', target: 5, actual: 6 },
      'on-track',
    ],
  ])('%s', (_scenario, values, status) => {
    expect(kpi({ ...HALF, ...values }).status).toBe(status);
  });
});

describe('a stretch goal while it runs (half of it gone)', () => {
  it.each<[string, number, string]>([
    ['a pace of 0.7 is what it was set for', 35, 'on-track'],
    ['just below', 34.9, 'behind'],
    ['a pace of 0.4', 20, 'behind'],
    ['less', 19.9, 'at-risk'],
  ])('%s', (_scenario, actual, status) => {
    expect(kpi({ ...HALF, target: 100, actual, commitment: 'stretch' }).status).toBe(status);
  });
});

describe('expected progress in business days', () => {
  const business = { ...KPI_OPTIONS, policy: { ...KPI_OPTIONS.policy, days: 'business' as const } };
  // Monday 2 to Monday 30 November 2026: 20 business days.
  const november: Kpi = { start: '2026-11-02', end: '2026-11-30', target: 100, actual: 50 };
  it.each<[string, Kpi, string, readonly string[], number]>([
    ['three weeks in', november, '2026-11-23', [], 15 / 20],
    ['a weekend adds nothing', november, '2026-11-22', [], 15 / 20],
    ['nor does a holiday', november, '2026-11-24', ['2026-11-23'], 15 / 19],
    ['a holiday on a Saturday takes nothing', november, '2026-11-23', ['2026-11-21'], 15 / 20],
    ['the first day', november, '2026-11-02', [], 0],
    ['the last day', november, '2026-11-30', [], 1],
    [
      'a weekend alone is counted in days',
      { ...november, start: '2026-11-21', end: '2026-11-22' },
      '2026-11-21',
      [],
      0,
    ],
    ['over the year end', { ...november, start: '2026-12-28', end: '2027-01-11' }, '2027-01-04', ['2027-01-01'], 4 / 9],
    ['over a leap day', { ...november, start: '2028-02-28', end: '2028-03-06' }, '2028-03-01', [], 2 / 5],
  ])('%s', (_scenario, values, asOf, holidays, expected) => {
    const options = { ...business, asOf, calendar: { holidays: new Set(holidays) } };
    expect(kpi(values, [], [], options).expected).toBeCloseTo(expected, 12);
  });

  it('applies to the months of a plan too', () => {
    const plan = [{ value: 50 }, { value: 50 }];
    const values: Kpi = { ...november, end: '2026-12-31', accumulation: 'cumulative', plan };
    // November has 21 business days, of which 15 have passed on the 23rd.
    expect(kpi(values, [], [], { ...business, asOf: '2026-11-23' }).expected).toBeCloseTo((50 * (15 / 21)) / 100, 12);
  });
});

describe('status once the period is over', () => {
  it.each<[string, Kpi, string]>([
    ['reached', { actual: 100 }, 'achieved'],
    ['not quite', { actual: 99.99 }, 'partly'],
    ['seventy percent', { actual: 70 }, 'partly'],
    ['just below', { actual: 69.9 }, 'missed'],
    ['a commitment is met or missed', { actual: 99, commitment: 'commit' }, 'missed'],
    ['a stretch goal is partly met at 40 %', { actual: 40, commitment: 'stretch' }, 'partly'],
    ['a stretch goal is achieved at 70 %', { actual: 70, commitment: 'stretch' }, 'achieved'],
    ['and not just below', { actual: 69.9, commitment: 'stretch' }, 'partly'],
    ['a stretch goal below that', { actual: 39, commitment: 'stretch' }, 'missed'],
    ['an unkept milestone', { direction: 'milestone', target: 1, actual: 0 }, 'missed'],
    ['a row that is done is judged by its result', { ...HALF, actual: 40, status: 'done' }, 'missed'],
    ['only an end', { start: undefined as never, actual: 80 }, 'partly'],
  ])('%s', (_scenario, values, status) => {
    expect(kpi({ ...OVER, target: 100, ...values }).status).toBe(status);
  });

  it('an empty cell is never a zero', () => {
    expect(kpi({ ...OVER, target: 100 })).toMatchObject({
      status: 'not-computable',
      reason: { params: { part: 'actual' } },
    });
  });
});

describe('rows that are not judged', () => {
  it.each<[string, Kpi, string, string]>([
    ['cancelled', { status: 'cancelled' }, 'not-computable', 'not-live'],
    ['on hold', { status: 'on-hold' }, 'not-computable', 'not-live'],
    ['a period that starts tomorrow', { start: addDays(TODAY, 1) }, 'too-early', 'not-begun'],
    [
      'planned without a period',
      { status: 'planned', start: undefined as never, end: undefined as never },
      'too-early',
      'not-begun',
    ],
    ['planned, but its period runs', { status: 'planned' }, 'on-track', 'on-pace'],
  ])('%s', (_scenario, values, status, reason) => {
    const result = kpi({ ...HALF, target: 100, actual: 50, ...values });
    expect([result.status, result.reason.code]).toEqual([status, reason]);
    if (reason !== 'on-pace') expect(result.achievement).toBeUndefined();
  });
});

describe('isCurrent', () => {
  const ended = (days: number): Kpi => ({ start: addDays(TODAY, -90 - days), end: addDays(TODAY, -days) });
  it.each<[string, Kpi, boolean]>([
    ['runs', HALF, true],
    ['has no period', {}, true],
    ['ended as long ago as it lasted', ended(90), true],
    ['ended a day earlier than that', ended(91), false],
    ['a week-long goal echoes a month', { start: addDays(TODAY, -38), end: addDays(TODAY, -31) }, true],
    ['a week-long goal a month and a day ago', { start: addDays(TODAY, -39), end: addDays(TODAY, -32) }, false],
    ['ended a quarter ago, start unknown', { end: addDays(TODAY, -92) }, true],
    ['ended longer ago, start unknown', { end: addDays(TODAY, -93) }, false],
    ['done', { ...HALF, status: 'done' }, false],
    ['cancelled', { ...HALF, status: 'cancelled' }, false],
    ['not begun', { start: addDays(TODAY, 1) }, false],
  ])('%s', (_scenario, values, expected) => {
    expect(isCurrent(aRow('kpis', values), TODAY)).toBe(expected);
  });
});

describe('freshness', () => {
  const fresh = (values: Kpi, given: readonly Reading[] = []): number => {
    const row = aRow('kpis', { target: 100, ...HALF, ...values });
    return freshness(row, assessKpi(row, readings(...given), KPI_OPTIONS), TODAY);
  };
  it.each<[string, Kpi, number]>([
    ['read today', { actual: 1, measuredOn: TODAY }, 1],
    ['read ten days ago, every ten days', { actual: 1, measuredOn: addDays(TODAY, -10), cadence: { days: 10 } }, 1],
    ['half a cadence late', { actual: 1, measuredOn: addDays(TODAY, -15), cadence: { days: 10 } }, 0.5],
    ['two cadences old', { actual: 1, measuredOn: addDays(TODAY, -20), cadence: { days: 10 } }, 0],
    ['older still', { actual: 1, measuredOn: addDays(TODAY, -200), cadence: { days: 10 } }, 0],
    ['monthly without a cadence', { actual: 1, measuredOn: '2026-10-23' }, 1],
    ['nobody says when', { actual: 1 }, 0.5],
    ['no number', {}, 0],
    ['never refreshed by design', { actual: 1, measuredOn: '2020-01-01', cadence: 'none' }, 1],
    ['a final number stays fresh', { actual: 1, start: '2026-01-01', end: '2026-06-30', measuredOn: '2026-06-30' }, 1],
  ])('%s', (_scenario, values, expected) => {
    expect(fresh(values)).toBeCloseTo(expected, 12);
  });

  it('counts from the last reading', () => {
    const cadence = { days: 10 };
    expect(fresh({ cadence, accumulation: 'cumulative' }, [{ date: addDays(TODAY, -15), value: 1 }])).toBeCloseTo(
      0.5,
      12,
    );
  });
});
