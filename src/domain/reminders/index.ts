/**
 * The table of reminders: everything Tandem can ask somebody to do about a partnership. Of one rule the stage that
 * goes first stands first. A reminder that is not in here does not exist.
 */
import { conflictStep, issueAcknowledge, issueResolve, lessonMissing, recoveryStep } from './conflict.js';
import { decisionExpired, decisionWaiting } from './decision.js';
import {
  experimentDecision,
  milestoneDue,
  milestoneOverdue,
  milestoneSlipped,
  milestoneThanks,
  promiseOverdue,
  theirPromiseOverdue,
} from './delivery.js';
import { digest, escalation } from './follow-up.js';
import {
  briefingDue,
  evaluationDue,
  nextGoals,
  reviewDue,
  reviewOverdue,
  reviewWithoutActions,
  roleReview,
} from './governance.js';
import { dataHygiene } from './hygiene.js';
import { kpiAtRisk, kpiStale } from './kpi.js';
import { contactLeft, feedbackUnanswered, handOver, silence } from './relationship.js';
import { riskPlan, riskReview } from './risk.js';
import { certificateExpiring, decideBy, esgEvidence, noticePassed } from './term.js';

export const REMINDERS = [
  reviewOverdue,
  reviewDue,
  evaluationDue,
  briefingDue,
  reviewWithoutActions,
  nextGoals,
  noticePassed,
  decideBy,
  certificateExpiring,
  esgEvidence,
  experimentDecision,
  milestoneOverdue,
  milestoneDue,
  milestoneSlipped,
  milestoneThanks,
  promiseOverdue,
  theirPromiseOverdue,
  kpiAtRisk,
  kpiStale,
  riskPlan,
  riskReview,
  issueAcknowledge,
  conflictStep,
  issueResolve,
  recoveryStep,
  lessonMissing,
  decisionWaiting,
  decisionExpired,
  roleReview,
  feedbackUnanswered,
  silence,
  handOver,
  contactLeft,
  dataHygiene,
] as const;

/** Everything that makes tasks: the reminders, and what follows from the tasks themselves. */
export const TASK_KINDS = [...REMINDERS, escalation, digest] as const;

/** Names a kind of task in the configuration and finds its words. */
export type TaskCode = (typeof TASK_KINDS)[number]['code'];

/** The part of a key that says what the task is about. */
export type TaskRule = (typeof TASK_KINDS)[number]['rule'];
