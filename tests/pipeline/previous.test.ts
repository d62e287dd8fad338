import { describe, expect, it } from 'vitest';
import { type Cell, EMPTY } from '../../src/domain/cells.js';
import type { ReadSource } from '../../src/domain/normalise.js';
import { DEFAULT_POLICY } from '../../src/domain/policy.js';
import type { PropertySchema } from '../../src/domain/source.js';
import { CATALOGUES } from '../../src/messages/index.js';
import { judge } from '../../src/pipeline/judge.js';
import { previousOf } from '../../src/pipeline/previous.js';

const column = (id: string): PropertySchema => ({ id, name: id, type: 'text', writable: true });

function source(cells: Readonly<Record<string, Cell>>, values?: Record<string, readonly string[]>): ReadSource {
  const status = { property: 'status', createOptions: false, ...(values === undefined ? {} : { values }) };
  return {
    entity: 'partnerships',
    complete: true,
    rows: [
      { id: 'p', url: '', createdTime: '2026-01-01T00:00:00Z', trashed: false, cells: new Map(Object.entries(cells)) },
    ],
    resolved: {
      mapping: {
        entity: 'partnerships',
        connection: 'memory',
        location: { type: 'memory', id: 'partners' },
        fields: { esg: { property: 'esg' } },
        manages: { status, stamp: { property: 'stamp', createOptions: false } },
      },
      schema: { id: 'partners', title: '', url: '', properties: [] },
      fields: new Map([['esg', column('esg')]]),
      managed: new Map([
        ['status', column('status')],
        ['stamp', column('stamp')],
      ]),
      missing: [],
    },
  };
}

const text = (given: string): Cell => ({ kind: 'text', text: given });
const label = (given: string): Cell => ({ kind: 'labels', labels: [given] });
const STAMP = text('1 watch since=2026-11-01 wrote=2026-11-20 cells=4k2p9a why=77hd01');
const KEPT = 'since=2026-11-01 wrote=2026-11-20 cells=4k2p9a why=77hd01';
const stamped = (status: string, band: string): Cell => text(`2 ${status} ${KEPT} band=${band} points=24,-,19,0`);
const OWN = { 양호함: ['on-track'], 확인: ['watch', 'insufficient-data'], 모름: ['insufficient-data'] };

const judgement = (given: ReadSource) =>
  judge([given], {
    workspace: 'w',
    timezone: 'UTC',
    people: [],
    policy: DEFAULT_POLICY,
    calendar: { holidays: new Set() },
    asOf: '2026-11-23',
    catalogue: CATALOGUES.en,
    canonicaliseOf: () => () => ({ kind: 'cell', cell: EMPTY }),
    tombstones: new Set(),
  });

describe('the band a partnership had', () => {
  it.each<[string, ReadSource, string | undefined]>([
    ['the stamp', source({ stamp: STAMP }), 'watch'],
    ['the stamp, whatever a hand has put into the cell', source({ stamp: STAMP, status: label('위험') }), 'watch'],
    ['a label that is known', source({ status: label('위험') }), 'at-risk'],
    ['a label in a text column', source({ status: text('On track') }), 'on-track'],
    ["a label of the team's own", source({ status: label('양호함') }, OWN), 'on-track'],
    ['a label that stands for several', source({ status: label('확인') }, OWN), undefined],
    ['a label that means there was no status', source({ status: label('모름') }, OWN), undefined],
    [
      'a stamp that keeps the band beside a gated status',
      source({ stamp: stamped('at-risk', 'on-track') }),
      'on-track',
    ],
    ['a stamp of a status without a number', source({ stamp: stamped('insufficient-data', 'none') }), undefined],
    [
      'a stamp without a number, whatever the cell shows',
      source({ stamp: stamped('insufficient-data', 'none'), status: label('위험') }),
      undefined,
    ],
    ['a label nobody knows', source({ status: label('???') }), undefined],
    ['a stamp that is none falls back to the cell', source({ stamp: text('hi'), status: label('주의') }), 'watch'],
    ['nothing', source({}), undefined],
  ])('%s', (_scenario, given, status) => {
    expect(previousOf([given]).get('p')?.band).toBe(status);
  });

  it('of other tables is none', () => {
    expect(previousOf([{ ...source({ stamp: STAMP }), entity: 'kpis' }]).size).toBe(0);
    expect(previousOf([{ entity: 'partnerships', complete: false, rows: [] }]).size).toBe(0);
  });

  it('comes with the points and the day of a stamp that kept them', () => {
    expect(previousOf([source({ stamp: stamped('at-risk', 'watch') })]).get('p')).toEqual({
      band: 'watch',
      told: { day: '2026-11-20', points: { performance: 24, trust: 19, strategic: 0 } },
    });
    expect(previousOf([source({ stamp: STAMP })]).get('p')).toEqual({ band: 'watch' });
  });

  it('is what a run counts hysteresis from', () => {
    const esg: Cell = { kind: 'number', number: 0.81 };
    const statusOf = (given: ReadSource) => judgement(given).assessment.partnerships[0]?.status;
    expect(statusOf(source({ esg }))).toBe('on-track');
    expect(statusOf(source({ esg, stamp: STAMP }))).toBe('watch');
  });

  it('outlives a gate: the number is held from where it stood, not from the status the gate gave', () => {
    const esg: Cell = { kind: 'number', number: 0.78 };
    const statusOf = (stamp: Cell) => judgement(source({ esg, stamp })).assessment.partnerships[0]?.status;
    expect(statusOf(stamped('at-risk', 'on-track'))).toBe('on-track');
    expect(statusOf(stamped('at-risk', 'watch'))).toBe('watch');
  });
});
