/** What follows from the tasks themselves: one left lying is taken to the lead, and a day is never overfull. */
import { describe, expect, it } from 'vitest';
import type { Cell } from '../../../src/domain/cells.js';
import type { EntityRow } from '../../../src/domain/entities.js';
import { reminderKey } from '../../../src/domain/key.js';
import { DEFAULT_POLICY } from '../../../src/domain/policy.js';
import { escalations, type FollowUpContext, withinDay } from '../../../src/domain/reminders/follow-up.js';
import type { StepOptions, TaskStep } from '../../../src/domain/task-steps.js';
import { cellHash, type DesiredTask, formatTaskStamp, indexTasks } from '../../../src/domain/tasks.js';
import { TODAY } from '../../support/rows.js';

const WORKSPACE = 'hanbit';
const DUE = 'due-column';
const KIM = { person: { name: 'Kim' }, from: 'partnerships' } as const;
const LEAD = { person: { name: 'Park' }, from: 'partnerships' } as const;

const wanted = (subject: string, own: Partial<DesiredTask> = {}): DesiredTask => ({
  key: reminderKey({ workspace: WORKSPACE, rule: 'review-due', occurrence: 'o1', subject }),
  rule: 'review-due',
  occurrence: 'o1',
  subject,
  due: '2026-11-16',
  assignees: [KIM],
  partnerships: [],
  message: { code: 'review-due', params: {} },
  severity: 'medium',
  lead: LEAD,
  evidence: [],
  issues: [],
  standsFor: [],
  ...own,
});

type Row = Partial<EntityRow<'tasks'>['values']> & { readonly made?: string };

/** The row of a task that was given to Kim on a day and is due on one. */
function indexOf(task: DesiredTask, { made = '2026-11-02', ...values }: Row = {}) {
  const due = values.due ?? task.due;
  const cells = new Map<string, Cell>([[DUE, { kind: 'date', start: due }]]);
  const stamp = formatTaskStamp({
    occurrence: task.occurrence,
    made,
    written: { due: cellHash({ kind: 'date', start: task.due }) },
  });
  const row: EntityRow<'tasks'> = {
    entity: 'tasks',
    id: 'row',
    url: '',
    title: 'task',
    values: { title: 'task', key: task.key, status: 'todo', assignee: [KIM.person], due, stamp, ...values },
    unreadable: new Set(),
  };
  const raw = { id: 'row', url: '', createdTime: `${made}T01:00:00Z`, trashed: false, cells };
  return indexTasks(WORKSPACE, [row], new Map([['row', raw]]));
}

const options: StepOptions = {
  known: new Set(['review-due']),
  frozen: new Set(),
  byPerson: new Set(),
  asOf: TODAY,
  isUntouched: () => false,
  stampMapped: true,
  tombstones: new Set(),
};
const context: FollowUpContext = {
  workspace: WORKSPACE,
  timezone: 'Asia/Seoul',
  people: [],
  policy: DEFAULT_POLICY,
  calendar: { holidays: new Set() },
  asOf: TODAY,
  titleOf: ({ code }) => code,
  dueColumn: DUE,
};

describe('a task that is left lying', () => {
  it.each<[string, Partial<DesiredTask>, Row, string | undefined]>([
    ['for five business days goes to the lead, who has two', {}, {}, '2026-11-25'],
    ['for four does not', { due: '2026-11-17' }, {}, undefined],
    ['is counted from the day it was given', {}, { made: '2026-11-17' }, undefined],
    ['is counted from the day a person put it to', {}, { due: '2026-11-20' }, undefined],
    ['is counted from the end of its snooze', {}, { snoozeUntil: '2026-11-20' }, undefined],
    ['is left alone while it is put off', {}, { snoozeUntil: '2026-12-01' }, undefined],
    ['is not told when it is a small thing', { severity: 'low' }, {}, undefined],
    ['is not told to somebody who has it already', {}, { assignee: [LEAD.person] }, undefined],
    ['is not told where nobody leads', { lead: undefined as never }, {}, undefined],
    ['is not told once it is done', {}, { status: 'done' }, undefined],
  ])('%s', (_name, own, row, due) => {
    const task = wanted('aaaaaaaaaa', own);
    const told = escalations([task], indexOf(task, row), options, context);
    expect(told.map((each) => [each.due, each.assignees])).toEqual(due === undefined ? [] : [[due, [LEAD]]]);
  });

  it('is told late after a stillness of the server, and never for a day that is past', () => {
    const task = wanted('aaaaaaaaaa', { due: '2026-10-12' });
    const [told] = escalations([task], indexOf(task), options, context);
    expect(told).toMatchObject({ occurrence: '2026-11-09', due: '2026-11-25', dueStands: 'while-open' });
  });
});

describe('a full day', () => {
  const creates = (count: number, own: (n: number) => Partial<DesiredTask> = () => ({})): readonly TaskStep[] =>
    Array.from({ length: count }, (_, n) => ({
      kind: 'create',
      desired: wanted(`${String(n).padStart(2, '0')}aaaaaaaa`, own(n)),
    }));
  const nothing = indexTasks(WORKSPACE, [], new Map());
  const inDay = (steps: readonly TaskStep[], policy = DEFAULT_POLICY) => {
    const day = withinDay(steps, nothing, options, { ...context, policy });
    return [day.steps.length, ...day.digests.map(({ standsFor }) => standsFor.length)];
  };

  it.each<[string, readonly TaskStep[], readonly number[]]>([
    ['ten tasks are a day', creates(10), [10]],
    ['one more would only be replaced by the task that names it', creates(11), [11]],
    ['two more wait, named in one task', creates(12), [10, 2]],
    ['what is grave does not wait', creates(14, (n) => ({ severity: n < 12 ? 'high' : 'low' })), [12, 2]],
    ['what is nobody’s fills nobody’s day', creates(14, () => ({ assignees: [] })), [14]],
    ['two people have two days', creates(20, (n) => (n % 2 === 0 ? {} : { assignees: [LEAD] })), [20]],
  ])('%s', (_name, steps, expected) => {
    expect(inDay(steps)).toEqual(expected);
  });

  it('is as long as a team wants it, and not counted where nobody wants the task that names the rest', () => {
    const reminders = DEFAULT_POLICY.reminders;
    expect(inDay(creates(12), { ...DEFAULT_POLICY, reminders: { ...reminders, perDay: 3 } })).toEqual([3, 9]);
    expect(inDay(creates(12), { ...DEFAULT_POLICY, reminders: { ...reminders, disabled: ['digest'] } })).toEqual([12]);
  });
});
