/** Trust: contact, reviews held when they were due, what either side says when asked, answers and tone. */
import { businessDaysBetween, daysBetween } from '../calendar.js';
import type { EntityRow } from '../entities.js';
import { type Facts, refOf } from '../facts.js';
import { gapsOf, isMark, newest, QUESTIONS, type Question, type Rating, ratingsOf } from '../ratings.js';
import { nextReviewOf, REVIEW_READS, reviewSchedule } from '../rules/governance.js';
import { CONTACT_READS, silenceOf } from '../rules/relationship.js';
import type { FieldPath } from '../rules/rule.js';
import { clamp, type Evidence, type FactorCode, fading, type Measure, meanOf, medianOf } from './factor.js';

/** Everything trust rests on. */
export const TRUST_READS: readonly FieldPath[] = [
  ...new Set([...REVIEW_READS, ...CONTACT_READS]),
  'partnerships.satisfaction',
  'reviews.side',
  'feedback.date',
  'feedback.side',
  'feedback.kind',
  ...QUESTIONS.flatMap((question) => [`reviews.${question}`, `feedback.${question}`] as const),
  'interactions.tone',
];

export function trust(facts: Facts): readonly Measure[] {
  const ratings = ratingsOf(facts);
  return [
    ...contact(facts),
    ...punctuality(facts),
    ...QUESTION_FACTORS.flatMap(([code, question]) => rated(code, question, ratings, facts)),
    ...perceptionGap(ratings, facts),
    ...responseTime(facts),
    ...tone(facts),
  ];
}

/** 1 up to the warning of the tier, falling evenly to 0 at its alarm. */
function contact(facts: Facts): readonly Measure[] {
  const silence = silenceOf(facts);
  if (silence === undefined) return [];
  const { since, days, warn, alarm } = silence;
  const about = { code: 'contact', entity: 'partnerships', row: refOf(facts.partnership), day: since } as const;
  return meanOf('contact', [{ ...about, params: { warn, alarm }, credit: fading(days, warn, alarm), weight: 1 }]);
}

/**
 * 1 as long as the next review is not overdue, falling evenly to 0 when it is late by a whole interval. Before the first
 * review there is no habit to judge.
 */
function punctuality(facts: Facts): readonly Measure[] {
  const schedule = reviewSchedule(facts);
  if (schedule?.lastHeld === undefined) return [];
  const next = nextReviewOf(schedule);
  const late = next >= facts.asOf ? 0 : daysBetween(schedule.due, facts.asOf);
  const credit = clamp(1 - late / schedule.interval, 0, 1);
  const about = { code: 'review', entity: 'partnerships', row: refOf(facts.partnership), day: next } as const;
  return meanOf('reviews', [{ ...about, params: { lastHeld: schedule.lastHeld }, credit, weight: 1 }]);
}

const QUESTION_FACTORS: readonly (readonly [FactorCode, Question])[] = [
  ['satisfaction', 'satisfaction'],
  ['communication', 'communication'],
  ['problem-response', 'problemResponse'],
  ['stated-trust', 'trust'],
];

/** 1 to 5 put on 0 to 1, the mean of the raters. Without marks, satisfaction is what the partnership's own row states. */
function rated(
  code: FactorCode,
  question: Question,
  ratings: readonly Rating[],
  { partnership }: Facts,
): readonly Measure[] {
  const marks = newest(ratings, question);
  if (marks.length === 0 && question !== 'satisfaction') return [];
  const stated = partnership.values.satisfaction;
  if (marks.length === 0 && isMark(stated)) {
    const about = { code: 'rating', entity: 'partnerships', row: refOf(partnership), weight: 1 } as const;
    return meanOf(code, [{ ...about, params: { mark: stated, rater: 'joint' }, credit: (stated - 1) / 4 }]);
  }
  return meanOf(
    code,
    marks.map(({ entity, row, day, mark, rater }) => ({
      code: 'rating',
      entity,
      row,
      day,
      params: { mark, rater },
      credit: (mark - 1) / 4,
      weight: 1,
    })),
  );
}

/** How far the two sides see the same, over the questions both have answered. */
function perceptionGap(ratings: readonly Rating[], { policy }: Facts): readonly Measure[] {
  const { best, worst } = policy.health.perceptionGap;
  return meanOf(
    'perception-gap',
    gapsOf(ratings).map(({ question, us, them, marks }) => ({
      code: 'gap',
      entity: them.entity,
      row: them.row,
      day: them.day,
      params: { question, us: us.mark, them: them.mark },
      credit: fading(marks, best, worst),
      weight: 1,
    })),
  );
}

const RECENT = 90;
const FEWEST = 3;

/** The median of the business days until a message was answered, over the last ninety days; fewer than three tell nothing. */
function responseTime(facts: Facts): readonly Measure[] {
  const { interactions, calendar, asOf, policy } = facts;
  const answered = interactions.flatMap((row): readonly (Evidence & { readonly days: number })[] => {
    const { date, respondedOn } = row.values;
    if (date === undefined || respondedOn === undefined || respondedOn < date || respondedOn > asOf) return [];
    if (daysBetween(date, asOf) > RECENT) return [];
    const days = businessDaysBetween(date, respondedOn, calendar);
    return [
      { code: 'answered', entity: 'interactions', row: refOf(row), day: date, params: { days }, weight: 1, days },
    ];
  });
  if (answered.length < FEWEST) return [];
  const { best, worst } = policy.health.responseDays;
  const median = medianOf(answered.map(({ days }) => days));
  const evidence = answered.map(({ days: _days, ...item }) => item);
  return [{ code: 'response-time', score: fading(median, best, worst) * 100, evidence, params: { days: median } }];
}

/** The share of good words among the good and the bad ones of the last ninety days; fewer than three tell nothing. */
function tone(facts: Facts): readonly Measure[] {
  const { positive, negative } = tonesOf(facts);
  if (positive.length + negative.length < FEWEST) return [];
  const said = (code: 'positive' | 'negative', credit: number) => (row: ToneRow) => {
    const about = { entity: row.entity, row: refOf(row), params: {}, credit, weight: 1 };
    return row.values.date === undefined ? { code, ...about } : { code, ...about, day: row.values.date };
  };
  return meanOf('tone', [...positive.map(said('positive', 1)), ...negative.map(said('negative', 0))], {
    positive: positive.length,
    negative: negative.length,
  });
}

type ToneRow = EntityRow<'interactions'> | EntityRow<'feedback'>;

/** Conversations with a tone, praise and complaints of the last ninety days. */
export function tonesOf({ interactions, feedback, asOf }: Facts): {
  readonly positive: readonly ToneRow[];
  readonly negative: readonly ToneRow[];
} {
  const recent = ({ values: { date } }: ToneRow): boolean =>
    date !== undefined && date <= asOf && daysBetween(date, asOf) <= RECENT;
  const told = (tone: 'positive' | 'negative', kind: 'praise' | 'complaint'): readonly ToneRow[] => [
    ...interactions.filter((row) => row.values.tone === tone && recent(row)),
    ...feedback.filter((row) => row.values.kind === kind && recent(row)),
  ];
  return { positive: told('positive', 'praise'), negative: told('negative', 'complaint') };
}
