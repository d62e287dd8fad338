/**
 * The notation a sample team is written in: one record per partner that says how the partnership is going, and a
 * lexicon of the words the rows are made of. Offsets are days from the anchor: negative is past, `ago` counts back.
 */

export const KPI_NAMES = [
  'revenue',
  'leads',
  'deals',
  'reach',
  'training',
  'response',
  'defects',
  'sla',
  'csat',
] as const;
export type KpiName = (typeof KPI_NAMES)[number];

export interface PartnerStory {
  readonly who: {
    readonly code: string;
    readonly name: string;
    readonly type: string;
    readonly tier: 'strategic' | 'core' | 'basic' | 'tbd';
    readonly stage: string;
    /** Nobody: null. */
    readonly owner: string | null;
    readonly language?: string;
  };
  /** What a reader of a correct report should find; nothing is computed from it. */
  readonly outcome: 'healthy' | 'watch' | 'risk' | 'thin';
  /** The story in a sentence: it stands in the partner's note. */
  readonly story: string;
  /** Days ago the partnership began. */
  readonly since: number;
  /** Pace per KPI: 1 is exactly where the plan wants it, null was never read. */
  readonly kpis: Readonly<Partial<Record<KpiName, number | null>>>;
  /** Days ago the numbers were last read, where that is long ago. */
  readonly readAgo?: number;
  readonly trust: {
    /** Mark given at the last review, 1 to 5. */
    readonly rating?: number;
    /** Days ago of the last two-way contact; absent: none was written down. */
    readonly talked?: number;
    /** Number of contacts on record (3 when absent). */
    readonly talks?: number;
    /** Days ago a message went out that was never answered. */
    readonly unanswered?: number;
    /** Days ago reviews were held, latest first. */
    readonly held: readonly number[];
    readonly cadence: string;
    /** Offset of the next review in the diary. */
    readonly planned?: number;
  };
  readonly work: {
    /** Offsets of milestones that are done, and of those that are not. */
    readonly done: readonly number[];
    readonly open: readonly number[];
    /** "likelihood x impact status". */
    readonly risks: readonly string[];
    /** Actions promised and not done: offsets of their due days. */
    readonly actions?: readonly number[];
  };
  readonly term: {
    /** Offset of the last day; null: without end. */
    readonly ends: number | null;
    readonly notice: number;
    readonly renews?: boolean;
    readonly decision?: string;
  };
}

export interface KpiTemplate {
  readonly title: string;
  readonly unit: string;
  readonly direction: 'higher' | 'lower';
  readonly accumulation: 'cumulative' | 'count' | 'snapshot';
  readonly kind?: 'qualitative';
  readonly baseline?: number;
  readonly target: number;
  /** How a percentage is stored: 0.8 (fraction) or 80 (percent). */
  readonly scale?: 'fraction' | 'percent';
  /** Decimals of the reading. */
  readonly digits: number;
  readonly perspective: string;
}

/** Lists are walked in order, so that neighbours differ. */
export interface Lexicon {
  readonly kpis: Readonly<Record<KpiName, KpiTemplate>>;
  readonly milestones: readonly string[];
  readonly risks: readonly string[];
  readonly plan: string;
  readonly actions: readonly string[];
  readonly contacts: readonly string[];
  readonly roles: readonly string[];
  readonly channels: readonly string[];
  readonly talk: (channel: string) => string;
  readonly review: (partner: string, kind: string) => string;
  readonly contract: (partner: string) => string;
}

export const ENTITY_ORDER = [
  'partnerships',
  'kpis',
  'measurements',
  'milestones',
  'reviews',
  'actions',
  'risks',
  'issues',
  'contacts',
  'interactions',
  'agreements',
  'tasks',
] as const;
export type Entity = (typeof ENTITY_ORDER)[number];

/** A value before a tool's column shapes it. Links and people are lists: row keys and names. */
export type Plain = string | number | boolean | null | readonly string[] | { readonly wire: unknown };

/** A row before it has a tool. `key` is unique within the entity; partnerships are keyed by code. */
export interface SampleRow {
  readonly key: string;
  /** Days before the anchor. */
  readonly createdAgo: number;
  readonly values: Readonly<Record<string, Plain>>;
  readonly trashed?: boolean;
}

export type SampleRows = Readonly<Record<Entity, readonly SampleRow[]>>;

/** A row of a sample's own, beside those the stories expand to. */
export const extraRow = (key: string, createdAgo: number, values: SampleRow['values'] = {}): SampleRow => ({
  key,
  createdAgo,
  values,
});

/** What a sample adds to the rows its stories expand to, and what it spoils in them (by key). */
export interface Mess {
  readonly extra: Partial<SampleRows>;
  readonly spoilt: Readonly<Partial<Record<Entity, Readonly<Record<string, SampleRow['values']>>>>>;
}

/** The partner's name as people would type it in another row. */
export const plainName = (name: string): string =>
  name
    .normalize('NFC')
    .replace(/\p{Extended_Pictographic}/gu, '')
    .trim();
