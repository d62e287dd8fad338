/** Finding a Notion source and its columns, against a script of exact requests and answers. */
import { describe, expect, test, vi } from 'vitest';
import type { Step } from '../support/scripted-fetch.js';
import { connect, DATABASE, error, mapping, OTHER, rich, SOURCE, source } from './notion-script.js';

describe('describe', () => {
  const dataSource = {
    object: 'data_source',
    id: SOURCE,
    title: rich('파트너사'),
    url: 'https://notion.example/partners',
    in_trash: false,
    properties: {
      Name: { id: 'title', name: 'Name', type: 'title', title: {} },
      Share: { id: 'shr', name: 'Share', type: 'number', number: { format: 'percent' } },
      State: {
        id: 'sta',
        name: 'State',
        type: 'status',
        status: {
          options: [
            { id: '1', name: '진행 중' },
            { id: '2', name: '시작 전' },
          ],
          groups: [
            { id: 'g2', name: 'In progress', option_ids: ['1'] },
            { id: 'g1', name: 'To-do', option_ids: ['2'] },
          ],
        },
      },
      Tier: { id: 'tie', name: 'Tier', type: 'select', select: { options: [{ id: '3', name: 'core' }] } },
      Kpis: { id: 'kpi', name: 'Kpis', type: 'relation', relation: { data_source_id: OTHER, database_id: DATABASE } },
      New: { id: 'new', name: 'New', type: 'hologram', hologram: { depth: 3 } },
      ...JSON.parse('{"__proto__": {"id": "pro", "name": "__proto__", "type": "rich_text", "rich_text": {}}}'),
    },
  };
  const retrieve = (id: string) => `GET /v1/data_sources/${id}`;
  const notFound = (expect: string): Step => ({ ...error(404, 'object_not_found', 'Could not find it.'), expect });

  test('a data source is one call and tells every column', async () => {
    const { connector, script } = connect([{ expect: retrieve(SOURCE), answer: dataSource }]);
    const described = await connector.describe(source);
    script.done();
    expect(described).toMatchObject({ id: SOURCE, title: '파트너사', url: 'https://notion.example/partners' });
    expect(described.properties).toEqual([
      { id: 'title', name: 'Name', type: 'title', holds: 'text', writable: true },
      { id: 'shr', name: 'Share', type: 'number', holds: 'number', writable: true, percent: true },
      {
        id: 'sta',
        name: 'State',
        type: 'status',
        holds: 'labels',
        writable: true,
        options: ['진행 중', '시작 전'],
        defaultOption: '시작 전',
      },
      { id: 'tie', name: 'Tier', type: 'select', holds: 'labels', writable: true, options: ['core'] },
      { id: 'kpi', name: 'Kpis', type: 'relation', holds: 'links', writable: true, linksTo: OTHER },
      { id: 'new', name: 'New', type: 'hologram', writable: false },
      { id: 'pro', name: '__proto__', type: 'rich_text', holds: 'text', writable: true },
    ]);
    const headers = script.seen[0]?.headers;
    expect(headers).toMatchObject({ 'notion-version': '2026-03-11', authorization: 'Bearer ntn_sandbox_script' });
  });

  test('a link to a database stands for its only data source, and is looked up once', async () => {
    const { connector, script } = connect([
      notFound(retrieve(DATABASE)),
      {
        expect: `GET /v1/databases/${DATABASE}`,
        answer: { object: 'database', id: DATABASE, data_sources: [{ id: SOURCE, name: '파트너사' }] },
      },
      { expect: retrieve(SOURCE), answer: dataSource },
      { expect: retrieve(SOURCE), answer: dataSource },
    ]);
    const link = `https://www.notion.so/team/Partners-${DATABASE.replaceAll('-', '')}?v=${OTHER.replaceAll('-', '')}`;
    expect((await connector.describe(mapping({ name: 'Name' }, link))).id).toBe(SOURCE);
    expect((await connector.describe(mapping({ name: 'Name' }, link))).id).toBe(SOURCE);
    script.done();
  });

  test('what a link stands for is looked up again once that is gone', async () => {
    const stands = (id: string): Step => ({
      expect: `GET /v1/databases/${DATABASE}`,
      answer: { object: 'database', id: DATABASE, data_sources: [{ id, name: '파트너사' }] },
    });
    const { connector, script } = connect([
      notFound(retrieve(DATABASE)),
      stands(SOURCE),
      { expect: retrieve(SOURCE), answer: dataSource },
      notFound(retrieve(SOURCE)),
      notFound(retrieve(DATABASE)),
      stands(OTHER),
      { expect: retrieve(OTHER), answer: { ...dataSource, id: OTHER } },
      { expect: retrieve(OTHER), answer: { ...dataSource, id: OTHER } },
    ]);
    const linked = mapping({ name: 'Name' }, DATABASE);
    expect((await connector.describe(linked)).id).toBe(SOURCE);
    expect((await connector.describe(linked)).id).toBe(OTHER);
    expect((await connector.describe(linked)).id).toBe(OTHER);
    script.done();
  });

  test('several data sources are named, none is picked', async () => {
    const data_sources = [
      { id: SOURCE, name: 'Live' },
      { id: OTHER, name: 'Archive' },
    ];
    const { connector, script } = connect([
      notFound(retrieve(DATABASE)),
      { expect: `GET /v1/databases/${DATABASE}`, answer: { object: 'database', id: DATABASE, data_sources } },
    ]);
    const asked = connector.describe(mapping({ name: 'Name' }, DATABASE));
    await expect(asked).rejects.toMatchObject({ code: 'source-ambiguous' });
    await expect(asked).rejects.toThrow(`Live (${SOURCE}), Archive (${OTHER})`);
    script.done();
  });

  const database = {
    ...error(400, 'validation_error', 'is a page, not a database.'),
    expect: `GET /v1/databases/${SOURCE}`,
  };
  test.each<{ name: string; steps: Step[]; code: string; says: string }>([
    {
      name: 'a bad token',
      steps: [error(401, 'unauthorized', 'API token is invalid.')],
      code: 'auth-invalid-token',
      says: 'req-1',
    },
    { name: 'no permission', steps: [error(403, 'restricted_resource', 'No.')], code: 'auth-forbidden', says: 'No.' },
    {
      name: 'nothing there',
      steps: [notFound(retrieve(SOURCE)), notFound(`GET /v1/databases/${SOURCE}`)],
      code: 'source-not-found',
      says: 'Could not find it.',
    },
    {
      name: 'a plain page',
      steps: [notFound(retrieve(SOURCE)), database],
      code: 'source-not-found',
      says: 'is a page',
    },
    {
      name: 'a source in the trash',
      steps: [{ answer: { ...dataSource, in_trash: true } }],
      code: 'source-not-found',
      says: 'trash',
    },
    {
      name: 'an outage',
      steps: [{ status: 502, answer: '<html>' }, { status: 503 }, { status: 500 }],
      code: 'upstream-unavailable',
      says: '500',
    },
    {
      name: 'a sign-in page',
      steps: [{ answer: '<html>please log in</html>' }],
      code: 'upstream-invalid-response',
      says: 'not JSON',
    },
    {
      name: 'a proxy that refuses',
      steps: [{ status: 403, answer: '<html>' }],
      code: 'upstream-invalid-response',
      says: '403',
    },
    {
      name: 'another shape',
      steps: [{ answer: { object: 'list' } }],
      code: 'upstream-invalid-response',
      says: 'does not document',
    },
    {
      name: 'a blocked client',
      steps: [
        error(429, 'rate_limited', 'Blocked.', {
          additional_data: { rate_limit_reason: 'public_api_request_blocked' },
        }),
      ],
      code: 'auth-blocked',
      says: 'Blocked.',
    },
  ])('$name -> $code', async ({ steps, code, says }) => {
    const { connector, script } = connect(steps);
    const asked = connector.describe(source);
    await expect(asked).rejects.toMatchObject({ code });
    await expect(asked).rejects.toThrow(says);
    script.done();
  });

  test('a blocked client asks for nothing more', async () => {
    const blocked = { additional_data: { rate_limit_reason: 'public_api_request_blocked' } };
    const { connector, script } = connect([error(429, 'rate_limited', 'Blocked.', blocked)]);
    for (let again = 0; again < 3; again += 1) {
      await expect(connector.describe(source)).rejects.toMatchObject({ code: 'auth-blocked' });
    }
    script.done();
  });

  test("the client's own log stays silent: it would print what rows hold", async () => {
    const printed = (['debug', 'info', 'log', 'warn', 'error'] as const).map((level) => vi.spyOn(console, level));
    const { connector } = connect([error(403, 'restricted_resource', 'No.')]);
    await expect(connector.describe(source)).rejects.toMatchObject({ code: 'auth-forbidden' });
    for (const spy of printed) expect(spy).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });

  test('what is no id is refused without a call', async () => {
    const { connector, script } = connect([]);
    await expect(connector.describe(mapping({}, 'my partners'))).rejects.toMatchObject({ code: 'source-not-found' });
    script.done();
  });
});
