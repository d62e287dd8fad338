/** Decisions: those nobody takes, those nobody can explain later, and temporary ones that have run out. */
import { addBusinessDays, type Day, daysBetween } from '../calendar.js';
import type { EntityRow } from '../entities.js';
import { emptyFields, type Facts, isKnown, refOf } from '../facts.js';
import { isSamePerson } from '../people.js';
import type { RulesPolicy } from '../policy-rules.js';
import type { Params, Severity } from '../verdict.js';
import { defineRule, type Hit, type Requirement } from './rule.js';

type DecisionRow = EntityRow<'decisions'>;

const DECIDED: Requirement = ['decisions.status', 'decisions.decidedOn'];

const hit = (row: DecisionRow, severity: Severity, params: Params): Hit => ({
  severity,
  entity: 'decisions',
  row: refOf(row),
  params: { decision: row.title, ...params },
});

/** Asked for, and neither decided nor put aside. Where no state is kept, the day of the decision tells. */
function isPending({ values: { status, decidedOn }, unreadable }: DecisionRow): boolean {
  if (unreadable.has('status') || unreadable.has('decidedOn')) return false;
  return status === undefined ? decidedOn === undefined : status === 'pending';
}

function isDecided({ values: { status, decidedOn } }: DecisionRow, { asOf }: Facts): boolean {
  if (decidedOn !== undefined && decidedOn > asOf) return false;
  return status === undefined ? decidedOn !== undefined : status === 'approved' || status === 'rejected';
}

interface Wait {
  readonly since: Day;
  /** Business days it may take. */
  readonly allowed: number;
  /** The stage it waits in, where that stage has a time of its own. */
  readonly stage?: string;
}

/** What a decision may take in all, and in its stage where the policy gives that stage a time. */
function waitsOf({ values }: DecisionRow, { decisionWaiting, approvalDays }: RulesPolicy): readonly Wait[] {
  const { requestedOn, stage, stageSince } = values;
  const since = stageSince ?? requestedOn;
  const own = stage !== undefined && Object.hasOwn(approvalDays, stage) ? approvalDays[stage] : undefined;
  return [
    ...(requestedOn === undefined ? [] : [{ since: requestedOn, allowed: decisionWaiting }]),
    ...(stage === undefined || since === undefined || own === undefined ? [] : [{ since, allowed: own, stage }]),
  ];
}

export const decisionWaiting = defineRule({
  code: 'decision-waiting',
  family: 'governance',
  guide: '4-2',
  severities: ['high', 'medium'],
  thresholds: ['rules.decisionWaiting', 'rules.approvalDays'],
  requires: ['decisions.requestedOn', DECIDED],
  reads: [
    'decisions.requestedOn',
    'decisions.decidedOn',
    'decisions.status',
    'decisions.stage',
    'decisions.stageSince',
  ],
  check: (facts) => {
    const { asOf, calendar, policy } = facts;
    const isLate = ({ since, allowed }: Wait, times: number): boolean =>
      asOf > addBusinessDays(since, times * allowed, calendar);
    return facts.decisions.flatMap((row) => {
      if (!isPending(row) || !isKnown(row, 'requestedOn', 'stage', 'stageSince')) return [];
      const late = waitsOf(row, policy.rules).filter((wait) => isLate(wait, 1));
      const [first] = late;
      if (first === undefined) return [];
      const severity = late.some((wait) => isLate(wait, 2)) ? 'high' : 'medium';
      const stage = first.stage === undefined ? {} : { stage: first.stage };
      return [hit(row, severity, { date: first.since, ...stage })];
    });
  },
});

export const decisionWithoutRationale = defineRule({
  code: 'decision-without-rationale',
  family: 'governance',
  guide: '2-1',
  severities: ['low'],
  thresholds: ['rules.decisionRationale'],
  requires: ['decisions.rationale', DECIDED],
  reads: ['decisions.decidedOn', 'decisions.status', 'decisions.rationale'],
  check: (facts) =>
    facts.decisions.flatMap((row) => {
      const { decidedOn, rationale } = row.values;
      const unknown = (['status', 'decidedOn', 'rationale'] as const).some((field) => row.unreadable.has(field));
      if (unknown || rationale !== undefined || !isDecided(row, facts)) return [];
      if (decidedOn === undefined) return [hit(row, 'low', {})];
      const recent = daysBetween(decidedOn, facts.asOf) <= facts.policy.rules.decisionRationale;
      return recent ? [hit(row, 'low', { date: decidedOn })] : [];
    }),
});

export const decisionExpired = defineRule({
  code: 'decision-expired',
  family: 'governance',
  guide: '4-5',
  severities: ['medium'],
  thresholds: [],
  requires: ['decisions.expiresOn', DECIDED],
  reads: ['decisions.expiresOn', 'decisions.status', 'decisions.decidedOn'],
  check: (facts) =>
    facts.decisions.flatMap((row) => {
      const { expiresOn, status } = row.values;
      if (expiresOn === undefined || expiresOn >= facts.asOf || row.unreadable.has('status')) return [];
      const stands = status === 'approved' || (status === undefined && isDecided(row, facts));
      return stands ? [hit(row, 'medium', { date: expiresOn })] : [];
    }),
});

export const decisionWithoutApprover = defineRule({
  code: 'decision-without-approver',
  family: 'governance',
  guide: '3-2',
  severities: ['low'],
  thresholds: [],
  requires: ['decisions.approver', DECIDED],
  reads: ['decisions.approver', 'decisions.status', 'decisions.decidedOn'],
  check: (facts) =>
    facts.decisions
      .filter((row) => isPending(row) && emptyFields(row, ['approver'], facts).length > 0)
      .map((row) => hit(row, 'low', {})),
});

export const selfApproval = defineRule({
  code: 'self-approval',
  family: 'governance',
  guide: '4-2',
  severities: ['medium', 'low'],
  thresholds: ['rules.decisionRationale'],
  requires: ['decisions.requestedBy', 'decisions.approver', DECIDED],
  reads: [
    'decisions.requestedBy',
    'decisions.approver',
    'decisions.status',
    'decisions.decidedOn',
    'decisions.requestedOn',
  ],
  check: (facts) =>
    facts.decisions.flatMap((row) => {
      const { requestedBy = [], approver = [], decidedOn } = row.values;
      const own = approver.length > 0 && approver.every((one) => requestedBy.some((other) => isSamePerson(one, other)));
      if (!own || !isKnown(row, 'status', 'decidedOn')) return [];
      if (isPending(row)) return [hit(row, 'low', { pending: 1 })];
      const isRecent =
        decidedOn !== undefined && daysBetween(decidedOn, facts.asOf) <= facts.policy.rules.decisionRationale;
      return isRecent && isDecided(row, facts) ? [hit(row, 'medium', { date: decidedOn })] : [];
    }),
});

export const decisionReviewOverdue = defineRule({
  code: 'decision-review-overdue',
  family: 'governance',
  guide: '4-2',
  severities: ['low'],
  thresholds: [],
  requires: ['decisions.reviewBy', DECIDED],
  reads: ['decisions.reviewBy', 'decisions.reviewedOn', 'decisions.status', 'decisions.decidedOn'],
  check: (facts) =>
    facts.decisions.flatMap((row) => {
      const { reviewBy, reviewedOn, decidedOn, status } = row.values;
      if (reviewBy === undefined || reviewBy >= facts.asOf || !isKnown(row, 'status', 'reviewedOn')) return [];
      const isReviewed = reviewedOn !== undefined && reviewedOn >= (decidedOn ?? reviewBy);
      if (isReviewed || status === 'rejected' || !isDecided(row, facts)) return [];
      return [hit(row, 'low', { date: reviewBy })];
    }),
});
