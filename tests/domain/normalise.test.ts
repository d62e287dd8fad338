import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cell } from '../../src/domain/cells.js';
import type { EntityName } from '../../src/domain/entities.js';
import type { FieldMapping } from '../../src/domain/mapping.js';
import { normalise, type ReadSource } from '../../src/domain/normalise.js';
import { type PropertySchema, type RawRow, resolveSource } from '../../src/domain/source.js';

const options = {
  timezone: 'Asia/Seoul',
  people: [{ name: '김서연', email: 'seoyeon@example.com', aliases: ['Seoyeon Kim'], ids: { notion: 'u1' } }],
};
const text = (value: string): Cell => ({ kind: 'text', text: value });
const number = (value: number): Cell => ({ kind: 'number', number: value });
const label = (...labels: string[]): Cell => ({ kind: 'labels', labels });
const links = (...ids: string[]): Cell => ({ kind: 'links', ids });

interface Given {
  readonly entity: EntityName;
  readonly fields: Readonly<Record<string, FieldMapping | string>>;
  readonly link?: string;
  readonly rows: Readonly<Record<string, Readonly<Record<string, Cell>>>>;
  readonly complete?: boolean;
}

/** A source whose property ids are its property names in lower case. */
function source({ entity, fields, link, rows, complete = true }: Given): ReadSource {
  const mapped = Object.fromEntries(
    Object.entries(fields).map(([field, given]) => [field, typeof given === 'string' ? { property: given } : given]),
  );
  const names = [
    ...new Set([...Object.values(mapped).map((mapping) => mapping.property), ...(link === undefined ? [] : [link])]),
  ];
  const properties: PropertySchema[] = names.map((name) => ({
    id: name.toLowerCase(),
    name,
    type: 'any',
    writable: true,
  }));
  const mapping = {
    entity,
    connection: 'notion',
    location: { type: 'memory', id: entity } as const,
    fields: mapped,
    manages: {},
    ...(link === undefined ? {} : { link: { field: link, to: 'code' } as const }),
  };
  const raws = Object.entries(rows).map(
    ([id, cells]): RawRow => ({
      id,
      url: `https://t/${id}`,
      createdTime: '2026-01-01T00:00:00Z',
      trashed: false,
      cells: new Map(Object.entries(cells).map(([name, cell]) => [name.toLowerCase(), cell])),
    }),
  );
  return {
    entity,
    resolved: resolveSource(mapping, { id: entity, title: entity, url: '', properties }),
    rows: raws,
    complete,
  };
}

const partners = (rows: Given['rows'], complete = true): ReadSource =>
  source({
    entity: 'partnerships',
    fields: {
      name: 'Name',
      code: 'Code',
      tier: 'Tier',
      reviewCadence: { property: 'Cadence', values: { '분기 1회': 'quarterly', 격주: '14' } },
    },
    rows,
    complete,
  });

describe('cells become values', () => {
  const read = (
    type: 'target' | 'actual' | 'start' | 'direction' | 'critical',
    cell: Cell,
    mapping: Partial<FieldMapping> = {},
  ) => {
    const kpis = source({
      entity: 'kpis',
      fields: { name: 'Name', [type]: { property: 'Cell', ...mapping } },
      rows: { k1: { Name: text('Revenue'), Cell: cell } },
    });
    const { snapshot, issues } = normalise([kpis], options);
    const row = snapshot.kpis!.rows[0]!;
    return { value: row.values[type], unreadable: row.unreadable.has(type), issues: issues.map((issue) => issue.code) };
  };

  it.each<[string, Parameters<typeof read>, unknown]>([
    ['a number', ['target', number(0)], 0],
    ['a numeral in a text column', ['target', text(' 80 ')], 80],
    ['a lookup of one number', ['target', { kind: 'list', items: [{ kind: 'empty' }, number(3)] }], 3],
    ['a day', ['start', { kind: 'date', start: '2026-01-01', end: '2026-03-31' }], '2026-01-01'],
    [
      'the end of a range',
      ['start', { kind: 'date', start: '2026-01-01', end: '2026-03-31' }, { part: 'end' }],
      '2026-03-31',
    ],
    [
      'a moment, as the day it is in the time zone of the workspace',
      ['start', { kind: 'date', start: '2026-12-31T15:30:00.000Z' }],
      '2027-01-01',
    ],
    ['a day written as text', ['start', text('2026-05-05')], '2026-05-05'],
    ['a known Korean label', ['direction', label('낮을수록 좋음')], 'lower'],
    ["the team's own label", ['direction', label('적게'), { values: { 적게: 'lower' } }], 'lower'],
    ['a decomposed label', ['direction', label('적게'.normalize('NFD')), { values: { 적게: 'lower' } }], 'lower'],
    ['a label with an emoji', ['direction', label('📈 Higher is better')], 'higher'],
    ['a checkbox', ['critical', { kind: 'flag', flag: true }], true],
    ['an empty cell as nothing', ['target', { kind: 'empty' }], undefined],
  ])('%s', (_name, args, expected) => {
    expect(read(...args)).toEqual({ value: expected, unreadable: false, issues: [] });
  });

  it.each<[string, Parameters<typeof read>, string]>([
    ['a numeral with a thousands separator', ['target', text('1,200')], 'not-a-number'],
    ['a full-width numeral', ['target', text('１２')], 'not-a-number'],
    ['an error value', ['target', { kind: 'unknown', reason: '#ERROR!' }], 'not-readable'],
    ['a lookup of two numbers', ['target', { kind: 'list', items: [number(1), number(2)] }], 'not-a-number'],
    ['not a number at all', ['target', number(Number.NaN)], 'not-a-number'],
    ['a day that does not exist', ['start', text('2026-02-30')], 'not-a-date'],
    ['words in a date column', ['start', text('next week')], 'not-a-date'],
    ['a label nobody knows', ['direction', label('보류?')], 'unknown-label'],
    ['two labels where one is meant', ['direction', label('Higher', 'Lower')], 'unknown-label'],
    ['a number in a checkbox field', ['critical', number(1)], 'not-readable'],
  ])('%s is a data issue, never a guess', (_name, args, issue) => {
    expect(read(...args)).toEqual({ value: undefined, unreadable: true, issues: [issue] });
  });

  it('no cell, however odd, throws', () => {
    const cell: fc.Arbitrary<Cell> = fc.oneof(
      fc.record({ kind: fc.constant('text' as const), text: fc.string() }),
      fc.record({ kind: fc.constant('number' as const), number: fc.double() }),
      fc.record({ kind: fc.constant('labels' as const), labels: fc.array(fc.string()) }),
      fc.record({ kind: fc.constant('date' as const), start: fc.string() }),
      fc.record({ kind: fc.constant('people' as const), people: fc.array(fc.record({ name: fc.string() })) }),
      fc.record({ kind: fc.constant('links' as const), ids: fc.array(fc.string()) }),
      fc.constant({ kind: 'empty' as const }),
    );
    fc.assert(
      fc.property(cell, fc.constantFrom('target', 'start', 'direction', 'critical' as const), (given, field) => {
        const { value } = read(field as 'target', given);
        if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
      }),
    );
  });
});

describe('cadences and people', () => {
  it.each<[string, Cell, unknown]>([
    ['a label of the team', label('분기 1회'), 'quarterly'],
    ['a label that stands for days', label('격주'), { days: 14 }],
    ['a known word', label('Monthly'), 'monthly'],
    ['a number of days', number(45), { days: 45 }],
  ])('%s', (_name, cell, expected) => {
    const { snapshot } = normalise([partners({ p1: { Name: text('A'), Cadence: cell } })], options);
    expect(snapshot.partnerships!.rows[0]!.values.reviewCadence).toEqual(expected);
  });

  it('an alias in a text column is the person the configuration names', () => {
    const kpis = source({
      entity: 'kpis',
      fields: { name: 'Name', owner: 'Owner' },
      rows: { k: { Name: text('x'), Owner: text('Seoyeon Kim') } },
    });
    const [row] = normalise([kpis], options).snapshot.kpis!.rows;
    expect(row!.values.owner).toEqual([{ name: 'Seoyeon Kim', email: 'seoyeon@example.com' }]);
  });
});

describe('rows are joined', () => {
  const kpisByCode = (codes: Readonly<Record<string, string>>) =>
    source({
      entity: 'kpis',
      fields: { name: 'Name' },
      link: 'Partner code',
      rows: Object.fromEntries(
        Object.entries(codes).map(([id, code]) => [id, { Name: text(id), 'Partner code': text(code) }]),
      ),
    });
  const two = { p1: { Name: text('North'), Code: text('NW-01') }, p2: { Name: text('Blue'), Code: text('BL-03') } };

  it('by code, whatever its case and spaces, one or several', () => {
    const { snapshot, issues } = normalise([kpisByCode({ k1: ' nw-01 ', k2: 'NW-01, BL-03' }), partners(two)], options);
    expect(snapshot.kpis!.rows.map((row) => row.values.partnership)).toEqual([['p1'], ['p1', 'p2']]);
    expect(issues).toEqual([]);
    expect(snapshot.kpis!.mapped.has('partnership')).toBe(true);
  });

  it('a code nobody has is told with the row', () => {
    const { snapshot, issues } = normalise([kpisByCode({ k1: 'NW-99' }), partners(two)], options);
    expect(snapshot.kpis!.rows[0]!.values.partnership).toBeUndefined();
    expect(issues).toMatchObject([
      { code: 'code-unmatched', row: { id: 'k1' }, property: 'Partner code', params: { found: 'NW-99' } },
    ]);
  });

  it.each(['NW-O1', 'NW 01', 'nw01', 'NW-0l', 'ＮＷ－０１'])(
    '%s only looks like a code: told, and joined to nothing',
    (found) => {
      const { snapshot, issues } = normalise([kpisByCode({ k1: found }), partners(two)], options);
      expect(snapshot.kpis!.rows[0]!.values.partnership).toBeUndefined();
      expect(issues).toMatchObject([{ code: 'code-spelling', row: { id: 'k1' }, params: { found, near: 'NW-01' } }]);
    },
  );

  it('a code that looks like two is like none', () => {
    const alike = { p1: { Name: text('A'), Code: text('X-1') }, p2: { Name: text('B'), Code: text('X.1') } };
    const { issues } = normalise([kpisByCode({ k1: 'X1' }), partners(alike)], options);
    expect(issues.map(({ code }) => code)).toEqual(['code-unmatched']);
  });

  it('a code is not called unmatched when the partnerships were not read whole', () => {
    expect(normalise([kpisByCode({ k1: 'NW-99' }), partners(two, false)], options).issues).toEqual([]);
  });

  it('a doubled code joins nothing and is told on both rows', () => {
    const doubled = { p1: { Name: text('A'), Code: text('X1') }, p2: { Name: text('B'), Code: text('x1') } };
    const { snapshot, issues } = normalise([kpisByCode({ k1: 'X1' }), partners(doubled)], options);
    expect(snapshot.kpis!.rows[0]!.values.partnership).toBeUndefined();
    expect(issues.map((issue) => [issue.code, issue.row?.id])).toEqual([
      ['code-doubled', 'p1'],
      ['code-doubled', 'p2'],
    ]);
  });

  const related = (ids: string[], complete = true) => [
    source({
      entity: 'kpis',
      fields: { name: 'Name', partnership: 'Partner' },
      rows: { k1: { Name: text('x'), Partner: links(...ids) } },
    }),
    partners(two, complete),
  ];

  it('a relation to a row that is gone is left out and told', () => {
    const { snapshot, issues } = normalise(related(['p1', 'gone']), options);
    expect(snapshot.kpis!.rows[0]!.values.partnership).toEqual(['p1']);
    expect(issues).toMatchObject([{ code: 'link-broken', params: { count: 1 } }]);
  });

  it('a relation to a row of a table that was not read whole is kept', () => {
    expect(normalise(related(['p1', 'unseen'], false), options).snapshot.kpis!.rows[0]!.values.partnership).toEqual([
      'p1',
      'unseen',
    ]);
  });

  it('the order of sources and rows does not matter', () => {
    const sources = [kpisByCode({ k1: 'NW-01', k2: 'nope', k3: 'BL-03' }), partners(two)];
    const turned = sources.map((given) => ({ ...given, rows: [...given.rows].reverse() })).reverse();
    const order = (issues: readonly { code: string; row?: { id: string } | undefined }[]) =>
      issues.map((issue) => `${issue.code} ${issue.row?.id}`).sort();
    const [one, other] = [normalise(sources, options), normalise(turned, options)];
    expect(other.snapshot.kpis).toEqual(one.snapshot.kpis);
    expect(order(other.issues)).toEqual(order(one.issues));
  });
});

describe('rows that are odd', () => {
  it('a blank line in a table is not a row', () => {
    expect(
      normalise([partners({ p1: { Name: text('A') }, p2: {}, p3: { Name: text('') } })], options).snapshot.partnerships!
        .rows,
    ).toHaveLength(1);
  });

  it('a row that holds only an unchecked box is blank too', () => {
    const kpis = source({
      entity: 'kpis',
      fields: { name: 'Name', critical: 'Critical' },
      rows: { k1: { Critical: { kind: 'flag', flag: false } }, k2: { Critical: { kind: 'flag', flag: true } } },
    });
    expect(normalise([kpis], options).snapshot.kpis!.rows.map((row) => row.id)).toEqual(['k2']);
  });

  it('a required field that is empty is told, and the row goes on', () => {
    const { snapshot, issues } = normalise([partners({ p1: { Code: text('X') } })], options);
    expect(snapshot.partnerships!.rows).toHaveLength(1);
    expect(issues).toMatchObject([{ code: 'required-empty', property: 'Name' }]);
  });

  it('two partnerships of one name are told, composed or decomposed', () => {
    const { issues } = normalise(
      [partners({ p1: { Name: text('한빛') }, p2: { Name: text(' 한빛'.normalize('NFD')) } })],
      options,
    );
    expect(issues.map((issue) => issue.code)).toEqual(['name-doubled', 'name-doubled']);
  });
});
