import { describe, expect, it } from 'vitest';
import { calendarNotes, holidaysOf } from '../../src/holidays/index.js';
import { KOREA, KOREA_CERTAIN_THROUGH, KOREA_UNCERTAIN } from '../../src/holidays/korea.js';

const isWeekday = (day: string): boolean => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());

describe('days off in Korea', () => {
  it.each([
    [2024, 16 + 1],
    [2025, 17 + 1],
    [2026, 16],
    [2027, 15],
    [2028, 17],
    [2029, 16],
    [2030, 18],
  ])('%i has %i of them from Monday to Friday (2024 and 2025 with Labour Day of private firms)', (year, count) => {
    expect(KOREA.filter((day) => day.startsWith(String(year)) && isWeekday(day))).toHaveLength(count);
  });

  it.each([
    ['Constitution Day is a holiday again from 2026', '2026-07-17', true],
    ['it was none in 2025', '2025-07-17', false],
    ['the day before the lunar new year 2026', '2026-02-16', true],
    ['two days after it is a working day', '2026-02-19', false],
    ['Labour Day on a Saturday is made up for on Monday', '2027-05-03', true],
    ['Memorial Day on a Sunday is not made up for', '2027-06-07', false],
    ['no substitute after a harvest festival that ends on Saturday', '2026-09-28', false],
  ])('%s', (_name, day, off) => {
    expect(KOREA.includes(day)).toBe(off);
  });

  it('agrees with the lunar calendar of ICU for the new year, the harvest festival and the birthday of Buddha', () => {
    const lunar = new Intl.DateTimeFormat('en-u-ca-dangi', { timeZone: 'UTC', month: 'numeric', day: 'numeric' });
    expect(lunar.resolvedOptions().calendar).toBe('dangi');
    const wanted = new Set(['1-1', '8-15', '4-8']);
    for (let time = Date.UTC(2024, 0, 1); time < Date.UTC(2031, 0, 1); time += 86_400_000) {
      const parts = lunar.formatToParts(time);
      const of = (type: string) => parts.find((part) => part.type === type)?.value;
      const day = new Date(time).toISOString().slice(0, 10);
      if (wanted.has(`${of('month')}-${of('day')}`)) expect(KOREA, day).toContain(day);
    }
  });

  it('marks as uncertain only days after the last gazetted year', () => {
    for (const day of KOREA_UNCERTAIN) {
      expect(KOREA).toContain(day);
      expect(Number(day.slice(0, 4))).toBeGreaterThan(KOREA_CERTAIN_THROUGH);
    }
  });
});

describe('the days off of a workspace', () => {
  it('adds and removes what the configuration says', () => {
    const days = holidaysOf({ holidays: ['KR'], extra: ['2026-12-31'], remove: ['2026-12-25'] });
    expect(days.has('2026-12-31')).toBe(true);
    expect(days.has('2026-12-25')).toBe(false);
    expect(days.has('2026-10-09')).toBe(true);
  });

  it('says which countries it does not know', () => {
    expect(calendarNotes({ holidays: ['KR'] })).toEqual([]);
    expect(calendarNotes({ holidays: ['KR', 'IS'] })).toEqual([expect.stringContaining('IS')]);
  });
});
