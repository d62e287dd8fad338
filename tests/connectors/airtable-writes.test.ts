import { describe, expect, it } from 'vitest';
import { createAirtableConnector } from '../../src/connectors/airtable/index.js';
import { sameCell } from '../../src/domain/cells.js';
import type { Write } from '../../src/ports.js';
import { type Fault, openLine } from '../support/in-process.js';
import { GONE, kinds, openWorld, outcomesOf, refusal } from './airtable-world.js';

describe('writing to Airtable', () => {
  it('sends ten rows a request, by PATCH only, without coercion', async () => {
    const world = await openWorld();
    const outcomes = await outcomesOf(world.connector, world.source, world.schema, world.writes(25, world.score));
    expect(kinds(outcomes)).toEqual(Array(25).fill('done'));
    expect(world.sent().map((arrival) => arrival.method)).toEqual(['PATCH', 'PATCH', 'PATCH']);
    expect(world.sent().map((arrival) => (arrival.body as { records: unknown[] }).records.length)).toEqual([10, 10, 5]);
    for (const arrival of world.sent()) expect(arrival.body).toMatchObject({ typecast: false });
  });

  it('names the field and the reason of a refused row, in few requests', async () => {
    const world = await openWorld();
    for (const bad of [0, 4, 7, 9]) {
      const before = world.sent().length;
      const writes = world.writes(10, (index) =>
        index === bad
          ? new Map([[world.id('Status'), { kind: 'labels', labels: ['없음'] }]])
          : world.score(500 + index),
      );
      const outcomes = await outcomesOf(world.connector, world.source, world.schema, writes);
      expect(kinds(outcomes).filter((kind) => kind === 'done')).toHaveLength(9);
      expect(outcomes[bad]).toMatchObject({
        kind: 'failed',
        error: {
          code: 'write-refused',
          message: expect.stringMatching(/"Status".*없음.*INVALID_MULTIPLE_CHOICE_OPTIONS/),
        },
      });
      expect(world.sent().length - before).toBeLessThanOrEqual(8);
    }
  });

  it('tells a missing linked row from a missing row', async () => {
    const world = await openWorld();
    const link = new Map([[world.id('Partners'), { kind: 'links', ids: ['recNobody00000000'] } as const]]);
    const outcomes = await outcomesOf(
      world.connector,
      world.source,
      world.schema,
      world.writes(1, () => link),
    );
    expect(outcomes).toMatchObject([{ kind: 'failed', error: { code: 'write-refused' } }]);
  });

  it('sends a row that is written twice in two requests, in order', async () => {
    const world = await openWorld();
    const [row] = world.rows;
    const twice = [7, 8].map((n): Write => ({ kind: 'update', rowId: row?.id ?? '', cells: world.score(n) }));
    expect(kinds(await outcomesOf(world.connector, world.source, world.schema, twice))).toEqual(['done', 'done']);
    expect(world.stored('Score')[0]).toBe(8);
    expect(world.sent()).toHaveLength(2);
  });

  it('has several requests under way, up to eight, never two that name the same row', async () => {
    const world = await openWorld();
    const underWay = new Set<readonly string[]>();
    const widths: number[] = [];
    const shared: string[] = [];
    const slow = async (request: Request): Promise<Response> => {
      const { records }: { records: readonly { id: string }[] } = JSON.parse(await request.text());
      const rows = records.map(({ id }) => id);
      shared.push(...[...underWay].flat().filter((row) => rows.includes(row)));
      underWay.add(rows);
      widths.push(underWay.size);
      await new Promise((resolve) => setImmediate(resolve));
      underWay.delete(rows);
      return Response.json({ records: records.map((record) => ({ ...record, createdTime: '', fields: {} })) });
    };
    const connector = createAirtableConnector({ token: 'pat', transport: openLine(slow).transport });
    // Each row once, then a few of them again and again.
    const rowAt = (index: number) => (index < 800 ? index : index % 25);
    const rows = Array.from({ length: 1000 }, (_, index) => `rec${String(rowAt(index)).padStart(14, '0')}`);
    const writes = rows.map((rowId, index): Write => ({ kind: 'update', rowId, cells: world.score(index) }));
    expect(new Set(kinds(await outcomesOf(connector, world.source, world.schema, writes)))).toEqual(new Set(['done']));
    expect(shared).toEqual([]);
    expect(widths.slice(0, 2)).toEqual([1, 2]);
    expect(Math.max(...widths)).toBe(8);
  });

  it('lets a locked field fail alone, and asks no second time for it', async () => {
    const world = await openWorld();
    const locked = world.id('Note');
    world.line.fault = ({ body }) =>
      JSON.stringify(body ?? '').includes(locked)
        ? refusal(403, 'INVALID_PERMISSIONS', `You are not permitted to write cell values in field Note (${locked})`)
        : undefined;
    const writes = world.writes(10, (index) =>
      index < 3 ? new Map([[locked, { kind: 'text', text: 'new' }]]) : world.score(600 + index),
    );
    const outcomes = await outcomesOf(world.connector, world.source, world.schema, writes);
    expect(kinds(outcomes)).toEqual([...Array(3).fill('failed'), ...Array(7).fill('done')]);
    expect(outcomes[0]).toMatchObject({
      error: { code: 'write-refused', message: expect.stringContaining('not permitted') },
    });
    expect(world.sent()).toHaveLength(2);
  });

  it('does not split a request whose every row names the same locked table', async () => {
    const world = await openWorld();
    world.line.fault = ({ write }) =>
      write ? refusal(403, 'INVALID_PERMISSIONS', 'You are not permitted') : undefined;
    const outcomes = await outcomesOf(world.connector, world.source, world.schema, world.writes(10, world.score));
    expect(kinds(outcomes)).toEqual(Array(10).fill('failed'));
    expect(world.sent()).toHaveLength(1);
  });

  it.each<[string, Fault, string]>([
    ['an exhausted month', refusal(429, 'PUBLIC_API_BILLING_LIMIT_EXCEEDED', 'limit exceeded'), 'quota-exhausted'],
    ['a revoked token', refusal(401, 'AUTHENTICATION_REQUIRED', 'Authentication required'), 'auth-invalid-token'],
    ['a withdrawn base', refusal(403, GONE, 'Invalid permissions'), 'source-not-found'],
  ])('stops at %s: the rest fails unsent', async (_, fault, code) => {
    const world = await openWorld();
    const before = world.sent().length;
    world.line.fault = ({ n }) =>
      n === world.line.arrivals.length && world.sent().length > before + 1 ? fault : undefined;
    const outcomes = await outcomesOf(world.connector, world.source, world.schema, world.writes(40, world.score));
    expect(kinds(outcomes)).toEqual([...Array(10).fill('done'), ...Array(30).fill('failed')]);
    for (const outcome of outcomes.slice(10)) expect(outcome).toMatchObject({ error: { code } });
    expect(world.sent().length - before).toBe(2);
  });

  it.each<[string, Fault]>([
    ['is dropped', { kind: 'drop' }],
    ['is served but not answered', { kind: 'apply-then-drop' }],
    [
      'is served and answered with 503',
      { kind: 'apply-then-answer', status: 503, body: { error: { type: 'RETRIABLE_ERROR' } } },
    ],
    [
      'is served and answered with half a text',
      { kind: 'apply-then-answer', status: 200, body: '{"records":[{"id":"re' },
    ],
  ])('never repeats a create that %s', async (_, fault) => {
    const world = await openWorld();
    world.line.fault = ({ write }) => (write ? fault : undefined);
    const create: Write = {
      kind: 'create',
      cells: new Map([[world.id('Key'), { kind: 'text', text: 'td1.a.b.c.d' }]]),
    };
    const outcomes = await outcomesOf(world.connector, world.source, world.schema, [create, create]);
    expect(kinds(outcomes)).toEqual(['unknown', 'unknown']);
    expect(world.sent()).toHaveLength(1);
    expect(world.stored('Key').filter((key) => key !== undefined).length).toBe(fault.kind === 'drop' ? 0 : 2);
  });

  it('repeats an update that was not answered, and only it', async () => {
    const world = await openWorld();
    let dropped = 0;
    world.line.fault = ({ write }) => (write && ++dropped === 1 ? { kind: 'apply-then-drop' } : undefined);
    const outcomes = await outcomesOf(world.connector, world.source, world.schema, world.writes(3, world.score));
    expect(kinds(outcomes)).toEqual(['done', 'done', 'done']);
    expect(world.sent()).toHaveLength(2);
    expect(world.connector.calls()).toMatchObject({ writes: 2, retries: 1 });
  });

  it('does not claim to know what became of an update that is never answered', async () => {
    const world = await openWorld();
    world.line.fault = ({ write }) =>
      write ? { kind: 'answer', status: 500, body: { error: { type: 'SERVER_ERROR' } } } : undefined;
    const outcomes = await outcomesOf(world.connector, world.source, world.schema, world.writes(3, world.score));
    expect(outcomes).toMatchObject(Array(3).fill({ kind: 'unknown', error: { code: 'upstream-unavailable' } }));
    expect(world.sent()).toHaveLength(3);
  });

  it('does not call an update failed when an attempt before the refusal may have been served', async () => {
    const world = await openWorld();
    let attempts = 0;
    world.line.fault = ({ write }): Fault | undefined => {
      if (!write) return undefined;
      attempts += 1;
      return attempts === 1
        ? { kind: 'apply-then-drop' }
        : refusal(401, 'AUTHENTICATION_REQUIRED', 'Authentication required');
    };
    const outcomes = await outcomesOf(world.connector, world.source, world.schema, world.writes(12, world.score));
    expect(kinds(outcomes)).toEqual([...Array(10).fill('unknown'), 'failed', 'failed']);
  });

  it('coerces only in the request that must create an option', async () => {
    const world = await openWorld();
    const writes = world.writes(3, (index) =>
      index === 1 ? new Map([[world.id('Flags'), { kind: 'labels', labels: ['새 표시'] }]]) : world.score(9),
    );
    expect(kinds(await outcomesOf(world.connector, world.source, world.schema, writes))).toEqual([
      'done',
      'done',
      'done',
    ]);
    expect(world.sent().map((arrival) => arrival.body)).toMatchObject([
      { typecast: false, records: [{}, {}] },
      { typecast: true, records: [{ fields: { [world.id('Flags')]: ['새 표시'] } }] },
    ]);
    expect(world.stored('Flags')[1]).toEqual(['새 표시']);
  });

  it('addresses a person by e-mail and recognises them afterwards', async () => {
    const world = await openWorld();
    const owner = world.schema.properties.find((property) => property.name === 'Owner');
    if (owner === undefined) throw new Error('no owner');
    const desired = { kind: 'people', people: [{ name: '박지우', email: 'jiwoo@example.com' }] } as const;
    const held = world.connector.canonicalise(owner, desired, { createOptions: false });
    if (held.kind === 'refused') throw new Error(held.reason);
    await outcomesOf(
      world.connector,
      world.source,
      world.schema,
      world.writes(1, () => new Map([[owner.id, held.cell]])),
    );
    expect(world.stored('Owner')[0]).toMatchObject([{ email: 'jiwoo@example.com' }]);
    for await (const page of world.connector.read(world.source, world.schema)) {
      const read = page.find((row) => row.id === world.rows[0]?.id)?.cells.get(owner.id);
      if (read !== undefined) expect(sameCell(read, held.cell)).toBe(true);
    }
  });

  it.each<[string, (world: Awaited<ReturnType<typeof openWorld>>) => Write['cells'], string]>([
    ['a computed column', (world) => new Map([[world.id('Computed'), { kind: 'number', number: 1 }]]), 'write-refused'],
    [
      'an unreadable cell',
      (world) => new Map([[world.id('Score'), { kind: 'unknown', reason: 'NaN' }]]),
      'write-refused',
    ],
    [
      'a column that is not there',
      () => new Map([['fldNobody00000000', { kind: 'number', number: 1 }]]),
      'property-not-found',
    ],
  ])('sends nothing for %s', async (_, cells, code) => {
    const world = await openWorld();
    const outcomes = await outcomesOf(
      world.connector,
      world.source,
      world.schema,
      world.writes(1, () => cells(world)),
    );
    expect(outcomes).toMatchObject([{ kind: 'failed', error: { code } }]);
    expect(world.sent()).toEqual([]);
  });
});
