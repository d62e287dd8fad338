import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/calendar.js';
import { parseKey, subjectOf } from '../../src/domain/key.js';
import type { RunReport } from '../../src/pipeline/report.js';
import type { CellChange } from '../../src/sandbox/context.js';
import type { SampleName } from '../../src/sandbox/samples/index.js';
import { ANCHOR, openTeam, type Team, type TeamRow } from '../support/team.js';
import { keyOf, worldOf } from '../support/team-world.js';

const SAMPLES: readonly SampleName[] = ['korean', 'english'];

const fieldsOf = (mappings: Readonly<Record<string, { readonly property: string }>>): ReadonlySet<string> =>
  new Set(Object.values(mappings).map(({ property }) => property));

/** What the API wrote although it is neither managed nor on a row of ours. */
function trespasses(team: Team): readonly CellChange[] {
  const tasks = team.source('tasks');
  const taskFields = fieldsOf(tasks.fields);
  const keyed = new Set(team.rows('tasks').flatMap((row) => (keyOf(row) === undefined ? [] : [row.id])));
  return team.changed().filter((change) => {
    if (keyed.has(change.rowId)) return change.property !== '(created)' && !taskFields.has(change.property);
    return !team.config.sources.some(
      (source) => isAt(team, source.entity, change.source) && fieldsOf(source.manages).has(change.property),
    );
  });
}

function isAt(team: Team, entity: Parameters<Team['source']>[0], place: string): boolean {
  const { location } = team.source(entity);
  if (location.type === 'notion') return location.id === place;
  const tables = (team.filled.airtable?.bases ?? []).flatMap((base) => base.tables);
  return (
    location.type === 'airtable' && tables.some(({ id, name }) => id === place && [id, name].includes(location.table))
  );
}

/** Everything that belongs to people: without managed columns and without rows that carry a key. */
function humanWorld(team: Team): unknown {
  const managed = new Set(team.config.sources.flatMap(({ manages }) => [...fieldsOf(manages)]));
  return Object.entries(worldOf(team)).map(([table, rows]) => [
    table,
    Object.entries(rows)
      .filter(([name]) => parseKey(name) === undefined)
      .map(([name, values]) => [name, Object.entries(values).filter(([property]) => !managed.has(property))]),
  ]);
}

describe.each(SAMPLES)('the %s team keeps what is its own', (sample) => {
  let team: Team;
  let before: unknown;
  let written: readonly string[];
  beforeAll(async () => {
    team = await openTeam(sample);
    before = structuredClone(humanWorld(team));
    written = team.config.sources.flatMap(({ entity }) => team.rows(entity).map(({ id }) => id));
    await team.sync();
    await team.sync(addDays(ANCHOR, 8));
  });
  afterAll(() => team.close());

  it('only managed properties and rows with a key of ours are written', () => {
    expect(team.changed().length).toBeGreaterThan(500);
    expect(trespasses(team)).toEqual([]);
  });

  it('nothing is trashed or deleted', () => {
    expect(team.changed().filter(({ property }) => /^\((trashed|deleted|restored)\)$/.test(property))).toEqual([]);
  });

  it('every column of theirs is byte for byte what it was', () => {
    expect(humanWorld(team)).toEqual(before);
  });

  it('a line left blank stays blank', () => {
    const touched = new Set(team.changed().map(({ rowId }) => rowId));
    const blank = team.config.sources.flatMap(({ entity, manages }) =>
      team.rows(entity).filter((row) => touched.has(row.id) && isBlank(row, fieldsOf(manages))),
    );
    expect(blank.filter(({ id }) => written.includes(id))).toEqual([]);
  });
});

/** Nothing a person could have typed is in it; a status column always shows something, so it says nothing. */
function isBlank({ values }: TeamRow, managed: ReadonlySet<string>): boolean {
  const typed = Object.entries(values).filter(([property]) => !managed.has(property));
  const filled = typed.filter(
    ([, value]) => value !== null && value !== false && !(Array.isArray(value) && value.length === 0),
  );
  return filled.length <= 1 && !filled.some(([, value]) => typeof value !== 'string' || value.length > 12);
}

describe.each(SAMPLES)('a managed cell of the %s team that somebody edits', (sample) => {
  const OTHER = { korean: '순조', english: 'On track' }[sample];
  let team: Team;
  beforeAll(async () => {
    team = await openTeam(sample);
    await team.sync();
  });
  afterAll(() => team.close());

  const managed = (field: string) => team.source('partnerships').manages[field]?.property ?? '';
  // A Tuesday: on Mondays everything that drifted is written anyway.
  const asOf = addDays(ANCHOR, 1);
  const worst = async (): Promise<string> => {
    const { report } = await team.plan(asOf);
    return report.assessments.find(({ status }) => status === 'at-risk')?.partnership.id ?? '';
  };

  it.each(['status', 'health', 'why', 'riskFlags', 'changedOn', 'stamp'])(
    '%s is set back, and the plan says so',
    async (field) => {
      // Whatever drifted since the anchor is written by the first edit of the row, so that the next one is seen alone.
      const id = await worst();
      team.edit('partnerships', id, { [managed('trust')]: 1 });
      await team.sync(asOf);
      const before = worldOf(team);
      const edits = { status: OTHER, health: 99, why: 'fine', riskFlags: 'none', changedOn: '2020-01-01', stamp: '' };
      team.edit('partnerships', id, { [managed(field)]: edits[field as keyof typeof edits] });

      const planned = (await team.plan(asOf)).report.plan.changes;
      const writes = team.writes().length;
      const synced = await team.sync(asOf);
      expect(planned).toMatchObject([{ source: 'partnerships', row: { id }, fields: { [field]: {} } }]);
      // Without its memory Tandem cannot know that there was an edit, and the day alone tells none.
      if (field !== 'stamp' && field !== 'changedOn') expect(planned[0]?.reason.code).toBe('set-back');
      expect(synced.report.applied).toMatchObject({ updated: 1, created: 0, closed: 0 });
      expect(team.writes()).toHaveLength(writes + 1);
      expect(worldOf(team)).toEqual(before);
      expect((await team.sync(asOf)).report.applied).toMatchObject({ updated: 0 });
    },
  );

  it('a KPI somebody calls achieved is set back as well', async () => {
    await team.sync(asOf);
    const property = team.source('kpis').manages.status?.property ?? '';
    const risky = { korean: '위험', english: 'At risk' }[sample];
    const behind = team.rows('kpis').find(({ values }) => values[property] === risky);
    team.edit('kpis', behind?.id ?? '', { [property]: { korean: '달성', english: 'Achieved' }[sample] });
    expect((await team.sync(asOf)).report.applied).toMatchObject({ updated: 1 });
    expect(team.rows('kpis').find(({ id }) => id === behind?.id)?.values[property]).toBe(risky);
  });
});

/** A case: what somebody does to a task of Tandem, and which of its columns is theirs from then on. */
interface Edit {
  readonly name: string;
  readonly rule: 'milestone-overdue' | 'review-due';
  readonly hand: (team: Team, row: TeamRow) => void;
  readonly field: string;
}

const task = (team: Team, field: string): string => team.source('tasks').fields[field]?.property ?? '';
const set = (field: string, value: (team: Team, row: TeamRow) => string | null) => (team: Team, row: TeamRow) =>
  team.edit('tasks', row.id, { [task(team, field)]: value(team, row) });
const label = (canonical: 'doing' | 'done') => (team: Team) =>
  ({ korean: { doing: '진행 중', done: '완료' }, english: { doing: 'In progress', done: 'Done' } })[team.sample][
    canonical
  ];

const EDITS: readonly Edit[] = [
  { name: 'the title', rule: 'milestone-overdue', field: 'title', hand: set('title', () => 'Call them on Tuesday') },
  { name: 'the due date', rule: 'milestone-overdue', field: 'due', hand: set('due', () => '2026-12-24') },
  { name: 'the due date, taken out', rule: 'milestone-overdue', field: 'due', hand: set('due', () => null) },
  {
    name: 'the assignee',
    rule: 'milestone-overdue',
    field: 'assignee',
    hand: (team, row) => {
      const users = team.filled.notion?.users ?? [];
      const other = users.find(({ id }) => !JSON.stringify(row.values[task(team, 'assignee')]).includes(id))?.id ?? '';
      team.sandbox.notion?.edit(row.id, { [task(team, 'assignee')]: [other] });
    },
  },
  { name: 'the note', rule: 'milestone-overdue', field: 'note', hand: set('note', () => 'spoke to them, waiting') },
  { name: 'the status to doing', rule: 'review-due', field: 'status', hand: set('status', label('doing')) },
  { name: 'the status to done', rule: 'review-due', field: 'status', hand: set('status', label('done')) },
];

describe.each(SAMPLES)('on a task of the %s team', (sample) => {
  let team: Team;
  const edited = new Map<
    Edit,
    { readonly key: string; readonly id: string; readonly value: unknown; readonly note: unknown }
  >();
  beforeAll(async () => {
    team = await openTeam(sample);
    await team.sync();
    const free = team.rows('tasks').filter((row) => keyOf(row) !== undefined);
    for (const edit of EDITS) {
      const at = free.findIndex((row) => parseKey(keyOf(row) ?? '')?.rule === edit.rule);
      const [row] = free.splice(at, 1);
      if (row === undefined) throw new Error(`no task is left for ${edit.name}`);
      edit.hand(team, row);
      const now = byId(team, row.id);
      edited.set(edit, {
        key: keyOf(row) ?? '',
        id: row.id,
        value: now?.values[task(team, edit.field)],
        note: now?.values[task(team, 'note')],
      });
    }
    moveMilestones(team);
    for (const days of [0, 1, 7]) expect((await team.sync(addDays(ANCHOR, days))).exitCode).toBe(0);
  });
  afterAll(() => team.close());

  it.each(EDITS)('$name stands once somebody has changed it', (edit) => {
    const { key, id, value } = edited.get(edit)!;
    expect(byId(team, id)?.values[task(team, edit.field)]).toEqual(value);
    const ours = team.rows('tasks').filter((row) => parseKey(keyOf(row) ?? '')?.subject === parseKey(key)?.subject);
    expect(ours.filter((row) => parseKey(keyOf(row) ?? '')?.rule === edit.rule).map((row) => row.id)).toEqual([id]);
  });

  it.each(EDITS.filter(({ rule, field }) => rule === 'milestone-overdue' && field !== 'note'))(
    '$name was changed by hand, the rest still follows the milestone',
    (edit) => {
      const { id, note } = edited.get(edit)!;
      expect(byId(team, id)?.values[task(team, 'note')]).not.toEqual(note);
    },
  );

  it('a task without a key is not looked at', () => {
    const own = team.rows('tasks').filter((row) => keyOf(row) === undefined);
    expect(own.length).toBeGreaterThan(2);
    const touched = new Set(team.changed().map(({ rowId }) => rowId));
    expect(own.filter(({ id }) => touched.has(id))).toEqual([]);
  });
});

const byId = (team: Team, id: string): TeamRow | undefined => team.rows('tasks').find((row) => row.id === id);

/** Every milestone with a task was due a day earlier, as somebody finds out. */
function moveMilestones(team: Team): void {
  const due = team.source('milestones').fields.due?.property ?? '';
  const subjects = new Set(
    team.rows('tasks').flatMap((row) => {
      const identity = parseKey(keyOf(row) ?? '');
      return identity?.rule === 'milestone-overdue' ? [identity.subject] : [];
    }),
  );
  for (const row of team.rows('milestones')) {
    if (subjects.has(subjectOf(row.id)))
      team.edit('milestones', row.id, { [due]: addDays(String(row.values[due]), -1) });
  }
}

describe.each(SAMPLES)('rows of the task table of the %s team', (sample) => {
  let team: Team;
  beforeAll(async () => {
    team = await openTeam(sample);
    await team.sync();
  });
  afterAll(() => team.close());

  const keyed = (rule: string) => team.rows('tasks').filter((row) => parseKey(keyOf(row) ?? '')?.rule === rule);
  const syncs = async (): Promise<RunReport> => {
    await team.sync();
    await team.sync(addDays(ANCHOR, 1));
    return (await team.sync(addDays(ANCHOR, 7))).report;
  };

  it('a task in the trash is not made again', async () => {
    const [row] = keyed('review-due');
    team.sandbox.notion?.trash(row?.id ?? '');
    await syncs();
    const again = team.rows('tasks').filter((other) => keyOf(other) === keyOf(row ?? { values: {} }));
    expect(again).toMatchObject([{ id: row?.id, inTrash: true }]);
  });

  it('a draft of it that landed late is not made a task of once the task is in the trash', async () => {
    const [row] = keyed('kpi-stale').length > 0 ? keyed('kpi-stale') : keyed('decide-by');
    const { location } = team.source('tasks');
    const [title, key] = [task(team, 'title'), task(team, 'key')];
    const draft = team.sandbox.notion?.addPage(location.type === 'notion' ? location.id : '', {
      [title]: String(row?.values[title]),
      [key]: String(row?.values[key]),
    });
    await team.sync();
    team.sandbox.notion?.trash(row?.id ?? '');
    const before = structuredClone(byId(team, draft ?? ''));
    await syncs();
    expect(byId(team, draft ?? '')).toEqual(before);
  });

  it('a copy with its key is told once and never touched, the original goes on', async () => {
    const row = keyed('milestone-overdue')[0]!;
    const copy = team.sandbox.notion?.duplicate(row.id) ?? '';
    const before = structuredClone(byId(team, copy));
    moveMilestones(team);
    const note = byId(team, row.id)?.values[task(team, 'note')];
    const report = await syncs();
    expect(byId(team, copy)).toEqual(before);
    expect(byId(team, row.id)?.values[task(team, 'note')]).not.toEqual(note);
    expect(report.dataIssues.filter(({ code }) => code === 'key-copied')).toMatchObject([{ row: { id: copy } }]);
  });

  it('a copy does not bring a finished task back', async () => {
    const row = keyed('decide-by')[0]!;
    const copy = team.sandbox.notion?.duplicate(row.id) ?? '';
    team.edit('tasks', row.id, { [task(team, 'status')]: label('done')(team) });
    const [before, original] = [structuredClone(byId(team, copy)), structuredClone(byId(team, row.id))];
    await syncs();
    expect(byId(team, copy)).toEqual(before);
    expect(byId(team, row.id)).toEqual(original);
    expect(team.rows('tasks').filter((other) => keyOf(other) === keyOf(row))).toHaveLength(2);
  });
});

describe('a task the english team drops', () => {
  it('stays dropped', async () => {
    const team = await openTeam('english');
    await team.sync();
    const row = team.rows('tasks').find((other) => parseKey(keyOf(other) ?? '')?.rule === 'review-due')!;
    team.edit('tasks', row.id, { Status: "Won't do" });
    const before = structuredClone(byId(team, row.id));
    for (const days of [0, 1, 7]) await team.sync(addDays(ANCHOR, days));
    expect(byId(team, row.id)).toEqual(before);
    expect(team.rows('tasks').filter((other) => keyOf(other) === keyOf(row))).toHaveLength(1);
    await team.close();
  });
});
