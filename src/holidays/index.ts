/** The set of days off a workspace works around: its countries, and what its configuration adds and takes away. */
import type { Day } from '../domain/entities.js';
import { KOREA } from './korea.js';

/** Country code -> days off. */
export const HOLIDAYS = { KR: KOREA } as const satisfies Readonly<Record<string, readonly Day[]>>;

/** Days off of all named countries together, plus `extra`, minus `remove`. Unknown codes add nothing. */
export function holidaysOf(calendar: {
  readonly holidays: readonly string[];
  readonly extra: readonly Day[];
  readonly remove: readonly Day[];
}): ReadonlySet<Day> {
  const table: Readonly<Record<string, readonly Day[]>> = HOLIDAYS;
  const days = new Set([...calendar.holidays.flatMap((country) => table[country] ?? []), ...calendar.extra]);
  for (const day of calendar.remove) days.delete(day);
  return days;
}

/** Countries of a calendar whose days off are not known here, told rather than passed over. */
export function calendarNotes(calendar: { readonly holidays: readonly string[] }): readonly string[] {
  return calendar.holidays
    .filter((country) => !Object.hasOwn(HOLIDAYS, country))
    .map(
      (country) =>
        `calendar.holidays: the days off of ${country} are not known to Tandem. Until they are, list them under calendar.extra.`,
    );
}
