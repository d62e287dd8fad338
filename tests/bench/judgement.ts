/** How the time of the judgement grows with the number of partnerships. */
import { assess } from '../../src/domain/assess.js';
import type { EntityName, EntityRow, Values } from '../../src/domain/entities.js';
import { DEFAULT_POLICY } from '../../src/domain/policy.js';
import type { Snapshot } from '../../src/domain/snapshot.js';
import type { Bench } from './bench.js';

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

export const judgement: Bench = {
  name: 'judgement',
  run: async ({ say }) => {
    timeOf(50);
    const growth = timeOf(2000) / timeOf(200);
    say(`judgement: ten times the partnerships take ${growth.toFixed(1)} times as long`);
    return { document: { growthAtTenTimes: growth }, missed: [] };
  },
};
