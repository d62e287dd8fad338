import { nameIn, type RuleWords, wordsIn } from '../words.js';
import { dayOf } from './phrases.js';

const SIGNALS: Readonly<Record<string, string>> = {
  silence: 'silence',
  slowerReplies: 'slower replies',
  fallingSatisfaction: 'falling satisfaction',
  missedReviews: 'missed reviews',
  complaints: 'complaints',
  slippedPromises: 'promises not kept',
  singleContact: 'a single contact',
};
const SPONSORS: Readonly<Record<string, string>> = { us: 'on our side', them: 'on their side' };

export const relationship = {
  silence: {
    flag: 'Silence',
    says: (params) => `No two-way contact since ${dayOf(params, 'date')}`,
    about: 'Both sides have not spoken for longer than the tier allows. A message nobody answered is no contact.',
    next: 'Call the partner, and write the contact down.',
  },
  imbalance: {
    flag: 'Trust and results apart',
    says: (params) =>
      params.lacks === 'trust'
        ? 'Results without trust: trust is far below performance'
        : 'Trust without results: performance is far below trust',
    about: 'Performance and trust are far apart: results that rest on no trust do not last, trust alone brings none.',
    next: 'Put the weaker of the two first on the agenda of the next review.',
  },
  'contact-left': {
    flag: 'No contact person',
    says: (params) => `No contact person is left (last known: ${nameIn(params, 'contact')})`,
    about: 'Every contact person on their side has left.',
    next: 'Ask the partner for a successor and add them.',
  },
  'single-contact': {
    flag: 'Single contact',
    says: (params) => `${nameIn(params, 'contact')} is the only contact person`,
    about: 'The whole partnership hangs on one person on their side.',
    next: 'Get to know a second person before the first one leaves.',
  },
  'feedback-unanswered': {
    flag: 'Feedback unanswered',
    says: (params) => `Feedback of ${dayOf(params, 'date')} is not answered`,
    about: 'Feedback of the partner has gone without an answer; a complaint weighs more.',
    next: 'Answer it, even where the answer is only who looks into it, and enter the day.',
  },
  'owner-left': {
    flag: 'Owner left',
    says: (params) =>
      `${nameIn(params, 'person')} has left and still answers for ${params.count === 1 ? 'one row' : `${params.count} rows`}`,
    about: 'Somebody of ours who has left still answers for the partnership, or for something in it.',
    next: 'Hand over what is theirs: to the backup first, then row by row.',
  },
  'sponsor-missing': {
    flag: 'Sponsor missing',
    says: (params) => `No sponsor ${wordsIn(params, 'missing', SPONSORS).join(' or ')}`,
    about: 'Nobody at the top of one side, or of either, answers for the partnership.',
    next: 'Ask for a name, and bring both sponsors together once.',
  },
  'sponsor-silent': {
    flag: 'Sponsor silent',
    says: (params) => `No contact with sponsor ${nameIn(params, 'contact')} since ${dayOf(params, 'date')}`,
    about: 'The sponsor of the other side was not heard of for longer than the tier allows.',
    next: 'Plan a short talk between the two sponsors.',
  },
  'backup-missing': {
    flag: 'No backup',
    says: () => 'Nobody stands in for the owner',
    about: 'Nobody stands in when the owner is away or leaves.',
    next: 'Name a backup, and take them along to the next review.',
  },
  'early-warning': {
    flag: 'Early warning',
    says: (params) => `Early signs: ${wordsIn(params, 'signals', SIGNALS).join(', ')}`,
    about:
      'Several small signs of the last weeks come together: silence, slower replies, falling satisfaction, missed reviews, complaints, promises that slip, a single contact.',
    next: 'Ask the partner how it is going before anything is overdue, and write down what you hear.',
  },
} as const satisfies Readonly<Record<string, RuleWords>>;
