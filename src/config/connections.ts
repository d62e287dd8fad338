/**
 * Connections to the tools: plans, the call limits each plan has, and which base URLs are allowed.
 * Limits are the vendors' published ones; the windows in the state keep to them.
 */

export const NOTION_PLANS = ['free', 'plus', 'business', 'enterprise'] as const;
export type NotionPlan = (typeof NOTION_PLANS)[number];

export const AIRTABLE_PLANS = ['free', 'team', 'business', 'enterprise'] as const;
export type AirtablePlan = (typeof AIRTABLE_PLANS)[number];

/** At most `max` calls in any `perMs` milliseconds. */
export interface CallLimit {
  readonly max: number;
  readonly perMs: number;
}

export interface NotionConnection {
  readonly name: string;
  readonly type: 'notion';
  readonly plan: NotionPlan;
  /** Without a trailing slash. Absent: the tool's own address. */
  readonly baseUrl?: string;
  /** Empty when tokens were not required and none was found. */
  readonly token: string;
  readonly limits: { readonly perToken: CallLimit };
}

export interface AirtableConnection {
  readonly name: string;
  readonly type: 'airtable';
  readonly plan: AirtablePlan;
  readonly baseUrl?: string;
  readonly token: string;
  /** `perMonth` is the budget of the whole Airtable workspace; absent where the plan has none. */
  readonly limits: { readonly perBase: CallLimit; readonly perToken: CallLimit; readonly perMonth?: number };
}

export type Connection = NotionConnection | AirtableConnection;

const MINUTE = 60_000;
const SECOND = 1_000;

/** Notion counts per connection in windows of 60 s; a burst may use the whole window. */
export function notionLimits(plan: NotionPlan): NotionConnection['limits'] {
  const max = plan === 'business' || plan === 'enterprise' ? 600 : 180;
  return { perToken: { max, perMs: MINUTE } };
}

const AIRTABLE_MONTHLY: Readonly<Partial<Record<AirtablePlan, number>>> = { free: 1_000, team: 100_000 };

/** Airtable: 5 calls a second per base, 50 per user over all tokens, and a monthly budget on the smaller plans. `callsPerMonth` stands instead of the plan's. */
export function airtableLimits(plan: AirtablePlan, callsPerMonth?: number): AirtableConnection['limits'] {
  const perMonth = callsPerMonth ?? AIRTABLE_MONTHLY[plan];
  return {
    perBase: { max: 5, perMs: SECOND },
    perToken: { max: 50, perMs: SECOND },
    ...(perMonth === undefined ? {} : { perMonth }),
  };
}

export type BaseUrlVerdict =
  | { readonly ok: true; readonly url: string }
  | { readonly ok: false; readonly fault: 'not-a-url' | 'not-http' | 'credentials' | 'query' | 'not-loopback' };

const LOOPBACK: readonly string[] = ['127.0.0.1', '[::1]', 'localhost'];

/**
 * Whether a base URL may be used. A token is sent wherever it points, so only this machine is allowed
 * unless `allowCustom` says otherwise.
 */
export function judgeBaseUrl(text: string, allowCustom: boolean): BaseUrlVerdict {
  if (!URL.canParse(text)) return { ok: false, fault: 'not-a-url' };
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return { ok: false, fault: 'not-http' };
  if (url.username !== '' || url.password !== '') return { ok: false, fault: 'credentials' };
  if (url.search !== '' || url.hash !== '') return { ok: false, fault: 'query' };
  if (!allowCustom && !LOOPBACK.includes(url.hostname)) return { ok: false, fault: 'not-loopback' };
  return { ok: true, url: `${url.origin}${url.pathname}`.replace(/\/+$/, '') };
}
