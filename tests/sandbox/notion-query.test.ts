/** Queries: filters, order, paging, the cap, the trash, the lagging index. And search. */
import { describe, expect, it } from 'vitest';
import {
  BOT,
  KIM,
  LEE,
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
const found = async (world: World, filter: object): Promise<number[]> => {
  const answer = await query(world, { filter, sorts: [{ timestamp: 'created_time', direction: 'ascending' }] });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return idsOf(answer.body).map((id) => [1, 2, 3].find((n) => partner(n) === id) ?? 0);
};

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

describe('partners let through by', () => {
  it.each<[string, object, number[]]>([
    ['title equals', { property: 'Name', title: { equals: 'Saebom' } }, [2]],
    ['title does not equal', { property: 'Name', title: { does_not_equal: 'Saebom' } }, [1, 3]],
    ['title contains, in any case', { property: 'Name', title: { contains: 'alliance' } }, [1]],
    ['title does not contain', { property: 'Name', title: { does_not_contain: 'a' } }, []],
    ['title starts with', { property: 'Name', title: { starts_with: '한빛' } }, [1]],
    ['title ends with', { property: 'Name', title: { ends_with: 'rae' } }, [3]],
    ['text equals', { property: 'Code', rich_text: { equals: 'HB-1' } }, [1]],
    ['text is empty', { property: 'Code', rich_text: { is_empty: true } }, [3]],
    ['text is not empty', { property: 'Code', rich_text: { is_not_empty: true } }, [1, 2]],
    ['a property id', { property: 'cOde', rich_text: { equals: 'SB-2' } }, [2]],
    ['url contains', { property: 'Site', url: { contains: 'hanbit' } }, [1]],
    ['number equals', { property: 'Score', number: { equals: 7 } }, [2]],
    ['number greater than', { property: 'Score', number: { greater_than: 0.5 } }, [2]],
    ['number at least', { property: 'Score', number: { greater_than_or_equal_to: 0.5 } }, [1, 2]],
    ['number less than', { property: 'Score', number: { less_than: 7 } }, [1]],
    ['number at most', { property: 'Score', number: { less_than_or_equal_to: 7 } }, [1, 2]],
    ['number is empty', { property: 'Score', number: { is_empty: true } }, [3]],
    ['unique id', { property: 'No', unique_id: { equals: 2 } }, [2]],
    ['select equals', { property: 'Tier', select: { equals: 'core' } }, [2]],
    ['select equals one of', { property: 'Tier', select: { equals: ['core', 'strategic'] } }, [1, 2]],
    ['select does not equal', { property: 'Tier', select: { does_not_equal: 'core' } }, [1, 3]],
    ['select is empty', { property: 'Tier', select: { is_empty: true } }, [3]],
    ['status equals its default', { property: 'Stage', status: { equals: 'Not started' } }, [2]],
    ['status equals one of', { property: 'Stage', status: { equals: ['Done', 'In progress'] } }, [1, 3]],
    ['options contain', { property: 'Tags', multi_select: { contains: 'loyal' } }, [1]],
    ['options do not contain', { property: 'Tags', multi_select: { does_not_contain: 'loyal' } }, [2, 3]],
    ['checkbox', { property: 'Active', checkbox: { equals: true } }, [1]],
    ['checkbox does not equal', { property: 'Active', checkbox: { does_not_equal: true } }, [2, 3]],
    ['people contain', { property: 'Owner', people: { contains: LEE } }, [2]],
    ['people are empty', { property: 'Owner', people: { is_empty: true } }, [3]],
    ['relation contains', { property: 'Tasks', relation: { contains: task(1).replaceAll('-', '') } }, [1]],
    ['relation is empty', { property: 'Tasks', relation: { is_empty: true } }, [2, 3]],
    ['created by', { property: 'Maker', created_by: { contains: KIM } }, [1, 2, 3]],
    ['created by me', { property: 'Maker', created_by: { contains: 'me' } }, []],
    ['date equals a day', { property: 'Due', date: { equals: '2026-11-02' } }, [2]],
    ['date before', { property: 'Due', date: { before: '2026-12-31' } }, [2]],
    ['date after', { property: 'Due', date: { after: '2026-11-02' } }, [1]],
    ['date on or before', { property: 'Due', date: { on_or_before: '2026-12-31' } }, [1, 2]],
    ['date on or after', { property: 'Due', date: { on_or_after: '2026-12-31' } }, [1]],
    ['date on or after a time', { property: 'Due', date: { on_or_after: '2026-11-02T00:31:00Z' } }, [1]],
    ['date is empty', { property: 'Due', date: { is_empty: true } }, [3]],
    ['created time after a day', { timestamp: 'created_time', created_time: { after: '2026-10-02' } }, [3]],
    [
      'created time equals its minute',
      { timestamp: 'created_time', created_time: { equals: '2026-10-02T00:00:00Z' } },
      [2],
    ],
    ['the property of created time', { property: 'Made', created_time: { before: '2026-10-02' } }, [1]],
    [
      'edited on or after',
      { timestamp: 'last_edited_time', last_edited_time: { on_or_after: '2026-10-02T00:00:00Z' } },
      [2, 3],
    ],
    // The times are cut to the minute: a watermark with seconds loses what happened in its own minute.
    [
      'edited on or after a second',
      { timestamp: 'last_edited_time', last_edited_time: { on_or_after: '2026-10-02T00:00:10Z' } },
      [3],
    ],
    ['formula number', { property: 'Health', formula: { number: { equals: 1 } } }, [1]],
    ['formula text', { property: 'Health', formula: { string: { equals: 'good' } } }, [2]],
    ['formula date', { property: 'Health', formula: { date: { after: '2026-11-01' } } }, [3]],
    [
      'and',
      {
        and: [
          { property: 'Tags', multi_select: { contains: 'fast' } },
          { property: 'Active', checkbox: { equals: true } },
        ],
      },
      [1],
    ],
    [
      'or',
      {
        or: [
          { property: 'Score', number: { equals: 7 } },
          { property: 'Active', checkbox: { equals: true } },
        ],
      },
      [1, 2],
    ],
    [
      'or in and',
      {
        and: [
          { property: 'Tags', multi_select: { contains: 'fast' } },
          {
            or: [
              { property: 'Score', number: { equals: 7 } },
              { property: 'Score', number: { equals: 8 } },
            ],
          },
        ],
      },
      [2],
    ],
  ])('%s', async (_, filter, expected) => {
    expect(await found(await startWorld(), filter)).toEqual(expected);
  });
});

describe('filters that are refused', () => {
  const leaf = { property: 'Score', number: { equals: 1 } };
  it.each<[string, object, string]>([
    [
      'an unknown property',
      { property: 'Nope', number: { equals: 1 } },
      'Could not find property with name or id: Nope',
    ],
    [
      'another type',
      { property: 'Stage', select: { equals: 'Done' } },
      'The property type in the database does not match the property type of the filter provided: database property status does not match filter select',
    ],
    [
      'an unknown condition',
      { property: 'Score', number: { near: 1 } },
      'body failed validation: body.filter.number.near should be not present, instead was `1`.',
    ],
    [
      'a text for a number',
      { property: 'Score', number: { equals: '1' } },
      'body failed validation: body.filter.number.equals should be a number, instead was `"1"`.',
    ],
    [
      'no date',
      { property: 'Due', date: { after: 'soon' } },
      'body failed validation: body.filter.date.after should be a valid ISO 8601 date string, instead was `"soon"`.',
    ],
    [
      'three levels',
      { and: [{ or: [{ and: [leaf] }] }] },
      'body failed validation: body.filter.and[0].or[0] should be nested at most 2 levels deep.',
    ],
    [
      '101 members',
      { or: Array.from({ length: 101 }, () => leaf) },
      'body failed validation: body.filter.or.length should be ≤ `100`, instead was `101`.',
    ],
  ])('%s', async (_, filter, message) => {
    const { client } = await startWorld();
    // The client's types forbid some of these; they are sent as they are.
    const asked = client.request({ path: `data_sources/${PARTNERS}/query`, method: 'post', body: { filter } });
    expect(await refusal(asked)).toMatchObject(validation(message));
  });
});

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

it('a filter by me finds what the bot made', async () => {
  const world = await startWorld();
  const page = await world.client.pages.create({ parent: { data_source_id: PARTNERS }, properties: {} });
  const answer = await query(world, { filter: { property: 'Maker', created_by: { contains: BOT } } });
  expect(idsOf(answer.body)).toEqual([page.id]);
});
