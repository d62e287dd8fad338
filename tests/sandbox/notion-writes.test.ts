/** Writing pages: what each property type takes and stores, what is refused and in which words. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BOT,
  KIM,
  LEE,
  NOBODY,
  PARTNERS,
  partner,
  refusal,
  startWorld,
  TASKS,
  task,
  validation,
  type World,
} from './notion-world.js';

const write = (world: World, properties: object) => world.call('PATCH', `/v1/pages/${partner(1)}`, { properties });
const cell = (world: World, name: string) => world.notion.pages(PARTNERS)[0]?.values[name];
const rich = (...contents: readonly string[]) => contents.map((content) => ({ text: { content } }));
const ids = (count: number, id: (n: number) => string) => Array.from({ length: count }, (_, n) => ({ id: id(n) }));

describe('values that are stored', () => {
  it.each<[string, string, object, unknown]>([
    ['a title', 'Name', { title: rich('Neu') }, 'Neu'],
    ['text', 'Code', { rich_text: rich('HB-2') }, 'HB-2'],
    ['no text', 'Code', { rich_text: [] }, null],
    ['empty text items', 'Code', { rich_text: rich('', '') }, null],
    ['exactly 2,000 characters', 'Code', { rich_text: rich('가'.repeat(2000)) }, '가'.repeat(2000)],
    ['a number', 'Score', { number: -1.25 }, -1.25],
    ['no number', 'Score', { number: null }, null],
    ['an option by name', 'Tier', { select: { name: 'core' } }, 'core'],
    ['no option', 'Tier', { select: null }, null],
    ['a new option', 'Tier', { select: { name: '신규' } }, '신규'],
    ['options, new ones among them', 'Tags', { multi_select: [{ name: 'new' }, { name: 'fast' }] }, ['new', 'fast']],
    ['an option named twice, once', 'Tags', { multi_select: [{ name: 'fast' }, { name: 'fast' }] }, ['fast']],
    ['a status', 'Stage', { status: { name: 'Done' } }, 'Done'],
    ['an emptied status as its default', 'Stage', { status: null }, 'Not started'],
    ['a day', 'Due', { date: { start: '2028-02-29' } }, '2028-02-29'],
    ['a range', 'Due', { date: { start: '2026-01-01', end: '2026-01-31' } }, '2026-01-01/2026-01-31'],
    ['no date', 'Due', { date: null }, null],
    [
      'a UTC time cut to the minute',
      'Due',
      { date: { start: '2026-01-01T10:20:59.999Z' } },
      '2026-01-01T10:20:00.000+00:00',
    ],
    ['a time with an offset', 'Due', { date: { start: '2026-01-01T10:20:00+0900' } }, '2026-01-01T10:20:00.000+09:00'],
    ['a time without one, in UTC', 'Due', { date: { start: '2026-01-01T10:20' } }, '2026-01-01T10:20:00.000+00:00'],
    [
      'a time in a zone',
      'Due',
      { date: { start: '2026-07-01T10:20:00', time_zone: 'America/New_York' } },
      '2026-07-01T10:20:00.000-04:00',
    ],
    ['a box', 'Active', { checkbox: false }, false],
    ['people', 'Owner', { people: [{ id: LEE }, { object: 'user', id: KIM }] }, [LEE, KIM]],
    ['links without hyphens', 'Tasks', { relation: [{ id: task(2).replaceAll('-', '') }] }, [task(2)]],
    ['a link', 'Site', { url: 'https://a.example' }, 'https://a.example'],
    ['no link', 'Site', { url: null }, null],
    ['an address', 'Mail', { email: 'a@b.example' }, 'a@b.example'],
    ['a number to call', 'Phone', { phone_number: '1' }, '1'],
    ['a file', 'Papers', { files: [{ name: 'a', external: { url: 'https://a.example' } }] }, ['https://a.example']],
  ])('%s', async (_, name, value, stored) => {
    const world = await startWorld();
    expect((await write(world, { [name]: value })).status).toBe(200);
    expect(cell(world, name)).toEqual(stored);
  });

  it('go by property id too, encoded or not', async () => {
    const world = await startWorld();
    await write(world, { '~iuF': { number: 3 }, '[IFC': { select: { name: 'core' } } });
    expect([cell(world, 'Score'), cell(world, 'Tier')]).toEqual([3, 'core']);
  });

  it('an option by id stays the option when it is renamed', async () => {
    const world = await startWorld();
    const source = await world.client.dataSources.retrieve({ data_source_id: PARTNERS });
    const tier = source.properties.Tier;
    const id = tier?.type === 'select' ? tier.select.options[1]?.id : undefined;
    world.notion.renameOption(PARTNERS, 'Tier', 'core', 'key');
    await write(world, { Tier: { select: { id } } });
    expect(cell(world, 'Tier')).toBe('key');
  });

  it('neighbours of one format come back merged, even past 2,000 characters', async () => {
    const { client } = await startWorld();
    const bold = { text: { content: 'bold' }, annotations: { bold: true } };
    const page = await client.pages.update({
      page_id: partner(1),
      properties: { Code: { rich_text: [...rich('a'.repeat(1500), 'b'.repeat(1500)), bold, ...rich('tail')] } },
    });
    const code = 'properties' in page ? page.properties.Code : undefined;
    const items = code?.type === 'rich_text' ? code.rich_text.map((item) => item.plain_text) : [];
    expect(items).toEqual(['a'.repeat(1500) + 'b'.repeat(1500), 'bold', 'tail']);
    expect(code).toMatchObject({ rich_text: [{}, { annotations: { bold: true, italic: false } }, {}] });
  });

  it('keeps links, mentions and equations', async () => {
    const { client } = await startWorld();
    const page = await client.pages.update({
      page_id: partner(1),
      properties: {
        Code: {
          rich_text: [
            { text: { content: 'see', link: { url: 'https://a.example' } } },
            { mention: { user: { id: KIM } } },
            { mention: { page: { id: partner(2) } } },
            { mention: { date: { start: '2026-01-01' } } },
            { equation: { expression: 'e=mc^2' } },
          ],
        },
      },
    });
    expect('properties' in page && page.properties.Code).toMatchObject({
      rich_text: [
        { href: 'https://a.example', plain_text: 'see' },
        { type: 'mention', mention: { type: 'user', user: { id: KIM } }, plain_text: '@김서연' },
        { type: 'mention', mention: { type: 'page', page: { id: partner(2) } }, plain_text: 'Saebom' },
        { type: 'mention', mention: { type: 'date' }, plain_text: '2026-01-01' },
        { type: 'equation', plain_text: 'e=mc^2' },
      ],
    });
  });

  it('any text comes back as it was written', async () => {
    const world = await startWorld();
    const content = fc.string({ minLength: 1, maxLength: 200, unit: 'grapheme' }).filter((text) => text.length <= 2000);
    await fc.assert(
      fc.asyncProperty(fc.array(content, { maxLength: 5 }), async (contents) => {
        await write(world, { Code: { rich_text: rich(...contents) } });
        expect(cell(world, 'Code') ?? '').toBe(contents.join(''));
      }),
      { numRuns: 60 },
    );
  });
});

describe('writes that are refused', () => {
  const place = 'body failed validation: body.properties';
  it.each<[string, object, string]>([
    ['an unknown property', { Nope: { number: 1 } }, 'Nope is not a property that exists.'],
    ['a text for a number', { Score: { rich_text: [] } }, 'Score is expected to be number.'],
    ['a select for a status', { Stage: { select: { name: 'Done' } } }, 'Stage is expected to be status.'],
    ['a number for a formula', { Health: { number: 1 } }, 'Health is expected to be formula.'],
    [
      'a string where a number belongs',
      { Score: { number: '1' } },
      `${place}.Score.number should be a number, instead was \`"1"\`.`,
    ],
    [
      'an unknown status',
      { Stage: { status: { name: 'Paused' } } },
      'Invalid status option. Status option "Paused" does not exist".',
    ],
    [
      'a status in other letters',
      { Stage: { status: { name: 'done' } } },
      'Invalid status option. Status option "done" does not exist".',
    ],
    [
      'an unknown status id',
      { Stage: { status: { id: 'x' } } },
      'Invalid status option. Status option "x" does not exist".',
    ],
    ['an unknown option id', { Tier: { select: { id: 'x' } } }, '`"x"` is an invalid select option.'],
    ['a comma in an option', { Tier: { select: { name: 'a, b' } } }, 'Invalid select option, commas not allowed: a, b'],
    [
      'a comma in one of the options',
      { Tags: { multi_select: [{ name: 'a,b' }] } },
      'Invalid multi_select option, commas not allowed: a,b',
    ],
    [
      'an option without a name',
      { Tier: { select: {} } },
      `${place}.Tier.select.name should be defined, instead was \`undefined\`.`,
    ],
    [
      '2,001 characters',
      { Code: { rich_text: rich('x'.repeat(2001)) } },
      `${place}.Code.rich_text[0].text.content.length should be ≤ \`2000\`, instead was \`2001\`.`,
    ],
    [
      '101 text items',
      { Code: { rich_text: rich(...Array.from({ length: 101 }, () => 'x')) } },
      `${place}.Code.rich_text.length should be ≤ \`100\`, instead was \`101\`.`,
    ],
    [
      '101 links',
      { Tasks: { relation: ids(101, task) } },
      `${place}.Tasks.relation.length should be ≤ \`100\`, instead was \`101\`.`,
    ],
    [
      '101 people',
      { Owner: { people: ids(101, () => KIM) } },
      `${place}.Owner.people.length should be ≤ \`100\`, instead was \`101\`.`,
    ],
    [
      '101 options',
      { Tags: { multi_select: Array.from({ length: 101 }, (_, n) => ({ name: `t${n}` })) } },
      `${place}.Tags.multi_select.length should be ≤ \`100\`, instead was \`101\`.`,
    ],
    [
      'a URL of 2,001 characters',
      { Site: { url: 'x'.repeat(2001) } },
      `${place}.Site.url.length should be ≤ \`2000\`, instead was \`2001\`.`,
    ],
    [
      'an e-mail of 201 characters',
      { Mail: { email: 'x'.repeat(201) } },
      `${place}.Mail.email.length should be ≤ \`200\`, instead was \`201\`.`,
    ],
    [
      'a phone number of 201 characters',
      { Phone: { phone_number: 'x'.repeat(201) } },
      `${place}.Phone.phone_number.length should be ≤ \`200\`, instead was \`201\`.`,
    ],
    [
      'a person as answers print one',
      { Owner: { people: [{ object: 'user', id: KIM, name: 'Kim' }] } },
      `${place}.Owner.people[0].name should be not present, instead was \`"Kim"\`.`,
    ],
    ['a stranger', { Owner: { people: [{ id: NOBODY }] } }, `Could not find user with ID: ${NOBODY}.`],
    ['the bot as a person', { Owner: { people: [{ id: BOT }] } }, `Could not find user with ID: ${BOT}.`],
    [
      'no date',
      { Due: { date: { start: 'soon' } } },
      `${place}.Due.date.start should be a valid ISO 8601 date string, instead was \`"soon"\`.`,
    ],
    [
      'a day that is not',
      { Due: { date: { start: '2026-02-30' } } },
      `${place}.Due.date.start should be a valid ISO 8601 date string, instead was \`"2026-02-30"\`.`,
    ],
    [
      'a page of another source',
      { Tasks: { relation: [{ id: partner(2) }] } },
      `Tasks takes pages of data source ${TASKS}; page ${partner(2)} is not in it.`,
    ],
  ])('%s', async (_, properties, message) => {
    const world = await startWorld();
    expect((await write(world, properties)).body).toMatchObject(validation(message));
    expect(world.context.changes).toEqual([]);
  });

  it.each(['Health', 'Total', 'No', 'Made', 'Maker', 'Changed', 'Editor'])(
    'the computed %s, by its own type',
    async (name) => {
      const world = await startWorld();
      const read = await world.call('GET', `/v1/pages/${partner(1)}`);
      const { [name]: value } = read.body.properties as Record<string, object>;
      const answer = await write(world, { [name]: value });
      expect(answer.body).toMatchObject({ status: 400, code: 'validation_error' });
      expect(answer.body.message).toMatch(
        new RegExp(`^body failed validation. Fix one:\nbody.properties.${name}.title should be defined, instead was`),
      );
    },
  );

  it('an offset beside a time zone', async () => {
    const world = await startWorld();
    const start = '2026-07-01T10:20:00Z';
    const answer = await write(world, { Due: { date: { start, time_zone: 'Asia/Seoul' } } });
    expect(answer.body.message).toContain('should not have a UTC offset beside a time zone');
  });

  it('a link to a page that is not there', async () => {
    const { client } = await startWorld();
    const edit = client.pages.update({ page_id: partner(1), properties: { Tasks: { relation: [{ id: NOBODY }] } } });
    expect(await refusal(edit)).toMatchObject({ status: 404, code: 'object_not_found' });
  });

  it('one bad property fails the whole request, new options included', async () => {
    const world = await startWorld();
    await write(world, { Score: { number: 9 }, Tier: { select: { name: 'fresh' } }, Nope: { number: 1 } });
    expect(cell(world, 'Score')).toBe(0.5);
    const source = await world.client.dataSources.retrieve({ data_source_id: PARTNERS });
    expect(source.properties.Tier).toMatchObject({ select: { options: [{ name: 'strategic' }, { name: 'core' }] } });
  });
});
