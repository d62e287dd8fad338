/** Versions of the API beside the newest one, and what they make of databases with several data sources. */
import { describe, expect, it } from 'vitest';
import { createSandbox } from '../../src/sandbox/index.js';
import { NotionWorkspace } from '../../src/sandbox/workspace.js';
import {
  MIDDLE,
  NEWEST,
  OLDEST,
  PARTNERS,
  PARTNERS_DB,
  partner,
  SPLIT_DB,
  startWorld,
  TOKEN,
  WEST,
  workspace,
} from './notion-world.js';

const SEVERAL = {
  status: 400,
  code: 'validation_error',
  message: 'Databases with multiple data sources are not supported in this API version.',
};
const FROM_BEFORE = [OLDEST, '2022-02-22', '2021-08-16', '2021-05-13'];

describe.each(FROM_BEFORE)('version %s', (version) => {
  it('serves a database with one source as its only self', async () => {
    const { call } = await startWorld({ version });
    const { body } = await call('GET', `/v1/databases/${PARTNERS_DB}`);
    expect(body).toMatchObject({ object: 'database', properties: { Name: { type: 'title' } } });
    expect(body).not.toHaveProperty('data_sources');
    expect((await call('POST', `/v1/databases/${PARTNERS_DB}/query`, {})).body.results).toHaveLength(3);
    expect((await call('GET', `/v1/data_sources/${PARTNERS}`)).body).toMatchObject({ code: 'invalid_request_url' });
  });

  it.each<[string, string, string, object | undefined]>([
    ['reading', 'GET', `/v1/databases/${SPLIT_DB}`, undefined],
    ['querying', 'POST', `/v1/databases/${SPLIT_DB}/query`, {}],
    ['creating in', 'POST', '/v1/pages', { parent: { database_id: SPLIT_DB }, properties: {} }],
  ])('refuses %s a database with several', async (_, method, path, body) => {
    const { call, context } = await startWorld({ version });
    expect((await call(method, path, body)).body).toMatchObject(SEVERAL);
    expect(context.changes).toEqual([]);
  });

  it('finds no database with several', async () => {
    const { call } = await startWorld({ version });
    const { results } = (await call('POST', '/v1/search', { filter: { property: 'object', value: 'database' } })).body;
    expect(results).toMatchObject([{ object: 'database' }, { object: 'database' }]);
    expect(JSON.stringify(results)).not.toContain(SPLIT_DB);
  });
});

describe('a relation that leads into a database with several sources', () => {
  /** The tables of the other tests, with a relation from a partner into one of two regions. */
  const related = () => {
    const given = structuredClone(workspace());
    const partners = given.databases[0]!.dataSources[0]!;
    partners.properties = { ...partners.properties, Region: { id: 'rEgi', type: 'relation', relatesTo: WEST } };
    return createSandbox({ notion: NotionWorkspace.parse(given) }, { enforceRates: false });
  };
  const row = `${WEST.slice(0, -4)}0999`;

  it.each([
    [OLDEST, 400],
    [MIDDLE, 200],
    [NEWEST, 200],
  ])('is written by version %s: %i', async (version, status) => {
    const answer = await related().fetch(`http://x/v1/pages/${partner(1)}`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${TOKEN}`, 'notion-version': version },
      body: JSON.stringify({ properties: { Region: { relation: [{ id: row }] } } }),
    });
    expect(answer.status).toBe(status);
    if (status === 400) expect(await answer.json()).toMatchObject(SEVERAL);
  });
});

it(`version ${MIDDLE} reads several sources, and will not guess which one a new page is for`, async () => {
  const { call } = await startWorld({ version: MIDDLE });
  expect((await call('GET', `/v1/databases/${SPLIT_DB}`)).body.data_sources).toHaveLength(2);
  const created = await call('POST', '/v1/pages', { parent: { database_id: SPLIT_DB }, properties: {} });
  expect(created.body).toMatchObject(SEVERAL);
});

it('a version that is none of them is refused', async () => {
  const { call } = await startWorld({ version: '2020-01-01' });
  expect((await call('GET', '/v1/users/me')).body).toMatchObject({ status: 400, code: 'validation_error' });
});
