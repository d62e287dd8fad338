/**
 * Keys of the rows Tandem creates: `td1.<workspace>.<rule>.<occurrence>.<hash of subject>`. The key is what
 * makes a reminder one reminder, so its form never changes; a new form needs a new version in front.
 */

/** The 64 bits of the hash and of its prime, 2^40 + 0x1b3, in halves: products of a half are exact numbers. */
const OFFSET = { high: 0xcbf29ce4, low: 0x84222325 };
const PRIME = 0x1b3;
const HALF = 2 ** 32;
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** FNV-1a over the UTF-16 code units of the NFC form, 64 bits, as 13 characters of lower-case base 32. Not for secrets. */
export function hashText(text: string): string {
  let { high, low } = OFFSET;
  const normal = text.normalize('NFC');
  for (let at = 0; at < 2 * normal.length; at += 1) {
    const unit = normal.charCodeAt(at >> 1);
    const mixed = (low ^ (at % 2 === 0 ? unit & 0xff : unit >> 8)) >>> 0;
    const product = mixed * PRIME;
    low = product >>> 0;
    high = (high * PRIME + Math.floor(product / HALF) + ((mixed << 8) >>> 0)) >>> 0;
  }
  let encoded = '';
  for (let digit = 0; digit < 13; digit += 1) {
    encoded = ALPHABET.charAt(low & 31) + encoded;
    low = ((low >>> 5) | (high << 27)) >>> 0;
    high >>>= 5;
  }
  return encoded;
}

export interface ReminderIdentity {
  readonly workspace: string;
  readonly rule: string;
  /** What tells one occurrence from the next: a day, a period, a stage. No dots. */
  readonly occurrence: string;
  /** Hash of the subject's row id. */
  readonly subject: string;
}

const SUBJECT_LENGTH = 10;

/** The identity of a row in a key: tools write the same id with and without hyphens. */
export function subjectOf(rowId: string): string {
  return hashText(rowId.replaceAll('-', '')).slice(-SUBJECT_LENGTH);
}

/** What every key of a workspace begins with. */
export const keyPrefix = (workspace: string): string => `td1.${workspace}.`;

/** The key of a reminder. Stable for as long as rule, occurrence and subject are the same. */
export function reminderKey(identity: ReminderIdentity): string {
  return `${keyPrefix(identity.workspace)}${identity.rule}.${identity.occurrence}.${identity.subject}`;
}

const KEY = /^td1\.([a-z0-9-]+)\.([a-z0-9-]+)\.([^.\s]+)\.([0-9a-z]+)$/;

/** The parts of a key, or undefined for a text that is not one of ours. */
export function parseKey(text: string): ReminderIdentity | undefined {
  const match = KEY.exec(text.trim());
  const [, workspace, rule, occurrence, subject] = match ?? [];
  if (workspace === undefined || rule === undefined || occurrence === undefined || subject === undefined)
    return undefined;
  return { workspace, rule, occurrence, subject };
}
