/** Reminders of the people of a partnership: to speak, to answer, to name a successor. */
import { addBusinessDays, addDays } from '../calendar.js';
import { refOf } from '../facts.js';
import { countedFromToday, dayIn, defineReminder, onFindings, quarterOf } from './reminder.js';

/** A review that is overdue asks for the same conversation, so it is asked for once. */
export const silence = defineReminder({
  code: 'silence',
  rule: 'silence',
  guide: '5-1',
  severity: 'medium',
  ...onFindings(['silence'], (finding, { facts: { policy, calendar }, findings }) => {
    if (findings.some(({ code }) => code === 'review-overdue')) return undefined;
    const since = dayIn(finding, 'date');
    const told = addDays(since, Number(finding.params.warn ?? 0));
    return { occurrence: since, due: addBusinessDays(told, policy.reminders.answerDays.silence, calendar) };
  }),
});

export const feedbackUnanswered = defineReminder({
  code: 'feedback-unanswered',
  rule: 'feedback-unanswered',
  guide: '5-1',
  severity: 'medium',
  ...onFindings(['feedback-unanswered'], (finding, { facts: { policy, calendar } }) => {
    const given = dayIn(finding, 'date');
    const late = addDays(given, policy.rules.feedbackAnswer);
    return {
      occurrence: given,
      due: addBusinessDays(late, policy.reminders.answerDays['feedback-unanswered'], calendar),
    };
  }),
});

/** Nobody says when somebody left: asked for once a quarter, of the partnership and not of each person. */
export const contactLeft = defineReminder({
  code: 'contact-left',
  rule: 'contact-left',
  guide: '6-4',
  severity: 'medium',
  ...onFindings(['contact-left'], (finding, { facts }) => ({
    entity: 'partnerships',
    row: refOf(facts.partnership),
    evidence: [finding.row],
    occurrence: quarterOf(facts.asOf),
    ...countedFromToday('contact-left', facts, 'while-open'),
  })),
});

export const handOver = defineReminder({
  code: 'owner-missing',
  rule: 'hand-over',
  guide: '6-4',
  severity: 'high',
  ...onFindings(['owner-missing'], (_finding, { facts }) => ({
    occurrence: quarterOf(facts.asOf),
    ...countedFromToday('owner-missing', facts, 'while-open'),
  })),
});
