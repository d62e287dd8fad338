/** Performance: the KPIs that count today, rolled up by weight. */
import type { Facts, KpiFact } from '../facts.js';
import { clamp, type Evidence, type Measure, meanOf, weightedMean } from './factor.js';

const EPSILON = 1e-9;

export const currentKpis = (facts: Facts): readonly KpiFact[] => facts.kpis.filter((kpi) => kpi.current);

/** Share of the weight of today's KPIs that is measured; undefined when there are none. */
export function coverageOf(facts: Facts): number | undefined {
  return weightedMean(
    currentKpis(facts).map(({ assessment: { status, weight } }) => ({
      weight,
      value: status === 'not-computable' ? 0 : 1,
    })),
  );
}

/** Whether so few of today's KPIs are measured that no status can be given. */
export function lacksCoverage(facts: Facts): boolean {
  const coverage = coverageOf(facts);
  return coverage !== undefined && coverage < facts.policy.health.minimumCoverage - EPSILON;
}

/** KPIs by pace while they run and by achievement once they are over; those too early to judge are left out. */
export function performance(facts: Facts): readonly Measure[] {
  if (lacksCoverage(facts)) return [];
  return meanOf('kpis', currentKpis(facts).flatMap(evidenceOf));
}

function evidenceOf({ assessment }: KpiFact): readonly Evidence[] {
  const { row, status, achievement, pace, readOn, weight } = assessment;
  if (achievement === undefined || status === 'too-early' || status === 'not-computable') return [];
  return [
    {
      code: 'kpi',
      entity: 'kpis',
      row,
      ...(readOn === undefined ? {} : { day: readOn }),
      params: { achievement, status, ...(pace === undefined ? {} : { pace }) },
      credit: clamp(status === 'achieved' ? 1 : (pace ?? achievement), 0, 1),
      weight,
    },
  ];
}
