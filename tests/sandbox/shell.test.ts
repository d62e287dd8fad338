/** The shell of the sandbox: routing, the log, faults in process and on real sockets. */
import { EventEmitter, once as onceEmitted } from 'node:events';
import { Client } from '@notionhq/client';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Fault, Interceptor } from '../../src/sandbox/context.js';
import { createSandbox, type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/index.js';
import { isWrite } from '../../src/sandbox/shell.js';
import { TOKEN as AIRTABLE_TOKEN, workspace as airtable, BASE, DEALS } from './airtable-world.js';
import { NEWEST, workspace as notion, PARTNERS, partner, TOKEN } from './notion-world.js';

const both = () => ({ notion: notion(), airtable: airtable() });
const NOW = Date.parse('2026-11-02T03:00:00.000Z');

/** The same sandbox twice: called in process, and through a socket. */
const ways: readonly [string, (options?: SandboxOptions) => Promise<{ sandbox: Sandbox; send: typeof fetch }>][] = [
  [
    'in process',
    async (options) => {
      const sandbox = createSandbox(both(), { now: () => NOW, ...options });
      return { sandbox, send: (input, init) => sandbox.fetch(new URL(String(input), 'http://sandbox'), init) };
    },
  ],
  [
    'on a socket',
    async (options) => {
      const sandbox = await startSandbox(both(), { now: () => NOW, ...options });
      onTestFinished(() => sandbox.close());
      return { sandbox, send: (input, init) => fetch(new URL(String(input), sandbox.url), init) };
    },
  ],
];

const notionHeaders = { authorization: `Bearer ${TOKEN}`, 'notion-version': NEWEST };
const trash = (send: typeof fetch): Promise<Response> =>
  send(`/v1/pages/${partner(1)}`, { method: 'PATCH', headers: notionHeaders, body: '{"in_trash":true}' });
const trashed = (sandbox: Sandbox): boolean | undefined => sandbox.notion?.pages(PARTNERS)[0]?.inTrash;

const once =
  (fault: Fault): Interceptor =>
  ({ n }) =>
    n === 1 ? fault : undefined;

describe.each(ways)('%s', (_, open) => {
  it('serves both tools by path', async () => {
    const { send } = await open();
    const me = await send('/v1/users/me', { headers: notionHeaders });
    expect(await me.json()).toMatchObject({ object: 'user', name: 'Tandem' });
    const deals = await send(`/v0/${BASE}/${DEALS}`, { headers: { authorization: `Bearer ${AIRTABLE_TOKEN}` } });
    expect(await deals.json()).toMatchObject({ records: expect.any(Array) });
  });

  it('says at / where things are', async () => {
    const { send } = await open();
    const text = await (await send('/')).text();
    expect(text).toMatch(/Notion .*NOTION_TOKEN[\s\S]*Airtable .*AIRTABLE_TOKEN[\s\S]*_sandbox\/log/);
    expect(text).not.toContain(TOKEN);
    expect((await send('/elsewhere')).status).toBe(404);
  });

  it('logs every request with its body, and never the token', async () => {
    const { send, sandbox } = await open();
    await trash(send);
    await send('/v1/nowhere?a=b', { headers: notionHeaders });
    await send('/v1/search', { method: 'POST', headers: notionHeaders, body: '{"query"' });
    expect(sandbox.context.requests).toEqual([
      {
        at: NOW,
        tool: 'notion',
        operation: 'notion.pages.update',
        method: 'PATCH',
        path: `/v1/pages/${partner(1)}`,
        body: { in_trash: true },
        status: 200,
        write: true,
      },
      { at: NOW, tool: 'notion', method: 'GET', path: '/v1/nowhere?a=b', body: undefined, status: 400, write: false },
      {
        at: NOW,
        tool: 'notion',
        operation: 'notion.search',
        method: 'POST',
        path: '/v1/search',
        body: '{"query"',
        status: 400,
        write: false,
      },
    ]);
    const log = await (await send('/_sandbox/log')).text();
    expect(JSON.parse(log)).toMatchObject({ requests: [{}, {}, {}], changes: [{ property: '(trashed)', by: 'api' }] });
    expect(log).not.toContain(TOKEN);
  });

  it('answers in place of the tool', async () => {
    const fault: Fault = {
      kind: 'answer',
      status: 503,
      headers: { 'retry-after': '7' },
      body: { code: 'service_unavailable' },
    };
    const { send, sandbox } = await open({ interceptor: once(fault) });
    const answer = await trash(send);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '7']);
    expect(await answer.json()).toEqual({ code: 'service_unavailable' });
    expect(trashed(sandbox)).toBe(false);
    expect(sandbox.context.requests).toMatchObject([{ status: 503, write: true }]);
    expect((await trash(send)).status).toBe(200);
  });

  it('dates every answer by its own clock', async () => {
    const { send } = await open();
    for (const path of ['/v1/users/me', `/v0/${BASE}/${DEALS}`]) {
      expect((await send(path)).headers.get('date')).toBe('Mon, 02 Nov 2026 03:00:00 GMT');
    }
  });

  it('sends a text as it is', async () => {
    const fault: Fault = { kind: 'answer', status: 502, body: '<html>Bad gateway</html>' };
    const { send } = await open({ interceptor: once(fault) });
    expect(await (await trash(send)).text()).toBe('<html>Bad gateway</html>');
  });

  it('applies a write and answers something else', async () => {
    const fault: Fault = { kind: 'apply-then-answer', status: 504, body: { code: 'gateway_timeout' } };
    const { send, sandbox } = await open({ interceptor: once(fault) });
    expect((await trash(send)).status).toBe(504);
    expect(trashed(sandbox)).toBe(true);
  });

  it.each<[Fault['kind'], boolean]>([
    ['drop', false],
    ['apply-then-drop', true],
  ])('%s closes the connection', async (kind, applied) => {
    const interceptor = once(kind === 'drop' ? { kind } : { kind: 'apply-then-drop' });
    const { send, sandbox } = await open({ interceptor });
    await expect(trash(send)).rejects.toThrow(new TypeError('fetch failed'));
    expect(trashed(sandbox)).toBe(applied);
    expect(sandbox.context.requests).toMatchObject([{ status: 0, write: true }]);
    expect((await trash(send)).status).toBe(200);
  });

  it('shows the interceptor each request, counted by tool', async () => {
    const seen: unknown[] = [];
    const { send, sandbox } = await open();
    sandbox.context.interceptor = (request) => {
      seen.push(request);
      return undefined;
    };
    await send('/v1/users/me', { headers: notionHeaders });
    await send(`/v0/${BASE}/${DEALS}`);
    await trash(send);
    await send('/');
    expect(seen).toMatchObject([
      { n: 1, tool: 'notion', method: 'GET', path: '/v1/users/me', write: false },
      { n: 1, tool: 'airtable', path: `/v0/${BASE}/${DEALS}`, write: false },
      { n: 2, tool: 'notion', method: 'PATCH', body: { in_trash: true }, write: true },
    ]);
  });

  it('gives up when the caller does, and serves the request all the same', async () => {
    const gate = new EventEmitter();
    const reached = onceEmitted(gate, 'reached');
    const controller = new AbortController();
    const { send, sandbox } = await open({
      interceptor: async () => {
        gate.emit('reached');
        await onceEmitted(gate, 'release');
        return undefined;
      },
    });
    const request = send(`/v1/pages/${partner(1)}`, {
      method: 'PATCH',
      headers: notionHeaders,
      body: '{"in_trash":true}',
      signal: controller.signal,
    });
    await reached;
    controller.abort();
    await expect(request).rejects.toThrow(/abort/i);
    expect(trashed(sandbox)).toBe(false);
    gate.emit('release');
    while (sandbox.context.requests.length === 0) await new Promise(setImmediate);
    expect(trashed(sandbox)).toBe(true);
  });
});

it.each([
  ['GET', '/v1/pages/x', false],
  ['POST', '/v1/pages', true],
  ['PATCH', '/v1/pages/x', true],
  ['PATCH', '/v1/blocks/x/children', true],
  ['DELETE', '/v1/blocks/x', true],
  ['POST', '/v1/data_sources/x/query', false],
  ['POST', '/v1/databases/x/query', false],
  ['POST', '/v1/search', false],
  ['POST', '/v0/app/tbl', true],
  ['PUT', '/v0/app/tbl', true],
  ['PATCH', '/v0/app/tbl', true],
  ['DELETE', '/v0/app/tbl', true],
  ['POST', '/v0/app/tbl/listRecords', false],
])('%s %s is a write: %s', (method, path, write) => {
  expect(isWrite(method, path)).toBe(write);
});

describe('the sandbox', () => {
  it('serves the official client without a socket', async () => {
    const sandbox = createSandbox({ notion: notion() });
    const client = new Client({
      auth: TOKEN,
      notionVersion: NEWEST,
      fetch: (url, init) => {
        const { agent: _, ...plain } = init ?? {};
        return sandbox.fetch(url, plain);
      },
    });
    expect(await client.users.me({})).toMatchObject({ name: 'Tandem' });
  });

  it('listens on the loopback address only, and stops', async () => {
    const sandbox = await startSandbox({ notion: notion() });
    expect(new URL(sandbox.url).hostname).toBe('127.0.0.1');
    await sandbox.close();
    await expect(fetch(sandbox.url)).rejects.toThrow('fetch failed');
  });

  it('takes the port it is given, or says that it cannot', async () => {
    const first = await startSandbox({});
    onTestFinished(() => first.close());
    const port = Number(new URL(first.url).port);
    await expect(startSandbox({}, { port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('serves only the tools of its workspace', async () => {
    const sandbox = createSandbox({ notion: notion() });
    expect((await sandbox.fetch(`http://sandbox/v0/${BASE}/${DEALS}`)).status).toBe(404);
    expect(sandbox.airtable).toBeUndefined();
  });

  it('enforces rates unless told otherwise', async () => {
    const strict = createSandbox({ notion: notion() }, { requestsPerMinute: 0 });
    const lenient = createSandbox({ notion: notion() }, { requestsPerMinute: 0, enforceRates: false });
    const ask = async (sandbox: Sandbox) =>
      (await sandbox.fetch('http://sandbox/v1/users/me', { headers: notionHeaders })).status;
    expect([await ask(strict), await ask(lenient)]).toEqual([429, 200]);
  });
});
