import { describe, expect, it } from 'vitest';
import { KOREA, KOREA_CERTAIN_THROUGH, KOREA_KNOWN, KOREA_UNCERTAIN } from '../../src/holidays/korea.js';
import { koreanDaysOff, lunarDay } from '../support/korea-rules.js';

const isWeekday = (day: string): boolean => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
const inYear = (year: number): readonly string[] => KOREA.filter((day) => day.startsWith(String(year)));

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
    expect(inYear(year).filter(isWeekday)).toHaveLength(count);
  });

  /** Election and temporary days, and Labour Day of private firms before it was a public holiday. */
  it.each<[number, readonly string[]]>([
    [2024, ['2024-04-10', '2024-05-01', '2024-10-01']],
    [2025, ['2025-01-27', '2025-05-01', '2025-06-03']],
    [2026, ['2026-06-03']],
    [2027, []],
    [2028, ['2028-04-12']],
    [2029, []],
    [2030, ['2030-03-27', '2030-06-12']],
  ])('%i is what the decree makes of the lunar calendar of ICU and the days declared', (year, declared) => {
    expect(inYear(year)).toEqual(koreanDaysOff(year, declared));
  });

  it('the lunar calendar of ICU names the days the table was made of', () => {
    const named = ['2026-02-17', '2027-02-07', '2028-01-27', '2026-09-25', '2026-05-24'];
    expect(named.map((day) => lunarDay(Date.parse(`${day}T00:00:00Z`)))).toEqual(['1-1', '1-1', '1-1', '8-15', '4-8']);
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

  it('marks as uncertain only days after the last gazetted year', () => {
    for (const day of KOREA_UNCERTAIN) {
      expect(KOREA).toContain(day);
      expect(Number(day.slice(0, 4))).toBeGreaterThan(KOREA_CERTAIN_THROUGH);
    }
  });

  it('ends with the year it says it ends with', () => {
    expect(KOREA.at(-1)?.slice(0, 4)).toBe(String(KOREA_KNOWN));
  });
});
