/** Checks of single values that plain zod cannot say: the objection travels in the issue's `params`. */
import { z } from 'zod';
import { suggest } from './suggest.js';

export const Objection = z.object({
  what: z.string().optional(),
  why: z.string(),
  next: z.string(),
  didYouMean: z.string().optional(),
});
export type Objection = z.infer<typeof Objection>;

/** A text that `judge` accepts by returning undefined. */
export function judgedText(judge: (value: string) => Objection | undefined): z.ZodString {
  return z.string().check((context) => {
    const objection = judge(context.value);
    if (objection === undefined) return;
    context.issues.push({ code: 'custom', input: context.value, message: objection.why, params: objection });
  });
}

/** A text that says something; in NFC, as names are compared. */
export const filledText = z
  .string()
  .regex(/\S/)
  .overwrite((text) => text.normalize('NFC'));

/** A day of the calendar as "YYYY-MM-DD". */
export const day = judgedText((value) =>
  isDay(value) ? undefined : { why: 'It must be a day that exists, as YYYY-MM-DD.', next: 'Write it like 2026-12-31.' },
).meta({ format: 'date' });

function isDay(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return false;
  const [year = 0, month = 0, date = 0] = match.slice(1).map(Number);
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return date >= 1 && date <= days;
}

/** A time zone Intl knows by name; offsets are refused, they know no summer time. */
export const timezone = judgedText((value) => {
  if (isTimezone(value)) return undefined;
  const guess = suggest(value, Intl.supportedValuesOf('timeZone'));
  return {
    ...(guess === undefined ? {} : { didYouMean: guess }),
    why: 'It must be the IANA name of a time zone this machine knows.',
    next: 'Write it like Asia/Seoul or Europe/Berlin.',
  };
});

function isTimezone(text: string): boolean {
  if (!/^[A-Za-z]/.test(text)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    return false;
  }
}
