/** Reminders of the meetings a partnership is led by. */
import type { Finding } from '../assessment.js';
import { previousBusinessDay } from '../calendar.js';
import { dayIn, defineReminder, type Matter, onFindings } from './reminder.js';

/** One task from the lead time on until the review is held: its words change when the day has passed. */
const review = (finding: Finding, { facts }: Matter) => ({
  occurrence: dayIn(finding, 'lastHeld') || 'first',
  due: previousBusinessDay(dayIn(finding, 'date'), facts.calendar),
});

export const reviewDue = defineReminder({
  code: 'review-due',
  rule: 'review-due',
  guide: '3-4',
  severity: 'medium',
  ...onFindings(['review-due'], review),
});

export const reviewOverdue = defineReminder({
  code: 'review-overdue',
  rule: 'review-due',
  guide: '3-4',
  severity: 'medium',
  ...onFindings(['review-overdue'], review),
});
