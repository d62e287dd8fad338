/**
 * The eight stages of a partnership after ISO 44001, and what should stand in the tables once one is entered. What the
 * team keeps no column for is not asked of it.
 */
import { emptyFields, type Facts, isKnown, refOf, tierOf } from '../facts.js';
import type { Canonical } from '../vocabulary.js';
import { heldDay } from './governance.js';
import { defineRule } from './rule.js';
import { ENDED_READS } from './term.js';

type Stage = Canonical<'lifecycleStage'>;

export const STAGE_EVIDENCE = [
  'sponsor',
  'risks',
  'profile',
  'owner',
  'roles',
  'goals',
  'agreement',
  'cadence',
  'improvement',
  'review',
] as const;
export type StageEvidence = (typeof STAGE_EVIDENCE)[number];

/** What each stage adds to those before it. Selection adds no evidence of its own; an exit has its own task list. */
const ADDED: readonly (readonly [Stage, readonly StageEvidence[]])[] = [
  ['awareness', ['sponsor', 'risks']],
  ['knowledge', ['profile']],
  ['assessment', ['owner', 'roles']],
  ['selection', []],
  ['working-together', ['goals', 'agreement', 'cadence']],
  ['value-creation', ['improvement']],
  ['staying-together', ['review']],
];

const empty = (facts: Facts, field: 'sponsor' | 'profile' | 'owner' | 'reviewCadence'): boolean =>
  emptyFields(facts.partnership, [field], facts).length > 0;

/** Whether a piece of evidence is asked for and not there. */
const LACKS: Readonly<Record<StageEvidence, (facts: Facts) => boolean>> = {
  sponsor: (facts) => empty(facts, 'sponsor'),
  risks: ({ risks, mapped }) => mapped('risks', 'name') && risks.length === 0,
  profile: (facts) => empty(facts, 'profile'),
  owner: (facts) => empty(facts, 'owner'),
  roles: ({ roles, mapped }) => mapped('roles', 'function') && roles.length === 0,
  goals: ({ kpis, mapped }) => mapped('kpis', 'name') && kpis.length === 0,
  agreement: ({ agreements, mapped }) => mapped('agreements', 'name') && agreements.length === 0,
  cadence: (facts) => empty(facts, 'reviewCadence'),
  improvement: ({ actions, mapped }) =>
    mapped('actions', 'kind') && actions.every((row) => isKnown(row, 'kind') && row.values.kind !== 'improvement'),
  review: ({ reviews, mapped, asOf }) =>
    (mapped('reviews', 'heldOn') || mapped('reviews', 'status')) &&
    reviews.every((row) => isKnown(row, 'heldOn', 'status') && heldDay(row, asOf) === undefined),
};

/** Stage -> what is asked for once it is entered, in the order it is told. */
const ASKED: ReadonlyMap<Stage, readonly StageEvidence[]> = new Map(
  ADDED.map(([stage], reached) => {
    const asked = ADDED.slice(0, reached + 1).flatMap(([, added]) => added);
    return [stage, STAGE_EVIDENCE.filter((evidence) => asked.includes(evidence))];
  }),
);

/** What a partnership in a stage should have by now and has not, as far as the team keeps it. */
function missingEvidence(stage: Stage, facts: Facts): readonly StageEvidence[] {
  return (ASKED.get(stage) ?? []).filter((evidence) => LACKS[evidence](facts));
}

/** What a strategic partnership cannot stand on without; the rest is noted. */
const FOOTING: readonly StageEvidence[] = ['sponsor', 'owner', 'goals', 'agreement'];

export const stageEvidenceMissing = defineRule({
  code: 'stage-evidence-missing',
  family: 'time',
  guide: '6-1',
  severities: ['low', 'info'],
  thresholds: [],
  requires: ['partnerships.stage'],
  reads: [
    'partnerships.stage',
    'partnerships.tier',
    'partnerships.sponsor',
    'partnerships.profile',
    'partnerships.owner',
    'partnerships.reviewCadence',
    'risks.partnership',
    'roles.partnership',
    'kpis.partnership',
    'agreements.partnership',
    'actions.kind',
    'reviews.heldOn',
    'reviews.plannedOn',
    'reviews.status',
    ...ENDED_READS,
  ],
  check: (facts) => {
    const { stage } = facts.partnership.values;
    const missing = stage === undefined ? [] : missingEvidence(stage, facts);
    if (missing.length === 0) return [];
    const isWeak = tierOf(facts) === 'strategic' && missing.some((evidence) => FOOTING.includes(evidence));
    const severity = isWeak ? 'low' : 'info';
    const params = { missing: missing.join(',') };
    return [{ severity, entity: 'partnerships', row: refOf(facts.partnership), params }];
  },
});
