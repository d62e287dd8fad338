/** The fault script: what each kind does to a request and to the tables, and when a rule's turn comes. */
import { describe, expect, it } from 'vitest';
import type { FaultKind, FaultRuleInput as Rule } from '../../src/sandbox/faults/script.js';
import { FAULT_KINDS } from '../../src/sandbox/faults/script.js';
import { BASE, DEALS, deal } from './airtable-world.js';
import { answered, openFaults, START, statusOf } from './fault-world.js';
import { PARTNERS, partner } from './notion-world.js';

const one = (fault: Rule['fault'], rule: Omit<Rule, 'fault'> = {}) => openFaults({ rules: [{ ...rule, fault }] });

interface Case {
  readonly fault: Rule['fault'];
  /** What an update of a row of each tool is answered: 0 for a closed connection. */
  readonly notion: number;
  readonly airtable: number;
  readonly applied: boolean;
  /** A part of the answer's text, or its Retry-After. */
  readonly says?: readonly [RegExp, RegExp];
  readonly retryAfter?: readonly [string | null, string | null];
}

const ANSWERS: readonly Case[] = [
  { fault: 'drop', notion: 0, airtable: 0, applied: false },
  { fault: 'apply-then-drop', notion: 0, airtable: 0, applied: true },
  {
    fault: 'server-error',
    notion: 500,
    airtable: 500,
    applied: false,
    says: [/internal_server_error/, /SERVER_ERROR/],
  },
  {
    fault: { kind: 'server-error', status: 503 },
    notion: 503,
    airtable: 503,
    applied: false,
    says: [/"service_unavailable"/, /RETRIABLE_ERROR/],
  },
  {
    fault: { kind: 'apply-then-server-error', status: 504 },
    notion: 504,
    airtable: 504,
    applied: true,
    says: [/gateway_timeout/, /SERVER_ERROR/],
  },
  {
    fault: 'rate-limited',
    notion: 429,
    airtable: 429,
    applied: false,
    says: [/"rate_limit_reason":"public_api_request_rate_limit","retry_after":"30"/, /RATE_LIMIT_REACHED/],
    retryAfter: ['30', null],
  },
  {
    fault: { kind: 'rate-limited', scope: 'connection', retryAfter: 7 },
    notion: 429,
    airtable: 429,
    applied: false,
    retryAfter: ['7', '7'],
  },
  {
    fault: { kind: 'rate-limited', retryAfter: null },
    notion: 429,
    airtable: 429,
    applied: false,
    retryAfter: [null, null],
  },
  {
    fault: { kind: 'rate-limited', retryAfter: 'soon' },
    notion: 429,
    airtable: 429,
    applied: false,
    retryAfter: ['soon', 'soon'],
  },
  {
    fault: 'overloaded',
    notion: 529,
    airtable: 503,
    applied: false,
    retryAfter: ['5', '5'],
    says: [/service_overload/, /RETRIABLE/],
  },
  { fault: 'html', notion: 502, airtable: 502, applied: false, says: [/^<!doctype html>/, /^<!doctype html>/] },
  {
    fault: { kind: 'apply-then-html', status: 200 },
    notion: 200,
    airtable: 200,
    applied: true,
    says: [/^<!doc/, /^<!doc/],
  },
  { fault: 'late', notion: 0, airtable: 0, applied: false },
  { fault: { kind: 'late', answer: 'timeout' }, notion: 504, airtable: 504, applied: false },
];

const nameOf = (fault: Rule['fault']): string => (typeof fault === 'string' ? fault : JSON.stringify(fault));

it.each(ANSWERS.map((given) => [nameOf(given.fault), given] as const))('%s', async (_, given) => {
  const world = one(given.fault, { on: 'writes' });
  const answers = [await world.patch('NEW'), await world.retitle('New')];
  expect(answers.map(statusOf)).toEqual([given.notion, given.airtable]);
  expect([world.code(), world.title()]).toEqual(given.applied ? ['NEW', 'New'] : ['HB-1', 'Alpha']);
  for (const [index, answer] of answers.entries()) {
    if (given.says) expect(answered(answer).text).toMatch(given.says[index]!);
    if (given.retryAfter) expect(answered(answer).headers.get('retry-after')).toBe(given.retryAfter[index]);
  }
  const kind = typeof given.fault === 'string' ? given.fault : given.fault.kind;
  expect(world.sandbox.log()).toMatchObject([
    { operation: 'notion.pages.update', status: given.notion, faults: [kind] },
    { operation: 'airtable.records.update', status: given.airtable, faults: [kind] },
  ]);
  expect(world.sandbox.faultsFired()).toEqual({ [kind]: 2 });
  expect(statusOf(await world.me())).toBe(200);
});

describe.each([
  ['workspace', 'public_api_space_request_rate_limit', '90'],
  ['endpoint', 'public_api_endpoint_rate_limit', '30'],
  ['blocked', 'public_api_request_blocked', '30'],
] as const)('a 429 of the scope %s', (scope, reason, wait) => {
  it('is one of Notion only', async () => {
    const world = one({ kind: 'rate-limited', scope });
    expect(answered(await world.me()).json).toMatchObject({
      code: 'rate_limited',
      additional_data: { rate_limit_reason: reason, retry_after: wait },
    });
    expect(statusOf(await world.list())).toBe(200);
  });
});

it('a spent month is one of Airtable only', async () => {
  const world = one({ kind: 'rate-limited', scope: 'month' });
  expect(answered(await world.list())).toMatchObject({
    status: 429,
    json: { error: { type: 'PUBLIC_API_BILLING_LIMIT_EXCEEDED' } },
  });
  expect(statusOf(await world.me())).toBe(200);
});

describe('what only Notion does', () => {
  it('a write that was saved and answered 503 names what was made', async () => {
    const world = one('committed');
    const created = answered(await world.create('MADE'));
    expect(created).toMatchObject({ status: 503, json: { code: 'service_unavailable' } });
    const id = world.notion.pages(PARTNERS).find(({ values }) => values.Code === 'MADE')?.id;
    expect(created.json).toMatchObject({ additional_data: { committed_resource_id: id } });
    const updated = answered(await world.patch('NEW'));
    expect([updated.status, world.code()]).toEqual([503, 'NEW']);
    expect(updated.json).not.toHaveProperty('additional_data.committed_resource_id');
  });

  it('a write that was refused is not told to be saved', async () => {
    const world = one('committed');
    expect(statusOf(await world.send('PATCH', `/v1/pages/${partner(1)}`, { colour: 'red' }))).toBe(400);
  });

  it('a conflict meets writes, and no write of Airtable', async () => {
    const world = one('conflict');
    expect(answered(await world.patch('NEW'))).toMatchObject({ status: 409, json: { code: 'conflict_error' } });
    expect([world.code(), statusOf(await world.query()), statusOf(await world.retitle('New'))]).toEqual([
      'HB-1',
      200,
      200,
    ]);
    expect(world.sandbox.faultsFired()).toEqual({ conflict: 1 });
  });
});

it('a truncated answer is the first half of the real one', async () => {
  const world = one('truncated', { times: 1 });
  const [cut, whole] = [answered(await world.query()), answered(await world.query())];
  expect([cut.status, cut.json]).toEqual([200, undefined]);
  expect(cut.text.slice(0, 200)).toBe(whole.text.slice(0, 200));
  expect(cut.text.length).toBeLessThan(whole.text.length);
});

describe('paging', () => {
  const pages = async (world: ReturnType<typeof one>) => {
    const first = answered(await world.send('POST', `/v1/data_sources/${PARTNERS}/query`, { page_size: 1 })).json;
    const { next_cursor: cursor } = first as { next_cursor: string };
    const list = `/v0/${BASE}/${DEALS}?pageSize=1`;
    const { offset } = answered(await world.send('GET', list)).json as { offset: string };
    return {
      cursor,
      offset,
      notion: answered(
        await world.send('POST', `/v1/data_sources/${PARTNERS}/query`, { start_cursor: cursor, page_size: 1 }),
      ),
      airtable: answered(await world.send('GET', `${list}&offset=${encodeURIComponent(offset)}`)),
    };
  };

  it('a cursor that is known no more is refused, a first page is not', async () => {
    const world = one('cursor-expired');
    const { notion, airtable, cursor } = await pages(world);
    expect(notion.json).toMatchObject({ status: 400, message: `The start_cursor provided is invalid: ${cursor}` });
    expect(airtable).toMatchObject({ status: 422, json: { error: { type: 'LIST_RECORDS_ITERATOR_NOT_AVAILABLE' } } });
    expect(world.sandbox.faultsFired()).toEqual({ 'cursor-expired': 2 });
  });

  it('a cursor that leads back to itself comes with the real rows', async () => {
    const world = one('cursor-repeated');
    const { notion, airtable, cursor, offset } = await pages(world);
    expect(notion.json).toMatchObject({ next_cursor: cursor, has_more: true, results: [{ object: 'page' }] });
    expect(airtable.json).toMatchObject({ offset, records: [{ id: deal(2) }] });
  });
});

it('a redirect names another place and does nothing', async () => {
  const world = one({ kind: 'redirect', to: 'http://127.0.0.1:9/elsewhere' });
  const answer = answered(await world.patch('NEW'));
  expect([answer.status, answer.headers.get('location')]).toEqual([302, 'http://127.0.0.1:9/elsewhere']);
  expect(world.code()).toBe('HB-1');
});

describe('time', () => {
  it('a late request lands when its time has come', async () => {
    const world = one({ kind: 'late', seconds: 20 }, { nth: 1 });
    expect(await world.create('LATE')).toBe('dropped');
    await world.clock.advance(19_999);
    expect(world.codes()).not.toContain('LATE');
    await world.clock.advance(1);
    await world.sandbox.settle();
    expect(world.codes()).toContain('LATE');
    expect(world.sandbox.audit()).toMatchObject([{ property: '(created)', by: 'api', at: START + 20_000 }]);
  });

  it.each(['before', 'after'] as const)('a slow request waits %s it is served', async (waits) => {
    const world = one({ kind: 'slow', seconds: 5, waits });
    const request = world.patch('SLOW');
    await world.clock.advance(4_999);
    expect(world.code()).toBe(waits === 'before' ? 'HB-1' : 'SLOW');
    await world.clock.advance(1);
    expect(statusOf(await request)).toBe(200);
    expect(world.sandbox.audit()).toMatchObject([{ at: waits === 'before' ? START + 5_000 : START }]);
  });

  it('queries of both tools lag behind, reads of one row do not', async () => {
    const world = openFaults({ indexLag: 30 });
    const page = answered(await world.create('LAG')).json as { id: string };
    const made = answered(await world.send('POST', `/v0/${BASE}/${DEALS}`, { fields: { Title: 'Lag' } })).json as {
      id: string;
    };
    const seen = async () =>
      [await world.query(), await world.list()].map((answer, index) =>
        answered(answer).text.includes([page.id, made.id][index]!),
      );
    expect(await seen()).toEqual([false, false]);
    expect(statusOf(await world.send('GET', `/v1/pages/${page.id}`))).toBe(200);
    expect(statusOf(await world.send('GET', `/v0/${BASE}/${DEALS}/${made.id}`))).toBe(200);
    await world.clock.advance(29_999);
    expect(await seen()).toEqual([false, false]);
    await world.clock.advance(1);
    expect(await seen()).toEqual([true, true]);
  });
});

describe('access', () => {
  it('is taken from a token and given back', async () => {
    const world = one({ kind: 'revoked', for: 60 }, { nth: 2 });
    expect([statusOf(await world.me()), statusOf(await world.patch('NEW'))]).toEqual([200, 401]);
    expect(statusOf(await world.query())).toBe(401);
    await world.clock.advance(60_000);
    expect([world.code(), statusOf(await world.query())]).toEqual(['HB-1', 200]);
  });

  it('is taken from one table, and looks like a table that is not there', async () => {
    const world = one({ kind: 'revoked', what: 'table' }, { on: 'airtable.records.list', times: 1 });
    expect([statusOf(await world.list()), statusOf(await world.query())]).toEqual([403, 200]);
    const other = one({ kind: 'revoked', what: 'table' }, { on: 'notion.data_sources.query' });
    expect(answered(await other.query())).toMatchObject({ status: 404, json: { code: 'object_not_found' } });
    expect(statusOf(await other.me())).toBe(200);
  });

  it('comes back when the script ends', async () => {
    const world = one('revoked');
    expect(statusOf(await world.me())).toBe(401);
    world.sandbox.calm();
    expect(statusOf(await world.me())).toBe(200);
  });
});

describe('people at work right before a request', () => {
  it('edit the row that is written', async () => {
    const world = one({ kind: 'row-edited', cells: { Score: 0.9 } }, { on: 'writes', table: 'Partners' });
    await world.patch('NEW');
    expect(world.sandbox.audit()).toMatchObject([
      { by: 'human', rowId: partner(1), property: 'Score', before: 0.5, after: 0.9 },
      { by: 'api', rowId: partner(1), property: 'Code' },
    ]);
  });

  it.each([
    ['by id', deal(3)],
    ['by what stands in it', 'Gamma'],
  ])('edit a row named %s', async (_, row) => {
    const world = one(
      { kind: 'row-edited', table: 'Deals', row, cells: { Title: 'Delta' } },
      { on: 'airtable.*', nth: 1 },
    );
    expect(answered(await world.list()).text).toContain('Delta');
    expect(world.title(3)).toBe('Delta');
  });

  it('trash the row that is written', async () => {
    const world = one('row-trashed');
    expect(answered(await world.patch('NEW')).text).toMatch(/archived/);
    expect(answered(await world.retitle('New'))).toMatchObject({
      status: 422,
      json: { error: { type: 'ROW_DOES_NOT_EXIST' } },
    });
  });

  it('copy any row', async () => {
    const world = one({ kind: 'row-copied', row: 'any' }, { on: 'notion.data_sources.query', nth: 1 });
    const codes = world.codes();
    await world.query();
    expect(world.codes()).toHaveLength(codes.length + 1);
    expect(codes).toContain(world.codes().at(-1));
  });

  it('leave a create alone: there is no row yet', async () => {
    const world = one('row-trashed', { on: 'notion.pages.create' });
    await world.create('NEW');
    expect(world.sandbox.faultsFired()).toEqual({});
  });

  it('rename a column for a while', async () => {
    const world = one(
      { kind: 'column-renamed', table: 'Deals', column: 'Title', to: 'Headline', for: 60 },
      { nth: 1, on: 'airtable.*' },
    );
    expect(answered(await world.retitle('New')).text).toMatch(/Unknown field name: \\"Title\\"/);
    await world.clock.advance(60_000);
    expect(statusOf(await world.retitle('New'))).toBe(200);
  });

  it.each<[string, Rule['fault'], RegExp]>([
    [
      'rename',
      { kind: 'column-renamed', table: 'Partners', column: 'Code', to: 'Sign' },
      /Code is not a property that exists/,
    ],
    [
      'retype',
      { kind: 'column-retyped', table: 'Partners', column: 'Code', to: 'number' },
      /Code is expected to be number/,
    ],
    ['delete', { kind: 'column-deleted', table: 'Partners', column: 'Code' }, /Code is not a property that exists/],
  ])('%s a column for good, once', async (_, fault, message) => {
    const world = one(fault, { on: 'notion.*' });
    expect(answered(await world.patch('NEW')).text).toMatch(message);
    expect(answered(await world.patch('NEW')).text).toMatch(message);
    const { kind } = fault as { kind: FaultKind };
    expect(world.sandbox.faultsFired()).toEqual({ [kind]: kind === 'column-retyped' ? 2 : 1 });
  });
});

it('every kind is among the cases above', () => {
  const told = JSON.stringify(ANSWERS);
  const others = ['committed', 'conflict', 'truncated', 'slow', 'revoked', 'column-renamed', 'column-retyped'];
  const rest = [
    'cursor-expired',
    'cursor-repeated',
    'redirect',
    'column-deleted',
    'row-edited',
    'row-trashed',
    'row-copied',
  ];
  expect(FAULT_KINDS.filter((kind) => !told.includes(`"${kind}"`)).sort()).toEqual([...others, ...rest].sort());
});
