/** Performance: the KPIs that count today, rolled up by weight. */
import type { Facts, KpiFact } from '../facts.js';
import { oncePer } from '../once.js';
import { labelKey } from '../vocabulary.js';
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
  const { perspectives } = facts.policy.kpi;
  const told = currentKpis(facts).flatMap((kpi) => evidenceOf(kpi) ?? []);
  return meanOf('kpis', Object.keys(perspectives).length === 0 ? told : byPerspective(told, facts));
}

/**
 * The weight of each perspective of a scorecard, shared among the KPIs that are measured under it by their own weights.
 * A perspective the policy does not name weighs 1, and so do the KPIs under none.
 */
function byPerspective(told: readonly Evidence[], { kpis, policy }: Facts): readonly Evidence[] {
  const under = new Map(kpis.map(({ row, assessment }) => [row.id, labelKey(assessment.perspective ?? '')]));
  const nameOf = ({ row }: Evidence): string => under.get(row.id) ?? '';
  const sums = new Map<string, number>();
  for (const item of told) sums.set(nameOf(item), (sums.get(nameOf(item)) ?? 0) + item.weight);
  const named = new Map(Object.entries(policy.kpi.perspectives).map(([name, weight]) => [labelKey(name), weight]));
  return told.map((item) => {
    const sum = sums.get(nameOf(item)) ?? 0;
    return { ...item, weight: sum > 0 ? ((named.get(nameOf(item)) ?? 1) * item.weight) / sum : 0 };
  });
}

function evidenceOf({ assessment }: KpiFact): Evidence | undefined {
  const { row, status, achievement, pace, readOn, weight } = assessment;
  if (achievement === undefined || status === 'too-early' || status === 'not-computable') return undefined;
  const params = pace === undefined ? { achievement, status } : { achievement, status, pace };
  const credit = clamp(status === 'achieved' ? 1 : (pace ?? achievement), 0, 1);
  const evidence = { code: 'kpi', entity: 'kpis', row, params, credit, weight } as const;
  return readOn === undefined ? evidence : { ...evidence, day: readOn };
}
