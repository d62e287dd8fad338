/**
 * The configuration after loading: defaults filled in, links turned into ids, tokens read, names in NFC.
 * The shape people write is `WrittenConfig` in schema.ts. Records have no prototype, so that a name such
 * as "constructor" is found only where somebody wrote it.
 */
import type { Day } from '../domain/entities.js';
import type { SourceMapping } from '../domain/mapping.js';
import type { Policy } from '../domain/policy.js';
import type { Connection } from './connections.js';

export type Locale = 'en' | 'ko';

export interface ConfiguredPerson {
  readonly email?: string;
  /** Name of the person who is told when this one does not act. */
  readonly lead?: string;
  readonly aliases: readonly string[];
  /** Connection name -> id of the person in that tool. */
  readonly ids: Readonly<Record<string, string>>;
}

export interface Calendar {
  /** Country codes whose public holidays are days off. */
  readonly holidays: readonly string[];
  /** Days off beside the public holidays. */
  readonly extra: readonly Day[];
  /** Public holidays that are worked. */
  readonly remove: readonly Day[];
}

export interface Config {
  /** Permanent id of the workspace: part of every key. */
  readonly workspace: string;
  readonly locale: Locale;
  /** IANA time zone that decides what day it is. */
  readonly timezone: string;
  readonly calendar: Calendar;
  readonly people: Readonly<Record<string, ConfiguredPerson>>;
  readonly connections: Readonly<Record<string, Connection>>;
  /** In the order of ENTITY_NAMES. */
  readonly sources: readonly SourceMapping[];
  readonly policy: Policy;
  /** Absolute path of the file it was read from. */
  readonly file: string;
}

/** A record without a prototype. */
export function recordOf<T>(entries: Iterable<readonly [string, T]>): Readonly<Record<string, T>> {
  const record: Record<string, T> = Object.create(null);
  for (const [key, value] of entries) record[key] = value;
  return record;
}
