/** The contract's table in the Notion sandbox. */
import { createNotionConnector } from '../../../src/connectors/notion/index.js';
import type { SandboxContext } from '../../../src/sandbox/context.js';
import { createNotion, type NotionLimits } from '../../../src/sandbox/notion/index.js';
import type { NotionWorkspace } from '../../../src/sandbox/workspace.js';
import { openLine } from '../../support/in-process.js';
import type { ContractWorld } from '../connector.js';
import { COLUMNS, CONTRACT_ROWS, type ColumnName, type ContractRow, mappingOf, PARTNERS } from './table.js';

export const TOKEN = 'ntn_sandbox_contract';
const uuid = (kind: string, index = 0): string => `${kind}-0000-4000-8000-${String(index).padStart(12, '0')}`;
export const ITEMS = uuid('0dd50001');
const PARTNER_SOURCE = uuid('0dd50002');
export const BOT = uuid('0b070000');
export const rowId = (index: number): string => uuid('0a9e0001', index);

const PEOPLE = [
  { id: uuid('05e00000', 1), name: '김서연', email: 'seoyeon@example.com' },
  { id: uuid('05e00000', 2), name: '박지우', email: 'jiwoo@example.com' },
] as const;
const partnerIds = Array.from({ length: PARTNERS }, (_, index) => uuid('0a9e0002', index));

type SandboxProperty = NotionWorkspace['databases'][number]['dataSources'][number]['properties'][string];

const choices = (names: readonly string[] | undefined) => ({ options: (names ?? []).map((name) => ({ name })) });

const PROPERTIES: Readonly<Record<ColumnName, SandboxProperty>> = {
  Name: { id: 'title', type: 'title' },
  Key: { id: 'keyA', type: 'rich_text' },
  Note: { id: '%5BIFC', type: 'rich_text' },
  Score: { id: 'scor', type: 'number', format: 'number' },
  Share: { id: '~shr', type: 'number', format: 'percent' },
  Due: { id: 'dueB', type: 'date' },
  Status: { id: 'stat', type: 'select', ...choices(COLUMNS.Status.options) },
  Flags: { id: 'flag', type: 'multi_select', ...choices(COLUMNS.Flags.options) },
  Owner: { id: 'ownr', type: 'people' },
  Partners: { id: 'part', type: 'relation', relatesTo: PARTNER_SOURCE },
  Computed: { id: 'comp', type: 'formula' },
  Unmapped: { id: 'unma', type: 'rich_text' },
};

/** The sandbox stores what a formula evaluates to and has no failing formula; this text is one on the wire. */
const FAILING = '(failing formula)';
const failingOnTheWire = (text: string): string =>
  text.replaceAll(JSON.stringify({ type: 'string', string: FAILING }), '{"type":"unsupported","unsupported":{}}');

const valuesOf = (row: ContractRow) => ({
  Name: row.name,
  Note: row.note,
  Score: row.score ?? null,
  Share: row.share,
  Due: row.due,
  Status: row.status,
  Flags: [...row.flags],
  Owner: [PEOPLE[row.owner]?.id ?? PEOPLE[0].id],
  Partners: partnerIds.slice(0, row.partners),
  Computed: row.computed === 'unreadable' ? FAILING : row.computed,
});

function workspace(rows: readonly ContractRow[]): NotionWorkspace {
  // Two minutes in all: windows of creation time have to cut inside a minute.
  const createdAt = (index: number) =>
    index < rows.length / 2 ? '2026-01-05T00:00:20.000Z' : '2026-01-05T00:01:20.000Z';
  const page = (id: string, createdTime: string, values: Record<string, string | number | string[] | null>) => ({
    id,
    createdTime,
    inTrash: false,
    values,
  });
  return {
    name: 'Contract',
    token: TOKEN,
    bot: { id: BOT, name: 'Tandem' },
    users: PEOPLE.map((person) => ({ ...person })),
    databases: [
      {
        id: uuid('0dba0001'),
        title: 'Items',
        dataSources: [
          {
            id: ITEMS,
            name: 'Items',
            properties: { ...PROPERTIES },
            pages: rows.map((row, index) => page(rowId(index), createdAt(index), valuesOf(row))),
          },
        ],
      },
      {
        id: uuid('0dba0002'),
        title: 'Partners',
        dataSources: [
          {
            id: PARTNER_SOURCE,
            name: 'Partners',
            properties: { Name: { id: 'title', type: 'title' } },
            pages: partnerIds.map((id, index) => page(id, createdAt(0), { Name: `Partner ${index}` })),
          },
        ],
      },
    ],
  };
}

/** The sandbox and a line to it; `open` makes a connector. */
export function makeNotion(limits: Partial<NotionLimits> = {}, rows: readonly ContractRow[] = CONTRACT_ROWS) {
  const context: SandboxContext = {
    now: () => Date.UTC(2026, 10, 23),
    requests: [],
    changes: [],
    enforceRates: false,
    interceptor: undefined,
  };
  const sandbox = createNotion(workspace(rows), context, limits);
  const line = openLine(async (request) => {
    const response = await sandbox.app.fetch(request);
    return new Response(failingOnTheWire(await response.text()), response);
  });
  const open = (token = TOKEN) =>
    createNotionConnector({ token, baseUrl: 'http://127.0.0.1:1', transport: line.transport });
  const source = mappingOf('notion', { type: 'notion', id: uuid('0dba0001') });
  return { sandbox, context, line, open, source };
}

export function makeNotionWorld(): ContractWorld {
  const { sandbox, context, line, open, source } = makeNotion();
  return {
    connector: open(),
    source,
    stranger: open('ntn_sandbox_stranger'),
    partnerIds,
    people: PEOPLE,
    missingRowId: rowId(99_999),
    requests: () => line.arrivals.length,
    changes: () => context.changes.filter((change) => change.by === 'api'),
    revokeToken: () => sandbox.revokeToken(),

    keepsTrash: true,
    discard: (id) => sandbox.trash(id),
  };
}
