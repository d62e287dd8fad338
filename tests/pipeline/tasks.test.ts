import { expect, it } from 'vitest';
import { canonicalise } from '../../src/connectors/notion/canonicalise.js';
import type { Person } from '../../src/domain/entities.js';
import { resolveSource } from '../../src/domain/source.js';
import type { Assignee, DesiredTask } from '../../src/domain/tasks.js';
import { CATALOGUES } from '../../src/messages/index.js';
import { planTasks, type TaskContext } from '../../src/pipeline/tasks.js';

/** Tasks and partnerships in Notion, milestones in Airtable. */
const CONNECTIONS: Readonly<Record<string, string>> = {
  tasks: 'notion',
  partnerships: 'notion',
  milestones: 'airtable',
};
const source = resolveSource(
  {
    entity: 'tasks',
    connection: 'notion',
    location: { type: 'memory', id: 'tasks' },
    fields: { title: { property: 'Task' }, key: { property: 'Key' }, assignee: { property: 'Who' } },
    manages: {},
  },
  {
    id: 'tasks',
    title: 'Tasks',
    url: '',
    properties: [
      { id: 'title', name: 'Task', type: 'title', writable: true },
      { id: 'key', name: 'Key', type: 'rich_text', writable: true },
      { id: 'who', name: 'Who', type: 'people', writable: true },
    ],
  },
);

const milestoneTask = (...assignees: readonly Assignee[]): DesiredTask => ({
  ...{ key: 'td1.one.milestone-overdue.2026-11-02.aaaaaaaaaa', rule: 'milestone-overdue' },
  ...{ occurrence: '2026-11-02', subject: 'aaaaaaaaaa', due: '2026-11-05', partnerships: [], evidence: [] },
  ...{ message: { code: 'milestone-overdue', params: { title: 'Ship', date: '2026-11-02' } }, assignees },
  ...{ issues: [], standsFor: [], severity: 'medium' },
});

const contextWith = (seen: readonly Person[]): TaskContext => ({
  ...{ source, canonicalise, catalogue: CATALOGUES.en, asOf: '2026-11-24', people: [], seen, related: false },
  connectionOf: (entity) => CONNECTIONS[entity],
});

function planned(assignees: Assignee | readonly Assignee[], seen: readonly Person[]) {
  const desired = milestoneTask(...[assignees].flat());
  const { changes, issues } = planTasks([{ kind: 'create', desired }], contextWith(seen));
  const written = changes[0]?.fields.find(({ field }) => field === 'assignee')?.after;
  return { written, issues: issues.map(({ code }) => code) };
}

const lee = { id: 'usrLEELEELEELEE1', email: 'lee@example.com', name: 'Lee' };

it("never writes an owner's id of another tool: the person is found again by e-mail", () => {
  const here = { id: '05e50001-0000-4000-8000-000000000002', email: 'lee@example.com' };
  const { written, issues } = planned({ person: lee, from: 'milestones' }, [here]);
  expect(written).toMatchObject({ kind: 'people', people: [{ id: here.id }] });
  expect(issues).toEqual([]);
});

it('asks the next person who may be asked when the tool does not know the first', () => {
  const owner = { id: '05e50001-0000-4000-8000-000000000003', name: 'Kim' };
  const { written, issues } = planned(
    [
      { person: lee, from: 'milestones' },
      { person: owner, from: 'partnerships' },
    ],
    [],
  );
  expect(written).toMatchObject({ kind: 'people', people: [{ id: owner.id }] });
  expect(issues).toEqual([]);
});

it('leaves the assignee empty and says so when the owner is not known in the tool of the tasks', () => {
  expect(planned({ person: lee, from: 'milestones' }, [])).toEqual({
    written: undefined,
    issues: ['assignee-refused'],
  });
});

it('copies the id of an owner within one tool', () => {
  const { written } = planned({ person: { id: 'known-in-notion' }, from: 'partnerships' }, []);
  expect(written).toEqual({ kind: 'people', people: [{ id: 'known-in-notion' }] });
});

it('fills only what is empty where no stamp tells a draft from a row a person has worked on', () => {
  const cells = new Map([['title', { kind: 'text', text: 'In my own words' } as const]]);
  const ref = { id: 'row', title: 'In my own words', url: '' };
  const key = 'td1.one.milestone-overdue.2026-11-02.aaaaaaaaaa';
  const desired = milestoneTask({ person: { id: 'known-in-notion' }, from: 'partnerships' });
  const { changes } = planTasks(
    [
      {
        kind: 'update',
        desired,
        promote: true,
        task: {
          ...{ ref, key, stamp: undefined },
          identity: { workspace: 'one', rule: 'milestone-overdue', occurrence: '2026-11-02', subject: 'aaaaaaaaaa' },
          row: { entity: 'tasks', ...ref, values: {}, unreadable: new Set<string>() },
          raw: { id: 'row', url: '', createdTime: '', trashed: false, cells },
        },
      },
    ],
    contextWith([]),
  );
  expect(changes.map(({ fields }) => fields.map(({ field }) => field))).toEqual([['assignee']]);
});
