import { describe, expect, it } from 'vitest';
import { ENTITIES } from '../../src/domain/entities.js';
import { DEFAULT_POLICY } from '../../src/domain/policy.js';
import { RULES, rulesOff } from '../../src/domain/rules/index.js';
import { found } from '../support/findings.js';
import { FIRING, stripped } from '../support/firing.js';

const everything = Object.entries(ENTITIES).flatMap(([entity, fields]) =>
  Object.keys(fields).map((field) => `${entity}.${field}`),
);
const CASES = RULES.map((rule) => ({ ...rule, rows: FIRING[rule.code] }));

describe('rules that are off', () => {
  it('are none when every column is mapped', () => {
    expect(rulesOff((path) => everything.includes(path))).toEqual([]);
  });

  it('are all of them when nothing is mapped, in the order of the table', () => {
    expect(rulesOff(() => false).map(({ code }) => code)).toEqual(RULES.map(({ code }) => code));
  });

  it('name the columns they miss: the one, or those of which any one will do', () => {
    const off = (...unmapped: readonly string[]) => rulesOff((path) => !unmapped.includes(path));
    expect(off('decisions.rationale')).toEqual([
      { code: 'decision-without-rationale', missing: ['decisions.rationale'] },
    ]);
    expect(off('actions.status')).toEqual([]);
    expect(off('actions.status', 'actions.doneOn')).toContainEqual({
      code: 'action-overdue',
      missing: [['actions.status', 'actions.doneOn']],
    });
  });
});

describe.each(CASES)('$code', ({ code, requires, reads, rows }) => {
  it('finds something in its example, once', () => {
    expect(found(code, rows)).toHaveLength(1);
  });

  it.each(requires.map((requirement) => [[requirement].flat()]))('is off and silent without %s', (paths) => {
    expect(found(code, rows, paths)).toEqual([]);
    expect(rulesOff((path) => !paths.includes(path)).map((off) => off.code)).toContain(code);
  });

  it('can be switched off', () => {
    const policy = { ...DEFAULT_POLICY, rules: { ...DEFAULT_POLICY.rules, disabled: [code] } };
    expect(found(code, rows, [], { policy })).toEqual([]);
  });

  it('rests on no field but those it names', () => {
    expect(found(code, stripped(rows, [...requires.flat(), ...reads]))).toEqual(found(code, rows));
  });
});
