/** What people do in the tool, and what a client sees of it. */
import { describe, expect, it } from 'vitest';
import { createAirtable } from '../../src/sandbox/airtable/index.js';
import { BASE, DEALS, deal, FIELD, PARTNERS, rec, startWorld, workspace } from './airtable-world.js';

describe('records', () => {
  it('edits are read by the client and audited as human', async () => {
    const { airtable, base, context } = await startWorld();
    airtable.edit(BASE, 'Deals', deal(1), { Value: 99, Title: null });
    expect((await base('Deals').find(deal(1))).fields).toMatchObject({ Value: 99 });
    expect(context.changes).toMatchObject([
      { by: 'human', source: DEALS, rowId: deal(1), property: 'Value', before: 10, after: 99 },
      { by: 'human', property: 'Title', before: 'Alpha', after: undefined },
    ]);
  });

  it('a person creates options and sets what a formula shows', async () => {
    const { airtable } = await startWorld();
    airtable.edit(BASE, PARTNERS, rec(3), { Tier: 'gold', Health: { error: '#ERROR!' } });
    expect(airtable.records(BASE, PARTNERS)[2]?.fields).toMatchObject({ Tier: 'gold', Health: { error: '#ERROR!' } });
  });

  it('adds, copies and deletes', async () => {
    const { airtable, context } = await startWorld();
    const added = airtable.addRecord(BASE, PARTNERS, { Name: 'New', Deals: [deal(3)] });
    const copy = airtable.duplicateRecord(BASE, PARTNERS, added);
    const rows = airtable.records(BASE, PARTNERS);
    expect(rows.map((row) => row.fields.No)).toEqual([1, 2, 3, 4, 5]);
    expect(rows.at(-1)).toMatchObject({ id: copy, fields: { Name: 'New', Deals: [deal(3)] } });
    expect(airtable.records(BASE, DEALS)[2]?.fields.Partner).toEqual([added, copy]);
    airtable.deleteRecord(BASE, PARTNERS, added);
    expect(airtable.records(BASE, DEALS)[2]?.fields.Partner).toEqual([copy]);
    expect(context.changes.map((change) => change.property)).toEqual(['(created)', '(created)', '(deleted)']);
  });

  it('hands out copies', async () => {
    const { airtable } = await startWorld();
    (airtable.records(BASE, PARTNERS)[0]!.fields.Tags as string[]).push('injected');
    expect(airtable.records(BASE, PARTNERS)[0]?.fields.Tags).toEqual(['fast', 'loyal']);
  });

  it.each([
    ['base', 'appNobody00000001', DEALS, deal(1)],
    ['table', BASE, 'Nope', deal(1)],
    ['record', BASE, DEALS, deal(99)],
  ])('says so when a %s does not exist', async (_, base, table, record) => {
    const { airtable } = await startWorld();
    expect(() => airtable.edit(base, table, record, { Title: 'x' })).toThrow(/^no /);
  });
});

describe('columns', () => {
  it('a renamed field keeps its id and cells, and its old name is unknown', async () => {
    const { airtable, base, call } = await startWorld();
    airtable.renameField(BASE, 'Deals', 'Value', 'Worth');
    const [row] = await base('Deals')
      .select({ fields: [FIELD.value] })
      .all();
    expect(row?.fields).toEqual({ Worth: 10 });
    const { body } = await call('PATCH', `/${BASE}/Deals/${deal(1)}`, { fields: { Value: 1 } });
    expect(body).toMatchObject({ error: { type: 'UNKNOWN_FIELD_NAME' } });
  });

  it('a deleted field is gone from schema, records and lookups', async () => {
    const { airtable, base, call } = await startWorld();
    airtable.deleteField(BASE, 'Deals', 'Value');
    expect((await base('Deals').find(deal(1))).fields).not.toHaveProperty('Value');
    expect((await base(PARTNERS).find(rec(1))).fields).not.toHaveProperty('Deal values');
    const { body } = await call('GET', `/meta/bases/${BASE}/tables`);
    expect(JSON.stringify((body as { tables: { fields: unknown }[] }).tables[1]?.fields)).not.toContain('"Value"');
  });

  it('a field of the same name as one that was deleted is a new and empty one', async () => {
    const { airtable, base } = await startWorld();
    airtable.deleteField(BASE, 'Deals', 'Value');
    const id = airtable.addField(BASE, 'Deals', 'Value', 'number', { precision: 0 });
    expect(id).toMatch(/^fld[A-Za-z0-9]{14}$/);
    expect(id).not.toBe(FIELD.value);
    expect((await base('Deals').find(deal(1))).fields).not.toHaveProperty('Value');
    await base('Deals').update(deal(1), { Value: 3 });
    expect((await base('Deals').find(deal(1))).fields).toMatchObject({ Value: 3 });
    expect(() => airtable.addField(BASE, 'Deals', 'Value', 'number')).toThrow(/exists/);
  });

  it('a deleted link leaves the other side one-way', async () => {
    const { airtable, base, call } = await startWorld();
    airtable.deleteField(BASE, PARTNERS, 'Deals');
    await base('Deals').update(deal(3), { Partner: [rec(3)] });
    expect(airtable.records(BASE, 'Deals')[2]?.fields.Partner).toEqual([rec(3)]);
    expect(JSON.stringify((await call('GET', `/meta/bases/${BASE}/tables`)).body)).not.toContain(
      `"inverseLinkFieldId":"${FIELD.deals}"`,
    );
  });

  it('a retyped field carries over what the new type can hold', async () => {
    const { airtable, call } = await startWorld();
    airtable.retypeField(BASE, PARTNERS, 'Tier', 'singleLineText');
    airtable.retypeField(BASE, PARTNERS, 'Name', 'number', { precision: 0 });
    airtable.retypeField(BASE, PARTNERS, 'Score', 'singleSelect', { choices: [{ name: '0' }] });
    const fields = airtable.records(BASE, PARTNERS).map((row) => row.fields);
    expect(fields.map((row) => row.Tier)).toEqual(['core', 'strategic', undefined]);
    expect(fields.map((row) => row.Name)).toEqual([undefined, undefined, undefined]);
    expect(fields.map((row) => row.Score)).toEqual(['0', '7.5', '-2']);
    const written = await call('PATCH', `/${BASE}/${PARTNERS}/${rec(1)}`, { fields: { Tier: 'anything' } });
    expect(written.status).toBe(200);
  });

  it('a deleted option leaves the column and its cells', async () => {
    const { airtable, call } = await startWorld();
    airtable.deleteOption(BASE, PARTNERS, 'Tier', 'core');
    airtable.deleteOption(BASE, PARTNERS, 'Tags', 'fast');
    const [first] = airtable.records(BASE, PARTNERS);
    expect(first?.fields).toMatchObject({ Tags: ['loyal'] });
    expect(first?.fields).not.toHaveProperty('Tier');
    const { body } = await call('PATCH', `/${BASE}/${PARTNERS}/${rec(1)}`, { fields: { Tier: 'core' } });
    expect(body).toMatchObject({ error: { type: 'INVALID_MULTIPLE_CHOICE_OPTIONS' } });
  });
});

describe('loading a workspace', () => {
  const context = { now: () => 0, requests: [], changes: [], enforceRates: false, interceptor: undefined };
  const loaded = (change: (fields: Record<string, unknown>) => void) => {
    const file = structuredClone(workspace());
    const fields = file.bases[0]?.tables[1]?.records[0]?.fields ?? {};
    change(fields);
    return createAirtable(file, context);
  };

  it('refuses a cell of a field that does not exist', () => {
    expect(() => loaded((fields) => Object.assign(fields, { Vlaue: 1 }))).toThrow('no field named Vlaue');
  });

  it('refuses a link to a record that does not exist', () => {
    expect(() => loaded((fields) => Object.assign(fields, { Partner: [rec(99)] }))).toThrow(`no record ${rec(99)}`);
  });

  it('lets a value stored for a computed cell win', () => {
    const airtable = loaded((fields) => Object.assign(fields, { 'Partner tier': ['basic', null] }));
    expect(airtable.records(BASE, DEALS)[0]?.fields['Partner tier']).toEqual(['basic', null]);
  });

  it('reads a stored modification time as the time of the last edit', () => {
    const file = structuredClone(workspace());
    const record = file.bases[0]?.tables[0]?.records[0];
    Object.assign(record?.fields ?? {}, { Edited: '2026-09-09T09:09:09.000Z', 'Tier edited': '2026-08-08' });
    const airtable = createAirtable(file, { ...context, now: () => Date.parse('2026-11-02T03:00:00Z') });
    const times = () => airtable.records(BASE, PARTNERS)[0]?.fields;
    expect(times()).toMatchObject({ Edited: '2026-09-09T09:09:09.000Z', 'Tier edited': '2026-08-08' });
    airtable.edit(BASE, PARTNERS, rec(1), { Score: 5 });
    expect(times()).toMatchObject({ Edited: '2026-11-02T03:00:00.000Z', 'Tier edited': '2026-08-08' });
  });
});
