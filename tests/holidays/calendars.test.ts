import { describe, expect, it } from 'vitest';
import type { ReadSource } from '../../src/domain/normalise.js';
import { calendarsOf } from '../../src/holidays/index.js';
import { libraryDaysOff } from '../../src/holidays/library.js';
import { countriesNamed } from '../../src/pipeline/countries.js';

const NONE = { holidays: [], extra: [], remove: [] };
const TODAY = '2026-11-23';

describe('the days off of a workspace', () => {
  it('are those of its countries, with what the configuration adds and takes away', async () => {
    const settings = { holidays: ['KR'], extra: ['2026-12-31'], remove: ['2026-12-25'] };
    const { calendar, notes } = await calendarsOf(settings, [], TODAY);
    expect(calendar.holidays.has('2026-12-31')).toBe(true);
    expect(calendar.holidays.has('2026-12-25')).toBe(false);
    expect(calendar.holidays.has('2026-10-09')).toBe(true);
    expect(notes).toEqual([]);
  });

  it('know countries without a table of their own', async () => {
    const { calendar } = await calendarsOf({ ...NONE, holidays: ['JP'] }, ['GB'], TODAY);
    expect(calendar.holidays.has('2026-11-23')).toBe(true);
    expect(calendar.holidays.has('2026-12-28')).toBe(false);
    expect(calendar.countries?.get('GB')?.has('2026-12-28')).toBe(true);
  });

  it('leave a day to the partner that is worked here', async () => {
    const settings = { holidays: ['KR'], extra: [], remove: ['2026-12-25'] };
    const { calendar } = await calendarsOf(settings, ['KR'], TODAY);
    expect(calendar.countries?.get('KR')?.has('2026-12-25')).toBe(true);
  });

  it('reach from two years back to five ahead', async () => {
    const days = await libraryDaysOff('JP', [2024, 2031]);
    expect(days?.at(0)).toBe('2024-01-01');
    expect(days?.at(-1)?.slice(0, 4)).toBe('2031');
    const { calendar } = await calendarsOf({ ...NONE, holidays: ['JP'] }, [], TODAY);
    expect(calendar.holidays.has('2024-01-01') && calendar.holidays.has('2031-01-01')).toBe(true);
  });

  it('take every day of a festival', async () => {
    // The feast of the sacrifice 2026 is three days in the Emirates.
    const days = (await libraryDaysOff('AE', [2026])) ?? [];
    expect(days).toEqual(expect.arrayContaining(['2026-05-27', '2026-05-28', '2026-05-29']));
    expect(days).not.toContain('2026-05-30');
  });
});

describe('what is not certain is told', () => {
  it.each<[string, readonly string[], readonly string[], string, readonly RegExp[]]>([
    ['the last gazetted year', ['KR'], [], '2027-12-31', []],
    ['the year after', ['KR'], [], '2028-01-01', [/days off of KR after 2027 follow from the rules/]],
    ['through a partner too', [], ['KR'], '2028-01-01', [/KR after 2027/]],
    ['past the table', ['KR'], [], '2031-01-01', [/known to Tandem up to 2030 only/]],
    ['a country of ours nobody knows', ['QQ'], [], TODAY, [/^calendar\.holidays: the days off of QQ are not known/]],
    ['a country of a partner nobody knows', ['KR'], ['QQ'], TODAY, [/^partnerships\.holidays: QQ is no country/]],
  ])('%s', async (_scenario, holidays, partners, asOf, expected) => {
    const { notes } = await calendarsOf({ ...NONE, holidays }, partners, asOf);
    expect(notes).toHaveLength(expected.length);
    expected.forEach((pattern, index) => {
      expect(notes[index]).toMatch(pattern);
    });
  });
});

describe('the countries partners name', () => {
  const source = (...cells: readonly string[]): ReadSource => ({
    entity: 'partnerships',
    complete: true,
    rows: cells.map((text, index) => ({
      id: `p${index}`,
      url: '',
      createdTime: '2026-01-01T00:00:00Z',
      trashed: text === '(trashed) CN',
      cells: new Map([['h', { kind: 'text', text }]]),
    })),
    resolved: {
      mapping: {
        entity: 'partnerships',
        connection: 'memory',
        location: { type: 'memory', id: 'partners' },
        fields: { holidays: { property: 'Holidays', values: { 독일: 'DE' } } },
        manages: {},
      },
      schema: { id: 'partners', title: '', url: '', properties: [] },
      fields: new Map([['holidays', { id: 'h', name: 'Holidays', type: 'text', writable: true }]]),
      managed: new Map(),
      missing: [],
    },
  });

  it('are read from codes and from words of the team, each once', () => {
    expect(countriesNamed([source('JP', 'us, jp', '독일 / KR', '', '(trashed) CN', 'Japan')])).toEqual([
      'DE',
      'JP',
      'KR',
      'US',
    ]);
  });
});
