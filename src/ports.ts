/**
 * What the pipeline asks of the world: connectors to the user's tools, the state processes share, and
 * a clock. Shapes here are the application's own; nothing of a vendor passes this line.
 */
import type { Cell, Desired } from './domain/cells.js';
import type { Location, SourceMapping } from './domain/mapping.js';
import type { Canonical, PropertySchema, RawRow, SourceSchema } from './domain/source.js';
import type { TandemError } from './errors.js';

export type { Canonical, PropertySchema, RawRow, SourceSchema } from './domain/source.js';

/**
 * Pages of rows as they arrive. At the end the tool's own mark of when the reading began, in a text only its connector
 * reads; undefined where a later reading cannot go on from there.
 */
export type RowPages = AsyncGenerator<readonly RawRow[], string | undefined>;

/** A source as it was read to its end: what a connector needs to find out at little cost how it stands now. */
export interface Remembered {
  readonly schema: SourceSchema;
  readonly rows: readonly RawRow[];
  readonly mark: string;
}

/** A write to one row. `cells` is keyed by property id and names only what changes. */
export type Write =
  | { readonly kind: 'update'; readonly rowId: string; readonly cells: ReadonlyMap<string, Cell> }
  | { readonly kind: 'create'; readonly cells: ReadonlyMap<string, Cell> };

/**
 * What became of a write. `unknown`: it may or may not have been applied (time-out, reset, 5xx without a
 * word); `failed`: it was certainly not applied. An answer that names the committed row is `done`.
 */
export type Outcome =
  | { readonly kind: 'done'; readonly rowId: string; readonly url?: string }
  | { readonly kind: 'failed'; readonly error: TandemError }
  | { readonly kind: 'unknown'; readonly error: TandemError };

/** Rows whose text property equals a text or begins with it; live rows, or those in the trash. */
export interface RowQuery {
  readonly propertyId: string;
  readonly match: 'equals' | 'starts-with';
  readonly text: string;
  readonly trashed: boolean;
}

export interface Connector {
  /** The schema of a source, by one call where possible. Throws TandemError (auth, not found, ambiguous source). */
  describe(source: SourceMapping, signal?: AbortSignal): Promise<SourceSchema>;
  /** All rows of a source, mapped properties only, relations complete. Throws TandemError in the middle when a page cannot be read. */
  read(source: SourceMapping, schema: SourceSchema, signal?: AbortSignal): RowPages;
  /**
   * A remembered source with what has changed since, for fewer calls than reading it whole; the same object when
   * nothing has. Undefined when it has to be read whole. What a tool cannot tell of (rows thrown away or moved,
   * renamed columns and options) may stay unseen: nothing is written on the strength of memory alone.
   * Absent where a tool has no such question.
   */
  refresh?(source: SourceMapping, remembered: Remembered, signal?: AbortSignal): Promise<Remembered | undefined>;
  /** Rows found by a text property, fresh from the tool. A tool that keeps no trash finds nothing there. */
  find(source: SourceMapping, schema: SourceSchema, query: RowQuery, signal?: AbortSignal): Promise<readonly RawRow[]>;
  /**
   * What a column holds after writing a desired value: rounded, cut, normalised as the tool will do it, so
   * that the next diff is empty. Pure.
   */
  canonicalise(property: PropertySchema, desired: Desired, options: { readonly createOptions: boolean }): Canonical;
  /**
   * Performs writes to one source; outcomes arrive in any order, exactly one per write, tagged with its index.
   * Never repeats a create whose outcome is unknown. An aborted signal stops before the next write is sent:
   * writes not sent are `failed` with code `aborted`.
   */
  apply(
    source: SourceMapping,
    schema: SourceSchema,
    writes: readonly Write[],
    signal?: AbortSignal,
  ): AsyncIterable<{ readonly index: number; readonly outcome: Outcome }>;
  /** Calls made so far through this connector. */
  calls(): CallCounts;
}

/** Whom a token belongs to. */
export interface Account {
  readonly name: string;
  readonly workspace?: string;
}

/** A table a token can see. */
export interface FoundTable {
  readonly location: Location;
  readonly title: string;
  /** The base it stands in, where the tool has bases. */
  readonly within?: string;
  readonly url: string;
}

/** What a tool lets a token do. `unknown`: it does not say so before something is written. */
export interface Grant {
  readonly right: 'insert' | 'update' | 'people';
  readonly state: 'granted' | 'missing' | 'unknown';
  /** The tool's own name of it, as its settings show it. */
  readonly name: string;
}

/** What `check` and `init` ask of a tool beside its rows. Nothing is changed by any of it. */
export interface Surveyor {
  /** Throws `auth-invalid-token`. */
  account(signal?: AbortSignal): Promise<Account>;
  /** Every table the tool shows to this token; a long list may be cut. */
  tables(signal?: AbortSignal): Promise<readonly FoundTable[]>;
  /** What may be done with the rows of a source. Reading is not asked: whoever has read knows. */
  grants(location: Location, signal?: AbortSignal): Promise<readonly Grant[]>;
}

export interface CallCounts {
  readonly reads: number;
  readonly writes: number;
  readonly retries: number;
  readonly throttled: number;
}

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `ms`, rejects with the signal's reason when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** At most `max` slots in any `perMs` milliseconds. */
export interface RateLimit {
  readonly key: string;
  readonly max: number;
  readonly perMs: number;
}

/**
 * Sliding-window logs shared by all processes. A slot is taken at its deadline (now + holdMs) and moved to the
 * time of its response by `settle`, so that no alignment of the server's own window can be overrun.
 */
export interface RateWindows {
  /** Takes one slot in every limit at once, or none: then says how long to wait. */
  take(limits: readonly RateLimit[], slot: string, now: number, holdMs: number): Promise<{ readonly waitMs: number }>;
  settle(limits: readonly RateLimit[], slot: string, at: number): Promise<void>;
  /** Nobody takes a slot of this key before `until`. */
  pause(key: string, until: number): Promise<void>;
}

/** Calls of a month ("2026-11") counted for whatever is billed together; a count never passes `max`. */
export interface MonthlyCalls {
  /** Counts `calls` more where they fit, else none; `used` is the count after that. */
  take(
    budget: { readonly key: string; readonly month: string; readonly max: number },
    calls: number,
  ): Promise<{ readonly granted: boolean; readonly used: number }>;
}

/**
 * A create of which the world need not tell yet: written before the request is sent, removed when it was refused or a
 * reading shows the row. `made`: answered, so that only a query that lags behind can miss it.
 */
export interface Intent {
  readonly key: string;
  readonly state: 'sending' | 'unknown' | 'made';
  readonly sentAt: number;
}

export interface Lease {
  /**
   * Asked right before every write: false once the lease may have passed to another holder. Throws TandemError when
   * where it is kept does not answer; nothing may be written then either.
   */
  held(): Promise<boolean>;
  release(): Promise<void>;
  /** Aborted when the lease is lost. */
  readonly signal: AbortSignal;
}

/** Where one line per write is kept for people. */
export interface Journal {
  /** Adds a line of JSON. Throws what the place it is kept in throws. */
  append(workspace: string, line: string): Promise<void>;
  close(): Promise<void>;
}

/** How long the approval of a plan is good for. */
export const APPROVAL_MS = 24 * 60 * 60_000;

export interface State {
  readonly windows: RateWindows;
  readonly months: MonthlyCalls;
  /** One holder per workspace. Renews itself until released. */
  lease(
    workspace: string,
    holder: string,
  ): Promise<{ readonly lease: Lease } | { readonly heldSince: number; readonly holder: string }>;
  readonly intents: {
    put(workspace: string, intent: Intent): Promise<void>;
    remove(workspace: string, key: string): Promise<void>;
    list(workspace: string): Promise<readonly Intent[]>;
  };
  /** Plans a person has let pass although they are unusually large, by their hash. */
  readonly approvals: {
    /** Good for 24 hours from `now`. */
    grant(workspace: string, hash: string, now: number): Promise<void>;
    isGranted(workspace: string, hash: string, now: number): Promise<boolean>;
  };
  /**
   * Texts kept from one run to the next, by name. Any of them may be gone at any time: losing one costs calls and
   * nothing else.
   */
  readonly cache: {
    get(workspace: string, names: readonly string[]): Promise<ReadonlyMap<string, string>>;
    put(workspace: string, texts: ReadonlyMap<string, string>): Promise<void>;
  };
  close(): Promise<void>;
}
