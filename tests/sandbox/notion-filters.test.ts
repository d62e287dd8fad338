/** The filter language of queries: what it lets through, and which filters it refuses. */
import { describe, expect, it } from 'vitest';
import { BOT, KIM, LEE, PARTNERS, partner, refusal, startWorld, task, validation, type World } from './notion-world.js';

const query = (world: World, body: object) => world.call('POST', `/v1/data_sources/${PARTNERS}/query`, body);
const idsOf = (body: Record<string, unknown>): string[] => (body.results as { id: string }[]).map((row) => row.id);
const found = async (world: World, filter: object): Promise<number[]> => {
  const answer = await query(world, { filter, sorts: [{ timestamp: 'created_time', direction: 'ascending' }] });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return idsOf(answer.body).map((id) => [1, 2, 3].find((n) => partner(n) === id) ?? 0);
};

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

it('a filter by me finds what the bot made', async () => {
  const world = await startWorld();
  const page = await world.client.pages.create({ parent: { data_source_id: PARTNERS }, properties: {} });
  const answer = await query(world, { filter: { property: 'Maker', created_by: { contains: BOT } } });
  expect(idsOf(answer.body)).toEqual([page.id]);
});
