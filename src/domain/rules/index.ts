/**
 * The table of rules: everything Tandem can find, in the order findings of one severity are told. Every rule runs
 * on every partnership; a rule that is not in here does not exist.
 */
import { milestoneOverdue } from './delivery.js';
import { reviewDue, reviewOverdue } from './governance.js';
import { kpiAtRisk, kpiBehind, kpiMissed, kpiNotComputable } from './kpi.js';
import { silence } from './relationship.js';
import { riskCritical, riskHigh } from './risk.js';
import { decideBy, noticePassed } from './term.js';

export const RULES = [
  riskCritical,
  noticePassed,
  decideBy,
  kpiAtRisk,
  kpiMissed,
  riskHigh,
  milestoneOverdue,
  reviewOverdue,
  silence,
  kpiBehind,
  reviewDue,
  kpiNotComputable,
] as const;

export type FindingCode = (typeof RULES)[number]['code'];
