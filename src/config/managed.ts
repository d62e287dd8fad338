/** What each managed property holds, and which vocabulary its labels come from. */
import type { MANAGED, ManagingEntity } from '../domain/entities.js';
import { VOCABULARIES, type VocabularyName } from '../domain/vocabulary.js';

export interface ManagedDeclaration {
  readonly about: string;
  /** Canonical values a label of the column may stand for; absent where the column holds no labels of ours. */
  readonly canonical?: readonly string[];
}

const canonicalsOf = (vocabulary: VocabularyName): readonly string[] => Object.keys(VOCABULARIES[vocabulary]);
const plain = (about: string): ManagedDeclaration => ({ about });
const labelled = (about: string, canonical: readonly string[]): ManagedDeclaration => ({ about, canonical });

export const MANAGED_PROPERTIES = {
  partnerships: {
    status: labelled('where the partnership stands', canonicalsOf('partnershipStatus')),
    health: plain('health, 0 to 100'),
    performance: plain('performance, 0 to 100'),
    trust: plain('trust, 0 to 100'),
    kpiAchievement: plain('weighted achievement of the KPIs, as a share'),
    confidence: labelled('how much of what should be measured is measured and fresh', canonicalsOf('confidence')),
    riskLevel: labelled('gravest open risk', canonicalsOf('riskLevel')),
    riskFlags: plain('what is wrong, as labels'),
    why: plain('the reasons, in words'),
    nextReview: plain('day the next review is due'),
    decideBy: plain('last day to decide about the next term'),
    changedOn: plain('day the status changed'),
    stamp: plain('what Tandem last wrote, as one short text'),
  },
  kpis: {
    achievement: plain('achievement of the target, as a share'),
    expected: plain('share that should be achieved by today'),
    pace: plain('achievement against what is expected by today'),
    status: labelled('where the KPI stands', canonicalsOf('kpiStatus')),
    forecast: plain(
      'share of the target expected at the end of the period if the rate so far holds; a text column gets it in words',
    ),
    why: plain('the reasons, in words'),
    bar: plain('the achievement as a bar of text'),
  },
  milestones: {
    slipDays: plain('days between the first due day and the one that holds now'),
    status: labelled('where the milestone stands', canonicalsOf('milestoneStatus')),
  },
  risks: {
    grade: labelled(
      'grade out of likelihood and impact',
      canonicalsOf('riskLevel').filter((level) => level !== 'none'),
    ),
  },
} as const satisfies {
  readonly [E in ManagingEntity]: Readonly<Record<(typeof MANAGED)[E][number], ManagedDeclaration>>;
};

/** The managed properties of an entity; empty for an entity on whose rows Tandem owns nothing. */
export function managedOf(entity: string): ReadonlyMap<string, ManagedDeclaration> {
  const found = Object.entries(MANAGED_PROPERTIES).find(([name]) => name === entity)?.[1];
  return new Map(found === undefined ? [] : Object.entries(found));
}
