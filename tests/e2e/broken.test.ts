import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/calendar.js';
import type { EntityName } from '../../src/domain/entities.js';
import type { RunReport } from '../../src/pipeline/report.js';
import type { SampleName } from '../../src/sandbox/samples/index.js';
import { notion, pagesOf } from '../support/breaking.js';
import { ACCESS, ANSWERS, type Break, COLUMNS } from '../support/breaks.js';
import { ANCHOR, openTeam, type Team } from '../support/team.js';
import { endOf, type WorldText } from '../support/team-world.js';

/** A Monday a week on: what drifts is due to be written, so a run that goes on has something to write. */
const LATER = addDays(ANCHOR, 7);

/** What happened in the week: a review was held, a renewal decided, a milestone done, a risk became critical. */
function live(team: Team): void {
  const korean = team.sample === 'korean';
  const partner = korean ? '여울목페이' : 'Rookery Retail';
  const { id } = team.row('partnerships', korean ? '파트너사' : 'Partner', partner);
  const review = korean
    ? { 파트너사: [id], 종류: '성과 점검', 실시일: addDays(ANCHOR, 2), 상태: '실시' }
    : { Partner: [id], Kind: 'Business review', 'Held on': addDays(ANCHOR, 2), State: 'Held' };
  pagesOf(team).addPage(notion(team, 'reviews'), review, { id: '77777777-7777-4777-8777-777777777777' });
  const [name, done, decision] = korean ? ['마일스톤', '완료일', '갱신 결정'] : ['Milestone', 'Done on', 'Renewal'];
  const milestone = korean ? '라온결핀테크 1차 납품' : 'Fernpoint Pay first delivery';
  team.edit('milestones', team.row('milestones', name, milestone).id, { [done]: addDays(ANCHOR, 3) });
  const agreement = korean
    ? team.row('agreements', '계약', '도담비전랩 협력 계약')
    : team.row('agreements', 'Agreement', 'Cairnvale Research partnership agreement');
  team.edit('agreements', agreement.id, { [decision]: korean ? '갱신' : 'Renew' });
  const [likelihood, impact] = korean ? ['가능성', '영향'] : ['Likelihood', 'Impact'];
  const state = korean ? '상태' : 'State';
  const open = team.rows('risks').find(({ values }) => values[state] === (korean ? '대응 중' : 'Mitigating'));
  team.edit('risks', open?.id ?? '', { [likelihood]: 5, [impact]: 5 });
}

const JUDGED: readonly EntityName[] = [
  'partnerships',
  'kpis',
  'measurements',
  'milestones',
  'reviews',
  'risks',
  'agreements',
  'interactions',
  'contacts',
];

/** "table row property" of every cell that differs, with the value of the second world. */
function differences(from: WorldText, to: WorldText): ReadonlyMap<string, unknown> {
  const cells = new Map<string, unknown>();
  for (const [table, rows] of Object.entries(to)) {
    for (const [row, values] of Object.entries(rows)) {
      for (const [property, value] of Object.entries(values)) {
        const before = from[table]?.[row]?.[property];
        if (JSON.stringify(before) !== JSON.stringify(value)) cells.set(`${table}\t${row}\t${property}`, value);
      }
    }
  }
  return cells;
}

function valueAt(world: WorldText, cell: string): unknown {
  const [table = '', row = '', property = ''] = cell.split('\t');
  return world[table]?.[row]?.[property];
}

const inColumn = (cell: string, column: string | undefined): boolean => {
  const [table, , property] = cell.split('\t');
  return `${table} ${property}` === column;
};

describe('something breaks', () => {
  const twins = new Map<SampleName, WorldText>();
  let team: Team | undefined;
  beforeAll(async () => {
    for (const sample of ['korean', 'english'] as const) {
      const twin = await openTeam(sample);
      await twin.sync();
      live(twin);
      const { report, exitCode } = await twin.sync(LATER);
      expect(exitCode).toBe(0);
      expect(report.applied.closed).toBeGreaterThanOrEqual(3);
      expect(report.plan.changes.some(({ reason }) => reason.code === 'status-changed')).toBe(true);
      twins.set(sample, endOf(twin));
      await twin.close();
    }
  });
  afterEach(() => team?.close());

  it.each([...COLUMNS, ...ACCESS, ...ANSWERS])('$name', async (hurt) => {
    const twin = twins.get(hurt.sample) ?? {};
    team = await openTeam(hurt.sample);
    await team.sync();
    live(team);
    const mend = await hurt.hurt(team);
    const before = endOf(team);
    const { report, exitCode } = await team.sync(LATER);
    const after = endOf(team);

    expect(report.errors.map(({ message }) => message).join('\n')).not.toContain('ntn_');
    expect(exitCode, JSON.stringify(report.errors)).toBe(hurt.exit);
    if (hurt.incomplete === 'some') expect(report.incomplete.length).toBeGreaterThan(0);
    else expect([...report.incomplete].sort()).toEqual([...hurt.incomplete].sort());
    expectTold(report, hurt);

    // Whatever was written would have been written without the trouble as well.
    const written = [...differences(before, after)].filter(([cell]) => !inColumn(cell, hurt.column));
    const wrong = written.filter(([cell, value]) => JSON.stringify(valueAt(twin, cell)) !== JSON.stringify(value));
    expect(wrong).toEqual([]);
    if (report.incomplete.some((entity) => JUDGED.includes(entity))) {
      expect(report.plan.changes.filter(({ source }) => source === 'partnerships')).toEqual([]);
    }
    // The rest goes on.
    if (hurt.stops) expect(written).toEqual([]);
    else expect(written.length).toBeGreaterThan(0);
    if (hurt.harmless) {
      const missed = [...differences(after, twin)].filter(([cell]) => !inColumn(cell, hurt.column));
      expect(missed).toEqual([]);
    }

    await mend();
    const mended = await team.sync(LATER);
    expect(mended.exitCode).toBe(0);
    expect(endOf(team)).toEqual(twin);
    expect((await team.sync(LATER)).report.applied).toMatchObject({ updated: 0, created: 0, closed: 0 });
  });
});

function expectTold(report: RunReport, { says, exit }: Break): void {
  const told = JSON.stringify([report.errors, report.dataIssues]);
  for (const word of says) expect(told).toContain(word);
  if (exit !== 0) expect(report.errors.length).toBeGreaterThan(0);
  for (const error of report.errors) {
    expect(error.next.length).toBeGreaterThan(20);
    expect(error.source).not.toBeNull();
  }
}
