/** Reminders of what runs out: terms to decide about, papers to renew. */
import type { Finding } from '../assessment.js';
import { addDays } from '../calendar.js';
import { dayIn, defineReminder, type Matter, onFindings } from './reminder.js';

/** Shown from the lead time on to the end of the term: a term that is over is decided. */
function renewal(finding: Finding, { facts: { policy, asOf } }: Matter) {
  const due = dayIn(finding, 'date');
  const end = dayIn(finding, 'end');
  const shows = asOf >= addDays(due, -policy.reminders.leadDays['decide-by']) && asOf <= end;
  return shows ? { occurrence: end, due } : undefined;
}

export const decideBy = defineReminder({
  code: 'decide-by',
  rule: 'decide-by',
  guide: '6-5',
  severity: 'high',
  assignee: 'partnership',
  ...onFindings(['decide-by'], renewal),
});

export const noticePassed = defineReminder({
  code: 'notice-passed',
  rule: 'decide-by',
  guide: '6-5',
  severity: 'high',
  assignee: 'partnership',
  ...onFindings(['notice-passed'], renewal),
});
