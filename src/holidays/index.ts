/** The set of days off a workspace works around: its countries, and what its configuration adds and takes away. */
import type { Day } from '../domain/entities.js';
import { KOREA } from './korea.js';

/** Country code -> days off. A code that is not here is refused by the configuration. */
export const HOLIDAYS = { KR: KOREA } as const satisfies Readonly<Record<string, readonly Day[]>>;

export const COUNTRIES: readonly string[] = Object.keys(HOLIDAYS);

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
