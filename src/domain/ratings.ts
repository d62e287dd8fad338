/**
 * What people say of the partnership when they are asked: marks of 1 to 5 in reviews that were held and in feedback,
 * of either side. The newest marks stand until half a year of newer ones has passed, or a year of silence.
 */
import { type Day, daysBetween } from './calendar.js';
import type { EntityRow } from './entities.js';
import { type Facts, refOf } from './facts.js';
import { heldDay } from './rules/governance.js';
import type { RowRef } from './snapshot.js';

export const QUESTIONS = ['satisfaction', 'communication', 'problemResponse', 'trust'] as const;
export type Question = (typeof QUESTIONS)[number];

/** Whose view it is; `joint` where both answered together or nobody says. */
export type Rater = 'us' | 'them' | 'joint';

export interface Rating {
  readonly question: Question;
  /** 1 to 5. */
  readonly mark: number;
  readonly rater: Rater;
  readonly day: Day;
  readonly entity: 'reviews' | 'feedback';
  readonly row: RowRef;
}

const YEAR = 365;
const HALF_YEAR = 182;
const RATERS: readonly Rater[] = ['us', 'them', 'joint'];

/** Marks of the last year, oldest first. A mark outside 1 to 5, or of a row whose side cannot be read, is none. */
export function ratingsOf(facts: Facts): readonly Rating[] {
  const { asOf } = facts;
  const all = [
    ...facts.reviews.flatMap((row) => ratingsIn(row, heldDay(row, asOf))),
    ...facts.feedback.flatMap((row) => ratingsIn(row, row.values.date)),
  ];
  return all
    .filter(({ day }) => day <= asOf && daysBetween(day, asOf) <= YEAR)
    .sort((left, right) => (orderKey(left) < orderKey(right) ? -1 : 1));
}

const orderKey = ({ day, row }: Rating): string => `${day} ${row.id}`;

function ratingsIn(row: EntityRow<'reviews'> | EntityRow<'feedback'>, day: Day | undefined): readonly Rating[] {
  if (day === undefined || row.unreadable.has('side')) return [];
  const { side } = row.values;
  const rater = side === 'us' || side === 'them' ? side : 'joint';
  return QUESTIONS.flatMap((question) => {
    const mark = row.values[question];
    return isMark(mark) ? [{ question, mark, rater, day, entity: row.entity, row: refOf(row) }] : [];
  });
}

export const isMark = (mark: number | undefined): mark is number => mark !== undefined && mark >= 1 && mark <= 5;

/** The newest mark of each rater for a question, as far as it belongs to the half year of the newest of them. */
export function newest(ratings: readonly Rating[], question: Question): readonly Rating[] {
  const last = ratings.findLast((rating) => rating.question === question);
  if (last === undefined) return [];
  const round = ratings.filter(
    (rating) => rating.question === question && daysBetween(rating.day, last.day) <= HALF_YEAR,
  );
  return RATERS.flatMap((rater) => round.findLast((rating) => rating.rater === rater) ?? []);
}

/** The marks of a question that came before those of the newest half year. */
export function earlier(ratings: readonly Rating[], question: Question): readonly Rating[] {
  const last = ratings.findLast((rating) => rating.question === question);
  if (last === undefined) return [];
  return newest(
    ratings.filter(({ day }) => daysBetween(day, last.day) > HALF_YEAR),
    question,
  );
}

export const meanMark = (ratings: readonly Rating[]): number | undefined =>
  ratings.length === 0 ? undefined : ratings.reduce((sum, { mark }) => sum + mark, 0) / ratings.length;

/** A question both sides have answered, and by how many marks they differ. */
export interface Gap {
  readonly question: Question;
  readonly us: Rating;
  readonly them: Rating;
  readonly marks: number;
}

/** Where both sides were asked the same, widest gap first. */
export function gapsOf(ratings: readonly Rating[]): readonly Gap[] {
  const gaps = QUESTIONS.flatMap((question): readonly Gap[] => {
    const marks = newest(ratings, question);
    const us = marks.find(({ rater }) => rater === 'us');
    const them = marks.find(({ rater }) => rater === 'them');
    return us === undefined || them === undefined ? [] : [{ question, us, them, marks: Math.abs(us.mark - them.mark) }];
  });
  return gaps.sort((left, right) => right.marks - left.marks);
}
