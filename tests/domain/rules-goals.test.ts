import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/calendar.js';
import type { Values } from '../../src/domain/entities.js';
import { CATALOGUES } from '../../src/messages/index.js';
import { found, severities } from '../support/findings.js';
import { aPartnership, ofP, TODAY } from '../support/rows.js';

type Kpi = Values<'kpis'>;

const ago = (days: number) => addDays(TODAY, -days);
const ahead = (days: number) => addDays(TODAY, days);

/** A goal that leaves nothing to ask. */
const SMART: Kpi = {
  name: '공동 매출',
  owner: [{ name: '김서연' }],
  baseline: 80,
  target: 100,
  actual: 90,
  unit: '억',
  start: ago(50),
  end: ahead(50),
  relevance: '올해 매출 목표의 절반',
  source: '월간 정산서',
  cadence: 'monthly',
};

const without = (...fields: readonly (keyof Kpi)[]): Kpi =>
  Object.fromEntries(Object.entries(SMART).filter(([field]) => !fields.includes(field as keyof Kpi))) as Kpi;

describe('kpi-not-smart', () => {
  const parts = (values: Kpi, unmapped: readonly string[] = [], unreadable: readonly string[] = []) =>
    found('kpi-not-smart', { kpis: [ofP('kpis', values, { unreadable })] }, unmapped).map(({ params }) => params.parts);

  it.each<[string, Kpi, string]>([
    ['nobody', without('owner'), 'owner'],
    ['an empty list of people', { ...SMART, owner: [] }, 'owner'],
    ['no target', without('target'), 'target'],
    ['no start', without('start'), 'period'],
    ['no end', without('end'), 'period'],
    ['no baseline', without('baseline'), 'baseline'],
    ['no unit', without('unit'), 'unit'],
    ['no relevance', without('relevance'), 'relevance'],
    ['no source', without('source'), 'source'],
    ['nobody says how often it is read', without('cadence'), 'cadence'],
    ['a goal that has not begun', { ...without('unit'), start: ahead(5) }, 'unit'],
    ['all of it in one finding', {}, 'owner target period baseline unit relevance source cadence'],
  ])('%s', (_scenario, values, expected) => {
    expect(parts(values)).toEqual([expected]);
  });

  it.each<[string, Kpi]>([
    ['nothing', SMART],
    ['a baseline of a sum', { ...without('baseline'), accumulation: 'cumulative' }],
    ['a baseline of what is to be kept', { ...without('baseline'), direction: 'maintain' }],
    ['a unit of a rating', { ...without('unit'), direction: 'rating', target: 5 }],
    ['a unit of a judgement', { ...without('unit'), kind: 'qualitative' }],
    ['numbers of a milestone', { ...without('unit', 'target', 'baseline'), direction: 'milestone' }],
    ['a cadence where the day of reading is there', { ...without('cadence'), measuredOn: ago(3) }],
    ['anything of a goal that is done', { status: 'done' }],
    ['anything of a goal that is cancelled', { status: 'cancelled' }],
    ['anything of a goal of long ago', { start: ago(300), end: ago(200) }],
  ])('does not ask for %s', (_scenario, values) => {
    expect(parts(values)).toEqual([]);
  });

  it('takes what cannot be read for something else than nothing', () => {
    expect(parts(without('target'), [], ['target'])).toEqual([]);
  });

  it('asks for nothing there is no column for', () => {
    expect(parts(without('owner', 'unit'), ['kpis.owner'])).toEqual(['unit']);
    const columns = ['owner', 'target', 'start', 'end', 'baseline', 'unit', 'relevance', 'source', 'cadence'];
    const all = columns.map((field) => `kpis.${field}`);
    expect(parts({}, [...all, 'kpis.measuredOn'])).toEqual([]);
  });

  it('names the parts', () => {
    const [finding] = found('kpi-not-smart', {
      kpis: [ofP('kpis', without('owner', 'unit', 'end'), { title: '공동 매출' })],
    });
    expect(finding).toBeDefined();
    const said = (['en', 'ko'] as const).map((locale) =>
      CATALOGUES[locale].finding('kpi-not-smart', finding?.params ?? {}),
    );
    expect(said).toEqual([
      'KPI “공동 매출” says nothing of its owner, period and unit',
      'KPI ‘공동 매출’ 목표 항목 누락: 담당자, 기간, 단위',
    ]);
  });
});

describe('kpi-one-sided', () => {
  type Kind = Kpi['kind'];
  const rows = (...kinds: readonly Kind[]) => ({
    kpis: kinds.map((kind, index) =>
      ofP('kpis', { ...SMART, ...(kind === undefined ? {} : { kind }) }, { id: `k${index}` }),
    ),
  });
  it.each<[string, readonly Kind[], string[]]>([
    ['two numbers', ['quantitative', 'quantitative'], ['quantitative']],
    ['two judgements', ['qualitative', 'qualitative'], ['qualitative']],
    ['one of each', ['quantitative', 'qualitative'], []],
    ['a single KPI has no mix', ['quantitative'], []],
    ['one that does not say', ['quantitative', undefined], []],
    ['none that says', [undefined, undefined], []],
  ])('%s', (_scenario, kinds, expected) => {
    expect(found('kpi-one-sided', rows(...kinds)).map(({ params }) => params.kind)).toEqual(expected);
  });

  it('is off where no column says the kind', () => {
    expect(found('kpi-one-sided', rows('quantitative', 'quantitative'), ['kpis.kind'])).toEqual([]);
  });
});

describe('kpi-no-long-term', () => {
  type Horizon = Kpi['horizon'];
  const rows = (...horizons: readonly Horizon[]) => ({
    kpis: horizons.map((horizon, index) =>
      ofP('kpis', { ...SMART, ...(horizon === undefined ? {} : { horizon }) }, { id: `k${index}` }),
    ),
  });
  it.each<[string, readonly Horizon[], number]>([
    ['only the quarter', ['quarter'], 1],
    ['nothing longer than a half-year', ['month', 'quarter', 'half-year'], 1],
    ['a year', ['quarter', 'year'], 0],
    ['the life of the partnership', ['quarter', 'lifetime'], 0],
    ['one that does not say', ['quarter', undefined], 0],
    ['no goals at all', [], 0],
  ])('%s', (_scenario, horizons, count) => {
    expect(found('kpi-no-long-term', rows(...horizons))).toHaveLength(count);
  });

  it('is off where no column says the horizon', () => {
    expect(found('kpi-no-long-term', rows('quarter'), ['kpis.horizon'])).toEqual([]);
  });
});

describe('period-ends-without-next, by horizon', () => {
  const rows = (...values: readonly Kpi[]) => ({
    partnerships: [aPartnership()],
    kpis: values.map((kpi, index) => ofP('kpis', { ...SMART, ...kpi }, { id: `k${index}` })),
  });
  const quarter: Kpi = { horizon: 'quarter', start: ago(80), end: ahead(10) };
  it.each<[string, readonly Kpi[], string[]]>([
    ['goals of the year do not stand in for the quarter', [quarter, { horizon: 'year', end: ahead(200) }], ['low']],
    ['nor does a goal for life', [quarter, { horizon: 'lifetime', end: ahead(2000) }], ['low']],
    ['the next quarter does', [quarter, { horizon: 'quarter', start: ahead(11), end: ahead(100) }], []],
    [
      'the year ends while the quarter goes on',
      [quarter, { ...quarter, end: ahead(99) }, { horizon: 'year', end: ahead(30) }],
      ['low'],
    ],
    ['a day before that is told', [{ horizon: 'year', end: ahead(31) }], []],
    ['without horizons the last of all goals counts', [{ end: ahead(10) }, { end: ahead(200) }], []],
  ])('%s', (_scenario, values, expected) => {
    expect(severities(found('period-ends-without-next', rows(...values)))).toEqual(expected);
  });
});
