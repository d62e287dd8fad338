/** The clock that is moved by hand, and the pages by which a running sandbox is looked at and steered. */
import { request as httpRequest } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createHandClock, type SandboxOptions, startSandbox } from '../../src/sandbox/index.js';
import { NEWEST, workspace as notion, PARTNERS, partner, TOKEN } from './notion-world.js';

const START = Date.parse('2026-11-02T03:00:00.000Z');

describe('a clock that is moved by hand', () => {
  it('wakes what sleeps in order, each at its own time', async () => {
    const clock = createHandClock({ start: START, runs: false });
    const woken: [string, number][] = [];
    const sleeper = async (name: string, ms: number) => {
      await clock.sleep(ms);
      woken.push([name, clock.now() - START]);
    };
    const all = [sleeper('late', 500), sleeper('early', 100), sleeper('never', 5_000), sleeper('also early', 100)];
    await clock.advance(1_000);
    expect(woken).toEqual([
      ['early', 100],
      ['also early', 100],
      ['late', 500],
    ]);
    expect(clock.now() - START).toBe(1_000);
    await clock.advance(4_000);
    await Promise.all(all);
    expect(woken.at(-1)).toEqual(['never', 5_000]);
  });

  it('wakes in the same go what falls asleep on the way', async () => {
    const clock = createHandClock({ start: START, runs: false });
    const times: number[] = [];
    const twice = (async () => {
      for (let n = 0; n < 2; n += 1) {
        await clock.sleep(300);
        times.push(clock.now() - START);
      }
    })();
    await clock.advance(1_000);
    await twice;
    expect(times).toEqual([300, 600]);
  });

  it('that runs stands where it was put and goes on', async () => {
    const clock = createHandClock({ start: START, runs: true });
    const nap = clock.sleep(3_600_000);
    await clock.advance(3_600_000);
    await nap;
    expect(clock.now()).toBeGreaterThanOrEqual(START + 3_600_000);
    expect(clock.now()).toBeLessThan(START + 3_700_000);
  });
});

async function start(options: SandboxOptions = {}) {
  const sandbox = await startSandbox({ notion: notion() }, options);
  onTestFinished(() => sandbox.close());
  const send = (method: string, path: string, body?: string) =>
    fetch(`${sandbox.url}${path}`, { method, ...(body === undefined ? {} : { body }) });
  const me = async () => {
    const headers = { authorization: `Bearer ${TOKEN}`, 'notion-version': NEWEST };
    return (await fetch(`${sandbox.url}/v1/users/me`, { headers })).status;
  };
  return { sandbox, send, me };
}

describe('the clock of a running sandbox', () => {
  it('is read and moved', async () => {
    const { send, sandbox } = await start();
    const before = sandbox.context.now();
    const moved = await send('POST', '/_sandbox/clock', '{"advance": 86400}');
    expect(moved.status).toBe(200);
    expect(sandbox.context.now() - before).toBeGreaterThanOrEqual(86_400_000);
    expect((await send('POST', '/_sandbox/clock', '{"to": "2031-01-01T09:00:00+09:00"}')).status).toBe(200);
    const { now } = (await (await send('GET', '/_sandbox/clock')).json()) as { now: string };
    expect(now).toMatch(/^2031-01-01T00:00:0/);
  });

  it.each([
    ['back', '{"to": "2001-01-01T00:00:00Z"}', 400, /forward only/],
    ['by nonsense', '{"advance": "a day"}', 400, /Send \{"advance"/],
    ['by nothing', '', 400, /Send \{"advance"/],
  ])('is not moved %s', async (_, body, status, words) => {
    const { send } = await start();
    const answer = await send('POST', '/_sandbox/clock', body);
    expect([answer.status, await answer.text()]).toEqual([status, expect.stringMatching(words)]);
  });

  it("is left alone when it is somebody else's", async () => {
    const { send } = await start({ now: () => START });
    expect((await send('POST', '/_sandbox/clock', '{"advance": 1}')).status).toBe(409);
    expect(await (await send('GET', '/_sandbox/clock')).json()).toEqual({ now: new Date(START).toISOString() });
  });
});

describe('the fault script of a running sandbox', () => {
  it('is put in YAML or JSON, and taken away', async () => {
    const { send, me, sandbox } = await start();
    expect((await send('PUT', '/_sandbox/faults', 'rules:\n  - on: notion.users.me\n    fault: html\n')).status).toBe(
      204,
    );
    expect(await me()).toBe(502);
    expect((await send('PUT', '/_sandbox/faults', '{"rules":[{"fault":"server-error"}]}')).status).toBe(204);
    expect(await me()).toBe(500);
    expect((await send('DELETE', '/_sandbox/faults')).status).toBe(204);
    expect(await me()).toBe(200);
    expect(await (await send('GET', '/_sandbox/log')).json()).toMatchObject({ faults: { html: 1, 'server-error': 1 } });
    expect(sandbox.faultsFired()).toEqual({ html: 1, 'server-error': 1 });
  });

  it('stays as it was when another one is wrong', async () => {
    const { send, me } = await start({ faults: { rules: [{ fault: 'html' }] } });
    const answer = await send('PUT', '/_sandbox/faults', 'rules:\n  - fault: explode\n');
    expect([answer.status, await answer.text()]).toEqual([
      400,
      expect.stringMatching(/^faults:2:\d+: rules\[0\]\.fault/),
    ]);
    expect(await me()).toBe(502);
  });
});

/** A request whose headers say what a browser on somebody else's page would say. */
function ask(url: string, headers: Readonly<Record<string, string>>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    httpRequest(url, { headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

it.each([
  [{ host: 'localhost:4010' }, 200],
  [{ host: '[::1]:4010' }, 200],
  [{ host: 'evil.example' }, 403],
  [{ host: '127.0.0.1.evil.example' }, 403],
  [{ host: '127.0.0.1', origin: 'https://evil.example' }, 403],
  [{ host: '127.0.0.1', origin: 'http://127.0.0.1:4010' }, 200],
])('a request that says %o is answered %i', async (headers, status) => {
  const { sandbox } = await start();
  expect(await ask(`${sandbox.url}/_sandbox/log`, headers)).toBe(status);
});

it('audits by whom a cell changed, from what to what, and when', async () => {
  const { sandbox } = await start({ now: () => START });
  sandbox.notion?.edit(partner(2), { Score: 8 });
  expect(sandbox.audit()).toEqual([
    {
      at: START,
      tool: 'notion',
      by: 'human',
      source: PARTNERS,
      rowId: partner(2),
      property: 'Score',
      before: 7,
      after: 8,
    },
  ]);
});
