/** A scripted Notion: exact requests, wire answers, and the small source they speak of. */

import { shareConnection } from '../../src/connectors/connection.js';
import { createNotionConnector } from '../../src/connectors/notion/index.js';
import { createTransport } from '../../src/connectors/transport.js';
import type { SourceMapping } from '../../src/domain/mapping.js';
import type { SourceSchema } from '../../src/ports.js';
import { createPlainWindows } from '../support/plain-windows.js';
import { type Step, scriptFetch } from '../support/scripted-fetch.js';
import { createVirtualClock } from '../support/virtual-clock.js';

export const SOURCE = '0dd50000-0000-4000-8000-000000000001';
export const OTHER = '0dd50000-0000-4000-8000-000000000002';
export const DATABASE = '0dba0000-0000-4000-8000-000000000001';
export const BOT = '0b070000-0000-4000-8000-000000000001';
export const pageId = (n: number) => `0a9e0000-0000-4000-8000-${String(n).padStart(12, '0')}`;

export const mapping = (fields: Record<string, string>, id = SOURCE): SourceMapping => ({
  entity: 'partnerships',
  connection: 'notion',
  location: { type: 'notion', id },
  fields: Object.fromEntries(Object.entries(fields).map(([name, property]) => [name, { property }])),
  manages: {},
});
export const source = mapping({ name: 'Name', partner: 'Partners', owner: 'Owner' });

const property = (id: string, name: string, type: string, over = {}) => ({ id, name, type, writable: true, ...over });
export const schema: SourceSchema = {
  id: SOURCE,
  title: 'Partners',
  url: 'https://notion.example/partners',
  properties: [
    property('title', 'Name', 'title'),
    property('%5BIFC', 'Partners', 'relation'),
    property('ppl', 'Owner', 'people'),
    property('num', 'Score', 'number'),
    property('key', 'Key', 'rich_text'),
    property('frm', 'Computed', 'formula', { writable: false }),
  ],
};

export function connect(steps: readonly Step[]) {
  const clock = createVirtualClock();
  const script = scriptFetch(steps, clock.now);
  const transport = createTransport({
    connection: shareConnection('notion'),
    fetch: script.fetch,
    windows: createPlainWindows(),
    limits: [{ key: 'notion:token:hash', max: 180, perMs: 60_000 }],
    clock,
    random: () => 0.5,
    deadlineMs: 60_000,
    maxWaitMs: 120_000,
    defaultPauseMs: 30_000,
  });
  return { script, clock, connector: createNotionConnector({ token: 'ntn_sandbox_script', transport }) };
}

export const rich = (plain_text: string) => [{ type: 'text', plain_text }];
export const error = (status: number, code: string, message: string, over = {}): Step => ({
  status,
  answer: { object: 'error', status, code, message, request_id: 'req-1', ...over },
});
export const minute = (n: number) => new Date(Date.UTC(2026, 0, 1, 0, n)).toISOString();
export const page = (n: number, over: Record<string, unknown> = {}, values: Record<string, unknown> = {}) => ({
  object: 'page',
  id: pageId(n),
  url: `https://notion.example/${n}`,
  created_time: minute(n),
  created_by: { object: 'user', id: BOT },
  in_trash: false,
  properties: {
    Name: { id: 'title', type: 'title', title: rich(`row ${n}`) },
    Partners: { id: '%5BIFC', type: 'relation', relation: [], has_more: false },
    Owner: { id: 'ppl', type: 'people', people: [] },
    ...values,
  },
  ...over,
});
export const answer = (pages: readonly unknown[], over: Record<string, unknown> = {}) => ({
  object: 'list',
  results: pages,
  has_more: false,
  next_cursor: null,
  ...over,
});
