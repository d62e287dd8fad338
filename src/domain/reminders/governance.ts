/** Reminders of the meetings a partnership is led by, and of what they are held for. */
import type { Finding } from '../assessment.js';
import { addBusinessDays, addDays, type Day, nextByCadence, previousBusinessDay } from '../calendar.js';
import { type Joined, refOf, tierOf } from '../facts.js';
import { heldDay } from '../rules/governance.js';
import { ENDED_READS, isEnded } from '../rules/term.js';
import { about, dayIn, defineReminder, type Matter, onFindings } from './reminder.js';

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

/** The days evaluations were held on, and those one that was not held is planned for. */
function evaluationsOf({ reviews, asOf }: Joined): { readonly held: readonly Day[]; readonly planned: readonly Day[] } {
  const rows = reviews.filter(({ values }) => values.kind === 'evaluation' && values.status !== 'cancelled');
  const open = rows.filter((row) => heldDay(row, asOf) === undefined);
  return {
    held: rows.flatMap((row) => heldDay(row, asOf) ?? []).sort(),
    planned: open.flatMap(({ values }) => values.plannedOn ?? []).sort(),
  };
}

/** Only where a partnership has been evaluated before, or is going to be: not every team evaluates every partner. */
export const evaluationDue = defineReminder({
  code: 'evaluation-due',
  rule: 'evaluation-due',
  guide: '6-2',
  severity: 'medium',
  reads: ['reviews.kind', 'reviews.plannedOn', 'reviews.heldOn', 'reviews.status', 'partnerships.tier', ...ENDED_READS],
  ask: ({ facts }) => {
    const { partnership, policy, calendar, asOf } = facts;
    const { held, planned } = evaluationsOf(facts);
    const last = held.at(-1);
    const next =
      last === undefined ? undefined : nextByCadence(last, policy.reminders.evaluationCadence[tierOf(facts)]);
    const date = planned[0] ?? next;
    if (date === undefined || asOf < addDays(date, -policy.reminders.leadDays['evaluation-due'])) return [];
    if (isEnded(facts)) return [];
    const params = { date, ...(last === undefined ? {} : { lastHeld: last }) };
    return [about(partnership, { occurrence: last ?? 'first', due: previousBusinessDay(date, calendar), params })];
  },
});

/** Only where a cadence of briefings was agreed. */
export const briefingDue = defineReminder({
  code: 'briefing-due',
  rule: 'briefing-due',
  guide: '2-1',
  severity: 'low',
  reads: [
    'partnerships.briefingCadence',
    'partnerships.lastBriefing',
    'partnerships.start',
    'reviews.kind',
    'reviews.heldOn',
    'reviews.plannedOn',
    'reviews.status',
    ...ENDED_READS,
  ],
  ask: ({ facts }) => {
    const { partnership, reviews, policy, calendar, asOf } = facts;
    const { briefingCadence, lastBriefing, start } = partnership.values;
    const given = reviews.filter(({ values }) => values.kind === 'briefing').flatMap((row) => heldDay(row, asOf) ?? []);
    const last = [...given, ...(lastBriefing !== undefined && lastBriefing <= asOf ? [lastBriefing] : [])]
      .sort()
      .at(-1);
    const from = last ?? start;
    const date = briefingCadence === undefined || from === undefined ? undefined : nextByCadence(from, briefingCadence);
    if (date === undefined || asOf < addDays(date, -policy.reminders.leadDays['briefing-due'])) return [];
    if (isEnded(facts) || partnership.unreadable.has('lastBriefing')) return [];
    const params = { date, ...(last === undefined ? {} : { lastHeld: last }) };
    return [about(partnership, { occurrence: last ?? 'first', due: previousBusinessDay(date, calendar), params })];
  },
});

export const reviewWithoutActions = defineReminder({
  code: 'review-without-actions',
  rule: 'review-without-actions',
  guide: '2-3',
  severity: 'low',
  ...onFindings(['review-without-actions'], (finding, { facts: { policy, calendar } }) => {
    const held = dayIn(finding, 'date');
    const days = policy.rules.reviewActions + policy.reminders.answerDays['review-without-actions'];
    return { occurrence: held, due: addBusinessDays(held, days, calendar) };
  }),
});

export const nextGoals = defineReminder({
  code: 'period-ends-without-next',
  rule: 'next-goals',
  guide: '3-4',
  severity: 'medium',
  ...onFindings(['period-ends-without-next'], (finding, { facts }) => ({
    occurrence: dayIn(finding, 'date'),
    due: previousBusinessDay(dayIn(finding, 'date'), facts.calendar),
  })),
});

/** One task per partnership, however many of its role specifications are due. */
export const roleReview = defineReminder({
  code: 'role-review',
  rule: 'role-review',
  guide: '3-2',
  severity: 'low',
  reads: ['roles.reviewBy', ...ENDED_READS],
  ask: ({ facts }) => {
    const { partnership, roles, policy, calendar, asOf } = facts;
    const until = addDays(asOf, policy.reminders.leadDays['role-review']);
    const due = roles.flatMap((row) => {
      const { reviewBy } = row.values;
      return reviewBy !== undefined && reviewBy <= until ? [{ row, reviewBy }] : [];
    });
    const [date] = due.map(({ reviewBy }) => reviewBy).sort();
    if (date === undefined || isEnded(facts)) return [];
    const evidence = due.map(({ row }) => refOf(row));
    const params = { date, count: due.length };
    return [about(partnership, { occurrence: date, due: previousBusinessDay(date, calendar), params, evidence })];
  },
});
