import { describe, expect, it } from 'vitest';
import { assess } from '../../src/domain/assess.js';
import { addDays } from '../../src/domain/calendar.js';
import type { Values } from '../../src/domain/entities.js';
import { historyKey } from '../../src/domain/history.js';
import { found, type Rows, severities } from '../support/findings.js';
import { aPartnership, aSnapshot, OPTIONS, ofP, TODAY } from '../support/rows.js';

const ago = (days: number) => addDays(TODAY, -days);

/** Rows of days before today, each with a health; the health of today is that of the ESG checklist. */
const kept = (...rows: readonly (readonly [daysAgo: number, health: number])[]): Rows => ({
  history: rows.map(([days, health], index) =>
    ofP('history', { key: `k${index}`, date: ago(days), health }, { id: `h${index}` }),
  ),
});
const today = (health: number, values: Values<'partnerships'> = {}): Rows => ({
  partnerships: [aPartnership({ esg: health / 100, ...values })],
});
const trendOf = (rows: Rows, asOf = TODAY) => assess(aSnapshot(rows), { ...OPTIONS, asOf }).partnerships[0]?.trend;

describe('the trend', () => {
  // Today is a Monday: the first day of its week.
  it.each<[string, Rows, unknown]>([
    // 60, 62, 66, 70 over three weeks: slope 3.4 a week, 10.2 in all.
    [
      'rises',
      { ...today(70), ...kept([21, 60], [14, 62], [7, 66]) },
      { direction: 'rising', points: 10, since: ago(21), weeks: 4 },
    ],
    // 80, 70, 60: 10 a week.
    [
      'falls',
      { ...today(60), ...kept([14, 80], [7, 70]) },
      { direction: 'falling', points: -20, since: ago(14), weeks: 3 },
    ],
    // 70, 71, 74: slope 2, 4 in all.
    [
      'is steady below five points',
      { ...today(74), ...kept([14, 70], [7, 71]) },
      { direction: 'steady', points: 4, since: ago(14), weeks: 3 },
    ],
    // 70, 71, 75: slope 2.5, 5 in all.
    [
      'rises from five points on',
      { ...today(75), ...kept([14, 70], [7, 71]) },
      { direction: 'rising', points: 5, since: ago(14), weeks: 3 },
    ],
    [
      'counts the last four weeks',
      { ...today(60), ...kept([28, 10], [21, 60], [14, 60], [7, 60]) },
      { direction: 'steady', points: 0, since: ago(21), weeks: 4 },
    ],
    // Weeks 0, 1, 3 at 60, 60, 90: slope 150 / 14, 225 / 7 = 32.1 in all.
    [
      'minds the weeks without a row',
      { ...today(90), ...kept([21, 60], [14, 60]) },
      { direction: 'rising', points: 32, since: ago(21), weeks: 3 },
    ],
    [
      'is told by the first row of a week',
      { ...today(60), ...kept([14, 60], [13, 0], [7, 60]) },
      { direction: 'steady', points: 0, since: ago(14), weeks: 3 },
    ],
    ['needs three weeks', { ...today(60), ...kept([7, 90]) }, undefined],
    ['looks eight weeks back', { ...today(60), ...kept([63, 90], [7, 60]) }, undefined],
    ['leaves out what is no score', { ...today(60), ...kept([14, 180], [7, 60]) }, undefined],
    [
      'leaves out what was written today',
      { ...today(60), ...kept([14, 60], [7, 60], [0, 90]) },
      { direction: 'steady', points: 0, since: ago(14), weeks: 3 },
    ],
    ['needs a history', today(60), undefined],
    ['needs a number of today', { partnerships: [aPartnership()], ...kept([14, 60], [7, 60]) }, undefined],
  ])('%s', (_scenario, rows, expected) => {
    expect(trendOf(rows)).toEqual(expected);
  });

  it('stands for the week once the week has a row', () => {
    const rows = { ...today(90), ...kept([14, 60], [7, 60], [0, 60]) };
    expect(trendOf(rows, addDays(TODAY, 1))).toMatchObject({ points: 0, weeks: 3 });
    expect(trendOf(rows, addDays(TODAY, 6))).toMatchObject({ points: 0, weeks: 3 });
  });

  it('is not told where the history was not read whole', () => {
    const rows = { ...today(70), ...kept([21, 60], [14, 62], [7, 66]) };
    const [only] = assess(aSnapshot(rows, { incomplete: ['history'] }), OPTIONS).partnerships;
    expect(only).not.toHaveProperty('trend');
  });
});

describe('health-dropped', () => {
  it.each<[string, Rows, string[]]>([
    ['14 points in a week', { ...today(56), ...kept([7, 70]) }, []],
    ['15 points', { ...today(55), ...kept([7, 70]) }, ['medium']],
    ['24 points', { ...today(46), ...kept([7, 70]) }, ['medium']],
    ['25 points', { ...today(45), ...kept([7, 70]) }, ['high']],
    ['from the highest of the week', { ...today(45), ...kept([7, 50], [3, 70]) }, ['high']],
    ['eight days ago', { ...today(45), ...kept([8, 70]) }, []],
    ['written today', { ...today(45), ...kept([0, 70]) }, []],
    ['risen', { ...today(90), ...kept([7, 70]) }, []],
    ['in exit', { ...today(45, { stage: 'exit' }), ...kept([7, 70]) }, []],
  ])('%s', (_scenario, rows, expected) => {
    expect(severities(found('health-dropped', rows))).toEqual(expected);
  });

  it('says from what, and when', () => {
    const [finding] = found('health-dropped', { ...today(45), ...kept([7, 50], [3, 70]) });
    expect(finding).toMatchObject({ evidence: [{ id: 'h1' }], params: { date: ago(3), before: 70 } });
  });
});

describe('the key of a week', () => {
  it('is the same from Monday to Sunday, and of one partnership', () => {
    const key = historyKey('one', 'p', TODAY);
    expect(key).toMatch(/^td1\.one\.history\.2026-11-23\.[0-9a-z]{10}$/);
    expect(historyKey('one', 'p', addDays(TODAY, 6))).toBe(key);
    expect(historyKey('one', 'p', addDays(TODAY, 7))).not.toBe(key);
    expect(historyKey('one', 'q', TODAY)).not.toBe(key);
  });
});
