/**
 * Ids and small variations that look arbitrary but come from a hash of a seed, so that a sample is the same on
 * every machine and every day. Days are "YYYY-MM-DD" and offsets from the anchor day.
 */
import { createHash } from 'node:crypto';

const BASE62 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

const digest = (seed: string): Buffer => createHash('sha256').update(seed).digest();

const letters = (seed: string, length: number): string =>
  [...digest(seed).subarray(0, length)].map((byte) => BASE62.charAt(byte % BASE62.length)).join('');

/** A UUID of version 4 by its shape. */
export function uuidOf(seed: string): string {
  const hex = digest(seed).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** An Airtable id: "app", "tbl", "fld", "rec", "usr" or "sel" and 14 characters. */
export const airtableIdOf = (prefix: string, seed: string): string => `${prefix}${letters(`${prefix}:${seed}`, 14)}`;

/** A short Notion property id. */
export const propertyIdOf = (seed: string): string => letters(`property:${seed}`, 4);

/** A number from 0 to below `limit`. */
export const numberOf = (seed: string, limit: number): number => digest(seed).readUInt32BE(0) % limit;

/** One of the given values. Throws RangeError when there are none. */
export function pick<T>(values: readonly T[], index: number): T {
  const value = values[index % values.length];
  if (value === undefined) throw new RangeError('nothing to pick from');
  return value;
}

/** The day that lies `offset` days after the anchor. */
export type DayAt = (offset: number) => string;

/** Throws RangeError when the anchor is not a day. */
export function daysFrom(anchor: string): DayAt {
  const start = Date.parse(`${anchor}T00:00:00Z`);
  return (offset) => new Date(start + offset * 86_400_000).toISOString().slice(0, 10);
}
