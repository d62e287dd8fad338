/** Databases and data sources: their form by version, changes of properties and options by request. */
import { describe, expect, it } from 'vitest';
import {
  EAST,
  NOBODY,
  OLDEST,
  PARTNERS,
  PARTNERS_DB,
  partner,
  refusal,
  SPLIT_DB,
  startWorld,
  TASKS,
  TASKS_DB,
  validation,
  WEST,
  type World,
} from './notion-world.js';

const configs = async (world: World, id = PARTNERS): Promise<Record<string, Record<string, unknown>>> =>
  (await world.call('GET', `/v1/data_sources/${id}`)).body.properties as Record<string, Record<string, unknown>>;

const patch = (world: World, properties: object) => world.call('PATCH', `/v1/data_sources/${PARTNERS}`, { properties });

const optionNames = async (world: World, name: string): Promise<readonly string[]> => {
  const config = (await configs(world))[name];
  const inner = config?.[String(config.type)] as { options: { name: string }[] };
  return inner.options.map((option) => option.name);
};

describe('a database', () => {
  it('lists its data sources and holds no schema', async () => {
    const { client } = await startWorld();
    const database = await client.databases.retrieve({ database_id: SPLIT_DB });
    expect(database).toMatchObject({
      object: 'database',
      id: SPLIT_DB,
      title: [{ plain_text: 'Regions' }],
      in_trash: false,
      data_sources: [
        { id: EAST, name: 'East' },
        { id: WEST, name: 'West' },
      ],
    });
    expect(database).not.toHaveProperty('properties');
    expect(database).not.toHaveProperty('archived');
  });

  it('of one source takes that source’s name', async () => {
    const { client } = await startWorld();
    expect(await client.databases.retrieve({ database_id: PARTNERS_DB })).toMatchObject({
      title: [{ plain_text: 'Partners' }],
    });
  });

  it('holds the schema in 2022-06-28', async () => {
    const { call } = await startWorld({ version: OLDEST });
    const { body } = await call('GET', `/v1/databases/${PARTNERS_DB}`);
    expect(body).toMatchObject({ archived: false, properties: { Score: { type: 'number' } } });
    expect(body).not.toHaveProperty('data_sources');
  });

  it.each([
    ['unknown', NOBODY],
    ['a data source', PARTNERS],
    ['no longer shared', TASKS_DB],
  ])('that is %s is not found', async (_, id) => {
    const { client, notion } = await startWorld();
    notion.share(TASKS, false);
    expect(await refusal(client.databases.retrieve({ database_id: id }))).toMatchObject({
      status: 404,
      message: expect.stringContaining(`Could not find database with ID: ${id}.`),
    });
  });
});

describe('a data source', () => {
  it('has the shape of the newest version', async () => {
    const { call } = await startWorld();
    const { properties, request_id, ...source } = (await call('GET', `/v1/data_sources/${PARTNERS}`)).body;
    expect(source).toMatchObject({
      object: 'data_source',
      id: PARTNERS,
      title: [{ plain_text: 'Partners' }],
      parent: { type: 'database_id', database_id: PARTNERS_DB },
      in_trash: false,
    });
    expect(source).not.toHaveProperty('archived');
  });

  it.each<[string, object]>([
    ['Name', { id: 'title', type: 'title', title: {} }],
    ['Score', { id: '~iuF', type: 'number', number: { format: 'percent' } }],
    [
      'Tier',
      {
        id: '%5BIFC',
        select: { options: [{ name: 'strategic', color: 'default', description: null }, { name: 'core' }] },
      },
    ],
    ['Tags', { multi_select: { options: [{ name: 'fast' }, { name: 'loyal' }] } }],
    ['Health', { formula: { expression: 'prop("Score") * 2' } }],
    [
      'Tasks',
      {
        relation: {
          data_source_id: TASKS,
          database_id: TASKS_DB,
          type: 'dual_property',
          dual_property: { synced_property_id: 'pArt', synced_property_name: 'Partner' },
        },
      },
    ],
    ['No', { unique_id: { prefix: null } }],
    ['Made', { created_time: {} }],
  ])('describes %s', async (name, shape) => {
    expect((await configs(await startWorld()))[name]).toMatchObject({ name, ...shape });
  });

  it('groups the options of a status', async () => {
    const status = (await configs(await startWorld())).Stage?.status as {
      options: { id: string; name: string }[];
      groups: { name: string; option_ids: string[] }[];
    };
    const nameOf = new Map(status.options.map((option) => [option.id, option.name]));
    expect(status.groups.map((group) => [group.name, group.option_ids.map((id) => nameOf.get(id))])).toEqual([
      ['To-do', ['Not started']],
      ['In progress', ['In progress']],
      ['Complete', ['Done']],
    ]);
  });

  it.each([
    ['unknown', NOBODY],
    ['a database', PARTNERS_DB],
  ])('that is %s is not found', async (_, id) => {
    const { client } = await startWorld();
    expect(await refusal(client.dataSources.retrieve({ data_source_id: id }))).toMatchObject({
      status: 404,
      code: 'object_not_found',
    });
  });
});

describe('properties', () => {
  it('are added, and take values', async () => {
    const world = await startWorld();
    const { client, notion } = world;
    await client.dataSources.update({
      data_source_id: PARTNERS,
      properties: {
        Risk: { select: { options: [{ name: 'low', color: 'green' }] } },
        Note: { rich_text: {} },
        Phase: { status: {} },
        Parent: { relation: { data_source_id: TASKS, single_property: {} } },
      },
    });
    await client.pages.update({ page_id: partner(1), properties: { Risk: { select: { name: 'low' } } } });
    expect(notion.pages(PARTNERS)[0]?.values).toMatchObject({
      Risk: 'low',
      Note: null,
      Phase: 'Not started',
      Parent: [],
    });
    expect((await configs(world)).Parent).toMatchObject({ relation: { type: 'single_property', single_property: {} } });
  });

  it('keep id and values when they are renamed', async () => {
    const world = await startWorld();
    expect((await patch(world, { Score: { name: 'Points' } })).status).toBe(200);
    expect((await configs(world)).Points).toMatchObject({ id: '~iuF' });
    expect(world.notion.pages(PARTNERS)[0]?.values).toMatchObject({ Points: 0.5 });
  });

  it('cannot take a name that is in use', async () => {
    const world = await startWorld();
    expect((await patch(world, { Score: { name: 'Code' } })).body).toMatchObject(
      validation('Property name Code is already in use.'),
    );
  });

  it('are deleted with null, but the title', async () => {
    const world = await startWorld();
    await patch(world, { Score: null });
    expect(await configs(world)).not.toHaveProperty('Score');
    expect((await patch(world, { Name: null })).status).toBe(400);
  });

  it('that do not exist can be neither renamed nor deleted', async () => {
    const world = await startWorld();
    for (const change of [null, { name: 'x' }]) {
      expect((await patch(world, { Nope: change })).body).toMatchObject(
        validation('Nope is not a property that exists.'),
      );
    }
  });

  it('a two-way relation whose one side is deleted leaves the other', async () => {
    const world = await startWorld();
    await patch(world, { Tasks: null });
    expect((await configs(world, TASKS)).Partner).toMatchObject({ relation: { type: 'single_property' } });
    expect(world.notion.pages(TASKS)[0]?.values.Partner).toEqual([partner(1)]);
  });

  it('the source is renamed by its title', async () => {
    const { client } = await startWorld();
    const title = [{ text: { content: '파트너' } }];
    expect(await client.dataSources.update({ data_source_id: PARTNERS, title })).toMatchObject({
      title: [{ plain_text: '파트너' }],
    });
  });
});

describe('options', () => {
  it('of a select are what the request lists; a missing one is gone from rows too', async () => {
    const world = await startWorld();
    await patch(world, { Tier: { select: { options: [{ name: 'core', color: 'red' }, { name: 'basic' }] } } });
    expect(await optionNames(world, 'Tier')).toEqual(['core', 'basic']);
    expect(world.notion.pages(PARTNERS).map((row) => row.values.Tier)).toEqual([null, 'core', null]);
    expect((await configs(world)).Tier).toMatchObject({ select: { options: [{ color: 'red' }, {}] } });
  });

  it('come with the first value that names them', async () => {
    const world = await startWorld();
    await world.client.pages.update({
      page_id: partner(1),
      properties: { Tags: { multi_select: [{ name: 'late' }] } },
    });
    expect(await optionNames(world, 'Tags')).toEqual(['fast', 'loyal', 'late']);
  });

  const statusOptions = async (world: World): Promise<{ id: string; name: string; color: string }[]> => {
    const status = (await configs(world)).Stage?.status as { options: { id: string; name: string; color: string }[] };
    return status.options;
  };

  it('of a status are added to To-do and can be written', async () => {
    const world = await startWorld();
    const options = [...(await statusOptions(world)).map(({ id, name }) => ({ id, name })), { name: 'Paused' }];
    expect((await patch(world, { Stage: { status: { options } } })).status).toBe(200);
    const stage = (await configs(world)).Stage?.status as {
      options: { id: string }[];
      groups: { option_ids: string[] }[];
    };
    expect(stage.groups[0]?.option_ids).toContain(stage.options[3]?.id);
    await world.client.pages.update({ page_id: partner(1), properties: { Stage: { status: { name: 'Paused' } } } });
    expect(world.notion.pages(PARTNERS)[0]?.values.Stage).toBe('Paused');
  });

  it('of a status keep their names, whatever the request says', async () => {
    const world = await startWorld();
    const options = (await statusOptions(world)).map(({ id, name }) => ({ id, name: `${name}!` }));
    expect((await patch(world, { Stage: { status: { options } } })).status).toBe(200);
    expect(await optionNames(world, 'Stage')).toEqual(['Not started', 'In progress', 'Done']);
  });

  it('of a status keep their colours: another one is refused', async () => {
    const world = await startWorld();
    const [first, ...rest] = await statusOptions(world);
    const options = [{ ...first, color: 'red' }, ...rest];
    expect((await patch(world, { Stage: { status: { options } } })).body.message).toContain(
      'Cannot update color of select with id',
    );
  });

  it('of a status are deleted when left out, and rows fall back', async () => {
    const world = await startWorld();
    const options = (await statusOptions(world)).slice(0, 2);
    await patch(world, { Stage: { status: { options } } });
    expect(world.notion.pages(PARTNERS).map((row) => row.values.Stage)).toEqual([
      'In progress',
      'Not started',
      'Not started',
    ]);
  });
});

describe('a change of the schema', () => {
  it('is made whole or not at all', async () => {
    const world = await startWorld();
    const before = await configs(world);
    expect((await patch(world, { Score: null, Tier: { select: { options: [] } }, Nope: { name: 'x' } })).status).toBe(
      400,
    );
    expect(await configs(world)).toEqual(before);
    expect(world.notion.pages(PARTNERS)[0]?.values).toMatchObject({ Score: 0.5, Tier: 'strategic' });
    expect(world.context.changes).toEqual([]);
  });

  it('is audited for every cell it empties', async () => {
    const world = await startWorld();
    await patch(world, { Score: null, Tier: { select: { options: [{ name: 'core' }] } } });
    expect(world.context.changes).toMatchObject([
      { by: 'api', rowId: partner(1), property: 'Tier', before: 'strategic', after: null },
      { by: 'api', rowId: partner(1), property: 'Score', before: 0.5, after: null },
      { by: 'api', rowId: partner(2), property: 'Score', before: 7, after: null },
    ]);
  });

  it('has no address in 2022-06-28', async () => {
    const { call } = await startWorld({ version: OLDEST });
    expect((await call('GET', `/v1/data_sources/${PARTNERS}`)).body).toMatchObject({ code: 'invalid_request_url' });
  });
});
