import { execFile, execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configJsonSchema } from '../../src/config/json-schema.js';
import { type Ended, endProcesses, launch, ROOT, type Running } from '../support/process-world.js';
import { useRedis } from '../support/redis.js';
import { openSmallTeam, SMALL_DAY, type SmallTeam } from '../support/small-team.js';
import { openTeam, type Team } from '../support/team.js';

const redis = useRedis();
let folder = '';
let main = '';
/** Nothing is ever written to it. */
let small: SmallTeam;
let worked: SmallTeam;
/** Its plan is longer than a pipe holds. */
let large: Team;
endProcesses();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-built-'));
  main = join(folder, 'dist/src/cli/main.js');
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', join(folder, 'dist')], { cwd: ROOT });
  for (const part of ['package.json', 'config']) cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  [small, worked, large] = await Promise.all([openSmallTeam(), openSmallTeam(), openTeam('korean')]);
}, 240_000);

afterAll(async () => {
  await Promise.all([small?.close(), worked?.close(), large?.close()]);
  rmSync(folder, { recursive: true, force: true });
});

const start = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Running =>
  launch([main, ...args], { ...small.env, ...env }, { cwd: small.folder });
const tandem = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> =>
  start(args, env).ended;
const about = () => ['--config', small.file, '--as-of', SMALL_DAY];

const ESCAPE = '\u001b';
const STACK = /^\s+at .+[:)]$/m;

describe('what is built', () => {
  it('is where package.json says, and can be started by its name', () => {
    const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    expect(existsSync(join(folder, bin.tandem))).toBe(true);
    expect(readFileSync(join(folder, bin.tandem), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  });

  it('knows its version', async () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    expect(await tandem(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('prints the schema of the configuration', async () => {
    const { code, stdout, stderr } = await tandem(['schema']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual(JSON.parse(JSON.stringify(configJsonSchema())));
  });

  it('plans against a sandbox without writing', async () => {
    const { code, stdout, stderr } = await tandem(['plan', ...about(), '--json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout).plan.summary).toMatchObject({ updates: 7, creates: 4, closes: 0 });
    expect(small.writes()).toBe(0);
  });

  it('finds the examples for the demo', async () => {
    const demo = start(['demo', '--as-of', SMALL_DAY], { REDIS_URL: `${redis.url()}/1` });
    await demo.says('worker processes');
    demo.kill('SIGINT');
    expect(await demo.ended).toMatchObject({ code: 130, stderr: '' });
  });

  it.each(['all', 'reconcile'])('has an entry point workers/%s.js that works on jobs', async (name) => {
    const env = { ...worked.env, REDIS_URL: `${redis.url()}/${name === 'all' ? 2 : 3}` };
    const entry = (part: string) => launch([join(folder, `dist/workers/${part}.js`), worked.file], env);
    const worker = entry(name);
    const scheduler = name === 'reconcile' ? [entry('scheduler')] : [];
    await worker.says('"msg":"job done"');
    const all = [worker, ...scheduler];
    for (const part of all) part.kill('SIGTERM');
    for (const ended of await Promise.all(all.map((part) => part.ended))) expect(ended.code).toBe(0);
  });

  it('says in an entry point what is wrong with a configuration', async () => {
    const worker = launch([join(folder, 'dist/workers/all.js'), 'none.yaml'], small.env, { cwd: small.folder });
    const { code, stdout, stderr } = await worker.ended;
    expect({ code, stdout }).toEqual({ code: 6, stdout: '' });
    expect(stderr).toContain('REDIS_URL is not set');
  });
});

describe('the command line', () => {
  it.each([
    { given: 'an unknown verb', args: ['plna'], says: /unknown command 'plna'[\s\S]*Did you mean plan\?/ },
    {
      given: 'an unknown option',
      args: ['plan', '--confg', 'x.yaml'],
      says: /unknown option '--confg'[\s\S]*--config/,
    },
    { given: 'an option without its value', args: ['plan', '--config'], says: /argument missing/ },
    { given: 'a day that is none', args: ['plan', '--as-of', '2026-02-30'], says: /"2026-02-30" is not a day/ },
    { given: 'a part that is none', args: ['worker', '--parts', 'half'], says: /Allowed choices are all, reconcile/ },
  ])('answers $given with 64 and what would be right', async ({ args, says }) => {
    const { code, stdout, stderr } = await tandem([
      ...args,
      ...(args.includes('--as-of') ? ['--config', small.file] : []),
    ]);
    expect({ code, stdout }).toEqual({ code: 64, stdout: '' });
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(STACK);
  });

  it.each(['plan', 'sync'])('says in %s which configuration is missing and what to do', async (verb) => {
    const { code, stdout, stderr } = await tandem([verb, '--config', 'nowhere.yaml']);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toContain('nowhere.yaml');
    expect(stderr).toMatch(/--config|tandem\.example\.yaml/);
    expect(stderr).not.toMatch(STACK);
  });

  it('names the place of a mistake in a configuration', async () => {
    const file = join(small.folder, 'mistake.yaml');
    writeFileSync(file, readFileSync(small.file, 'utf8').replace('locale: en', 'locael: en'));
    const { code, stderr } = await tandem(['plan', '--config', file]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/mistake\.yaml:3:1\b/);
    expect(stderr).toContain('locale');
  });

  it('finds tandem.yaml in the folder it is started in', async () => {
    expect(await tandem(['plan', '--as-of', SMALL_DAY])).toMatchObject({ code: 0, stderr: '' });
  });

  it('exits 2 for pending changes when asked to', async () => {
    expect((await tandem(['plan', ...about(), '--detailed-exitcode'])).code).toBe(2);
  });

  it.each([
    { when: 'piped', env: {}, colours: false },
    { when: 'NO_COLOR is set', env: { NO_COLOR: '1', FORCE_COLOR: '1' }, colours: false },
    { when: 'FORCE_COLOR is set', env: { FORCE_COLOR: '1' }, colours: true },
  ])('paints its output when $when: $colours', async ({ env, colours }) => {
    const plan = await tandem(['plan', ...about()], env);
    const refused = await tandem(['plan', '--as-of', 'today', '--config', small.file], env);
    expect(plan.code).toBe(0);
    expect([plan.stdout, refused.stderr].map((text) => text.includes(ESCAPE))).toEqual([colours, colours]);
  });

  it('ends quietly when its reader has read enough', async () => {
    const script = `{ "$0" "$@"; echo "code $?" >&2; } | head -n 1`;
    const args = [main, 'plan', '--config', large.file, '--as-of', large.anchor, '--json'];
    const { stdout, stderr } = await new Promise<{ stdout: string; stderr: string }>((resolve) => {
      execFile('/bin/sh', ['-c', script, process.execPath, ...args], { env: { ...large.env } }, (_, out, err) =>
        resolve({ stdout: out, stderr: err }),
      );
    });
    expect({ stdout, stderr }).toEqual({ stdout: '{\n', stderr: 'code 0\n' });
    expect(JSON.stringify((await large.plan()).report).length).toBeGreaterThan(65_536);
  });
});
