/**
 * A quarter of both samples, a run on every day of the week, while people live with what Tandem asks of them. What
 * changed in the task table is written down day by day, to be read as the people concerned read it.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, type Day, weekdayOf } from '../../src/domain/calendar.js';
import { parseKey, subjectOf } from '../../src/domain/key.js';
import type { ReportedChange } from '../../src/pipeline/report.js';
import type { SampleName } from '../../src/sandbox/samples/index.js';
import { expectGolden } from '../support/golden.js';
import { ANCHOR, openTeam, type Team, type TeamRow } from '../support/team.js';
import { keyOf } from '../support/team-world.js';

const LAST: Day = '2027-02-19';
/** Nobody looks after the server in these two weeks. */
const isDown = (day: Day): boolean => day >= '2026-12-14' && day <= '2026-12-27';

const WORDS = {
  korean: {
    done: '완료',
    doing: '진행 중',
    title: '화요일 오후에 전화로 확인',
    note: '통화함, 회신 대기',
    owner: '담당자',
    leaver: '김서연',
    successor: '이도현',
  },
  english: {
    done: 'Done',
    doing: 'In progress',
    title: 'Call them on Tuesday afternoon',
    note: 'Called, waiting',
    owner: 'Partner manager (was: Owner)',
    leaver: 'Priya Raman',
    successor: 'Tom Okafor',
  },
} as const;

interface Quarter {
  readonly team: Team;
  readonly words: (typeof WORDS)[SampleName];
  /** Tasks people have touched: every act is done to one of its own. */
  readonly touched: Set<string>;
}

/** Done by hand on one day; returns the row it was done to, in words. */
type Act = (quarter: Quarter) => string;

const column = ({ team }: Quarter, field: string): string => team.source('tasks').fields[field]?.property ?? '';
const textOf = (quarter: Quarter, row: TeamRow, field: string): string =>
  String(row.values[column(quarter, field)] ?? '');
const ruleOf = (row: TeamRow): string => parseKey(keyOf(row) ?? '')?.rule ?? '';
const isOpen = (quarter: Quarter, row: TeamRow): boolean =>
  keyOf(row) !== undefined && !row.inTrash && textOf(quarter, row, 'status') !== quarter.words.done;

/** An open task nobody has touched yet: of a rule where there is one, else of any partnership. */
function pick(quarter: Quarter, rule: string): TeamRow {
  const { team, touched } = quarter;
  const free = team.rows('tasks').filter((each) => isOpen(quarter, each) && !touched.has(each.id));
  const row =
    free.find((each) => ruleOf(each) === rule) ?? free.find((each) => textOf(quarter, each, 'title').startsWith('['));
  if (row === undefined) throw new Error('no task is open');
  touched.add(row.id);
  return row;
}

const onTask =
  (rule: string, act: (quarter: Quarter, row: TeamRow) => void): Act =>
  (quarter) => {
    const row = pick(quarter, rule);
    const title = textOf(quarter, row, 'title');
    act(quarter, row);
    return title;
  };

const edit = (rule: string, field: string, value: (quarter: Quarter) => string): Act =>
  onTask(rule, (quarter, row) => quarter.team.edit('tasks', row.id, { [column(quarter, field)]: value(quarter) }));

const userId = ({ team }: Quarter, name: string): string =>
  team.filled.notion?.users.find((user) => user.name === name)?.id ?? '';

const moveMilestone: Act = onTask('milestone-overdue', ({ team }, task) => {
  const subject = parseKey(keyOf(task) ?? '')?.subject;
  const milestone = team.rows('milestones').find(({ id }) => subjectOf(id) === subject);
  team.edit('milestones', milestone?.id ?? '', {
    [team.source('milestones').fields.due?.property ?? '']: '2026-12-30',
  });
});

/** What one person owns is nobody's any more; what is nobody's is somebody's. */
const ownersChange = (
  of: (words: Quarter['words']) => string | undefined,
  become: (words: Quarter['words']) => string | undefined,
): Act => {
  return (quarter) => {
    const { team, words } = quarter;
    const [from, to] = [of(words), become(words)].map((name) => (name === undefined ? [] : [userId(quarter, name)]));
    const owned = team.rows('partnerships').filter(({ values }) => String(values[words.owner]) === String(from));
    for (const { id } of owned) team.sandbox.notion?.edit(id, { [words.owner]: to ?? [] });
    return `${owned.length} partnerships`;
  };
};

const ACTS: Readonly<Record<Day, readonly [told: string, act: Act]>> = {
  '2026-11-25': ['a milestone gets a later date', moveMilestone],
  '2026-11-26': ['a task gets another title', edit('milestone-overdue', 'title', ({ words }) => words.title)],
  '2026-11-27': ['a task gets another day', edit('review-due', 'due', () => '2026-12-11')],
  '2026-11-30': [
    'a task is handed to somebody else',
    onTask('review-due', (quarter, row) => {
      const { team, words } = quarter;
      team.sandbox.notion?.edit(row.id, { [column(quarter, 'assignee')]: [userId(quarter, words.successor)] });
    }),
  ],
  '2026-12-01': ['a task gets another note', edit('milestone-overdue', 'note', ({ words }) => words.note)],
  '2026-12-02': ['a task is begun', edit('review-due', 'status', ({ words }) => words.doing)],
  '2026-12-03': ['a task is put off', edit('review-due', 'snoozeUntil', () => '2027-01-11')],
  '2026-12-07': [
    'a task is copied',
    onTask('milestone-overdue', ({ team }, row) => void team.sandbox.notion?.duplicate(row.id)),
  ],
  '2026-12-08': ['a task is thrown away', onTask('review-due', ({ team }, row) => team.sandbox.notion?.trash(row.id))],
  '2027-01-04': [
    'an owner leaves',
    ownersChange(
      ({ leaver }) => leaver,
      () => undefined,
    ),
  ],
  '2027-01-07': [
    'somebody takes over',
    ownersChange(
      () => undefined,
      ({ successor }) => successor,
    ),
  ],
};

/** On Fridays people tick off what is due, every third thing left lying. */
function tickOff(quarter: Quarter, day: Day): readonly string[] {
  const { team, words, touched } = quarter;
  const due = team.rows('tasks').filter((row) => {
    const until = textOf(quarter, row, 'due');
    return isOpen(quarter, row) && !touched.has(row.id) && until !== '' && until <= day;
  });
  const ticked = due.filter((_, index) => index % 3 !== 2);
  for (const { id } of ticked) team.edit('tasks', id, { [column(quarter, 'status')]: words.done });
  return ticked.map((row) => textOf(quarter, row, 'title'));
}

/** A change of the task table in the words of those who read it. */
function told({ kind, row, fields, reason }: ReportedChange): readonly string[] {
  const after = (field: string): string => String(fields[field]?.after ?? '');
  if (kind === 'create') {
    const note = after('note')
      .replaceAll('\n', '\n      ')
      .replace(/ ?https?:\S+/g, '');
    return [`  + ${after('title')} | ${after('due')} | ${after('assignee')}\n      ${note}`];
  }
  if (kind === 'close') return [`  x ${row?.title}: ${reason.text}`];
  const moved = Object.entries(fields)
    .filter(([field]) => field !== 'stamp' && field !== 'partnership')
    .map(([field, { before, after: now }]) => `${field}: ${before} -> ${now}`.replaceAll('\n', ' / '));
  // That a week or a quarter has passed over an open task is remembered in its stamp alone.
  return moved.length === 0 ? [] : [`  ~ ${row?.title}\n      ${moved.join('\n      ').replace(/ ?https?:\S+/g, '')}`];
}

describe.each(['korean', 'english'] as const)('a quarter of the %s team', (sample) => {
  const days = new Map<Day, readonly string[]>();
  let quarter: Quarter;
  beforeAll(async () => {
    const team = await openTeam(sample, { direct: true });
    quarter = { team, words: WORDS[sample], touched: new Set() };
    for (let day = ANCHOR; day <= LAST; day = addDays(day, 1)) {
      if (weekdayOf(day) > 5) continue;
      const lines: string[] = [];
      const [happens, act] = ACTS[day] ?? [];
      if (act !== undefined) lines.push(`  by hand: ${happens}: ${act(quarter)}`);
      if (!isDown(day)) {
        const { report, exitCode } = await team.sync(day, { allowMassChange: day === ANCHOR });
        expect(exitCode, JSON.stringify(report.errors)).toBe(0);
        lines.push(...report.plan.changes.filter(({ source }) => source === 'tasks').flatMap(told));
      }
      if (weekdayOf(day) === 5) lines.push(...tickOff(quarter, day).map((title) => `  ticked off: ${title}`));
      days.set(day, lines);
    }
  }, 600_000);
  afterAll(() => quarter.team.close());

  it('is what a manager would find right', () => {
    const text = [...days].filter(([, lines]) => lines.length > 0).map(([day, lines]) => [day, ...lines].join('\n'));
    expectGolden(`quarter-${sample}.txt`, `${text.join('\n\n')}\n`);
  });
});
