/** Performance: the KPIs that count today, rolled up by weight. */
import type { Facts, KpiFact } from '../facts.js';
import { oncePer } from '../once.js';
import { clamp, type Evidence, type Measure, meanOf, weightedMean } from './factor.js';

const EPSILON = 1e-9;

export const currentKpis = oncePer((facts: Facts): readonly KpiFact[] => facts.kpis.filter((kpi) => kpi.current));

/** The weight of a KPI in its partnership. */
export const weightOfKpi = ({ assessment }: KpiFact): number => assessment.weight;

/** Share of the weight of today's KPIs that is measured; undefined when there are none. */
export const coverageOf = oncePer((facts: Facts): number | undefined =>
  weightedMean(currentKpis(facts), weightOfKpi, ({ assessment }) => (assessment.status === 'not-computable' ? 0 : 1)),
);

/** Whether so few of today's KPIs are measured that no status can be given. */
export function lacksCoverage(facts: Facts): boolean {
  const coverage = coverageOf(facts);
  return coverage !== undefined && coverage < facts.policy.health.minimumCoverage - EPSILON;
}

/** KPIs by pace while they run and by achievement once they are over; those too early to judge are left out. */
export function performance(facts: Facts): readonly Measure[] {
  if (lacksCoverage(facts)) return [];
  return meanOf(
    'kpis',
    currentKpis(facts).flatMap((kpi) => evidenceOf(kpi) ?? []),
  );
}

function evidenceOf({ assessment }: KpiFact): Evidence | undefined {
  const { row, status, achievement, pace, readOn, weight } = assessment;
  if (achievement === undefined || status === 'too-early' || status === 'not-computable') return undefined;
  const params = pace === undefined ? { achievement, status } : { achievement, status, pace };
  const credit = clamp(status === 'achieved' ? 1 : (pace ?? achievement), 0, 1);
  const evidence = { code: 'kpi', entity: 'kpis', row, params, credit, weight } as const;
  return readOn === undefined ? evidence : { ...evidence, day: readOn };
}
