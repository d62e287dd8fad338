/** Identifiers of the local Notion: accepted with and without hyphens, given out with them, made up reproducibly. */
import { createHash } from 'node:crypto';
import { misplaced, quoted } from './refusals.js';

const HEX = /^[0-9a-f]{32}$/;

/** The hyphenated lower-case form, or undefined for what is no UUID. */
export function uuidOf(text: string): string | undefined {
  const hex = text.toLowerCase().replaceAll('-', '');
  if (!HEX.test(hex)) return undefined;
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The id at a place of the request, such as `path.page_id`; refuses anything but a UUID. */
export function idAt(place: string, text: string): string {
  const id = uuidOf(text);
  if (id === undefined) throw misplaced(place, `should be a valid uuid, instead was ${quoted(text)}`);
  return id;
}

/** A UUID that depends on nothing but the seed, so that a run can be repeated to the letter. */
export function madeUuid(seed: string): string {
  const hex = createHash('sha256').update(seed).digest('hex');
  return uuidOf(`${hex.slice(0, 12)}4${hex.slice(13, 16)}a${hex.slice(17, 32)}`) ?? hex;
}

/** A short id like those of properties and options: four letters or digits. */
export const madeShortId = (seed: string): string =>
  createHash('sha256').update(seed).digest('base64').replaceAll(/[+/=]/g, '').slice(0, 4);
