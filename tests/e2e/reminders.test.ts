import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ReminderList } from '../../src/pipeline/reminders.js';
import { openTeam, type Team } from '../support/team.js';
import { keyOf } from '../support/team-world.js';
import { runVerb } from '../support/verb.js';

let team: Team;

beforeAll(async () => {
  team = await openTeam('english');
});
afterAll(() => team.close());

async function list(): Promise<ReminderList> {
  const { code, stdout } = await runVerb(team, 'reminders ls', ['--json', '--all']);
  expect(code).toBe(0);
  return JSON.parse(stdout);
}

const keyed = () => team.rows('tasks').filter((row) => keyOf(row) !== undefined);

it('before the first run every reminder is one that will be created, and listing writes nothing', async () => {
  const { reminders } = await list();
  const { report } = await team.plan();
  expect(reminders).toHaveLength(report.plan.summary.creates);
  expect(new Set(reminders.map(({ state, next }) => `${state} ${next}`))).toEqual(new Set(['missing create']));
  expect(team.writes()).toEqual([]);
});

it('sweep writes the task table and nothing else', async () => {
  const { code } = await runVerb(team, 'reminders sweep');
  expect(code).toBe(0);
  const tasks = team.source('tasks').location;
  expect(new Set(team.changed().map(({ source }) => source))).toEqual(
    new Set([tasks.type === 'notion' ? tasks.id : undefined]),
  );
  expect(keyed().length).toBeGreaterThan(10);
});

it('afterwards they are open, in the order of their days, each with who is to act', async () => {
  const { reminders, unanswered } = await list();
  expect(reminders).toHaveLength(keyed().length);
  expect(new Set(reminders.map(({ state }) => state))).toEqual(new Set(['open']));
  const days = reminders.map(({ due }) => due ?? '9999');
  expect(days).toEqual([...days].sort());
  expect(reminders.filter(({ assignee }) => assignee.length > 0).length).toBeGreaterThan(10);
  expect(unanswered).toEqual([]);
});

it('a task somebody copied is told, with what to do about it', async () => {
  const [original] = keyed();
  const { location } = team.source('tasks');
  if (original === undefined || location.type !== 'notion') throw new Error('no task to copy');
  team.sandbox.notion?.addPage(location.id, { Task: 'a copy', 'Tandem key': String(keyOf(original)) });
  const { code, stdout } = await runVerb(team, 'reminders ls', [], { COLUMNS: '200' });
  expect(code).toBe(0);
  expect(stdout).toContain('A copy of a task is never written.');
  expect((await list()).reminders.filter(({ state }) => state === 'copy')).toHaveLength(1);
});

it('a draft whose task somebody threw away is told as a draft that nothing is done to', async () => {
  const [original] = keyed();
  team.sandbox.notion?.trash(original?.id ?? '');
  const key = keyOf(original ?? { values: {} });
  expect((await list()).reminders.filter((listed) => listed.key === key)).toMatchObject([
    { title: 'a copy', state: 'draft', next: 'none' },
  ]);
});

it('a table that cannot be read is an error of its own, not an empty list', async () => {
  const { code, stdout } = await runVerb(team, 'reminders ls', ['--json'], { NOTION_TOKEN: 'ntn_wrong' });
  expect(code).toBe(4);
  const { errors, incomplete } = JSON.parse(stdout);
  expect(errors[0]).toMatchObject({ code: 'auth-invalid-token' });
  expect(incomplete).toContain('tasks');
});
