/** Queries: order, paging, the cap, the trash, the lagging index. And search. */
import { collectAllDataSourceRows } from '@notionhq/client';
import { describe, expect, it } from 'vitest';
import {
  morePartners,
  NOBODY,
  OLDEST,
  PARTNERS,
  PARTNERS_DB,
  partner,
  refusal,
  SPLIT_DB,
  startWorld,
  TASKS,
  task,
  validation,
  type World,
} from './notion-world.js';

const query = (world: World, body: object = {}) => world.call('POST', `/v1/data_sources/${PARTNERS}/query`, body);
const idsOf = (body: Record<string, unknown>): string[] => (body.results as { id: string }[]).map((row) => row.id);
/** The row ids of every page, in order. */
async function walk(
  { client }: World,
  asked: { readonly filter_properties?: string[] },
): Promise<readonly (readonly string[])[]> {
  const pages: string[][] = [];
  let cursor: string | null | undefined;
  do {
    const answer = await client.dataSources.query({
      data_source_id: PARTNERS,
      ...asked,
      ...(cursor === undefined ? {} : { start_cursor: cursor }),
    });
    pages.push(answer.results.map((row) => row.id));
    cursor = answer.next_cursor;
  } while (cursor !== null);
  return pages;
}

describe('the order', () => {
  const order = async (sorts: readonly object[]): Promise<string[]> =>
    idsOf((await query(await startWorld(), { sorts })).body);
  const [one, two, three] = [partner(1), partner(2), partner(3)];

  it('is newest first without sorts', async () => {
    expect(idsOf((await query(await startWorld())).body)).toEqual([three, two, one]);
  });

  it.each<[string, object[], string[]]>([
    ['creation', [{ timestamp: 'created_time', direction: 'ascending' }], [one, two, three]],
    ['edit', [{ timestamp: 'last_edited_time', direction: 'descending' }], [three, two, one]],
    ['number, empty last', [{ property: 'Score', direction: 'ascending' }], [one, two, three]],
    ['number downwards, empty last', [{ property: 'Score', direction: 'descending' }], [two, one, three]],
    ['text', [{ property: 'Name', direction: 'ascending' }], [three, two, one]],
    ['the order of options', [{ property: 'Stage', direction: 'ascending' }], [two, one, three]],
    ['date', [{ property: 'dUed', direction: 'ascending' }], [two, one, three]],
    [
      'the first that tells them apart',
      [
        { property: 'Maker', direction: 'ascending' },
        { property: 'Name', direction: 'descending' },
      ],
      [one, two, three],
    ],
  ])('goes by %s', async (_, sorts, expected) => {
    expect(await order(sorts)).toEqual(expected);
  });

  it('refuses an unknown property', async () => {
    const { client } = await startWorld();
    const sorts = [{ property: 'Nope', direction: 'ascending' as const }];
    expect(await refusal(client.dataSources.query({ data_source_id: PARTNERS, sorts }))).toMatchObject(
      validation('Could not find sort property with name or id: Nope'),
    );
  });
});

describe('paging', () => {
  it('gives 100 rows unless asked for fewer, and every row once', async () => {
    const world = await startWorld({ more: morePartners(247) });
    const pages = await walk(world, {});
    expect(pages.map((page) => page.length)).toEqual([100, 100, 50]);
    expect(new Set(pages.flat()).size).toBe(250);
  });

  it('answers with a list of pages', async () => {
    const { client } = await startWorld();
    const answer = await client.dataSources.query({ data_source_id: PARTNERS, page_size: 3 });
    expect(answer).toMatchObject({
      object: 'list',
      type: 'page_or_data_source',
      page_or_data_source: {},
      has_more: false,
      next_cursor: null,
    });
    expect(answer).not.toHaveProperty('request_status');
  });

  it.each([
    [101, 'body failed validation: body.page_size should be ≤ `100`, instead was `101`.'],
    [0, 'body failed validation: body.page_size should be a positive integer, instead was `0`.'],
  ])('refuses pages of %i', async (page_size, message) => {
    const { client } = await startWorld();
    expect(await refusal(client.dataSources.query({ data_source_id: PARTNERS, page_size }))).toMatchObject(
      validation(message),
    );
  });

  it('refuses a cursor it did not give, and one of another query', async () => {
    const { client } = await startWorld();
    const ask = (start_cursor: string, in_trash?: boolean) =>
      client.dataSources.query({ data_source_id: PARTNERS, start_cursor, page_size: 1, ...(in_trash && { in_trash }) });
    expect(await refusal(ask('made-up'))).toMatchObject(validation('The start_cursor provided is invalid: made-up'));
    const { next_cursor } = await client.dataSources.query({ data_source_id: PARTNERS, page_size: 1 });
    expect((await ask(next_cursor ?? '')).results).toHaveLength(1);
    expect(await refusal(ask(next_cursor ?? '', true))).toMatchObject({ code: 'validation_error' });
  });

  it('holds only the properties asked for', async () => {
    const { client } = await startWorld();
    const answer = await client.dataSources.query({ data_source_id: PARTNERS, filter_properties: ['%5BIFC', 'title'] });
    for (const row of answer.results)
      expect(Object.keys('properties' in row ? row.properties : {})).toEqual(['Name', 'Tier']);
  });

  it('refuses an unknown property to hold', async () => {
    const { client } = await startWorld();
    const asked = client.dataSources.query({ data_source_id: PARTNERS, filter_properties: ['nope'] });
    expect(await refusal(asked)).toMatchObject(validation('Could not find property with name or id: nope'));
  });

  it('refuses an unknown data source', async () => {
    const { client } = await startWorld();
    expect(await refusal(client.dataSources.query({ data_source_id: NOBODY }))).toMatchObject({
      status: 404,
      code: 'object_not_found',
    });
  });
});

describe('the cap', () => {
  it('ends a query early, and only the request status says so', async () => {
    const { client } = await startWorld({ more: morePartners(20), queryCap: 15 });
    const first = await client.dataSources.query({ data_source_id: PARTNERS, page_size: 10 });
    expect(first).toMatchObject({ has_more: true });
    expect(first).not.toHaveProperty('request_status');
    const last = await client.dataSources.query({
      data_source_id: PARTNERS,
      page_size: 10,
      start_cursor: first.next_cursor,
    });
    expect(last).toMatchObject({
      has_more: false,
      next_cursor: null,
      request_status: { type: 'incomplete', incomplete_reason: 'query_result_limit_reached' },
    });
    expect(last.results).toHaveLength(5);
  });

  it('is passed by the official walk in windows of creation time', async () => {
    const { client } = await startWorld({ more: morePartners(250), queryCap: 100 });
    const rows = await collectAllDataSourceRows(client, { data_source_id: PARTNERS });
    expect(new Set(rows.map((row) => row.id)).size).toBe(253);
  });

  it('is not met by exactly as many rows', async () => {
    const { client } = await startWorld({ queryCap: 3 });
    expect(await client.dataSources.query({ data_source_id: PARTNERS })).not.toHaveProperty('request_status');
  });

  it('is 10,000 rows unless set', async () => {
    const world = await startWorld({ more: morePartners(9_998) });
    const pages = await walk(world, { filter_properties: ['title'] });
    expect(pages.flat()).toHaveLength(10_000);
  });
});

describe('the trash', () => {
  it('is left out, or asked for alone', async () => {
    const { client, notion } = await startWorld();
    notion.trash(partner(2));
    const ids = async (in_trash?: boolean) =>
      (
        await client.dataSources.query({ data_source_id: PARTNERS, ...(in_trash === undefined ? {} : { in_trash }) })
      ).results.map((row) => row.id);
    expect(await ids()).toEqual([partner(3), partner(1)]);
    expect(await ids(true)).toEqual([partner(2)]);
    notion.restore(partner(2));
    expect(await ids(true)).toEqual([]);
  });
});

describe('a lagging index', () => {
  const names = async (world: World): Promise<unknown[]> => {
    const { results } = (await query(world, { filter: { property: 'Score', number: { is_not_empty: true } } })).body;
    return (results as { properties: { Score: { number: number } } }[]).map((row) => row.properties.Score.number);
  };

  it('does not show a new page until it has caught up', async () => {
    const world = await startWorld();
    world.notion.lag(30_000);
    await world.client.pages.create({ parent: { data_source_id: PARTNERS }, properties: { Score: { number: 1 } } });
    expect(await names(world)).toEqual([7, 0.5]);
    world.advance(29_999);
    expect(await names(world)).toEqual([7, 0.5]);
    world.advance(1);
    expect(await names(world)).toEqual([1, 7, 0.5]);
  });

  it('shows an edited page as it was, although the page itself is up to date', async () => {
    const world = await startWorld();
    world.notion.lag(30_000);
    world.notion.edit(partner(1), { Score: 2 });
    world.advance(10_000);
    world.notion.edit(partner(1), { Score: 3 });
    expect(await names(world)).toEqual([7, 0.5]);
    expect(await world.client.pages.retrieve({ page_id: partner(1) })).toMatchObject({
      properties: { Score: { number: 3 } },
    });
    world.advance(20_000);
    expect(await names(world)).toEqual([7, 2]);
    world.advance(10_000);
    expect(await names(world)).toEqual([7, 3]);
  });
});

describe('versions', () => {
  it('2022-06-28 queries the database of one source', async () => {
    const world = await startWorld({ version: OLDEST });
    const answer = await world.call('POST', `/v1/databases/${PARTNERS_DB}/query`, {});
    expect(answer.body).toMatchObject({ type: 'page_or_database', page_or_database: {} });
    expect(idsOf(answer.body)).toHaveLength(3);
  });

  it.each(['GET', 'POST'])('2022-06-28 cannot see a database of several (%s)', async (method) => {
    const { call } = await startWorld({ version: OLDEST });
    const path = `/v1/databases/${SPLIT_DB}${method === 'POST' ? '/query' : ''}`;
    expect((await call(method, path, method === 'POST' ? {} : undefined)).body).toMatchObject(
      validation('Databases with multiple data sources are not supported in this API version.'),
    );
  });

  it('newer ones query sources, not databases', async () => {
    const { call } = await startWorld();
    expect((await call('POST', `/v1/databases/${PARTNERS_DB}/query`, {})).body).toMatchObject({
      status: 400,
      code: 'invalid_request_url',
    });
  });
});

describe('search', () => {
  const titles = async (body: object): Promise<string[]> => {
    const { client } = await startWorld();
    const { results } = await client.search(body);
    return results.map((hit) => `${hit.object} ${hit.id}`);
  };

  it('finds pages and data sources by title', async () => {
    expect(await titles({ query: 'task', filter: { property: 'object', value: 'page' } })).toEqual([
      `page ${task(2)}`,
      `page ${task(1)}`,
    ]);
    expect(await titles({ query: 'partners' })).toEqual([`data_source ${PARTNERS}`]);
  });

  it('does not find what is trashed or not shared', async () => {
    const { client, notion } = await startWorld();
    notion.trash(task(1));
    expect((await client.search({ query: 'Task 1' })).results).toEqual([]);
    notion.share(TASKS, false);
    expect((await client.search({ query: 'task' })).results).toEqual([]);
  });

  it('is paged', async () => {
    const { client } = await startWorld();
    const first = await client.search({ page_size: 2 });
    expect(first).toMatchObject({ object: 'list', has_more: true });
    expect((await client.search({ page_size: 2, start_cursor: first.next_cursor })).results).toHaveLength(2);
  });
});
