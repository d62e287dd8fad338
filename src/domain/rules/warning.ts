/** Early warning: small signs of the last weeks, each of which is easily explained, and which together are not. */
import { addDays, businessDaysBetween, type Day } from '../calendar.js';
import type { EntityRow } from '../entities.js';
import { medianOf } from '../factors/factor.js';
import { type Facts, isKnown, refOf } from '../facts.js';
import type { WarningSignal } from '../policy-rules.js';
import { type Rating, ratingsOf } from '../ratings.js';
import type { RowRef } from '../snapshot.js';
import { counts, heldDay } from './governance.js';
import { isOpenAction } from './promise.js';
import { CONTACT_READS, silenceOf } from './relationship.js';
import { defineRule } from './rule.js';
import { isEnded } from './term.js';

/** The rows a signal was seen in; none where it was not. */
type Sign = (facts: Facts, since: Day) => readonly RowRef[];

const FEWEST = 2;
const FEWEST_BEFORE = 3;
const BEFORE = 90;

const within = (day: Day | undefined, since: Day, until: Day): boolean =>
  day !== undefined && day > since && day <= until;

const silence: Sign = (facts) => {
  const found = silenceOf(facts);
  return found !== undefined && found.days >= found.warn ? [refOf(facts.partnership)] : [];
};

/** Business days until a message was answered, for those that were answered in a span of days. */
function answers({ interactions, calendar }: Facts, since: Day, until: Day) {
  return interactions.flatMap((row) => {
    const { date, respondedOn } = row.values;
    if (date === undefined || respondedOn === undefined || respondedOn < date) return [];
    return within(respondedOn, since, until) ? [{ row, days: businessDaysBetween(date, respondedOn, calendar) }] : [];
  });
}

/** Answers take half as long again as in the three months before, and at least a day more. */
const slowerReplies: Sign = (facts, since) => {
  const now = answers(facts, since, facts.asOf);
  const before = answers(facts, addDays(since, -BEFORE), since);
  if (now.length < FEWEST || before.length < FEWEST_BEFORE) return [];
  const [slow, usual] = [medianOf(now.map(({ days }) => days)), medianOf(before.map(({ days }) => days))];
  const isSlower = slow >= usual * facts.policy.rules.warning.slower && slow >= usual + 1;
  return isSlower ? now.map(({ row }) => refOf(row)) : [];
};

/** The newest mark for satisfaction of a side is lower than that side's mark before it. */
const fallingSatisfaction: Sign = (facts, since) => {
  const marks = ratingsOf(facts).filter(({ question }) => question === 'satisfaction');
  const fell = (rater: Rating['rater']): readonly RowRef[] => {
    const [before, last] = marks.filter((mark) => mark.rater === rater).slice(-2);
    if (before === undefined || last === undefined || !within(last.day, since, facts.asOf)) return [];
    return before.mark - last.mark >= facts.policy.rules.warning.drop - 1e-9 ? [last.row] : [];
  };
  return [...fell('them'), ...fell('joint')];
};

/** A review that was to be held and was not, whether it was called off or let pass. */
const missedReviews: Sign = ({ reviews, asOf }, since) =>
  reviews
    .filter((row) => counts(row) && isKnown(row, 'status', 'heldOn') && heldDay(row, asOf) === undefined)
    .filter(({ values: { plannedOn } }) => within(plannedOn, since, addDays(asOf, -1)))
    .map(refOf);

const complaints: Sign = ({ feedback, interactions, asOf }, since) => {
  const rows: readonly (EntityRow<'feedback'> | EntityRow<'interactions'>)[] = [
    ...feedback.filter(({ values: { kind, side } }) => kind === 'complaint' && side !== 'us'),
    ...interactions.filter(({ values: { tone } }) => tone === 'negative'),
  ];
  const recent = rows.filter(({ values: { date } }) => within(date, since, asOf));
  return recent.length >= FEWEST ? recent.map(refOf) : [];
};

/** Promises of theirs that fell due and are open. */
const slippedPromises: Sign = ({ actions, asOf }, since) => {
  const slipped = actions.filter((row) => {
    const { side, due } = row.values;
    const theirs = (side === 'them' || side === 'both') && isKnown(row, 'side');
    return theirs && within(due, since, addDays(asOf, -1)) && isOpenAction(row, asOf);
  });
  return slipped.length >= FEWEST ? slipped.map(refOf) : [];
};

const singleContact: Sign = ({ contacts }) => {
  const here = contacts.filter(({ values: { side, status } }) => side !== 'us' && status !== 'left');
  return here.length === 1 ? here.map(refOf) : [];
};

const SIGNS: Readonly<Record<WarningSignal, Sign>> = {
  silence,
  slowerReplies,
  fallingSatisfaction,
  missedReviews,
  complaints,
  slippedPromises,
  singleContact,
};

/** The signals of a partnership today, with what each weighs and the rows it was seen in; those without weight are left out. */
export function signalsOf(facts: Facts) {
  const { days, weights } = facts.policy.rules.warning;
  const since = addDays(facts.asOf, -days);
  return (Object.keys(SIGNS) as WarningSignal[])
    .map((signal) => ({ signal, weight: weights[signal], rows: SIGNS[signal](facts, since) }))
    .filter(({ weight, rows }) => weight > 0 && rows.length > 0);
}

export const earlyWarning = defineRule({
  code: 'early-warning',
  family: 'relationship',
  guide: '5-1',
  severities: ['high', 'medium'],
  thresholds: ['rules.warning'],
  requires: [
    [
      'interactions.date',
      'partnerships.lastContact',
      'contacts.lastContact',
      'feedback.kind',
      'reviews.plannedOn',
      'actions.due',
      'reviews.satisfaction',
      'feedback.satisfaction',
    ],
  ],
  reads: [
    ...CONTACT_READS,
    'interactions.tone',
    'reviews.kind',
    'reviews.side',
    'reviews.satisfaction',
    'feedback.date',
    'feedback.kind',
    'feedback.side',
    'feedback.satisfaction',
    'actions.due',
    'actions.side',
    'actions.status',
    'actions.doneOn',
    'contacts.status',
  ],
  check: (facts) => {
    if (isEnded(facts)) return [];
    const { watch, act } = facts.policy.rules.warning;
    const signals = signalsOf(facts);
    const weight = signals.reduce((sum, signal) => sum + signal.weight, 0);
    if (signals.length === 0 || weight < watch) return [];
    const params = { signals: signals.map(({ signal }) => signal).join(','), count: signals.length };
    const evidence = signals.flatMap(({ rows }) => rows).filter(({ id }) => id !== facts.partnership.id);
    const severity = weight >= act ? 'high' : 'medium';
    return [{ severity, entity: 'partnerships', row: refOf(facts.partnership), evidence, params }];
  },
});
