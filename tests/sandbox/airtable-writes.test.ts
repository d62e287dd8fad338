/** Writing records: what each field type accepts and stores, batches, upserts, deletions, the audit. */
import { describe, expect, it } from 'vitest';
import {
  BASE,
  DEALS,
  deal,
  FIELD,
  KIM,
  LEE,
  PARTNERS,
  rec,
  refused,
  startWorld,
  type World,
} from './airtable-world.js';

const write = (world: World, fields: object, options: object = {}) =>
  world.call('PATCH', `/${BASE}/${PARTNERS}`, { records: [{ id: rec(1), fields }], ...options });

const cell = (world: World, name: string, id = rec(1)): unknown =>
  world.airtable.records(BASE, PARTNERS).find((row) => row.id === id)?.fields[name];

describe('values that are stored', () => {
  it.each<[string, string, unknown, unknown]>([
    ['text', 'Name', 'New', 'New'],
    ['a number rounded to the precision', 'Score', 3.25, 3.3],
    ['a negative number rounded away from zero', 'Score', -3.25, -3.3],
    ['a number that would be cut by binary fractions', 'Fee', 1.005, 1.01],
    ['a very small number', 'Fee', 1e-9, 0],
    ['a percentage as a fraction of whole percents', 'Share', 0.626, 0.63],
    ['the best rating', 'Stars', 5, 5],
    ['seconds', 'Took', 90.5, 90.5],
    ['a day', 'Since', '2028-02-29', '2028-02-29'],
    ['the day of a date-time', 'Since', '2026-11-02T23:00:00.000Z', '2026-11-02'],
    ['a UTC time', 'Met', '2026-11-02T09:00:00Z', '2026-11-02T09:00:00.000Z'],
    ['a time with an offset', 'Met', '2026-11-02T09:00:00.5+09:00', '2026-11-02T00:00:00.500Z'],
    ['a time without one, in the time zone of the field', 'Met', '2026-11-02T09:00', '2026-11-02T00:00:00.000Z'],
    ['a known option', 'Tier', 'strategic', 'strategic'],
    ['a list of options, once each', 'Tags', ['loyal', 'loyal'], ['loyal']],
    ['a person by id', 'Owner', { id: LEE.id }, LEE],
    ['a person by e-mail', 'Owner', { email: LEE.email }, LEE],
    ['people by id and by object', 'Team', [KIM.id, { id: LEE.id }], [KIM, LEE]],
    ['links', 'Deals', [deal(3)], [deal(3)]],
    ['null: empty', 'Score', null, undefined],
    ['"": empty text', 'Name', '', undefined],
    ['[]: no options', 'Tags', [], undefined],
    ['[]: no links', 'Deals', [], undefined],
    ['an unchecked box: empty', 'Active', false, undefined],
    ['zero', 'Score', 0, 0],
  ])('%s', async (_, name, value, stored) => {
    const world = await startWorld();
    const { status, body } = await write(world, { [name]: value });
    expect(status).toBe(200);
    expect((body as { records: { fields: Record<string, unknown> }[] }).records[0]?.fields[name]).toEqual(stored);
    expect(cell(world, name)).toEqual(stored);
  });
});

describe('values that are refused, with nothing written', () => {
  const wrong = (name: string) =>
    refused(422, 'INVALID_VALUE_FOR_COLUMN', `Field "${name}" cannot accept the provided value`);
  const computed = (name: string) =>
    refused(422, 'INVALID_VALUE_FOR_COLUMN', `Field "${name}" cannot accept a value because the field is computed`);
  const noOption = (name: string) =>
    refused(422, 'INVALID_MULTIPLE_CHOICE_OPTIONS', `Insufficient permissions to create new select option ""${name}""`);

  it.each<[string, string, unknown, object]>([
    ['a number for text', 'Name', 5, wrong('Name')],
    ['a string for a number', 'Score', '5', wrong('Score')],
    ['an empty string for a number', 'Score', '', wrong('Score')],
    ['a string for a checkbox', 'Active', 'true', wrong('Active')],
    ['rating 0', 'Stars', 0, wrong('Stars')],
    ['a rating above the maximum', 'Stars', 6, wrong('Stars')],
    ['half a star', 'Stars', 2.5, wrong('Stars')],
    ['a day that does not exist', 'Since', '2026-02-30', wrong('Since')],
    ['words for a date', 'Since', 'tomorrow', wrong('Since')],
    ['words for a time', 'Met', 'soon', wrong('Met')],
    ['a name for a person', 'Owner', 'Kim', wrong('Owner')],
    ['somebody who is no collaborator', 'Owner', { email: 'nobody@example.com' }, wrong('Owner')],
    ['nobody among people', 'Team', [{ id: 'usrNobody00000001' }], wrong('Team')],
    ['one option for a list', 'Tags', 'fast', wrong('Tags')],
    ['one id for links', 'Deals', deal(1), wrong('Deals')],
    ['an unknown option', 'Tier', 'gold', noOption('gold')],
    ['an empty option', 'Tier', '', noOption('')],
    ['an unknown option in a list', 'Tags', ['fast', 'slow'], noOption('slow')],
    ['a formula', 'Health', 5, computed('Health')],
    ['a lookup', 'Deal values', [5], computed('Deal values')],
    ['a count, even emptied', 'Deal count', null, computed('Deal count')],
    ['an automatic number', 'No', 5, computed('No')],
    ['a modification time', 'Edited', '2026-11-02T09:00:00Z', computed('Edited')],
    ['a type nobody knows', 'Strange', 'x', computed('Strange')],
    ['an unknown field', 'Nope', 'x', refused(422, 'UNKNOWN_FIELD_NAME', 'Unknown field name: "Nope"')],
    [
      'a link to a record that does not exist',
      'Deals',
      [deal(99)],
      refused(422, 'ROW_DOES_NOT_EXIST', `Record ID ${deal(99)} does not exist in this table`),
    ],
    [
      'a link by name',
      'Deals',
      ['Alpha'],
      refused(422, 'INVALID_RECORD_ID', 'Value "Alpha" is not a valid record ID.'),
    ],
  ])('%s', async (_, name, value, answer) => {
    const world = await startWorld();
    const before = world.airtable.records(BASE, PARTNERS);
    expect(await write(world, { Notes: 'first', [name]: value })).toEqual(answer);
    expect(world.airtable.records(BASE, PARTNERS)).toEqual(before);
    expect(world.context.changes).toEqual([]);
  });
});

describe('typecast', () => {
  it.each<[string, string, unknown, unknown]>([
    ['a number from words', 'Fee', '€ 1,234.5', 1234.5],
    ['a percentage', 'Share', '62%', 0.62],
    ['what is no number: empty', 'Score', 'n/a', undefined],
    ['text from a number', 'Name', 5, '5'],
    ['a duration', 'Took', '1:30', 5400],
    ['a checkbox', 'Active', 'checked', true],
    ['a rating out of range: empty', 'Stars', 9, undefined],
    ['a written date', 'Since', 'March 5, 2026', '2026-03-05'],
    ['a person by name', 'Owner', 'Lee', LEE],
    ['an option in other letters', 'Tier', 'BASIC', 'basic'],
    ['a list of options from one string', 'Tags', 'fast, loyal', ['fast', 'loyal']],
    ['a link by name', 'Deals', ['Gamma'], [deal(3)]],
    ['an empty string', 'Score', '', undefined],
  ])('reads %s', async (_, name, value, stored) => {
    const world = await startWorld();
    expect((await write(world, { [name]: value }, { typecast: true })).status).toBe(200);
    expect(cell(world, name)).toEqual(stored);
  });

  it('creates an option, which then counts as known', async () => {
    const world = await startWorld();
    await write(world, { Tier: 'gold' }, { typecast: true });
    expect((await write(world, { Tier: 'gold' })).status).toBe(200);
    const { body } = await world.call('GET', `/meta/bases/${BASE}/tables`);
    expect(JSON.stringify(body)).toMatch(/"id":"sel[A-Za-z0-9]{14}","name":"gold"/);
  });

  it('creates a linked record by its name', async () => {
    const world = await startWorld();
    await write(world, { Deals: 'Delta' }, { typecast: true });
    const delta = world.airtable.records(BASE, DEALS).find((row) => row.fields.Title === 'Delta');
    expect(delta?.fields.Partner).toEqual([rec(1)]);
    expect(cell(world, 'Deals')).toEqual([delta?.id]);
  });

  it('takes a created option back when the request fails', async () => {
    const world = await startWorld();
    await write(world, { Tier: 'gold', Nope: 1 }, { typecast: true });
    expect((await write(world, { Tier: 'gold' })).status).toBe(422);
  });
});

describe('creating', () => {
  it('creates one by the official client, with times in whole seconds and the next number', async () => {
    const { base, airtable } = await startWorld();
    const made = await base(PARTNERS).create({ Name: 'New', Stars: 3 });
    expect(made.id).toMatch(/^rec[A-Za-z0-9]{14}$/);
    expect(airtable.records(BASE, PARTNERS).at(-1)).toEqual({
      id: made.id,
      createdTime: '2026-11-02T03:00:00.000Z',
      fields: {
        Name: 'New',
        Stars: 3,
        'Deal count': 0,
        No: 4,
        Born: '2026-11-02T03:00:00.000Z',
        Edited: '2026-11-02T03:00:00.000Z',
      },
    });
  });

  it('creates ten and answers by field id on request', async () => {
    const { call, airtable } = await startWorld();
    const records = Array.from({ length: 10 }, (_, index) => ({ fields: { [FIELD.title]: `Deal ${index}` } }));
    const { status, body } = await call('POST', `/${BASE}/Deals`, { records, returnFieldsByFieldId: true });
    expect(status).toBe(200);
    expect(body).toMatchObject({ records: records.map(({ fields }) => ({ fields })) });
    expect(airtable.records(BASE, 'Deals')).toHaveLength(13);
  });

  const row = { fields: { Title: 'x' } };
  const bad = 'You must provide an array of up to 10 record objects, each with a "fields" object for cell values.';
  it.each<[string, unknown, object]>([
    ['eleven', { records: Array.from({ length: 11 }, () => row) }, refused(422, 'INVALID_RECORDS', bad)],
    ['none', { records: [] }, refused(422, 'INVALID_RECORDS', bad)],
    ['records with ids', { records: [{ id: deal(1), ...row }] }, refused(422, 'INVALID_RECORDS', bad)],
    ['cells outside fields', { records: [{ Title: 'x' }] }, refused(422, 'INVALID_RECORDS', bad)],
    [
      'a body without fields',
      { typecast: true },
      refused(422, 'INVALID_REQUEST_MISSING_FIELDS', 'Could not find field "fields" in the request body'),
    ],
    ['a body that is not JSON', '{"records":', refused(400, 'INVALID_JSON', 'Could not parse request body')],
    [
      'an option nobody knows',
      { records: [row], atomic: true },
      refused(422, 'INVALID_REQUEST_UNKNOWN', 'Invalid request: parameter validation failed. Check your request data.'),
    ],
    [
      'too large a body',
      { records: [{ fields: { Title: 'x'.repeat(2_000_001) } }] },
      refused(413, 'REQUEST_TOO_LARGE', 'Request body is too large'),
    ],
  ])('refuses %s and creates nothing', async (_, body, answer) => {
    const { call, airtable } = await startWorld();
    expect(await call('POST', `/${BASE}/Deals`, body)).toEqual(answer);
    expect(airtable.records(BASE, 'Deals')).toHaveLength(3);
  });

  it('creates nothing when the last of a batch is bad', async () => {
    const { base, airtable, context } = await startWorld();
    const batch = [{ fields: { Title: 'good', Partner: [rec(2)] } }, { fields: { Title: 'bad', Value: 'x' } }];
    await expect(base('Deals').create(batch as never)).rejects.toMatchObject({ error: 'INVALID_VALUE_FOR_COLUMN' });
    expect(airtable.records(BASE, 'Deals')).toHaveLength(3);
    expect(airtable.records(BASE, PARTNERS)[1]?.fields).not.toHaveProperty('Deals');
    expect(context.changes).toEqual([]);
  });
});

describe('updating', () => {
  it('PATCH merges', async () => {
    const { base, airtable } = await startWorld();
    await base('Deals').update([{ id: deal(1), fields: { Title: 'Alpha 2' } }]);
    expect(airtable.records(BASE, 'Deals')[0]?.fields).toMatchObject({ Title: 'Alpha 2', Value: 10 });
  });

  it('PUT empties what is not named, links too, computed cells aside', async () => {
    const { base, airtable } = await startWorld();
    await base('Deals').replace([{ id: deal(1), fields: { Title: 'Alpha 2' } }]);
    expect(airtable.records(BASE, 'Deals')[0]?.fields).toEqual({ Title: 'Alpha 2' });
    expect(airtable.records(BASE, PARTNERS)[0]?.fields.Deals).toEqual([deal(2)]);
  });

  it('updates one by its path', async () => {
    const { base, airtable } = await startWorld();
    await base('Deals').update(deal(1), { Value: 12 });
    expect(airtable.records(BASE, 'Deals')[0]?.fields).toMatchObject({ Title: 'Alpha', Value: 12 });
    await base('Deals').replace(deal(1), { Value: 13 });
    expect(airtable.records(BASE, 'Deals')[0]?.fields).toEqual({ Value: 13 });
  });

  it('refuses the whole batch for one deleted record', async () => {
    const { call, airtable } = await startWorld();
    airtable.deleteRecord(BASE, 'Deals', deal(2));
    const records = [deal(1), deal(2)].map((id) => ({ id, fields: { Title: 'changed' } }));
    expect(await call('PATCH', `/${BASE}/Deals`, { records })).toEqual(
      refused(422, 'ROW_DOES_NOT_EXIST', `Record ID ${deal(2)} does not exist in this table`),
    );
    expect(airtable.records(BASE, 'Deals')[0]?.fields.Title).toBe('Alpha');
  });

  const bad =
    'You must provide an array of up to 10 record objects, each with an "id" ID field and a "fields" object for cell values.';
  it.each<[string, unknown[], string]>([
    ['eleven', Array.from({ length: 11 }, (_, index) => ({ id: rec(index), fields: {} })), bad],
    ['a record without id', [{ fields: { Title: 'x' } }], bad],
    [
      'one record twice',
      [deal(1), deal(1)].map((id) => ({ id, fields: {} })),
      'You cannot change the same record more than once in one request.',
    ],
  ])('refuses %s', async (_, records, message) => {
    const { call } = await startWorld();
    expect(await call('PATCH', `/${BASE}/Deals`, { records })).toEqual(refused(422, 'INVALID_RECORDS', message));
  });

  it('answers 404 for an unknown record in the path', async () => {
    const { call } = await startWorld();
    const answer = await call('PATCH', `/${BASE}/Deals/${deal(99)}`, { fields: {} });
    expect(answer).toEqual({ status: 404, body: { error: 'NOT_FOUND' } });
  });
});

describe('links', () => {
  it('keeps the other side in step, both ways', async () => {
    const { base, airtable } = await startWorld();
    await base('Deals').update(deal(1), { Partner: [rec(2)] });
    const partners = airtable.records(BASE, PARTNERS);
    expect(partners[0]?.fields.Deals).toEqual([deal(2)]);
    expect(partners[1]?.fields.Deals).toEqual([deal(1)]);
    await base(PARTNERS).update(rec(3), { Deals: [deal(3)] });
    expect(airtable.records(BASE, 'Deals')[2]?.fields.Partner).toEqual([rec(3)]);
  });

  it('drops links to a deleted record', async () => {
    const { base, airtable } = await startWorld();
    await base(PARTNERS).destroy(rec(1));
    expect(airtable.records(BASE, 'Deals')[0]?.fields).toEqual({ Title: 'Alpha', Value: 10 });
  });
});

describe('upserts', () => {
  const upsert = (world: World, records: object[], fieldsToMergeOn = ['Title']) =>
    world.call('PATCH', `/${BASE}/Deals`, { records, performUpsert: { fieldsToMergeOn } });

  it('creates for no match, updates for one, and tells which', async () => {
    const world = await startWorld();
    const { status, body } = await upsert(world, [
      { fields: { Title: 'Alpha', Value: 11 } },
      { fields: { [FIELD.title]: 'Delta' } },
      { id: deal(3), fields: { Value: 3 } },
    ]);
    const rows = world.airtable.records(BASE, 'Deals');
    expect(status).toBe(200);
    expect(body).toMatchObject({ createdRecords: [rows[3]?.id], updatedRecords: [deal(1), deal(3)] });
    expect(rows.map((row) => row.fields.Title)).toEqual(['Alpha', 'Beta', 'Gamma', 'Delta']);
    expect(rows.map((row) => row.fields.Value)).toEqual([11, undefined, 3, undefined]);
  });

  it('fails as a whole when two records match', async () => {
    const world = await startWorld();
    world.airtable.duplicateRecord(BASE, 'Deals', deal(1));
    const before = world.airtable.records(BASE, 'Deals');
    const { status } = await upsert(world, [{ fields: { Title: 'New' } }, { fields: { Title: 'Alpha' } }]);
    expect(status).toBe(422);
    expect(world.airtable.records(BASE, 'Deals')).toEqual(before);
  });

  it('makes two records of two new rows with one key', async () => {
    const world = await startWorld();
    await upsert(world, [{ fields: { Title: 'Twin' } }, { fields: { Title: 'Twin' } }]);
    expect(world.airtable.records(BASE, 'Deals').filter((row) => row.fields.Title === 'Twin')).toHaveLength(2);
  });

  it.each<[string, string[], object, string]>([
    ['a computed field', ['Partner tier'], { Title: 'x' }, 'INVALID_VALUE_FOR_COLUMN'],
    ['an unknown field', ['Nope'], { Title: 'x' }, 'UNKNOWN_FIELD_NAME'],
    ['a link', ['Partner'], { Partner: [rec(1)] }, 'INVALID_REQUEST_UNKNOWN'],
    ['four fields', ['a', 'b', 'c', 'd'], { Title: 'x' }, 'INVALID_REQUEST_UNKNOWN'],
    ['a row without its key', ['Title'], { Value: 1 }, 'INVALID_REQUEST_UNKNOWN'],
  ])('refuses to merge on %s', async (_, merge, fields, type) => {
    const world = await startWorld();
    expect((await upsert(world, [{ fields }], merge)).body).toMatchObject({ error: { type } });
    expect(world.airtable.records(BASE, 'Deals')).toHaveLength(3);
  });

  it('fails for an id that does not exist', async () => {
    const world = await startWorld();
    const { body } = await upsert(world, [{ id: deal(99), fields: { Title: 'x' } }]);
    expect(body).toMatchObject({ error: { type: 'ROW_DOES_NOT_EXIST' } });
  });
});

describe('deleting', () => {
  it('deletes one and several', async () => {
    const { base, airtable, call } = await startWorld();
    await base('Deals').destroy([deal(1), deal(2)]);
    const one = await call('DELETE', `/${BASE}/Deals/${deal(3)}`);
    expect(one.body).toEqual({ id: deal(3), deleted: true });
    expect(airtable.records(BASE, 'Deals')).toEqual([]);
  });

  it('deletes nothing when one does not exist', async () => {
    const { call, airtable } = await startWorld();
    const before = airtable.records(BASE, PARTNERS);
    const { body } = await call('DELETE', `/${BASE}/Deals?records[]=${deal(1)}&records[]=${deal(99)}`);
    expect(body).toMatchObject({ error: { type: 'ROW_DOES_NOT_EXIST' } });
    expect(airtable.records(BASE, 'Deals').map((row) => row.id)).toEqual([deal(1), deal(2), deal(3)]);
    expect(airtable.records(BASE, PARTNERS)).toEqual(before);
  });

  it('refuses more than ten', async () => {
    const { call } = await startWorld({ more: 10 });
    const query = Array.from({ length: 11 }, (_, index) => `records[]=${rec(index + 1)}`).join('&');
    expect((await call('DELETE', `/${BASE}/${PARTNERS}?${query}`)).body).toMatchObject({
      error: { type: 'INVALID_RECORDS' },
    });
  });
});

describe('the audit', () => {
  it('names every cell that changed, before and after, and skips what stays', async () => {
    const { base, context } = await startWorld();
    await base('Deals').update(deal(1), { Title: 'Alpha', Value: 12 });
    const entry = { at: context.now(), tool: 'airtable', by: 'api', source: DEALS, rowId: deal(1) };
    expect(context.changes).toEqual([{ ...entry, property: 'Value', before: 10, after: 12 }]);
  });

  it('has one entry for a created and one for a deleted record', async () => {
    const { base, context } = await startWorld();
    const made = await base('Deals').create({ Title: 'Delta', Partner: [rec(2)] });
    await base('Deals').destroy(made.id);
    const cells = { Title: 'Delta', Partner: [rec(2)] };
    expect(context.changes).toMatchObject([
      { rowId: made.id, property: '(created)', before: undefined, after: cells },
      { rowId: made.id, property: '(deleted)', before: cells, after: undefined },
    ]);
  });
});
