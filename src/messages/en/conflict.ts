import type { Params } from '../../domain/assessment.js';
import { dayIn, type RuleWords, wordsIn } from '../words.js';
import { dayOf, quoted } from './phrases.js';

/** An open issue, and what of it is late. */
function missed(params: Params): string {
  if (dayIn(params, 'by') !== undefined) {
    return `not ${params.missed === 'acknowledge' ? 'acknowledged' : 'resolved'} (due ${dayOf(params, 'by')})`;
  }
  return dayIn(params, 'opened') === undefined ? 'open' : `open since ${dayOf(params, 'opened')}`;
}

const GRADES: Readonly<Partial<Record<string, string>>> = { critical: 'Critical', high: 'Serious', low: 'Minor' };
const STATES: Readonly<Record<string, string>> = {
  sensed: 'sensed',
  facts: 'fact finding',
  'joint-talk': 'joint talk',
  sponsor: 'the sponsors',
  mediation: 'mediation',
  resolved: 'a solution',
  recovering: 'recovery',
  closed: 'its end',
};
const PARTS: Readonly<Record<string, string>> = {
  fact: 'fact',
  cause: 'cause',
  impact: 'impact',
  proposal: 'proposal',
  evidence: 'evidence',
  owner: 'owner',
  decider: 'decider',
  mediator: 'mediator',
  mediationClause: 'clause on mediation',
};
const STEPS: Readonly<Record<string, string>> & { readonly check: string } = {
  reconciliation: 'a meeting of both sides',
  prevention: 'an action that prevents the next one',
  check: 'a check of how it goes',
};

/** The rung of the ladder a param names. */
export const stateOf = (params: Params, key: string): string => wordsIn(params, key, STATES)[0] ?? '';
const missingOf = (params: Params): string => wordsIn(params, 'missing', PARTS).join(', ');

export const conflict = {
  'issue-open': {
    flag: 'Open issue',
    says: (params) => `${GRADES[String(params.grade)] ?? 'Open'} issue ${quoted(params, 'issue')} is ${missed(params)}`,
    about: 'A grave issue is open, or any issue is not acknowledged or resolved in the time its severity gives.',
    next: 'Acknowledge it to the partner, name who decides, and agree on the day of a solution.',
  },
  'issue-stuck': {
    flag: 'Issue stuck',
    says: (params) =>
      `Issue ${quoted(params, 'issue')} stands at ${stateOf(params, 'state')} since ${dayOf(params, 'date')}; next is ${stateOf(params, 'to')}`,
    about: 'An issue stands on one rung of the ladder for longer than that rung should take.',
    next: 'Take it one rung further, or say in the row why it stays.',
  },
  'issue-incomplete': {
    flag: 'Issue without facts',
    says: (params) =>
      params.opinion === 1
        ? `Issue ${quoted(params, 'issue')} is an opinion so far: ${missingOf(params)} missing`
        : `Issue ${quoted(params, 'issue')} lacks ${missingOf(params)}`,
    about:
      'An issue is talked about before fact, cause, impact, proposal and evidence are written down. Without fact and evidence it is an opinion.',
    next: 'Write the missing parts down together with the partner before the next talk.',
  },
  'issue-without-owner': {
    flag: 'Issue without owner',
    says: (params) => `Issue ${quoted(params, 'issue')} has no ${missingOf(params)}`,
    about: 'An open issue has nobody who answers for it, or nobody who decides it.',
    next: 'Name both: who leads it to a solution, and who decides.',
  },
  'mediation-unprepared': {
    flag: 'Mediation unprepared',
    says: (params) => `For issue ${quoted(params, 'issue')} there is no ${missingOf(params)}`,
    about:
      'An issue has gone up to the sponsors or into mediation, and no third party or no clause of the agreement is named for it.',
    next: 'Agree with the partner on a mediator, and look up the clause.',
  },
  'issue-recurring': {
    flag: 'Issue recurring',
    says: (params) =>
      `The cause ${quoted(params, 'cause')} has come up ${params.count} times, last in ${quoted(params, 'issue')}`,
    about: 'The same cause has raised an issue again within half a year.',
    next: 'Treat the cause rather than the case: put an improvement with an owner against it.',
  },
  'lesson-missing': {
    flag: 'Lesson missing',
    says: (params) =>
      `Nothing is written down of what issue ${quoted(params, 'issue')} has taught (resolved on ${dayOf(params, 'date')})`,
    about: 'An issue was resolved and what was learnt from it is not written down.',
    next: 'Write two sentences: what happened, and what is done differently since.',
  },
  'recovery-step-missing': {
    flag: 'Recovery step missing',
    says: (params) =>
      `After issue ${quoted(params, 'issue')}: ${STEPS[String(params.step)] ?? STEPS.check} was due on ${dayOf(params, 'date')}`,
    about:
      'After a grave issue trust has to be won back: a meeting of both sides, an action against the next time, and checks of how it goes. One of them is due.',
    next: 'Take the step, or close the issue if trust is back.',
  },
  'not-recovered': {
    flag: 'Not recovered',
    says: (params) =>
      params.again === undefined
        ? `Trust is at ${params.now} after issue ${quoted(params, 'issue')}; it was ${params.before} before`
        : `The cause of issue ${quoted(params, 'issue')} has come back as ${quoted(params, 'again')}`,
    about:
      'Three months after an issue was resolved its cause has come back, or trust is still below where it stood before.',
    next: 'Open the talk again with the sponsors, and plan something both sides gain by.',
  },
} as const satisfies Readonly<Record<string, RuleWords>>;
