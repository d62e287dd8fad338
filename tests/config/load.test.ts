import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { findConfigFile } from '../../src/config/find.js';
import { loadConfig } from '../../src/config/load.js';
import { DEFAULT_POLICY } from '../../src/domain/policy.js';
import { changed, configOf, errorsOf, FULL, TOKENS } from './fixture.js';

describe('a configuration without mistakes', () => {
  it('is normalised in full', () => {
    expect(configOf(FULL)).toEqual({
      workspace: 'hanbit-alliance',
      locale: 'ko',
      timezone: 'Asia/Seoul',
      calendar: { holidays: ['KR', 'DE'], extra: ['2026-12-31'], remove: ['2026-05-01'] },
      people: {
        김서연: { email: 'seoyeon@example.com', lead: '박지우', aliases: ['Seoyeon Kim'], ids: { notion: 'user-1' } },
        박지우: { aliases: [], ids: {} },
      },
      connections: {
        notion: {
          name: 'notion',
          type: 'notion',
          plan: 'plus',
          token: 'ntn_sandbox_korean',
          limits: { perToken: { max: 180, perMs: 60_000 } },
        },
        airtable: {
          name: 'airtable',
          type: 'airtable',
          plan: 'team',
          token: 'patSandbox',
          baseUrl: 'http://127.0.0.1:4010',
          limits: { perBase: { max: 5, perMs: 1000 }, perToken: { max: 50, perMs: 1000 }, perMonth: 100_000 },
        },
      },
      sources: [
        {
          entity: 'partnerships',
          connection: 'notion',
          location: { type: 'notion', id: '01234567-89ab-cdef-0123-456789abcdef' },
          fields: {
            name: { property: '파트너사' },
            code: { property: '코드' },
            start: { property: '계약 기간', part: 'start' },
            end: { property: '계약 기간', part: 'end' },
            tier: { property: '등급', values: { S: 'strategic', A: 'core' } },
            reviewCadence: { property: '점검 주기', values: { 월간: 'monthly', '45일': '45', '두 달': '60' } },
          },
          manages: {
            status: {
              property: '진행 상태',
              values: { 순조: ['on-track'], 주의: ['watch', 'insufficient-data'], 위험: ['at-risk'] },
              createOptions: true,
            },
            health: { property: '건강 점수', createOptions: false },
          },
        },
        {
          entity: 'kpis',
          connection: 'airtable',
          location: { type: 'airtable', base: 'appAAAAAAAAAAAAAA', table: 'tblBBBBBBBBBBBBBB' },
          link: { field: 'Partner code', to: 'code' },
          fields: { name: { property: 'Name' }, target: { property: 'Target' } },
          manages: { achievement: { property: 'Achievement', createOptions: false } },
        },
        {
          entity: 'risks',
          connection: 'airtable',
          location: { type: 'airtable', base: 'appAAAAAAAAAAAAAA', table: 'Risk register' },
          fields: { name: { property: 'Risk' }, partnership: { property: 'Partner' } },
          manages: { grade: { property: 'Grade', values: { Red: ['high', 'critical'] }, createOptions: false } },
        },
        {
          entity: 'tasks',
          connection: 'notion',
          location: { type: 'notion', id: '01234567-89ab-cdef-0123-456789abcdee' },
          fields: { title: { property: '할 일' }, key: { property: 'Tandem key' } },
          manages: {},
        },
      ],
      policy: {
        ...DEFAULT_POLICY,
        health: { ...DEFAULT_POLICY.health, weights: { ...DEFAULT_POLICY.health.weights, trust: 40 } },
        rules: {
          ...DEFAULT_POLICY.rules,
          disabled: ['silence'],
          silence: { ...DEFAULT_POLICY.rules.silence, core: { warn: 20, alarm: 60 } },
        },
      },
      file: '/home/team/tandem.yaml',
    });
  });

  it('takes every default of the policy when none is written', () => {
    expect(configOf(FULL.slice(0, FULL.indexOf('policy:'))).policy).toEqual(DEFAULT_POLICY);
  });

  it.each([
    ['a byte order mark', `\uFEFF${FULL}`],
    ['CRLF line ends', FULL.replaceAll('\n', '\r\n')],
    ['names in decomposed Hangul', FULL.normalize('NFD')],
    [
      'anchors and aliases',
      changed('base: appAAAAAAAAAAAAAA', 'base: *base', changed('base: https', 'base: &base https')),
    ],
  ])('means the same with %s', (_, text) => {
    expect(configOf(text)).toEqual(configOf(FULL));
  });

  it.each([
    ['notion', 'free', { perToken: { max: 180, perMs: 60_000 } }],
    ['notion', 'business', { perToken: { max: 600, perMs: 60_000 } }],
    ['notion', 'enterprise', { perToken: { max: 600, perMs: 60_000 } }],
  ])('knows the limits of %s %s', (name, plan, limits) => {
    const text = changed('type: notion, plan: plus', `type: notion, plan: ${plan}`);
    expect(configOf(text).connections[name]?.limits).toEqual(limits);
  });

  it.each([
    ['free', 1000],
    ['team', 100_000],
    ['business', undefined],
    ['enterprise', undefined],
  ])('knows the monthly budget of airtable %s', (plan, perMonth) => {
    const { limits } = configOf(changed('plan: team', `plan: ${plan}`)).connections.airtable ?? {};
    expect(limits).toEqual({
      perBase: { max: 5, perMs: 1000 },
      perToken: { max: 50, perMs: 1000 },
      ...(perMonth === undefined ? {} : { perMonth }),
    });
  });
});

describe('names that mean something to JavaScript', () => {
  it('are plain data as labels, people and connections', () => {
    const text = changed(
      'S: strategic',
      'constructor: strategic, toString: basic',
      changed('  박지우: {}', '  constructor: {}'),
    );
    const config = configOf(text);
    expect(Object.keys(config.people)).toEqual(['김서연', 'constructor']);
    expect(config.sources[0]?.fields.tier?.values).toEqual({ constructor: 'strategic', toString: 'basic', A: 'core' });
  });

  it('are found only where they were written', () => {
    const config = configOf(FULL);
    const records = [
      config.people,
      config.connections,
      config.sources[0]?.fields,
      config.sources[0]?.fields.tier?.values,
    ];
    for (const record of records) {
      expect(record?.constructor).toBeUndefined();
      expect(record?.toString).toBeUndefined();
    }
  });

  it.each([
    ['people', '  박지우: {}', '  __proto__: { polluted: yes }'],
    ['values', 'S: strategic', '__proto__: strategic'],
    ['fields', 'code: 코드', 'code: 코드\n      __proto__: { polluted: yes }'],
    ['the top level', 'locale: ko', 'locale: ko\n__proto__: { polluted: yes }'],
  ])('never reach a prototype: __proto__ in %s is refused', (_, from, to) => {
    const errors = errorsOf(changed(from, to));
    expect(errors.map(({ what }) => what)).toContain('the key `__proto__` cannot be used');
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});

describe('tokens', () => {
  const files: Readonly<Record<string, string>> = {
    '/run/secrets/notion': ' ntn_from_file\n',
    '/home/team/empty': '\n',
  };
  const readFile = (path: string): string => {
    const text = files[path];
    if (text === undefined) throw new Error(`nothing at ${path}`);
    return text;
  };

  it('come from the file the environment names before the variable', () => {
    const env = { ...TOKENS, NOTION_TOKEN_FILE: '/run/secrets/notion' };
    expect(configOf(FULL, { env, readFile }).connections.notion?.token).toBe('ntn_from_file');
  });

  it('are trimmed', () => {
    expect(configOf(FULL, { env: { ...TOKENS, NOTION_TOKEN: ' ntn_x\n' } }).connections.notion?.token).toBe('ntn_x');
  });

  it.each([
    ['no variable is set', { HANBIT_AIRTABLE: 'x' }, 'neither NOTION_TOKEN nor NOTION_TOKEN_FILE is set'],
    ['the variable is empty', { ...TOKENS, NOTION_TOKEN: '' }, 'neither NOTION_TOKEN nor NOTION_TOKEN_FILE is set'],
    [
      'the file is not there',
      { ...TOKENS, NOTION_TOKEN_FILE: 'gone' },
      'NOTION_TOKEN_FILE names (gone) cannot be read',
    ],
    ['the file is empty', { ...TOKENS, NOTION_TOKEN_FILE: 'empty' }, 'NOTION_TOKEN_FILE names (empty) is empty'],
    ['it holds a line break', { ...TOKENS, NOTION_TOKEN: 'a\r\nhost: b' }, 'NOTION_TOKEN holds more than a token'],
  ])('are missed with both names when %s', (_, env, what) => {
    const [error, ...rest] = errorsOf(FULL, { env, readFile });
    expect(rest).toEqual([]);
    expect(error).toMatchObject({ code: 'config-token-missing', line: 11, column: 3, path: 'connections.notion' });
    expect(error?.what).toContain(what);
  });

  it('are asked for under the name tokenEnv gives', () => {
    const [error] = errorsOf(FULL, { env: { NOTION_TOKEN: 'x' } });
    expect(error).toMatchObject({ line: 12, column: 3, path: 'connections.airtable' });
    expect(error?.next).toBe(
      'Set HANBIT_AIRTABLE, or set HANBIT_AIRTABLE_FILE to the path of a file that holds the token.',
    );
  });

  it('are not needed when the caller says so, and used all the same', () => {
    const config = configOf(FULL, { env: { NOTION_TOKEN: 'x' }, requireTokens: false });
    expect(config.connections.notion?.token).toBe('x');
    expect(config.connections.airtable?.token).toBe('');
  });

  it('are not needed by a connection no source uses', () => {
    const text = changed('connections:\n', 'connections:\n  spare: { type: airtable, plan: free }\n');
    expect(configOf(text).connections.spare?.token).toBe('');
  });

  it('are missed along with every other mistake', () => {
    expect(errorsOf(changed('locale: ko', 'locale: kr'), { env: {} }).map(({ code }) => code)).toEqual([
      'config-invalid',
      'config-token-missing',
      'config-token-missing',
    ]);
  });
});

describe('base URLs', () => {
  const pointAt = (url: string): string => changed('"http://127.0.0.1:4010/"', JSON.stringify(url));

  it.each([
    ['http://localhost:4010', 'http://localhost:4010'],
    ['http://[::1]:4010/notion/', 'http://[::1]:4010/notion'],
    ['https://127.0.0.1', 'https://127.0.0.1'],
  ])('%s is this machine', (url, normal) => {
    expect(configOf(pointAt(url)).connections.airtable?.baseUrl).toBe(normal);
  });

  it.each([
    'https://api.example.com',
    'http://127.0.0.1.example.com',
    'http://localhost.',
    'http://169.254.169.254',
    'http://0.0.0.0:4010',
    'ftp://127.0.0.1',
    'file:///etc/passwd',
    'http://user:hunter2@127.0.0.1',
    'http://localhost@example.com',
    'http://127.0.0.1?x=1',
    'here',
  ])('%s is refused and not repeated', (url) => {
    const errors = errorsOf(pointAt(url));
    expect(errors.map(({ path }) => path)).toEqual(['connections.airtable.baseUrl']);
    expect(JSON.stringify(errors)).not.toContain('example.com');
    expect(JSON.stringify(errors)).not.toContain('hunter2');
  });

  it('may name another host when the environment allows it', () => {
    const env = { ...TOKENS, TANDEM_ALLOW_CUSTOM_BASE_URL: '1' };
    expect(configOf(pointAt('https://proxy.example.com/'), { env }).connections.airtable?.baseUrl).toBe(
      'https://proxy.example.com',
    );
    expect(errorsOf(pointAt('https://u:p@proxy.example.com'), { env })).toHaveLength(1);
    expect(
      errorsOf(pointAt('https://proxy.example.com'), { env: { ...env, TANDEM_ALLOW_CUSTOM_BASE_URL: 'no' } }),
    ).toHaveLength(1);
  });
});

describe('the file', () => {
  const folders: string[] = [];
  const folder = (): string => {
    const made = mkdtempSync(join(tmpdir(), 'tandem-config-'));
    folders.push(made);
    return made;
  };
  afterEach(() => {
    for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true });
  });

  it('is found above the current folder, up to the root of the repository', () => {
    const root = folder();
    const deep = join(root, 'a', 'b');
    mkdirSync(deep, { recursive: true });
    writeFileSync(join(root, 'tandem.yaml'), FULL);
    expect(findConfigFile(deep)).toBe(join(root, 'tandem.yaml'));
    mkdirSync(join(root, 'a', '.git'));
    expect(findConfigFile(deep)).toBeUndefined();
    mkdirSync(join(root, '.git'));
    expect(findConfigFile(root)).toBe(join(root, 'tandem.yaml'));
  });

  it('is read from the disk when nothing else is said', () => {
    const root = folder();
    writeFileSync(join(root, 'tandem.yaml'), FULL);
    const result = loadConfig({ env: TOKENS, cwd: root });
    expect('config' in result && result.config.file).toBe(join(root, 'tandem.yaml'));
  });

  it('is named in errors the way the user would name it', () => {
    const root = folder();
    mkdirSync(join(root, 'sub'));
    writeFileSync(join(root, 'tandem.yaml'), 'version: 2\n');
    const result = loadConfig({ env: TOKENS, cwd: join(root, 'sub') });
    expect('errors' in result && result.errors[0]?.file).toBe('../tandem.yaml');
  });

  it.each([
    ['--config names nothing', { file: 'gone.yaml' }, 'gone.yaml', 'the file cannot be read (ENOENT)'],
    ['--config names a folder', { file: '.' }, '.', 'the file cannot be read (EISDIR)'],
    ['there is none', { find: () => undefined }, 'tandem.yaml', 'there is no tandem.yaml in'],
  ])('is missed when %s', (_, options, file, what) => {
    const result = loadConfig({ env: TOKENS, cwd: folder(), ...options });
    const errors = 'errors' in result ? result.errors : [];
    expect(errors).toMatchObject([{ code: 'config-not-found', file, line: 0, column: 0 }]);
    expect(errors[0]?.what).toContain(what);
  });
});
