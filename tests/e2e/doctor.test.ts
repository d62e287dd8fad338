import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ended, endProcesses, start } from '../support/process-world.js';
import { openTeam, type Team } from '../support/team.js';

endProcesses();

let team: Team;
let folder = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-doctor-'));
  team = await openTeam('english');
});
afterAll(async () => {
  await team.close();
  rmSync(folder, { recursive: true, force: true });
});

function doctor(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const given = Object.entries({ ...team.env, ...env }).filter(([, value]) => value !== undefined);
  return start(['doctor', ...args], Object.fromEntries(given) as Record<string, string>, { cwd: folder }).ended;
}

describe('tandem doctor', () => {
  it('finds all well, names whose the tokens are, and changes nothing', async () => {
    const { code, stdout, stderr } = await doctor(['--config', team.file, '--json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { findings } = JSON.parse(stdout);
    expect(findings.map(({ about, state }: { about: string; state: string }) => `${about} ${state}`)).toEqual([
      'node ok',
      'languages ok',
      'state ok',
      'configuration ok',
      'notion ok',
      'airtable ok',
    ]);
    expect(stdout).toContain('Harbor Partners');
    expect(team.writes()).toEqual([]);
  });

  it.each([
    { trouble: 'no configuration', args: () => [], env: {}, code: 0, says: ['! configuration', '`tandem init`'] },
    {
      trouble: 'a token nobody knows',
      args: () => ['--config', team.file],
      env: { NOTION_TOKEN: 'ntn_wrong_token' },
      code: 4,
      says: ['✗ notion', 'auth-invalid-token', '✓ airtable', 'run tandem doctor again'],
    },
    {
      trouble: 'no token',
      args: () => ['--config', team.file],
      env: { NOTION_TOKEN: '' },
      code: 3,
      says: ['✗ configuration', 'NOTION_TOKEN_FILE'],
    },
    {
      trouble: 'a Redis that does not answer',
      args: () => [],
      env: { REDIS_URL: 'redis://:secret@127.0.0.1:1' },
      code: 6,
      says: ['✗ state', 'redis-unavailable', 'Start Redis'],
    },
  ])('told of $trouble: exit $code, and what to do next', async ({ args, env, code, says }) => {
    const ended = await doctor(args(), env);
    for (const words of says) expect(ended.stdout).toContain(words);
    expect(ended).toMatchObject({ code, stderr: '' });
    expect(ended.stdout).toContain('Next: ');
    expect(ended.stdout).not.toMatch(/secret|ntn_wrong/);
  });
});
