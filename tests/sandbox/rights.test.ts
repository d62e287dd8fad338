/** What a connection of Notion and a token of Airtable are allowed to do, and windows that begin anywhere. */
import { describe, expect, it } from 'vitest';
import { createSandbox } from '../../src/sandbox/index.js';
import { BASE, DEALS } from './airtable-world.js';
import { answered, openFaults, statusOf } from './fault-world.js';
import { NEWEST, workspace as notion, PARTNERS, TOKEN } from './notion-world.js';

describe('a connection of Notion', () => {
  it.each([
    [
      ['read', 'update', 'insert'],
      [200, 200, 200],
    ],
    [
      ['read', 'update'],
      [200, 200, 403],
    ],
    [
      ['read', 'insert'],
      [200, 403, 200],
    ],
    [
      ['update', 'insert'],
      [403, 200, 200],
    ],
    [[], [403, 403, 403]],
  ] as const)('that may %j reads, updates and creates accordingly', async (capabilities, statuses) => {
    const world = openFaults({});
    world.notion.allow(capabilities);
    const outcomes = [await world.query(), await world.patch('NEW'), await world.create('MADE')];
    expect(outcomes.map(statusOf)).toEqual(statuses);
    for (const outcome of outcomes.filter((one) => statusOf(one) === 403)) {
      expect(answered(outcome).json).toMatchObject({
        code: 'restricted_resource',
        message: 'Insufficient permissions for this endpoint.',
      });
    }
    expect(statusOf(await world.me())).toBe(200);
  });
});

describe('a token of Airtable', () => {
  const all = ['data.records:read', 'data.records:write', 'schema.bases:read', 'webhook:manage'] as const;
  it.each([
    ['data.records:read', [403, 200, 200, 200]],
    ['data.records:write', [200, 403, 200, 200]],
    ['schema.bases:read', [200, 200, 403, 200]],
    ['webhook:manage', [200, 200, 200, 403]],
  ] as const)('without %s', async (scope, statuses) => {
    const world = openFaults({});
    world.airtable.allow(all.filter((known) => known !== scope));
    const outcomes = [
      await world.list(),
      await world.retitle('New'),
      await world.send('GET', `/v0/meta/bases/${BASE}/tables`),
      await world.send('GET', `/v0/bases/${BASE}/webhooks`),
    ];
    expect(outcomes.map(statusOf)).toEqual(statuses);
    expect(answered(await world.send('GET', '/v0/meta/whoami')).json).toMatchObject({
      scopes: all.filter((known) => known !== scope),
    });
  });
});

describe('a right that is taken away by a script', () => {
  it.each([
    ['read', [403, 200, 200], [403, 200]],
    ['update', [200, 403, 200], [200, 403]],
    ['insert', [200, 200, 403], [200, 403]],
  ] as const)('to %s comes back', async (what, inNotion, inAirtable) => {
    const revoked = { kind: 'revoked', what, for: 60 } as const;
    const world = openFaults({
      rules: [
        { on: 'notion.users.me', fault: revoked },
        { on: 'airtable.whoami', fault: revoked },
      ],
    });
    await world.me();
    await world.send('GET', '/v0/meta/whoami');
    const all = async () =>
      [
        await world.query(),
        await world.patch('NEW'),
        await world.create('MADE'),
        await world.list(),
        await world.retitle('New'),
      ].map(statusOf);
    expect(await all()).toEqual([...inNotion, ...inAirtable]);
    await world.clock.advance(60_000);
    expect(await all()).toEqual([200, 200, 200, 200, 200]);
  });
});

describe('a window', () => {
  it('begins where it is put and is as long as it is made', async () => {
    let now = 10_000;
    const window = { ms: 1_000, phaseMs: 250 };
    const sandbox = createSandbox({ notion: notion() }, { now: () => now, requestsPerMinute: 2, window });
    const ask = async () => {
      const headers = { authorization: `Bearer ${TOKEN}`, 'notion-version': NEWEST };
      return (await sandbox.fetch(`http://x/v1/data_sources/${PARTNERS}`, { headers })).status;
    };
    const at = async (ms: number, times: number) => {
      now = ms;
      const seen: number[] = [];
      for (let n = 0; n < times; n += 1) seen.push(await ask());
      return seen;
    };
    expect(await at(10_249, 3)).toEqual([200, 200, 429]);
    expect(await at(10_250, 3)).toEqual([200, 200, 429]);
    expect(await at(11_249, 1)).toEqual([429]);
    expect(await at(11_250, 1)).toEqual([200]);
  });
});

it('knows what a table is called', () => {
  const { airtable } = openFaults({});
  expect(airtable.columns(BASE, DEALS)).toEqual(['Title', 'Partner', 'Value', 'Partner tier']);
});
