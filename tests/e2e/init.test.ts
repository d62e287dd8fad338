import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../src/app.js';
import { writeYaml } from '../../src/cli/init-yaml.js';
import { readConfig } from '../../src/cli/workspace.js';
import { loadConfig } from '../../src/config/load.js';
import { createLogger } from '../../src/log.js';
import { CATALOGUES } from '../../src/messages/index.js';
import { propose } from '../../src/pipeline/init/propose.js';
import type { RunReport } from '../../src/pipeline/report.js';
import type { SampleName } from '../../src/sandbox/samples/index.js';
import { createMemoryState } from '../../src/state/memory.js';
import { expectGolden } from '../support/golden.js';
import { createPlainWindows } from '../support/plain-windows.js';
import { type Ended, endProcesses, run } from '../support/process-world.js';
import { seenTables } from '../support/seen-tables.js';
import { ANCHOR, openTeam, type Team } from '../support/team.js';

endProcesses();

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-init-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function init(team: Team, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const given = Object.entries({ ...team.env, TZ: 'UTC', ...env }).filter(([, value]) => value !== undefined);
  return run(['init', '--base-url', team.sandbox.url, ...args], Object.fromEntries(given) as Record<string, string>);
}

const SAMPLES = [
  { sample: 'korean', args: [], locale: 'ko', next: '다음: 파일의 설명을 읽고 tandem check 실행' },
  {
    sample: 'english',
    args: ['--timezone', 'Europe/London'],
    locale: 'en',
    next: 'Next: read the remarks in the file, then tandem check',
  },
] as const satisfies readonly { readonly sample: SampleName; readonly [more: string]: unknown }[];

describe.each(SAMPLES)('of the $sample team', ({ sample, args, locale, next }) => {
  let team: Team;
  let ended: Ended;
  let file = '';
  beforeAll(async () => {
    team = await openTeam(sample);
    file = join(folder, `${sample}.yaml`);
    ended = await init(team, ['--config', file, ...args]);
  });
  afterAll(() => team.close());

  const app = () => {
    const config = readConfig(file, team.env);
    const state = { ...createMemoryState(team.clock), windows: createPlainWindows() };
    const logger = createLogger({ level: 'silent', secrets: [], write: () => undefined });
    const { clock } = team;
    return createApp({ config, state, clock, fetch: globalThis.fetch, random: () => 0.5, logger, asOf: ANCHOR });
  };
  const signal = new AbortController().signal;

  it('says what it found and what to do next, and changes nothing in the tools', () => {
    expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code: 0, stderr: '' });
    expect(ended.stdout).toContain(next);
    expect(team.changed()).toEqual([]);
    expect(team.writes()).toEqual([]);
  });

  it('writes the configuration people have read, in their language, without a token', () => {
    const yaml = readFileSync(file, 'utf8');
    for (const token of Object.values(team.env)) expect(yaml).not.toContain(`${token}\n`);
    expect(yaml).not.toMatch(/ntn_|pat_/);
    expectGolden(`init-${sample}.yaml`, yaml.replaceAll(team.sandbox.url, 'http://127.0.0.1:4010'));
    expect(readConfig(file, team.env)).toMatchObject({ locale });
  });

  it('is green to tandem check', async () => {
    const { report, exitCode } = await app().check({ signal });
    expect({ exitCode, errors: report.errors }).toEqual({ exitCode: 0, errors: [] });
    expect(report.sources.flatMap(({ columns }) => columns.filter(({ verdict }) => verdict === 'missing'))).toEqual([]);
  });

  it('maps nearly every column the example maps, to the same fields', () => {
    const mapped = (config: typeof team.config): readonly string[] =>
      config.sources.flatMap((source) => [
        ...Object.keys(source.fields).map((name) => `${source.entity}.${name}`),
        ...Object.keys(source.manages).map((name) => `${source.entity} manages ${name}`),
      ]);
    const own = new Set(mapped(readConfig(file, team.env)));
    const missed = mapped(team.config).filter((path) => !own.has(path));
    expect(missed).toEqual([]);
  });

  it('judges as the example does', async () => {
    const [own, shipped] = await Promise.all([app().plan({ signal }), team.plan()]);
    const judged = ({ assessments }: RunReport) =>
      assessments.map(({ partnership, status, health, kpis }) => ({
        name: partnership.name,
        status,
        health,
        kpis: kpis.map(({ id, status: standing, achievement }) => ({ id, standing, achievement })),
      }));
    expect(judged(own.report)).toEqual(judged(shipped.report));
    expect(judged(own.report).length).toBeGreaterThan(10);
  });

  it('never touches a file that is there, before it asks anybody anything', async () => {
    const before = readFileSync(file, 'utf8');
    const asked = team.sandbox.log().length;
    const again = await init(team, ['--config', file]);
    expect(again).toMatchObject({ code: 64, stdout: '' });
    expect(again.stderr).toContain('--force');
    expect(readFileSync(file, 'utf8')).toBe(before);
    expect(team.sandbox.log().length).toBe(asked);
  });
});

describe('tandem init', () => {
  let team: Team;
  beforeAll(async () => {
    team = await openTeam('english');
  });
  afterAll(() => team.close());

  it('looks at what it is pointed at only, and prints when asked to', async () => {
    const id = team.source('partnerships').location;
    const link = id.type === 'notion' ? id.id : '';
    const { code, stdout } = await init(team, [`partnerships=${link}`, '--print']);
    expect(code).toBe(0);
    expect(stdout).toContain(`id: ${link} # Partners`);
    expect(stdout).not.toContain('kpis:');
    expect(stdout).not.toContain('airtable:');
  });

  it('replaces a file when told to, and tells what it found as a document', async () => {
    const file = join(folder, 'forced.yaml');
    writeFileSync(file, 'old');
    const { code, stdout } = await init(team, ['--config', file, '--force', '--json', '--workspace', 'harbor']);
    expect(code).toBe(0);
    const found = JSON.parse(stdout);
    expect(found).toMatchObject({ schemaVersion: 1, file, workspace: 'harbor', locale: 'en' });
    const kpis = found.sources.find(({ source }: { readonly source: string }) => source === 'kpis');
    expect(kpis).toMatchObject({ usable: true, link: 'Partner code', fields: { actual: { column: 'Actual (YTD)' } } });
    expect(kpis.toAdd).toContainEqual({ field: 'bar', column: 'Bar', kind: 'text', options: [] });
    expect(readFileSync(file, 'utf8')).toContain('workspace: harbor ');
  });

  it.each([
    { mistake: 'no token', args: [], env: { NOTION_TOKEN: '', AIRTABLE_TOKEN: '' }, code: 3, says: 'NOTION_TOKEN' },
    {
      mistake: 'a token nobody knows',
      args: [],
      env: { NOTION_TOKEN: 'ntn_wrong' },
      code: 4,
      says: 'auth-invalid-token',
    },
    {
      mistake: 'a link to something else',
      args: ['https://example.com/x'],
      env: {},
      code: 64,
      says: 'copy the address',
    },
    { mistake: 'a word for nothing', args: ['people=x'], env: {}, code: 64, says: 'Known: partnerships' },
    { mistake: 'a table that is not shared', args: [`${'0'.repeat(31)}1`], env: {}, code: 4, says: 'source-not-found' },
    { mistake: 'a zone that is none', args: ['--timezone', 'Seoul'], env: {}, code: 64, says: 'Asia/Seoul' },
    {
      mistake: 'a sandbox elsewhere',
      args: ['--base-url', 'https://evil.example'],
      env: {},
      code: 64,
      says: 'this machine',
    },
  ])('told $mistake says what to do, and writes nothing', async ({ args, env, code, says }) => {
    const file = join(folder, 'never.yaml');
    const ended = await init(team, ['--config', file, ...args], env);
    expect(ended).toMatchObject({ code, stdout: '' });
    expect(ended.stderr).toContain(says);
    expect(ended.stderr).toMatch(/next: {2}\S/);
    expect(ended.stderr).not.toContain('ntn_');
    expect(existsSync(file)).toBe(false);
  });
});

const SETTINGS = {
  workspace: 'team',
  locale: 'en',
  timezone: 'UTC',
  holidays: [],
  people: new Map([['Ann: {', 'ann@example.com']]),
} as const;

describe('the file', () => {
  const odd = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1 }),
    fc.constantFrom(
      'a: b',
      '# x',
      'yes',
      'null',
      '- x',
      '{a}',
      '1',
      '"',
      "'",
      'a #b',
      '*x',
      '&x',
      '!!str',
      '%',
      'a\nb: c',
    ),
  );

  it('means the columns that were chosen, whatever people call tables and columns', () => {
    fc.assert(
      fc.property(odd, odd, (title, column) => {
        fc.pre(title.trim() !== '' && column.trim() !== '');
        const seen = seenTables([{ title, entity: 'partnerships', columns: [{ name: column, type: 'title' }] }]);
        const yaml = writeYaml(propose(seen, CATALOGUES.en), SETTINGS);
        const loaded = loadConfig({ file: '/team.yaml', env: {}, readFile: () => yaml, requireTokens: false });
        if ('errors' in loaded) throw new Error(JSON.stringify(loaded.errors));
        expect(loaded.config.sources[0]?.fields.name?.property).toBe(column.normalize('NFC'));
      }),
      { numRuns: 300 },
    );
  });

  it('holds a source that cannot be used yet as remarks, and a configuration once they are taken away', () => {
    const seen = seenTables([
      { title: 'Partners', columns: [{ name: 'Partner', type: 'title' }] },
      {
        title: 'Tasks',
        columns: [
          { name: 'Task', type: 'title' },
          { name: 'Due', type: 'date' },
        ],
      },
    ]);
    const yaml = writeYaml(propose(seen, CATALOGUES.en), SETTINGS);
    const load = (text: string) =>
      loadConfig({ file: '/team.yaml', env: {}, readFile: () => text, requireTokens: false });
    const entities = (text: string): readonly string[] => {
      const loaded = load(text);
      if ('errors' in loaded) throw new Error(JSON.stringify(loaded.errors));
      return loaded.config.sources.map(({ entity }) => entity);
    };
    expect(yaml).toContain('# Not in use yet: there is no column for key. Add it, then take the # away.');
    expect(yaml).toContain('#     # key: Tandem key # add a text column, then take the # away');
    expect(entities(yaml)).toEqual(['partnerships']);
    const tasks = yaml
      .replace(/^ {2}# {5}# key: /m, '      key: ')
      .replace(/^ {2}# Not in use.*\n/m, '')
      .replace(/^ {2}# (\s*(?:tasks|connection|id|fields|title|due):)/gm, '  $1');
    expect(entities(tasks)).toEqual(['partnerships', 'tasks']);
    const managing = yaml.replace(/# (manages:|status:|health:)/g, '$1');
    expect(load(managing)).toMatchObject({ config: { sources: [{ manages: { status: { property: 'Status' } } }] } });
  });
});
