import { describe, expect, it } from 'vitest';
import { createAirtableConnector } from '../../src/connectors/airtable/index.js';
import type { SourceMapping } from '../../src/domain/mapping.js';
import { BASE, makeAirtable } from '../contract/worlds/airtable.js';
import { ROWS } from '../contract/worlds/table.js';
import { type Fault, openStill } from '../support/in-process.js';
import { GONE, openWorld, refusal } from './airtable-world.js';

describe('describing an Airtable table', () => {
  it('asks for the schema of a base once, for all its tables', async () => {
    const { open, source, line } = makeAirtable();
    const connector = open();
    const other: SourceMapping = { ...source, location: { type: 'airtable', base: BASE, table: 'Partners' } };
    const [items, partners] = await Promise.all([connector.describe(source), connector.describe(other)]);
    expect(line.arrivals.map((arrival) => arrival.path)).toEqual([`/v0/meta/bases/${BASE}/tables`]);
    expect(items.properties.find((property) => property.name === 'Partners')?.linksTo).toBe(partners.id);
    expect(items.url).toBe(`https://airtable.com/${BASE}/${items.id}`);
  });

  it('finds a table by id, and by name whatever its Unicode form', async () => {
    const { open, source } = makeAirtable();
    const byId = await open().describe({
      ...source,
      location: { type: 'airtable', base: BASE, table: 'tblItems000000000' },
    });
    const byName = await open().describe({ ...source, location: { type: 'airtable', base: BASE, table: ' Items ' } });
    expect(byName).toEqual(byId);
  });

  it('asks again after a failure', async () => {
    const { open, source, line } = makeAirtable();
    const connector = open();
    line.fault = () => refusal(401, 'AUTHENTICATION_REQUIRED', 'Authentication required');
    await expect(connector.describe(source)).rejects.toMatchObject({ code: 'auth-invalid-token' });
    line.fault = undefined;
    expect((await connector.describe(source)).title).toBe('Items');
  });

  it.each<[string, Fault, string, string]>([
    ['a wrong or hidden base', refusal(403, GONE, 'Invalid permissions'), 'source-not-found', 'schema.bases:read'],
    [
      'a bare NOT_FOUND',
      { kind: 'answer', status: 404, body: { error: 'NOT_FOUND' } },
      'source-not-found',
      'NOT_FOUND',
    ],
    ['a missing scope', refusal(403, 'INVALID_PERMISSIONS', 'Not permitted'), 'auth-forbidden', 'schema.bases:read'],
    [
      'the old shape of errors',
      { kind: 'answer', status: 401, body: { errors: [{ error: 'UNAUTHORIZED', message: 'Invalid token' }] } },
      'auth-invalid-token',
      'Invalid token',
    ],
    ['a sign-in page', { kind: 'answer', status: 200, body: '<html>Sign in</html>' }, 'upstream-invalid-response', ''],
    ['a proxy that is down', { kind: 'answer', status: 502, body: '<html>502</html>' }, 'upstream-unavailable', '502'],
    ['an exhausted month', refusal(429, 'PUBLIC_API_BILLING_LIMIT_EXCEEDED', 'limit exceeded'), 'quota-exhausted', ''],
    ['no answer', { kind: 'drop' }, 'network', ''],
  ])('%s', async (_, fault, code, words) => {
    const { open, source, line } = makeAirtable();
    line.fault = () => fault;
    await expect(open().describe(source)).rejects.toMatchObject({ code, message: expect.stringContaining(words) });
  });

  it('names the tables there are when the one asked for is not among them', async () => {
    const { open, source } = makeAirtable();
    const misspelt = open().describe({ ...source, location: { type: 'airtable', base: BASE, table: 'Itmes' } });
    await expect(misspelt).rejects.toMatchObject({
      code: 'source-not-found',
      message: expect.stringMatching(/Did you mean "Items"\?.*Items, Partners/),
    });
  });
});

describe('reading an Airtable table', () => {
  async function readAll(world: Awaited<ReturnType<typeof openWorld>>, between: (page: number) => void) {
    const ids: string[] = [];
    let page = 0;
    for await (const rows of world.connector.read(world.source, world.schema)) {
      ids.push(...rows.map((row) => row.id));
      page += 1;
      between(page);
    }
    return ids;
  }

  it('asks for mapped fields by id, a hundred rows a page', async () => {
    const world = await openWorld();
    const lists = world.line.arrivals.filter((arrival) => arrival.path.includes('tblItems000000000'));
    expect(lists).toHaveLength(3);
    const asked = new URL(lists[0]?.path ?? '', 'http://x').searchParams;
    expect(asked.getAll('fields[]').toSorted()).toEqual([...(world.rows[0]?.cells.keys() ?? [])].toSorted());
    expect(asked.get('returnFieldsByFieldId')).toBe('true');
    expect(asked.get('pageSize')).toBe('100');
    expect(asked.get('fields[]')).not.toBe(world.id('Unmapped'));
  });

  it('begins anew when its cursor expires, and gives no row twice', async () => {
    const world = await openWorld();
    const ids = await readAll(world, (page) => page === 2 && world.sandbox.expireIterators());
    expect(ids).toHaveLength(ROWS);
    expect(new Set(ids).size).toBe(ROWS);
  });

  it('gives up after two new beginnings instead of going on for ever', async () => {
    const world = await openWorld();
    world.line.fault = ({ path }) =>
      path.includes('offset=')
        ? { kind: 'answer', status: 422, body: { error: { type: 'LIST_RECORDS_ITERATOR_NOT_AVAILABLE' } } }
        : undefined;
    const before = world.line.arrivals.length;
    await expect(readAll(world, () => undefined)).rejects.toMatchObject({ code: 'read-incomplete' });
    expect(world.line.arrivals.length - before).toBe(6);
  });

  it('refuses a cursor that leads in a circle', async () => {
    const world = await openWorld();
    const record = { id: 'rec00000000000001', createdTime: '2026-01-01T00:00:00.000Z', fields: {} };
    world.line.fault = () => ({ kind: 'answer', status: 200, body: { records: [record], offset: 'itr/rec' } });
    const before = world.line.arrivals.length;
    await expect(readAll(world, () => undefined)).rejects.toMatchObject({ code: 'upstream-invalid-response' });
    expect(world.line.arrivals.length - before).toBe(2);
  });

  it.each<[string, Fault]>([
    ['no records', { kind: 'answer', status: 200, body: {} }],
    ['a sign-in page', { kind: 'answer', status: 200, body: '<html>Sign in</html>' }],
    ['half an answer', { kind: 'answer', status: 200, body: '{"records":[{"id":"rec' }],
  ])('an answer with %s ends the reading instead of hanging', async (_, fault) => {
    const world = await openWorld();
    world.line.fault = () => fault;
    await expect(readAll(world, () => undefined)).rejects.toMatchObject({ code: 'upstream-invalid-response' });
  });

  it('refuses pages without end, each with a cursor of its own', async () => {
    const { source, schema } = await openWorld();
    let pages = 0;
    const transport = openStill(async () => {
      pages += 1;
      return Response.json({ records: [], offset: `itr${pages}/rec` });
    });
    const endless = createAirtableConnector({ token: 'pat', transport });
    await expect(endless.read(source, schema).next()).rejects.toMatchObject({ code: 'upstream-invalid-response' });
  }, 60_000);

  it('refuses a table with none of the mapped columns rather than reading every cell as empty', async () => {
    const world = await openWorld();
    const schema = { ...world.schema, properties: [] };
    const reading = world.connector.read(world.source, schema)[Symbol.asyncIterator]().next();
    await expect(reading).rejects.toMatchObject({ code: 'property-not-found' });
  });

  it('asks by POST, offset included, when the address would be too long', async () => {
    const world = await openWorld();
    const key = '가'.repeat(2_000);
    const wanted = world.rows.slice(0, 150).map((row) => row.id);
    for (const row of wanted) world.sandbox.edit(BASE, 'Items', row, { Key: key });
    const before = world.line.arrivals.length;
    const found = await world.connector.find(world.source, world.schema, {
      propertyId: world.id('Key'),
      match: 'equals',
      text: key,
      trashed: false,
    });
    expect(found.map((row) => row.id).toSorted()).toEqual(wanted.toSorted());
    const asked = world.line.arrivals.slice(before);
    expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual(
      Array(2).fill(`POST /v0/${BASE}/tblItems000000000/listRecords`),
    );
    expect(asked[1]?.body).toMatchObject({ offset: expect.any(String) });
    expect(world.connector.calls().writes).toBe(0);
  });
});
