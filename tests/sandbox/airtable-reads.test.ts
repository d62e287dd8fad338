/** Reading records and metadata: access, shapes, paging, parameters. */
import { describe, expect, it } from 'vitest';
import { BASE, DEALS, deal, FIELD, KIM, OTHER_BASE, PARTNERS, rec, refused, startWorld } from './airtable-world.js';

const INVALID_REQUEST = refused(
  422,
  'INVALID_REQUEST_UNKNOWN',
  'Invalid request: parameter validation failed. Check your request data.',
);
const NO_MODEL = refused(
  403,
  'INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND',
  'Invalid permissions, or the requested model was not found. Check that both your user and your token have the required permissions, and that the model names and/or ids are correct.',
);
const UNAUTHENTICATED = refused(401, 'AUTHENTICATION_REQUIRED', 'Authentication required');

describe('access', () => {
  it.each([
    ['no token', null],
    ['another token', 'patWrong'],
  ])('refuses %s with 401', async (_, token) => {
    const { call } = await startWorld();
    expect(await call('GET', `/${BASE}/${PARTNERS}`, undefined, token)).toEqual(UNAUTHENTICATED);
  });

  it('refuses a revoked token until it is restored', async () => {
    const { airtable, call } = await startWorld();
    airtable.revokeToken();
    expect(await call('GET', '/meta/whoami')).toEqual(UNAUTHENTICATED);
    airtable.restoreToken();
    expect((await call('GET', '/meta/whoami')).status).toBe(200);
  });

  it.each([
    ['an unknown base', `/appNobody00000001/${PARTNERS}`],
    ['an unknown table', `/${BASE}/tblNobody00000001`],
    ['a table of another base', `/${OTHER_BASE}/${PARTNERS}`],
    ['the tables of an unknown base', '/meta/bases/appNobody00000001/tables'],
  ])('answers 403 for %s', async (_, path) => {
    const { call } = await startWorld();
    expect(await call('GET', path)).toEqual(NO_MODEL);
  });

  it('answers 403 for a base whose grant was taken away, and lists it no more', async () => {
    const { airtable, call } = await startWorld();
    airtable.revokeBase(BASE);
    expect(await call('GET', `/${BASE}/${PARTNERS}`)).toEqual(NO_MODEL);
    expect((await call('GET', '/meta/bases')).body).toEqual({
      bases: [{ id: OTHER_BASE, name: 'Other', permissionLevel: 'create' }],
    });
    airtable.restoreBase(BASE);
    expect((await call('GET', `/${BASE}/${PARTNERS}`)).status).toBe(200);
  });

  it.each([
    ['a route of another version', 'GET', `/../v1/${BASE}/${PARTNERS}`],
    ['comments', 'GET', `/${BASE}/${PARTNERS}/${rec(1)}/comments`],
    ['a method nobody serves', 'DELETE', '/meta/whoami'],
  ])('answers a bare 404 for %s', async (_, method, path) => {
    const { call } = await startWorld();
    expect(await call(method, path)).toEqual({ status: 404, body: { error: 'NOT_FOUND' } });
  });
});

describe('metadata', () => {
  it('tells who the token belongs to', async () => {
    const { call } = await startWorld();
    expect((await call('GET', '/meta/whoami')).body).toMatchObject({
      id: 'usrBot00000000001',
      email: 'bot@example.com',
      scopes: expect.arrayContaining(['schema.bases:read']),
    });
  });

  it('shows tables with fields, options with choice ids, and views', async () => {
    const { call } = await startWorld();
    const { status, body } = await call('GET', `/meta/bases/${BASE}/tables`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      tables: [
        {
          id: PARTNERS,
          name: 'Partners / 파트너',
          primaryFieldId: FIELD.name,
          views: [{ name: 'Grid view', type: 'grid' }],
        },
        { id: DEALS, fields: [{ id: FIELD.title, name: 'Title', type: 'singleLineText' }, {}, {}, {}] },
      ],
    });
    expect(JSON.stringify(body)).toContain('"choices":[{"name":"strategic","id":"sel');
    expect(JSON.stringify(body)).not.toContain('visibleFieldIds');
    const more = await call('GET', `/meta/bases/${BASE}/tables?include[]=visibleFieldIds`);
    expect(JSON.stringify(more.body)).toContain(`"visibleFieldIds":["${FIELD.name}"`);
  });
});

describe('records', () => {
  it.each([
    ['id', PARTNERS],
    ['url-encoded name', 'Partners / 파트너'],
  ])('finds a table by %s', async (_, table) => {
    const { base } = await startWorld();
    const rows = await base(table).select().all();
    expect(rows.map((row) => row.get('Name'))).toEqual(['Hanbit', `O'Neil & "Sons"`, 'Saebom']);
  });

  it('leaves empty cells out, an unchecked box too, and keeps 0', async () => {
    const { call } = await startWorld();
    const { body } = await call('GET', `/${BASE}/${PARTNERS}/${rec(3)}`);
    expect(body).toEqual({
      id: rec(3),
      createdTime: '2026-01-05T09:00:00.000Z',
      fields: {
        Name: 'Saebom',
        Score: -2,
        'Deal count': 0,
        No: 3,
        Born: '2026-01-05T09:00:00.000Z',
        Edited: '2026-01-05T09:00:00.000Z',
      },
    });
    const first = await call('GET', `/${BASE}/${PARTNERS}/${rec(1)}`);
    expect(first.body).toMatchObject({ fields: { Score: 0, Active: true, Share: 0.5, Owner: KIM } });
  });

  it('passes special numbers and errors through as stored', async () => {
    const { base } = await startWorld();
    const rows = await base(PARTNERS)
      .select({ fields: ['Health'] })
      .all();
    expect(rows.map((row) => row.fields)).toEqual([
      { Health: { specialValue: 'NaN' } },
      { Health: { error: '#ERROR!' } },
      {},
    ]);
  });

  it('works out counts and lookups over links, with a hole for an empty linked cell', async () => {
    const { base } = await startWorld();
    const hanbit = await base(PARTNERS).find(rec(1));
    expect(hanbit.get('Deals')).toEqual([deal(1), deal(2)]);
    expect(hanbit.get('Deal count')).toBe(2);
    expect(hanbit.get('Deal values')).toEqual([10, null]);
    expect((await base('Deals').find(deal(1))).get('Partner tier')).toEqual(['core']);
    expect((await base('Deals').find(deal(3))).fields).toEqual({ Title: 'Gamma' });
  });

  it('answers 404 for a record that does not exist, or is of another table', async () => {
    const { call } = await startWorld();
    const gone = { status: 404, body: { error: 'NOT_FOUND' } };
    expect(await call('GET', `/${BASE}/${PARTNERS}/${rec(99)}`)).toEqual(gone);
    expect(await call('GET', `/${BASE}/${PARTNERS}/${deal(1)}`)).toEqual(gone);
  });

  it('keys by field id on request', async () => {
    const { base, call } = await startWorld();
    const rows = await base('Deals')
      .select({ returnFieldsByFieldId: true, fields: [FIELD.title, 'Value'] })
      .all();
    expect(rows[0]?.fields).toEqual({ [FIELD.title]: 'Alpha', [FIELD.value]: 10 });
    const one = await call('GET', `/${BASE}/Deals/${deal(3)}?returnFieldsByFieldId=true`);
    expect(one.body).toMatchObject({ fields: { [FIELD.title]: 'Gamma' } });
  });

  it('gives strings for cellFormat=string, names for links', async () => {
    const { call } = await startWorld();
    const query = 'cellFormat=string&timeZone=Asia/Seoul&userLocale=ko';
    const { body } = await call('GET', `/${BASE}/Deals/${deal(1)}?${query}`);
    expect(body).toMatchObject({ fields: { Title: 'Alpha', Partner: 'Hanbit', Value: '10' } });
    const unlinked = await call('GET', `/${BASE}/Deals/${deal(3)}?${query}`);
    expect(unlinked.body).toMatchObject({ fields: { Title: 'Gamma' } });
    expect(unlinked.body).not.toHaveProperty('fields.Partner');
  });

  it('counts comments on request', async () => {
    const { base } = await startWorld();
    const [row] = await base('Deals')
      .select({ recordMetadata: ['commentCount'] })
      .firstPage();
    expect(row?.commentCount).toBe(0);
  });

  it('sorts: numbers by size, options by their place in the column, empty first, and back', async () => {
    const { base } = await startWorld();
    const names = async (field: string, direction: 'asc' | 'desc') =>
      (
        await base(PARTNERS)
          .select({ sort: [{ field, direction }] })
          .all()
      ).map((row) => row.id);
    expect(await names('Score', 'asc')).toEqual([rec(3), rec(1), rec(2)]);
    expect(await names('Score', 'desc')).toEqual([rec(2), rec(1), rec(3)]);
    expect(await names('Tier', 'asc')).toEqual([rec(3), rec(2), rec(1)]);
    expect(await names('Name', 'asc')).toEqual([rec(1), rec(2), rec(3)]);
  });

  it('knows the one view and refuses any other', async () => {
    const { call } = await startWorld();
    const list = (view: string) => call('GET', `/${BASE}/${PARTNERS}?view=${encodeURIComponent(view)}`);
    expect((await list('Grid view')).status).toBe(200);
    expect((await list('Kanban')).body).toMatchObject({ error: { type: 'VIEW_NAME_NOT_FOUND' } });
    expect((await list('viwNobody00000001')).body).toMatchObject({ error: { type: 'VIEW_ID_NOT_FOUND' } });
  });
});

describe('parameters', () => {
  it.each([
    ['an unknown one', 'colour=red'],
    ['a literal null', 'offset=null'],
    ['an empty one', 'view='],
    ['pageSize above 100', 'pageSize=101'],
    ['pageSize 0', 'pageSize=0'],
    ['maxRecords that is no number', 'maxRecords=many'],
    ['a direction nobody knows', 'sort[0][field]=Name&sort[0][direction]=up'],
    ['string cells without a locale', 'cellFormat=string&timeZone=UTC'],
    ['string cells without a time zone', 'cellFormat=string&userLocale=ko'],
    ['fields that is no list', 'fields=Name'],
  ])('refuses %s', async (_, query) => {
    const { call } = await startWorld();
    expect(await call('GET', `/${BASE}/${PARTNERS}?${query}`)).toEqual(INVALID_REQUEST);
  });

  it.each([
    ['fields[]', 'fields[]=Nope'],
    ['fields[0]', 'fields[0]=Nope'],
    ['sort', 'sort[0][field]=Nope'],
  ])('refuses an unknown field in %s', async (_, query) => {
    const { call } = await startWorld();
    expect(await call('GET', `/${BASE}/${PARTNERS}?${query}`)).toEqual(
      refused(422, 'UNKNOWN_FIELD_NAME', 'Unknown field name: "Nope"'),
    );
  });

  it('refuses a null in the body of listRecords', async () => {
    const { call } = await startWorld();
    expect(await call('POST', `/${BASE}/${PARTNERS}/listRecords`, { offset: null })).toEqual(INVALID_REQUEST);
  });

  it('refuses a URL of 16,000 characters and takes the same question as a POST', async () => {
    const { call, base } = await startWorld();
    const formula = `OR(${Array.from({ length: 450 }, () => `RECORD_ID()='${rec(2)}'`).join(',')})`;
    const long = await call('GET', `/${BASE}/${PARTNERS}?filterByFormula=${encodeURIComponent(formula)}`);
    expect(long.status).toBe(414);
    expect(await base(PARTNERS).select({ filterByFormula: formula }).all()).toHaveLength(1);
  });
});

describe('paging', () => {
  it('gives 100 a page and no offset on the last', async () => {
    const { base, call } = await startWorld({ more: 247 });
    const sizes: number[] = [];
    await base(PARTNERS)
      .select()
      .eachPage((records, next) => {
        sizes.push(records.length);
        next();
      });
    expect(sizes).toEqual([100, 100, 50]);
    const first = await call('GET', `/${BASE}/${PARTNERS}`);
    expect(first.body).toHaveProperty('offset', expect.stringMatching(/^itr[A-Za-z0-9]{14}\/rec[A-Za-z0-9]{14}$/));
  });

  it('gives no offset when the last page is full', async () => {
    const { call } = await startWorld({ more: 97 });
    const { body } = await call('GET', `/${BASE}/${PARTNERS}`);
    expect(body).not.toHaveProperty('offset');
    expect(body).toHaveProperty('records.length', 100);
  });

  it('stops at maxRecords', async () => {
    const { base } = await startWorld({ more: 50 });
    const rows = await base(PARTNERS).select({ maxRecords: 25, pageSize: 10 }).all();
    expect(rows).toHaveLength(25);
  });

  it('keeps the order of the first page, with values as they are now, and drops what was deleted', async () => {
    const { airtable, call } = await startWorld({ more: 1 });
    const path = `/${BASE}/${PARTNERS}?pageSize=1&sort[0][field]=Name`;
    const first = (await call('GET', path)).body as { offset: string };
    airtable.edit(BASE, PARTNERS, rec(2), { Name: 'AAA' });
    airtable.deleteRecord(BASE, PARTNERS, rec(4));
    airtable.addRecord(BASE, PARTNERS, { Name: 'Zoo' });
    const second = (await call('GET', `${path}&offset=${first.offset}`)).body as { offset: string };
    expect(second).toMatchObject({ records: [{ id: rec(2), fields: { Name: 'AAA' } }] });
    const third = (await call('GET', `${path}&offset=${second.offset}`)).body as { offset: string };
    expect(third).toMatchObject({ records: [] });
    const last = (await call('GET', `${path}&offset=${third.offset}`)).body;
    expect(last).toMatchObject({ records: [{ id: rec(3) }] });
    expect(last).not.toHaveProperty('offset');
  });

  it('refuses expired and unknown iterators without a message, and malformed offsets', async () => {
    const { airtable, call } = await startWorld({ more: 5 });
    const path = `/${BASE}/${PARTNERS}?pageSize=2`;
    const { offset } = (await call('GET', path)).body as { offset: string };
    expect((await call('GET', `${path}&offset=${offset}`)).status).toBe(200);
    airtable.expireIterators();
    const gone = refused(422, 'LIST_RECORDS_ITERATOR_NOT_AVAILABLE');
    expect(await call('GET', `${path}&offset=${offset}`)).toEqual(gone);
    expect(await call('GET', `${path}&offset=itrNobody00000001/${rec(1)}`)).toEqual(gone);
    expect((await call('GET', `${path}&offset=42`)).body).toMatchObject({ error: { type: 'INVALID_OFFSET_VALUE' } });
  });

  it('refuses an offset with another question', async () => {
    const { call } = await startWorld({ more: 5 });
    const path = `/${BASE}/${PARTNERS}?pageSize=2`;
    const { offset } = (await call('GET', path)).body as { offset: string };
    const other = await call('GET', `${path}&sort[0][field]=Name&offset=${offset}`);
    expect(other).toEqual(refused(422, 'LIST_RECORDS_ITERATOR_NOT_AVAILABLE'));
  });

  it('reads the offset of listRecords from the body and ignores one in the query', async () => {
    const { call } = await startWorld({ more: 5 });
    const path = `/${BASE}/${PARTNERS}/listRecords`;
    const first = (await call('POST', path, { pageSize: 2 })).body as { offset: string; records: unknown };
    const second = (await call('POST', path, { pageSize: 2, offset: first.offset })).body;
    expect(second).toMatchObject({ records: [{ id: rec(3) }, { id: rec(4) }] });
    const again = (await call('POST', `${path}?offset=${first.offset}`, { pageSize: 2 })).body;
    expect(again).toMatchObject({ records: first.records as object });
  });

  it('serves the official client by POST, time zone and locale in the query', async () => {
    const { base } = await startWorld();
    const rows = await base(PARTNERS)
      .select({ method: 'post', cellFormat: 'string', timeZone: 'Asia/Seoul', userLocale: 'ko', fields: ['Deals'] })
      .all();
    expect(rows[0]?.fields).toEqual({ Deals: 'Alpha, Beta' });
  });
});
