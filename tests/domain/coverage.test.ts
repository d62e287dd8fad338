import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ENTITIES, type EntityName, MANAGED } from '../../src/domain/entities.js';
import { FACTORS } from '../../src/domain/factors/factor.js';
import { PLAYBOOKS } from '../../src/domain/playbooks/index.js';
import { TASK_KINDS } from '../../src/domain/reminders/index.js';
import { RULES } from '../../src/domain/rules/index.js';

const page = readFileSync(new URL('../../docs/coverage.md', import.meta.url), 'utf8');
/** guide, what a team needs, must or should, what covers it. */
const rows = page
  .split('\n')
  .filter((line) => /^\| (?:\d-\d|all) \|/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()));
const namedIn = (text: string): readonly string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);

const columns: Readonly<Partial<Record<string, readonly string[]>>> = MANAGED;
const isColumn = (entity: string, field: string): boolean =>
  Object.hasOwn(ENTITIES[entity as EntityName] ?? {}, field) || (columns[entity]?.includes(field) ?? false);
const codes: ReadonlySet<string> = new Set([
  ...[...RULES, ...TASK_KINDS, ...PLAYBOOKS].map(({ code }) => code),
  ...Object.keys(FACTORS),
]);

function exists(name: string): boolean {
  const verb = /^tandem ([a-z]+)$/.exec(name)?.[1];
  if (verb !== undefined) return existsSync(new URL(`../../src/cli/${verb}.ts`, import.meta.url));
  const [entity = '', field] = name.split('.');
  return field === undefined ? codes.has(name) : isColumn(entity, field);
}

describe('the page of what is covered', () => {
  it('names nothing that does not exist', () => {
    expect(rows.length).toBeGreaterThan(50);
    expect(rows.flatMap((row) => namedIn(row[4] ?? '')).filter((name) => !exists(name))).toEqual([]);
  });

  it('names every rule', () => {
    const named = new Set(rows.flatMap((row) => namedIn(row[4] ?? '')));
    expect(RULES.map(({ code }) => code).filter((code) => !named.has(code))).toEqual([]);
  });

  it('says of every need what covers it, or why nothing does', () => {
    for (const [, , need, weight, covered = ''] of rows) {
      expect(weight, need).toMatch(/^(?:must|should)$/);
      expect(namedIn(covered).length > 0 || /^not covered: .{20}/.test(covered), need).toBe(true);
    }
  });
});
