/**
 * Ids out of what people copy from the address bar. A Notion link ends in the id of its database or page;
 * `v=` is a view and `#` a block, never the source. An Airtable link names base, table and view in turn.
 */

const HEX = /(?:^|-)([0-9a-f]{32})$/i;
const UUID = /(?:^|-)([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i;
const NOTION_HOST = /(?:^|\.)notion\.(?:so|site|com)$/;
const AIRTABLE_HOST = /(?:^|\.)airtable\.com$/;
const BASE = /^app[A-Za-z0-9]{14}$/;
const TABLE = /^tbl[A-Za-z0-9]{14}$/;

/** A Notion id as a lower-case UUID, from an id with or without hyphens or a link; undefined when there is none. */
export function readNotionId(text: string): string | undefined {
  const bare = text.trim();
  if (/^[0-9a-f-]+$/i.test(bare)) return idAtEnd(bare, true);
  const url = parseUrl(bare.replace(/^notion:\/\//i, 'https://'));
  if (url === undefined || !NOTION_HOST.test(url.hostname)) return undefined;
  for (const segment of segmentsOf(url).reverse()) {
    const id = idAtEnd(segment, false);
    if (id !== undefined) return id;
  }
  const peeked = url.searchParams.get('p');
  return peeked === null ? undefined : idAtEnd(peeked, true);
}

/** Base and, where the link tells it, table id; undefined when the text is neither a base id nor an Airtable link. */
export function readAirtableBase(text: string): { readonly base: string; readonly table?: string } | undefined {
  const bare = text.trim();
  if (BASE.test(bare)) return { base: bare };
  const url = parseUrl(bare);
  if (url === undefined || !AIRTABLE_HOST.test(url.hostname)) return undefined;
  const segments = segmentsOf(url);
  const base = segments.find((segment) => BASE.test(segment));
  const table = segments.find((segment) => TABLE.test(segment));
  if (base === undefined) return undefined;
  return table === undefined ? { base } : { base, table };
}

function idAtEnd(text: string, whole: boolean): string | undefined {
  const match = UUID.exec(text) ?? HEX.exec(text);
  const found = match?.[1];
  if (found === undefined || (whole && match?.[0] !== text)) return undefined;
  const hex = found.replaceAll('-', '').toLowerCase();
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** People also copy links without the scheme. */
function parseUrl(text: string): URL | undefined {
  const full = /^[a-z]+:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(full)) return undefined;
  const url = new URL(full);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url : undefined;
}

const segmentsOf = (url: URL): string[] => url.pathname.split('/').filter((segment) => segment !== '');
