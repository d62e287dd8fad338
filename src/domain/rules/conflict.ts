/** The ladder of a conflict: how long it stands on a rung, whether its facts are written down, and who leads it out. */
import { addBusinessDays, addDays, type Day, daysBetween } from '../calendar.js';
import type { EntityRow } from '../entities.js';
import { emptyFields, type Facts, isKnown, refOf } from '../facts.js';
import type { IssueRung } from '../policy-rules.js';
import type { Params, Severity } from '../verdict.js';
import type { Canonical } from '../vocabulary.js';
import { ISSUE_READS, ISSUE_STATE, type IssueRow, isOpenIssue } from './issue.js';
import { defineRule, type Hit } from './rule.js';

type State = Canonical<'issueState'>;

const hit = (row: IssueRow, severity: Severity, params: Params = {}): Hit => ({
  severity,
  entity: 'issues',
  row: refOf(row),
  params: { issue: row.title, ...params },
});

const isGrave = ({ values: { severity } }: IssueRow): boolean => severity === 'critical' || severity === 'high';

/** The rung that comes after one an issue must not stay on. */
const NEXT: Readonly<Record<IssueRung, State>> = {
  sensed: 'facts',
  facts: 'joint-talk',
  'joint-talk': 'sponsor',
  sponsor: 'mediation',
  mediation: 'resolved',
  recovering: 'closed',
};

export const isRung = (state: unknown): state is IssueRung => typeof state === 'string' && Object.hasOwn(NEXT, state);

/** The last day an issue may stay on a rung: business days, but a recovery is a matter of weeks and counts them all. */
export function lastDayOn(rung: IssueRung, since: Day, { policy, calendar }: Pick<Facts, 'policy' | 'calendar'>): Day {
  const days = policy.rules.issueStateDays[rung];
  return rung === 'recovering' ? addDays(since, days) : addBusinessDays(since, days, calendar);
}

export const issueStuck = defineRule({
  code: 'issue-stuck',
  family: 'conflict',
  guide: '5-3',
  severities: ['medium', 'low'],
  thresholds: ['rules.issueStateDays'],
  requires: ['issues.state', ['issues.stateSince', 'issues.openedOn']],
  reads: ['issues.severity', 'issues.state', 'issues.stateSince', 'issues.openedOn', 'issues.resolvedOn'],
  check: (facts) =>
    facts.issues.flatMap((row) => {
      const { asOf } = facts;
      const { state, stateSince, openedOn } = row.values;
      if (!isRung(state) || !isKnown(row, 'stateSince', 'resolvedOn')) return [];
      // Where an issue begins it has stood since it was raised.
      const since = stateSince ?? (state === 'sensed' ? openedOn : undefined);
      if (since === undefined || asOf <= lastDayOn(state, since, facts)) return [];
      if (state !== 'recovering' && !isOpenIssue(row, asOf)) return [];
      const severity = isGrave(row) && state !== 'recovering' ? 'medium' : 'low';
      return [hit(row, severity, { date: since, state, to: NEXT[state] })];
    }),
});

const PARTS = ['fact', 'cause', 'impact', 'proposal', 'evidence'] as const;
/** What tells an opinion from a fact. */
const PROOF: readonly string[] = ['fact', 'evidence'];

export const issueIncomplete = defineRule({
  code: 'issue-incomplete',
  family: 'conflict',
  guide: '5-2',
  severities: ['medium', 'low', 'info'],
  thresholds: ['rules.issueFacts'],
  requires: [PARTS.map((part) => `issues.${part}` as const), ISSUE_STATE],
  reads: [...ISSUE_READS, 'issues.severity', 'issues.openedOn', ...PARTS.map((part) => `issues.${part}` as const)],
  check: (facts) => {
    const { asOf, policy, mapped } = facts;
    return facts.issues.flatMap((row) => {
      const { openedOn, state } = row.values;
      const talks = state === 'joint-talk' || state === 'sponsor' || state === 'mediation';
      const due = openedOn !== undefined && daysBetween(openedOn, asOf) > policy.rules.issueFacts;
      if (!isOpenIssue(row, asOf) || !(talks || due)) return [];
      const missing = emptyFields(row, PARTS, facts);
      if (missing.length === 0) return [];
      const proofs = PARTS.filter((part) => PROOF.includes(part) && mapped('issues', part));
      const opinion = proofs.length > 0 && proofs.every((part) => missing.includes(part));
      const severity = opinion ? (isGrave(row) ? 'medium' : 'low') : 'info';
      return [hit(row, severity, { missing: missing.join(','), opinion: opinion ? 1 : 0 })];
    });
  },
});

export const issueWithoutOwner = defineRule({
  code: 'issue-without-owner',
  family: 'conflict',
  guide: '4-4',
  severities: ['medium', 'low'],
  thresholds: [],
  requires: [['issues.owner', 'issues.decider'], ISSUE_STATE],
  reads: [...ISSUE_READS, 'issues.severity', 'issues.owner', 'issues.decider'],
  check: (facts) =>
    facts.issues.flatMap((row) => {
      const missing = isOpenIssue(row, facts.asOf) ? emptyFields(row, ['owner', 'decider'], facts) : [];
      return missing.length === 0 ? [] : [hit(row, isGrave(row) ? 'medium' : 'low', { missing: missing.join(',') })];
    }),
});

export const mediationUnprepared = defineRule({
  code: 'mediation-unprepared',
  family: 'conflict',
  guide: '5-3',
  severities: ['medium', 'low'],
  thresholds: [],
  requires: ['issues.state', ['issues.mediator', 'issues.mediationClause']],
  reads: [...ISSUE_READS, 'issues.mediator', 'issues.mediationClause'],
  check: (facts) =>
    facts.issues.flatMap((row) => {
      const { state } = row.values;
      if ((state !== 'sponsor' && state !== 'mediation') || !isOpenIssue(row, facts.asOf)) return [];
      const missing = emptyFields(row, ['mediator', 'mediationClause'], facts);
      if (missing.length === 0) return [];
      return [hit(row, state === 'mediation' ? 'medium' : 'low', { missing: missing.join(',') })];
    }),
});

/** The kind of cause in the team's own word, else the cause as it is written, in one spelling. */
export const causeOf = ({ values: { causeTag, cause } }: EntityRow<'issues'>): string =>
  (causeTag ?? cause ?? '').normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase();

/** Issues that were raised, oldest first. */
const inOrder = ({ issues, asOf }: Facts) =>
  issues
    .flatMap((row) => {
      const { openedOn } = row.values;
      return openedOn === undefined || openedOn > asOf ? [] : [{ row, openedOn }];
    })
    .sort((left, right) => (`${left.openedOn} ${left.row.id}` < `${right.openedOn} ${right.row.id}` ? -1 : 1));

export const issueRecurring = defineRule({
  code: 'issue-recurring',
  family: 'conflict',
  guide: '5-5',
  severities: ['medium', 'low'],
  thresholds: ['rules.issueRecurrence'],
  requires: ['issues.openedOn', ['issues.causeTag', 'issues.cause']],
  reads: [...ISSUE_READS, 'issues.openedOn', 'issues.cause', 'issues.causeTag'],
  check: (facts) => {
    const { asOf, policy } = facts;
    const raised = inOrder(facts);
    const causes = new Set(raised.map(({ row }) => causeOf(row)).filter((cause) => cause !== ''));
    return [...causes].flatMap((cause) => {
      const same = raised.filter(({ row }) => causeOf(row) === cause);
      const last = same.at(-1);
      if (last === undefined || daysBetween(last.openedOn, asOf) > policy.rules.issueRecurrence) return [];
      const before = same
        .slice(0, -1)
        .filter(({ openedOn }) => daysBetween(openedOn, last.openedOn) <= policy.rules.issueRecurrence);
      if (before.length === 0) return [];
      const params = { cause: last.row.values.causeTag ?? last.row.values.cause ?? '', count: before.length + 1 };
      const found = hit(last.row, isOpenIssue(last.row, asOf) ? 'medium' : 'low', params);
      return [{ ...found, evidence: before.map(({ row }) => refOf(row)) }];
    });
  },
});
