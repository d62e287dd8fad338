/** What a run is given and what it gives back. */
import type { BusinessCalendar } from '../domain/calendar.js';
import type { Day, EntityName } from '../domain/entities.js';
import type { SourceMapping } from '../domain/mapping.js';
import type { KnownPerson } from '../domain/people.js';
import type { Policy } from '../domain/policy.js';
import type { TandemError } from '../errors.js';
import type { Catalogue } from '../messages/index.js';
import type { CallCounts, Clock, Connector, Journal, Lease, State } from '../ports.js';
import type { Memory } from './memory.js';
import type { RunReport } from './report.js';

/** A workspace with everything a run needs of the world. */
export interface World {
  readonly workspace: string;
  readonly timezone: string;
  readonly sources: readonly SourceMapping[];
  readonly people: readonly KnownPerson[];
  readonly policy: Policy;
  /** The days off of ours and of the countries partners name, and what should be known of them. */
  readonly calendarsOf: (
    countries: readonly string[],
    asOf: Day,
  ) => Promise<{ readonly calendar: BusinessCalendar; readonly notes: readonly string[] }>;
  readonly catalogue: Catalogue;
  readonly connectorOf: (source: SourceMapping) => Connector;
  /** Rows one write call takes in a source's tool. */
  readonly batchOf: (source: SourceMapping) => number;
  /**
   * Asks for room for that many more calls, by connection. A connection without it sends nothing more in this run;
   * why is in the answer.
   */
  readonly reserve: (calls: Readonly<Record<string, number>>) => Promise<readonly TandemError[]>;
  readonly calls: () => Readonly<Record<string, CallCounts>>;
  readonly clock: Clock;
  readonly memory: Memory;
  /** What a reader of every report should know of the configuration. */
  readonly notes: readonly string[];
}

export type Progress =
  | { readonly stage: 'read'; readonly sources: number; readonly sourcesDone: number; readonly rows: number }
  | { readonly stage: 'assess'; readonly rows: number }
  | { readonly stage: 'write'; readonly done: number; readonly total: number };

export interface RunOptions {
  readonly runId: string;
  readonly asOf: Day;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Tables whose changes are meant; all of them unless given. */
  readonly only?: readonly EntityName[];
  /** Absent for a plan: then nothing is written. */
  readonly write?: {
    readonly lease: Lease;
    readonly intents: State['intents'];
    readonly journal: Journal;
    readonly allowMassChange: boolean;
    /** Whether a person has let a plan of this hash pass. */
    readonly isApproved: (hash: string) => Promise<boolean>;
  };
}

export interface RunResult {
  readonly report: RunReport;
  readonly exitCode: number;
}
