/** Meetings beside the joint review, and what came of them: briefings, evaluations, the marks both sides give. */
import { type Day, nextByCadence } from '../calendar.js';
import type { Cadence, EntityRow } from '../entities.js';
import { type Facts, isKnown, refOf, tierOf } from '../facts.js';
import { earlier, meanMark, newest, QUESTIONS, ratingsOf } from '../ratings.js';
import { heldDay } from './governance.js';
import { defineRule, type FieldPath, type Hit } from './rule.js';
import { ACTIVE_READS, isActive } from './stage.js';
import { ENDED_READS, isEnded } from './term.js';

type Kind = EntityRow<'reviews'>['values']['kind'];

const MEETING_READS: readonly FieldPath[] = [
  'reviews.kind',
  'reviews.heldOn',
  'reviews.plannedOn',
  'reviews.status',
  'partnerships.start',
  ...ENDED_READS,
];

/** The last day a meeting of one of some kinds was held on. */
function lastOf({ reviews, asOf }: Facts, kinds: readonly Kind[]): Day | undefined {
  return reviews
    .filter(({ values }) => kinds.includes(values.kind))
    .flatMap((row) => heldDay(row, asOf) ?? [])
    .sort()
    .at(-1);
}

/**
 * The day a meeting was due on, where that has passed: a cadence after the last one, before the first after the start.
 * Nothing where a review that cannot be read may have been it.
 */
function overdueSince(
  facts: Facts,
  last: Day | undefined,
  cadence: Cadence,
): { readonly date: Day; readonly lastHeld?: Day } | undefined {
  const from = last ?? facts.partnership.values.start;
  const date = from === undefined ? undefined : nextByCadence(from, cadence);
  const isUnclear = facts.reviews.some((row) => !isKnown(row, 'kind', 'heldOn', 'status'));
  if (date === undefined || date >= facts.asOf || isUnclear || isEnded(facts)) return undefined;
  return last === undefined ? { date } : { date, lastHeld: last };
}

export const briefingOverdue = defineRule({
  code: 'briefing-overdue',
  family: 'governance',
  guide: '2-1',
  severities: ['low'],
  thresholds: [],
  requires: ['partnerships.briefingCadence', ['partnerships.lastBriefing', 'reviews.kind']],
  reads: [...MEETING_READS, 'partnerships.briefingCadence', 'partnerships.lastBriefing'],
  check: (facts) => {
    const { partnership, asOf } = facts;
    const { briefingCadence, lastBriefing } = partnership.values;
    if (briefingCadence === undefined || !isKnown(partnership, 'lastBriefing')) return [];
    const stated = lastBriefing !== undefined && lastBriefing <= asOf ? [lastBriefing] : [];
    const last = [...stated, lastOf(facts, ['briefing']) ?? []].flat().sort().at(-1);
    const params = overdueSince(facts, last, briefingCadence);
    return params === undefined ? [] : [{ severity: 'low', entity: 'partnerships', row: refOf(partnership), params }];
  },
});

/** Where a partnership was evaluated before it is due again; where it never was that is noted, once a cadence is over. */
export const evaluationOverdue = defineRule({
  code: 'evaluation-overdue',
  family: 'governance',
  guide: '6-2',
  severities: ['low', 'info'],
  thresholds: ['reminders.evaluationCadence'],
  requires: ['reviews.kind', ['reviews.heldOn', 'reviews.status']],
  reads: [...MEETING_READS, 'partnerships.tier'],
  check: (facts) => {
    const last = lastOf(facts, ['evaluation']);
    const params = overdueSince(facts, last, facts.policy.reminders.evaluationCadence[tierOf(facts)]);
    if (params === undefined) return [];
    const severity = last === undefined ? 'info' : 'low';
    return [{ severity, entity: 'partnerships', row: refOf(facts.partnership), params }];
  },
});

/** An evaluation looks at the relationship too, so it counts as a diagnosis. */
export const diagnosisOverdue = defineRule({
  code: 'diagnosis-overdue',
  family: 'relationship',
  guide: '5-1',
  severities: ['low', 'info'],
  thresholds: ['rules.diagnosisCadence'],
  requires: ['reviews.kind', ['reviews.heldOn', 'reviews.status']],
  reads: [...MEETING_READS, 'partnerships.tier'],
  check: (facts) => {
    const last = lastOf(facts, ['relationship', 'evaluation']);
    const params = overdueSince(facts, last, facts.policy.rules.diagnosisCadence[tierOf(facts)]);
    if (params === undefined) return [];
    const severity = lastOf(facts, ['relationship']) === undefined ? 'info' : 'low';
    return [{ severity, entity: 'partnerships', row: refOf(facts.partnership), params }];
  },
});

const MARKS = QUESTIONS.flatMap((question) => [`reviews.${question}`, `feedback.${question}`] as const);
const MARK_READS: readonly FieldPath[] = [
  ...MARKS,
  'reviews.side',
  'reviews.heldOn',
  'reviews.plannedOn',
  'reviews.status',
  'feedback.side',
  'feedback.date',
];

export const evaluationOneSided = defineRule({
  code: 'evaluation-one-sided',
  family: 'relationship',
  guide: '6-2',
  severities: ['info'],
  thresholds: [],
  requires: [['reviews.side', 'feedback.side'], MARKS],
  reads: [...MARK_READS, ...ACTIVE_READS],
  check: (facts) => {
    if (!isActive(facts)) return [];
    const ratings = ratingsOf(facts);
    const raters = new Set(QUESTIONS.flatMap((question) => newest(ratings, question)).map(({ rater }) => rater));
    const [only] = raters;
    const last = ratings.at(-1);
    if (raters.size !== 1 || only === undefined || only === 'joint' || last === undefined) return [];
    const params = { missing: only === 'us' ? 'them' : 'us' };
    return [{ severity: 'info', entity: last.entity, row: last.row, params }];
  },
});

const EPSILON = 1e-9;

/** A question marked below the middle, or well below where it stood the half year before. */
export const ratingLow = defineRule({
  code: 'rating-low',
  family: 'relationship',
  guide: '6-2',
  severities: ['medium', 'low'],
  thresholds: ['rules.ratingLow', 'rules.ratingDrop'],
  requires: [MARKS],
  reads: [...MARK_READS, ...ENDED_READS],
  check: (facts) => {
    if (isEnded(facts)) return [];
    const ratings = ratingsOf(facts);
    const { ratingLow: low, ratingDrop: drop } = facts.policy.rules;
    return QUESTIONS.flatMap((question): readonly Hit[] => {
      const marks = newest(ratings, question);
      const mark = meanMark(marks);
      const before = meanMark(earlier(ratings, question));
      const [first, ...others] = [...marks].sort((left, right) => (left.day > right.day ? -1 : 1));
      if (mark === undefined || first === undefined) return [];
      const fell = before !== undefined && before - mark >= drop - EPSILON;
      if (mark >= low - EPSILON && !fell) return [];
      const shown = (value: number): number => Math.round(value * 10) / 10;
      const params = { question, mark: shown(mark), ...(fell ? { before: shown(before) } : {}) };
      const evidence = others.filter(({ row }) => row.id !== first.row.id).map(({ row }) => row);
      const severity = mark < low - EPSILON ? 'medium' : 'low';
      return [{ severity, entity: first.entity, row: first.row, evidence, params }];
    });
  },
});
