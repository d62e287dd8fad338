import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAirtableConnector } from '../../src/connectors/airtable/index.js';
import { shareConnection } from '../../src/connectors/connection.js';
import { createNotionConnector } from '../../src/connectors/notion/index.js';
import { createTransport, type Transport, type WireRequest } from '../../src/connectors/transport.js';
import { asTandemError, TandemError } from '../../src/errors.js';
import type { Connector, Outcome, Write } from '../../src/ports.js';
import { createPlainWindows } from '../support/plain-windows.js';
import { createVirtualClock } from '../support/virtual-clock.js';

const DEADLINE = 65_000;

type Tool = (arrival: number) => Response | 'hang';

/** A transport to a tool that answers by the number of the request, and when each request came. */
function lineTo(tool: Tool) {
  const clock = createVirtualClock();
  const begun = clock.now();
  const arrivals: number[] = [];
  const transport = createTransport({
    connection: shareConnection('our airtable'),
    // Heeds no signal: a request that hangs hangs for good.
    fetch: () => {
      const answer = tool(arrivals.push(clock.now() - begun));
      return answer === 'hang' ? new Promise(() => undefined) : Promise.resolve(answer);
    },
    windows: createPlainWindows(),
    limits: [],
    clock,
    random: () => 0.5,
    deadlineMs: DEADLINE,
    maxWaitMs: 120_000,
    defaultPauseMs: 30_000,
  });
  return { transport, clock, arrivals, elapsed: () => clock.now() - begun };
}

const read: WireRequest = { method: 'GET', url: 'https://tool.test/row', headers: {}, kind: 'read', repeatable: true };
const create: WireRequest = { ...read, method: 'POST', kind: 'write', repeatable: false };

const status = (code: number, body: unknown = {}) => Response.json(body, { status: code });

/** The status of an answer, or the code of the error there was instead. */
const ask = (transport: Transport, request: WireRequest = read): Promise<number | string> =>
  transport.send(request).then(
    (answer) => answer.status,
    (thrown: unknown) => asTandemError(thrown).code,
  );

const columns = [{ id: 'fldName', name: 'Name', type: 'rich_text', writable: true }];
const schema = { id: 'table', title: 'Partners', url: 'https://tool.test/table', properties: columns };
const writes: readonly Write[] = Array.from({ length: 300 }, (_, index) => ({
  kind: 'update',
  rowId: `row-${index}`,
  cells: new Map([['fldName', { kind: 'text', text: 'x' }]]),
}));

async function outcomesOf(connector: Connector, type: 'notion' | 'airtable'): Promise<readonly Outcome[]> {
  const location = type === 'notion' ? ({ type, id: 'x' } as const) : ({ type, base: 'app', table: 'tbl' } as const);
  const source = { entity: 'kpis', connection: type, location, fields: {}, manages: {} } as const;
  const shape = type === 'notion' ? schema : { ...schema, properties: [{ ...columns[0]!, type: 'singleLineText' }] };
  const outcomes: Outcome[] = [];
  for await (const { index, outcome } of connector.apply(source, shape, writes)) outcomes[index] = outcome;
  return outcomes;
}

describe('300 writes to a tool that never answers', () => {
  it.each([
    { type: 'notion' as const, rows: 1, connect: createNotionConnector },
    { type: 'airtable' as const, rows: 10, connect: createAirtableConnector },
  ])(
    '$type: a few are tried, and said to be unknown; the rest was certainly not sent',
    async ({ type, rows, connect }) => {
      const line = lineTo(() => 'hang');
      const outcomes = await outcomesOf(connect({ token: 'token_sandbox', transport: line.transport }), type);
      expect(outcomes).toHaveLength(300);
      expect(line.arrivals.length).toBeLessThanOrEqual(6);
      expect(line.elapsed()).toBeLessThanOrEqual(3 * DEADLINE + 2_000);
      const unknown = outcomes.filter((outcome) => outcome.kind === 'unknown');
      expect(unknown.length).toBeGreaterThan(0);
      expect(unknown.length).toBeLessThanOrEqual(rows * line.arrivals.length);
      for (const outcome of outcomes) {
        if (outcome.kind !== 'failed') continue;
        expect(outcome.error).toMatchObject({ code: 'upstream-down', help: { exit: 6 }, details: { sent: false } });
        expect(outcome.error.message).toContain('"our airtable"');
      }
      expect(outcomes.filter((outcome) => outcome.kind === 'failed')).toHaveLength(300 - unknown.length);
    },
  );
});

describe('a tool that fails at once', () => {
  it('is asked twenty times, then left alone for half a minute, then asked once', async () => {
    let well = false;
    const line = lineTo(() => status(well ? 200 : 503));
    const told: (number | string)[] = [];
    for (let call = 0; call < 100; call += 1) told.push(await ask(line.transport, create));
    expect(told).toEqual([...Array(20).fill(503), ...Array(80).fill('upstream-down')]);

    await line.clock.sleep(30_000);
    expect(await Promise.all([ask(line.transport, create), ask(line.transport, create)])).toEqual([
      503,
      'upstream-down',
    ]);
    expect(await ask(line.transport, create)).toBe('upstream-down');
    expect(line.arrivals).toHaveLength(21);

    well = true;
    await line.clock.sleep(30_000);
    expect(await ask(line.transport)).toBe(200);
    expect(await Promise.all(Array.from({ length: 30 }, () => ask(line.transport)))).toEqual(Array(30).fill(200));
  });

  it('that nobody was let through to ask keeps nobody out: an interrupted read gives its place back', async () => {
    const line = lineTo((arrival) => (arrival === 21 ? 'hang' : status(arrival > 21 ? 200 : 503)));
    for (let call = 0; call < 20; call += 1) await ask(line.transport, create);
    await line.clock.sleep(30_000);
    const stop = new AbortController();
    const interrupted = line.transport.send(read, stop.signal).catch((thrown: unknown) => asTandemError(thrown).code);
    void line.clock.sleep(1_000).then(() => stop.abort());
    expect(await interrupted).toBe('aborted');
    expect(await ask(line.transport)).toBe(200);
  });
});

describe('what does not make a tool be left alone', () => {
  it.each([
    { name: 'being slowed down', answer: () => status(429, {}) },
    { name: 'refusals', answer: () => status(404) },
    { name: 'a page asked for in too large a piece', answer: () => status(503, { guidance: ['Reduce page_size'] }) },
    { name: 'a write that was saved', answer: () => status(503, { additional_data: { committed_resource_id: 'x' } }) },
    { name: 'one table of several that fails', answer: (n: number) => status(n % 4 === 0 ? 200 : 500) },
  ])('$name', async ({ answer }) => {
    const line = lineTo(answer);
    for (let call = 0; call < 60; call += 1) expect(await ask(line.transport, create)).not.toBe('upstream-down');
  });
});

describe('retries', () => {
  it('are a tenth of the calls and ten at most, whatever fails when', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { minLength: 400, maxLength: 400 }), async (fails) => {
        const line = lineTo((arrival) => status(fails[arrival % fails.length] === true ? 500 : 200));
        let calls = 0;
        for (; calls < 150; calls += 1) await ask(line.transport);
        expect(line.transport.counts().retries).toBeLessThanOrEqual(10 + calls / 10);
        expect(line.arrivals.length).toBe(calls + line.transport.counts().retries);
      }),
      { numRuns: 25 },
    );
  });

  it.each([429, 409])('after a %i are not counted: the tool is well and says what is the matter', async (code) => {
    const line = lineTo((arrival) => status(arrival % 2 === 1 ? code : 200));
    for (let call = 0; call < 40; call += 1) expect(await ask(line.transport)).toBe(200);
  });
});

it('a connection that was ended sends nothing more, and says why', async () => {
  const line = lineTo(() => status(200));
  line.transport.halt(new TandemError('quota-exhausted', 'The month is spent.', { status: 429, sent: true }));
  const refused = await line.transport.send(read).catch(asTandemError);
  expect(refused).toMatchObject({ code: 'quota-exhausted', details: { sent: false } });
  expect(line.arrivals).toEqual([]);
});
