import { expect, it } from 'vitest';
import { assess } from '../../src/domain/assess.js';
import type { Values } from '../../src/domain/entities.js';
import { HALF } from '../support/kpis.js';
import { aPartnership, aSnapshot, OPTIONS, ofP } from '../support/rows.js';

const kpi = (id: string, perspective: string | undefined, actual: number, weight = 1) => {
  const values: Values<'kpis'> = { ...HALF, target: 100, actual, weight };
  return ofP('kpis', perspective === undefined ? values : { ...values, perspective }, { id });
};

function performance(perspectives: Readonly<Record<string, number>>, ...kpis: readonly ReturnType<typeof kpi>[]) {
  const policy = { ...OPTIONS.policy, kpi: { ...OPTIONS.policy.kpi, perspectives } };
  return assess(aSnapshot({ partnerships: [aPartnership()], kpis }), { ...OPTIONS, policy }).partnerships[0]
    ?.performance;
}

// Half of the period is over: an actual of 50 is worth 100, one of 25 is worth 50, one of 0 nothing.
const FULL = 50;
const HALFWAY = 25;
const NOTHING = 0;

it.each<[string, Readonly<Record<string, number>>, readonly ReturnType<typeof kpi>[], number]>([
  [
    'without weights every KPI counts by itself',
    {},
    [kpi('a', '재무', FULL), kpi('b', '고객', NOTHING), kpi('c', '고객', NOTHING)],
    100 / 3,
  ],
  [
    'two perspectives of the same weight',
    { 재무: 1, 고객: 1 },
    [kpi('a', '재무', FULL), kpi('b', '고객', NOTHING), kpi('c', '고객', NOTHING)],
    50,
  ],
  // (3 x 100 + 1 x 50) / 4
  [
    'one that weighs three times as much',
    { 재무: 3, 고객: 1 },
    [kpi('a', '재무', FULL), kpi('b', '고객', HALFWAY)],
    87.5,
  ],
  // Within: (3 x 100 + 1 x 0) / 4 = 75; between: (75 + 50) / 2.
  [
    'own weights count within',
    { 재무: 1, 고객: 1 },
    [kpi('a', '재무', FULL, 3), kpi('b', '재무', NOTHING), kpi('c', '고객', HALFWAY)],
    62.5,
  ],
  ['one without a KPI is left out', { 재무: 1, 학습: 9 }, [kpi('a', '재무', HALFWAY)], 50],
  [
    'one that is not named weighs 1, like none',
    { 재무: 2 },
    [kpi('a', '재무', FULL), kpi('b', '고객', NOTHING), kpi('c', undefined, NOTHING)],
    50,
  ],
  ['another spelling is the same', { Finance: 3 }, [kpi('a', ' finance', FULL), kpi('b', undefined, NOTHING)], 75],
])('%s', (_scenario, perspectives, kpis, expected) => {
  expect(performance(perspectives, ...kpis)).toBeCloseTo(expected, 9);
});

it('a perspective of weight 0 counts for nothing', () => {
  expect(performance({ 재무: 0 }, kpi('a', '재무', NOTHING), kpi('b', '고객', FULL))).toBeCloseTo(100, 9);
});
