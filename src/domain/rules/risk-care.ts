/** Whether somebody is on a risk: owner, plan, reviews and acceptance, in the time its grade gives to them. */
import { addBusinessDays, type Day } from '../calendar.js';
import { type Facts, isKnown, type Joined, refOf, tierOf } from '../facts.js';
import type { Grade } from '../policy-rules.js';
import type { Params, Severity } from '../verdict.js';
import { assessRisk, GRADED, gradeOf, isOpenRisk, RISK_READS, type RiskRow, rankOf } from './risk.js';
import { defineRule, type Hit } from './rule.js';
import { ACTIVE_READS, isActive } from './stage.js';

const hit = (row: RiskRow, severity: Severity, params: Params = {}): Hit => ({
  severity,
  entity: 'risks',
  row: refOf(row),
  params: { risk: row.title, ...params },
});

const isGrave = (grade: Grade | undefined): boolean => grade === 'critical' || grade === 'high';
const weighed = (grade: Grade | undefined): 'medium' | 'low' => (isGrave(grade) ? 'medium' : 'low');
/** Whether business days have passed since a risk was written down. Where nobody says when, there is no time left to count. */
function isPast({ values: { openedOn } }: RiskRow, days: number, { asOf, calendar }: Facts): boolean {
  return openedOn === undefined || asOf > addBusinessDays(openedOn, days, calendar);
}

/** Open risks of a grade that has a time limit, past it. */
function pastLimit(facts: Facts, limits: Readonly<Record<Exclude<Grade, 'low'>, number>>) {
  return facts.risks.flatMap((row) => {
    const { grade } = assessRisk(row, facts.policy);
    if (grade === undefined || grade === 'low' || !isOpenRisk(row, facts.asOf) || !isKnown(row, 'openedOn')) return [];
    return isPast(row, limits[grade], facts) ? [{ row, grade }] : [];
  });
}

export const riskWithoutOwner = defineRule({
  code: 'risk-without-owner',
  family: 'risk',
  guide: '4-4',
  severities: ['medium', 'low'],
  thresholds: ['rules.riskOwner'],
  requires: [...GRADED, 'risks.owner'],
  reads: [...RISK_READS, 'risks.owner', 'risks.openedOn'],
  check: (facts) =>
    pastLimit(facts, facts.policy.rules.riskOwner)
      .filter(({ row }) => (row.values.owner ?? []).length === 0 && isKnown(row, 'owner'))
      .map(({ row, grade }) => hit(row, weighed(grade))),
});

export const riskWithoutPlan = defineRule({
  code: 'risk-without-plan',
  family: 'risk',
  guide: '4-4',
  severities: ['medium', 'low'],
  thresholds: ['rules.riskPlan'],
  requires: [...GRADED, 'risks.plan'],
  reads: [...RISK_READS, 'risks.plan', 'risks.openedOn'],
  check: (facts) =>
    pastLimit(facts, facts.policy.rules.riskPlan)
      .filter(({ row }) => row.values.plan === undefined && isKnown(row, 'plan'))
      .map(({ row, grade }) => hit(row, weighed(grade))),
});

export const riskPlanOverdue = defineRule({
  code: 'risk-plan-overdue',
  family: 'risk',
  guide: '4-4',
  severities: ['medium', 'low'],
  thresholds: [],
  requires: ['risks.planDue', 'risks.status'],
  reads: [...RISK_READS, 'risks.planDue'],
  check: ({ risks, asOf, policy }) =>
    risks.flatMap((row) => {
      const { planDue } = row.values;
      if (planDue === undefined || planDue >= asOf || !isOpenRisk(row, asOf) || !isKnown(row, 'status')) return [];
      return [hit(row, weighed(assessRisk(row, policy).grade), { date: planDue })];
    }),
});

/** The day a risk is to be looked at again: the day its row says, else so many business days after it last was. */
export function reviewDay(
  { values }: RiskRow,
  grade: Grade | undefined,
  { mapped, policy, calendar }: Joined,
): Day | undefined {
  const { reviewBy, reviewedOn, openedOn } = values;
  if (reviewBy !== undefined) return reviewBy;
  const last = reviewedOn ?? openedOn;
  if (grade === undefined || last === undefined || !mapped('risks', 'reviewedOn')) return undefined;
  return addBusinessDays(last, policy.rules.riskReview[grade], calendar);
}

export const riskReviewOverdue = defineRule({
  code: 'risk-review-overdue',
  family: 'risk',
  guide: '4-4',
  severities: ['medium', 'low'],
  thresholds: ['rules.riskReview'],
  requires: [['risks.reviewBy', 'risks.reviewedOn']],
  reads: [...GRADED, 'risks.status', 'risks.reviewBy', 'risks.reviewedOn', 'risks.openedOn'],
  check: (facts) =>
    facts.risks.flatMap((row) => {
      const { grade } = assessRisk(row, facts.policy);
      const date = reviewDay(row, grade, facts);
      if (date === undefined || date >= facts.asOf || row.values.status === 'closed') return [];
      return isKnown(row, 'status', 'reviewBy', 'reviewedOn') ? [hit(row, weighed(grade), { date })] : [];
    }),
});

export const riskAcceptanceExpired = defineRule({
  code: 'risk-acceptance-expired',
  family: 'risk',
  guide: '4-4',
  severities: ['medium', 'low'],
  thresholds: [],
  requires: ['risks.acceptedUntil', 'risks.status'],
  reads: RISK_READS,
  check: ({ risks, asOf, policy }) =>
    risks.flatMap((row) => {
      const { acceptedUntil, status } = row.values;
      if (status !== 'accepted' || acceptedUntil === undefined || acceptedUntil >= asOf) return [];
      return [hit(row, weighed(assessRisk(row, policy).grade), { date: acceptedUntil })];
    }),
});

export const riskTriggerPassed = defineRule({
  code: 'risk-trigger-passed',
  family: 'risk',
  guide: '4-4',
  severities: ['medium', 'low'],
  thresholds: [],
  requires: ['risks.triggerOn'],
  reads: [...RISK_READS, 'risks.triggerOn'],
  check: ({ risks, asOf, policy }) =>
    risks.flatMap((row) => {
      const { triggerOn, status } = row.values;
      // Somebody is on a risk that is being treated or was accepted.
      if (triggerOn === undefined || triggerOn > asOf || !isKnown(row, 'status')) return [];
      if (status !== undefined && status !== 'open') return [];
      return [hit(row, weighed(assessRisk(row, policy).grade), { date: triggerOn })];
    }),
});

export const riskResidualHigher = defineRule({
  code: 'risk-residual-higher',
  family: 'risk',
  guide: '4-4',
  severities: ['low'],
  thresholds: ['rules.riskGrades'],
  requires: [...GRADED, 'risks.residualLikelihood', 'risks.residualImpact'],
  reads: [...RISK_READS, 'risks.residualLikelihood', 'risks.residualImpact'],
  check: ({ risks, asOf, policy }) =>
    risks.flatMap((row) => {
      const { residualLikelihood, residualImpact } = row.values;
      const before = assessRisk(row, policy).grade;
      const after = gradeOf(residualLikelihood, residualImpact, policy.rules.riskGrades);
      if (before === undefined || after === undefined || !isOpenRisk(row, asOf)) return [];
      return rankOf(after) > rankOf(before) ? [hit(row, 'low', { before, after })] : [];
    }),
});

export const riskUngraded = defineRule({
  code: 'risk-ungraded',
  family: 'risk',
  guide: '4-4',
  severities: ['info'],
  thresholds: [],
  requires: GRADED,
  reads: RISK_READS,
  check: ({ risks, asOf, policy }) =>
    risks
      .filter((row) => isOpenRisk(row, asOf) && isKnown(row, 'likelihood', 'impact'))
      .filter((row) => assessRisk(row, policy).grade === undefined)
      .map((row) => hit(row, 'info')),
});

export const riskRegisterEmpty = defineRule({
  code: 'risk-register-empty',
  family: 'risk',
  guide: '3-3',
  severities: ['low', 'info'],
  thresholds: [],
  requires: ['risks.partnership'],
  reads: [...ACTIVE_READS, 'partnerships.tier', 'risks.partnership'],
  check: (facts) => {
    if (facts.risks.length > 0 || !isActive(facts)) return [];
    const severity = tierOf(facts) === 'strategic' ? 'low' : 'info';
    return [{ severity, entity: 'partnerships', row: refOf(facts.partnership), params: {} }];
  },
});
