import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ended, endProcesses, run, start } from '../support/process-world.js';
import { useRedis } from '../support/redis.js';
import { openSmallTeam, SMALL_DAY, type SmallTeam } from '../support/small-team.js';

/** Of no known shape, so that nothing but their value can give them away. */
const TOKENS = { notion: 'canary-one-4f81c2d9e7', airtable: 'canary-two-b90a6633f5' };
const PASSWORD = 'canary-three-77d0e1a4c8';
const CANARY = /canary-(one|two|three)-[0-9a-f]+/g;

const redis = useRedis();
let team: SmallTeam;
/** Where files with tokens are, which is the one place for them. */
let mounted = '';
let env: Readonly<Record<string, string>>;
endProcesses();

beforeAll(async () => {
  team = await openSmallTeam({ tokens: TOKENS });
  mounted = mkdtempSync(join(tmpdir(), 'tandem-mounted-'));
  await redis.client().config('SET', 'requirepass', PASSWORD);
  const url = new URL(redis.url());
  url.password = PASSWORD;
  const temporary = join(team.folder, 'tmp');
  mkdirSync(temporary);
  env = { ...team.env, TMPDIR: temporary, HOME: team.folder, REDIS_URL: url.href, TANDEM_LOG_LEVEL: 'trace' };
});
afterAll(async () => {
  expect(filesBelow(team.folder).flatMap((file) => readFileSync(file, 'utf8').match(CANARY) ?? [])).toEqual([]);
  await team.close();
  rmSync(mounted, { recursive: true });
});

const about = () => ['--config', team.file, '--as-of', SMALL_DAY];

function expectNone({ stdout, stderr }: Pick<Ended, 'stdout' | 'stderr'>): void {
  expect(stdout.match(CANARY) ?? []).toEqual([]);
  expect(stderr.match(CANARY) ?? []).toEqual([]);
}

/** Every key and value of every database. */
async function dumpOf(client: Redis): Promise<string> {
  const parts: unknown[] = [];
  for (const key of await client.keys('*')) {
    const type = await client.type(key);
    parts.push(key, await readAs(client, type, key));
  }
  return JSON.stringify(parts);
}

async function readAs(client: Redis, type: string, key: string): Promise<unknown> {
  switch (type) {
    case 'string':
      return client.get(key);
    case 'hash':
      return client.hgetall(key);
    case 'list':
      return client.lrange(key, 0, -1);
    case 'set':
      return client.smembers(key);
    case 'zset':
      return client.zrange(key, 0, '-1', 'WITHSCORES');
    case 'stream':
      return client.xrange(key, '-', '+');
    case 'none':
      // Gone since the keys were listed.
      return '';
    default:
      throw new Error(`${key} is a ${type}`);
  }
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** The tokens in files, as service managers mount them, and not in the environment. */
function tokenFiles(): Readonly<Record<string, string>> {
  const files = Object.entries(TOKENS).map(([tool, token]) => {
    const file = join(mounted, tool);
    writeFileSync(file, `${token}\n`, { mode: 0o600 });
    return [`${tool.toUpperCase()}_TOKEN_FILE`, file];
  });
  return { NOTION_TOKEN: '', AIRTABLE_TOKEN: '', ...Object.fromEntries(files) };
}

/** What a tool that repeats what it was sent would say. */
const echo = (request: { readonly tool: 'notion' | 'airtable' }) => {
  const message = `not accepted: Authorization: Bearer ${TOKENS[request.tool]}, token=${TOKENS[request.tool]}`;
  return request.tool === 'notion'
    ? { object: 'error', status: 400, code: 'validation_error', message }
    : { error: { type: 'INVALID_REQUEST_UNKNOWN', message } };
};

describe('no token and no password is shown', () => {
  it.each(['plan', 'plan --json', 'plan --all', 'sync', 'sync --json'])('by %s when all goes well', async (command) => {
    const ended = await run([...command.split(' '), ...about()], env);
    expect(ended.code).toBe(0);
    expect(ended.stderr).toContain('run ends');
    expectNone(ended);
  });

  it.each([
    { command: 'plan', from: 'the environment', tokens: () => ({}) },
    { command: 'sync', from: 'the environment', tokens: () => ({}) },
    { command: 'plan --json', from: 'files', tokens: tokenFiles },
    { command: 'sync --json', from: 'files', tokens: tokenFiles },
  ])('by $command with tokens from $from when the tools refuse and repeat them', async ({ command, tokens }) => {
    team.sandbox.context.interceptor = (request) => ({ kind: 'answer', status: 400, body: echo(request) });
    const ended = await run([...command.split(' '), ...about()], { ...env, ...tokens() });
    expect(ended.code).not.toBe(0);
    expect(ended.stdout).toContain('not accepted');
    expectNone(ended);
  });

  it.each([
    {
      verb: 'worker',
      what: 'a Redis that refuses the password',
      change: { REDIS_URL: `redis://:${PASSWORD}x@127.0.0.1:PORT` },
    },
    { verb: 'sync', what: 'a Redis that does not answer', change: { REDIS_URL: `redis://:${PASSWORD}@127.0.0.1:1` } },
    { verb: 'worker', what: 'a URL of Redis that is none', change: { REDIS_URL: `${PASSWORD}@127.0.0.1:1` } },
    {
      verb: 'sync',
      what: 'a token that is more than one word',
      change: { NOTION_TOKEN: `${TOKENS.notion} ${TOKENS.airtable}` },
    },
    {
      verb: 'worker',
      what: 'a file of a token that is not there',
      change: { NOTION_TOKEN: '', NOTION_TOKEN_FILE: '/nowhere' },
    },
  ])('by $verb for $what', async ({ verb, change }) => {
    const { port } = new URL(env.REDIS_URL ?? '');
    const changed = Object.entries(change).map(([name, value]) => [name, value.replace('PORT', port)]);
    const ended = await run([verb, ...about()], { ...env, ...Object.fromEntries(changed) });
    expect([3, 6]).toContain(ended.code);
    expect(ended.stderr).toContain('next:');
    expectNone(ended);
  });

  it('for a configuration with a token in it', async () => {
    const file = join(team.folder, 'pasted.yaml');
    const pasted = 'ntn_1234567890abcdefghijklmnopqrstuvwxyz';
    writeFileSync(file, readFileSync(team.file, 'utf8').replace('type: notion,', `type: notion, token: ${pasted},`));
    const ended = await run(['plan', '--config', file], env);
    expect(ended.code).toBe(3);
    expect(ended.stderr).toContain('pasted.yaml');
    expect(`${ended.stdout}${ended.stderr}`).not.toContain(pasted);
  });

  it('by a worker whose runs fail, nor by the jobs and the keys it leaves in Redis', async () => {
    team.sandbox.context.interceptor = undefined;
    const worker = start(['worker', ...about(), '--every', '1'], env);
    await worker.says('"msg":"job done"');
    team.sandbox.context.interceptor = (request) => ({ kind: 'answer', status: 400, body: echo(request) });
    await worker.says('not accepted');
    team.sandbox.context.interceptor = () => ({ kind: 'drop' });
    await worker.says('the connection failed');
    const dump = await dumpOf(redis.client());
    worker.kill('SIGKILL');
    expectNone(await worker.ended);
    expect(dump).toContain('td:reconcile');
    expect(dump.match(CANARY) ?? []).toEqual([]);
  }, 120_000);
});
