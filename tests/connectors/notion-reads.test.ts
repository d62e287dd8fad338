/** Reading and finding rows of Notion, against a script of exact requests and answers. */
import { describe, expect, test } from 'vitest';
import { createNotionConnector } from '../../src/connectors/notion/index.js';
import type { Cell } from '../../src/domain/cells.js';
import type { Connector, RawRow } from '../../src/ports.js';
import { openStill } from '../support/in-process.js';
import {
  answer,
  BOT,
  connect,
  error,
  mapping,
  minute,
  page,
  pageId,
  rich,
  SOURCE,
  schema,
  source,
} from './notion-script.js';

const QUERY = `POST /v1/data_sources/${SOURCE}/query`;
const capped = { request_status: { type: 'incomplete', incomplete_reason: 'query_result_limit_reached' } };
const since = (n: number) => ({ timestamp: 'created_time', created_time: { on_or_after: minute(n) } });

async function readAll(connector: Connector, of = source): Promise<RawRow[]> {
  const rows: RawRow[] = [];
  for await (const found of connector.read(of, schema)) rows.push(...found);
  return rows;
}
const idsOf = (rows: readonly RawRow[]) => rows.map((row) => row.id);

describe('read', () => {
  test('pages in order of creation, mapped columns only, by id', async () => {
    const { connector, script } = connect([
      {
        expect: `${QUERY}?filter_properties=title&filter_properties=%5BIFC&filter_properties=ppl`,
        body: { page_size: 100, sorts: [{ timestamp: 'created_time', direction: 'ascending' }], filter: undefined },
        answer: answer([page(1)], { has_more: true, next_cursor: 'c1' }),
      },
      { expect: QUERY, body: { start_cursor: 'c1' }, answer: answer([page(2)]) },
    ]);
    const rows = await readAll(connector);
    script.done();
    expect(idsOf(rows)).toEqual([pageId(1), pageId(2)]);
    expect([...(rows[0]?.cells ?? [])]).toEqual([
      ['title', { kind: 'text', text: 'row 1' }],
      ['%5BIFC', { kind: 'empty' }],
      ['ppl', { kind: 'empty' }],
    ]);
    expect(rows[0]).not.toHaveProperty('createdByUs');
    expect(connector.calls()).toEqual({ reads: 2, writes: 0, retries: 0, throttled: 0 });
  });

  test('the cap of a query is passed by windows of creation time; rows of the seam come once', async () => {
    const { connector, script } = connect([
      { expect: QUERY, answer: answer([page(1), page(2), page(3, { created_time: minute(2) })], capped) },
      {
        expect: QUERY,
        body: { filter: since(2) },
        answer: answer([page(2), page(3, { created_time: minute(2) }), page(4)], capped),
      },
      { expect: QUERY, body: { filter: since(4) }, answer: answer([page(4), page(5)]) },
    ]);
    expect(idsOf(await readAll(connector))).toEqual([1, 2, 3, 4, 5].map(pageId));
    script.done();
  });

  test('a minute that holds more than a query returns is told, not cut', async () => {
    const same = { created_time: minute(1) };
    const { connector, script } = connect([
      { answer: answer([page(1, same), page(2, same)], capped) },
      { body: { filter: since(1) }, answer: answer([page(1, same), page(2, same)], capped) },
    ]);
    await expect(readAll(connector)).rejects.toMatchObject({ code: 'read-incomplete' });
    script.done();
  });

  test.each([
    ['a cursor that comes again', 'c1'],
    ['more without a cursor', null],
  ])('%s ends the walk with an error', async (_name, again) => {
    const { connector, script } = connect([
      { answer: answer([page(1)], { has_more: true, next_cursor: 'c1' }) },
      { answer: answer([page(2)], { has_more: true, next_cursor: again }) },
    ]);
    await expect(readAll(connector)).rejects.toMatchObject({ code: 'read-incomplete' });
    script.done();
  });

  test('pages without end, each with a cursor of its own, end the walk with an error', async () => {
    let pages = 0;
    const transport = openStill(async () => {
      pages += 1;
      return Response.json(answer([page(1)], { has_more: true, next_cursor: `c${pages}` }));
    });
    const connector = createNotionConnector({ token: 'ntn_sandbox_script', transport });
    await expect(readAll(connector)).rejects.toMatchObject({ code: 'read-incomplete' });
  }, 60_000);

  const stale = error(400, 'validation_error', 'The start_cursor provided is invalid: c1');

  test('a stale cursor starts the window again where it was', async () => {
    const { connector, script } = connect([
      { answer: answer([page(1), page(2)], { has_more: true, next_cursor: 'c1' }) },
      stale,
      { body: { filter: since(2) }, answer: answer([page(2), page(3)]) },
    ]);
    expect(idsOf(await readAll(connector))).toEqual([1, 2, 3].map(pageId));
    script.done();
  });

  test('cursors that go stale for ever end the walk with an error', async () => {
    const first = { answer: answer([page(1)], { has_more: true, next_cursor: 'c1' }) };
    const { connector, script } = connect([first, stale, first, stale, first, stale, first, stale]);
    await expect(readAll(connector)).rejects.toMatchObject({ code: 'read-incomplete' });
    script.done();
  });

  test('pages get smaller when Notion asks for it', async () => {
    const busy = error(503, 'service_unavailable', 'Busy.', {
      additional_data: { retry_guidance: ['Use exponential backoff with jitter', 'Reduce page_size'] },
    });
    const { connector, script } = connect([
      busy,
      busy,
      busy,
      { expect: QUERY, body: { page_size: 50 }, answer: answer([page(1)], { has_more: true, next_cursor: 'c1' }) },
      { expect: QUERY, body: { page_size: 50, start_cursor: 'c1' }, answer: answer([page(2)]) },
    ]);
    expect(idsOf(await readAll(connector))).toEqual([1, 2].map(pageId));
    script.done();
  });

  test('a page that cannot be read stops the walk after the rows before it', async () => {
    const { connector } = connect([
      { answer: answer([page(1)], { has_more: true, next_cursor: 'c1' }) },
      error(403, 'restricted_resource', 'No.'),
    ]);
    const seen: string[] = [];
    const reading = async () => {
      for await (const rows of connector.read(source, schema)) seen.push(...idsOf(rows));
    };
    await expect(reading()).rejects.toMatchObject({ code: 'auth-forbidden' });
    expect(seen).toEqual([pageId(1)]);
  });

  test('long relations and people are completed, and only those', async () => {
    const people = (count: number, from = 0) =>
      Array.from({ length: count }, (_, n) => ({ object: 'user', id: `u${n + from}` }));
    const links = (count: number, from = 0) => Array.from({ length: count }, (_, n) => ({ id: `r${n + from}` }));
    const item = (type: string) => (value: unknown) => ({ object: 'property_item', type, [type]: value });
    const cut = page(
      1,
      {},
      {
        Partners: { id: '%5BIFC', type: 'relation', relation: links(25), has_more: true },
        Owner: { id: 'ppl', type: 'people', people: people(25) },
      },
    );
    const whole = page(
      2,
      {},
      {
        Partners: { id: '%5BIFC', type: 'relation', relation: links(25), has_more: false },
        Owner: { id: 'ppl', type: 'people', people: people(24) },
      },
    );
    const items = `GET /v1/pages/${pageId(1)}/properties`;
    const { connector, script } = connect([
      { expect: QUERY, answer: answer([cut, whole]) },
      {
        expect: `${items}/%5BIFC?page_size=100`,
        answer: answer(links(100).map(item('relation')), { has_more: true, next_cursor: 'i1' }),
      },
      { expect: `${items}/%5BIFC?start_cursor=i1&page_size=100`, answer: answer(links(30, 100).map(item('relation'))) },
      { expect: `${items}/ppl?page_size=100`, answer: answer(people(31).map(item('people'))) },
    ]);
    const [first, second] = await readAll(connector);
    script.done();
    const count = (cell: Cell | undefined) =>
      (cell?.kind === 'links' ? cell.ids : cell?.kind === 'people' ? cell.people : []).length;
    expect([count(first?.cells.get('%5BIFC')), count(first?.cells.get('ppl'))]).toEqual([130, 31]);
    expect([count(second?.cells.get('%5BIFC')), count(second?.cells.get('ppl'))]).toEqual([25, 24]);
  });

  test('a column missing from an answer is not taken for empty', async () => {
    const { connector } = connect([{ answer: answer([page(1, { properties: {} })]) }]);
    const [row] = await readAll(connector);
    expect(row?.cells.get('title')).toMatchObject({ kind: 'unknown' });
  });

  test('rows without content mean a missing capability, not empty rows', async () => {
    const { connector } = connect([{ answer: answer([{ object: 'page', id: pageId(1) }]) }]);
    await expect(readAll(connector)).rejects.toMatchObject({ code: 'auth-forbidden' });
  });

  test('keyed rows say whether we made them; our account is asked for once', async () => {
    const keyed = mapping({ title: 'Name', key: 'Key' });
    const theirs = page(2, { created_by: { object: 'user', id: 'someone' } });
    const me = { object: 'user', id: BOT, type: 'bot', name: 'Tandem', bot: {} };
    const { connector, script } = connect([
      { expect: 'GET /v1/users/me', answer: me },
      { expect: QUERY, answer: answer([page(1), theirs]) },
      { expect: QUERY, answer: answer([]) },
    ]);
    expect((await readAll(connector, keyed)).map((row) => row.createdByUs)).toEqual([true, false]);
    await readAll(connector, keyed);
    script.done();
  });
});

describe('find', () => {
  const keyText = (value: string) => ({ Key: { id: 'key', type: 'rich_text', rich_text: rich(value) } });

  test('asks by column id, over all windows, and keeps what is equal', async () => {
    const filter = { property: 'key', rich_text: { equals: 'td1.a' } };
    const { connector, script } = connect([
      {
        expect: `${QUERY}?filter_properties=title&filter_properties=key`,
        body: { filter },
        answer: answer([page(1, {}, keyText('td1.a')), page(2, {}, keyText('TD1.A'))], capped),
      },
      { body: { filter: { and: [filter, since(2)] } }, answer: answer([page(3, {}, keyText('td1.a'))]) },
    ]);
    const rows = await connector.find(mapping({ name: 'Name' }), schema, {
      propertyId: 'key',
      match: 'equals',
      text: 'td1.a',
      trashed: false,
    });
    script.done();
    expect(idsOf(rows)).toEqual([1, 3].map(pageId));
  });

  test('only by text', async () => {
    const { connector } = connect([]);
    await expect(
      connector.find(source, schema, { propertyId: 'num', match: 'equals', text: '1', trashed: false }),
    ).rejects.toMatchObject({ code: 'property-type' });
  });
});
