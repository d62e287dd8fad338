import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { errorsPage } from '../../src/cli/errors-page.js';
import { configurationPage } from '../../src/config/docs.js';
import { configJsonSchema } from '../../src/config/json-schema.js';
import { formatConfigErrors, loadConfig } from '../../src/config/load.js';
import { MANAGED_PROPERTIES } from '../../src/config/managed.js';
import { policySchema } from '../../src/config/policy-schema.js';
import { ENTITIES, MANAGED } from '../../src/domain/entities.js';
import { DEFAULT_POLICY } from '../../src/domain/policy.js';
import { changed, FULL } from './fixture.js';

const root = join(import.meta.dirname, '..', '..');
const committed = (path: string): string => readFileSync(join(root, path), 'utf8');

describe('what is generated', () => {
  it('is committed as it would be generated now: the JSON schema', () => {
    expect(JSON.parse(committed('config/tandem.schema.json'))).toEqual(configJsonSchema());
  });

  it('is committed as it would be generated now: the reference page', () => {
    expect(committed('docs/configuration.md')).toBe(configurationPage());
  });

  it('is committed as it would be generated now: the page of errors', () => {
    expect(committed('docs/errors.md')).toBe(errorsPage());
  });
});

describe('the JSON schema', () => {
  const schema = z.fromJSONSchema(configJsonSchema());

  it('is draft-07', () => {
    expect(configJsonSchema().$schema).toBe('http://json-schema.org/draft-07/schema#');
  });

  it('accepts what the loader accepts', () => {
    expect(schema.safeParse(parse(FULL)).error).toBeUndefined();
  });

  it.each([
    ['a misspelt key', changed('timezone:', 'timezon:')],
    ['a misspelt field', changed('code: 코드', 'cod: 코드')],
    ['a value that does not exist', changed('S: strategic', 'S: strategc')],
    ['values on a field without any', changed('code: 코드', 'code: { property: 코드, values: { a: b } }')],
    ['a workspace in capitals', changed('hanbit-alliance', 'Hanbit')],
    ['a number out of range', changed('trust: 40', 'trust: -1')],
    ['no partnerships', changed('  partnerships:', '  history:')],
  ])('refuses %s', (_, text) => {
    expect(schema.safeParse(parse(text)).success).toBe(false);
  });
});

describe('the reference page', () => {
  const page = configurationPage();

  it('explains every field and every managed property', () => {
    for (const [entity, fields] of Object.entries(ENTITIES)) {
      const section = page.split(`### ${entity}\n`)[1]?.split('\n### ')[0] ?? '';
      for (const [name, { about }] of Object.entries(fields)) {
        expect(section).toContain(`| \`${name}\` |`);
        expect(section).toContain(about);
      }
      const managed = Object.entries(MANAGED).find(([name]) => name === entity)?.[1] ?? [];
      for (const name of managed) expect(section.split('managed property')[1]).toContain(`| \`${name}\` |`);
    }
  });

  it('names every number of the policy with its default and what it is', () => {
    const rows =
      page
        .split('## policy\n')[1]
        ?.split('\n## ')[0]
        ?.match(/^\| `.*$/gm) ?? [];
    const leaves = (value: unknown): number =>
      typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0
        ? Object.values(value).reduce<number>((sum, inner) => sum + leaves(inner), 0)
        : 1;
    expect(rows).toHaveLength(leaves(DEFAULT_POLICY));
    for (const row of rows) expect(row).toMatch(/^\| `[\w.-]+` \| `.+` \| \S.* \|$/);
    expect(rows).toContain('| `guard.newTasks` | `25` | new tasks a run may make beyond one per partnership |');
  });
});

describe('the declarations', () => {
  it('give the policy exactly the defaults of the domain', () => {
    expect(policySchema.parse({})).toEqual(DEFAULT_POLICY);
  });

  it('know every managed property and no other', () => {
    const names = Object.entries(MANAGED_PROPERTIES).map(([entity, properties]) => [entity, Object.keys(properties)]);
    expect(Object.fromEntries(names)).toEqual(MANAGED);
  });
});

const examples = [
  ...(existsSync(join(root, 'config/tandem.example.yaml')) ? ['config/tandem.example.yaml'] : []),
  ...(existsSync(join(root, 'config/examples')) ? readdirSync(join(root, 'config/examples')) : [])
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => `config/examples/${name}`),
];

describe('the examples', () => {
  const schema = z.fromJSONSchema(configJsonSchema());

  it.each([['the fixture of these tests', FULL] as const, ...examples.map((path) => [path, committed(path)] as const)])(
    '%s loads, and an editor finds nothing wrong with it',
    (_, text) => {
      const result = loadConfig({ file: 'example.yaml', env: {}, requireTokens: false, readFile: () => text });
      expect('errors' in result ? formatConfigErrors(result.errors) : '').toBe('');
      expect(schema.safeParse(parse(text)).error).toBeUndefined();
    },
  );
});
