/** The people of a partnership: who answers for it here, whom there is to talk to there, and who was not answered. */
import { daysBetween } from '../calendar.js';
import { type Facts, refOf, tierOf } from '../facts.js';
import { defineRule, type FieldPath } from './rule.js';
import { ENDED_READS, isEnded } from './term.js';

export const ownerMissing = defineRule({
  code: 'owner-missing',
  family: 'governance',
  guide: '1-1',
  severities: ['medium'],
  thresholds: [],
  requires: ['partnerships.owner'],
  reads: ['partnerships.owner', ...ENDED_READS],
  check: (facts) => {
    const { partnership } = facts;
    const missing = (partnership.values.owner ?? []).length === 0;
    if (!missing || partnership.unreadable.has('owner') || isEnded(facts)) return [];
    return [{ severity: 'medium', entity: 'partnerships', row: refOf(partnership), params: {} }];
  },
});

/** Their people, and which of them are still there. Whose state cannot be read is taken to be there. */
function theirs({ contacts }: Facts) {
  const known = contacts.filter(({ values }) => values.side !== 'us');
  return { known, here: known.filter(({ values }) => values.status !== 'left') };
}

const CONTACTS: readonly FieldPath[] = ['contacts.side', 'contacts.status', ...ENDED_READS];

export const contactLeft = defineRule({
  code: 'contact-left',
  family: 'relationship',
  guide: '6-4',
  severities: ['medium'],
  thresholds: [],
  requires: ['contacts.status'],
  reads: CONTACTS,
  check: (facts) => {
    const { known, here } = theirs(facts);
    const [first] = known;
    if (first === undefined || here.length > 0 || isEnded(facts)) return [];
    return [{ severity: 'medium', entity: 'contacts', row: refOf(first), params: { contact: first.title } }];
  },
});

export const singleContact = defineRule({
  code: 'single-contact',
  family: 'relationship',
  guide: '6-4',
  severities: ['low', 'info'],
  thresholds: [],
  requires: ['contacts.partnership'],
  reads: [...CONTACTS, 'partnerships.tier'],
  check: (facts) => {
    const { here } = theirs(facts);
    const [only] = here;
    if (only === undefined || here.length > 1 || isEnded(facts)) return [];
    const severity = tierOf(facts) === 'strategic' ? 'low' : 'info';
    return [{ severity, entity: 'contacts', row: refOf(only), params: { contact: only.title } }];
  },
});

export const feedbackUnanswered = defineRule({
  code: 'feedback-unanswered',
  family: 'relationship',
  guide: '5-1',
  severities: ['medium', 'low'],
  thresholds: ['rules.feedbackAnswer'],
  requires: ['feedback.date', 'feedback.answeredOn'],
  reads: ['feedback.date', 'feedback.side', 'feedback.kind', 'feedback.answeredOn', ...ENDED_READS],
  check: (facts) => {
    if (isEnded(facts)) return [];
    return facts.feedback.flatMap((row) => {
      const { date, side, kind, answeredOn } = row.values;
      const asks = side !== 'us' && kind !== 'praise' && !row.unreadable.has('answeredOn');
      if (date === undefined || !asks || answeredOn !== undefined) return [];
      if (daysBetween(date, facts.asOf) <= facts.policy.rules.feedbackAnswer) return [];
      const severity = kind === 'complaint' ? ('medium' as const) : ('low' as const);
      return [{ severity, entity: 'feedback' as const, row: refOf(row), params: { date } }];
    });
  },
});
