/** Reminders of what runs out: terms to decide about, papers to renew. */
import type { Finding } from '../assessment.js';
import { addDays, previousBusinessDay } from '../calendar.js';
import { ENDED_READS, isEnded } from '../rules/term.js';
import { about, dayIn, defineReminder, type Matter, onFindings } from './reminder.js';

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
  ...onFindings(['decide-by'], renewal),
});

export const noticePassed = defineReminder({
  code: 'notice-passed',
  rule: 'decide-by',
  guide: '6-5',
  severity: 'high',
  ...onFindings(['notice-passed'], renewal),
});

export const certificateExpiring = defineReminder({
  code: 'certificate-expiring',
  rule: 'certificate-expiring',
  guide: '6-5',
  severity: 'medium',
  ...onFindings(['certificate-expiring'], (finding, { facts }) => ({
    occurrence: dayIn(finding, 'date'),
    due: previousBusinessDay(dayIn(finding, 'date'), facts.calendar),
  })),
});

export const esgEvidence = defineReminder({
  code: 'esg-evidence-expiring',
  rule: 'esg-evidence',
  guide: '6-6',
  severity: 'low',
  reads: ['partnerships.esgEvidenceUntil', ...ENDED_READS],
  ask: ({ facts }) => {
    const { partnership, policy, calendar, asOf } = facts;
    const { esgEvidenceUntil: until } = partnership.values;
    if (until === undefined || isEnded(facts)) return [];
    if (asOf < addDays(until, -policy.reminders.leadDays['esg-evidence-expiring'])) return [];
    return [
      about(partnership, { occurrence: until, due: previousBusinessDay(until, calendar), params: { date: until } }),
    ];
  },
});
