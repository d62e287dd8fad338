/** What people do in the tool, and what a client sees of it. */
import { describe, expect, it } from 'vitest';
import { createNotion } from '../../src/sandbox/notion/index.js';
import { BOT, KIM, NOBODY, PARTNERS, partner, refusal, startWorld, TASKS, task, workspace } from './notion-world.js';

describe('pages', () => {
  it('edited by hand are read by the client and audited as human', async () => {
    const { client, notion, context } = await startWorld();
    notion.edit(partner(1), { Score: 9, Tier: 'brand new', Due: null });
    expect(await client.pages.retrieve({ page_id: partner(1) })).toMatchObject({
      last_edited_by: { id: KIM },
      properties: { Score: { number: 9 }, Tier: { select: { name: 'brand new' } }, Due: { date: null } },
    });
    expect(context.changes).toMatchObject([
      { by: 'human', rowId: partner(1), property: 'Tier', before: 'strategic', after: 'brand new' },
      { by: 'human', rowId: partner(1), property: 'Score', before: 0.5, after: 9 },
      { by: 'human', rowId: partner(1), property: 'Due', before: '2026-12-31', after: null },
    ]);
  });

  it('are added by a person', async () => {
    const { client, notion } = await startWorld();
    const id = notion.addPage(TASKS, { Title: 'By hand', Partner: [partner(2)] });
    expect(await client.pages.retrieve({ page_id: id })).toMatchObject({ created_by: { id: KIM } });
    expect(notion.pages(PARTNERS)[1]?.values.Tasks).toEqual([id]);
  });

  it('are copied by a person, whoever made the first', async () => {
    const { client, notion, context } = await startWorld();
    const made = await client.pages.create({
      parent: { data_source_id: PARTNERS },
      properties: { Code: { rich_text: [{ text: { content: 'key-1' } }] } },
    });
    const copy = notion.duplicate(made.id);
    expect(notion.pages(PARTNERS).slice(-2)).toMatchObject([
      { id: made.id, createdBy: BOT, values: { Code: 'key-1', No: null } },
      { id: copy, createdBy: KIM, values: { Code: 'key-1' } },
    ]);
    expect(context.changes.at(-1)).toMatchObject({ by: 'human', rowId: copy, property: '(created)' });
  });

  it('get new results of formulas without being edited', async () => {
    const { client, notion, context, advance } = await startWorld();
    const before = await client.pages.retrieve({ page_id: partner(1) });
    advance(600_000);
    notion.recompute(partner(1), { Health: 3 });
    expect(await client.pages.retrieve({ page_id: partner(1) })).toMatchObject({
      last_edited_time: 'last_edited_time' in before ? before.last_edited_time : '',
      properties: { Health: { formula: { number: 3 } } },
    });
    expect(context.changes).toEqual([]);
  });

  it('are trashed and restored', async () => {
    const { notion, context } = await startWorld();
    notion.trash(task(1));
    expect(notion.pages(TASKS).map((row) => row.inTrash)).toEqual([true, false]);
    notion.restore(task(1));
    expect(context.changes.map(({ by, property }) => [by, property])).toEqual([
      ['human', '(trashed)'],
      ['human', '(restored)'],
    ]);
  });
});

describe('the schema', () => {
  it('loses a property', async () => {
    const { client, notion } = await startWorld();
    notion.deleteProperty(PARTNERS, 'Score');
    const edit = client.pages.update({ page_id: partner(1), properties: { Score: { number: 1 } } });
    expect(await refusal(edit)).toMatchObject({ message: 'Score is not a property that exists.' });
  });

  it('renames a property; its id goes on working', async () => {
    const { client, notion } = await startWorld();
    notion.renameProperty(PARTNERS, 'Score', 'Points');
    await client.pages.update({ page_id: partner(1), properties: { '~iuF': { number: 1 } } });
    expect(notion.pages(PARTNERS)[0]?.values.Points).toBe(1);
    const edit = client.pages.update({ page_id: partner(1), properties: { Score: { number: 1 } } });
    expect(await refusal(edit)).toMatchObject({ message: 'Score is not a property that exists.' });
  });

  it.each([
    ['Score', 'rich_text', ['0.5', '7', null]],
    ['Code', 'number', [null, null, null]],
    ['Tier', 'multi_select', [['strategic'], ['core'], []]],
    ['Stage', 'select', ['In progress', null, 'Done']],
    ['Score', 'formula', [0.5, 7, null]],
  ] as const)('gives %s the type %s', async (name, type, values) => {
    const { notion, client } = await startWorld();
    notion.retypeProperty(PARTNERS, name, type);
    expect(notion.pages(PARTNERS).map((row) => row.values[name])).toEqual(values);
    const source = await client.dataSources.retrieve({ data_source_id: PARTNERS });
    expect(source.properties[name]).toMatchObject({ type });
  });

  it('renames an option; rows keep it under the new name', async () => {
    const { client, notion } = await startWorld();
    notion.renameOption(PARTNERS, 'Stage', 'Done', 'Finished');
    expect(notion.pages(PARTNERS)[2]?.values.Stage).toBe('Finished');
    const edit = client.pages.update({ page_id: partner(1), properties: { Stage: { status: { name: 'Done' } } } });
    expect(await refusal(edit)).toMatchObject({ code: 'validation_error' });
  });
});

describe('a workspace', () => {
  const idle = () => ({ now: () => 0, requests: [], changes: [], enforceRates: true, interceptor: undefined });
  const partnerOfTasks = (given: ReturnType<typeof workspace>) =>
    given.databases[1]!.dataSources[0]!.properties.Partner!;

  it('joins two-way relations that only one side declares, whichever side spells out the links', () => {
    const created = '2026-10-04T00:00:00.000Z';
    const given = workspace([{ id: partner(4), createdTime: created, values: { Tasks: [task(2)] } }]);
    delete partnerOfTasks(given).syncedAs;
    const notion = createNotion(given, idle());
    expect(notion.pages(TASKS).map((row) => row.values.Partner)).toEqual([[partner(1)], [partner(1), partner(4)]]);
    expect(notion.pages(PARTNERS)[0]?.values.Tasks).toEqual([task(1), task(2)]);
    notion.edit(task(1), { Partner: [partner(2)] });
    expect(notion.pages(PARTNERS).map((row) => row.values.Tasks)).toEqual([[task(2)], [task(1)], [], [task(2)]]);
  });

  it('whose relation is synced with nothing is not served', () => {
    const given = workspace();
    partnerOfTasks(given).syncedAs = 'Nope';
    expect(() => createNotion(given, idle())).toThrow('relation "Partner" is synced as "Nope"');
  });

  it('joins two-way relations although only one side is spelled out', async () => {
    const { notion } = await startWorld();
    expect(notion.pages(PARTNERS)[0]?.values.Tasks).toEqual([task(1), task(2)]);
  });

  it('takes new options with the values of its rows', async () => {
    const { client } = await startWorld({
      more: [{ id: partner(4), createdTime: '2026-10-04T00:00:00.000Z', values: { Tier: 'odd' } }],
    });
    const source = await client.dataSources.retrieve({ data_source_id: PARTNERS });
    expect(source.properties.Tier).toMatchObject({ select: { options: [{}, {}, { name: 'odd' }] } });
  });

  it.each([
    ['an unknown property', { Nope: 1 }, /there is no property "Nope"/],
    ['a text for a number', { Score: 'x' }, /does not fit property "Score"/],
    ['an unknown status', { Stage: 'Paused' }, /does not fit property "Stage"/],
  ])('with %s is not served', (_, values, message) => {
    const given = workspace([{ id: partner(4), createdTime: '2026-10-04T00:00:00.000Z', values }]);
    expect(() => createNotion(given, idle())).toThrow(message);
  });
});

it('hands say so when there is nothing to lay them on', async () => {
  const { notion } = await startWorld();
  expect(() => notion.edit(NOBODY, {})).toThrow(`there is no page ${NOBODY}`);
  expect(() => notion.addPage(NOBODY, {})).toThrow(`there is no data source ${NOBODY}`);
  expect(() => notion.deleteProperty(PARTNERS, 'Nope')).toThrow('there is no property "Nope" in "Partners"');
  expect(() => notion.renameOption(PARTNERS, 'Tier', 'nope', 'x')).toThrow('there is no option "nope"');
});
