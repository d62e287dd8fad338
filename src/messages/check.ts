/** What `tandem check` says, in every language. A missing sentence is a compile error. */
import type { ColumnVerdict } from '../domain/fit.js';

/** A column with something to say about it. */
export interface ToldColumn {
  readonly column: string;
  readonly type: string;
  readonly labels: readonly string[];
  /** Of a missing column: the one that may have been meant. */
  readonly near: string | null;
}

export interface CheckWords {
  readonly title: (workspace: string) => string;
  readonly rows: (count: number) => string;
  readonly unreadable: string;
  readonly mapped: (fields: number, results: number) => string;
  /** Of a column that is read. */
  readonly read: Readonly<Record<Exclude<ColumnVerdict, 'ok'>, (told: ToldColumn) => string>>;
  /** Of a column that is written. */
  readonly written: Readonly<Record<Exclude<ColumnVerdict, 'ok'>, (told: ToldColumn) => string>>;
  readonly unmanaged: (names: readonly string[]) => string;
  readonly access: string;
  readonly rights: Readonly<Record<'read' | 'insert' | 'update' | 'people', string>>;
  readonly states: Readonly<Record<'granted' | 'missing' | 'unknown', string>>;
  readonly notNeeded: string;
  readonly grant: (names: readonly string[]) => string;
  readonly joins: string;
  readonly joined: (joined: number, rows: number) => string;
  readonly unmatched: (codes: readonly string[]) => string;
  readonly misspelt: (found: string, near: string) => string;
  readonly doubled: (codes: readonly string[]) => string;
  readonly people: string;
  readonly named: (count: number) => string;
  readonly unreachable: (names: readonly string[]) => string;
  readonly unseen: (names: readonly string[]) => string;
  readonly months: string;
  /** Calls used, allowed, and needed to read everything once. */
  readonly month: (used: number, perMonth: number, perRun: number) => string;
  /** Seconds between two runs that the month bears. */
  readonly pace: (seconds: number) => string;
  readonly off: (count: number) => string;
  readonly or: string;
  readonly issues: (count: number) => string;
  readonly more: (count: number) => string;
  readonly ready: (hints: number) => string;
  readonly faults: (count: number) => string;
  readonly next: string;
  readonly mend: string;
}
