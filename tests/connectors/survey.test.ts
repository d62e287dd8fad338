import { afterEach, describe, expect, it } from 'vitest';
import { openConnection } from '../../src/connectors/index.js';
import type { Fault } from '../../src/sandbox/context.js';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { buildEnglish, ENGLISH_AIRTABLE_TOKEN, ENGLISH_NOTION_TOKEN } from '../../src/sandbox/samples/english.js';
import { createMemoryState } from '../../src/state/memory.js';
import { createVirtualClock } from '../support/virtual-clock.js';

const TOKENS = { notion: ENGLISH_NOTION_TOKEN, airtable: ENGLISH_AIRTABLE_TOKEN };

let sandbox: Sandbox;
afterEach(() => {
  sandbox.context.interceptor = undefined;
});

function surveyorOf(type: 'notion' | 'airtable', token = TOKENS[type]) {
  const clock = createVirtualClock(Date.UTC(2026, 10, 23));
  sandbox = createSandbox(buildEnglish('2026-11-23'), { now: clock.now, enforceRates: false });
  const state = createMemoryState(clock);
  const limits = { perToken: { max: 600, perMs: 60_000 } };
  const dependencies = { ...state, fetch: sandbox.fetch, clock, random: () => 0.5 };
  return openConnection({ name: type, type, token, limits }, dependencies).surveyor;
}

const refusing = (path: RegExp, body: object, status = 403): void => {
  const fault: Fault = { kind: 'answer', status, body };
  sandbox.context.interceptor = (request) => (path.test(`${request.method} ${request.path}`) ? fault : undefined);
};
const restricted = { object: 'error', status: 403, code: 'restricted_resource', message: 'Insufficient permissions' };

const nowhere = { type: 'notion', id: 'x' } as const;
const base = { type: 'airtable', base: 'appFGxqeNcFJdjVye', table: 'KPIs' } as const;

describe('Notion', () => {
  it('tells whose token it is, and every data source it sees', async () => {
    const surveyor = surveyorOf('notion');
    expect(await surveyor.account()).toEqual({ name: 'Tandem', workspace: 'Harbor Partners' });
    const tables = await surveyor.tables();
    expect(tables.map(({ title }) => title)).toEqual(expect.arrayContaining(['Partners', 'Milestones', 'Reviews']));
    expect(tables[0]?.location).toEqual({ type: 'notion', id: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  });

  it.each([
    { missing: 'nothing', path: /^never/, states: ['granted', 'granted', 'granted'] },
    { missing: 'insert', path: /^POST \/v1\/pages$/, states: ['missing', 'granted', 'granted'] },
    { missing: 'update', path: /^PATCH/, states: ['granted', 'missing', 'granted'] },
    { missing: 'people', path: /^GET \/v1\/users/, states: ['granted', 'granted', 'missing'] },
  ])('of a connection without $missing knows it, and has changed nothing to find out', async ({ path, states }) => {
    const surveyor = surveyorOf('notion');
    refusing(path, restricted);
    const grants = await surveyor.grants(nowhere);
    expect(grants.map(({ right }) => right)).toEqual(['insert', 'update', 'people']);
    expect(grants.map(({ state }) => state)).toEqual(states);
    expect(sandbox.context.changes).toEqual([]);
  });

  it('does not know what a tool that fails would have said', async () => {
    const surveyor = surveyorOf('notion');
    refusing(/^PATCH/, { object: 'error', status: 500, code: 'internal_server_error', message: 'sorry' }, 500);
    expect((await surveyor.grants(nowhere)).find(({ right }) => right === 'update')?.state).toBe('unknown');
  });
});

describe('Airtable', () => {
  it('tells whose token it is, and every table it sees with its base', async () => {
    const surveyor = surveyorOf('airtable');
    expect(await surveyor.account()).toEqual({ name: 'tandem@example.com' });
    const tables = await surveyor.tables();
    expect(tables.map(({ title }) => title)).toEqual(['KPIs', 'Readings', 'Agreements']);
    expect(tables[0]).toMatchObject({ within: 'Partner numbers', location: { type: 'airtable', base: base.base } });
  });

  it.each([
    { name: 'scope and role', whoami: { scopes: ['data.records:write'] }, role: 'edit', state: 'granted' },
    { name: 'no scope to write', whoami: { scopes: ['data.records:read'] }, role: 'owner', state: 'missing' },
    {
      name: 'a role that only comments',
      whoami: { scopes: ['data.records:write'] },
      role: 'comment',
      state: 'missing',
    },
    { name: 'a token that does not tell its scopes', whoami: {}, role: 'create', state: 'unknown' },
    {
      name: 'a base that is not listed',
      whoami: { scopes: ['data.records:write'] },
      role: undefined,
      state: 'unknown',
    },
  ])('$name: $state', async ({ whoami, role, state }) => {
    const surveyor = surveyorOf('airtable');
    const answers: Readonly<Record<string, object>> = {
      '/v0/meta/whoami': { id: 'usr1', ...whoami },
      '/v0/meta/bases': { bases: role === undefined ? [] : [{ id: base.base, name: 'B', permissionLevel: role }] },
    };
    sandbox.context.interceptor = ({ path }) => {
      const body = answers[path];
      return body === undefined ? undefined : { kind: 'answer', status: 200, body };
    };
    const grants = await surveyor.grants(base);
    expect(grants.map((grant) => [grant.right, grant.state])).toEqual([
      ['insert', state],
      ['update', state],
    ]);
    expect(sandbox.context.changes).toEqual([]);
  });
});

it.each(['notion', 'airtable'] as const)('%s refuses a token it does not know', async (type) => {
  const surveyor = surveyorOf(type, 'a_token_nobody_has');
  await expect(surveyor.account()).rejects.toMatchObject({ code: 'auth-invalid-token' });
  await expect(surveyor.tables()).rejects.toMatchObject({ code: 'auth-invalid-token' });
});
