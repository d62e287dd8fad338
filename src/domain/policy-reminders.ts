/** Which reminders come, from when and with how much time, and their defaults. docs/reminders.md shows which asks which. */
import type { Canonical } from './vocabulary.js';

/** Reminders that look ahead to a day, and those that give a person time from one on. */
type LeadCode =
  | 'review-due'
  | 'evaluation-due'
  | 'briefing-due'
  | 'decide-by'
  | 'esg-evidence-expiring'
  | 'experiment-decision'
  | 'milestone-due'
  | 'risk-review'
  | 'recovery-step'
  | 'role-review';
type AnswerCode =
  | 'review-without-actions'
  | 'milestone-overdue'
  | 'milestone-slipped'
  | 'milestone-thanks'
  | 'promise-overdue'
  | 'their-promise-overdue'
  | 'kpi-at-risk'
  | 'kpi-stale'
  | 'risk-without-plan'
  | 'issue-resolve'
  | 'conflict-step'
  | 'lesson-missing'
  | 'decision-waiting'
  | 'decision-expired'
  | 'feedback-unanswered'
  | 'silence'
  | 'owner-missing'
  | 'contact-left'
  | 'escalation';

export interface RemindersPolicy {
  /** Reminders that are switched off, and those switched on that do not come by themselves, by code. */
  readonly disabled: readonly string[];
  readonly enabled: readonly string[];
  /** Days before its date at which a task appears. */
  readonly leadDays: Readonly<Record<LeadCode, number>>;
  /** Business days a person has, once its reason is there. */
  readonly answerDays: Readonly<Record<AnswerCode, number>>;
  /** How often a partner that is evaluated is evaluated again, per tier. */
  readonly evaluationCadence: Readonly<Record<Canonical<'tier'>, Canonical<'cadence'>>>;
  /** Days a milestone must have been moved by to be told as slipped. */
  readonly slipDays: number;
  /** Business days overdue after which a task is taken to the lead. */
  readonly escalateAfter: number;
  /** New tasks a person gets on one day; what is left waits for the next, named in one task. */
  readonly perDay: number;
  /** Seconds to wait before an unknown create is looked up. */
  readonly settleSeconds: number;
}

export const DEFAULT_REMINDERS: RemindersPolicy = {
  disabled: [],
  enabled: [],
  leadDays: {
    'review-due': 14,
    'evaluation-due': 21,
    'briefing-due': 3,
    'decide-by': 30,
    'esg-evidence-expiring': 30,
    'experiment-decision': 7,
    'milestone-due': 7,
    'risk-review': 7,
    'recovery-step': 3,
    'role-review': 14,
  },
  answerDays: {
    'review-without-actions': 2,
    'milestone-overdue': 3,
    'milestone-slipped': 5,
    'milestone-thanks': 5,
    'promise-overdue': 2,
    'their-promise-overdue': 2,
    'kpi-at-risk': 5,
    'kpi-stale': 3,
    'risk-without-plan': 2,
    'issue-resolve': 5,
    'conflict-step': 2,
    'lesson-missing': 5,
    'decision-waiting': 2,
    'decision-expired': 3,
    'feedback-unanswered': 2,
    silence: 3,
    'owner-missing': 3,
    'contact-left': 5,
    escalation: 2,
  },
  evaluationCadence: { strategic: 'half-yearly', core: 'half-yearly', basic: 'yearly' },
  slipDays: 14,
  escalateAfter: 5,
  perDay: 10,
  settleSeconds: 90,
};
