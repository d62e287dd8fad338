import { dayIn, type RuleWords } from '../words.js';
import { dayOf, quoted } from './phrases.js';

export const governance = {
  'review-overdue': {
    flag: 'Review overdue',
    says: (params) =>
      dayIn(params, 'lastHeld') === undefined
        ? `First review was due on ${dayOf(params, 'date')}`
        : `Review was due on ${dayOf(params, 'date')} (last held ${dayOf(params, 'lastHeld')})`,
    about: 'The joint review the cadence asks for was not held.',
    next: 'Agree on a day with the partner and hold it.',
  },
  'review-due': {
    flag: 'Review due',
    says: (params) =>
      params.planned === 1 ? `Review planned for ${dayOf(params, 'date')}` : `Review due by ${dayOf(params, 'date')}`,
    about: 'A joint review is due within the lead time.',
    next: 'Prepare it: KPIs, late milestones, open risks, the actions of the last one.',
  },
  'review-without-actions': {
    flag: 'Review without actions',
    says: (params) => `No actions came out of the review of ${dayOf(params, 'date')}`,
    about: 'The last review was held and nothing to do came out of it.',
    next: 'Write down what was agreed, with owner and day.',
  },
  'decision-waiting': {
    flag: 'Decision waiting',
    says: (params) => `Decision ${quoted(params, 'decision')} has been waiting since ${dayOf(params, 'date')}`,
    about: 'A decision was asked for and is neither taken nor put aside.',
    next: 'Decide, or put it on hold and say until when.',
  },
  'decision-without-rationale': {
    flag: 'Decision without rationale',
    says: (params) => `Decision ${quoted(params, 'decision')} has no written rationale`,
    about: 'A decision of the last months does not say why it was taken.',
    next: 'Add a sentence on why, as long as those who decided remember.',
  },
  'decision-expired': {
    flag: 'Decision expired',
    says: (params) => `Temporary decision ${quoted(params, 'decision')} expired on ${dayOf(params, 'date')}`,
    about: 'A temporary decision is past its last day and was not made permanent.',
    next: 'Ratify it, take it back, or extend it with a new day.',
  },
  'owner-missing': {
    flag: 'No owner',
    says: () => 'Nobody is named as owner',
    about: 'Nobody on our side answers for the partnership.',
    next: 'Name an owner.',
  },
} as const satisfies Readonly<Record<string, RuleWords>>;
