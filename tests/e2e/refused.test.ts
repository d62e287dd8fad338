import { afterEach, describe, expect, it } from 'vitest';
import type { RunReport } from '../../src/pipeline/report.js';
import { openTeam, type Team } from '../support/team.js';
import { runVerb } from '../support/verb.js';

let team: Team | undefined;
afterEach(() => team?.close());

describe('a change that the tool refuses is told with its row and its column', () => {
  it('in Notion, where the message names the column', async () => {
    team = await openTeam('korean');
    const { id } = team.row('partnerships', '파트너사', '여울목페이');
    team.sandbox.context.interceptor = ({ path, method }) => {
      if (method !== 'PATCH' || !path.includes(id)) return undefined;
      const message = '진행 상태 is expected to be multi_select.';
      const body = { object: 'error', status: 400, code: 'validation_error', message };
      return { kind: 'answer', status: 400, body };
    };
    const { code, stdout } = await runVerb(team, 'sync');
    expect(code).toBe(5);
    expect(stdout).toContain('error write-refused: Notion: 진행 상태 is expected to be multi_select.');
    expect(stdout).toMatch(/what: {2}“여울목페이”, column “진행 상태”\n {2}where: http/);
    expect(stdout).toContain('next:  The tool refused this one change; the others went on.');
  });

  it('in Airtable, where the row has to be found first', async () => {
    team = await openTeam('english');
    const [row] = team.rows('kpis').filter(({ values }) => values.Name === 'Fernpoint Pay NPS');
    const target = row ?? team.rows('kpis')[0];
    team.sandbox.context.interceptor = ({ tool, write, body }) => {
      if (tool !== 'airtable' || !write || !JSON.stringify(body).includes(target?.id ?? '-')) return undefined;
      const error = {
        type: 'INVALID_VALUE_FOR_COLUMN',
        message: 'Field "Achievement" cannot accept the provided value',
      };
      return { kind: 'answer', status: 422, body: { error } };
    };
    const { code, stdout } = await runVerb(team, 'sync', ['--json']);
    expect(code).toBe(5);
    const { errors, applied }: RunReport = JSON.parse(stdout);
    expect(applied.failed).toBe(1);
    expect(errors).toEqual([
      expect.objectContaining({
        code: 'write-refused',
        source: 'kpis',
        title: String(target?.values.Name ?? target?.values.KPI),
        property: 'Achievement',
        where: expect.stringContaining(target?.id ?? '-'),
      }),
    ]);
  });

  it('many rows with the same trouble are told once, by name and number', async () => {
    team = await openTeam('korean');
    team.sandbox.context.interceptor = ({ path, method }) => {
      if (method !== 'PATCH' || !path.startsWith('/v1/pages/')) return undefined;
      const body = { object: 'error', status: 400, code: 'validation_error', message: 'nothing may be written today' };
      return { kind: 'answer', status: 400, body };
    };
    const { stdout } = await runVerb(team, 'sync');
    expect(stdout.split('error write-refused').length - 1).toBeLessThan(20);
    expect(stdout).toMatch(/rows: {2}“[^”]+”, “[^”]+”, “[^”]+” and \d+ more/);
  });
});
