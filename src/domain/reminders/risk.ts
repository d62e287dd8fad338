/** Reminders of risks: one task per risk, first for its plan, then for looking at it again. */
import { addDays, type Day, previousBusinessDay } from '../calendar.js';
import type { Joined } from '../facts.js';
import { assessRisk } from '../rules/risk.js';
import { reviewDay } from '../rules/risk-care.js';
import { about, countedFromToday, dayIn, defineReminder, onFindings } from './reminder.js';

const RULE = 'risk-care';

export const riskPlan = defineReminder({
  code: 'risk-without-plan',
  rule: RULE,
  guide: '4-4',
  severity: 'medium',
  ...onFindings(['risk-without-plan'], (finding, { facts }) => {
    const openedOn = facts.risks.find(({ id }) => id === finding.row.id)?.values.openedOn ?? 'undated';
    return { occurrence: `${openedOn}~plan`, ...countedFromToday('risk-without-plan', facts) };
  }),
});

const review = (date: Day, { calendar }: Joined) => ({
  occurrence: `${date}~review`,
  due: previousBusinessDay(date, calendar),
});

const overdue = onFindings(['risk-review-overdue'], (finding, { facts }) => review(dayIn(finding, 'date'), facts));

/** From the lead time on, and further when the day has passed. */
export const riskReview = defineReminder({
  code: 'risk-review',
  rule: RULE,
  guide: '4-4',
  severity: 'low',
  on: overdue.on,
  reads: ['risks.reviewBy', 'risks.reviewedOn', 'risks.openedOn', 'risks.status', 'risks.likelihood', 'risks.impact'],
  ask: (matter) => {
    const { risks, asOf, policy } = matter.facts;
    const until = addDays(asOf, policy.reminders.leadDays['risk-review']);
    const coming = risks.flatMap((row) => {
      const date = reviewDay(row, assessRisk(row, policy).grade, matter.facts);
      if (date === undefined || date < asOf || date > until) return [];
      if (row.values.status === 'closed' || row.unreadable.has('status')) return [];
      return [about(row, { ...review(date, matter.facts), params: { risk: row.title, date } })];
    });
    return [...overdue.ask(matter), ...coming];
  },
});
