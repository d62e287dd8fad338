/**
 * The decree on holidays of public offices as a program: its fixed days, lunar days by the `dangi` calendar of ICU, and
 * substitutes, plus the election and temporary days it is given. The judge of the table that is shipped.
 */

const DAY_MS = 86_400_000;
const text = (time: number): string => new Date(time).toISOString().slice(0, 10);
const weekday = (time: number): number => new Date(time).getUTCDay();
const isWeekend = (time: number): boolean => weekday(time) === 0 || weekday(time) === 6;

/** On which days of the week a holiday earns a substitute; `overlap` on a weekday counts for all but `never`. */
type Earns = 'weekend' | 'sunday' | 'never';

const FIXED: readonly (readonly [monthDay: string, earns: Earns, since: number])[] = [
  ['01-01', 'never', 0],
  ['03-01', 'weekend', 0],
  ['05-01', 'weekend', 2026],
  ['05-05', 'weekend', 0],
  ['06-06', 'never', 0],
  ['07-17', 'weekend', 2026],
  ['08-15', 'weekend', 0],
  ['10-03', 'weekend', 0],
  ['10-09', 'weekend', 0],
  ['12-25', 'weekend', 0],
];

const LUNAR = new Intl.DateTimeFormat('en-u-ca-dangi', { timeZone: 'UTC', month: 'numeric', day: 'numeric' });

/** "1-1" for the lunar new year; the month of a leap month ends in "bis". */
export function lunarDay(time: number): string {
  if (LUNAR.resolvedOptions().calendar !== 'dangi') throw new Error('this build of Node has no dangi calendar');
  const parts = LUNAR.formatToParts(time);
  const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  return `${of('month')}-${of('day')}`;
}

/** Days off of a year from Monday to Sunday, sorted. `declared` are election and temporary days. */
export function koreanDaysOff(year: number, declared: readonly string[]): readonly string[] {
  const holidays = new Map<number, Earns[]>();
  const add = (time: number, earns: Earns): void => void holidays.set(time, [...(holidays.get(time) ?? []), earns]);
  for (const [monthDay, earns, since] of FIXED) {
    if (year >= since) add(Date.parse(`${year}-${monthDay}T00:00:00Z`), earns);
  }
  for (let time = Date.UTC(year, 0, 1); time < Date.UTC(year + 1, 0, 1); time += DAY_MS) {
    const lunar = lunarDay(time);
    if (lunar === '4-8') add(time, 'weekend');
    if (lunar === '1-1' || lunar === '8-15') for (const shift of [-1, 0, 1]) add(time + shift * DAY_MS, 'sunday');
  }
  const off = new Set([...holidays.keys(), ...declared.map((day) => Date.parse(`${day}T00:00:00Z`))]);
  for (const [time, earning] of [...holidays].sort(([left], [right]) => left - right)) {
    for (let owed = substitutesOwed(time, earning); owed > 0; owed -= 1) {
      let next = time + DAY_MS;
      while (off.has(next) || isWeekend(next)) next += DAY_MS;
      off.add(next);
    }
  }
  return [...off].map(text).sort();
}

/** One for each holiday a weekend takes, one for two that meet on a weekday. */
function substitutesOwed(time: number, earning: readonly Earns[]): number {
  if (!isWeekend(time)) return earning.length > 1 ? 1 : 0;
  return earning.filter((earns) => earns === 'weekend' || (earns === 'sunday' && weekday(time) === 0)).length;
}
