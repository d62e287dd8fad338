/** Risks: a grade from the 25 cells of likelihood and impact, which of them are open, and whether somebody is on them. */
import { addBusinessDays, type Day } from '../calendar.js';
import type { EntityRow } from '../entities.js';
import { type Facts, refOf } from '../facts.js';
import type { RiskAssessment, RiskLevel } from '../verdict.js';
import { defineRule, type FieldPath, type Hit } from './rule.js';

export type Grade = Exclude<RiskLevel, 'none'>;

/**
 * The grade of a likelihood and an impact, both 1 to 5; undefined outside of that. A table weighted towards impact
 * rather than a product alone, since the product of two ranks puts a daily nuisance beside a rare disaster.
 */
export function gradeOf(likelihood: number | undefined, impact: number | undefined): Grade | undefined {
  if (likelihood === undefined || impact === undefined || !onScale(likelihood) || !onScale(impact)) return undefined;
  if ((impact >= 5 && likelihood >= 3) || (impact >= 4 && likelihood >= 4)) return 'critical';
  const product = likelihood * impact;
  if (product >= 12 || impact >= 5) return 'high';
  return product >= 5 || impact >= 4 ? 'medium' : 'low';
}

const onScale = (rank: number): boolean => rank >= 1 && rank <= 5;

/** The grade before treatment: a treatment counts when the risk is closed or accepted, not when it is planned. */
export function assessRisk(row: EntityRow<'risks'>): RiskAssessment {
  const grade = gradeOf(row.values.likelihood, row.values.impact);
  return { row: refOf(row), ...(grade === undefined ? {} : { grade }) };
}

/** Open, being treated, without a state that can be read, or accepted until a day that has passed. */
export function isOpenRisk({ values: { status, acceptedUntil } }: EntityRow<'risks'>, asOf: Day): boolean {
  if (status === 'accepted') return acceptedUntil !== undefined && acceptedUntil < asOf;
  return status !== 'closed';
}

const ORDER: readonly RiskLevel[] = ['none', 'low', 'medium', 'high', 'critical'];

/** The worst open grade. An open risk nobody has graded is at least low. */
export function riskLevelOf({ risks, asOf }: Facts): RiskLevel {
  const levels = risks.filter((row) => isOpenRisk(row, asOf)).map((row) => assessRisk(row).grade ?? 'low');
  return levels.reduce<RiskLevel>(
    (worst, level) => (ORDER.indexOf(level) > ORDER.indexOf(worst) ? level : worst),
    'none',
  );
}

const GRADED = ['risks.likelihood', 'risks.impact'] as const;
const reads: readonly FieldPath[] = ['risks.likelihood', 'risks.impact', 'risks.status', 'risks.acceptedUntil'];

function openWith({ risks, asOf }: Facts, grade: 'high' | 'critical'): readonly Hit[] {
  return risks
    .filter((row) => isOpenRisk(row, asOf) && assessRisk(row).grade === grade)
    .map((row) => ({
      severity: grade,
      entity: 'risks',
      row: refOf(row),
      params: { risk: row.title, likelihood: row.values.likelihood ?? 0, impact: row.values.impact ?? 0 },
    }));
}

export const riskCritical = defineRule({
  code: 'risk-critical',
  family: 'risk',
  guide: '4-4',
  severities: ['critical'],
  thresholds: [],
  requires: GRADED,
  reads,
  check: (facts) => openWith(facts, 'critical'),
});

export const riskHigh = defineRule({
  code: 'risk-high',
  family: 'risk',
  guide: '4-4',
  severities: ['high'],
  thresholds: [],
  requires: GRADED,
  reads,
  check: (facts) => openWith(facts, 'high'),
});

export const riskWithoutPlan = defineRule({
  code: 'risk-without-plan',
  family: 'risk',
  guide: '4-4',
  severities: ['medium'],
  thresholds: ['rules.riskPlan'],
  requires: [...GRADED, 'risks.plan'],
  reads: [...reads, 'risks.plan', 'risks.openedOn'],
  check: ({ risks, policy, calendar, asOf }) =>
    risks.flatMap((row) => {
      const { plan, openedOn } = row.values;
      const { grade } = assessRisk(row);
      if ((grade !== 'critical' && grade !== 'high') || plan !== undefined || !isOpenRisk(row, asOf)) return [];
      if (row.unreadable.has('plan') || row.unreadable.has('openedOn')) return [];
      // Without the day it was written down there is no time left to count.
      if (openedOn !== undefined && asOf <= addBusinessDays(openedOn, policy.rules.riskPlan[grade], calendar))
        return [];
      return [{ severity: 'medium' as const, entity: 'risks' as const, row: refOf(row), params: { risk: row.title } }];
    }),
});

export const riskReviewOverdue = defineRule({
  code: 'risk-review-overdue',
  family: 'risk',
  guide: '4-4',
  severities: ['medium', 'low'],
  thresholds: [],
  requires: ['risks.reviewBy'],
  reads: ['risks.likelihood', 'risks.impact', 'risks.status', 'risks.reviewBy'],
  check: ({ risks, asOf }) =>
    risks.flatMap((row) => {
      const { reviewBy, status } = row.values;
      if (reviewBy === undefined || reviewBy >= asOf || status === 'closed' || row.unreadable.has('status')) return [];
      const { grade } = assessRisk(row);
      const severity = grade === 'critical' || grade === 'high' ? ('medium' as const) : ('low' as const);
      return [{ severity, entity: 'risks' as const, row: refOf(row), params: { risk: row.title, date: reviewBy } }];
    }),
});
