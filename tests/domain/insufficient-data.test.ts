import { describe, expect, it } from 'vitest';
import { assess } from '../../src/domain/assess.js';
import type { PartnershipAssessment } from '../../src/domain/assessment.js';
import { addDays } from '../../src/domain/calendar.js';
import type { EntityRow, Values } from '../../src/domain/entities.js';
import { aPartnership, aSnapshot, OPTIONS, ofP, TODAY } from '../support/rows.js';

type Rows = Parameters<typeof aSnapshot>[0];

const ago = (days: number) => addDays(TODAY, -days);
const ahead = (days: number) => addDays(TODAY, days);

function judged(rows: Rows): PartnershipAssessment {
  const [only] = assess(aSnapshot({ partnerships: [aPartnership()], ...rows }), OPTIONS).partnerships;
  if (only === undefined) throw new Error('expected one partnership');
  return only;
}

/** A KPI half way through its period: 50 is on pace. */
const kpi = (actual: number | undefined, values: Values<'kpis'> = {}, id = 'k1'): EntityRow<'kpis'> =>
  ofP(
    'kpis',
    { target: 100, start: ago(50), end: ahead(50), ...(actual === undefined ? {} : { actual }), ...values },
    { id },
  );

describe('too little data is never shown as healthy', () => {
  it.each<[string, Rows, string]>([
    ['nothing at all', {}, 'insufficient-data'],
    [
      '59 % of the KPI weight measured',
      { kpis: [kpi(50, { weight: 59 }), kpi(undefined, { weight: 41 }, 'k2')] },
      'insufficient-data',
    ],
    [
      '60 % of the KPI weight measured',
      { kpis: [kpi(50, { weight: 60 }), kpi(undefined, { weight: 40 }, 'k2')] },
      'on-track',
    ],
    [
      'KPIs unmeasured, contact fine',
      { partnerships: [aPartnership({ lastContact: TODAY })], kpis: [kpi(undefined)] },
      'insufficient-data',
    ],
    [
      'unmeasured, and a critical risk',
      { kpis: [kpi(undefined)], risks: [ofP('risks', { likelihood: 5, impact: 5 })] },
      'at-risk',
    ],
    [
      'unmeasured, and notice passed',
      { partnerships: [aPartnership({ end: ago(1) })], kpis: [kpi(undefined)] },
      'insufficient-data',
    ],
  ])('%s', (_scenario, rows, status) => {
    const result = judged(rows);
    expect(result.status).toBe(status);
    if (status === 'insufficient-data') expect([result.health, result.performance]).toEqual([undefined, undefined]);
  });

  const inTouch = [aPartnership({ lastContact: TODAY })];
  it.each<[string, Rows, string]>([
    ['a number read last week', { kpis: [kpi(50, { measuredOn: ago(7) })] }, 'on-track'],
    ['a number nobody dated', { kpis: [kpi(50)] }, 'on-track'],
    ['a monthly number of 45 days ago', { kpis: [kpi(50, { measuredOn: ago(45) })] }, 'on-track'],
    ['a monthly number of 47 days ago', { kpis: [kpi(50, { measuredOn: ago(47) })] }, 'insufficient-data'],
    [
      'half of the numbers old',
      { kpis: [kpi(50, { measuredOn: TODAY }), kpi(50, { measuredOn: ago(99) }, 'k2')] },
      'on-track',
    ],
    [
      'most of the numbers old',
      { kpis: [kpi(50, { measuredOn: TODAY, weight: 49 }), kpi(50, { measuredOn: ago(99), weight: 51 }, 'k2')] },
      'insufficient-data',
    ],
    ['no KPI', { kpis: [] }, 'insufficient-data'],
    ['only a KPI that has not begun', { kpis: [kpi(undefined, { start: ahead(1) })] }, 'insufficient-data'],
    ['old numbers that warn', { kpis: [kpi(1, { measuredOn: ago(99) })] }, 'at-risk'],
    [
      'old numbers and a critical risk',
      { kpis: [kpi(50, { measuredOn: ago(99) })], risks: [ofP('risks', { likelihood: 5, impact: 5 })] },
      'at-risk',
    ],
  ])('fresh contact and %s: the number is told, good news is not', (_scenario, rows, status) => {
    const result = judged({ partnerships: inTouch, ...rows });
    expect(result.status).toBe(status);
    expect(result.health).toBeDefined();
  });

  it('a team that keeps no KPIs is judged by what it keeps', () => {
    expect(judged({ partnerships: inTouch }).status).toBe('on-track');
  });

  it.each<[string, readonly EntityRow<'kpis'>[], number]>([
    ['no KPI', [], 0],
    ['fresh', [kpi(50, { measuredOn: TODAY })], 1],
    ['undated', [kpi(50)], 0.5],
    ['half of the weight missing', [kpi(50, { measuredOn: TODAY }), kpi(undefined, {}, 'k2')], 0.5],
  ])('confidence: %s', (_scenario, kpis, expected) => {
    expect(judged({ kpis }).confidence).toBeCloseTo(expected, 12);
  });
});
