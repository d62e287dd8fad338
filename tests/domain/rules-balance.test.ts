import { describe, expect, it } from 'vitest';
import { assess } from '../../src/domain/assess.js';
import { addDays } from '../../src/domain/calendar.js';
import { CATALOGUES } from '../../src/messages/index.js';
import { aPartnership, aSnapshot, OPTIONS, ofP, TODAY } from '../support/rows.js';

const ago = (days: number) => addDays(TODAY, -days);

/** The finding for a pace of the one KPI and a satisfaction of 1 to 5, the only sign of trust. */
function found(pace: number | undefined, satisfaction: number | undefined, imbalance = 25) {
  const kpi = { target: 100, start: ago(50), end: addDays(TODAY, 50) };
  const snapshot = aSnapshot({
    partnerships: [aPartnership(satisfaction === undefined ? {} : { satisfaction })],
    kpis: [ofP('kpis', pace === undefined ? kpi : { ...kpi, actual: pace / 2 })],
  });
  const policy = { ...OPTIONS.policy, rules: { ...OPTIONS.policy.rules, imbalance } };
  const [only] = assess(snapshot, { ...OPTIONS, policy }).partnerships;
  return (only?.findings ?? []).filter(({ code }) => code === 'imbalance');
}

describe('imbalance', () => {
  it.each<[string, number | undefined, number | undefined, string[]]>([
    ['25 points of trust too few', 75, 3, ['info trust']],
    ['24 points of trust too few', 74, 3, []],
    ['25 points of performance too few', 75, 5, ['info performance']],
    ['24 points of performance too few', 76, 5, []],
    ['the weaker at the lower edge of watch', 50, 5, ['info performance']],
    ['the weaker below it', 49, 5, ['medium performance']],
    ['trust below it', 100, 2, ['medium trust']],
    ['both weak', 20, 1.5, []],
    ['no trust measured', 100, undefined, []],
    ['no performance measured', undefined, 5, []],
  ])('%s', (_scenario, pace, satisfaction, expected) => {
    expect(found(pace, satisfaction).map(({ severity, params }) => `${severity} ${params.lacks}`)).toEqual(expected);
  });

  it('asks the policy', () => {
    expect(found(74, 3, 24)).toHaveLength(1);
    expect(found(75, 3, 26)).toEqual([]);
  });

  it('says which of the two is missing', () => {
    const said = (pace: number, satisfaction: number) =>
      found(pace, satisfaction).map(({ code, params }) => CATALOGUES.en.finding(code, params));
    expect(said(100, 2)).toEqual(['Results without trust: trust is far below performance']);
    expect(said(40, 5)).toEqual(['Trust without results: performance is far below trust']);
  });
});
