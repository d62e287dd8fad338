import { expect, it } from 'vitest';
import { type ConnectionOptions, openConnection } from '../../src/connectors/index.js';
import type { RateLimit, RawRow } from '../../src/ports.js';
import { createMemoryState, createMemoryWindows } from '../../src/state/memory.js';
import { createVirtualClock } from '../support/virtual-clock.js';

const source = {
  entity: 'kpis',
  connection: 'tool',
  location: { type: 'airtable', base: 'appAAAAAAAAAAAAAA', table: 'KPIs' },
  fields: {},
  manages: {},
} as const;

/** The limits a connector takes its slots in, seen at its first call. */
async function limitsOf(connection: ConnectionOptions, base: string | undefined): Promise<readonly RateLimit[]> {
  const windows = createMemoryWindows();
  const seen: RateLimit[] = [];
  const connector = openConnection(connection, {
    fetch: () => Promise.resolve(new Response('{}', { status: 401 })),
    windows: {
      ...windows,
      take: (limits, ...rest) => {
        seen.push(...limits);
        return windows.take(limits, ...rest);
      },
    },
    months: createMemoryState(createVirtualClock()).months,
    clock: createVirtualClock(),
    random: () => 0,
  }).connector(base);
  await connector.describe(source).catch(() => undefined);
  return seen;
}

const TOKEN = 'pat_sandbox_registry.0123456789';

it('counts Airtable per base and per token, and Notion per token, without a token in any key', async () => {
  const perToken = { max: 50, perMs: 1000 };
  const airtable = await limitsOf(
    { name: 'airtable', type: 'airtable', token: TOKEN, limits: { perToken, perBase: { max: 5, perMs: 1000 } } },
    'appAAAAAAAAAAAAAA',
  );
  expect(airtable.map(({ max }) => max)).toEqual([5, 50]);
  expect(airtable[0]?.key).toBe('airtable:base:appAAAAAAAAAAAAAA');
  expect(JSON.stringify(airtable)).not.toContain(TOKEN.slice(0, 12));
});

/** A connector to an Airtable that answers every call alike; its one table has one text column. */
function answering(records: string, status = 200) {
  const tables = {
    tables: [{ id: 'tblAAAAAAAAAAAAAA', name: 'KPIs', fields: [{ id: 'fldA', name: 'Name', type: 'singleLineText' }] }],
  };
  const limits = { perToken: { max: 50, perMs: 1000 } };
  return openConnection(
    { name: 'airtable', type: 'airtable', token: TOKEN, limits },
    {
      fetch: async (url) =>
        String(url).includes('/meta/') ? new Response(JSON.stringify(tables)) : new Response(records, { status }),
      windows: createMemoryWindows(),
      months: createMemoryState(createVirtualClock()).months,
      clock: createVirtualClock(),
      random: () => 0,
    },
  ).connector(undefined);
}

const named = { ...source, fields: { name: { property: 'Name' } } };

async function rowsOf(connector: ReturnType<typeof answering>): Promise<readonly RawRow[]> {
  const rows: RawRow[] = [];
  for await (const page of connector.read(named, await connector.describe(named))) rows.push(...page);
  return rows;
}

it('reads a record that comes without fields as a row of empty cells', async () => {
  const bare = { records: [{ id: 'recAAAAAAAAAAAAAA', createdTime: '2026-01-01T00:00:00.000Z' }] };
  const [row] = await rowsOf(answering(JSON.stringify(bare)));
  expect([...(row?.cells ?? [])]).toEqual([['fldA', { kind: 'empty' }]]);
});

it('takes its token out of what a tool or a proxy answers', async () => {
  const quoting = JSON.stringify({ error: { type: 'INVALID_PERMISSIONS', message: `refused: Bearer ${TOKEN}` } });
  const refused = await rowsOf(answering(quoting, 403)).catch((thrown: unknown) => thrown);
  expect(refused).toMatchObject({ code: 'auth-forbidden' });
  expect(String(refused)).toContain('Bearer [token]');
  expect(String(refused)).not.toContain(TOKEN);
});

it('waits half a minute where Airtable refuses a call for coming too soon and does not say until when', async () => {
  const clock = createVirtualClock();
  const calledAt: number[] = [];
  const connection = openConnection(
    { name: 'airtable', type: 'airtable', token: TOKEN, limits: { perToken: { max: 50, perMs: 1000 } } },
    {
      fetch: async () => {
        calledAt.push(clock.now());
        return Response.json({ errors: [{ error: 'RATE_LIMIT_REACHED', message: 'too many' }] }, { status: 429 });
      },
      windows: createMemoryWindows(),
      months: createMemoryState(clock).months,
      clock,
      random: () => 0,
    },
  );
  await expect(connection.connector(undefined).describe(source)).rejects.toMatchObject({ code: 'rate-limited' });
  const pauses = calledAt.slice(1).map((at, index) => at - (calledAt[index] ?? at));
  expect(pauses).toHaveLength(2);
  expect(Math.min(...pauses)).toBeGreaterThanOrEqual(30_000);
});

it('asks nothing more of any base once Airtable says that the month is spent', async () => {
  const asked: string[] = [];
  const connection = openConnection(
    { name: 'airtable', type: 'airtable', token: TOKEN, limits: { perToken: { max: 50, perMs: 1000 } } },
    {
      fetch: async (url) => {
        asked.push(String(url));
        return Response.json(
          { error: { type: 'PUBLIC_API_BILLING_LIMIT_EXCEEDED', message: 'spent' } },
          { status: 429 },
        );
      },
      windows: createMemoryWindows(),
      months: createMemoryState(createVirtualClock()).months,
      clock: createVirtualClock(),
      random: () => 0,
    },
  );
  const describeIn = (base: string) =>
    connection.connector(base).describe({ ...source, location: { ...source.location, base } });
  await expect(describeIn('appAAAAAAAAAAAAAA')).rejects.toMatchObject({ code: 'quota-exhausted' });
  await expect(describeIn('appBBBBBBBBBBBBBB')).rejects.toMatchObject({
    code: 'quota-exhausted',
    details: { sent: false },
  });
  expect(asked).toHaveLength(1);
});
