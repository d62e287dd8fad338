/**
 * Days off of countries for which no table is kept here, from the package `date-holidays`. It is loaded when the first
 * such country is named, since its rules for two hundred countries take half a second to read.
 */
import type { Day } from '../domain/entities.js';

const DAY_MS = 86_400_000;

/**
 * The public holidays of a country, substitute days included, in each of the years; undefined for a country the
 * package does not know. Days off of regions, banks and schools are not among them.
 */
export async function libraryDaysOff(country: string, years: readonly number[]): Promise<readonly Day[] | undefined> {
  const { default: Holidays } = await import('date-holidays');
  const holidays = new Holidays();
  if (!Object.hasOwn(holidays.getCountries(), country)) return undefined;
  holidays.init(country);
  return years
    .flatMap((year) => holidays.getHolidays(year))
    .filter(({ type }) => type === 'public')
    .flatMap(({ date, start, end }) => daysFrom(date.slice(0, 10), (end.getTime() - start.getTime()) / DAY_MS));
}

/** A festival of several days is one holiday with an end. */
function daysFrom(first: Day, length: number): readonly Day[] {
  const begin = Date.parse(`${first}T00:00:00Z`);
  return Array.from({ length: Math.max(1, Math.round(length)) }, (_, index) =>
    new Date(begin + index * DAY_MS).toISOString().slice(0, 10),
  );
}
