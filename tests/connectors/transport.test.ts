import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { shareConnection } from '../../src/connectors/connection.js';
import {
  createTransport,
  retryAfterMs,
  type TransportOptions,
  type WireRequest,
} from '../../src/connectors/transport.js';
import { TandemError } from '../../src/errors.js';
import type { RateWindows } from '../../src/ports.js';
import { createMemoryWindows } from '../../src/state/memory.js';
import { createPlainWindows } from '../support/plain-windows.js';
import { type Step, scriptFetch } from '../support/scripted-fetch.js';
import { createVirtualClock } from '../support/virtual-clock.js';

const TOKEN = 'ntn_sandbox_canary';
const LIMIT = { key: 'notion:test', max: 180, perMs: 60_000 };
const START = Date.UTC(2026, 2, 2);
const request = (over: Partial<WireRequest> = {}): WireRequest => ({
  method: 'GET',
  url: 'https://api.example.com/v1/rows?cursor=secret-cursor',
  headers: { authorization: `Bearer ${TOKEN}` },
  kind: 'read',
  repeatable: true,
  ...over,
});
const read = request();
const update = request({ method: 'PATCH', kind: 'write', body: '{}' });
const create = request({ method: 'POST', kind: 'write', repeatable: false, body: '{}' });

function setup(steps: readonly Step[], over: Partial<TransportOptions> = {}, waits: readonly number[] = []) {
  const clock = createVirtualClock(START);
  const windows = createPlainWindows(waits);
  const script = scriptFetch(steps, clock.now);
  const transport = createTransport({
    connection: shareConnection('tool'),
    fetch: script.fetch,
    windows,
    limits: [LIMIT],
    clock,
    random: () => 0.5,
    deadlineMs: 60_000,
    maxWaitMs: 120_000,
    defaultPauseMs: 30_000,
    ...over,
  });
  return { clock, windows, script, transport };
}

const failure = async (promise: Promise<unknown>): Promise<TandemError> => {
  const thrown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(thrown instanceof TandemError)) throw new Error(`expected a TandemError, got ${inspect(thrown)}`);
  return thrown;
};

const socketError = (code: string) =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
const ok: Step = { answer: { ok: true } };

describe('what is repeated', () => {
  test.each([
    { name: 'read, 500', request: read, step: { status: 500 }, repeated: true },
    { name: 'read, 502', request: read, step: { status: 502 }, repeated: true },
    { name: 'read, 503', request: read, step: { status: 503 }, repeated: true },
    { name: 'read, 504', request: read, step: { status: 504 }, repeated: true },
    { name: 'read, 529', request: read, step: { status: 529 }, repeated: true },
    { name: 'read, 409', request: read, step: { status: 409 }, repeated: true },
    { name: 'read, 429', request: read, step: { status: 429 }, repeated: true },
    { name: 'read, 404', request: read, step: { status: 404 }, repeated: false },
    { name: 'update, 503', request: update, step: { status: 503 }, repeated: true },
    { name: 'update, 400', request: update, step: { status: 400 }, repeated: false },
    { name: 'create, 409: nothing was saved', request: create, step: { status: 409 }, repeated: true },
    { name: 'create, 429: nothing was saved', request: create, step: { status: 429 }, repeated: true },
    { name: 'create, 500', request: create, step: { status: 500 }, repeated: false },
    { name: 'create, 502', request: create, step: { status: 502 }, repeated: false },
    { name: 'create, 503', request: create, step: { status: 503 }, repeated: false },
    { name: 'create, 504', request: create, step: { status: 504 }, repeated: false },
    { name: 'create, 529', request: create, step: { status: 529 }, repeated: false },
    {
      name: 'update, 503 that names the saved row',
      request: update,
      step: { status: 503, answer: { additional_data: { committed_resource_id: 'x' } } },
      repeated: false,
    },
    {
      name: 'read, 429 of a spent month',
      request: read,
      step: { status: 429, answer: { errors: [{ error: 'PUBLIC_API_BILLING_LIMIT_EXCEEDED' }] } },
      repeated: false,
    },
    {
      name: 'read, 429 of a blocked client',
      request: read,
      step: { status: 429, answer: { additional_data: { rate_limit_reason: 'public_api_request_blocked' } } },
      repeated: false,
    },
  ])('$name -> repeated: $repeated', async ({ request, step, repeated }) => {
    const { transport, script } = setup(repeated ? [step, ok] : [step]);
    const response = await transport.send(request);
    script.done();
    expect(response.status).toBe(repeated ? 200 : step.status);
    expect(response.earlier).toEqual(repeated ? [step.status] : []);
  });

  test('three attempts at most, then the last answer', async () => {
    const { transport, script } = setup([{ status: 500 }, { status: 502 }, { status: 503, answer: 'last' }]);
    const response = await transport.send(read);
    script.done();
    expect(response).toMatchObject({ status: 503, text: 'last', earlier: [500, 502] });
    expect(transport.counts()).toEqual({ reads: 3, writes: 0, retries: 2, throttled: 0 });
  });

  test('a read survives a reset connection and a deadline', async () => {
    const { transport, script } = setup([{ fail: socketError('ECONNRESET') }, { hang: true }, ok]);
    const response = await transport.send(read);
    script.done();
    expect(response).toMatchObject({ status: 200, earlier: ['no-answer', 'no-answer'] });
  });

  test('back-off is exponential with full jitter', async () => {
    const { transport, clock } = setup([{ status: 500 }, { status: 500 }, ok]);
    await transport.send(read);
    expect(clock.sleeps.filter((ms) => ms !== 60_000)).toEqual([250, 500]);
  });
});

describe('what a failure says', () => {
  test.each([
    { name: 'reset', step: { fail: socketError('ECONNRESET') }, sent: true },
    { name: 'closed without a word', step: { fail: socketError('UND_ERR_SOCKET') }, sent: true },
    { name: 'unexplained', step: { fail: new TypeError('fetch failed') }, sent: true },
    { name: 'no answer before the deadline', step: { hang: true }, sent: true },
    { name: 'connection refused', step: { fail: socketError('ECONNREFUSED') }, sent: false },
    { name: 'no such host', step: { fail: socketError('ENOTFOUND') }, sent: false },
    { name: 'expired certificate', step: { fail: socketError('CERT_HAS_EXPIRED') }, sent: false },
  ])('a create meets: $name -> once, sent: $sent', async ({ step, sent }) => {
    const { transport, script } = setup([step]);
    const error = await failure(transport.send(create));
    script.done();
    expect(error.code).toBe('network');
    expect(error.details).toMatchObject({ sent });
    expect(error.details.status).toBeUndefined();
  });

  test('doubt of an earlier attempt outlives a later certain one', async () => {
    const { transport } = setup([
      { fail: socketError('ECONNRESET') },
      { status: 429, headers: { 'retry-after': '500' } },
    ]);
    const error = await failure(transport.send(update));
    expect(error.code).toBe('rate-limited');
    expect(error.details.sent).toBe(true);
  });

  test('neither token nor query leaves in a message or a cause', async () => {
    const loud = new TypeError(`Headers.append: "Bearer ${TOKEN}" is an invalid header value.`);
    const { transport } = setup([{ fail: loud }]);
    const error = await failure(transport.send(create));
    const printed = inspect(error, { depth: 10 });
    expect(printed).toContain('api.example.com');
    expect(printed).not.toContain(TOKEN);
    expect(printed).not.toContain('secret-cursor');
  });
});

describe('being slowed down', () => {
  const at = (seconds: number) => new Date(START + seconds * 1000).toUTCString();

  test.each([
    { name: 'seconds', headers: { 'retry-after': '61' }, atLeast: 61_000 },
    { name: 'an HTTP date', headers: { 'retry-after': at(45) }, atLeast: 45_000 },
    {
      name: 'an HTTP date of a server whose clock is behind',
      headers: { 'retry-after': at(-555), date: at(-600) },
      atLeast: 45_000,
    },
    { name: 'no header', headers: {}, atLeast: 30_000 },
    { name: 'garbage', headers: { 'retry-after': 'soon' }, atLeast: 30_000 },
    { name: 'a negative number', headers: { 'retry-after': '-5' }, atLeast: 30_000 },
  ])('$name is waited for, never less', async ({ headers, atLeast }) => {
    const { transport, script, windows } = setup([{ status: 429, headers }, ok]);
    await transport.send(read);
    script.done();
    const waited = script.seen[1]!.at - script.seen[0]!.at;
    expect(waited).toBeGreaterThanOrEqual(atLeast);
    expect(waited).toBeLessThanOrEqual(atLeast + 1_000);
    expect(windows.pauses).toEqual([{ key: LIMIT.key, until: script.seen[1]!.at }]);
    expect(transport.counts()).toEqual({ reads: 2, writes: 0, retries: 1, throttled: 1 });
  });

  test('everyone pauses, also for a create that is not repeated', async () => {
    const { transport, windows } = setup([{ status: 529, headers: { 'retry-after': '10' } }]);
    await transport.send(create);
    expect(windows.pauses).toEqual([{ key: LIMIT.key, until: START + 10_500 }]);
  });

  test('a wait that is too long becomes an error that names it', async () => {
    const { transport, script, windows } = setup([{ status: 429, headers: { 'retry-after': '300' } }]);
    const error = await failure(transport.send(create));
    script.done();
    expect(error.code).toBe('rate-limited');
    expect(error.details).toEqual({ waitMs: 300_500, sent: false });
    expect(windows.pauses).toHaveLength(1);
  });

  test('a pause others met is kept, too long a one is told, nothing is sent', async () => {
    const { transport, script } = setup([], {}, [5_000, 200_000]);
    const error = await failure(transport.send(read));
    script.done();
    expect(error).toMatchObject({ code: 'rate-limited', details: { waitMs: 200_000, sent: false } });
    expect(transport.counts().reads).toBe(0);
  });

  test('windows that fail after the answer do not lose it', async () => {
    const windows = createPlainWindows();
    const broken = {
      ...windows,
      settle: () => Promise.reject(new Error('gone')),
      pause: () => Promise.reject(new Error('gone')),
    };
    const { transport, script } = setup([{ status: 429, headers: { 'retry-after': '7' } }, ok], { windows: broken });
    await transport.send(create);
    expect(script.seen[1]!.at - script.seen[0]!.at).toBeGreaterThanOrEqual(7_000);
  });
});

describe('slots', () => {
  test('each attempt takes one; it settles at the answer, and at the deadline when there is none', async () => {
    const { transport, windows } = setup([{ fail: socketError('ECONNRESET') }, ok]);
    await transport.send(read);
    expect(windows.taken).toHaveLength(2);
    expect(windows.settled.map((slot) => slot.slot)).toEqual(windows.taken.map((slot) => slot.slot));
    expect(windows.settled.map((slot) => slot.at)).toEqual([windows.taken[0]!.deadline, windows.taken[1]!.at]);
  });

  test('callers for whom there is none stand in line: served in order, only the first of them asks', async () => {
    const memory = createMemoryWindows();
    let asked = 0;
    const windows: RateWindows = {
      ...memory,
      take: (...args) => {
        asked += 1;
        return memory.take(...args);
      },
    };
    const limits = [{ key: 'tool', max: 4, perMs: 1000 }];
    const { transport, clock, script } = setup(Array(20).fill(ok), { windows, limits });
    const served: number[] = [];
    const send = (n: number) => transport.send(read).then(() => void served.push(n));
    const first = Array.from({ length: 6 }, (_, n) => send(n));
    await Promise.all(first.slice(0, 4));
    await Promise.all([...first, ...Array.from({ length: 14 }, (_, n) => send(6 + n))]);
    expect(served).toEqual(Array.from({ length: 20 }, (_, n) => n));
    // Four a second, not one of which goes by unused; whoever waits asks before and after, once more for the first two.
    expect(script.seen.map(({ at }) => Math.floor((at - START) / 1000))).toEqual(
      Array.from({ length: 20 }, (_, n) => Math.floor(n / 4)),
    );
    expect(clock.now() - START).toBeLessThan(4100);
    expect(asked).toBeLessThanOrEqual(20 + 16 + 2);
  });
});

describe('stopping', () => {
  test('an aborted signal stops before the request is sent', async () => {
    const { transport, script } = setup([]);
    const error = await failure(transport.send(create, AbortSignal.abort()));
    script.done();
    expect(error).toMatchObject({ code: 'aborted', details: { sent: false } });
  });

  test('a signal during the wait for a slot', async () => {
    const stop = new AbortController();
    const { transport, script, clock } = setup([], {}, [50_000]);
    void clock.sleep(10_000).then(() => stop.abort());
    const error = await failure(transport.send(create, stop.signal));
    script.done();
    expect(error).toMatchObject({ code: 'aborted', details: { sent: false } });
    expect(clock.now()).toBe(START + 10_000);
  });

  test('a write on its way is waited for', async () => {
    const stop = new AbortController();
    const { transport, script } = setup([{ before: () => stop.abort(), status: 201 }]);
    const response = await transport.send(create, stop.signal);
    script.done();
    expect(response.status).toBe(201);
  });

  test('a read on its way is not', async () => {
    const stop = new AbortController();
    const { transport, script } = setup([{ before: () => stop.abort(), hang: true }]);
    const pending = failure(transport.send(read, stop.signal));
    const error = await pending;
    script.done();
    expect(error.code).toBe('aborted');
  });

  test('doubt about the first attempt is kept when stopped before the second', async () => {
    const stop = new AbortController();
    const { transport, clock } = setup([{ fail: socketError('ECONNRESET'), before: () => stop.abort() }]);
    const error = await failure(transport.send(update, stop.signal));
    expect(error).toMatchObject({ code: 'aborted', details: { sent: true } });
    expect(clock.now()).toBeLessThan(START + 60_000);
  });
});

describe('over a real socket', () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  const serve = async (handler: Parameters<typeof createServer>[1]): Promise<string> => {
    server = createServer(handler);
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/x`;
  };
  const real = { now: Date.now, sleep: (ms: number, signal?: AbortSignal) => sleepFor(ms, signal) };
  const sleepFor = (ms: number, signal?: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const timer = setTimeout(resolve, ms);
      signal?.addEventListener('abort', () => {
        clearTimeout(timer);
        reject(signal.reason);
      });
    });

  test('a redirect is refused and the token goes nowhere else', async () => {
    const asked: string[] = [];
    const url = await serve((incoming, answer) => {
      asked.push(incoming.url ?? '');
      answer.writeHead(302, { location: '/elsewhere' }).end();
    });
    const { transport } = setup([], { fetch, clock: real });
    const error = await failure(transport.send({ ...read, url }));
    expect(error).toMatchObject({ code: 'upstream-invalid-response', details: { sent: true } });
    expect(asked).toEqual(['/v1/x']);
  });

  test('a body beyond the cap is cut off while it streams', async () => {
    let written = 0;
    const url = await serve((_, answer) => {
      const chunk = Buffer.alloc(1024 * 1024, 0x20);
      const more = () => {
        while (written < 200 && !answer.destroyed) {
          written += 1;
          if (!answer.write(chunk)) return void answer.once('drain', more);
        }
        answer.end();
      };
      more();
    });
    const { transport } = setup([], { fetch, clock: real });
    const error = await failure(transport.send({ ...read, url }));
    expect(error).toMatchObject({ code: 'upstream-invalid-response' });
    expect(error.message).toContain('20 MB');
    expect(written).toBeLessThan(200);
  });

  test('the deadline covers the body, and a body cut short is no answer', async () => {
    let calls = 0;
    const url = await serve((_, answer) => {
      calls += 1;
      answer.writeHead(200, { 'content-length': '100' });
      answer.write('{"half":');
      if (calls > 1) answer.destroy();
    });
    const { transport } = setup([], { fetch, clock: real, deadlineMs: 100, random: () => 0 });
    const error = await failure(transport.send({ ...read, url }));
    expect(error).toMatchObject({ code: 'network', details: { sent: true } });
    expect(calls).toBe(3);
  });

  test('a refused connection was never sent', async () => {
    const url = await serve(() => undefined);
    await new Promise((resolve) => server?.close(resolve));
    const { transport } = setup([], { fetch, clock: real });
    const error = await failure(transport.send({ ...create, url }));
    expect(error).toMatchObject({ code: 'network', details: { sent: false } });
    expect(error.message).toContain('ECONNREFUSED');
  });
});

test.each([
  ['0', 0],
  ['1.5', 1500],
  ['', undefined],
  ['2026', 2_026_000],
  ['Mon, 02 Mar 2026 00:00:10 GMT', 10_000],
  ['Sun, 01 Mar 2026 00:00:10 GMT', undefined],
])('Retry-After %j is %j ms', (value, expected) => {
  expect(retryAfterMs({ 'retry-after': value }, START)).toBe(expected);
});
