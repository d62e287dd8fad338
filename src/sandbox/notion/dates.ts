/** Moments of the local Notion: answers are cut to the minute, days stay days, time zones become offsets. */

const MINUTE = 60_000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const TIMED = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/;

export const isDay = (text: string): boolean => DAY.test(text);

/** An instant as the API prints it: the start of its minute, in UTC. */
export const minuteText = (at: number): string => new Date(minuteOf(at)).toISOString();

export const minuteOf = (at: number): number => Math.floor(at / MINUTE) * MINUTE;

function realDay(day: string): boolean {
  const at = Date.parse(`${day}T00:00:00Z`);
  return Number.isFinite(at) && new Date(at).toISOString().startsWith(day);
}

/** `+09:00` of a zone at a wall time. Undefined for a zone nobody knows. */
function offsetOf(timeZone: string, wallTime: string): string | undefined {
  try {
    const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
    const nameAt = (at: number): string => {
      const name = format.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
      return name === 'GMT' ? '+00:00' : name.slice(3);
    };
    // The offset at the wall time read as UTC may be that of the other side of a clock change: look once more.
    const first = nameAt(Date.parse(`${wallTime}Z`));
    return nameAt(Date.parse(`${wallTime}${first}`));
  } catch {
    return undefined;
  }
}

/** The stored form of a date in a request, or undefined when it is no date. Without an offset a time is UTC. */
export function storedMoment(text: string, timeZone?: string): string | undefined {
  if (DAY.test(text)) return realDay(text) ? text : undefined;
  const [, day, time, offset] = TIMED.exec(text) ?? [];
  if (day === undefined || time === undefined || !realDay(day)) return undefined;
  const wallTime = `${day}T${time}:00.000`;
  if (!Number.isFinite(Date.parse(`${wallTime}Z`))) return undefined;
  const zone = timeZone === undefined ? (offset ?? 'Z') : offsetOf(timeZone, wallTime);
  if (zone === undefined) return undefined;
  return `${wallTime}${zone === 'Z' ? '+00:00' : zone.replace(/^([+-]\d{2}):?(\d{2})$/, '$1:$2')}`;
}

/** Whether a date in a request names its own offset, which it may not beside a time zone. */
export const hasOffset = (text: string): boolean => TIMED.exec(text)?.[3] !== undefined;

/** Before (negative), same (0) or after: by the day when either is a day, else by the instant. */
export function compareMoments(left: string, right: string): number {
  if (isDay(left) || isDay(right)) {
    const [a, b] = [utcDay(left), utcDay(right)];
    return a < b ? -1 : a > b ? 1 : 0;
  }
  return Date.parse(left) - Date.parse(right);
}

const utcDay = (text: string): string => (isDay(text) ? text : new Date(text).toISOString().slice(0, 10));
