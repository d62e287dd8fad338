import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assess } from '../../src/domain/assess.js';
import type { PartnershipAssessment, ScoreBand } from '../../src/domain/assessment.js';
import type { Values } from '../../src/domain/entities.js';
import { bandOf, steadyBandOf } from '../../src/domain/health.js';
import { DEFAULT_POLICY } from '../../src/domain/policy.js';
import { CATALOGUES } from '../../src/messages/index.js';
import { aPartnership, aSnapshot, OPTIONS, ofP } from '../support/rows.js';

const POLICY = DEFAULT_POLICY.health;
const BEFORE = ['on-track', 'watch', 'at-risk', undefined] as const;

describe('a status is left only past its edge by the hysteresis', () => {
  it.each<[ScoreBand | undefined, number, ScoreBand]>([
    [undefined, 80, 'on-track'],
    [undefined, 79.9, 'watch'],
    ['on-track', 79.9, 'on-track'],
    ['on-track', 77, 'on-track'],
    ['on-track', 76.9, 'watch'],
    ['on-track', 49.9, 'at-risk'],
    ['watch', 82.9, 'watch'],
    ['watch', 83, 'on-track'],
    ['watch', 47, 'watch'],
    ['watch', 46.9, 'at-risk'],
    ['at-risk', 52.9, 'at-risk'],
    ['at-risk', 53, 'watch'],
    ['at-risk', 80, 'on-track'],
  ])('after %s, %d is %s', (previous, health, status) => {
    expect(steadyBandOf(health, POLICY, previous)).toBe(status);
  });

  it.each<[number, ScoreBand, ScoreBand]>([
    [100, 'watch', 'on-track'],
    [0, 'watch', 'at-risk'],
  ])('no band is out of reach at the end of the scale: %d', (health, previous, status) => {
    expect(steadyBandOf(health, { bands: { onTrack: 99, watch: 1 }, hysteresis: 3 }, previous)).toBe(status);
  });

  it('of 0 points is no hysteresis', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 100, noNaN: true }), fc.constantFrom(...BEFORE), (health, previous) => {
        const policy = { ...POLICY, hysteresis: 0 };
        expect(steadyBandOf(health, policy, previous)).toBe(bandOf(health, POLICY.bands));
      }),
    );
  });

  it('a score that jitters by one point never changes status twice', () => {
    const edges = fc
      .uniqueArray(fc.integer({ min: 0, max: 100 }), { minLength: 2, maxLength: 2 })
      .map(([a = 0, b = 0]) => ({ onTrack: Math.max(a, b), watch: Math.min(a, b) }));
    const jitter = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 12 });
    const centre = fc.double({ min: 0, max: 99, noNaN: true });
    fc.assert(
      fc.property(edges, centre, jitter, fc.constantFrom(...BEFORE), (bands, base, steps, first) => {
        let status: ScoreBand = steadyBandOf(base, { bands, hysteresis: 3 }, first);
        let changes = 0;
        for (const step of steps) {
          const next = steadyBandOf(base + step, { bands, hysteresis: 3 }, status);
          if (next !== status) changes += 1;
          status = next;
        }
        expect(changes).toBeLessThanOrEqual(1);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('an assessment beside the status given before', () => {
  const judged = (values: Values<'partnerships'>, previous: ScoreBand, risky = false): PartnershipAssessment => {
    const risks = risky ? [ofP('risks', { likelihood: 5, impact: 5 })] : [];
    const snapshot = aSnapshot({ partnerships: [aPartnership(values)], risks });
    const [only] = assess(snapshot, OPTIONS, new Map([['p', { band: previous }]])).partnerships;
    if (only === undefined) throw new Error('expected one partnership');
    return only;
  };

  it('says what it waits for', () => {
    const rising = judged({ esg: 0.81 }, 'watch');
    expect([rising.status, rising.held]).toEqual(['watch', { band: 'on-track', edge: 83 }]);
    expect(CATALOGUES.en.why(rising)).toBe('No warning signs · Becomes “On track” from 83 points');
    expect(CATALOGUES.ko.why(rising)).toBe('주의할 신호 없음 · 건강 점수 83점 이상이면 ‘순조’로 변경');
    const falling = judged({ esg: 0.78 }, 'on-track');
    expect([falling.status, falling.held]).toEqual(['on-track', { band: 'watch', edge: 77 }]);
    expect(CATALOGUES.en.why(falling)).toMatch(/Becomes “Watch” below 77 points$/);
    expect(judged({ esg: 0.48 }, 'watch').held).toEqual({ band: 'at-risk', edge: 47 });
    expect(judged({ esg: 0.52 }, 'at-risk').held).toEqual({ band: 'watch', edge: 53 });
  });

  it('is silent of it where the number says the same', () => {
    expect(judged({ esg: 0.84 }, 'watch')).not.toHaveProperty('held');
    expect(judged({ esg: 0.6 }, 'watch')).not.toHaveProperty('held');
  });

  it('gates stand above it', () => {
    const gated = judged({ esg: 0.79 }, 'on-track', true);
    expect(gated.status).toBe('at-risk');
    expect(gated).not.toHaveProperty('held');
  });

  it('a person stands above both', () => {
    const decided = judged({ esg: 0.79, overrideStatus: 'at-risk' }, 'on-track');
    expect([decided.status, decided.override?.computed]).toEqual(['at-risk', 'on-track']);
    expect(decided).not.toHaveProperty('held');
  });

  it('counts per partnership', () => {
    const rows = ['p', 'q'].map((id) => aPartnership({ esg: 0.79 }, { id }));
    const { partnerships } = assess(aSnapshot({ partnerships: rows }), OPTIONS, new Map([['q', { band: 'on-track' }]]));
    expect(partnerships.map(({ status }) => status)).toEqual(['watch', 'on-track']);
  });
});
