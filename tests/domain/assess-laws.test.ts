import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assess } from '../../src/domain/assess.js';
import { addDays, isDay } from '../../src/domain/calendar.js';
import { gatherFacts, gatherKpis } from '../../src/domain/facts.js';
import { wholeFactors } from '../../src/domain/points.js';
import { RULES } from '../../src/domain/rules/index.js';
import type { Snapshot } from '../../src/domain/snapshot.js';
import type { Rows } from '../support/findings.js';
import { stripped } from '../support/firing.js';
import { aSnapshot, OPTIONS, TODAY } from '../support/rows.js';
import { anyWorld } from '../support/worlds.js';

/** The same data with every day moved. */
function shifted(data: unknown, days: number): unknown {
  if (typeof data === 'string') return isDay(data) ? addDays(data, days) : data;
  if (data instanceof Set) return data;
  if (Array.isArray(data)) return data.map((item) => shifted(item, days));
  if (data === null || typeof data !== 'object') return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, shifted(value, days)]));
}

function numbersIn(data: unknown): number[] {
  if (typeof data === 'number') return [data];
  return data === null || typeof data !== 'object' ? [] : Object.values(data).flatMap(numbersIn);
}

/** 400 Gregorian years: the same weekdays, months and leap days come again. */
const ERA = 146_097;

describe('laws of assessment', () => {
  it('never throws and never yields a number that is none', () => {
    fc.assert(
      fc.property(anyWorld, (rows) => {
        const result = assess(aSnapshot(rows), OPTIONS);
        expect(numbersIn(result).every(Number.isFinite)).toBe(true);
        for (const { health, contributions, pillars, confidence, kpiAchievement = 0 } of result.partnerships) {
          expect(health ?? 0).toBe(contributions.reduce((sum, { points }) => sum + points, 0));
          for (const { points, factors } of contributions) {
            expect(points).toBe(factors.reduce((sum, factor) => sum + factor.points, 0));
          }
          const whole = wholeFactors(contributions);
          expect(whole.reduce((sum, { points }) => sum + points, 0)).toBe(Math.round(health ?? 0));
          for (const score of Object.values(pillars)) {
            expect(score).toBeGreaterThanOrEqual(0);
            expect(score).toBeLessThanOrEqual(100);
          }
          expect(health ?? 0).toBeGreaterThanOrEqual(0);
          expect(health ?? 0).toBeLessThanOrEqual(100 + 1e-9);
          for (const share of [confidence, kpiAchievement / 1.2]) {
            expect(share).toBeGreaterThanOrEqual(0);
            expect(share).toBeLessThanOrEqual(1 + 1e-9);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('gives every finding a severity its rule has declared, and a row that is there', () => {
    const declared = new Map<string, readonly string[]>(RULES.map((rule) => [rule.code, rule.severities]));
    fc.assert(
      fc.property(anyWorld, (rows) => {
        for (const { findings } of assess(aSnapshot(rows), OPTIONS).partnerships) {
          for (const { code, severity, entity, row } of findings) {
            expect(declared.get(code)).toContain(severity);
            expect((rows[entity] ?? []).map(({ id }) => id)).toContain(row.id);
          }
        }
      }),
      { numRuns: 120 },
    );
  });

  it('does not depend on the order of rows', () => {
    fc.assert(
      fc.property(anyWorld, fc.infiniteStream(fc.nat()), (rows, keys) => {
        const shuffle = <T>(items: readonly T[]): T[] =>
          items
            .map((item) => ({ item, key: keys.next().value ?? 0 }))
            .sort((left, right) => left.key - right.key)
            .map(({ item }) => item);
        const mixed = Object.fromEntries(
          Object.entries(rows).map(([entity, given]) => [entity, shuffle<unknown>(given ?? [])]),
        );
        expect(assess(aSnapshot(mixed), OPTIONS)).toEqual(assess(aSnapshot(rows), OPTIONS));
      }),
      { numRuns: 120 },
    );
  });

  it('depends on days between dates, not on dates', () => {
    fc.assert(
      fc.property(anyWorld, (rows) => {
        const here = assess(aSnapshot(rows), OPTIONS);
        const there = assess(shifted(aSnapshot(rows), ERA) as Snapshot, { ...OPTIONS, asOf: addDays(TODAY, ERA) });
        expect(shifted(there, -ERA)).toEqual(here);
      }),
      { numRuns: 120 },
    );
  });

  it('without anything measured a partnership is never on track, unless a person says so', () => {
    fc.assert(
      fc.property(anyWorld, (rows) => {
        for (const { status, contributions, override } of assess(aSnapshot(rows), OPTIONS).partnerships) {
          if (contributions.length === 0 && override === undefined) expect(status).not.toBe('on-track');
        }
      }),
      { numRuns: 120 },
    );
  });

  it('one partnership does not change what is said of another', () => {
    fc.assert(
      fc.property(anyWorld, (rows) => {
        const all = assess(aSnapshot(rows), OPTIONS).partnerships;
        for (const row of rows.partnerships ?? []) {
          const alone = assess(aSnapshot({ ...rows, partnerships: [row] }), OPTIONS).partnerships;
          expect(alone).toEqual(all.filter((item) => item.row.id === row.id));
        }
      }),
      { numRuns: 100 },
    );
  });

  it('a rule rests on no field but those it names', () => {
    const factsOf = (rows: Rows) => {
      const snapshot = aSnapshot(rows);
      return gatherFacts(snapshot, gatherKpis(snapshot, OPTIONS), OPTIONS);
    };
    fc.assert(
      fc.property(anyWorld, (rows) => {
        const whole = factsOf(rows);
        for (const { code, check, requires, reads } of RULES) {
          const bare = factsOf(stripped(rows, [...requires.flat(), ...reads]));
          const found = whole.map((facts) => check(facts));
          expect({ code, found: bare.map((facts) => check(facts)) }).toEqual({ code, found });
        }
      }),
      { numRuns: 100 },
    );
  });
});
