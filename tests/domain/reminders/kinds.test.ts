import { describe, expect, it } from 'vitest';
import { REMINDERS } from '../../../src/domain/reminders/index.js';
import { type AskedCase, type AskedCases, asked, everythingAsked } from '../../support/asked.js';
import { ofP } from '../../support/rows.js';
import { CARE } from './care.js';
import { DELIVERY } from './delivery.js';
import { MEETINGS } from './meetings.js';

const CASES: AskedCases = { ...MEETINGS, ...DELIVERY, ...CARE };

/** Every reminder with its cases; one that has none fails below. */
const KINDS = REMINDERS.map(({ code, byDefault }): readonly [typeof code, readonly AskedCase[], boolean] => [
  code,
  CASES[code] ?? [],
  byDefault === 'on',
]);

describe.each(KINDS)('%s', (code, cases, comesByItself) => {
  const given = comesByItself ? {} : { enabled: [code] };

  for (const [name, rows, due, asking] of cases) {
    it(name, () => {
      const days = asked(code, rows, { ...given, ...asking }).map((task) => task.due);
      expect(days).toEqual(due === null ? [] : [due]);
    });
  }

  it('has a case that asks and one that does not', () => {
    expect(new Set(cases.map(([, , due]) => due === null))).toEqual(new Set([true, false]));
  });

  it('asks for nothing where a team does not want it', () => {
    const unwanted = comesByItself ? { disabled: [code] } : {};
    for (const [, rows, , asking] of cases) expect(asked(code, rows, { ...asking, ...unwanted })).toEqual([]);
  });
});

it('a conversation about a KPI that was asked for is not called off because nobody has read its number since', () => {
  const kpi = { target: 100, actual: 30, start: '2026-01-01', end: '2026-12-31', measuredOn: '2026-05-01' };
  const { tasks } = everythingAsked({ kpis: [ofP('kpis', { ...kpi, cadence: 'monthly' })] });
  expect(tasks.filter(({ rule }) => rule === 'kpi-at-risk')).toMatchObject([{ keepOnly: true }]);
});

it.each([
  ['the owner is asked first, then who stands in, then who leads', false, ['김서연', '이서준', 'Park']],
  ['an owner who has left is not asked, who stands in is', true, ['이서준', 'Park']],
])('%s', (_name, left, expected) => {
  const people = [{ name: '김서연', lead: 'Park', left, aliases: [], ids: {} }];
  const [task] = asked('role-review', { roles: [ofP('roles', { reviewBy: '2026-12-05' })] }, { people });
  expect(task?.assignees.map(({ person }) => person.name)).toEqual(expected);
});
