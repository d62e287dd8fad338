/** `tandem sandbox` as a person runs it: what it says, and that a configuration of one's own can be pointed at it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { endProcesses, run, start } from '../support/process-world.js';

endProcesses();
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-sandbox-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const env = { PATH: process.env.PATH ?? '' };

const TABLES = `
notion:
  tables:
    - name: Partners
      columns: { Name: title, Score: number, Health: number }
      rows: [{ Name: Hanbit, Score: 1 }]
`;

it('a team rehearses its own tables, with its own trouble, on a clock of its own', async () => {
  const tables = file('tables.yaml', TABLES);
  const faults = file('faults.yaml', 'rules:\n  - { on: notion.data_sources.query, nth: 1, fault: apply-then-drop }\n');
  const sandbox = start(
    [
      'sandbox',
      '--port',
      '0',
      '--load',
      tables,
      '--fault',
      faults,
      '--index-lag',
      '2',
      '--clock',
      '2031-05-06T07:08:09Z',
    ],
    env,
  );
  await sandbox.says('Tables:');
  const said = sandbox.stdout();
  const url = /Sandbox on (http:\/\/127\.0\.0\.1:\d+)/.exec(said)?.[1] ?? '';
  const source = /notion {4}id: (\S+) {2}Partners/.exec(said)?.[1] ?? '';
  expect(said).toContain(`notion:   { type: notion, baseUrl: ${url} }`);
  const { now } = (await (await fetch(`${url}/_sandbox/clock`)).json()) as { now: string };
  expect(now).toMatch(/^2031-05-06T07:/);

  const config = file(
    'tandem.yaml',
    [
      'version: 1',
      'workspace: rehearsal',
      'timezone: Asia/Seoul',
      'connections:',
      `  notion: { type: notion, baseUrl: ${url} }`,
      'sources:',
      `  partnerships: { connection: notion, id: ${source}, fields: { name: Name }, manages: { health: Health } }`,
    ].join('\n'),
  );
  const plan = await run(['plan', '--config', config, '--json'], {
    ...env,
    NOTION_TOKEN: 'ntn_sandbox',
    XDG_STATE_HOME: folder,
  });
  expect({ code: plan.code, rows: JSON.parse(plan.stdout).rows }).toEqual({ code: 0, rows: { partnerships: 1 } });
  expect(await (await fetch(`${url}/_sandbox/log`)).json()).toMatchObject({ faults: { 'apply-then-drop': 1 } });
  sandbox.kill('SIGINT');
  expect((await sandbox.ended).code).toBe(0);
});

it.each([
  ['tables', ['--load', 'tables'], 'notion: {}\n', 3, /^.*tables:1:9: notion\.tables: /],
  [
    'cells',
    ['--load', 'cells'],
    TABLES.replace('Score: 1', 'Score: one'),
    3,
    /cells: "one" does not fit property "Score"/,
  ],
  ['fault', ['--fault', 'fault'], 'rules: [{ fault: boom }]', 3, /fault:1:18: rules\[0\]\.fault\.kind: "boom"/],
  ['nothing', ['--clock', 'soon'], '', 64, /"soon" is no time/],
  ['nothing', ['--index-lag', 'long'], '', 64, /"long" is no number of seconds/],
])('a mistake in %s ends it before it begins', async (name, args, text, code, words) => {
  const path = file(name, text);
  const ended = await run(['sandbox', '--port', '0', ...args.map((arg) => (arg === name ? path : arg))], env);
  expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code, stdout: '' });
  expect(ended.stderr).toMatch(words);
});
