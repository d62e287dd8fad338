/** The defects of real tables that both samples promise to have, each looked for through the example configuration. */
import { describe, expect, it } from 'vitest';
import type { EntityName } from '../../src/domain/entities.js';
import { SAMPLES, type SampleName } from '../../src/sandbox/samples/index.js';
import {
  bareTables,
  columnOf,
  configOf,
  idsIn,
  mappedTypes,
  type Row,
  references,
  type Table,
  tablesOf,
  textCells,
} from './sample-tables.js';

const ANCHOR = '2026-11-23';
const NAMES: readonly SampleName[] = ['korean', 'english'];

describe.each(NAMES)('the %s sample', (name) => {
  const workspace = SAMPLES[name].build(ANCHOR);
  const tables = tablesOf(configOf(name), workspace);
  const tableOf = (entity: EntityName): Table => {
    const table = tables.get(entity);
    if (table === undefined) throw new Error(`${name} has no ${entity}`);
    return table;
  };
  const rowsOf = (entity: EntityName): readonly Row[] => tableOf(entity).rows;
  const textsOf = (entity: EntityName, field: string): readonly string[] =>
    rowsOf(entity).flatMap((row) => {
      const cell = row.get(field);
      return typeof cell === 'string' ? [cell] : [];
    });

  describe('has the mess of real tables:', () => {
    const kpis = rowsOf('kpis').filter((row) => row.get('name') !== null);
    const number = (cell: unknown) => (cell === null ? Number.NaN : Number(cell));
    const partnersOf = (entity: EntityName, row: Row): readonly string[] => {
      const { link } = tableOf(entity).source;
      if (link === undefined) return idsIn(row.get('partnership'));
      const cell = row.cells[link.field];
      const codes = typeof cell === 'string' ? cell.split(',').map((code) => code.trim().toLowerCase()) : [];
      return codes.map((code) => partnerByCode.get(code) ?? `unmatched ${code}`);
    };
    const partnerByCode = new Map(rowsOf('partnerships').map((row) => [String(row.get('code')).toLowerCase(), row.id]));
    const partners = rowsOf('partnerships').filter((row) => !row.trashed);
    const names = textsOf('partnerships', 'name');
    const plain = names.map((text) => text.normalize('NFC').trim());
    const day = (offset: number) =>
      new Date(Date.parse(`${ANCHOR}T00:00:00Z`) + offset * 86_400_000).toISOString().slice(0, 10);
    const filled = (entity: EntityName) =>
      rowsOf(entity).filter((row) => (row.get('name') ?? row.get('date')) !== null);
    const strange = name === 'korean' ? '?' : 'tbd';
    const noticeIn = (row: Row): number => {
      const end = row.get('end');
      if (typeof end !== 'string') return Number.NaN;
      return (Date.parse(end) - Date.parse(ANCHOR)) / 86_400_000 - number(row.get('noticeDays'));
    };
    const undecided = (row: Row) => /검토|Open/.test(String(row.get('decision')));
    const closed = (row: Row) => /종료|Closed/.test(String(row.get('status')));
    const grade = (row: Row) => number(row.get('likelihood')) * number(row.get('impact'));
    const silentFor = (tier: RegExp, days: number) =>
      partners
        .filter((partner) => tier.test(String(partner.get('tier'))))
        .some((partner) => {
          const talks = rowsOf('interactions').filter(
            (row) =>
              partnersOf('interactions', row).includes(partner.id) &&
              /양방향|Two-way/.test(String(row.get('direction'))),
          );
          return talks.length > 0 && talks.every((row) => String(row.get('date')) <= day(-days));
        });

    it.each<[string, () => boolean]>([
      ['a KPI without target', () => kpis.some((row) => row.get('target') === null && row.get('actual') !== null)],
      ['a zero baseline', () => kpis.some((row) => number(row.get('baseline')) === 0)],
      ['a baseline equal to the target', () => kpis.some((row) => number(row.get('baseline')) === row.get('target'))],
      ['lower is better', () => kpis.some((row) => number(row.get('baseline')) > number(row.get('target')))],
      ['a share as 0.8', () => kpis.some((row) => row.get('scale') === 'fraction' && row.get('target') === 0.8)],
      ['a share as 80', () => kpis.some((row) => row.get('scale') === 'percent' && row.get('target') === 80)],
      [
        'a share in two scales that are not declared',
        () => kpis.some((row) => row.get('scale') === null && row.get('target') === 0.8 && row.get('actual') === 78),
      ],
      ['a computed number', () => [...tables.values()].some((table) => mappedTypes(table).includes('formula'))],
      [
        'a renamed column that is mapped by id',
        () => [...tables.values()].some((table) => references(table).some((ref) => columnOf(table, ref)?.id === ref)),
      ],
      ['a partner name that occurs twice', () => new Set(plain).size < plain.length],
      ['a trashed partner', () => rowsOf('partnerships').some((row) => row.trashed)],
      ['a trashed task', () => rowsOf('tasks').some((row) => row.trashed)],
      ['an emoji in a name', () => names.some((text) => /\p{Extended_Pictographic}/u.test(text))],
      [
        'decomposed Hangul in a name',
        () => names.some((text) => text !== text.normalize('NFC') && /[가-힣]/.test(text.normalize('NFC'))),
      ],
      ['a trailing space in a name', () => names.some((text) => text !== text.trimEnd())],
      [
        'more than 25 links from one partner',
        () => partners.some((row) => Object.values(row.cells).some((cell) => idsIn(cell).length > 30)),
      ],
      [
        'an option nobody defined',
        () =>
          (['partnerships', 'kpis', 'milestones', 'risks'] as const).every((entity) =>
            rowsOf(entity).some((row) => [...textCells(row)].some((text) => text.endsWith(strange))),
          ),
      ],
      ['a partner nobody owns', () => partners.some((row) => idsIn(row.get('owner')).length === 0)],
      [
        'a partner whose last review is over a year ago',
        () =>
          partners.some((partner) => {
            const held = rowsOf('reviews')
              .filter((row) => partnersOf('reviews', row).includes(partner.id))
              .flatMap((row) => row.get('heldOn') ?? []);
            return held.length > 0 && held.every((heldOn) => String(heldOn) < day(-365));
          }),
      ],
      [
        'a notice deadline that is near',
        () => rowsOf('agreements').some((row) => undecided(row) && noticeIn(row) > 0 && noticeIn(row) <= 30),
      ],
      [
        'a notice deadline that has passed',
        () => rowsOf('agreements').some((row) => undecided(row) && noticeIn(row) < 0),
      ],
      [
        'one that renews itself, undecided',
        () => rowsOf('agreements').some((row) => undecided(row) && row.get('autoRenew') === true),
      ],
      [
        'one that was decided in time',
        () => rowsOf('agreements').some((row) => /갱신|Renew/.test(String(row.get('decision')))),
      ],
      [
        'a contract without end',
        () => filled('agreements').some((row) => row.get('start') !== null && row.get('end') === null),
      ],
      ['a KPI of two partners', () => kpis.some((row) => partnersOf('kpis', row).length === 2)],
      [
        'rows of no partner',
        () =>
          (['kpis', 'milestones', 'contacts'] as const).every((entity) =>
            filled(entity).some((row) => partnersOf(entity, row).length === 0),
          ),
      ],
      [
        'empty rows',
        () =>
          (['kpis', 'milestones', 'contacts', 'interactions', 'tasks'] as const).every((entity) =>
            rowsOf(entity).some(
              (row) => textCells(row).length <= 1 && (row.get('name') ?? row.get('title') ?? row.get('date')) === null,
            ),
          ),
      ],
      [
        'text of more than 2,000 characters',
        () =>
          bareTables(workspace).some((table) =>
            table.rows.some((row) => textCells(row).some((text) => text.length > 2000)),
          ),
      ],
      ['a contact who left', () => rowsOf('contacts').some((row) => /퇴사|Left/.test(String(row.get('status'))))],
      ['an open critical risk', () => rowsOf('risks').some((row) => grade(row) >= 20 && !closed(row))],
      ['an open high risk', () => rowsOf('risks').some((row) => grade(row) === 12 && !closed(row))],
      ['a closed critical risk', () => rowsOf('risks').some((row) => grade(row) === 25 && closed(row))],
      ['a period not begun', () => kpis.some((row) => String(row.get('start')) > ANCHOR && row.get('start') !== null)],
      ['a period over', () => kpis.some((row) => row.get('end') !== null && String(row.get('end')) < ANCHOR)],
      ['a partner on the way out', () => partners.some((row) => /종료|Exit/.test(String(row.get('stage'))))],
      ['silence of a strategic partner', () => silentFor(/전략|Tier 1/, 14)],
      ['silence of a core partner', () => silentFor(/핵심|Tier 2/, 60)],
      ['silence of a basic partner', () => silentFor(/일반|Tier 3/, 120)],
      [
        '"1,200" in a column of numbers',
        () => (['measurements', 'agreements'] as const).some((entity) => textsOf(entity, 'value').includes('1,200')),
      ],
      [
        'an expired override',
        () => partners.some((row) => row.get('overrideStatus') !== null && String(row.get('overrideUntil')) < ANCHOR),
      ],
      ['tasks people made', () => textsOf('tasks', 'title').length >= 3],
    ])('%s', (_what, found) => {
      expect(found()).toBe(true);
    });

    it('adds readings up to the cell of their KPI, and once does not', () => {
      const sums = new Map<string, number>();
      for (const reading of rowsOf('measurements')) {
        for (const id of idsIn(reading.get('kpi'))) sums.set(id, (sums.get(id) ?? 0) + number(reading.get('value')));
      }
      const agree = [...sums].map(([id, sum]) => sum === kpis.find((row) => row.id === id)?.get('actual'));
      expect(agree.sort()).toEqual([false, true]);
    });
  });
});

describe('the english sample, across tools,', () => {
  const workspace = SAMPLES.english.build(ANCHOR);
  const tables = tablesOf(configOf('english'), workspace);
  const codes = new Set(tables.get('partnerships')?.rows.map((row) => row.get('code')));
  const records = (['kpis', 'agreements'] as const).flatMap((entity) => tables.get(entity)?.rows ?? []);
  const cells = records.flatMap((row) => row.cells['Partner code'] ?? []).map(String);

  it.each<[string, boolean]>([
    ['joins most rows by code', cells.filter((cell) => codes.has(cell)).length > 100],
    ['has two codes in one cell', cells.includes('NW-01, BL-03')],
    ['has a mistyped code', cells.includes('NW-1O') && !codes.has('NW-1O')],
    ['has a code in other letters, with spaces', cells.includes(' vt-07 ')],
    ['has a code of nobody', cells.includes('XX-99') && !codes.has('XX-99')],
    ['has a formula that failed', JSON.stringify(workspace).includes('#ERROR!')],
    ['has a number that is none', JSON.stringify(workspace).includes('"specialValue":"NaN"')],
  ])('%s', (_what, found) => {
    expect(found).toBe(true);
  });
});
