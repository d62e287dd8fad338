/** Three processes on one token of each tool, against servers whose windows begin anywhere and whose answers take any time. */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { startSandbox } from '../../src/sandbox/index.js';
import { endProcesses, ROOT, start } from '../support/process-world.js';
import { useRedis } from '../support/redis.js';
import { airtableOf, notionOf } from '../support/small-tables.js';

const TOKENS = { notion: 'ntn_sandbox_rates', airtable: 'patSandboxRates000.0000' };
/** A minute and a second, shortened. */
const NOTION = { max: 20, perMs: 600 };
const AIRTABLE = { max: 5, perMs: 150 };
const CALLS = 40;
const LONGEST_MS = 60;

const redis = useRedis();
const program = join(ROOT, 'tests/support/caller.ts');
const closing: (() => Promise<void>)[] = [];
endProcesses();
afterAll(async () => {
  for (const close of closing) await close();
});

it('are never refused, however full their windows are', async () => {
  const sandbox = await startSandbox(
    { notion: notionOf(TOKENS.notion), airtable: airtableOf(TOKENS.airtable) },
    {
      requestsPerMinute: NOTION.max,
      window: { ms: NOTION.perMs, phaseMs: Math.floor(Math.random() * NOTION.perMs) },
      airtable: { rate: { perBase: AIRTABLE.max, perUser: 50, windowMs: AIRTABLE.perMs, penaltyMs: 3000 } },
      interceptor: async () => {
        await delay(Math.random() * LONGEST_MS);
        return { kind: 'slow', waits: 'after', ms: Math.random() * LONGEST_MS };
      },
    },
  );
  closing.push(sandbox.close);
  const env = {
    PATH: process.env.PATH ?? '',
    REDIS_URL: redis.url(),
    BASE_URL: sandbox.url,
    NOTION_TOKEN: TOKENS.notion,
    AIRTABLE_TOKEN: TOKENS.airtable,
    LIMITS: JSON.stringify({ notion: NOTION, airtable: AIRTABLE }),
  };
  const callers = Array.from({ length: 3 }, () => start([], env, { program }));
  await Promise.all(callers.map((caller) => caller.says('ready')));
  for (const caller of callers) caller.kill('SIGUSR2');
  const ended = await Promise.all(callers.map((caller) => caller.ended));
  const told = JSON.stringify([
    { reads: CALLS, throttled: 0 },
    { reads: CALLS + 1, throttled: 0 },
  ]);
  for (const { code, stdout, stderr } of ended) {
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: `ready\n${told}\n`, stderr: '' });
  }
  const answered = (tool: string) => sandbox.context.requests.filter((request) => request.tool === tool);
  expect(new Set(sandbox.context.requests.map(({ status }) => status))).toEqual(new Set([200]));
  expect([answered('notion').length, answered('airtable').length]).toEqual([3 * CALLS, 3 * (CALLS + 1)]);
}, 60_000);
