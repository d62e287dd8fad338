import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { JournalEntry } from '../../src/pipeline/journal.js';
import { openTeam, type Team } from '../support/team.js';
import { worldOf } from '../support/team-world.js';
import { runVerb } from '../support/verb.js';

let team: Team;
let undisturbed: unknown;

beforeAll(async () => {
  team = await openTeam('english');
  const twin = await openTeam('english');
  await twin.sync();
  undisturbed = worldOf(twin);
  await twin.close();
});
afterAll(() => team.close());

it('a journal that cannot be written costs nothing but the journal, and is told', async () => {
  const other = await openTeam('english');
  const file = join(other.file, '..', 'no-folder');
  writeFileSync(file, '');
  const { code, stdout } = await runVerb(other, 'sync', ['--json'], { TANDEM_JOURNAL: file });
  expect(code).toBe(5);
  expect(JSON.parse(stdout).errors).toMatchObject([{ code: 'journal-unwritable' }]);
  expect(worldOf(other)).toEqual(undisturbed);
  await other.close();
});

it('has one line per row written: run, rule, row, before, after and outcome', async () => {
  const folder = join(team.file, '..', 'journal');
  mkdirSync(folder);
  const { code, stdout } = await runVerb(team, 'sync', ['--json'], { TANDEM_JOURNAL: folder });
  expect(code).toBe(0);
  const report = JSON.parse(stdout);
  const [file = ''] = readdirSync(folder);
  const text = readFileSync(join(folder, file), 'utf8');
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line): JournalEntry => JSON.parse(line));
  const { updates, creates, closes } = report.plan.summary;
  // A created task is written twice: as a draft, then promoted.
  expect(lines).toHaveLength(updates + closes + 2 * creates);
  expect(new Set(lines.map(({ run }) => run))).toEqual(new Set([report.runId]));
  const change = report.plan.changes.find(({ source }: { source: string }) => source === 'partnerships');
  const line = lines.find(({ row }) => row.id === change.row.id);
  expect(line).toMatchObject({ rule: change.reason.code, kind: 'update', outcome: 'done', error: null });
  expect(line?.cells).toContainEqual({
    property: change.fields.status.property,
    before: change.fields.status.before,
    after: change.fields.status.after,
  });
  const drafts = lines.filter(({ kind }) => kind === 'create');
  expect(drafts.map(({ row }) => row.id).sort()).toEqual(
    team
      .changed()
      .filter(({ property }) => property === '(created)')
      .map(({ rowId }) => rowId)
      .sort(),
  );
  for (const token of Object.values(team.env))
    if (token?.startsWith('ntn') || token?.startsWith('pat')) expect(text).not.toContain(token);
});

it('has no line for a run that wrote nothing, and none when it is off', async () => {
  const folder = join(team.file, '..', 'quiet');
  expect((await runVerb(team, 'sync', ['--json'], { TANDEM_JOURNAL: folder })).code).toBe(0);
  expect(() => readdirSync(folder)).toThrow();
});
