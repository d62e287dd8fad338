/** Reading pages: the wire form of every property, times, trash, the cut at 25 references, the property endpoint. */
import { describe, expect, it } from 'vitest';
import {
  BOT,
  KIM,
  LEE,
  MIDDLE,
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

const KIM_IN_FULL = {
  object: 'user',
  id: KIM,
  name: '김서연',
  avatar_url: null,
  type: 'person',
  person: { email: 'seoyeon@example.com' },
};

const text = (content: string) => ({
  type: 'text',
  text: { content, link: null },
  annotations: { bold: false, italic: false, strikethrough: false, underline: false, code: false, color: 'default' },
  plain_text: content,
  href: null,
});

type Properties = Record<string, Record<string, unknown>>;

async function readPartner(world: World, n: number): Promise<Properties> {
  const page = await world.call('GET', `/v1/pages/${partner(n)}`);
  return page.body.properties as Properties;
}

describe('a page', () => {
  it('has the shape of the newest version, without archived', async () => {
    const { call } = await startWorld();
    const { properties, request_id, ...page } = (await call('GET', `/v1/pages/${partner(1)}`)).body;
    expect(page).toEqual({
      object: 'page',
      id: partner(1),
      created_time: '2026-10-01T00:00:00.000Z',
      last_edited_time: '2026-10-01T00:00:00.000Z',
      created_by: { object: 'user', id: KIM },
      last_edited_by: { object: 'user', id: KIM },
      cover: null,
      icon: null,
      parent: { type: 'data_source_id', data_source_id: PARTNERS, database_id: PARTNERS_DB },
      in_trash: false,
      is_archived: false,
      is_locked: false,
      url: `https://www.notion.so/Alliance-${partner(1).replaceAll('-', '')}`,
      public_url: null,
    });
  });

  it('has both archived and in_trash in 2025-09-03', async () => {
    const { clientOf } = await startWorld();
    const page = await clientOf(MIDDLE).pages.retrieve({ page_id: partner(1) });
    expect(page).toMatchObject({ archived: false, in_trash: false, parent: { type: 'data_source_id' } });
  });

  it('belongs to its database in 2022-06-28', async () => {
    const { clientOf } = await startWorld();
    const page = await clientOf(OLDEST).pages.retrieve({ page_id: partner(1) });
    expect(page).toMatchObject({ archived: false, parent: { type: 'database_id', database_id: PARTNERS_DB } });
  });

  it.each<[string, object]>([
    ['Name', { id: 'title', type: 'title', title: [text('한빛 Alliance')] }],
    ['Code', { id: 'cOde', type: 'rich_text', rich_text: [text('HB-1')] }],
    [
      'Stage',
      { id: 'stAg', type: 'status', status: { id: expect.any(String), name: 'In progress', color: 'default' } },
    ],
    ['Tier', { id: '%5BIFC', type: 'select', select: { id: expect.any(String), name: 'strategic', color: 'default' } }],
    ['Tags', { id: 'tAgs', type: 'multi_select', multi_select: [{ name: 'fast' }, { name: 'loyal' }] }],
    ['Score', { id: '~iuF', type: 'number', number: 0.5 }],
    ['Due', { id: 'dUed', type: 'date', date: { start: '2026-12-31', end: null, time_zone: null } }],
    ['Active', { id: 'aCti', type: 'checkbox', checkbox: true }],
    ['Owner', { id: 'oWne', type: 'people', people: [KIM_IN_FULL] }],
    ['Tasks', { id: 'tAsk', type: 'relation', relation: [{ id: task(1) }, { id: task(2) }], has_more: false }],
    ['Site', { type: 'url', url: 'https://hanbit.example' }],
    ['Mail', { type: 'email', email: 'hi@hanbit.example' }],
    ['Phone', { type: 'phone_number', phone_number: '+82 2 1234' }],
    ['Papers', { type: 'files', files: [{ type: 'external', external: { url: 'https://hanbit.example/nda.pdf' } }] }],
    ['Health', { type: 'formula', formula: { type: 'number', number: 1 } }],
    ['Total', { type: 'rollup', rollup: { type: 'number', number: 12, function: 'sum' } }],
    ['No', { type: 'unique_id', unique_id: { prefix: null, number: 1 } }],
    ['Made', { type: 'created_time', created_time: '2026-10-01T00:00:00.000Z' }],
    ['Maker', { type: 'created_by', created_by: KIM_IN_FULL }],
    ['Changed', { type: 'last_edited_time', last_edited_time: '2026-10-01T00:00:00.000Z' }],
    ['Editor', { type: 'last_edited_by', last_edited_by: KIM_IN_FULL }],
  ])('shows %s', async (name, shape) => {
    expect((await readPartner(await startWorld(), 1))[name]).toMatchObject(shape);
  });

  it.each<[string, object]>([
    ['Code', { rich_text: [] }],
    ['Tier', { select: null }],
    ['Tags', { multi_select: [] }],
    ['Score', { number: null }],
    ['Due', { date: null }],
    ['Active', { checkbox: false }],
    ['Owner', { people: [] }],
    ['Tasks', { relation: [], has_more: false }],
    ['Site', { url: null }],
    ['Papers', { files: [] }],
    ['Health', { formula: { type: 'date', date: { start: '2026-11-30', end: null, time_zone: null } } }],
    ['Total', { rollup: { type: 'number', number: null } }],
  ])('shows an empty %s', async (name, shape) => {
    expect((await readPartner(await startWorld(), 3))[name]).toMatchObject(shape);
  });

  it('cuts the time of a date to the minute and keeps its offset', async () => {
    expect((await readPartner(await startWorld(), 2)).Due).toMatchObject({
      date: { start: '2026-11-02T09:30:00.000+09:00', end: null, time_zone: null },
    });
  });

  it('shows the default of a status that was never set', async () => {
    expect((await readPartner(await startWorld(), 2)).Stage).toMatchObject({ status: { name: 'Not started' } });
  });

  it('holds only the properties asked for, by id or name', async () => {
    const { client } = await startWorld();
    const page = await client.pages.retrieve({ page_id: partner(1), filter_properties: ['~iuF', '%5BIFC', 'Name'] });
    expect(Object.keys('properties' in page ? page.properties : {})).toEqual(['Name', 'Tier', 'Score']);
  });

  it.each([
    ['unknown', NOBODY],
    ['of a source that is not shared', task(1)],
  ])('that is %s is not found', async (_, id) => {
    const { client, notion } = await startWorld();
    notion.share(TASKS, false);
    expect(await refusal(client.pages.retrieve({ page_id: id }))).toMatchObject({
      object: 'error',
      status: 404,
      code: 'object_not_found',
      message: `Could not find page with ID: ${id}. Make sure the relevant pages and databases are shared with your integration "Tandem".`,
    });
  });

  it('is told from a database', async () => {
    const { client } = await startWorld();
    expect(await refusal(client.pages.retrieve({ page_id: SPLIT_DB }))).toMatchObject(
      validation(`Provided ID ${SPLIT_DB} is a database, not a page. Use the retrieve database API instead.`),
    );
    expect(await refusal(client.databases.retrieve({ database_id: partner(1) }))).toMatchObject(
      validation(`Provided ID ${partner(1)} is a page, not a database. Use the retrieve page API instead.`),
    );
  });
});

describe('times', () => {
  it('of a page are cut to the minute, and move with its edits', async () => {
    const { client, advance } = await startWorld();
    const made = await client.pages.create({ parent: { data_source_id: PARTNERS }, properties: {} });
    expect(made).toMatchObject({
      created_time: '2026-11-02T03:00:00.000Z',
      last_edited_time: '2026-11-02T03:00:00.000Z',
      created_by: { object: 'user', id: BOT },
    });
    advance(20_000);
    const edited = await client.pages.update({ page_id: made.id, properties: { Score: { number: 1 } } });
    expect(edited).toMatchObject({
      created_time: '2026-11-02T03:00:00.000Z',
      last_edited_time: '2026-11-02T03:01:00.000Z',
    });
  });

  it('an edit by request is the bot’s, one by hand a person’s', async () => {
    const { client, notion } = await startWorld();
    await client.pages.update({ page_id: partner(1), properties: { Score: { number: 1 } } });
    expect(await client.pages.retrieve({ page_id: partner(1) })).toMatchObject({
      created_by: { id: KIM },
      last_edited_by: { id: BOT },
    });
    notion.edit(partner(1), { Score: 2 });
    expect(await client.pages.retrieve({ page_id: partner(1) })).toMatchObject({ last_edited_by: { id: KIM } });
  });
});

describe('the trash', () => {
  it('keeps a page readable, and gives it back whole', async () => {
    const { client, notion } = await startWorld();
    expect(await client.pages.update({ page_id: partner(1), in_trash: true })).toMatchObject({ in_trash: true });
    expect(await client.pages.retrieve({ page_id: partner(1) })).toMatchObject({ in_trash: true });
    expect(await client.pages.update({ page_id: partner(1), in_trash: false })).toMatchObject({ in_trash: false });
    expect(notion.pages(PARTNERS)[0]).toMatchObject({ inTrash: false, values: { Code: 'HB-1' } });
  });

  it('keeps a page from being edited', async () => {
    const { client, notion } = await startWorld();
    notion.trash(partner(1));
    const edit = client.pages.update({ page_id: partner(1), properties: { Score: { number: 9 } } });
    expect(await refusal(edit)).toMatchObject(
      validation("Can't edit block that is archived. You must unarchive the block before editing."),
    );
    expect(notion.pages(PARTNERS)[0]?.values.Score).toBe(0.5);
  });

  it('keeps a page from being edited by the request that trashes it once more', async () => {
    const { client, notion } = await startWorld();
    notion.trash(partner(1));
    const edit = client.pages.update({ page_id: partner(1), in_trash: true, properties: { Score: { number: 9 } } });
    expect(await refusal(edit)).toMatchObject({ code: 'validation_error' });
    expect(await client.pages.update({ page_id: partner(1), in_trash: true })).toMatchObject({ in_trash: true });
  });

  it('lets one request restore and edit', async () => {
    const { client, notion } = await startWorld();
    notion.trash(partner(1));
    await client.pages.update({ page_id: partner(1), in_trash: false, properties: { Score: { number: 9 } } });
    expect(notion.pages(PARTNERS)[0]).toMatchObject({ inTrash: false, values: { Score: 9 } });
  });

  it('is called archived before 2026-03-11, and no longer since', async () => {
    const older = await startWorld({ version: MIDDLE });
    expect((await older.call('PATCH', `/v1/pages/${partner(1)}`, { archived: true })).body).toMatchObject({
      archived: true,
      in_trash: true,
    });
    const newest = await startWorld();
    expect((await newest.call('PATCH', `/v1/pages/${partner(1)}`, { archived: true })).body).toMatchObject(
      validation('body failed validation: body.archived should be not present, instead was `true`.'),
    );
    expect(newest.notion.pages(PARTNERS)[0]?.inTrash).toBe(false);
  });
});

describe('more than 25 references', () => {
  async function crowded(): Promise<World & { readonly made: readonly string[] }> {
    const world = await startWorld();
    const made = Array.from({ length: 30 }, (_, n) => world.notion.addPage(TASKS, { Title: `T${n}` }));
    world.notion.edit(partner(3), { Tasks: made, Owner: Array.from({ length: 30 }, (_, n) => (n % 2 ? KIM : LEE)) });
    return { ...world, made };
  }

  it('of a relation are cut on pages and in queries, which say so', async () => {
    const { client, call, made } = await crowded();
    const cut = { relation: made.slice(0, 25).map((id) => ({ id })), has_more: true };
    expect(await client.pages.retrieve({ page_id: partner(3) })).toMatchObject({ properties: { Tasks: cut } });
    const filter = { property: 'Name', title: { equals: 'Narae' } };
    const query = await call('POST', `/v1/data_sources/${PARTNERS}/query`, { filter });
    expect(query.body.results).toMatchObject([{ properties: { Tasks: cut } }]);
  });

  it('of people are cut without a word', async () => {
    const { client } = await crowded();
    const page = await client.pages.retrieve({ page_id: partner(3) });
    const owner = 'properties' in page ? page.properties.Owner : undefined;
    expect(owner).toMatchObject({ type: 'people' });
    expect(owner?.type === 'people' && owner.people).toHaveLength(25);
    expect(owner).not.toHaveProperty('has_more');
  });

  it('are complete at the property, in pages', async () => {
    const { client, made } = await crowded();
    const first = await client.pages.properties.retrieve({ page_id: partner(3), property_id: 'tAsk', page_size: 20 });
    expect(first).toMatchObject({
      object: 'list',
      type: 'property_item',
      has_more: true,
      property_item: { id: 'tAsk', type: 'relation', relation: {}, next_url: expect.stringContaining('start_cursor=') },
    });
    if (first.object !== 'list' || first.next_cursor === null) throw new Error('not a page of a list');
    const rest = await client.pages.properties.retrieve({
      page_id: partner(3),
      property_id: 'tAsk',
      page_size: 20,
      start_cursor: first.next_cursor,
    });
    if (rest.object !== 'list') throw new Error('not a page of a list');
    expect(rest).toMatchObject({ has_more: false, next_cursor: null, property_item: { next_url: null } });
    expect([...first.results, ...rest.results]).toEqual(
      made.map((id) => ({ object: 'property_item', id: 'tAsk', type: 'relation', relation: { id } })),
    );
  });
});

describe('the property endpoint', () => {
  const read = async (property: string, page = partner(1)) => {
    const { client } = await startWorld();
    return client.pages.properties.retrieve({ page_id: page, property_id: property });
  };

  it('answers one item for a single value', async () => {
    expect(await read('~iuF')).toMatchObject({ object: 'property_item', id: '~iuF', type: 'number', number: 0.5 });
  });

  it('answers a list for text and people', async () => {
    expect(await read('title')).toMatchObject({
      results: [{ object: 'property_item', id: 'title', type: 'title', title: text('한빛 Alliance') }],
    });
    expect(await read('oWne', partner(2))).toMatchObject({
      results: [{ people: { id: KIM } }, { people: { id: LEE } }],
    });
  });

  it('answers a rollup with its value', async () => {
    expect(await read('tOta')).toMatchObject({
      type: 'property_item',
      property_item: { type: 'rollup', rollup: { type: 'number', number: 12 } },
    });
  });

  it('takes an encoded id as the page gave it', async () => {
    expect(await read('%5BIFC')).toMatchObject({ id: '%5BIFC', select: { name: 'strategic' } });
  });

  it('refuses an unknown property', async () => {
    const { client } = await startWorld();
    const asked = client.pages.properties.retrieve({ page_id: partner(1), property_id: 'nope' });
    expect(await refusal(asked)).toMatchObject({ status: 404, code: 'object_not_found' });
  });
});

describe('blocks', () => {
  it('appended to a page are kept', async () => {
    const { client } = await startWorld();
    const children = [{ paragraph: { rich_text: [{ text: { content: '첫 문단' } }] } }];
    await client.blocks.children.append({ block_id: partner(1), children });
    const list = await client.blocks.children.list({ block_id: partner(1) });
    expect(list.results).toMatchObject([
      { object: 'block', type: 'paragraph', paragraph: { rich_text: [{ plain_text: '첫 문단' }] } },
    ]);
  });

  it('come with a new page', async () => {
    const { client } = await startWorld();
    const page = await client.pages.create({
      parent: { data_source_id: PARTNERS },
      properties: {},
      children: [{ paragraph: { rich_text: [{ text: { content: 'body' } }] } }],
    });
    expect((await client.blocks.children.list({ block_id: page.id })).results).toHaveLength(1);
  });
});
