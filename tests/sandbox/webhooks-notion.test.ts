/** Notion's webhooks: the handshake, signed events gathered per page, and what happens when nobody takes them. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { verifyWebhookSignature } from '@notionhq/client';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { FaultScriptInput } from '../../src/sandbox/faults/script.js';
import { createHandClock, createSandbox, startSandbox } from '../../src/sandbox/index.js';
import { BOT, KIM, NEWEST, workspace as notion, PARTNERS, PARTNERS_DB, partner, TASKS, TOKEN } from './notion-world.js';

const START = Date.parse('2026-11-02T03:00:00.000Z');
const HOME = 'http://127.0.0.1:9/hook';
const HOUR = 3_600_000;

interface Got {
  readonly at: number;
  readonly signature: string | null;
  readonly raw: string;
  readonly body: Record<string, unknown>;
}

/** A subscribed receiver in this process; `answers` are its statuses in turn, then 200. */
async function open({
  verified = true,
  answers = [] as number[],
  webhooks = {} as NonNullable<FaultScriptInput['webhooks']>,
} = {}) {
  const clock = createHandClock({ start: START, runs: false });
  const got: Got[] = [];
  const sandbox = createSandbox(
    { notion: notion() },
    {
      clock,
      enforceRates: false,
      faults: { webhooks },
      sendWebhook: async (_, init) => {
        const raw = String(init?.body);
        const signature = new Headers(init?.headers).get('x-notion-signature');
        got.push({ at: clock.now() - START, signature, raw, body: JSON.parse(raw) });
        const status = got.length === 1 ? 200 : (answers.shift() ?? 200);
        if (status === 0) throw new TypeError('fetch failed');
        return new Response(null, { status });
      },
    },
  );
  const hooks = sandbox.webhooks.notion!;
  await hooks.subscribe(HOME);
  const token = String(got[0]?.body.verification_token);
  if (verified) hooks.verify(token);
  const patch = async (body: object, page = partner(1)) => {
    const headers = { authorization: `Bearer ${TOKEN}`, 'notion-version': NEWEST };
    await sandbox.fetch(`http://x/v1/pages/${page}`, { method: 'PATCH', headers, body: JSON.stringify(body) });
  };
  const pass = async (ms: number) => {
    await clock.advance(ms);
    await sandbox.settle();
  };
  return { sandbox, notion: sandbox.notion!, hooks, token, patch, pass, events: () => got.slice(1) };
}

describe('the handshake', () => {
  it('sends a token once, and no event before it came back', async () => {
    const { hooks, token, notion, pass, events } = await open({ verified: false });
    expect(token).toMatch(/^secret_\w+/);
    notion.edit(partner(1), { Score: 1 });
    await pass(HOUR);
    await hooks.flush();
    expect(events()).toEqual([]);
    expect(hooks.verify('secret_of_somebody_else')).toBe(false);
    expect(hooks.verify(token)).toBe(true);
    notion.edit(partner(2), { Score: 1 });
    await pass(HOUR);
    expect(events().map(({ body }) => body.entity)).toEqual([{ id: partner(2), type: 'page' }]);
  });

  it.each(['https://127.0.0.1/hook', 'http://example.com/hook', 'http://127.0.0.1.example.com', 'nowhere'])(
    'is not begun with %s: it is no address of this machine',
    async (url) => {
      const { hooks, sandbox } = await open();
      await expect(hooks.subscribe(url)).rejects.toThrow(RangeError);
      expect(sandbox.webhooks.deliveries.map(({ to }) => to)).toEqual([HOME]);
    },
  );

  it('ends with the subscription', async () => {
    const { hooks, notion, pass, events } = await open();
    notion.edit(partner(1), { Score: 1 });
    hooks.unsubscribe();
    await pass(HOUR);
    expect(events()).toEqual([]);
  });
});

describe('an event', () => {
  it('says who did what to which page, and is signed over its bytes', async () => {
    const { patch, pass, events, token, notion } = await open();
    await patch({ properties: { Score: { number: 2 } } });
    notion.edit(partner(1), { Tier: 'core' });
    await pass(9_999);
    expect(events()).toEqual([]);
    await pass(1);
    const [event, ...more] = events();
    expect(more).toEqual([]);
    expect(event!.body).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      timestamp: new Date(START + 10_000).toISOString(),
      workspace_id: expect.any(String),
      workspace_name: 'Conformance',
      subscription_id: expect.any(String),
      integration_id: BOT,
      authors: [
        { id: BOT, type: 'bot' },
        { id: KIM, type: 'person' },
      ],
      attempt_number: 1,
      api_version: NEWEST,
      entity: { id: partner(1), type: 'page' },
      type: 'page.properties_updated',
      data: {
        parent: { id: PARTNERS_DB, type: 'database', data_source_id: PARTNERS },
        updated_properties: ['%5BIFC', '~iuF'],
      },
    });
    const signed = { body: event!.raw, signature: event!.signature, verificationToken: token };
    expect(await verifyWebhookSignature(signed)).toBe(true);
    expect(await verifyWebhookSignature({ ...signed, body: `${event!.raw} ` })).toBe(false);
  });

  it.each<[string, (world: Awaited<ReturnType<typeof open>>) => void, readonly string[]]>([
    [
      'a new page, edited at once',
      ({ notion }) => notion.edit(notion.addPage(PARTNERS, {}), { Score: 1 }),
      ['page.created'],
    ],
    ['a page that comes and goes', ({ notion }) => notion.trash(notion.addPage(PARTNERS, {})), []],
    ['a page that is trashed', ({ notion }) => notion.trash(partner(1)), ['page.deleted']],
    [
      'a page that is trashed and restored',
      ({ notion }) => {
        notion.trash(partner(1));
        notion.restore(partner(1));
      },
      [],
    ],
    [
      'a cell that is set and set back',
      ({ notion }) => {
        notion.edit(partner(1), { Score: 3 });
        notion.edit(partner(1), { Score: 0.5 });
      },
      [],
    ],
    [
      'two pages of two sources',
      ({ notion }) => {
        notion.edit(partner(1), { Score: 3 });
        notion.addPage(TASKS, {});
      },
      ['page.properties_updated', 'page.created'],
    ],
    [
      'a page the connection cannot see',
      ({ notion }) => {
        notion.edit(partner(1), { Score: 3 });
        notion.share(PARTNERS, false);
      },
      [],
    ],
  ])('%s', async (_, work, types) => {
    const world = await open();
    work(world);
    await world.pass(HOUR);
    expect(world.events().map(({ body }) => body.type)).toEqual(types);
  });

  it('restored later is told as such', async () => {
    const { notion, pass, events } = await open();
    notion.trash(partner(1));
    await pass(HOUR);
    notion.restore(partner(1));
    await pass(HOUR);
    expect(events().map(({ body }) => body.type)).toEqual(['page.deleted', 'page.undeleted']);
  });

  it('can be had at once', async () => {
    const { notion, hooks, events } = await open();
    notion.edit(partner(1), { Score: 3 });
    await hooks.flush();
    expect(events()).toHaveLength(1);
  });
});

describe('an event that nobody takes', () => {
  it('is sent again, with the same id and another number, until it is taken', async () => {
    const { notion, pass, events, sandbox, token } = await open({ answers: [500, 0, 204] });
    notion.edit(partner(1), { Score: 3 });
    await pass(24 * HOUR);
    expect(events().map(({ body }) => body.attempt_number)).toEqual([1, 2, 3]);
    expect(new Set(events().map(({ body }) => body.id)).size).toBe(1);
    for (const { raw, signature } of events()) {
      expect(await verifyWebhookSignature({ body: raw, signature, verificationToken: token })).toBe(true);
    }
    expect(sandbox.webhooks.deliveries.map(({ what, status }) => `${what} ${status}`)).toEqual([
      'verification 200',
      'page.properties_updated 500',
      'page.properties_updated 0',
      'page.properties_updated 204',
    ]);
  });

  it('is given up after eight attempts, about a day later', async () => {
    const { notion, pass, events } = await open({ answers: new Array(20).fill(503) });
    notion.edit(partner(1), { Score: 3 });
    await pass(72 * HOUR);
    expect(events()).toHaveLength(8);
    const last = events().at(-1)!.at / HOUR;
    expect([last > 20, last < 25]).toEqual([true, true]);
    const gaps = events()
      .slice(1)
      .map(({ at }, index) => at - events()[index]!.at);
    expect(gaps).toEqual(gaps.toSorted((a, b) => a - b));
  });
});

describe('on its way, by a script, an event', () => {
  it.each([
    ['is lost', { lost: 1 }, 0, 0],
    ['comes twice', { doubled: 1 }, 2, 10_000],
    ['comes an hour late', { late: 1 }, 1, 10_000 + HOUR],
    ['comes as late as is said', { late: 1, lateBy: 60 }, 1, 70_000],
    ['comes as it should', { lost: 0 }, 1, 10_000],
  ])('%s', async (_, webhooks, count, last) => {
    const { notion, pass, events, sandbox } = await open({ webhooks });
    notion.edit(partner(1), { Score: 3 });
    await pass(2 * HOUR);
    expect([events().length, events().at(-1)?.at ?? 0]).toEqual([count, last]);
    expect(new Set(events().map(({ raw }) => raw)).size).toBe(Math.min(count, 1));
    const [kind, chance] = Object.entries(webhooks)[0] ?? [];
    expect(sandbox.webhooks.deliveries.at(-1)?.fault).toBe(chance === 1 ? kind : undefined);
  });

  it('meets its fate by the seed', async () => {
    const fates = async () => {
      const { notion, pass, sandbox } = await open({ webhooks: { lost: 0.3, doubled: 0.3, late: 0.2 } });
      for (let n = 0; n < 40; n += 1) {
        notion.edit(partner(1), { Score: n });
        await pass(20_000);
      }
      await pass(2 * HOUR);
      return sandbox.webhooks.deliveries.map(({ fault }) => fault ?? 'sent');
    };
    const first = await fates();
    expect(new Set(first)).toEqual(new Set(['sent', 'lost', 'doubled', 'late']));
    expect(await fates()).toEqual(first);
  });
});

it('over real sockets: subscribed, verified and flushed at the control pages', async () => {
  const bodies: string[] = [];
  const receiver = createServer(async (incoming, outgoing) => {
    let body = '';
    for await (const chunk of incoming) body += chunk;
    bodies.push(body);
    outgoing.end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void receiver.close());
  const sandbox = await startSandbox({ notion: notion() });
  onTestFinished(() => sandbox.close());
  const post = async (path: string, body?: object) =>
    (
      await fetch(`${sandbox.url}/_sandbox/webhooks/notion${path}`, {
        method: 'POST',
        body: JSON.stringify(body ?? {}),
      })
    ).status;
  expect(await post('', { url: 'http://example.com/' })).toBe(400);
  expect(await post('', { url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook` })).toBe(204);
  const { verification_token: token } = JSON.parse(bodies[0] ?? '');
  expect([await post('/verify', { token: 'secret_x' }), await post('/verify', { token })]).toEqual([400, 204]);
  sandbox.notion!.edit(partner(1), { Score: 9 });
  expect(await post('/flush')).toBe(204);
  expect(JSON.parse(bodies[1] ?? '')).toMatchObject({ type: 'page.properties_updated', attempt_number: 1 });
  expect(await (await fetch(`${sandbox.url}/_sandbox/log`)).json()).toMatchObject({
    deliveries: [
      { what: 'verification', status: 200 },
      { what: 'page.properties_updated', status: 200 },
    ],
  });
});
