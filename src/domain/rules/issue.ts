/** Issues: grave ones that are open, and whether they are acknowledged and resolved in the time given to them. */
import { addBusinessDays, type Day } from '../calendar.js';
import type { EntityRow } from '../entities.js';
import { type Facts, refOf } from '../facts.js';
import type { Severity } from '../verdict.js';
import { defineRule } from './rule.js';

type IssueRow = EntityRow<'issues'>;
type Grave = 'critical' | 'high';

function isOpen({ values: { state, resolvedOn }, unreadable }: IssueRow, { asOf }: Facts): boolean {
  if (unreadable.has('state') || unreadable.has('resolvedOn')) return false;
  if (resolvedOn !== undefined && resolvedOn <= asOf) return false;
  return state !== 'resolved' && state !== 'recovering' && state !== 'closed';
}

/** The day that was missed: first that of the resolution, else that of the acknowledgement. */
function missedDay(
  row: IssueRow,
  grave: Grave,
  facts: Facts,
): { missed: 'resolve' | 'acknowledge'; by: Day } | undefined {
  const { openedOn, acknowledgedOn } = row.values;
  if (openedOn === undefined) return undefined;
  const within = facts.policy.rules.issueDays[grave];
  const resolve = addBusinessDays(openedOn, within.resolve, facts.calendar);
  if (facts.asOf > resolve) return { missed: 'resolve', by: resolve };
  const acknowledge = addBusinessDays(openedOn, within.acknowledge, facts.calendar);
  const told = facts.mapped('issues', 'acknowledgedOn') && !row.unreadable.has('acknowledgedOn');
  return told && acknowledgedOn === undefined && facts.asOf > acknowledge
    ? { missed: 'acknowledge', by: acknowledge }
    : undefined;
}

const SEVERITY: Readonly<Record<Grave, { readonly open: Severity; readonly missed: Severity }>> = {
  critical: { open: 'high', missed: 'critical' },
  high: { open: 'medium', missed: 'high' },
};

export const issueOpen = defineRule({
  code: 'issue-open',
  family: 'conflict',
  guide: '4-4',
  severities: ['critical', 'high', 'medium'],
  thresholds: ['rules.issueDays'],
  requires: ['issues.severity', ['issues.state', 'issues.resolvedOn']],
  reads: ['issues.severity', 'issues.openedOn', 'issues.acknowledgedOn', 'issues.resolvedOn', 'issues.state'],
  check: (facts) =>
    facts.issues.flatMap((row) => {
      const { severity: grave, openedOn } = row.values;
      if ((grave !== 'critical' && grave !== 'high') || !isOpen(row, facts)) return [];
      const late = missedDay(row, grave, facts);
      return [
        {
          severity: SEVERITY[grave][late === undefined ? 'open' : 'missed'],
          entity: 'issues' as const,
          row: refOf(row),
          params: { issue: row.title, grade: grave, ...(openedOn === undefined ? {} : { opened: openedOn }), ...late },
        },
      ];
    }),
});
