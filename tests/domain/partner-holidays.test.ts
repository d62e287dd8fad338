import { describe, expect, it } from 'vitest';
import { assess } from '../../src/domain/assess.js';
import type { BusinessCalendar } from '../../src/domain/calendar.js';
import type { Values } from '../../src/domain/entities.js';
import { aPartnership, aSnapshot, OPTIONS, ofP } from '../support/rows.js';

const CALENDAR: BusinessCalendar = {
  holidays: new Set(['2026-12-25']),
  countries: new Map([
    ['JP', new Set(['2026-11-23', '2026-12-10'])],
    ['US', new Set(['2026-11-26', '2026-12-11'])],
  ]),
};

describe('the days off of a partner', () => {
  // Notice until Tuesday 12 January 2027; thirty days earlier is Sunday 13 December, rolled back to Friday the 11th.
  const term: Values<'partnerships'> = { end: '2027-01-12' };
  const decideBy = (values: Values<'partnerships'>) =>
    assess(aSnapshot({ partnerships: [aPartnership({ ...term, ...values })] }), { ...OPTIONS, calendar: CALENDAR })
      .partnerships[0]?.decideBy;

  it.each<[string, readonly string[] | undefined, string]>([
    ['of no country', undefined, '2026-12-11'],
    ['of one that works on that day', ['JP'], '2026-12-11'],
    ['of one that does not', ['US'], '2026-12-10'],
    ['of two', ['JP', 'US'], '2026-12-09'],
    ['of one nobody knows', ['XX'], '2026-12-11'],
  ])('move its deadlines: %s', (_scenario, holidays, expected) => {
    expect(decideBy(holidays === undefined ? {} : { holidays })).toBe(expected);
  });

  it('count for its KPIs where those go by business days', () => {
    const policy = { ...OPTIONS.policy, kpi: { ...OPTIONS.policy.kpi, days: 'business' as const } };
    const kpi: Values<'kpis'> = { start: '2026-11-23', end: '2026-12-07', target: 100, actual: 50 };
    const expected = (holidays: readonly string[]) => {
      const rows = { partnerships: [aPartnership({ holidays })], kpis: [ofP('kpis', kpi)] };
      const asOf = '2026-11-30';
      return assess(aSnapshot(rows), { ...OPTIONS, policy, calendar: CALENDAR, asOf }).kpis[0]?.expected;
    };
    expect(expected([])).toBeCloseTo(5 / 10, 12);
    expect(expected(['JP'])).toBeCloseTo(4 / 9, 12);
    expect(expected(['JP', 'US'])).toBeCloseTo(3 / 8, 12);
  });
});
