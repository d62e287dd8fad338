import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assess } from '../../src/domain/assess.js';
import type { PartnershipAssessment, PartnershipStatus } from '../../src/domain/assessment.js';
import { agendaOf, groupOf, groupsBy, worstFirst } from '../../src/domain/portfolio.js';
import type { Snapshot } from '../../src/domain/snapshot.js';
import { indexTasks } from '../../src/domain/tasks.js';
import { aPartnership, aRow, aSnapshot, OPTIONS, ofP, TODAY } from '../support/rows.js';

const NO_TASKS = indexTasks('w', [], new Map());
const PEOPLE = [
  { name: '김서연', email: 'sy@example.com', aliases: ['Seoyeon Kim'], ids: {} },
] as unknown as Parameters<typeof groupsBy>[3];

/** An assessment that stands there, of nothing else. */
function standing(status: PartnershipStatus, health?: number, title: string = status): PartnershipAssessment {
  const [item] = assess(aSnapshot({ partnerships: [aPartnership()] }), OPTIONS).partnerships;
  if (item === undefined) throw new Error('nothing was assessed');
  const { health: _, ...rest } = item;
  return { ...rest, status, row: { ...item.row, id: title, title }, ...(health === undefined ? {} : { health }) };
}

describe('a group', () => {
  it('counts statuses and tells the lowest health, not a mean that hides it', () => {
    const group = groupOf('a', [standing('on-track', 96), standing('at-risk', 31.4), standing('insufficient-data')]);
    expect(group).toEqual({
      name: 'a',
      partnerships: 3,
      statuses: { 'at-risk': 1, watch: 0, 'insufficient-data': 1, 'on-track': 1 },
      lowest: 31.4,
    });
  });

  it('of none, or of none that is measured, has no health', () => {
    expect(groupOf(null, []).lowest).toBeNull();
    expect(groupOf(null, [standing('insufficient-data')]).lowest).toBeNull();
  });
});

describe('groups', () => {
  const partners = (values: readonly Parameters<typeof aPartnership>[0][]): Snapshot =>
    aSnapshot({ partnerships: values.map((value, index) => aPartnership(value, { id: `p${index}` })) });
  const names = (grouping: 'tier' | 'type' | 'owner', snapshot: Snapshot) =>
    groupsBy(grouping, snapshot, assess(snapshot, OPTIONS), PEOPLE).map(({ name, partnerships }) => [
      name,
      partnerships,
    ]);

  it('come largest first, the empty cell last', () => {
    const snapshot = partners([{}, {}, {}, { type: 'Data' }, { type: 'Retail' }, { type: ' data ' }]);
    expect(names('type', snapshot)).toEqual([
      ['Data', 2],
      ['Retail', 1],
      [null, 3],
    ]);
  });

  it('take one person under two names for one', () => {
    const snapshot = partners([{ owner: [{ name: 'Seoyeon Kim' }] }, { owner: [{ name: '김서연' }] }, { owner: [] }]);
    expect(names('owner', snapshot)).toEqual([
      ['Seoyeon Kim', 2],
      [null, 1],
    ]);
  });

  it('are not made of a column that is not mapped', () => {
    const snapshot = aSnapshot({ partnerships: [aPartnership()] }, { unmapped: { partnerships: ['tier'] } });
    expect(names('tier', snapshot)).toEqual([]);
  });
});

it('the worst comes first, whatever the order they were found in', () => {
  const sorted = [
    standing('at-risk', 20, 'a'),
    standing('at-risk', 20, 'b'),
    standing('at-risk', undefined, 'c'),
    standing('watch', 10),
    standing('insufficient-data'),
    standing('on-track', 90),
  ];
  fc.assert(
    fc.property(fc.shuffledSubarray(sorted, { minLength: sorted.length }), (shuffled) => {
      expect([...shuffled].sort(worstFirst)).toEqual(sorted);
    }),
  );
});

describe('the agenda', () => {
  const agenda = (snapshot: Snapshot, until = '2026-12-07', tasks = NO_TASKS) =>
    agendaOf(snapshot, assess(snapshot, OPTIONS), tasks, until).map(({ kind, day, slipped }) => ({
      kind,
      day,
      slipped,
    }));
  const milestones = (...values: readonly Parameters<typeof ofP<'milestones'>>[1][]) =>
    aSnapshot({
      partnerships: [aPartnership()],
      milestones: values.map((value, index) => ofP('milestones', { name: 'M', ...value }, { id: `m${index}` })),
    });

  it.each([
    { name: 'today', due: TODAY, told: [{ kind: 'milestone', day: TODAY, slipped: false }] },
    { name: 'the last day', due: '2026-12-07', told: [{ kind: 'milestone', day: '2026-12-07', slipped: false }] },
    { name: 'the day after it', due: '2026-12-08', told: [] },
    { name: 'yesterday', due: '2026-11-22', told: [{ kind: 'milestone', day: '2026-11-22', slipped: true }] },
  ])('a milestone of $name', ({ due, told }) => {
    expect(agenda(milestones({ due }))).toEqual(told);
  });

  it('leaves out what is done and what has no day', () => {
    expect(agenda(milestones({ due: TODAY, doneOn: TODAY }, {}))).toEqual([]);
  });

  it('tells a decision and a review by their days, the earliest first', () => {
    const values = { end: '2027-01-31', noticeDays: 30, nextReview: '2026-11-30', lastReview: '2026-10-01' };
    const found = agenda(aSnapshot({ partnerships: [aPartnership(values)] }));
    expect(found.map(({ kind }) => kind)).toEqual(['review', 'decide-by']);
  });

  it('tells a task of ours past its day until somebody closes it', () => {
    const task = (id: string, due: string, status: 'todo' | 'done') =>
      aRow('tasks', { title: id, key: `td1.w.review-due.2026-08-01.${id.repeat(10)}`, due, status }, { id });
    const rows = [task('a', '2026-11-22', 'todo'), task('b', '2026-11-23', 'todo'), task('c', '2026-11-01', 'done')];
    const raws = rows.map(({ id }) => ({ id, url: '', createdTime: '', trashed: false, cells: new Map() }));
    const index = indexTasks('w', rows, new Map(raws.map((raw) => [raw.id, raw])));
    expect(agenda(aSnapshot({ partnerships: [aPartnership({}, { id: 'q' })] }), undefined, index)).toEqual([
      { kind: 'task', day: '2026-11-22', slipped: true },
    ]);
  });
});
