/**
 * Walking through the records of a table. Airtable's cursor dies when a walk pauses or a server restarts; then
 * the walk begins anew, a bounded number of times, and rows already handed out are not handed out again.
 */

import { TandemError } from '../../errors.js';
import type { RowQuery } from '../../ports.js';
import type { AirtableClient, AirtableRecord, RecordPage, Selection } from './client.js';
import { AirtableFailure, explain } from './failure.js';

const MAX_RESTARTS = 2;
/** Twice the records the largest plan allows in a base, in pages of 100. */
const MAX_PAGES = 10_000;

/** What Airtable says when it no longer knows, or never knew, where a walk is. */
const LOST_PLACE: ReadonlySet<string> = new Set(['LIST_RECORDS_ITERATOR_NOT_AVAILABLE', 'INVALID_OFFSET_VALUE']);

export interface Walk {
  readonly client: AirtableClient;
  readonly base: string;
  readonly table: string;
  readonly selection: Selection;
}

/** Every record exactly once, page by page, in the order Airtable gives them. Throws TandemError. */
export async function* walkRecords(walk: Walk, signal?: AbortSignal): AsyncGenerator<readonly AirtableRecord[]> {
  const given = new Set<string>();
  let offsets = new Set<string>();
  let offset: string | undefined;
  let restarts = 0;
  for (let pages = 0; ; pages += 1) {
    if (pages >= MAX_PAGES) throw endless(walk, `more than ${MAX_PAGES} pages`);
    const page = await readPage(walk, offset, signal);
    if (page === 'expired') {
      restarts += 1;
      if (restarts > MAX_RESTARTS) throw interrupted(walk);
      offset = undefined;
      offsets = new Set();
      continue;
    }
    const fresh = page.records.filter((record) => !given.has(record.id));
    for (const record of fresh) given.add(record.id);
    if (fresh.length > 0) yield fresh;
    if (page.offset === undefined) return;
    if (offsets.has(page.offset)) throw endless(walk, 'the same page twice');
    offsets.add(page.offset);
    offset = page.offset;
  }
}

async function readPage(walk: Walk, offset: string | undefined, signal?: AbortSignal): Promise<RecordPage | 'expired'> {
  const { client, base, table, selection } = walk;
  try {
    return await client.list(base, table, selection, offset, signal);
  } catch (thrown) {
    if (thrown instanceof AirtableFailure && LOST_PLACE.has(thrown.type)) return 'expired';
    throw explain(thrown, { what: `reading ${base}/${table}`, scope: 'data.records:read', source: table });
  }
}

const interrupted = ({ base, table }: Walk): TandemError =>
  new TandemError(
    'read-incomplete',
    `Airtable ended the reading of ${base}/${table} ${MAX_RESTARTS + 1} times before its last page`,
    { source: table },
  );

const endless = ({ base, table }: Walk, what: string): TandemError =>
  new TandemError('upstream-invalid-response', `Airtable, reading ${base}/${table}: ${what}`, { source: table });

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '"': '\\"',
  "'": "\\'",
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** A text as a literal of a formula. */
export function quoteText(text: string): string {
  return `"${text.replace(/[\\"'\n\r\t]/g, (character) => ESCAPES[character] ?? character)}"`;
}

/** The formula that is true for records whose field equals a text, or begins with it. */
export function textFormula({ propertyId, match, text }: Pick<RowQuery, 'propertyId' | 'match' | 'text'>): string {
  const literal = quoteText(text);
  return match === 'equals' ? `{${propertyId}} = ${literal}` : `FIND(${literal}, {${propertyId}}) = 1`;
}
