/** Issues: grave ones that are open, and whether they are acknowledged and resolved in the time given to them. */
import { addBusinessDays, type Day } from '../calendar.js';
import type { EntityRow } from '../entities.js';
import { type Facts, isKnown, refOf } from '../facts.js';
import type { Grade } from '../policy-rules.js';
import type { Severity } from '../verdict.js';
import { defineRule, type FieldPath, type Requirement } from './rule.js';

export type IssueRow = EntityRow<'issues'>;

/** Neither resolved nor past that. Of an issue whose state cannot be read nothing is said. */
export function isOpenIssue(row: IssueRow, asOf: Day): boolean {
  const { state, resolvedOn } = row.values;
  if (!isKnown(row, 'state', 'resolvedOn')) return false;
  if (resolvedOn !== undefined && resolvedOn <= asOf) return false;
  return state !== 'resolved' && state !== 'recovering' && state !== 'closed';
}

/** The day that was missed: first that of the resolution, else that of the acknowledgement. */
function missedDay(
  row: IssueRow,
  grade: Grade,
  facts: Facts,
): { missed: 'resolve' | 'acknowledge'; by: Day } | undefined {
  const { openedOn, acknowledgedOn } = row.values;
  if (openedOn === undefined) return undefined;
  const within = facts.policy.rules.issueDays[grade];
  const resolve = addBusinessDays(openedOn, within.resolve, facts.calendar);
  if (facts.asOf > resolve) return { missed: 'resolve', by: resolve };
  const acknowledge = addBusinessDays(openedOn, within.acknowledge, facts.calendar);
  const told = facts.mapped('issues', 'acknowledgedOn') && !row.unreadable.has('acknowledgedOn');
  return told && acknowledgedOn === undefined && facts.asOf > acknowledge
    ? { missed: 'acknowledge', by: acknowledge }
    : undefined;
}

/** What an issue weighs as long as it is in time, and once it is not. The lesser ones are told when they are late. */
const SEVERITY: Readonly<Record<Grade, { readonly open?: Severity; readonly missed: Severity }>> = {
  critical: { open: 'high', missed: 'critical' },
  high: { open: 'medium', missed: 'high' },
  medium: { missed: 'medium' },
  low: { missed: 'low' },
};

/** Everything that tells an open issue. */
export const ISSUE_READS: readonly FieldPath[] = ['issues.state', 'issues.resolvedOn'];
/** Columns of which one must be there to tell an open issue. */
export const ISSUE_STATE: Requirement = ['issues.state', 'issues.resolvedOn'];

export const issueOpen = defineRule({
  code: 'issue-open',
  family: 'conflict',
  guide: '4-4',
  severities: ['critical', 'high', 'medium', 'low'],
  thresholds: ['rules.issueDays'],
  requires: ['issues.severity', ISSUE_STATE],
  reads: [...ISSUE_READS, 'issues.severity', 'issues.openedOn', 'issues.acknowledgedOn'],
  check: (facts) =>
    facts.issues.flatMap((row) => {
      const { severity: grade, openedOn } = row.values;
      if (grade === undefined || !isOpenIssue(row, facts.asOf)) return [];
      const late = missedDay(row, grade, facts);
      const severity = late === undefined ? SEVERITY[grade].open : SEVERITY[grade].missed;
      if (severity === undefined) return [];
      const opened = openedOn === undefined ? {} : { opened: openedOn };
      const params = { issue: row.title, grade, ...opened, ...late };
      return [{ severity, entity: 'issues' as const, row: refOf(row), params }];
    }),
});
