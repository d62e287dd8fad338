/** Writing to Notion and what becomes of it, against a script of exact requests and answers. */
import { describe, expect, test } from 'vitest';
import { createNotionConnector } from '../../src/connectors/notion/index.js';
import type { Cell } from '../../src/domain/cells.js';
import type { Outcome, Write } from '../../src/ports.js';
import { openStill } from '../support/in-process.js';
import type { Step } from '../support/scripted-fetch.js';
import { connect, error, pageId, SOURCE, schema, source } from './notion-script.js';

describe('apply', () => {
  const score = (n: number, number = n): Write => ({
    kind: 'update',
    rowId: pageId(n),
    cells: new Map<string, Cell>([['num', { kind: 'number', number }]]),
  });
  const create: Write = { kind: 'create', cells: new Map([['title', { kind: 'text', text: '새 할 일' }]]) };
  const written = (n: number) => ({
    object: 'page',
    id: pageId(n),
    url: `https://notion.example/${n}`,
    properties: {},
  });
  const patched = (n: number): Step => ({ expect: `PATCH /v1/pages/${pageId(n)}`, answer: written(n) });
  const POST = 'POST /v1/pages';
  const reset = new TypeError('fetch failed', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) });
  const refused = new TypeError('fetch failed', { cause: Object.assign(new Error('no'), { code: 'ECONNREFUSED' }) });

  async function apply(steps: readonly Step[], writes: readonly Write[], signal?: AbortSignal) {
    const { connector, script } = connect(steps);
    const outcomes: Outcome[] = [];
    for await (const { index, outcome } of connector.apply(source, schema, writes, signal)) outcomes[index] = outcome;
    script.done();
    return { outcomes, script, counts: connector.calls() };
  }

  test('an update names only what changes; a create names its data source', async () => {
    const properties = { num: { number: 7 } };
    const parent = { type: 'data_source_id', data_source_id: SOURCE };
    const { outcomes, script } = await apply(
      [
        { expect: `PATCH /v1/pages/${pageId(1)}`, answer: written(1) },
        { expect: POST, answer: written(2) },
      ],
      [score(1, 7), create],
    );
    expect(script.seen.map((request) => request.body)).toEqual([
      { properties },
      { parent, properties: { title: { title: [{ text: { content: '새 할 일' } }] } } },
    ]);
    expect(outcomes).toEqual([
      { kind: 'done', rowId: pageId(1), url: 'https://notion.example/1' },
      { kind: 'done', rowId: pageId(2), url: 'https://notion.example/2' },
    ]);
  });

  const conflict = error(409, 'conflict_error', 'Conflict occurred while saving. Please try again.');
  const committed = error(503, 'service_unavailable', 'The change was saved, but ...', {
    additional_data: { committed_resource_id: pageId(9) },
  });
  const times = (n: number, step: Step): Step[] => Array.from({ length: n }, () => step);

  test.each<{ name: string; write: Write; steps: Step[]; outcome: unknown }>([
    {
      name: 'create, time-out',
      write: create,
      steps: [{ hang: true }],
      outcome: { kind: 'unknown', error: { code: 'network' } },
    },
    {
      name: 'create, reset',
      write: create,
      steps: [{ fail: reset }],
      outcome: { kind: 'unknown', error: { code: 'network' } },
    },
    {
      name: 'create, never sent',
      write: create,
      steps: [{ fail: refused }],
      outcome: { kind: 'failed', error: { code: 'network' } },
    },
    {
      name: 'create, 500',
      write: create,
      steps: [error(500, 'internal_server_error', 'Oops.')],
      outcome: { kind: 'unknown', error: { code: 'upstream-unavailable' } },
    },
    { name: 'create, 504', write: create, steps: [{ status: 504, answer: '<html>' }], outcome: { kind: 'unknown' } },
    {
      name: 'create, 529',
      write: create,
      steps: [error(529, 'service_overload', 'Busy.')],
      outcome: { kind: 'unknown' },
    },
    {
      name: 'create, an answer that is no page',
      write: create,
      steps: [{ answer: '<html>' }],
      outcome: { kind: 'unknown', error: { code: 'upstream-invalid-response' } },
    },
    {
      name: 'create, saved although 503',
      write: create,
      steps: [committed],
      outcome: { kind: 'done', rowId: pageId(9) },
    },
    {
      name: 'create, 409 then done',
      write: create,
      steps: [conflict, { answer: written(2) }],
      outcome: { kind: 'done', rowId: pageId(2) },
    },
    {
      name: 'create, 409 for ever',
      write: create,
      steps: times(3, conflict),
      outcome: { kind: 'failed', error: { code: 'upstream-conflict' } },
    },
    {
      name: 'create, 409 then no answer',
      write: create,
      steps: [conflict, { fail: reset }],
      outcome: { kind: 'unknown' },
    },
    {
      name: 'create, 400',
      write: create,
      steps: [error(400, 'validation_error', 'body failed validation')],
      outcome: { kind: 'failed', error: { code: 'write-refused' } },
    },
    {
      name: 'create, 403',
      write: create,
      steps: [error(403, 'restricted_resource', 'No.')],
      outcome: { kind: 'failed', error: { code: 'auth-forbidden' } },
    },
    {
      name: 'create, 404',
      write: create,
      steps: [error(404, 'object_not_found', 'No.')],
      outcome: { kind: 'failed', error: { code: 'source-not-found' } },
    },
    {
      name: 'create, 429 for ever',
      write: create,
      steps: times(3, error(429, 'rate_limited', 'Slow down.')),
      outcome: { kind: 'failed', error: { code: 'rate-limited' } },
    },
    {
      name: 'create, 429 with a long wait',
      write: create,
      steps: [{ ...error(429, 'rate_limited', 'x'), headers: { 'retry-after': '900' } }],
      outcome: { kind: 'failed', error: { code: 'rate-limited', details: { waitMs: 900_500 } } },
    },
    {
      name: 'update, 404',
      write: score(1),
      steps: [error(404, 'object_not_found', 'No.')],
      outcome: { kind: 'failed', error: { code: 'row-gone' } },
    },
    {
      name: 'update, row in the trash',
      write: score(1),
      steps: [error(400, 'validation_error', "Can't edit a page that is archived.")],
      outcome: { kind: 'failed', error: { code: 'row-gone' } },
    },
    {
      name: 'update, column gone',
      write: score(1),
      steps: [error(400, 'validation_error', 'Score is not a property that exists.')],
      outcome: { kind: 'failed', error: { code: 'write-refused' } },
    },
    {
      name: 'update, reset then done',
      write: score(1),
      steps: [{ fail: reset }, { answer: written(1) }],
      outcome: { kind: 'done', rowId: pageId(1) },
    },
    {
      name: 'update, reset for ever',
      write: score(1),
      steps: times(3, { fail: reset }),
      outcome: { kind: 'unknown', error: { code: 'network' } },
    },
    { name: 'update, 503 for ever', write: score(1), steps: times(3, { status: 503 }), outcome: { kind: 'unknown' } },
    {
      name: 'update, no answer and then refused',
      write: score(1),
      steps: [{ fail: reset }, error(400, 'validation_error', 'No.')],
      outcome: { kind: 'unknown' },
    },
  ])('$name', async ({ write, steps, outcome }) => {
    expect((await apply(steps, [write])).outcomes).toMatchObject([outcome]);
  });

  test.each<{ name: string; id: string; cell: Cell; code: string }>([
    { name: 'a computed column', id: 'frm', cell: { kind: 'number', number: 1 }, code: 'property-type' },
    { name: 'a column that is not there', id: 'nope', cell: { kind: 'number', number: 1 }, code: 'property-not-found' },
    { name: 'a cell of another kind', id: 'num', cell: { kind: 'text', text: 'x' }, code: 'internal' },
  ])('$name is never sent', async ({ id, cell, code }) => {
    const write: Write = { kind: 'update', rowId: pageId(1), cells: new Map([[id, cell]]) };
    expect((await apply([], [write])).outcomes).toMatchObject([{ kind: 'failed', error: { code } }]);
  });

  test('a refused token stops what has not been sent', async () => {
    const unauthorized = error(401, 'unauthorized', 'API token is invalid.');
    const writes = Array.from({ length: 6 }, (_, n) => score(n));
    const { outcomes, script } = await apply([unauthorized, unauthorized], writes);
    expect(script.seen).toHaveLength(2);
    expect(outcomes).toHaveLength(6);
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({ kind: 'failed', error: { code: 'auth-invalid-token' } });
  });

  test('an aborted signal stops before the next write; those on their way are told', async () => {
    const stop = new AbortController();
    const writes = Array.from({ length: 6 }, (_, n) => score(n));
    const { outcomes } = await apply([{ ...patched(0), before: () => stop.abort() }, patched(1)], writes, stop.signal);
    for (const outcome of outcomes.slice(0, 2)) expect(outcome).toMatchObject({ kind: 'done' });
    for (const outcome of outcomes.slice(2)) {
      expect(outcome).toMatchObject({ kind: 'failed', error: { code: 'aborted' } });
    }
  });

  test('writes widen while all goes well, up to eight, and narrow on a conflict', async () => {
    let running = 0;
    const widths: number[] = [];
    const conflicts = new Set([pageId(60)]);
    const slow: typeof fetch = async (input) => {
      running += 1;
      widths.push(running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      const id = String(input).split('/').at(-1) ?? '';
      if (conflicts.delete(id)) return Response.json(conflict.answer, { status: 409 });
      return Response.json({ object: 'page', id });
    };
    const connector = createNotionConnector({ token: 'ntn_sandbox_script', transport: openStill(slow) });
    const writes = Array.from({ length: 120 }, (_, n) => score(n));
    const outcomes: Outcome[] = [];
    for await (const { outcome } of connector.apply(source, schema, writes)) outcomes.push(outcome);
    expect(outcomes.filter((outcome) => outcome.kind === 'done')).toHaveLength(120);
    expect(widths.slice(0, 2)).toEqual([1, 2]);
    expect(Math.max(...widths.slice(0, 60))).toBe(8);
    expect(Math.min(...widths.slice(64))).toBeLessThanOrEqual(4);
    // What the source bears is known for the rest of the run.
    widths.length = 0;
    for await (const _ of connector.apply(source, schema, writes.slice(0, 8)));
    expect(Math.max(...widths)).toBe(8);
  });
});
