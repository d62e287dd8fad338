/** Contact: when both sides last spoke, and whether that is too long ago for the tier. */
import { type Day, daysBetween } from '../calendar.js';
import type { EntityRow } from '../entities.js';
import { type Facts, refOf, tierOf } from '../facts.js';
import { oncePer } from '../once.js';
import { heldDay } from './governance.js';
import { defineRule, type FieldPath } from './rule.js';
import { isEnded } from './term.js';

/**
 * The day of an interaction in which both sides spoke: marked so, answered, or, where the table does not tell
 * the directions apart, any. A message nobody answered is no contact.
 */
function twoWayDay({ values }: EntityRow<'interactions'>, facts: Facts): Day | undefined {
  if (values.respondedOn !== undefined && values.respondedOn <= facts.asOf) return values.respondedOn;
  const told = (['twoWay', 'direction', 'respondedOn'] as const).some((field) => facts.mapped('interactions', field));
  return !told || values.twoWay === true || values.direction === 'two-way' ? values.date : undefined;
}

/**
 * The last two-way contact, or undefined when none is known. Logged interactions win over what the partnership
 * and its contacts state; a review that was held is a contact in any case.
 */
export function lastContactOf(facts: Facts): Day | undefined {
  const past = (days: readonly (Day | undefined)[]): readonly Day[] =>
    days.flatMap((day) => (day !== undefined && day <= facts.asOf ? [day] : []));
  const logged = past(facts.interactions.map((row) => twoWayDay(row, facts)));
  const stated = past([
    facts.partnership.values.lastContact,
    ...facts.contacts.filter((row) => row.values.side !== 'us').map((row) => row.values.lastContact),
  ]);
  const reviews = past(facts.reviews.map((row) => heldDay(row, facts.asOf)));
  return [...(logged.length > 0 ? logged : stated), ...reviews].sort().at(-1);
}

export interface Silence {
  readonly since: Day;
  readonly days: number;
  readonly warn: number;
  readonly alarm: number;
}

/** How long there has been no contact, and from when that counts; undefined when no contact is known or the partnership has ended. */
export const silenceOf = oncePer((facts: Facts): Silence | undefined => {
  const { mapped } = facts;
  const kept =
    mapped('interactions', 'date') || mapped('partnerships', 'lastContact') || mapped('contacts', 'lastContact');
  const since = kept && !isEnded(facts) ? lastContactOf(facts) : undefined;
  if (since === undefined) return undefined;
  return { since, days: daysBetween(since, facts.asOf), ...facts.policy.rules.silence[tierOf(facts)] };
});

/** Everything the last contact, and whether it still counts, rests on. */
export const CONTACT_READS: readonly FieldPath[] = [
  'partnerships.tier',
  'partnerships.stage',
  'partnerships.end',
  'partnerships.renewalDecision',
  'partnerships.lastContact',
  'interactions.date',
  'interactions.twoWay',
  'interactions.direction',
  'interactions.respondedOn',
  'contacts.lastContact',
  'contacts.side',
  'reviews.heldOn',
  'reviews.plannedOn',
  'reviews.status',
  'agreements.kind',
  'agreements.end',
  'agreements.status',
  'agreements.decision',
];

export const silence = defineRule({
  code: 'silence',
  family: 'relationship',
  guide: '5-1',
  severities: ['high', 'medium'],
  thresholds: ['rules.silence'],
  requires: [['interactions.date', 'partnerships.lastContact', 'contacts.lastContact']],
  reads: CONTACT_READS,
  check: (facts) => {
    const found = silenceOf(facts);
    if (found === undefined || found.days < found.warn) return [];
    return [
      {
        severity: found.days >= found.alarm ? 'high' : 'medium',
        entity: 'partnerships',
        row: refOf(facts.partnership),
        params: { date: found.since, warn: found.warn, alarm: found.alarm },
      },
    ];
  },
});
