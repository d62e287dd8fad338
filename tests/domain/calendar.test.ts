import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import {
  addBusinessDays,
  addDays,
  addMonths,
  type BusinessCalendar,
  businessDaysBetween,
  dayFromNumber,
  dayNumber,
  dayOf,
  daysBetween,
  isBusinessDay,
  isDay,
  jointCalendar,
  nextByCadence,
  previousBusinessDay,
  weekdayOf,
  weekOf,
} from '../../src/domain/calendar.js';
import type { Cadence } from '../../src/domain/entities.js';

const CHUSEOK_2026: BusinessCalendar = { holidays: new Set(['2026-09-24', '2026-09-25', '2026-10-05', '2026-10-09']) };
const anyDayNumber = fc.integer({ min: -719_528, max: 2_932_896 });

describe('day numbers', () => {
  it.each([
    ['1970-01-01', 0],
    ['1970-01-02', 1],
    ['1969-12-31', -1],
    ['2000-02-29', 11_016],
    ['2026-11-23', 20_780],
    ['0000-01-01', -719_528],
    ['9999-12-31', 2_932_896],
  ])('%s is %i', (day, number) => {
    expect(dayNumber(day)).toBe(number);
    expect(dayFromNumber(number)).toBe(day);
  });

  it('agrees with Temporal on every day', () => {
    const epoch = Temporal.PlainDate.from('1970-01-01');
    fc.assert(
      fc.property(anyDayNumber, (number) => {
        const day = dayFromNumber(number);
        expect(day).toBe(epoch.add({ days: number }).toString());
        expect(dayNumber(day)).toBe(number);
        expect(isDay(day)).toBe(true);
        expect(weekdayOf(day)).toBe(Temporal.PlainDate.from(day).dayOfWeek);
      }),
    );
  });

  it.each([Number.NEGATIVE_INFINITY, -1e300])('holds %d at the first day', (number) => {
    expect(dayFromNumber(number)).toBe('0000-01-01');
  });

  it.each([Number.POSITIVE_INFINITY, 1e300])('holds %d at the last day', (number) => {
    expect(dayFromNumber(number)).toBe('9999-12-31');
  });
});

describe('isDay', () => {
  it.each(['2026-11-23', '2024-02-29', '2000-02-29', '0000-01-01', '9999-12-31'])('%s exists', (text) => {
    expect(isDay(text)).toBe(true);
  });

  it.each([
    '2026-02-29',
    '1900-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-04-31',
    '2026-1-1',
    '2026-11-23T00:00',
    '',
    '20261123',
  ])('%s does not', (text) => {
    expect(isDay(text)).toBe(false);
  });
});

describe('adding', () => {
  it.each([
    ['over a leap day', '2024-02-28', 1, '2024-02-29'],
    ['past a leap day', '2024-02-29', 1, '2024-03-01'],
    ['without a leap day', '2026-02-28', 1, '2026-03-01'],
    ['over the end of a year', '2026-12-31', 1, '2027-01-01'],
    ['backwards over the end of a year', '2027-01-01', -1, '2026-12-31'],
    ['a Gregorian era', '2026-11-23', 146_097, '2426-11-23'],
    ['past the last day', '9999-12-31', 5, '9999-12-31'],
  ])('days %s', (_scenario, day, days, expected) => {
    expect(addDays(day, days)).toBe(expected);
  });

  it.each([
    ['an ordinary month', '2026-11-23', 1, '2026-12-23'],
    ['into a shorter month', '2026-01-31', 1, '2026-02-28'],
    ['into a leap February', '2028-01-31', 1, '2028-02-29'],
    ['a year from a leap day', '2024-02-29', 12, '2025-02-28'],
    ['over the end of a year', '2026-11-30', 3, '2027-02-28'],
    ['backwards', '2026-03-31', -1, '2026-02-28'],
    ['backwards over the end of a year', '2026-01-15', -2, '2025-11-15'],
    ['none', '2026-05-31', 0, '2026-05-31'],
    ['past the last year', '9999-11-30', 3, '9999-12-31'],
    ['before the first year', '0000-01-15', -1, '0000-01-01'],
  ])('months: %s', (_scenario, day, months, expected) => {
    expect(addMonths(day, months)).toBe(expected);
  });

  it.each<[Cadence, string | undefined]>([
    ['weekly', '2026-02-07'],
    ['monthly', '2026-02-28'],
    ['bimonthly', '2026-03-31'],
    ['quarterly', '2026-04-30'],
    ['half-yearly', '2026-07-31'],
    ['yearly', '2027-01-31'],
    [{ days: 45 }, '2026-03-17'],
    ['none', undefined],
  ])('a step of %o from 31 January 2026', (cadence, expected) => {
    expect(nextByCadence('2026-01-31', cadence)).toBe(expected);
  });

  it('counts days between', () => {
    expect(daysBetween('2026-11-23', '2026-12-31')).toBe(38);
    expect(daysBetween('2026-12-31', '2026-11-23')).toBe(-38);
    expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2);
  });
});

describe('weeks', () => {
  it.each([
    ['2026-11-23', 1, '2026-11-23'],
    ['2026-11-29', 7, '2026-11-23'],
    ['2027-01-01', 5, '2026-12-28'],
    ['1969-12-28', 7, '1969-12-22'],
  ])('%s is weekday %i of the week of %s', (day, weekday, monday) => {
    expect(weekdayOf(day)).toBe(weekday);
    expect(weekOf(day)).toBe(monday);
  });
});

describe('dayOf', () => {
  it.each([
    ['a plain day', '2026-11-23', 'Asia/Seoul', '2026-11-23'],
    ['spaces around', ' 2026-11-23 ', 'Asia/Seoul', '2026-11-23'],
    ['UTC evening is the next morning in Seoul', '2026-11-22T15:00:00.000Z', 'Asia/Seoul', '2026-11-23'],
    ['UTC just before midnight in Seoul', '2026-11-22T14:59:59.999Z', 'Asia/Seoul', '2026-11-22'],
    ['an offset', '2026-11-23T01:00:00+09:00', 'UTC', '2026-11-22'],
    ['an offset in New York', '2026-11-23T01:00:00+09:00', 'America/New_York', '2026-11-22'],
    ['a day of daylight saving', '2026-03-08T06:59:00Z', 'America/New_York', '2026-03-08'],
    ['no offset is its own day', '2026-11-23T23:30:00', 'UTC', '2026-11-23'],
    ['a leap second', '2016-12-31T23:59:60Z', 'UTC', '2016-12-31'],
    ['the end of a year', '2026-12-31T15:00:00Z', 'Asia/Seoul', '2027-01-01'],
  ])('%s', (_scenario, text, timezone, expected) => {
    expect(dayOf(text, timezone)).toBe(expected);
  });

  it.each([
    '',
    'tomorrow',
    '2026-02-30',
    '2026-11-23x',
    '23.11.2026',
    '2026-11-23T25:00:00Z',
    '2026-11',
    '2026-11-23T',
  ])('%s is no day', (text) => {
    expect(dayOf(text, 'Asia/Seoul')).toBeUndefined();
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (text, zone) => void dayOf(text, zone)));
    expect(dayOf('2026-11-23T00:00:00Z', 'Nowhere/Land')).toBeUndefined();
  });
});

describe('business days', () => {
  it.each([
    ['a working Monday', '2026-11-23', true],
    ['a Saturday', '2026-11-28', false],
    ['a Sunday', '2026-11-29', false],
    ['a holiday on a Thursday', '2026-09-24', false],
    ['a substitute Monday', '2026-10-05', false],
  ])('%s', (_scenario, day, expected) => {
    expect(isBusinessDay(day, CHUSEOK_2026)).toBe(expected);
  });

  it.each([
    ['a working day stays', '2026-11-23', '2026-11-23'],
    ['a Saturday becomes Friday', '2026-11-28', '2026-11-27'],
    ['a Sunday becomes Friday', '2026-11-29', '2026-11-27'],
    ['the whole of Chuseok is passed over', '2026-09-27', '2026-09-23'],
    ['a substitute Monday with its weekend', '2026-10-05', '2026-10-02'],
  ])('previousBusinessDay: %s', (_scenario, day, expected) => {
    expect(previousBusinessDay(day, CHUSEOK_2026)).toBe(expected);
  });

  it.each([
    ['none', '2026-11-28', 0, '2026-11-28'],
    ['one over a weekend', '2026-11-27', 1, '2026-11-30'],
    ['two over Chuseok', '2026-09-22', 2, '2026-09-28'],
    ['five', '2026-11-23', 5, '2026-11-30'],
    ['back over a weekend', '2026-11-30', -1, '2026-11-27'],
  ])('addBusinessDays: %s', (_scenario, day, count, expected) => {
    expect(addBusinessDays(day, count, CHUSEOK_2026)).toBe(expected);
  });

  it('end at the ends of time instead of looping', () => {
    expect(addBusinessDays('9999-12-30', 1e9, { holidays: new Set() })).toBe('9999-12-31');
    expect(previousBusinessDay('0000-01-01', { holidays: new Set() })).toBe('0000-01-01');
  });

  it('a day rolled back is a business day and no business day lies between', () => {
    fc.assert(
      fc.property(fc.integer({ min: 20_000, max: 22_000 }), (number) => {
        const day = dayFromNumber(number);
        const rolled = previousBusinessDay(day, CHUSEOK_2026);
        expect(isBusinessDay(rolled, CHUSEOK_2026)).toBe(true);
        for (let between = dayNumber(rolled) + 1; between <= number; between += 1) {
          expect(isBusinessDay(dayFromNumber(between), CHUSEOK_2026)).toBe(false);
        }
      }),
    );
  });

  it.each([
    ['a week', '2026-11-23', '2026-11-30', 5],
    ['the day itself', '2026-11-23', '2026-11-23', 0],
    ['a weekend', '2026-11-21', '2026-11-23', 0],
    ['the week of Chuseok', '2026-09-21', '2026-09-28', 3],
    ['backwards', '2026-11-30', '2026-11-23', -5],
  ])('businessDaysBetween: %s', (_scenario, from, to, expected) => {
    expect(businessDaysBetween(from, to, CHUSEOK_2026)).toBe(expected);
  });

  it('are counted as one by one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 20_600, max: 20_900 }), fc.integer({ min: 0, max: 120 }), (first, length) => {
        const days = Array.from({ length }, (_, index) => dayFromNumber(first + index));
        const counted = days.filter((day) => isBusinessDay(day, CHUSEOK_2026)).length;
        const [from, to] = [dayFromNumber(first), dayFromNumber(first + length)];
        expect(businessDaysBetween(from, to, CHUSEOK_2026)).toBe(counted);
      }),
    );
  });

  it('are those of both sides together', () => {
    const countries = new Map([['JP', new Set(['2026-11-23'])]]);
    const ours: BusinessCalendar = { holidays: new Set(['2026-12-25']), countries };
    const both = jointCalendar(ours, ['JP', 'XX']);
    expect([...both.holidays].sort()).toEqual(['2026-11-23', '2026-12-25']);
    expect(jointCalendar(ours, [])).toBe(ours);
    expect(jointCalendar(ours, ['XX'])).toBe(ours);
  });
});
