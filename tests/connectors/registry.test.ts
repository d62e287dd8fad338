import { expect, it } from 'vitest';
import { type ConnectionOptions, openConnector } from '../../src/connectors/index.js';
import type { RateLimit } from '../../src/ports.js';
import { createMemoryWindows } from '../../src/state/memory.js';
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
  const connector = openConnector(connection, base, {
    fetch: () => Promise.resolve(new Response('{}', { status: 401 })),
    windows: {
      ...windows,
      take: (limits, ...rest) => {
        seen.push(...limits);
        return windows.take(limits, ...rest);
      },
    },
    clock: createVirtualClock(),
    random: () => 0,
  });
  await connector.describe(source).catch(() => undefined);
  return seen;
}

const TOKEN = 'pat_sandbox_registry.0123456789';

it('counts Airtable per base and per token, and Notion per token, without a token in any key', async () => {
  const perToken = { max: 50, perMs: 1000 };
  const airtable = await limitsOf(
    { type: 'airtable', token: TOKEN, limits: { perToken, perBase: { max: 5, perMs: 1000 } } },
    'appAAAAAAAAAAAAAA',
  );
  expect(airtable.map(({ max }) => max)).toEqual([5, 50]);
  expect(airtable[0]?.key).toBe('airtable:base:appAAAAAAAAAAAAAA');
  expect(JSON.stringify(airtable)).not.toContain(TOKEN.slice(0, 12));
});
