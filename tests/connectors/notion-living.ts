/**
 * A Notion that people go on working in: a table of KPIs too long for one page of a query, the partners they belong
 * to, a clock that only moves when told, and connectors that each begin knowing nothing.
 */
import { createNotionConnector } from '../../src/connectors/notion/index.js';
import type { SourceMapping } from '../../src/domain/mapping.js';
import type { Connector, RawRow, Remembered } from '../../src/ports.js';
import { createSandbox } from '../../src/sandbox/index.js';
import { NotionWorkspace } from '../../src/sandbox/workspace.js';
import { openLine } from '../support/in-process.js';

const uuid = (kind: string, n: number): string => `${kind}-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const KPIS = uuid('0dd50001', 1);
const PARTNERS = uuid('0dd50001', 2);
export const kpi = (n: number): string => uuid('0a9e0001', n);
export const partner = (n: number): string => uuid('0a9e0002', n);
export const PEOPLE = [uuid('05e00001', 1), uuid('05e00001', 2)];
/** Rows of the long table at first: two pages. */
export const ROWS = 110;
export const PARTNER_ROWS = 3;
/** Not on a full minute. */
const START = Date.parse('2026-11-02T03:00:40.400Z');
const MINUTE = 60_000;

function workspace(rows: number): NotionWorkspace {
  const createdTime = (index: number) => new Date(Date.UTC(2026, 8, 1) + Math.floor(index / 40) * MINUTE).toISOString();
  const options = (...names: string[]) => ({ options: names.map((name) => ({ name })) });
  return NotionWorkspace.parse({
    name: 'Living',
    token: 'ntn_sandbox_living',
    bot: { id: uuid('0b070001', 1), name: 'Tandem' },
    users: PEOPLE.map((id, index) => ({ id, name: `Person ${index}` })),
    databases: [
      {
        id: uuid('0dba0001', 1),
        title: 'KPIs',
        dataSources: [
          {
            id: KPIS,
            name: 'KPIs',
            properties: {
              Name: { id: 'title', type: 'title' },
              Actual: { id: 'aCtu', type: 'number' },
              State: { id: 'sTat', type: 'select', ...options('open', 'done') },
              Owner: { id: 'oWne', type: 'people' },
              Partners: { id: 'pArt', type: 'relation', relatesTo: PARTNERS, syncedAs: 'KPIs' },
              Note: { id: 'nOte', type: 'rich_text' },
              Share: { id: 'sHar', type: 'formula' },
              Changed: { id: 'cHan', type: 'last_edited_time' },
            },
            pages: Array.from({ length: rows }, (_, index) => ({
              id: kpi(index),
              createdTime: createdTime(index),
              values: { Name: `KPI ${index}`, Actual: index, State: 'open', Share: index / 2 },
            })),
          },
        ],
      },
      {
        id: uuid('0dba0001', 2),
        title: 'Partners',
        dataSources: [
          {
            id: PARTNERS,
            name: 'Partners',
            properties: {
              Name: { id: 'title', type: 'title' },
              KPIs: { id: 'kPis', type: 'relation', relatesTo: KPIS, syncedAs: 'Partners' },
            },
            pages: Array.from({ length: PARTNER_ROWS }, (_, index) => ({
              id: partner(index),
              createdTime: createdTime(0),
              values: { Name: `Partner ${index}` },
            })),
          },
        ],
      },
    ],
  });
}

const FIELDS = ['Name', 'Actual', 'State', 'Owner', 'Partners', 'Changed'];

/** The long table; `also` maps more of its columns. */
export const kpis = (...also: readonly string[]): SourceMapping => ({
  entity: 'kpis',
  connection: 'notion',
  location: { type: 'notion', id: KPIS },
  fields: Object.fromEntries([...FIELDS, ...also].map((property) => [property.toLowerCase(), { property }])),
  manages: { why: { property: 'Note', createOptions: false } },
});

/** The short one. */
export const partners: SourceMapping = {
  entity: 'partnerships',
  connection: 'notion',
  location: { type: 'notion', id: PARTNERS },
  fields: { name: { property: 'Name' }, type: { property: 'KPIs' } },
  manages: {},
};

export function openLiving(options: { readonly rows?: number; readonly queryCap?: number } = {}) {
  let now = START;
  const { rows = ROWS, ...limits } = options;
  const sandbox = createSandbox({ notion: workspace(rows) }, { now: () => now, enforceRates: false, ...limits });
  const { notion, context } = sandbox;
  if (notion === undefined) throw new Error('the sandbox has no Notion');
  const connect = (): Connector => {
    const { transport } = openLine((request) => sandbox.fetch(request));
    return createNotionConnector({ token: 'ntn_sandbox_living', baseUrl: 'http://127.0.0.1:1', transport });
  };
  /** Reads a source as if for the first time. */
  const readWhole = async (source: SourceMapping): Promise<Remembered> => {
    const connector = connect();
    const schema = await connector.describe(source);
    const found: RawRow[] = [];
    const pages = connector.read(source, schema);
    for (;;) {
      const { value, done } = await pages.next();
      if (done === true) return { schema, rows: found, mark: value ?? 'no mark' };
      found.push(...value);
    }
  };
  return {
    notion,
    context,
    connect,
    readWhole,
    /** Another run asks what has changed; the requests it took. */
    refresh: async (source: SourceMapping, remembered: Remembered) => {
      const before = context.requests.length;
      const next = await connect().refresh?.(source, remembered);
      return { next, requests: context.requests.slice(before).map(({ method, path }) => `${method} ${path}`) };
    },
    pass: (ms: number) => {
      now += ms;
    },
  };
}

export type Living = ReturnType<typeof openLiving>;

/** Rows to compare: in whatever order they came. */
export const byId = (rows: readonly RawRow[]): readonly RawRow[] =>
  rows.toSorted((left, right) => (left.id < right.id ? -1 : 1));
