/** What `tandem init` says, in the file it writes and on the terminal. A missing sentence is a compile error. */

/** A kind of column, as a person chooses it in the tool. */
export type ColumnKind = 'text' | 'number' | 'percent' | 'date' | 'select';
export type ToolName = 'notion' | 'airtable';

/** Why a column with the right name serves nothing. */
export type MisfitReason = 'filled' | 'read-only' | 'wrong-type' | 'wrong-table' | 'labels';

export interface InitWords {
  /** First lines of the file. */
  readonly head: readonly string[];
  readonly workspace: string;
  readonly locale: string;
  readonly timezone: string;
  readonly holidays: string;
  readonly plan: Readonly<Record<ToolName, string>>;
  readonly people: readonly string[];
  readonly manages: string;
  /** How the column was found, where its name does not say it. */
  readonly found: Readonly<Record<'word' | 'title' | 'options' | 'relation' | 'only' | 'period', string>>;
  readonly or: (names: readonly string[]) => string;
  readonly orTable: (names: readonly string[]) => string;
  readonly unknown: (labels: readonly string[]) => string;
  readonly noLabel: (labels: readonly string[]) => string;
  readonly likely: string;
  readonly link: string;
  readonly misfit: Readonly<Record<MisfitReason, (column: string, type: string) => string>>;
  readonly unmapped: (names: readonly string[]) => string;
  readonly unused: (names: readonly string[]) => string;
  readonly cut: (rows: number) => string;
  readonly kinds: Readonly<Record<ToolName, Readonly<Record<ColumnKind, string>>>>;
  readonly add: (kind: string, options: readonly string[]) => string;
  /** A source that is commented out until columns are there. */
  readonly off: (names: readonly string[]) => string;
  readonly lacksPartnership: string;
  /** On the terminal. */
  readonly title: (names: readonly string[]) => string;
  readonly mapped: (fields: number, results: number) => string;
  readonly toAdd: (column: string, kind: string, options: readonly string[]) => string;
  readonly left: (titles: readonly string[]) => string;
  readonly passedOver: (count: number) => string;
  readonly absent: (names: readonly string[]) => string;
  readonly written: (file: string) => string;
  readonly next: string;
  readonly look: string;
}
