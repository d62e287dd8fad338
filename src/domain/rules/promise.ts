/** Promises: actions that are late, ours and theirs, and meetings nothing came out of. */
import { addBusinessDays, type Day, daysBetween } from '../calendar.js';
import type { EntityRow } from '../entities.js';
import { type Facts, refOf } from '../facts.js';
import { counts, heldDay } from './governance.js';
import { defineRule } from './rule.js';

/** Promised and neither done nor cancelled. Of an action whose state cannot be read nothing is said. */
export function isOpenAction({ values: { status, doneOn }, unreadable }: EntityRow<'actions'>, asOf: Day): boolean {
  if (unreadable.has('status') || unreadable.has('doneOn') || status === 'cancelled') return false;
  return doneOn === undefined ? status !== 'done' : doneOn > asOf;
}

export const actionOverdue = defineRule({
  code: 'action-overdue',
  family: 'delivery',
  guide: '1-2',
  severities: ['medium', 'low'],
  thresholds: ['rules.actionOverdue'],
  requires: ['actions.due', ['actions.status', 'actions.doneOn']],
  reads: ['actions.due', 'actions.doneOn', 'actions.status', 'actions.side'],
  check: (facts) => {
    const { asOf, policy } = facts;
    return facts.actions.flatMap((row) => {
      const { due, side } = row.values;
      if (due === undefined || due >= asOf || !isOpenAction(row, asOf)) return [];
      return [
        {
          severity: daysBetween(due, asOf) > policy.rules.actionOverdue ? ('medium' as const) : ('low' as const),
          entity: 'actions' as const,
          row: refOf(row),
          params: { action: row.title, date: due, side: side ?? 'unknown' },
        },
      ];
    });
  },
});

/** The review held last, with the day it was held. */
function lastHeldReview(facts: Facts) {
  const held = facts.reviews.filter(counts).flatMap((row) => {
    const day = heldDay(row, facts.asOf);
    return day === undefined ? [] : [{ row, day }];
  });
  return held.sort((left, right) => (`${left.day} ${left.row.id}` < `${right.day} ${right.row.id}` ? -1 : 1)).at(-1);
}

/** How many actions came out of a review: the larger of what its row says and what links to it; undefined where neither tells. */
function actionsOf(review: EntityRow<'reviews'>, { actions, mapped }: Facts): number | undefined {
  if (actions.some((row) => row.unreadable.has('review')) || review.unreadable.has('actionCount')) return undefined;
  const linked = mapped('actions', 'review')
    ? actions.filter((row) => row.values.review?.includes(review.id)).length
    : undefined;
  const { actionCount } = review.values;
  return linked === undefined || actionCount === undefined ? (linked ?? actionCount) : Math.max(linked, actionCount);
}

export const reviewWithoutActions = defineRule({
  code: 'review-without-actions',
  family: 'governance',
  guide: '2-3',
  severities: ['low'],
  thresholds: ['rules.reviewActions'],
  requires: [
    ['reviews.heldOn', 'reviews.status'],
    ['reviews.actionCount', 'actions.review'],
  ],
  reads: [
    'reviews.kind',
    'reviews.plannedOn',
    'reviews.heldOn',
    'reviews.status',
    'reviews.actionCount',
    'actions.review',
  ],
  check: (facts) => {
    const last = lastHeldReview(facts);
    if (last === undefined || actionsOf(last.row, facts) !== 0) return [];
    const { asOf, calendar, policy } = facts;
    if (asOf <= addBusinessDays(last.day, policy.rules.reviewActions, calendar)) return [];
    return [{ severity: 'low', entity: 'reviews', row: refOf(last.row), params: { date: last.day } }];
  },
});
