/**
 * Days off in South Korea: the public holidays of the decree on holidays of public offices, with substitute,
 * election and temporary days, and Labour Day before it became one of them in 2026 (private firms were closed).
 * 2024-2027 are official; later years follow from the rules in force, except the days marked uncertain. A
 * temporary holiday is declared at short notice: `calendar.extra` in the configuration takes it.
 */
import type { Day } from '../domain/entities.js';

/** Month-day lists per year. */
const DAYS: Readonly<Record<number, string>> = {
  2024: '01-01 02-09 02-10 02-11 02-12 03-01 04-10 05-01 05-05 05-06 05-15 06-06 08-15 09-16 09-17 09-18 10-01 10-03 10-09 12-25',
  2025: '01-01 01-27 01-28 01-29 01-30 03-01 03-03 05-01 05-05 05-06 06-03 06-06 08-15 10-03 10-05 10-06 10-07 10-08 10-09 12-25',
  2026: '01-01 02-16 02-17 02-18 03-01 03-02 05-01 05-05 05-24 05-25 06-03 06-06 07-17 08-15 08-17 09-24 09-25 09-26 10-03 10-05 10-09 12-25',
  2027: '01-01 02-06 02-07 02-08 02-09 03-01 05-01 05-03 05-05 05-13 06-06 07-17 07-19 08-15 08-16 09-14 09-15 09-16 10-03 10-04 10-09 10-11 12-25 12-27',
  2028: '01-01 01-26 01-27 01-28 03-01 04-12 05-01 05-02 05-05 06-06 07-17 08-15 10-02 10-03 10-04 10-05 10-09 12-25',
  2029: '01-01 02-12 02-13 02-14 03-01 05-01 05-05 05-07 05-20 05-21 06-06 07-17 08-15 09-21 09-22 09-23 09-24 10-03 10-09 12-25',
  2030: '01-01 02-02 02-03 02-04 02-05 03-01 03-27 05-01 05-05 05-06 05-09 06-06 06-12 07-17 08-15 09-11 09-12 09-13 10-03 10-09 12-25',
};

/** Election days not yet fixed by their calendars, and one substitute on which readings of the decree differ. */
export const KOREA_UNCERTAIN: readonly Day[] = ['2028-04-12', '2028-10-05', '2030-03-27', '2030-06-12'];

/** Last year whose days are gazetted, and last year of the table. */
export const KOREA_CERTAIN_THROUGH = 2027;
export const KOREA_KNOWN = 2030;

export const KOREA: readonly Day[] = Object.entries(DAYS).flatMap(([year, days]) =>
  days.split(' ').map((day) => `${year}-${day}`),
);
