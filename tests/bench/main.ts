/**
 * `npm run bench`: what a run costs, as ratios measured here and now. Calls against the fewest the platforms
 * allow, and how the time of the judgement grows with the number of partnerships.
 */
import { assess } from '../../src/domain/assess.js';
import type { EntityName, EntityRow, Values } from '../../src/domain/entities.js';
import { DEFAULT_POLICY } from '../../src/domain/policy.js';
import type { Snapshot } from '../../src/domain/snapshot.js';
import type { RunReport } from '../../src/pipeline/report.js';
import { SAMPLES, type SampleName } from '../../src/sandbox/samples/index.js';
import { openTeam, type Team } from '../support/team.js';
import { benchAssessment } from './assessment.js';

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const PAGE = 100;
const AIRTABLE_BATCH = 10;

/** Calls a full run cannot do without: schemas, pages, relations past 25, changed rows, two per created task. */
function floorOf(team: Team, report: RunReport): { readonly reads: number; readonly writes: number } {
  const bases = new Set<string>();
  let [reads, writes] = [0, 0];
  for (const source of team.config.sources) {
    const { location, entity } = source;
    const own = report.plan.changes.filter((change) => change.source === entity);
    const creates = own.filter((change) => change.kind === 'create').length;
    const live = team.rows(entity).filter((row) => !row.inTrash);
    reads += Math.max(1, Math.ceil((live.length - creates) / PAGE));
    if (location.type === 'airtable') bases.add(location.base);
    else reads += 1;
    writes +=
      location.type === 'airtable' ? Math.ceil(own.length / AIRTABLE_BATCH) : own.length - creates + 2 * creates;
  }
  return { reads: reads + bases.size + longRelations(team), writes };
}

/** Relations with more ends than Notion shows at once, each a call of its own. */
function longRelations(team: Team): number {
  const shown = 25;
  return team.config.sources
    .filter(({ location }) => location.type === 'notion')
    .flatMap(({ entity, fields }) => {
      const mapped = new Set(Object.values(fields).map(({ property }) => property));
      const rows = team.rows(entity).filter((row) => !row.inTrash);
      return rows.flatMap(({ values }) => Object.entries(values).filter(([name]) => mapped.has(name)));
    })
    .filter(([, value]) => Array.isArray(value) && value.length > shown).length;
}

async function benchCalls(sample: SampleName): Promise<void> {
  const team = await openTeam(sample);
  try {
    const { report } = await team.sync();
    const floor = floorOf(team, report);
    const calls = Object.values(report.calls);
    const sum = (kind: 'reads' | 'writes') => calls.reduce((total, count) => total + count[kind], 0);
    const ratio = (spent: number, least: number) => `${spent} of at least ${least} (${(spent / least).toFixed(2)} x)`;
    print(
      `${sample}: first run, reads ${ratio(sum('reads'), floor.reads)}, writes ${ratio(sum('writes'), floor.writes)}`,
    );
    const quiet = Object.values((await team.sync()).report.calls).reduce((total, count) => total + count.writes, 0);
    print(`${sample}: second run, writes ${quiet}`);
  } finally {
    await team.close();
  }
}

function rowOf<E extends EntityName>(entity: E, id: string, values: Values<E>): EntityRow<E> {
  return { entity, id, url: '', title: id, values, unreadable: new Set() };
}

const KPIS_EACH = 4;

/** A team of a size: every partnership with four KPIs and as many milestones. */
function teamOf(size: number): Snapshot {
  const ids = Array.from({ length: size }, (_, index) => `p${index}`);
  const children = ids.flatMap((id) =>
    Array.from({ length: KPIS_EACH }, (_, index) => [id, `${id}-${index}`] as const),
  );
  const kpi = { target: 100, actual: 60, start: '2026-01-01', end: '2026-12-31' };
  const table = <E extends EntityName>(rows: readonly EntityRow<E>[]) => ({
    mapped: new Set(rows.flatMap((row) => Object.keys(row.values))),
    complete: true,
    rows,
  });
  return {
    partnerships: table(
      ids.map((id) => rowOf('partnerships', id, { name: id, tier: 'core', lastReview: '2026-09-01' })),
    ),
    kpis: table(children.map(([id, name]) => rowOf('kpis', name, { name, partnership: [id], ...kpi }))),
    milestones: table(
      children.map(([id, name]) => rowOf('milestones', `m${name}`, { name, partnership: [id], due: '2026-10-01' })),
    ),
  } as Snapshot;
}

function timeOf(size: number): number {
  const snapshot = teamOf(size);
  const options = { policy: DEFAULT_POLICY, calendar: { holidays: new Set<string>() }, asOf: '2026-11-23' };
  const times = Array.from({ length: 7 }, () => {
    const begun = performance.now();
    assess(snapshot, options);
    return performance.now() - begun;
  }).sort((left, right) => left - right);
  return times[3] ?? 0;
}

function benchJudgement(): void {
  timeOf(50);
  const [small, large] = [timeOf(200), timeOf(2000)];
  print(`judgement: ten times the partnerships take ${(large / small).toFixed(1)} times as long`);
}

for (const sample of Object.keys(SAMPLES) as SampleName[]) await benchCalls(sample);
benchJudgement();
await benchAssessment(print);
