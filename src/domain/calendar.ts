/**
 * Days. A day is the text "YYYY-MM-DD"; arithmetic is done on day numbers (days since 1970-01-01, proleptic
 * Gregorian), so it knows no clock, zone or daylight saving. Only `dayOf`, which reads what a tool wrote, asks
 * a time zone. Results are held between 0000-01-01 and 9999-12-31; nothing here throws.
 */
import { Temporal } from 'temporal-polyfill';
import type { Cadence, Day } from './entities.js';

export type { Day } from './entities.js';

const FORM = /^\d{4}-\d{2}-\d{2}$/;
const DAYS_PER_ERA = 146_097;
const YEARS_PER_ERA = 400;
const EPOCH_SHIFT = 719_468;
const FIRST = -719_528;
const LAST = 2_932_896;

interface Parts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Two digits of a day as their number. */
const digits = (day: Day, at: number): number => (day.charCodeAt(at) - ZERO) * 10 + (day.charCodeAt(at + 1) - ZERO);
const ZERO = 48;

const partsOf = (day: Day): Parts => ({
  year: digits(day, 0) * 100 + digits(day, 2),
  month: digits(day, 5),
  day: digits(day, 8),
});

const two = (value: number): string => (value < 10 ? `0${value}` : `${value}`);
const textOf = ({ year, month, day }: Parts): Day =>
  `${two(Math.floor(year / 100))}${two(year % 100)}-${two(month)}-${two(day)}`;

const isLeapYear = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Whether a text is a day that exists, written "YYYY-MM-DD". */
export function isDay(text: string): boolean {
  if (!FORM.test(text)) return false;
  const { year, month, day } = partsOf(text);
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** Days since 1970-01-01. Counts from March, so that the leap day is the last of its year. */
export function dayNumber(day: Day): number {
  const { year, month, day: dayOfMonth } = partsOf(day);
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / YEARS_PER_ERA);
  const yearOfEra = marchYear - era * YEARS_PER_ERA;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + dayOfMonth - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * DAYS_PER_ERA + dayOfEra - EPOCH_SHIFT;
}

/** The day of a day number; fractions are dropped, and what lies outside years 0000 to 9999 becomes the nearest end. */
export function dayFromNumber(number: number): Day {
  const whole = Math.min(LAST, Math.max(FIRST, Math.trunc(number)));
  const shifted = whole + EPOCH_SHIFT;
  const era = Math.floor(shifted / DAYS_PER_ERA);
  const dayOfEra = shifted - era * DAYS_PER_ERA;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  const year = yearOfEra + era * YEARS_PER_ERA + (month <= 2 ? 1 : 0);
  return textOf({ year, month, day: dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1 });
}

/** The day `days` later, or earlier when negative. */
export function addDays(day: Day, days: number): Day {
  return dayFromNumber(dayNumber(day) + days);
}

/** Days from one day to another: 1 from a day to the next, negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from);
}

/** The same day of a later (or earlier) month; 31 January plus one month is the last day of February. */
export function addMonths(day: Day, months: number): Day {
  const parts = partsOf(day);
  const index = parts.year * 12 + (parts.month - 1) + Math.trunc(months);
  const year = Math.floor(index / 12);
  if (year < 0) return dayFromNumber(FIRST);
  if (year > 9999) return dayFromNumber(LAST);
  const month = index - year * 12 + 1;
  return textOf({ year, month, day: Math.min(parts.day, daysInMonth(year, month)) });
}

/** 1 is Monday, 7 is Sunday. */
export function weekdayOf(day: Day): number {
  const sinceMonday = (dayNumber(day) + 3) % 7;
  return (sinceMonday < 0 ? sinceMonday + 7 : sinceMonday) + 1;
}

/** The Monday of the day's week. */
export function weekOf(day: Day): Day {
  return addDays(day, 1 - weekdayOf(day));
}

const MONTHS = { monthly: 1, bimonthly: 2, quarterly: 3, 'half-yearly': 6, yearly: 12 } as const;

/** The day one step of a cadence later; undefined for `none`, which has no next step. */
export function nextByCadence(day: Day, cadence: Cadence): Day | undefined {
  if (typeof cadence === 'object') return addDays(day, Math.max(1, Math.trunc(cadence.days)));
  if (cadence === 'none') return undefined;
  return cadence === 'weekly' ? addDays(day, 7) : addMonths(day, MONTHS[cadence]);
}

/**
 * The day a cell of a tool means: a plain day as it stands, a date-time in the workspace's zone, a date-time
 * without offset as its own day. Undefined for what is neither.
 */
export function dayOf(text: string, timezone: string): Day | undefined {
  const given = text.trim();
  if (isDay(given)) return given;
  const day = given.slice(0, 10);
  if (!isDay(day) || !/^[Tt ]\d{2}/.test(given.slice(10))) return undefined;
  try {
    if (!/(?:[Zz]|[+-]\d{2}:?\d{2})$/.test(given)) return Temporal.PlainDateTime.from(given).toPlainDate().toString();
    return Temporal.Instant.from(given).toZonedDateTimeISO(timezone).toPlainDate().toString();
  } catch {
    return undefined;
  }
}

/** Days on which nobody is asked to work, besides Saturdays and Sundays. */
export interface BusinessCalendar {
  readonly holidays: ReadonlySet<Day>;
  /** Country code -> days off, for partners whose row names their countries. */
  readonly countries?: ReadonlyMap<string, ReadonlySet<Day>>;
}

/** The calendar of both sides: days off of ours, and of the countries of a partner as far as they are known. */
export function jointCalendar(calendar: BusinessCalendar, countries: readonly string[]): BusinessCalendar {
  const theirs = countries.flatMap((country) => calendar.countries?.get(country) ?? []);
  if (theirs.length === 0) return calendar;
  return { ...calendar, holidays: new Set([calendar.holidays, ...theirs].flatMap((days) => [...days])) };
}

/** Monday to Friday, and no holiday. */
export function isBusinessDay(day: Day, calendar: BusinessCalendar): boolean {
  return weekdayOf(day) <= 5 && !calendar.holidays.has(day);
}

/** The day itself when it is a business day, else the last business day before it. */
export function previousBusinessDay(day: Day, calendar: BusinessCalendar): Day {
  for (let number = dayNumber(day); number >= FIRST; number -= 1) {
    const candidate = dayFromNumber(number);
    if (isBusinessDay(candidate, calendar)) return candidate;
  }
  return day;
}

/** The day `count` business days after a day, or before it when negative; a count of 0 is the day itself. */
export function addBusinessDays(day: Day, count: number, calendar: BusinessCalendar): Day {
  const step = count < 0 ? -1 : 1;
  let left = Math.abs(Math.trunc(count));
  let number = dayNumber(day);
  while (left > 0 && number > FIRST && number < LAST) {
    number += step;
    if (isBusinessDay(dayFromNumber(number), calendar)) left -= 1;
  }
  return dayFromNumber(number);
}

/** Holidays on weekdays as sorted day numbers, per set: counted over by every KPI of a run. */
const WEEKDAY_HOLIDAYS = new WeakMap<ReadonlySet<Day>, readonly number[]>();

function weekdayHolidays({ holidays }: BusinessCalendar): readonly number[] {
  const known = WEEKDAY_HOLIDAYS.get(holidays);
  if (known !== undefined) return known;
  const numbers = [...holidays]
    .filter((day) => isDay(day) && weekdayOf(day) <= 5)
    .map(dayNumber)
    .sort((left, right) => left - right);
  WEEKDAY_HOLIDAYS.set(holidays, numbers);
  return numbers;
}

/** Weekdays before a day number, counted from a Monday long ago. */
function weekdaysBefore(number: number): number {
  const sinceMonday = number - FIRST_MONDAY;
  const week = Math.floor(sinceMonday / 7);
  return week * 5 + Math.min(5, sinceMonday - week * 7);
}

const FIRST_MONDAY = -719_526;

/** Business days from a day up to, and without, a later one; negative when `to` is earlier. */
export function businessDaysBetween(from: Day, to: Day, calendar: BusinessCalendar): number {
  const [first, last] = [dayNumber(from), dayNumber(to)];
  if (last < first) return -businessDaysBetween(to, from, calendar);
  const off = weekdayHolidays(calendar).filter((number) => number >= first && number < last).length;
  return weekdaysBefore(last) - weekdaysBefore(first) - off;
}
