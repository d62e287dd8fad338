/** Dates as the API takes them: ISO days and date-times; without an offset they belong to the field's time zone. */

const ISO = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:?\d{2})?)?$/i;

const isRealDay = (day: string): boolean => {
  const at = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
};

/** Milliseconds a time zone is ahead of UTC at an instant. */
function offsetAt(ms: number, timeZone: string): number {
  const name = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(ms)
    .find((part) => part.type === 'timeZoneName')?.value;
  const match = /([+-])(\d{2}):(\d{2})/.exec(name ?? '');
  if (match === null) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return (match[1] === '-' ? -minutes : minutes) * 60_000;
}

/** An ISO day or date-time as milliseconds; undefined when it is not one. `timeZone` counts where no offset is given. */
export function parseInstant(text: string, timeZone = 'UTC'): number | undefined {
  const match = ISO.exec(text.trim());
  const [, day = '', clock = '00:00', zone] = match ?? [];
  if (match === null || !isRealDay(day)) return undefined;
  const naive = Date.parse(`${day}T${clock}${zone ?? 'Z'}`);
  if (Number.isNaN(naive)) return undefined;
  if (zone !== undefined || timeZone === 'UTC') return naive;
  // Twice, because the offset that counts is the one at the result.
  const guess = naive - offsetAt(naive, timeZone);
  return naive - offsetAt(guess, timeZone);
}

/** The day of an ISO day or date-time, as written; undefined when it is not one. */
export function parseDay(text: string): string | undefined {
  return parseInstant(text) === undefined ? undefined : text.trim().slice(0, 10);
}
