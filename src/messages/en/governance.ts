import type { Params } from '../../domain/assessment.js';
import { dayIn, nameIn, type RuleWords, wordsIn } from '../words.js';
import { dayOf, quoted } from './phrases.js';

const PARTS: Readonly<Record<string, string>> = {
  responsible: 'who does it',
  accountable: 'who answers for it',
  theirPerson: 'counterpart',
};
const missingOf = (params: Params): string => wordsIn(params, 'missing', PARTS).join(', ');

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
    says: (params) =>
      `Decision ${quoted(params, 'decision')} has been waiting ${params.stage === undefined ? '' : `at “${nameIn(params, 'stage')}” `}since ${dayOf(params, 'date')}`,
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
  'decision-without-approver': {
    flag: 'Decision without approver',
    says: (params) => `Nobody is named to decide ${quoted(params, 'decision')}`,
    about: 'A decision was asked for and it is not said who takes it.',
    next: 'Name who decides.',
  },
  'self-approval': {
    flag: 'Self-approval',
    says: (params) =>
      params.pending === 1
        ? `Decision ${quoted(params, 'decision')} is to be taken by who asked for it`
        : `Decision ${quoted(params, 'decision')} was taken by who asked for it`,
    about: 'A decision is taken by the same person who asked for it.',
    next: 'Let a second person look at it, and put them down as approver.',
  },
  'decision-review-overdue': {
    flag: 'Decision not reviewed',
    says: (params) => `Decision ${quoted(params, 'decision')} was to be looked at again by ${dayOf(params, 'date')}`,
    about: 'The day a decision was to be looked at again has passed.',
    next: 'See whether it still holds, and set the next day.',
  },
  'role-gap': {
    flag: 'Role with a gap',
    says: (params) => `Role ${quoted(params, 'role')}: ${missingOf(params)} missing`,
    about: 'A role specification does not say who does it, who answers for it, or who the counterpart is.',
    next: 'Fill the gap together with the partner.',
  },
  'role-overlap': {
    flag: 'Role overlap',
    says: (params) => `${params.count} people answer for ${quoted(params, 'role')}`,
    about: 'Two people answer for one function, so in the end nobody does.',
    next: 'Agree on one of them, and give the others a part of their own.',
  },
  'role-stale': {
    flag: 'Role not reviewed',
    says: (params) => `Role ${quoted(params, 'role')} was to be looked at again by ${dayOf(params, 'date')}`,
    about: 'The day a role specification was to be looked at again has passed.',
    next: 'See whether it still fits, and set the next day.',
  },
  'roles-missing': {
    flag: 'No roles on record',
    says: () => 'Nobody has written down who does what',
    about: 'A partnership at work has not one role specification.',
    next: 'Write down the functions that matter, with one person on each side for each.',
  },
  'evaluation-overdue': {
    flag: 'Evaluation overdue',
    says: (params) =>
      dayIn(params, 'lastHeld') === undefined
        ? 'The partnership was never evaluated'
        : `Evaluation was due on ${dayOf(params, 'date')} (last held ${dayOf(params, 'lastHeld')})`,
    about: 'The regular evaluation of the partnership was not held, or never was.',
    next: 'Ask both sides for their marks, then meet about what lies apart.',
  },
  'briefing-overdue': {
    flag: 'Briefing overdue',
    says: (params) => `Briefing was due on ${dayOf(params, 'date')}`,
    about: 'The briefing the partner was promised was not given.',
    next: 'Send progress, risks and decisions since the last one, the failures among them.',
  },
} as const satisfies Readonly<Record<string, RuleWords>>;
