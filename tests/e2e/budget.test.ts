import { afterEach, describe, expect, it } from 'vitest';
import type { RunReport } from '../../src/pipeline/report.js';
import { openTeam, type Team } from '../support/team.js';

/** Calls of a first run: one description of the base and a page or more of each of its three tables, then the writes. */
const IN_AIRTABLE = ['kpis', 'measurements', 'agreements'];

let team: Team | undefined;
afterEach(() => team?.close());

const openWith = async (callsPerMonth: number | undefined): Promise<Team> => {
  team = await openTeam('english', {
    configure: (document) => {
      if (callsPerMonth !== undefined) document.setIn(['connections', 'airtable', 'callsPerMonth'], callsPerMonth);
    },
  });
  return team;
};
const asked = (from: Team, tool: 'notion' | 'airtable') =>
  from.sandbox.context.requests.filter((request) => request.tool === tool);
const written = (from: Team, tool: 'notion' | 'airtable') => asked(from, tool).filter(({ write }) => write);
const codes = (report: RunReport) => new Set(report.errors.map(({ code }) => code));

/** Calls of Airtable that an unlimited first run makes. */
async function wholeRun(): Promise<{ readonly reads: number; readonly writes: number }> {
  const free = await openWith(undefined);
  await free.sync();
  const writes = written(free, 'airtable').length;
  const reads = asked(free, 'airtable').length - writes;
  await free.close();
  return { reads, writes };
}

describe('the calls of a month', () => {
  it('a month that cannot even hold the reading: Airtable is not asked at all, the rest goes on, what rests on it is frozen', async () => {
    const poor = await openWith(3);
    const { report, exitCode } = await poor.sync();
    expect(asked(poor, 'airtable')).toEqual([]);
    expect(exitCode).toBe(6);
    expect([...report.incomplete].sort()).toEqual([...IN_AIRTABLE].sort());
    expect(codes(report)).toEqual(new Set(['budget-spent']));
    expect(report.errors[0]?.message).toBe(
      'The connection "airtable" has used 0 of its 3 calls of 2026-11, and at least 4 more are needed.',
    );
    expect(report.errors[0]?.next).toContain('first of the month');
    expect(report.plan.changes.filter(({ source }) => source === 'partnerships')).toEqual([]);
    expect(report.calls.notion?.reads).toBeGreaterThan(0);
  });

  it('a month with room for the reading and not for the writes: no write begins that cannot be ended', async () => {
    const { reads, writes } = await wholeRun();
    const tight = await openWith(reads + writes - 1);
    const { report, exitCode } = await tight.sync();
    expect(exitCode).toBe(6);
    expect(report.incomplete).toEqual([]);
    expect(written(tight, 'airtable')).toEqual([]);
    expect(written(tight, 'notion').length).toBeGreaterThan(0);
    expect(report.applied.failed).toBe(report.errors.length);
    expect(codes(report)).toEqual(new Set(['budget-spent']));
    expect(report.applied.unknown).toBe(0);
    expect(report.notes.join()).toContain(`${writes} more are needed`);

    // The next month begins at nothing.
    tight.clock.skip(20 * 86_400_000);
    const { report: december } = await tight.plan();
    expect(december.notes.join()).toContain(`has used ${reads} of its ${reads + writes - 1} calls of 2026-12`);
  });

  it('a plan says before that its writes will not fit', async () => {
    const { reads, writes } = await wholeRun();
    const { report, exitCode } = await (await openWith(reads + writes - 1)).plan();
    expect(exitCode).toBe(0);
    expect(report.notes.join()).toContain('"airtable" has used');
  });

  it('is counted call by call, those of earlier runs among them', async () => {
    const { reads, writes } = await wholeRun();
    const frugal = await openWith(reads + writes + reads);
    expect((await frugal.sync()).exitCode).toBe(0);
    expect((await frugal.plan()).exitCode).toBe(0);
    const { report, exitCode } = await frugal.plan();
    expect(exitCode).toBe(6);
    expect(codes(report)).toEqual(new Set(['budget-spent']));
    expect(asked(frugal, 'airtable')).toHaveLength(reads + writes + reads);
  });
});

describe('a month that Airtable says is spent', () => {
  const spent = {
    kind: 'answer',
    status: 429,
    body: { error: { type: 'PUBLIC_API_BILLING_LIMIT_EXCEEDED', message: 'API billing plan limit exceeded.' } },
  } as const;

  it.each([
    { name: 'while reading: what rests on Airtable is frozen', at: 'read' },
    { name: 'while writing: what was not sent is told as such', at: 'write' },
  ])('$name; nothing more is asked of it, Notion goes on', async ({ at }) => {
    const whole = await openWith(undefined);
    let seen = 0;
    whole.sandbox.context.interceptor = (request) => {
      if (request.tool !== 'airtable') return undefined;
      const hit = at === 'read' ? request.path.includes('tblOhfyWkn02CM90x') : request.write;
      if (!hit && seen === 0) return undefined;
      seen += 1;
      return spent;
    };
    const { report, exitCode } = await whole.sync();
    expect(exitCode).toBe(6);
    expect(codes(report)).toEqual(new Set(['quota-exhausted']));
    if (at === 'write') {
      // The one request that was under way beside it is all that may follow.
      expect(seen).toBeLessThanOrEqual(2);
      expect(report.applied.unknown).toBe(0);
      expect(written(whole, 'notion').length).toBeGreaterThan(0);
    } else {
      // Pages of the other tables that were on their way already are all that may follow.
      expect(seen).toBeLessThanOrEqual(3);
      expect(report.incomplete).toContain('agreements');
      expect(written(whole, 'airtable')).toEqual([]);
    }
  });
});
