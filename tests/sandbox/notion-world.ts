/** A small Notion workspace served over HTTP on the loopback address, and the official client the cases drive it with. */
import { Client, isHTTPResponseError, LogLevel } from '@notionhq/client';
import { onTestFinished } from 'vitest';
import { type SandboxOptions, startSandbox } from '../../src/sandbox/index.js';
import type { NotionSandbox } from '../../src/sandbox/notion/index.js';
import { NotionWorkspace } from '../../src/sandbox/workspace.js';

export const TOKEN = 'ntn_sandbox_conformance';
export const NEWEST = '2026-03-11';
export const MIDDLE = '2025-09-03';
export const OLDEST = '2022-06-28';
/** Not on a full minute: answers have to cut it. */
export const START = Date.parse('2026-11-02T03:00:40.400Z');

const uuid = (kind: string, n: number): string => `${kind}-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const partner = (n: number): string => uuid('0a9e0001', n);
export const task = (n: number): string => uuid('0a9e0002', n);
export const BOT = uuid('0b070000', 1);
export const KIM = uuid('05e00000', 1);
export const LEE = uuid('05e00000', 2);
export const PARTNERS_DB = uuid('0dba0000', 1);
export const TASKS_DB = uuid('0dba0000', 2);
export const SPLIT_DB = uuid('0dba0000', 3);
export const PARTNERS = uuid('0dd50000', 1);
export const TASKS = uuid('0dd50000', 2);
export const EAST = uuid('0dd50000', 3);
export const WEST = uuid('0dd50000', 4);
export const NOBODY = uuid('0f000000', 9);

const options = (...names: string[]) => ({ options: names.map((name) => ({ name })) });

const PARTNER_PROPERTIES = {
  Name: { id: 'title', type: 'title' },
  Code: { id: 'cOde', type: 'rich_text' },
  Stage: { id: 'stAg', type: 'status', ...options('Not started', 'In progress', 'Done') },
  Tier: { id: '%5BIFC', type: 'select', ...options('strategic', 'core') },
  Tags: { id: 'tAgs', type: 'multi_select', ...options('fast', 'loyal') },
  Score: { id: '~iuF', type: 'number', format: 'percent' },
  Due: { id: 'dUed', type: 'date' },
  Active: { id: 'aCti', type: 'checkbox' },
  Owner: { id: 'oWne', type: 'people' },
  Tasks: { id: 'tAsk', type: 'relation', relatesTo: TASKS, syncedAs: 'Partner' },
  Site: { id: 'sIte', type: 'url' },
  Mail: { id: 'mAil', type: 'email' },
  Phone: { id: 'pHon', type: 'phone_number' },
  Papers: { id: 'pApe', type: 'files' },
  Health: { id: 'hEal', type: 'formula', expression: 'prop("Score") * 2' },
  Total: { id: 'tOta', type: 'rollup' },
  No: { id: 'uNiq', type: 'unique_id' },
  Made: { id: 'mAde', type: 'created_time' },
  Maker: { id: 'mAke', type: 'created_by' },
  Changed: { id: 'cHan', type: 'last_edited_time' },
  Editor: { id: 'eDit', type: 'last_edited_by' },
} as const;

type Given = Readonly<Record<string, unknown>>;

const partnerPages = [
  {
    id: partner(1),
    createdTime: '2026-10-01T00:00:20.000Z',
    values: {
      Name: '한빛 Alliance',
      Code: 'HB-1',
      Stage: 'In progress',
      Tier: 'strategic',
      Tags: ['fast', 'loyal'],
      Score: 0.5,
      Due: '2026-12-31',
      Active: true,
      Owner: [KIM],
      Site: 'https://hanbit.example',
      Mail: 'hi@hanbit.example',
      Phone: '+82 2 1234',
      Papers: ['https://hanbit.example/nda.pdf'],
      Health: 1,
      Total: 12,
    },
  },
  {
    id: partner(2),
    createdTime: '2026-10-02T00:00:20.000Z',
    values: {
      Name: 'Saebom',
      Code: 'SB-2',
      Tier: 'core',
      Tags: ['fast'],
      Score: 7,
      Due: '2026-11-02T09:30:59+09:00',
      Owner: [KIM, LEE],
      Health: 'good',
      Total: ['a', 'b'],
    },
  },
  {
    id: partner(3),
    createdTime: '2026-10-03T00:00:20.000Z',
    values: { Name: 'Narae', Health: '2026-11-30', Stage: 'Done' },
  },
];

const taskPages = [1, 2].map((n) => ({
  id: task(n),
  createdTime: `2026-10-0${n}T01:00:00.000Z`,
  values: { Title: `Task ${n}`, Partner: [partner(1)] },
}));

const plainSource = (id: string, name: string) => ({
  id,
  name,
  properties: { Name: { id: 'title', type: 'title' } },
  pages: [{ id: `${id.slice(0, -4)}0999`, createdTime: '2026-10-01T00:00:00.000Z', values: { Name: `${name} row` } }],
});

export function workspace(more: readonly Given[] = []): NotionWorkspace {
  const taskProperties = {
    Title: { id: 'title', type: 'title' },
    Partner: { id: 'pArt', type: 'relation', relatesTo: PARTNERS, syncedAs: 'Tasks' },
  };
  return NotionWorkspace.parse({
    name: 'Conformance',
    token: TOKEN,
    bot: { id: BOT, name: 'Tandem' },
    users: [
      { id: KIM, name: '김서연', email: 'seoyeon@example.com' },
      { id: LEE, name: 'Lee' },
    ],
    databases: [
      {
        id: PARTNERS_DB,
        title: 'Own title',
        dataSources: [
          { id: PARTNERS, name: 'Partners', properties: PARTNER_PROPERTIES, pages: [...partnerPages, ...more] },
        ],
      },
      {
        id: TASKS_DB,
        title: 'Tasks',
        dataSources: [{ id: TASKS, name: 'Tasks', properties: taskProperties, pages: taskPages }],
      },
      { id: SPLIT_DB, title: 'Regions', dataSources: [plainSource(EAST, 'East'), plainSource(WEST, 'West')] },
    ],
  });
}

/** Partners beyond the three, `count` of them, created a minute apart. */
export const morePartners = (count: number): readonly Given[] =>
  Array.from({ length: count }, (_, index) => ({
    id: partner(100 + index),
    createdTime: new Date(Date.UTC(2026, 8, 1, 0, index)).toISOString(),
    values: { Name: `Row ${index}`, Score: index },
  }));

export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

function readObject(text: string): Record<string, unknown> {
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== 'object' || parsed === null) throw new Error(`no object: ${text}`);
  return Object.fromEntries(Object.entries(parsed));
}

export async function startWorld(
  given: Omit<SandboxOptions, 'now'> & { readonly more?: readonly Given[]; readonly version?: string } = {},
) {
  let now = START;
  const { more = [], version = NEWEST, ...sandboxOptions } = given;
  const sandbox = await startSandbox(
    { notion: workspace(more) },
    { enforceRates: false, ...sandboxOptions, now: () => now },
  );
  onTestFinished(() => sandbox.close());
  const clientOf = (notionVersion: string, auth = TOKEN) =>
    new Client({ auth, baseUrl: sandbox.url, notionVersion, retry: false, logLevel: LogLevel.ERROR, logger: () => {} });
  const call = async (
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<RawAnswer> => {
    const response = await fetch(`${sandbox.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${TOKEN}`, 'notion-version': version, ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: response.status, headers: response.headers, body: readObject(await response.text()) };
  };
  return {
    client: clientOf(version),
    clientOf,
    call,
    url: sandbox.url,
    context: sandbox.context,
    notion: need(sandbox.notion),
    advance: (ms: number) => {
      now += ms;
    },
  };
}

export type World = Awaited<ReturnType<typeof startWorld>>;

function need(notion: NotionSandbox | undefined): NotionSandbox {
  if (notion === undefined) throw new Error('the world has no Notion');
  return notion;
}

/** What an official client is told when a request is refused; fails when the request succeeds. */
export async function refusal(request: Promise<unknown>): Promise<Record<string, unknown>> {
  try {
    await request;
  } catch (error) {
    if (isHTTPResponseError(error)) return JSON.parse(error.body);
    throw error;
  }
  throw new Error('the request was not refused');
}

export const validation = (message: string) => ({ object: 'error', status: 400, code: 'validation_error', message });
