/** The days off a workspace works around: of its countries and those of its partners, and what its configuration adds and takes away. */
import type { BusinessCalendar } from '../domain/calendar.js';
import type { Day } from '../domain/entities.js';
import { KOREA, KOREA_CERTAIN_THROUGH, KOREA_KNOWN } from './korea.js';
import { libraryDaysOff } from './library.js';

/** As written in the configuration. */
export interface CalendarSettings {
  readonly holidays: readonly string[];
  readonly extra: readonly Day[];
  readonly remove: readonly Day[];
}

export interface JointCalendars {
  readonly calendar: BusinessCalendar;
  /** What a reader should know of days off that are not certain, or not known. */
  readonly notes: readonly string[];
}

/** Years before and after the day of a run that its periods and deadlines reach into. */
const BEHIND = 2;
const AHEAD = 5;

/**
 * The calendar of a run. Ours are the days off of the configured countries, plus `extra`, minus `remove`; a partner's are
 * those of the countries its row names, which nobody here may declare worked.
 */
export async function calendarsOf(
  settings: CalendarSettings,
  partners: readonly string[],
  asOf: Day,
): Promise<JointCalendars> {
  const year = Number(asOf.slice(0, 4));
  const years = Array.from({ length: BEHIND + AHEAD + 1 }, (_, index) => year - BEHIND + index);
  const countries = new Map<string, ReadonlySet<Day>>();
  for (const country of new Set([...settings.holidays, ...partners])) {
    const days = country === 'KR' ? KOREA : await libraryDaysOff(country, years);
    if (days !== undefined) countries.set(country, new Set(days));
  }
  const holidays = new Set(settings.holidays.flatMap((country) => [...(countries.get(country) ?? [])]));
  for (const day of settings.extra) holidays.add(day);
  for (const day of settings.remove) holidays.delete(day);
  const unknown = (named: readonly string[]): readonly string[] => named.filter((country) => !countries.has(country));
  return {
    calendar: { holidays, countries },
    notes: [
      ...unknown(settings.holidays).map(
        (country) =>
          `calendar.holidays: the days off of ${country} are not known to Tandem. Until they are, list them under calendar.extra.`,
      ),
      ...unknown(partners.filter((country) => !settings.holidays.includes(country))).map(
        (country) => `partnerships.holidays: ${country} is no country whose days off Tandem knows, so none are kept.`,
      ),
      ...(countries.has('KR') ? koreaNotes(year) : []),
    ],
  };
}

/** Past the last gazetted year the days are computed; past the table there are none. */
function koreaNotes(year: number): readonly string[] {
  if (year <= KOREA_CERTAIN_THROUGH) return [];
  if (year > KOREA_KNOWN) return [`calendar: the days off of KR are known to Tandem up to ${KOREA_KNOWN} only.`];
  return [
    `calendar: the days off of KR after ${KOREA_CERTAIN_THROUGH} follow from the rules in force then. Check them against the official calendar; calendar.extra and calendar.remove correct them.`,
  ];
}
