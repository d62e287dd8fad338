/** Risks: a grade from the 25 cells of likelihood and impact, which of them are open, and how grave the worst one is. */
import type { Day } from '../calendar.js';
import type { EntityRow } from '../entities.js';
import { type Facts, refOf } from '../facts.js';
import type { Policy } from '../policy.js';
import type { Grade, Impact, RulesPolicy } from '../policy-rules.js';
import type { RiskAssessment, RiskLevel } from '../verdict.js';
import { defineRule, type FieldPath, type Hit } from './rule.js';

export type RiskRow = EntityRow<'risks'>;

/**
 * The grade of a likelihood and an impact, both 1 to 5 (a rank between two cells counts as the higher one); undefined
 * outside of that. A table rather than a product, since the product of two ranks puts a daily nuisance beside a rare
 * disaster.
 */
export function gradeOf(
  likelihood: number | undefined,
  impact: number | undefined,
  grades: RulesPolicy['riskGrades'],
): Grade | undefined {
  if (likelihood === undefined || impact === undefined || !onScale(likelihood) || !onScale(impact)) return undefined;
  const row: Impact = `impact${Math.ceil(impact) as 1 | 2 | 3 | 4 | 5}`;
  return grades[row][Math.ceil(likelihood) - 1];
}

const onScale = (rank: number): boolean => rank >= 1 && rank <= 5;

/** The grade before treatment: a treatment counts when the risk is closed or accepted, not when it is planned. */
export function assessRisk(row: RiskRow, { rules }: Policy): RiskAssessment {
  const grade = gradeOf(row.values.likelihood, row.values.impact, rules.riskGrades);
  return { row: refOf(row), ...(grade === undefined ? {} : { grade }) };
}

/** Open, being treated, without a state that can be read, or accepted until a day that has passed. */
export function isOpenRisk({ values: { status, acceptedUntil } }: RiskRow, asOf: Day): boolean {
  if (status === 'accepted') return acceptedUntil !== undefined && acceptedUntil < asOf;
  return status !== 'closed';
}

const ORDER: readonly RiskLevel[] = ['none', 'low', 'medium', 'high', 'critical'];

export const rankOf = (level: RiskLevel): number => ORDER.indexOf(level);

/** The worst open grade. An open risk nobody has graded is at least low. */
export function riskLevelOf({ risks, asOf, policy }: Facts): RiskLevel {
  const levels = risks.filter((row) => isOpenRisk(row, asOf)).map((row) => assessRisk(row, policy).grade ?? 'low');
  return levels.reduce<RiskLevel>((worst, level) => (rankOf(level) > rankOf(worst) ? level : worst), 'none');
}

export const GRADED = ['risks.likelihood', 'risks.impact'] as const;
/** Everything that tells an open risk and its grade. */
export const RISK_READS: readonly FieldPath[] = [...GRADED, 'risks.status', 'risks.acceptedUntil'];

function openWith({ risks, asOf, policy }: Facts, grade: 'high' | 'critical'): readonly Hit[] {
  return risks
    .filter((row) => isOpenRisk(row, asOf) && assessRisk(row, policy).grade === grade)
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
  thresholds: ['rules.riskGrades'],
  requires: GRADED,
  reads: RISK_READS,
  check: (facts) => openWith(facts, 'critical'),
});

export const riskHigh = defineRule({
  code: 'risk-high',
  family: 'risk',
  guide: '4-4',
  severities: ['high'],
  thresholds: ['rules.riskGrades'],
  requires: GRADED,
  reads: RISK_READS,
  check: (facts) => openWith(facts, 'high'),
});
