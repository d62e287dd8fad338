/** Joint reviews: when the next one is due, and when that has to be told. */
import { type Day, daysBetween, nextByCadence } from '../calendar.js';
import type { EntityRow } from '../entities.js';
import { type Facts, refOf, tierOf } from '../facts.js';
import { oncePer } from '../once.js';
import type { Params, Severity } from '../verdict.js';
import { defineRule, type FieldPath, type Hit, type Requirement } from './rule.js';
import { isEnded } from './term.js';

type ReviewRow = EntityRow<'reviews'>;

export interface ReviewSchedule {
  /** The last review that was held; absent before the first. */
  readonly lastHeld?: Day;
  /** Day the cadence asks for. */
  readonly due: Day;
  /** A review that is planned soon enough to stand for it. */
  readonly planned?: Day;
  /** Days from the last review (or the start) to `due`. */
  readonly interval: number;
}

/** Briefings and reconciliations are meetings, not reviews of the partnership. */
export const counts = ({ values: { kind }, unreadable }: ReviewRow): boolean =>
  !unreadable.has('kind') && kind !== 'briefing' && kind !== 'reconciliation';

/** The day a review was held, as far as that lies not after `asOf`; undefined for one that was not. */
export function heldDay({ values }: ReviewRow, asOf: Day): Day | undefined {
  if (values.status === 'cancelled') return undefined;
  const day = values.heldOn ?? (values.status === 'held' ? values.plannedOn : undefined);
  return day !== undefined && day <= asOf ? day : undefined;
}

function lastHeld(facts: Facts): Day | undefined {
  const held = facts.reviews.filter(counts).flatMap((row) => heldDay(row, facts.asOf) ?? []);
  const latest = held.sort().at(-1);
  if (latest !== undefined) return latest;
  const { lastReview } = facts.partnership.values;
  return lastReview !== undefined && lastReview <= facts.asOf ? lastReview : undefined;
}

/**
 * The next review is the last one that was held plus the cadence (not the last one planned), before the first
 * the start plus some days. A review planned up to the lead time after that day, or after today when that is
 * past, stands for it. Undefined where nothing could ever tell that a review was held, for a cadence of
 * `none` or one that cannot be read, and for a partnership that has ended.
 */
export const reviewSchedule = oncePer((facts: Facts): ReviewSchedule | undefined => {
  const { partnership, policy, mapped } = facts;
  const kept = mapped('reviews', 'partnership') || mapped('partnerships', 'lastReview');
  if (!(kept || mapped('partnerships', 'nextReview')) || isEnded(facts)) return undefined;
  if (partnership.unreadable.has('reviewCadence')) return undefined;
  const cadence = partnership.values.reviewCadence ?? policy.rules.defaultCadence[tierOf(facts)];
  if (cadence === 'none') return undefined;
  const last = lastHeld(facts);
  if (last === undefined && partnership.unreadable.has('lastReview')) return undefined;
  const { start } = partnership.values;
  const from = last ?? start;
  const due =
    last === undefined
      ? start && nextByCadence(start, { days: policy.rules.firstReview })
      : nextByCadence(last, cadence);
  if (due === undefined || from === undefined) return plannedOnly(facts);
  const planned = plannedReview(facts, due);
  return {
    due,
    interval: Math.max(1, daysBetween(from, due)),
    ...(last === undefined ? {} : { lastHeld: last }),
    ...(planned === undefined ? {} : { planned }),
  };
});

/** Nothing was ever held and no start is known: what is planned is all there is. */
function plannedOnly(facts: Facts): ReviewSchedule | undefined {
  const next = plannedDays(facts).at(0) ?? facts.partnership.values.nextReview;
  return next === undefined ? undefined : { due: next, interval: 1 };
}

function plannedDays({ reviews, partnership, asOf }: Facts): readonly Day[] {
  const rows = reviews.filter(
    (row) => counts(row) && row.values.status !== 'cancelled' && heldDay(row, asOf) === undefined,
  );
  const days = [...rows.map((row) => row.values.plannedOn), partnership.values.nextReview];
  return days.flatMap((day) => (day !== undefined && day >= asOf ? [day] : [])).sort();
}

function plannedReview(facts: Facts, due: Day): Day | undefined {
  const [first] = plannedDays(facts);
  if (first === undefined) return undefined;
  const anchor = due < facts.asOf ? facts.asOf : due;
  return daysBetween(anchor, first) <= facts.policy.reminders.leadDays['review-due'] ? first : undefined;
}

/** The day the next review is expected: the planned one where it stands, else the one the cadence asks for. */
export function nextReviewOf({ planned, due }: ReviewSchedule): Day {
  return planned ?? due;
}

const requires: readonly Requirement[] = [
  ['reviews.partnership', 'partnerships.lastReview', 'partnerships.nextReview'],
];
/** Everything the schedule of reviews rests on. */
export const REVIEW_READS: readonly FieldPath[] = [
  'partnerships.tier',
  'partnerships.stage',
  'partnerships.start',
  'partnerships.end',
  'partnerships.renewalDecision',
  'partnerships.reviewCadence',
  'partnerships.lastReview',
  'partnerships.nextReview',
  'reviews.kind',
  'reviews.plannedOn',
  'reviews.heldOn',
  'reviews.status',
  'agreements.kind',
  'agreements.end',
  'agreements.status',
  'agreements.decision',
];

const MONTH = 30;

function hit(facts: Facts, severity: Severity, schedule: ReviewSchedule): readonly Hit[] {
  const params: Params = {
    date: nextReviewOf(schedule),
    planned: schedule.planned === undefined ? 0 : 1,
    ...(schedule.lastHeld === undefined ? {} : { lastHeld: schedule.lastHeld }),
  };
  return [{ severity, entity: 'partnerships', row: refOf(facts.partnership), params }];
}

export const reviewOverdue = defineRule({
  code: 'review-overdue',
  family: 'governance',
  guide: '3-4',
  severities: ['high', 'medium'],
  thresholds: ['rules.defaultCadence', 'rules.firstReview', 'reminders.leadDays'],
  requires,
  reads: REVIEW_READS,
  check: (facts) => {
    const schedule = reviewSchedule(facts);
    if (schedule === undefined || nextReviewOf(schedule) >= facts.asOf) return [];
    return hit(facts, daysBetween(schedule.due, facts.asOf) > MONTH ? 'high' : 'medium', schedule);
  },
});

export const reviewDue = defineRule({
  code: 'review-due',
  family: 'governance',
  guide: '3-4',
  severities: ['low'],
  thresholds: ['rules.defaultCadence', 'rules.firstReview', 'reminders.leadDays'],
  requires,
  reads: REVIEW_READS,
  check: (facts) => {
    const schedule = reviewSchedule(facts);
    if (schedule === undefined) return [];
    const ahead = daysBetween(facts.asOf, nextReviewOf(schedule));
    const due = ahead >= 0 && ahead <= facts.policy.reminders.leadDays['review-due'];
    return due ? hit(facts, 'low', schedule) : [];
  },
});
