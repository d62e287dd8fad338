import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assess } from '../../src/domain/assess.js';
import type { DimensionPoints, PartnershipAssessment, Previous } from '../../src/domain/assessment.js';
import { addDays } from '../../src/domain/calendar.js';
import { dimensionPoints, wholeFactors, wholeParts } from '../../src/domain/points.js';
import { formatStamp, parseStamp } from '../../src/domain/stamp.js';
import { aPartnership, aSnapshot, OPTIONS, ofP, TODAY } from '../support/rows.js';

const ago = (days: number) => addDays(TODAY, -days);

function judged(previous?: Previous): PartnershipAssessment {
  const snapshot = aSnapshot({
    partnerships: [aPartnership({ lastContact: ago(45), esg: 0.4, satisfaction: 4 })],
    kpis: [ofP('kpis', { target: 100, actual: 40, start: ago(50), end: addDays(TODAY, 50) })],
    milestones: [ofP('milestones', { due: ago(5), doneOn: ago(4) })],
  });
  const [only] = assess(snapshot, OPTIONS, new Map(previous === undefined ? [] : [['p', previous]])).partnerships;
  if (only === undefined) throw new Error('expected one partnership');
  return only;
}

describe('whole points', () => {
  it.each<[readonly number[], readonly number[]]>([
    [[], []],
    [[0.5], [1]],
    [[0.4], [0]],
    [
      [33.3, 33.3, 33.4],
      [33, 33, 34],
    ],
    [
      [1.5, 1.5],
      [2, 1],
    ],
    [
      [27.999999999999, 1],
      [28, 1],
    ],
  ])('%j are %j', (values, whole) => {
    expect(wholeParts(values)).toEqual(whole);
  });

  it('add up to the rounded sum, each less than one point from its own', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { maxLength: 20 }), (values) => {
        const whole = wholeParts(values);
        expect(whole.reduce((sum, value) => sum + value, 0)).toBe(
          Math.round(values.reduce((sum, value) => sum + value, 0)),
        );
        for (const [index, value] of values.entries()) expect(Math.abs((whole[index] ?? 0) - value)).toBeLessThan(1);
      }),
    );
  });

  it('of the factors make those of the dimensions, and these the health', () => {
    const { contributions, health = 0 } = judged();
    // 28 + 10 + 30 x (50 + 75) / 200 = 18.75 + 6
    expect(health).toBeCloseTo(62.75, 9);
    expect(dimensionPoints(contributions)).toEqual({ performance: 28, delivery: 10, trust: 19, strategic: 6 });
    expect(wholeFactors(contributions).map(({ code, points }) => `${code} ${points}`)).toEqual([
      'kpis 28',
      'milestones 10',
      'contact 8',
      'satisfaction 11',
      'esg 6',
    ]);
  });
});

describe('the change of the health', () => {
  const remembering = (points: DimensionPoints): Previous => ({ band: 'watch', told: { day: ago(7), points } });

  it('is what each dimension moved, and nothing else', () => {
    const { change } = judged(remembering({ performance: 32, delivery: 10, trust: 12, strategic: 6 }));
    expect(change).toEqual({ since: ago(7), points: 3, parts: { performance: -4, trust: 7 } });
  });

  it('of a dimension that could not be measured then is all of it', () => {
    expect(judged(remembering({ performance: 60 })).change).toEqual({
      since: ago(7),
      points: 3,
      parts: { performance: -32, delivery: 10, trust: 19, strategic: 6 },
    });
  });

  it('is not told without a memory, nor from one that kept no points', () => {
    expect(judged()).not.toHaveProperty('change');
    expect(judged({ band: 'watch' })).not.toHaveProperty('change');
  });
});

describe('the stamp', () => {
  const stamp = {
    status: 'at-risk',
    since: '2026-11-01',
    wrote: '2026-11-20',
    cells: '4k2p9a',
    reasons: '77hd01',
    band: 'watch',
    points: { performance: 24, trust: 19, strategic: 0 },
  } as const;

  it('is read as it was written', () => {
    const text = formatStamp(stamp);
    expect(text).toBe(
      '2 at-risk since=2026-11-01 wrote=2026-11-20 cells=4k2p9a why=77hd01 band=watch points=24,-,19,0',
    );
    expect(parseStamp(text)).toEqual(stamp);
    const { band: _band, ...without } = { ...stamp, points: {} };
    expect(parseStamp(formatStamp(without))).toEqual(without);
  });

  it.each<[string, string | undefined]>([
    ['watch', 'watch'],
    ['insufficient-data', undefined],
  ])('of the first version had no band: the status %s stands for it', (status, band) => {
    const old = parseStamp(`1 ${status} since=2026-11-01 wrote=2026-11-20 cells=4k2p9a why=77hd01`);
    expect(old).toEqual({
      status,
      since: '2026-11-01',
      wrote: '2026-11-20',
      cells: '4k2p9a',
      reasons: '77hd01',
      ...(band === undefined ? {} : { band }),
    });
  });

  it.each([
    '',
    'hello',
    '3 watch since=2026-11-01',
    '2 watch since=2026-11-01 wrote=2026-11-20 cells=a why=b',
    '1 fine since=2026-11-01 wrote=2026-11-20 cells=a why=b',
  ])('%j is none', (text) => {
    expect(parseStamp(text)).toBeUndefined();
  });
});
