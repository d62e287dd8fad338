/** New pages, the two sides of a relation, and the audit of what requests change. */
import type { CreatePageParameters } from '@notionhq/client';
import { describe, expect, it } from 'vitest';
import {
  BOT,
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
} from './notion-world.js';

type Properties = NonNullable<CreatePageParameters['properties']>;

const rich = (content: string) => [{ text: { content } }];

describe('creating', () => {
  const properties: Properties = { Name: { title: rich('New') } };

  it('adds a page of the bot’s to the data source', async () => {
    const { client, notion } = await startWorld();
    const page = await client.pages.create({ parent: { data_source_id: PARTNERS }, properties });
    expect(page).toMatchObject({ object: 'page', parent: { data_source_id: PARTNERS }, in_trash: false });
    expect(notion.pages(PARTNERS).at(-1)).toMatchObject({
      id: page.id,
      createdBy: BOT,
      lastEditedBy: BOT,
      createdTime: '2026-11-02T03:00:40.400Z',
      values: { Name: 'New', Stage: 'Not started', Score: null },
    });
  });

  it('takes the database for its only source, in every version', async () => {
    const { clientOf, notion } = await startWorld();
    for (const version of [OLDEST, '2025-09-03', '2026-03-11']) {
      await clientOf(version).pages.create({ parent: { database_id: PARTNERS_DB }, properties });
    }
    expect(notion.pages(PARTNERS)).toHaveLength(6);
  });

  it.each([
    [
      'a database of several sources',
      { database_id: SPLIT_DB },
      'Databases with multiple data sources are not supported in this API version.',
    ],
    ['nothing', {}, 'body failed validation: body.parent.data_source_id should be defined, instead was `undefined`.'],
  ])('refuses %s as parent', async (_, parent, message) => {
    const { call } = await startWorld();
    expect((await call('POST', '/v1/pages', { parent, properties })).body).toMatchObject(validation(message));
  });

  it('refuses an unknown data source', async () => {
    const { client } = await startWorld();
    expect(await refusal(client.pages.create({ parent: { data_source_id: NOBODY }, properties }))).toMatchObject({
      status: 404,
      message: expect.stringContaining(`Could not find data_source with ID: ${NOBODY}.`),
    });
  });

  it('gives pages the same ids in every run, however many requests came before', async () => {
    const one = await startWorld();
    const two = await startWorld();
    await two.client.users.me({});
    const made = [one, two].map((world) =>
      world.client.pages.create({ parent: { data_source_id: TASKS }, properties: {} }),
    );
    const [first, second] = await Promise.all(made);
    expect(first?.id).toBe(second?.id);
  });

  it('gives a hostile property name no power', async () => {
    const { call } = await startWorld();
    const body = `{"parent":{"data_source_id":"${PARTNERS}"},"properties":{"__proto__":{"number":1}}}`;
    expect((await call('POST', '/v1/pages', body)).body).toMatchObject(
      validation('__proto__ is not a property that exists.'),
    );
  });
});

describe('two-way relations', () => {
  it('follow on the other side, and are audited once', async () => {
    const { client, notion, context } = await startWorld();
    await client.pages.update({ page_id: partner(2), properties: { Tasks: { relation: [{ id: task(1) }] } } });
    expect(notion.pages(TASKS).map((row) => row.values.Partner)).toEqual([[partner(1), partner(2)], [partner(1)]]);
    await client.pages.update({ page_id: task(2), properties: { Partner: { relation: [] } } });
    expect(notion.pages(PARTNERS).map((row) => row.values.Tasks)).toEqual([[task(1)], [task(1)], []]);
    expect(context.changes.map(({ rowId, property }) => [rowId, property])).toEqual([
      [partner(2), 'Tasks'],
      [task(2), 'Partner'],
    ]);
  });

  it('follow a new page, and count as an edit of the other', async () => {
    const { client, notion } = await startWorld();
    const page = await client.pages.create({
      parent: { data_source_id: TASKS },
      properties: { Partner: { relation: [{ id: partner(3) }] } },
    });
    expect(notion.pages(PARTNERS)[2]).toMatchObject({
      lastEditedTime: '2026-11-02T03:00:40.400Z',
      values: { Tasks: [page.id] },
    });
  });
});

describe('the audit', () => {
  it('names what a request changed, before and after, and only that', async () => {
    const { client, context } = await startWorld();
    const properties: Properties = {
      Score: { number: 9 },
      Active: { checkbox: true },
      Tier: { select: { name: 'core' } },
    };
    await client.pages.update({ page_id: partner(1), properties, in_trash: true });
    const entry = { at: context.now(), tool: 'notion', by: 'api', source: PARTNERS, rowId: partner(1) };
    expect(context.changes).toEqual([
      { ...entry, property: '(trashed)', before: false, after: true },
      { ...entry, property: 'Tier', before: 'strategic', after: 'core' },
      { ...entry, property: 'Score', before: 0.5, after: 9 },
    ]);
  });

  it('names what a page was created with', async () => {
    const { client, context } = await startWorld();
    const page = await client.pages.create({
      parent: { data_source_id: PARTNERS },
      properties: { Score: { number: 2 } },
    });
    expect(context.changes).toMatchObject([
      { by: 'api', rowId: page.id, property: '(created)', before: null, after: { Score: 2 } },
    ]);
  });
});
