import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../../src/domain/policy.js';
import { RULES } from '../../src/domain/rules/index.js';
import { rulesPage } from '../../src/messages/rules-page.js';

describe('the page of rules', () => {
  const page = rulesPage();
  const lines = page.split('\n').filter((line) => line.startsWith('| `'));

  it('is committed as it would be generated now', () => {
    expect(readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'rules.md'), 'utf8')).toBe(page);
  });

  it('has one line per rule, with everything said', () => {
    expect(lines.map((line) => line.split('`')[1])).toEqual(RULES.map(({ code }) => code));
    for (const line of lines) {
      const cells = line.split(' | ');
      expect(cells).toHaveLength(7);
      for (const [index, cell] of cells.entries()) if (index !== 5) expect(cell.trim()).not.toBe('');
      expect(line).not.toMatch(/undefined|NaN|null|\[object|an unknown day|–/);
      expect(cells[6]).toMatch(/^[1-6]-[1-6] \|$/);
    }
  });

  it('states the default of every threshold', () => {
    const line = (code: string) => lines.find((candidate) => candidate.startsWith(`| \`${code}\``));
    expect(line('decision-waiting')).toContain(`\`rules.decisionWaiting\` ${DEFAULT_POLICY.rules.decisionWaiting}`);
    expect(line('silence')).toContain('strategic (warn 14, alarm 30), core (warn 30, alarm 60)');
    expect(line('risk-without-plan')).toContain('critical 2, high 5');
  });
});
