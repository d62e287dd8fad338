import { dayIn, nameIn, percentIn, type RuleWords, wordsIn } from '../words.js';
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
const QUESTIONS: Readonly<Record<string, string>> & { readonly satisfaction: string } = {
  satisfaction: 'Satisfaction',
  communication: 'Communication',
  problemResponse: 'Problem response',
  trust: 'Trust',
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
  'diagnosis-overdue': {
    flag: 'Diagnosis overdue',
    says: (params) =>
      dayIn(params, 'lastHeld') === undefined
        ? 'Nobody has asked how the relationship is'
        : `A talk about the relationship was due on ${dayOf(params, 'date')}`,
    about: 'The meeting at which both sides say how the relationship is was not held.',
    next: 'Meet without an agenda of numbers, and ask what could become a problem.',
  },
  'evaluation-one-sided': {
    flag: 'One-sided marks',
    says: (params) => `Only ${params.missing === 'us' ? 'the partner has' : 'our side has'} given marks`,
    about: 'Only one side was asked how the partnership is.',
    next: 'Ask the other side the same questions.',
  },
  'rating-low': {
    flag: 'Low marks',
    says: (params) =>
      `${QUESTIONS[String(params.question)] ?? QUESTIONS.satisfaction} is at ${params.mark}${params.before === undefined ? '' : `, after ${params.before} before`}`,
    about:
      'Satisfaction, communication, problem response or trust is marked low, or clearly lower than half a year before.',
    next: 'Agree on a plan with the partner for just this one, and ask again in a quarter.',
  },
  'profile-incomplete': {
    flag: 'Partner little known',
    says: (params) => `The profile of the partner is ${percentIn(params, 'share')} complete`,
    about: 'Business model, market, decision structure, values or priorities of the partner are not written down.',
    next: 'Ask for an hour to understand the partner, and fill in what is missing.',
  },
  'profile-stale': {
    flag: 'Profile not reviewed',
    says: (params) => `The profile was to be looked at again by ${dayOf(params, 'date')}`,
    about: 'The day the profile of the partner was to be looked at again has passed.',
    next: 'Go through it with the partner and set the next day.',
  },
  'esg-unproved': {
    flag: 'ESG unproved',
    says: (params) =>
      dayIn(params, 'date') === undefined
        ? 'The ESG checklist has no evidence'
        : `The ESG evidence expired on ${dayOf(params, 'date')}`,
    about: 'The ESG checklist has no evidence behind it, or one that has expired.',
    next: 'Ask for evidence and enter until when it is valid.',
  },
  'health-dropped': {
    flag: 'Health falling',
    says: (params) => `Health fell sharply from ${params.before} on ${dayOf(params, 'date')}`,
    about: 'The health number has lost many points within a week.',
    next: 'Look at what changed first, and talk to the partner before the next review.',
  },
} as const satisfies Readonly<Record<string, RuleWords>>;
