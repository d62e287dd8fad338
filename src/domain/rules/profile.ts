/** How well the partner is known, and whether what is said of its values is proved. */
import { emptyFields, type Facts, isKnown, refOf, tierOf } from '../facts.js';
import { defineRule } from './rule.js';
import { ACTIVE_READS, isActive } from './stage.js';
import { ENDED_READS, isEnded } from './term.js';

const PARTS = ['businessModel', 'market', 'decisionStructure', 'coreValues', 'priorities'] as const;

/** The parts the team keeps that are empty, or the share a profile of its own states; undefined where neither tells. */
function completeness(facts: Facts): { readonly share: number; readonly missing: readonly string[] } | undefined {
  const { partnership, mapped } = facts;
  const kept = PARTS.filter((part) => mapped('partnerships', part));
  if (kept.length > 0) {
    const missing = emptyFields(partnership, kept, facts);
    return { share: 1 - missing.length / kept.length, missing };
  }
  const { profile } = partnership.values;
  return profile !== undefined && profile >= 0 && profile <= 1 ? { share: profile, missing: [] } : undefined;
}

export const profileIncomplete = defineRule({
  code: 'profile-incomplete',
  family: 'relationship',
  guide: '2-2',
  severities: ['low', 'info'],
  thresholds: ['rules.profileShare'],
  requires: [['partnerships.profile', ...PARTS.map((part) => `partnerships.${part}` as const)]],
  reads: [
    'partnerships.profile',
    ...PARTS.map((part) => `partnerships.${part}` as const),
    'partnerships.tier',
    ...ACTIVE_READS,
  ],
  check: (facts) => {
    const known = isActive(facts) ? completeness(facts) : undefined;
    if (known === undefined || known.share >= facts.policy.rules.profileShare - 1e-9) return [];
    const params = { share: known.share, missing: known.missing.join(',') };
    const severity = tierOf(facts) === 'strategic' ? 'low' : 'info';
    return [{ severity, entity: 'partnerships', row: refOf(facts.partnership), params }];
  },
});

export const profileStale = defineRule({
  code: 'profile-stale',
  family: 'relationship',
  guide: '2-2',
  severities: ['low', 'info'],
  thresholds: [],
  requires: ['partnerships.profileReviewBy'],
  reads: ['partnerships.profileReviewBy', 'partnerships.tier', ...ENDED_READS],
  check: (facts) => {
    const { profileReviewBy } = facts.partnership.values;
    if (profileReviewBy === undefined || profileReviewBy >= facts.asOf || isEnded(facts)) return [];
    const severity = tierOf(facts) === 'strategic' ? 'low' : 'info';
    return [{ severity, entity: 'partnerships', row: refOf(facts.partnership), params: { date: profileReviewBy } }];
  },
});

/** A checklist that says something good and has no valid evidence behind it. */
export const esgUnproved = defineRule({
  code: 'esg-unproved',
  family: 'relationship',
  guide: '6-6',
  severities: ['low', 'info'],
  thresholds: [],
  requires: ['partnerships.esg', 'partnerships.esgEvidenceUntil'],
  reads: ['partnerships.esg', 'partnerships.esgEvidenceUntil', ...ACTIVE_READS],
  check: (facts) => {
    const { partnership, asOf } = facts;
    const { esg, esgEvidenceUntil: until } = partnership.values;
    if (esg === undefined || !(esg > 0) || !isActive(facts) || !isKnown(partnership, 'esgEvidenceUntil')) return [];
    if (until !== undefined && until >= asOf) return [];
    const params = until === undefined ? {} : { date: until };
    const severity = until === undefined ? 'info' : 'low';
    return [{ severity, entity: 'partnerships', row: refOf(partnership), params }];
  },
});
