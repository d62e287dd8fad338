import { describe, expect, it } from 'vitest';
import { ENTITIES } from '../../src/domain/entities.js';
import { RULES, rulesOff } from '../../src/domain/rules/index.js';
import { found } from '../support/findings.js';
import { aPartnership, ofP } from '../support/rows.js';

const everything = Object.entries(ENTITIES).flatMap(([entity, fields]) =>
  Object.keys(fields).map((field) => `${entity}.${field}`),
);

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
    expect(off('decisions.status')).toEqual([]);
    expect(off('actions.status', 'actions.doneOn')).toEqual([
      { code: 'action-overdue', missing: [['actions.status', 'actions.doneOn']] },
    ]);
  });

  it('are silent, whatever the rows say', () => {
    const rows = { partnerships: [aPartnership({ owner: [] })], actions: [ofP('actions', { due: '2026-01-01' })] };
    expect(found('action-overdue', rows)).toHaveLength(1);
    expect(found('action-overdue', rows, ['actions.status'])).toHaveLength(1);
    expect(found('action-overdue', rows, ['actions.status', 'actions.doneOn'])).toEqual([]);
    expect(found('owner-missing', rows, ['partnerships.owner'])).toEqual([]);
  });
});
