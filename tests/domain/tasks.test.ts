import { describe, expect, it } from 'vitest';
import type { Cell } from '../../src/domain/cells.js';
import type { EntityRow } from '../../src/domain/entities.js';
import { reminderKey } from '../../src/domain/key.js';
import type { RawRow } from '../../src/domain/source.js';
import { type StepOptions, stepTasks, stood, type TaskStep } from '../../src/domain/task-steps.js';
import {
  cellHash,
  type DesiredTask,
  formatTaskStamp,
  indexTasks,
  isDraft,
  isOurs,
  keepsItsDay,
  parseTaskStamp,
} from '../../src/domain/tasks.js';

const WORKSPACE = 'hanbit';
const keyFor = (occurrence: string, subject = 'aaaaaaaaaa') =>
  reminderKey({ workspace: WORKSPACE, rule: 'review-due', occurrence, subject });
const STAMPED = formatTaskStamp({ occurrence: '2026-08-01', written: { due: 'abc123' } });

interface Given {
  readonly id?: string;
  readonly key?: string;
  readonly status?: 'todo' | 'doing' | 'done' | 'dropped';
  readonly stamp?: string;
  readonly due?: string;
  readonly created?: string;
  readonly ours?: boolean;
  readonly cells?: ReadonlyMap<string, Cell>;
}

function world(given: readonly Given[]) {
  const rows: EntityRow<'tasks'>[] = [];
  const raws = new Map<string, RawRow>();
  given.forEach((task, index) => {
    const id = task.id ?? `row${index}`;
    const { key = keyFor('2026-08-01'), status = 'todo', stamp = STAMPED, due = '2026-11-01' } = task;
    rows.push({
      entity: 'tasks',
      id,
      url: `https://tasks.test/${id}`,
      title: `task ${id}`,
      values: { title: `task ${id}`, key, status, ...(stamp === '' ? {} : { stamp }), ...(due === '' ? {} : { due }) },
      unreadable: new Set(),
    });
    const ours = task.ours === undefined ? {} : { createdByUs: task.ours };
    raws.set(id, {
      id,
      url: '',
      createdTime: task.created ?? '2026-08-01T00:00:00Z',
      trashed: false,
      cells: task.cells ?? new Map(),
      ...ours,
    });
  });
  return indexTasks(WORKSPACE, rows, raws);
}

const wanted = (occurrence: string, subject = 'aaaaaaaaaa'): DesiredTask => ({
  key: keyFor(occurrence, subject),
  rule: 'review-due',
  occurrence,
  subject,
  due: '2026-11-30',
  assignees: [],
  partnerships: [],
  message: { code: 'review-due', params: {} },
  evidence: [],
  issues: [],
  standsFor: [],
  severity: 'medium',
});

const options: StepOptions = {
  known: new Set(['review-due']),
  frozen: new Set<string>(),
  byPerson: new Set<string>(),
  isUntouched: () => false,
  asOf: '2026-11-23',
  stampMapped: true,
  tombstones: new Set<string>(),
};
const told = (steps: readonly TaskStep[]) =>
  steps.map((step) =>
    step.kind === 'create'
      ? `create ${step.desired.occurrence}`
      : step.kind === 'update'
        ? `${step.promote ? 'promote' : 'update'} ${step.task.ref.id}`
        : `close ${step.task.ref.id}`,
  );

describe('what happens to a task', () => {
  const cases: readonly (readonly [string, readonly Given[], readonly DesiredTask[], readonly string[]])[] = [
    ['a reminder without a row is created', [], [wanted('2026-08-01')], ['create 2026-08-01']],
    ['a row that is open is kept up to date', [{}], [wanted('2026-08-01')], ['update row0']],
    ['a draft left by a run that died is promoted', [{ stamp: '', due: '' }], [wanted('2026-08-01')], ['promote row0']],
    ['a row without a stamp but with a due date is no draft', [{ stamp: '' }], [wanted('2026-08-01')], ['update row0']],
    ['an open row of an older occurrence is moved, not doubled', [{}], [wanted('2026-09-15')], ['update row0']],
    ['a done row stands for its occurrence', [{ status: 'done' }], [wanted('2026-08-01')], []],
    ["a row somebody won't do stands for its occurrence", [{ status: 'dropped' }], [wanted('2026-08-01')], []],
    [
      'after a close another occurrence is a new task',
      [{ status: 'done' }],
      [wanted('2026-11-20')],
      ['create 2026-11-20'],
    ],
    [
      'a row that was moved on and then closed stands for the occurrence it was moved to',
      [{ status: 'done', stamp: formatTaskStamp({ occurrence: '2026-09-15', written: {} }) }],
      [wanted('2026-09-15')],
      [],
    ],
    ['what began too long ago to be news makes no row', [], [{ ...wanted('2026-08-01'), keepOnly: true }], []],
    ['and keeps the one that is open', [{}], [{ ...wanted('2026-08-01'), keepOnly: true }], ['update row0']],
    ['a condition that cleared closes the row', [{}], [], ['close row0']],
    ['a closed row is not closed again', [{ status: 'done' }], [], []],
    ['a row in progress is closed too when its condition clears', [{ status: 'doing' }], [], ['close row0']],
    [
      'another subject is another task',
      [{}],
      [wanted('2026-08-01', 'bbbbbbbbbb')],
      ['create 2026-08-01', 'close row0'],
    ],
  ];
  it.each(cases)('%s', (_name, given, desired, expected) => {
    expect(told(stepTasks(desired, world(given), options))).toEqual(expected);
  });

  it('nothing is created, moved or closed for a rule whose tables were not read whole', () => {
    const frozen = { ...options, frozen: new Set(['review-due']) };
    expect(told(stepTasks([wanted('2026-11-20', 'bbbbbbbbbb')], world([{}]), frozen))).toEqual([]);
  });

  it('what only a person closes stays open when it is no longer asked for', () => {
    expect(told(stepTasks([], world([{}]), { ...options, byPerson: new Set(['review-due']) }))).toEqual([]);
  });

  it.each<readonly [string, readonly Given[], readonly string[]]>([
    ['the first gets the row', [], ['create soon']],
    [
      'the next one follows when somebody has closed the first',
      [{ key: keyFor('soon'), status: 'done', stamp: '' }],
      ['create late'],
    ],
    ['a row that is open is taken over', [{ key: keyFor('late') }], ['update row0']],
    [
      'none is made when all were closed',
      [
        { key: keyFor('soon'), status: 'done', stamp: '' },
        { key: keyFor('late'), status: 'dropped', stamp: '' },
      ],
      [],
    ],
  ])('of several stages of one matter %s', (_name, given, expected) => {
    expect(told(stepTasks([wanted('soon'), wanted('late')], world(given), options))).toEqual(expected);
  });

  it('a reminder whose row somebody threw away is not made again, but the next occurrence is', () => {
    const thrown = { ...options, tombstones: new Set([stood('review-due', 'aaaaaaaaaa', '2026-08-01')]) };
    expect(told(stepTasks([wanted('2026-08-01')], world([]), thrown))).toEqual([]);
    expect(told(stepTasks([wanted('2026-11-20')], world([]), thrown))).toEqual(['create 2026-11-20']);
  });

  it.each<readonly [string, readonly DesiredTask[]]>([
    ['while it is asked for', [wanted('2026-08-01')]],
    ['when it is asked for no more', []],
  ])('a draft whose task somebody threw away is left as it is %s', (_name, desired) => {
    const thrown = { ...options, tombstones: new Set([stood('review-due', 'aaaaaaaaaa', '2026-08-01')]) };
    expect(told(stepTasks(desired, world([{ stamp: '', due: '' }]), thrown))).toEqual([]);
  });

  it('open tasks of a muted subject and of a rule that is switched off stay as they are', () => {
    expect(
      told(stepTasks([], world([{}]), { ...options, isUntouched: (_rule, subject) => subject === 'aaaaaaaaaa' })),
    ).toEqual([]);
    expect(told(stepTasks([], world([{}]), { ...options, known: new Set() }))).toEqual([]);
  });
});

describe('the day of an open task', () => {
  const [task] = world([{}]).owners.values();
  it.each<[string, Partial<DesiredTask>, boolean]>([
    ['follows the day in the tables', {}, false],
    ['stands for the occurrence it was counted for', { dueStands: 'for-occurrence' }, true],
    ['is counted again for another one', { dueStands: 'for-occurrence', occurrence: '2026-09-15' }, false],
    ['stands when only a week has passed over it', { dueStands: 'while-open', occurrence: '2026-09-15' }, true],
  ])('%s', (_name, own, kept) => {
    expect(task && keepsItsDay(task, { ...wanted('2026-08-01'), ...own })).toBe(kept);
  });
});

describe('who owns a key', () => {
  it('is the row our account created, even when a person copied it into an older-looking row', () => {
    const index = world([
      { id: 'copy', ours: false, created: '2026-01-01T00:00:00Z' },
      { id: 'original', ours: true, created: '2026-08-01T00:00:00Z' },
    ]);
    expect(index.owners.get(keyFor('2026-08-01'))?.ref.id).toBe('original');
    expect(index.issues.map((issue) => [issue.code, issue.row?.id])).toEqual([['key-copied', 'copy']]);
  });

  it('is the oldest row where the tool does not say who created it', () => {
    const index = world([
      { id: 'b', created: '2026-08-02T00:00:00Z' },
      { id: 'a', created: '2026-08-01T00:00:00Z' },
    ]);
    expect(index.owners.get(keyFor('2026-08-01'))?.ref.id).toBe('a');
  });

  it('is the promoted row of two that our account created: a draft that landed late never becomes a second task', () => {
    const index = world([
      { id: 'late', ours: true, stamp: '', due: '', created: '2026-07-01T00:00:00Z' },
      { id: 'seen', ours: true, created: '2026-08-01T00:00:00Z' },
    ]);
    expect(index.owners.get(keyFor('2026-08-01'))?.ref.id).toBe('seen');
    expect(index.issues.map((issue) => issue.row?.id)).toEqual(['late']);
  });

  it('a copy never revives a closed owner', () => {
    const index = world([
      { id: 'owner', status: 'done', created: '2026-08-01T00:00:00Z' },
      { id: 'copy', created: '2026-08-02T00:00:00Z' },
    ]);
    expect(told(stepTasks([wanted('2026-08-01')], index, options))).toEqual([]);
  });

  it('rows of another workspace and rows of people are not ours', () => {
    expect(world([{ key: 'td1.other.review-due.2026-08-01.aaaaaaaaaa' }, { key: 'call Kim' }]).owners.size).toBe(0);
  });
});

describe('the stamp', () => {
  it('is read back as it was written', () => {
    const stamp = { occurrence: '2026-08-01', written: { due: 'abc123', title: 'def456' } };
    expect(parseTaskStamp(formatTaskStamp(stamp))).toEqual(stamp);
  });

  it.each([undefined, '', 'hello', '2 x', '1', '1 2026-08-01 due'])('%j is no stamp', (text) => {
    expect(parseTaskStamp(text)).toBeUndefined();
  });

  it("tells a person's edit from our own last value", () => {
    const due: Cell = { kind: 'date', start: '2026-11-30' };
    const stamp = formatTaskStamp({ occurrence: '2026-08-01', written: { due: cellHash(due) } });
    const taskWith = (cell: Cell) =>
      world([{ stamp, cells: new Map([['p1', cell]]) }]).owners.get(keyFor('2026-08-01'));
    expect(isOurs(taskWith(due)!, 'due', 'p1')).toBe(true);
    expect(isOurs(taskWith({ kind: 'date', start: '2026-12-04' })!, 'due', 'p1')).toBe(false);
    expect(isOurs(taskWith(due)!, 'assignee', 'p1')).toBe(false);
  });

  it('knows an assignee addressed by e-mail when the tool reads back an id beside it', () => {
    const stamp = formatTaskStamp({
      occurrence: '2026-08-01',
      written: { assignee: cellHash({ kind: 'people', people: [{ email: 'kim@example.com' }] }) },
    });
    const read: Cell = { kind: 'people', people: [{ id: 'usr1', email: 'kim@example.com', name: 'Kim' }] };
    const other: Cell = { kind: 'people', people: [{ id: 'usr2', email: 'lee@example.com', name: 'Lee' }] };
    const taskWith = (cell: Cell) =>
      world([{ stamp, cells: new Map([['p1', cell]]) }]).owners.get(keyFor('2026-08-01'))!;
    expect(isOurs(taskWith(read), 'assignee', 'p1')).toBe(true);
    expect(isOurs(taskWith(other), 'assignee', 'p1')).toBe(false);
  });

  it('marks a draft by its absence, or by an empty due and assignee where stamps are not kept', () => {
    const draft = world([{ stamp: '', due: '' }]).owners.get(keyFor('2026-08-01'))!;
    const promoted = world([{}]).owners.get(keyFor('2026-08-01'))!;
    expect([isDraft(draft, true), isDraft(promoted, true), isDraft(draft, false)]).toEqual([true, false, true]);
  });
});
