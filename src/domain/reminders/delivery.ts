/** Reminders of what was agreed to be done: milestones and promises. */
import { addBusinessDays } from '../calendar.js';
import { dayIn, defineReminder, onFindings } from './reminder.js';

export const milestoneOverdue = defineReminder({
  code: 'milestone-overdue',
  rule: 'milestone-overdue',
  guide: '3-3',
  severity: 'medium',
  ...onFindings(['milestone-overdue'], (finding, { facts: { policy, calendar } }) => ({
    occurrence: dayIn(finding, 'date'),
    due: addBusinessDays(dayIn(finding, 'date'), policy.reminders.answerDays['milestone-overdue'], calendar),
  })),
});
