/** Reminders of decisions: those somebody waits for, and temporary ones that have run out. */
import { addBusinessDays } from '../calendar.js';
import { dayIn, defineReminder, onFindings } from './reminder.js';

export const decisionWaiting = defineReminder({
  code: 'decision-waiting',
  rule: 'decision-waiting',
  guide: '4-2',
  severity: 'high',
  ...onFindings(['decision-waiting'], (finding, { facts: { policy, calendar } }) => {
    const asked = dayIn(finding, 'date');
    const days = policy.rules.decisionWaiting + policy.reminders.answerDays['decision-waiting'];
    return { occurrence: asked, due: addBusinessDays(asked, days, calendar) };
  }),
});

export const decisionExpired = defineReminder({
  code: 'decision-expired',
  rule: 'decision-expired',
  guide: '4-5',
  severity: 'medium',
  ...onFindings(['decision-expired'], (finding, { facts: { policy, calendar } }) => ({
    occurrence: dayIn(finding, 'date'),
    due: addBusinessDays(dayIn(finding, 'date'), policy.reminders.answerDays['decision-expired'], calendar),
  })),
});
