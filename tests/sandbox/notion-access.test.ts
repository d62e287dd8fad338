/** What every request passes: token, version, address, size, rate. And the answers about users. */
import { APIErrorCode, APIResponseError, isNotionClientError } from '@notionhq/client';
import { describe, expect, it } from 'vitest';
import {
  BOT,
  KIM,
  LEE,
  NEWEST,
  NOBODY,
  OLDEST,
  partner,
  refusal,
  startWorld,
  TOKEN,
  validation,
} from './notion-world.js';

const UNAUTHORIZED = { object: 'error', status: 401, code: 'unauthorized', message: 'API token is invalid.' };

describe('the token', () => {
  it('is refused when it is another one', async () => {
    const { clientOf } = await startWorld();
    expect(await refusal(clientOf(NEWEST, 'ntn_other').users.me({}))).toMatchObject(UNAUTHORIZED);
  });

  it('is refused when it is missing', async () => {
    const { call } = await startWorld();
    expect((await call('GET', '/v1/users/me', undefined, { authorization: '' })).body).toMatchObject(UNAUTHORIZED);
  });

  it('is refused while it is revoked', async () => {
    const { client, notion } = await startWorld();
    notion.revokeToken();
    expect(await refusal(client.users.me({}))).toMatchObject(UNAUTHORIZED);
    notion.grantToken();
    expect(await client.users.me({})).toMatchObject({ id: BOT });
  });
});

describe('the version', () => {
  it('has to be named', async () => {
    const { url } = await startWorld();
    const response = await fetch(`${url}/v1/users/me`, { headers: { authorization: `Bearer ${TOKEN}` } });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      code: 'missing_version',
      message:
        'Notion-Version header failed validation: Notion-Version header should be defined, instead was `undefined`.',
    });
  });

  it('has to exist', async () => {
    const { clientOf } = await startWorld();
    const refused = await refusal(clientOf('2026-04-01').users.me({}));
    expect(refused).toMatchObject({ status: 400, code: 'validation_error' });
    expect(refused.message).toMatch(/^Notion-Version header failed validation: .*instead was `"2026-04-01"`\.$/);
  });

  it.each([OLDEST, '2025-09-03', NEWEST])('%s is served', async (version) => {
    const { clientOf } = await startWorld();
    expect(await clientOf(version).users.me({})).toMatchObject({ type: 'bot' });
  });
});

describe('the address', () => {
  it.each([
    ['GET', '/v1/nowhere'],
    ['POST', '/v1/users/me'],
    ['DELETE', `/v1/pages/${partner(1)}`],
  ])('%s %s is an invalid request URL', async (method, path) => {
    const { call } = await startWorld();
    expect((await call(method, path)).body).toMatchObject({
      status: 400,
      code: 'invalid_request_url',
      message: 'Invalid request URL.',
    });
  });

  it('takes ids with and without hyphens, and nothing else', async () => {
    const { client } = await startWorld();
    const bare = partner(1).replaceAll('-', '').toUpperCase();
    expect(await client.pages.retrieve({ page_id: bare })).toMatchObject({ id: partner(1) });
    expect(await refusal(client.pages.retrieve({ page_id: 'abc' }))).toMatchObject(
      validation('path failed validation: path.page_id should be a valid uuid, instead was `"abc"`.'),
    );
  });
});

describe('the body', () => {
  it('has to be JSON', async () => {
    const { call, notion } = await startWorld();
    const answer = await call('PATCH', `/v1/pages/${partner(1)}`, '{"in_trash": tru');
    expect(answer.body).toMatchObject({ status: 400, code: 'invalid_json', message: 'Error parsing JSON body.' });
    expect(notion.pages('0dd50000-0000-4000-8000-000000000001')[0]?.inTrash).toBe(false);
  });

  it('has to be an object', async () => {
    const { call } = await startWorld();
    expect((await call('POST', '/v1/search', [])).body).toMatchObject(
      validation('body failed validation: body should be an object, instead was `[]`.'),
    );
  });

  it('may not pass 500 KB', async () => {
    const { call } = await startWorld();
    const sized = (bytes: number) => JSON.stringify({ query: 'x'.repeat(bytes) });
    expect((await call('POST', '/v1/search', sized(499 * 1024))).status).toBe(200);
    expect((await call('POST', '/v1/search', sized(501 * 1024))).body).toMatchObject({
      status: 400,
      code: 'validation_error',
    });
  });

  it('may not hold unknown keys', async () => {
    const { call } = await startWorld();
    expect((await call('PATCH', `/v1/pages/${partner(1)}`, { colour: 'red' })).body).toMatchObject(
      validation('body failed validation: body.colour should be not present, instead was `"red"`.'),
    );
  });
});

describe('answers', () => {
  it('carry their request id in header and body, refused or not', async () => {
    const { call } = await startWorld();
    const answers = [await call('GET', '/v1/users/me'), await call('GET', '/v1/nowhere')];
    for (const { body, headers } of answers) {
      expect(body.request_id).toMatch(/^[0-9a-f-]{36}$/);
      expect(headers.get('x-notion-request-id')).toBe(body.request_id);
    }
    expect(answers[0]?.body.request_id).not.toBe(answers[1]?.body.request_id);
  });

  it('are dated by the clock of the sandbox', async () => {
    const { call, advance } = await startWorld();
    advance(3_600_000);
    expect((await call('GET', '/v1/users/me')).headers.get('date')).toBe('Mon, 02 Nov 2026 04:00:40 GMT');
  });
});

describe('the rate window', () => {
  const statuses = async (call: () => Promise<{ status: number }>, count: number): Promise<number[]> => {
    const seen: number[] = [];
    for (let n = 0; n < count; n += 1) seen.push((await call()).status);
    return seen;
  };

  it('takes 180 requests a minute, however fast, and says when the next minute begins', async () => {
    const { call, client, advance } = await startWorld({ enforceRates: true });
    const ask = () => call('GET', '/v1/users/me');
    expect(new Set(await statuses(ask, 180))).toEqual(new Set([200]));
    const error = await client.users.me({}).catch((thrown: unknown) => thrown);
    if (!isNotionClientError(error) || !APIResponseError.isAPIResponseError(error)) throw error;
    expect(error.code).toBe(APIErrorCode.RateLimited);
    // The minute is 40.4 seconds old.
    expect(error.additional_data).toEqual({
      rate_limit_reason: 'public_api_request_rate_limit',
      retry_after: '20',
    });
    expect((await ask()).headers.get('retry-after')).toBe('20');
    advance(19_599);
    expect((await ask()).status).toBe(429);
    advance(1);
    expect(await statuses(ask, 180)).not.toContain(429);
    expect(await statuses(ask, 1)).toEqual([429]);
  });

  it('is as wide as asked', async () => {
    const { call } = await startWorld({ enforceRates: true, requestsPerMinute: 2 });
    expect(await statuses(() => call('GET', '/v1/users/me'), 3)).toEqual([200, 200, 429]);
  });

  it('refuses before anything is written', async () => {
    const { client, context } = await startWorld({ enforceRates: true, requestsPerMinute: 0 });
    expect(await refusal(client.pages.update({ page_id: partner(1), in_trash: true }))).toMatchObject({ status: 429 });
    expect(context.changes).toEqual([]);
  });

  it('stays open when limits are off', async () => {
    const { call } = await startWorld({ enforceRates: false, requestsPerMinute: 1 });
    expect(await statuses(() => call('GET', '/v1/users/me'), 3)).toEqual([200, 200, 200]);
  });
});

describe('users', () => {
  it('me is the bot', async () => {
    const { client } = await startWorld();
    expect(await client.users.me({})).toMatchObject({
      object: 'user',
      id: BOT,
      name: 'Tandem',
      avatar_url: null,
      type: 'bot',
      bot: { owner: { type: 'workspace', workspace: true }, workspace_name: 'Conformance' },
    });
  });

  it('lists people with their e-mail where it can be read, in pages', async () => {
    const { client } = await startWorld();
    const first = await client.users.list({ page_size: 2 });
    expect(first).toMatchObject({ object: 'list', type: 'user', user: {}, has_more: true });
    expect(first.results).toEqual([
      {
        object: 'user',
        id: KIM,
        name: '김서연',
        avatar_url: null,
        type: 'person',
        person: { email: 'seoyeon@example.com' },
      },
      { object: 'user', id: LEE, name: 'Lee', avatar_url: null, type: 'person', person: {} },
    ]);
    const rest = await client.users.list({ page_size: 2, start_cursor: first.next_cursor });
    expect(rest).toMatchObject({ has_more: false, next_cursor: null, results: [{ id: BOT }] });
  });

  it('knows one by id, and no stranger', async () => {
    const { client } = await startWorld();
    expect(await client.users.retrieve({ user_id: LEE })).toMatchObject({ name: 'Lee' });
    expect(await refusal(client.users.retrieve({ user_id: NOBODY }))).toMatchObject({ code: 'object_not_found' });
  });
});
