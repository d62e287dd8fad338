import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../../src/domain/policy.js';
import { RULES } from '../../src/domain/rules/index.js';
import { rulesPage } from '../../src/messages/rules-page.js';

describe('the page of rules', () => {
  const page = rulesPage();
  const entries = new Map(
    page
      .split(/^### /m)
      .slice(1)
      .map((entry) => [entry.split('\n')[0] ?? '', entry]),
  );

  it('is committed as it would be generated now', () => {
    expect(readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'rules.md'), 'utf8')).toBe(page);
  });

  it('has one entry per rule, with everything said', () => {
    expect([...entries.keys()].sort()).toEqual(RULES.map(({ code }) => code).sort());
    for (const [code, entry] of entries) {
      expect(page).toContain(`](#${code})`);
      expect(entry).toMatch(
        /^[a-z-]+\n\n[A-Z].{20,}\.\n\n> .+\n\n- Severity: .+\. Guide: [1-6]-[1-6]\.\n- Off without: .+\n- Looks at: .+/,
      );
      expect(entry).not.toMatch(/undefined|NaN|null|\[object|an unknown day|–/);
    }
  });

  it('lists the rules in the order they are told', () => {
    const listed = [...page.matchAll(/^\| \[.*?\]\(#(.*?)\)/gm)].map(([, code]) => code);
    expect(listed).toEqual(RULES.map(({ code }) => code));
  });

  it('states the default of every threshold, and the columns a rule is off without', () => {
    expect(entries.get('decision-waiting')).toContain(
      `\`rules.decisionWaiting\` ${DEFAULT_POLICY.rules.decisionWaiting}`,
    );
    expect(entries.get('silence')).toContain('strategic (warn 14, alarm 30), core (warn 30, alarm 60)');
    expect(entries.get('decision-waiting')).toContain(
      'Off without: `decisions.requestedOn`; `decisions.status` or `decisions.decidedOn`.',
    );
  });
});
