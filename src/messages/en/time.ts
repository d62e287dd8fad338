import { type RuleWords, wordsIn } from '../words.js';
import { dayOf, quoted, renews } from './phrases.js';

const EVIDENCE: Readonly<Record<string, string>> = {
  sponsor: 'a sponsor',
  risks: 'a first list of risks',
  profile: 'a profile of the partner',
  owner: 'an owner',
  roles: 'roles',
  goals: 'goals',
  agreement: 'an agreement',
  cadence: 'a cadence of reviews',
  improvement: 'improvements',
  review: 'a review',
};

export const time = {
  'decide-by': {
    flag: 'Renewal decision due',
    says: (params) =>
      `Decide on renewal by ${dayOf(params, 'date')} (notice deadline ${dayOf(params, 'deadline')}${renews(params, ', renews by itself')})`,
    about: 'The day by which the next term has to be decided, to leave time before notice, is near or has passed.',
    next: 'Decide whether to renew, renegotiate or end, and record it.',
  },
  'notice-passed': {
    flag: 'Notice deadline passed',
    says: (params) =>
      `Notice deadline ${dayOf(params, 'deadline')} passed without a decision${renews(params, ', so the term renews by itself')}`,
    about: 'Notice can no longer be given and nobody has decided about the next term.',
    next: 'Settle the next term with the partner and record it.',
  },
  'certificate-expiring': {
    flag: 'Certificate expiring',
    says: (params) =>
      `${quoted(params, 'agreement')} ${params.expired === 1 ? 'expired' : 'expires'} on ${dayOf(params, 'date')}`,
    about: 'An NDA, an insurance or a certificate runs out, and nothing of its kind holds for longer.',
    next: 'Ask for its renewal and enter the new end.',
  },
  'period-ends-without-next': {
    flag: 'No goals for next period',
    says: (params) => `The KPIs end on ${dayOf(params, 'date')} and none follow`,
    about: 'The goals of this period end and there are none for the next.',
    next: 'Take what the last review showed into goals for the next period.',
  },
  'stage-stalled': {
    flag: 'Stage stalled',
    says: (params) => `In the same stage since ${dayOf(params, 'date')}`,
    about: 'The partnership has stayed in one stage of its life cycle for longer than that stage should last.',
    next: 'Settle what is missing for the next stage, or end it.',
  },
  'notice-unknown': {
    flag: 'Notice period unknown',
    says: (params) =>
      `${quoted(params, 'agreement')} renews by itself on ${dayOf(params, 'end')}, and no notice period is written down`,
    about: 'A term renews by itself, and until when notice can be given is not written down.',
    next: 'Look the notice period up in the agreement and enter it.',
  },
  'stage-evidence-missing': {
    flag: 'Stage without evidence',
    says: (params) => `For its stage the partnership lacks ${wordsIn(params, 'missing', EVIDENCE).join(', ')}`,
    about: 'A partnership has entered a stage of its life cycle without what that stage rests on.',
    next: 'Make up for what is missing, or step back a stage.',
  },
} as const satisfies Readonly<Record<string, RuleWords>>;
