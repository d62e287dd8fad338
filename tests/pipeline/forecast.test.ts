import { describe, expect, it } from 'vitest';
import { assess } from '../../src/domain/assess.js';
import { addDays } from '../../src/domain/calendar.js';
import type { Cell } from '../../src/domain/cells.js';
import type { ReadSource } from '../../src/domain/normalise.js';
import type { Canonicalise, PropertySchema } from '../../src/domain/source.js';
import { CATALOGUES } from '../../src/messages/index.js';
import { planManaged } from '../../src/pipeline/managed.js';
import { aPartnership, aSnapshot, OPTIONS, ofP, TODAY } from '../support/rows.js';

/** A percent column holds the share, a text column the words. */
const canonicalise: Canonicalise = (property, desired) => {
  if (desired.kind !== 'share') return { kind: 'cell', cell: { kind: 'empty' } };
  return property.type === 'percent'
    ? { kind: 'cell', cell: { kind: 'number', number: desired.share } }
    : { kind: 'cell', cell: { kind: 'text', text: desired.text } };
};

/** What is written into the forecast cell of a KPI at 31 of 100 half way, given what stands there. */
function written(type: 'percent' | 'text', before: Cell, asOf = TODAY): readonly (Cell | undefined)[] {
  const property: PropertySchema = { id: 'f', name: 'Forecast', type, writable: true };
  const source: ReadSource = {
    entity: 'kpis',
    complete: true,
    rows: [{ id: 'k', url: '', createdTime: '2026-01-01T00:00:00Z', trashed: false, cells: new Map([['f', before]]) }],
    resolved: {
      mapping: {
        entity: 'kpis',
        connection: 'memory',
        location: { type: 'memory', id: 'kpis' },
        fields: {},
        manages: { forecast: { property: 'Forecast', createOptions: false } },
      },
      schema: { id: 'kpis', title: '', url: '', properties: [property] },
      fields: new Map(),
      managed: new Map([['forecast', property]]),
      missing: [],
    },
  };
  const period = { start: addDays(TODAY, -50), end: addDays(TODAY, 50) };
  const kpi = ofP('kpis', { ...period, accumulation: 'cumulative', target: 100, actual: 31 }, { id: 'k' });
  const assessment = assess(aSnapshot({ partnerships: [aPartnership()], kpis: [kpi] }), { ...OPTIONS, asOf });
  const { changes } = planManaged([source], assessment, {
    asOf,
    catalogue: CATALOGUES.ko,
    canonicaliseOf: () => canonicalise,
  });
  return changes.map(({ fields }) => fields[0]?.after);
}

const number = (given: number): Cell => ({ kind: 'number', number: given });
const text = (given: string): Cell => ({ kind: 'text', text: given });
const EMPTY: Cell = { kind: 'empty' };
/** Not a Monday, on which every drift is written. */
const TUESDAY = addDays(TODAY, 1);

describe('the forecast cell', () => {
  it('holds the share of the target, or the words', () => {
    expect(written('percent', EMPTY)).toEqual([number(0.62)]);
    expect(written('text', EMPTY)).toEqual([text('약 62% 예상')]);
  });

  it.each<[string, 'percent' | 'text', Cell, number]>([
    ['a number less than five points away', 'percent', number(0.64), 0],
    ['a number five points away', 'percent', number(0.65), 1],
    ['words less than five points away', 'text', text('약 64% 예상'), 0],
    ['words five points away', 'text', text('약 65% 예상'), 1],
    ['words of somebody else', 'text', text('?'), 1],
  ])('is left alone while it only drifts: %s', (_scenario, type, before, changes) => {
    // On Tuesday the same 31 are 60.8 % of the way.
    expect(written(type, before, TUESDAY)).toHaveLength(changes);
  });
});
