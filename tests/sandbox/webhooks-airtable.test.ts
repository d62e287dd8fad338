/** Airtable's webhooks: payloads that pile up, pings that say nothing but that they did, and seven days of life. */
import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createHandClock, createSandbox } from '../../src/sandbox/index.js';
import {
  workspace as airtable,
  BASE,
  DEALS,
  deal,
  FIELD,
  KIM,
  OTHER_BASE,
  PARTNERS,
  rec,
  TOKEN,
} from './airtable-world.js';

const START = Date.parse('2026-11-02T03:00:00.000Z');
const DAY = 86_400_000;
const HOME = 'http://127.0.0.1:9/hook';
const AT = `/v0/bases/${BASE}/webhooks`;

type Json = Record<string, unknown>;

function open(answers: number[] = []) {
  const clock = createHandClock({ start: START, runs: false });
  const pings: { readonly at: number; readonly raw: string; readonly mac: string | null }[] = [];
  const sandbox = createSandbox(
    { airtable: airtable() },
    {
      clock,
      enforceRates: false,
      sendWebhook: async (_, init) => {
        const mac = new Headers(init?.headers).get('x-airtable-content-mac');
        pings.push({ at: clock.now() - START, raw: String(init?.body), mac });
        return new Response(null, { status: answers.shift() ?? 204 });
      },
    },
  );
  const call = async (
    method: string,
    path: string,
    body?: object,
  ): Promise<{ readonly status: number; readonly body: Json }> => {
    const headers = { authorization: `Bearer ${TOKEN}` };
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const answer = await sandbox.fetch(`http://sandbox${path}`, init);
    const text = await answer.text();
    return { status: answer.status, body: text === '' ? {} : JSON.parse(text) };
  };
  const create = async (filters: Json = {}, includes?: Json, notificationUrl: string | null = HOME) => {
    const options = { filters: { dataTypes: ['tableData'], ...filters }, ...(includes && { includes }) };
    return (await call('POST', AT, { notificationUrl, specification: { options } })).body as {
      id: string;
      macSecretBase64: string;
      expirationTime: string;
    };
  };
  const payloads = async (id: string, query = '') =>
    (await call('GET', `${AT}/${id}/payloads${query}`)).body as {
      payloads: readonly Json[];
      cursor: number;
      mightHaveMore: boolean;
    };
  const pass = async (ms: number) => {
    await clock.advance(ms);
    await sandbox.settle();
  };
  const retitle = (title: string, n = 1) =>
    call('PATCH', `/v0/${BASE}/${DEALS}/${deal(n)}`, { fields: { Title: title } });
  return { sandbox, hands: sandbox.airtable!, call, create, payloads, pass, retitle, pings };
}

describe('a webhook', () => {
  it('is made with a secret that is shown once, listed, and deleted', async () => {
    const { create, call } = open();
    const { id, macSecretBase64, expirationTime } = await create();
    expect(id).toMatch(/^ach\w{14}$/);
    expect(Buffer.from(macSecretBase64, 'base64')).toHaveLength(32);
    expect(expirationTime).toBe(new Date(START + 7 * DAY).toISOString());
    const listed = await call('GET', AT);
    expect(listed.body).toMatchObject({
      webhooks: [
        {
          id,
          cursorForNextPayload: 1,
          areNotificationsEnabled: true,
          notificationUrl: HOME,
          lastNotificationResult: null,
        },
      ],
    });
    expect(JSON.stringify(listed.body)).not.toContain(macSecretBase64);
    expect([(await call('DELETE', `${AT}/${id}`)).status, (await call('GET', AT)).body]).toEqual([
      200,
      { webhooks: [] },
    ]);
    expect((await call('GET', `${AT}/${id}/payloads`)).status).toBe(404);
  });

  it.each([
    [
      'another machine',
      { notificationUrl: 'http://example.com/', specification: { options: { filters: { dataTypes: ['tableData'] } } } },
    ],
    [
      'https',
      { notificationUrl: 'https://127.0.0.1/', specification: { options: { filters: { dataTypes: ['tableData'] } } } },
    ],
    ['no specification', { notificationUrl: HOME }],
    ['an unknown filter', { specification: { options: { filters: { dataTypes: ['tableData'], colour: 'red' } } } }],
  ])('is refused for %s', async (_, body) => {
    expect((await open().call('POST', AT, body)).status).toBe(422);
  });

  it('is one of ten at most in a base', async () => {
    const { create, call } = open();
    for (let n = 0; n < 10; n += 1) await create();
    const options = { filters: { dataTypes: ['tableData'] } };
    expect((await call('POST', AT, { specification: { options } })).status).toBe(422);
    expect((await call('POST', `/v0/bases/${OTHER_BASE}/webhooks`, { specification: { options } })).status).toBe(200);
  });

  it('is not for those without access', async () => {
    const { hands, call } = open();
    hands.revokeBase(BASE);
    expect((await call('GET', AT)).status).toBe(403);
  });
});

describe('payloads', () => {
  it('tell of each transaction, with cells by field id in the longer shapes', async () => {
    const { create, payloads, retitle, hands, call } = open();
    const { id } = await create({}, { includePreviousCellValues: true });
    await retitle('One');
    hands.edit(BASE, PARTNERS, rec(1), { Tier: 'basic' });
    hands.edit(BASE, DEALS, deal(2), { Value: 7 }, 'system');
    await call('POST', `/v0/${BASE}/${DEALS}`, { records: [{ fields: { Title: 'New', Partner: [rec(1)] } }] });
    hands.deleteRecord(BASE, DEALS, deal(3));
    const { payloads: told, cursor, mightHaveMore } = await payloads(id);
    expect([cursor, mightHaveMore]).toEqual([6, false]);
    const cells = (values: Json) => ({ cellValuesByFieldId: values });
    expect(told[0]).toEqual({
      timestamp: new Date(START).toISOString(),
      baseTransactionNumber: 1,
      payloadFormat: 'v0',
      actionMetadata: {
        source: 'publicApi',
        sourceMetadata: {
          user: { id: 'usrBot00000000001', email: 'bot@example.com', name: 'Bot', permissionLevel: 'create' },
        },
      },
      changedTablesById: {
        [DEALS]: {
          changedRecordsById: {
            [deal(1)]: { current: cells({ [FIELD.title]: 'One' }), previous: cells({ [FIELD.title]: 'Alpha' }) },
          },
        },
      },
    });
    expect(told[1]).toMatchObject({
      actionMetadata: { source: 'client', sourceMetadata: { user: { id: KIM.id } } },
      changedTablesById: {
        [PARTNERS]: { changedRecordsById: { [rec(1)]: { current: cells({ [FIELD.tier]: { name: 'basic' } }) } } },
      },
    });
    expect(told[2]).toMatchObject({ actionMetadata: { source: 'automation' } });
    const made = Object.values((told[3]!.changedTablesById as Json)[DEALS] as Json)[0] as Json;
    expect(Object.values(made)).toEqual([
      {
        createdTime: expect.any(String),
        ...cells({ [FIELD.title]: 'New', [FIELD.partner]: [{ id: rec(1), name: 'Hanbit' }], ...anyLookup(made) }),
      },
    ]);
    expect(told[4]).toMatchObject({ changedTablesById: { [DEALS]: { destroyedRecordIds: [deal(3)] } } });
  });

  it.each<[string, Json, readonly number[]]>([
    ['everything', {}, [1, 2, 3]],
    ['one table', { recordChangeScope: PARTNERS }, [2]],
    ['the view of a table', { recordChangeScope: `viw${DEALS.slice(3)}` }, [1, 3]],
    ['what people do', { fromSources: ['client'] }, [2, 3]],
    ['deletions', { changeTypes: ['remove'] }, [3]],
    ['one column', { watchDataInFieldIds: [FIELD.tier], changeTypes: ['update'] }, [2]],
    ['other things', { dataTypes: ['tableFields'] }, []],
  ])('are of %s when that is watched', async (_, filters, transactions) => {
    const { create, payloads, retitle, hands } = open();
    const { id } = await create(filters);
    await retitle('One');
    hands.edit(BASE, PARTNERS, rec(1), { Tier: 'basic' });
    hands.deleteRecord(BASE, DEALS, deal(3));
    expect((await payloads(id)).payloads.map((payload) => payload.baseTransactionNumber)).toEqual(transactions);
  });

  it('come fifty at a time, from any cursor, which never goes back', async () => {
    const { create, payloads, hands } = open();
    const { id } = await create();
    for (let n = 0; n < 120; n += 1) hands.edit(BASE, DEALS, deal(1), { Value: n + 100 });
    const seen: unknown[] = [];
    let page = await payloads(id);
    for (; page.mightHaveMore; page = await payloads(id, `?cursor=${page.cursor}`)) seen.push(page.payloads.length);
    expect([seen, page.payloads.length, page.cursor]).toEqual([[50, 50], 20, 121]);
    expect(await payloads(id, '?cursor=121')).toMatchObject({ payloads: [], cursor: 121, mightHaveMore: false });
    expect((await payloads(id, '?cursor=119&limit=1')).payloads).toHaveLength(1);
  });

  it('hold the other cells that were asked for', async () => {
    const { create, payloads, retitle } = open();
    const { id } = await create({}, { includeCellValuesInFieldIds: [FIELD.value, FIELD.title] });
    await retitle('One');
    expect((await payloads(id)).payloads[0]).toMatchObject({
      changedTablesById: {
        [DEALS]: { changedRecordsById: { [deal(1)]: { unchanged: { cellValuesByFieldId: { [FIELD.value]: 10 } } } } },
      },
    });
  });

  it('are not made by a request that was refused', async () => {
    const { create, payloads, call } = open();
    const { id } = await create();
    const records = [
      { id: deal(1), fields: { Title: 'One' } },
      { id: deal(2), fields: { Title: 7 } },
    ];
    expect((await call('PATCH', `/v0/${BASE}/${DEALS}`, { records })).status).toBe(422);
    expect((await payloads(id)).payloads).toEqual([]);
  });

  it.each(['?limit=51', '?cursor=0', '?cursor=x'])('are refused for %s', async (query) => {
    const { create, call } = open();
    const { id } = await create();
    expect((await call('GET', `${AT}/${id}/payloads${query}`)).status).toBe(422);
  });
});

describe('a week', () => {
  it('is the life of a webhook; refreshing and reading give another', async () => {
    const { create, payloads, retitle, call, pass } = open();
    const { id } = await create();
    await pass(6 * DAY);
    const refreshed = await call('POST', `${AT}/${id}/refresh`);
    expect(refreshed.body).toEqual({ expirationTime: new Date(START + 13 * DAY).toISOString() });
    await pass(6 * DAY);
    await payloads(id);
    await pass(6 * DAY);
    await retitle('Alive');
    expect((await payloads(id)).payloads).toHaveLength(1);
    await pass(7 * DAY);
    await retitle('Dead');
    const last = await payloads(id);
    expect(last.payloads).toEqual([]);
    await pass(7 * DAY);
    expect((await call('GET', `${AT}/${id}/payloads`)).status).toBe(404);
  });

  it('is how long a payload is kept; the cursor goes on', async () => {
    const { create, payloads, retitle, pass } = open();
    const { id } = await create();
    await retitle('One');
    await pass(5 * DAY);
    await payloads(id, '?cursor=2');
    await retitle('Two');
    await pass(3 * DAY);
    const kept = await payloads(id);
    expect([kept.payloads.length, kept.cursor]).toEqual([1, 3]);
  });
});

describe('a ping', () => {
  it('is one for a moment, holds no data and is signed over its bytes', async () => {
    const { create, retitle, pass, pings } = open();
    const { id, macSecretBase64 } = await create();
    await retitle('One');
    await retitle('Two');
    await pass(1_000);
    expect(pings).toHaveLength(1);
    const [{ raw, mac }] = pings as [(typeof pings)[number]];
    expect(JSON.parse(raw)).toEqual({
      base: { id: BASE },
      webhook: { id },
      timestamp: new Date(START + 1_000).toISOString(),
    });
    const expected = createHmac('sha256', Buffer.from(macSecretBase64, 'base64')).update(raw).digest('hex');
    expect(mac).toBe(`hmac-sha256=${expected}`);
  });

  it('is not sent where nobody wants one', async () => {
    const { create, retitle, pass, pings, call } = open();
    await create({}, undefined, null);
    const { id } = await create();
    expect((await call('POST', `${AT}/${id}/enableNotifications`, { enable: false })).status).toBe(200);
    await retitle('One');
    await pass(DAY);
    expect(pings).toEqual([]);
  });

  it('that fails is sent again; after the last the notifications are off and the payloads go on', async () => {
    const { create, retitle, pass, pings, call, payloads } = open(new Array(9).fill(500));
    const { id } = await create();
    await retitle('One');
    await pass(1_000);
    expect((await call('GET', AT)).body).toMatchObject({
      webhooks: [{ lastNotificationResult: { success: false, retryNumber: 0, willBeRetried: true } }],
    });
    await pass(DAY);
    expect(pings).toHaveLength(5);
    expect((await call('GET', AT)).body).toMatchObject({
      webhooks: [{ areNotificationsEnabled: false, lastNotificationResult: { willBeRetried: false } }],
    });
    await retitle('Two');
    expect((await payloads(id)).payloads).toHaveLength(2);
  });
});

/** What the new record looks up from its partner is told as well; which cells those are is the table's business. */
function anyLookup(made: Json): Json {
  const { cellValuesByFieldId } = Object.values(made)[0] as { cellValuesByFieldId: Json };
  const own: readonly string[] = [FIELD.title, FIELD.partner];
  return Object.fromEntries(Object.entries(cellValuesByFieldId).filter(([id]) => !own.includes(id)));
}
