/**
 * The table of rules: everything Tandem can find, in the order findings of one severity are told. Every rule runs
 * on every partnership; a rule that is not in here does not exist.
 */
import { certificateExpiring } from './agreement.js';
import { imbalance } from './balance.js';
import { issueIncomplete, issueRecurring, issueStuck, issueWithoutOwner, mediationUnprepared } from './conflict.js';
import { backupMissing, ownerLeft, sponsorMissing, sponsorSilent } from './continuity.js';
import {
  decisionExpired,
  decisionReviewOverdue,
  decisionWaiting,
  decisionWithoutApprover,
  decisionWithoutRationale,
  selfApproval,
} from './decision.js';
import { milestoneOverdue } from './delivery.js';
import { kpiNoLongTerm, kpiNotSmart, kpiOneSided, periodEndsWithoutNext } from './goal.js';
import { reviewDue, reviewOverdue } from './governance.js';
import { actionIncomplete, effectUnverified, improvementStalled, loopSlow } from './improvement.js';
import { issueOpen } from './issue.js';
import { kpiAtRisk, kpiBehind, kpiMissed, kpiNotComputable, kpiStale } from './kpi.js';
import { briefingOverdue, diagnosisOverdue, evaluationOneSided, evaluationOverdue, ratingLow } from './meeting.js';
import { contactLeft, feedbackUnanswered, ownerMissing, singleContact } from './people.js';
import { esgUnproved, profileIncomplete, profileStale } from './profile.js';
import { actionOverdue, reviewWithoutActions } from './promise.js';
import { stageEvidenceMissing } from './readiness.js';
import { lessonMissing, notRecovered, recoveryStepMissing } from './recovery.js';
import { silence } from './relationship.js';
import { riskCritical, riskHigh } from './risk.js';
import {
  riskAcceptanceExpired,
  riskPlanOverdue,
  riskRegisterEmpty,
  riskResidualHigher,
  riskReviewOverdue,
  riskTriggerPassed,
  riskUngraded,
  riskWithoutOwner,
  riskWithoutPlan,
} from './risk-care.js';
import {
  milestoneBlocked,
  milestoneIncomplete,
  milestoneMoved,
  nextMilestoneMissing,
  pilotUndecided,
  replanNeeded,
} from './roadmap.js';
import { roleGap, roleOverlap, roleStale, rolesMissing } from './role.js';
import { type FieldPath, missingOf, type Requirement } from './rule.js';
import { stageStalled } from './stage.js';
import { decideBy, noticePassed, noticeUnknown } from './term.js';
import { healthDropped } from './trend.js';
import { earlyWarning } from './warning.js';

export const RULES = [
  riskCritical,
  noticePassed,
  decideBy,
  kpiAtRisk,
  kpiMissed,
  riskHigh,
  issueOpen,
  issueStuck,
  mediationUnprepared,
  issueWithoutOwner,
  issueIncomplete,
  issueRecurring,
  milestoneOverdue,
  reviewOverdue,
  silence,
  healthDropped,
  earlyWarning,
  kpiBehind,
  ratingLow,
  replanNeeded,
  milestoneBlocked,
  noticeUnknown,
  riskTriggerPassed,
  riskWithoutOwner,
  riskWithoutPlan,
  riskPlanOverdue,
  riskAcceptanceExpired,
  decisionWaiting,
  decisionExpired,
  selfApproval,
  actionOverdue,
  feedbackUnanswered,
  contactLeft,
  ownerMissing,
  ownerLeft,
  roleOverlap,
  certificateExpiring,
  imbalance,
  notRecovered,
  recoveryStepMissing,
  lessonMissing,
  riskReviewOverdue,
  riskResidualHigher,
  reviewDue,
  kpiStale,
  reviewWithoutActions,
  decisionWithoutRationale,
  decisionWithoutApprover,
  decisionReviewOverdue,
  roleGap,
  roleStale,
  milestoneMoved,
  milestoneIncomplete,
  pilotUndecided,
  evaluationOverdue,
  diagnosisOverdue,
  briefingOverdue,
  actionIncomplete,
  improvementStalled,
  effectUnverified,
  loopSlow,
  esgUnproved,
  periodEndsWithoutNext,
  stageStalled,
  singleContact,
  kpiNotComputable,
  sponsorMissing,
  sponsorSilent,
  backupMissing,
  rolesMissing,
  nextMilestoneMissing,
  stageEvidenceMissing,
  profileIncomplete,
  profileStale,
  evaluationOneSided,
  riskRegisterEmpty,
  riskUngraded,
  kpiNotSmart,
  kpiOneSided,
  kpiNoLongTerm,
] as const;

export type FindingCode = (typeof RULES)[number]['code'];

/** The rules a mapping leaves off, in the order of the table, each with the columns it would need. */
export function rulesOff(
  isMapped: (path: FieldPath) => boolean,
): readonly { readonly code: FindingCode; readonly missing: readonly Requirement[] }[] {
  return RULES.flatMap((rule) => {
    const missing = missingOf(rule, isMapped);
    return missing.length === 0 ? [] : [{ code: rule.code, missing }];
  });
}
