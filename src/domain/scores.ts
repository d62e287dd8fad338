/**
 * What can be measured of a partnership, as four scores of 0 to 100, and how much of it is measured. What is
 * missing is left out, never counted as good; how much of it there is shows in coverage and confidence.
 */
import { daysBetween } from './calendar.js';
import type { EntityName } from './entities.js';
import type { Facts, KpiFact } from './facts.js';
import { weightOf } from './kpi.js';
import { isDone, isOverdue } from './rules/delivery.js';
import { heldDay, nextReviewOf, reviewSchedule } from './rules/governance.js';
import { silenceOf } from './rules/relationship.js';
import type { Dimension } from './verdict.js';

/** Entities the number rests on besides those of the rules. */
export const HEALTH_ENTITIES: readonly EntityName[] = [
  'partnerships',
  'kpis',
  'measurements',
  'milestones',
  'reviews',
  'contacts',
  'interactions',
  'agreements',
];

export type Scores = Readonly<Partial<Record<Dimension, number>>>;

const EPSILON = 1e-9;
const MAX_ACHIEVEMENT = 1.2;

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** The scores that can be measured. */
export function scoresOf(facts: Facts): Scores {
  const entries = [
    ['performance', performanceOf(facts)],
    ['delivery', deliveryOf(facts)],
    ['trust', trustOf(facts)],
    ['strategic', strategicOf(facts)],
  ] as const;
  return Object.fromEntries(entries.filter(([, score]) => score !== undefined));
}

function weightedMean(items: readonly { readonly weight: number; readonly value: number }[]): number | undefined {
  const whole = items.reduce((sum, { weight }) => sum + weight, 0);
  return whole > 0 ? items.reduce((sum, { weight, value }) => sum + weight * value, 0) / whole : undefined;
}

const currentKpis = (facts: Facts): readonly KpiFact[] => facts.kpis.filter((kpi) => kpi.current);

/** Share of the weight of today's KPIs that is measured; undefined when there are none. */
export function coverageOf(facts: Facts): number | undefined {
  return weightedMean(
    currentKpis(facts).map(({ assessment }) => ({
      weight: assessment.weight,
      value: assessment.status === 'not-computable' ? 0 : 1,
    })),
  );
}

/** Whether so few of today's KPIs are measured that no status can be given. */
export function lacksCoverage(facts: Facts): boolean {
  const coverage = coverageOf(facts);
  return coverage !== undefined && coverage < facts.policy.health.minimumCoverage - EPSILON;
}

/** Weighted freshness of today's KPIs (see `freshness`); 0 for a partnership without any. */
export function confidenceOf(facts: Facts): number {
  return (
    weightedMean(currentKpis(facts).map(({ assessment, fresh }) => ({ weight: assessment.weight, value: fresh }))) ?? 0
  );
}

/**
 * Whether today's numbers are too old, or too few to speak of, for good news to rest on them: those that are measured
 * are less fresh than the policy asks, or none is. Never where no KPIs are kept.
 */
export function lacksFreshness(facts: Facts): boolean {
  if (!facts.mapped('kpis', 'name')) return false;
  const measured = currentKpis(facts).filter(({ assessment }) => assessment.status !== 'not-computable');
  const fresh = weightedMean(measured.map(({ assessment, fresh }) => ({ weight: assessment.weight, value: fresh })));
  return (fresh ?? 0) < facts.policy.health.minimumFreshness - EPSILON;
}

/** Weighted mean of achievements, each held between 0 and 1.2 so that one outlier does not hide the others. */
export function kpiAchievementOf(facts: Facts): number | undefined {
  return weightedMean(
    currentKpis(facts).flatMap(({ assessment: { achievement, weight } }) =>
      achievement === undefined ? [] : [{ weight, value: clamp(achievement, 0, MAX_ACHIEVEMENT) }],
    ),
  );
}

/** KPIs by pace while they run and by achievement once they are over; those too early to judge are left out. */
function performanceOf(facts: Facts): number | undefined {
  if (lacksCoverage(facts)) return undefined;
  const judged = currentKpis(facts).flatMap(({ assessment: { status, achievement, pace, weight } }) =>
    achievement === undefined || status === 'too-early' || status === 'not-computable'
      ? []
      : [{ weight, value: clamp(status === 'achieved' ? 1 : (pace ?? achievement), 0, 1) }],
  );
  return percent(weightedMean(judged));
}

const percent = (share: number | undefined): number | undefined => (share === undefined ? undefined : share * 100);

const YEAR = 365;
const LATE_CREDIT = 0.5;

/**
 * Weighted share of the milestones due by today that were done on time; done late counts half, overdue nothing.
 * Those due more than a year ago count only as long as they are open.
 */
function deliveryOf({ milestones, asOf }: Facts): number | undefined {
  const credits = milestones.flatMap((row) => {
    const { due, doneOn, status, weight } = row.values;
    if (due === undefined || status === 'cancelled' || row.unreadable.has('doneOn')) return [];
    const counted = { weight: weightOf(weight) };
    if (isOverdue(row, asOf)) return [{ ...counted, value: 0 }];
    if (!isDone(row, asOf) || daysBetween(due, asOf) > YEAR) return [];
    return [{ ...counted, value: doneOn === undefined || doneOn <= due ? 1 : LATE_CREDIT }];
  });
  return percent(weightedMean(credits));
}

/** Mean of what is known: contact within the tier's days, reviews held on time, satisfaction. */
function trustOf(facts: Facts): number | undefined {
  const factors = [contactScore(facts), punctualityOf(facts), satisfactionOf(facts)];
  return percent(weightedMean(factors.flatMap((value) => (value === undefined ? [] : [{ weight: 1, value }]))));
}

/** 1 up to the warning, falling evenly to 0 at the alarm. */
function contactScore(facts: Facts): number | undefined {
  const silence = silenceOf(facts);
  if (silence === undefined) return undefined;
  const { days, warn, alarm } = silence;
  if (days <= warn) return 1;
  return days >= alarm ? 0 : (alarm - days) / (alarm - warn);
}

/** 1 as long as the next review is not overdue, falling evenly to 0 when it is late by a whole interval. */
function punctualityOf(facts: Facts): number | undefined {
  const schedule = reviewSchedule(facts);
  if (schedule === undefined) return undefined;
  if (nextReviewOf(schedule) >= facts.asOf) return 1;
  return clamp(1 - daysBetween(schedule.due, facts.asOf) / schedule.interval, 0, 1);
}

/** 1 to 5 put on 0 to 1: of the last review that states it, else what the partnership's row states. */
function satisfactionOf({ reviews, partnership, asOf }: Facts): number | undefined {
  const stated = reviews
    .flatMap((row) => {
      const day = heldDay(row, asOf);
      return day === undefined || row.values.satisfaction === undefined
        ? []
        : [{ day, score: row.values.satisfaction }];
    })
    .sort((left, right) => (left.day < right.day ? -1 : 1));
  const rating = stated.at(-1)?.score ?? partnership.values.satisfaction;
  return rating !== undefined && rating >= 1 && rating <= 5 ? (rating - 1) / 4 : undefined;
}

/** The ESG checklist as a share; a number outside 0 to 1 is no share and is left out. */
function strategicOf({ partnership }: Facts): number | undefined {
  const { esg } = partnership.values;
  return esg !== undefined && esg >= 0 && esg <= 1 ? esg * 100 : undefined;
}
