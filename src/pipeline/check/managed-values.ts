/** Everything a managed property may come to hold, to ask a column beforehand whether it takes it. */
import type { MANAGED, ManagingEntity } from '../../domain/entities.js';
import { RULES } from '../../domain/rules/index.js';
import { VOCABULARIES, type VocabularyName } from '../../domain/vocabulary.js';
import type { Catalogue } from '../../messages/index.js';
import type { Value } from '../columns.js';

type Holding = 'score' | 'share' | 'number' | 'text' | 'day' | 'flags' | 'grade' | VocabularyName;

const HOLDING: { readonly [E in ManagingEntity]: Readonly<Record<(typeof MANAGED)[E][number], Holding>> } = {
  partnerships: {
    status: 'partnershipStatus',
    health: 'score',
    performance: 'score',
    trust: 'score',
    kpiAchievement: 'share',
    confidence: 'confidence',
    riskLevel: 'riskLevel',
    riskFlags: 'flags',
    why: 'text',
    nextReview: 'day',
    decideBy: 'day',
    changedOn: 'day',
    stamp: 'text',
  },
  kpis: {
    achievement: 'share',
    expected: 'share',
    pace: 'share',
    status: 'kpiStatus',
    forecast: 'share',
    why: 'text',
    bar: 'text',
  },
  milestones: { slipDays: 'number', status: 'milestoneStatus' },
  risks: { grade: 'grade' },
};

/** What a managed property holds; undefined for a name that is none. */
export function holdingOf(entity: string, name: string): Holding | undefined {
  const properties: Readonly<Partial<Record<string, Readonly<Partial<Record<string, Holding>>>>>> = HOLDING;
  return properties[entity]?.[name];
}

/** The vocabulary the labels of a managed property come from; undefined where it holds no labels of ours. */
export function vocabularyOf(entity: string, name: string): VocabularyName | undefined {
  const holding = holdingOf(entity, name);
  if (holding === undefined) return undefined;
  if (holding === 'grade') return 'riskLevel';
  return isVocabulary(holding) ? holding : undefined;
}

const isVocabulary = (holding: Holding): holding is VocabularyName => holding in VOCABULARIES;

/** An example of every value a managed property may come to hold. */
export function valuesOf(holding: Holding, catalogue: Catalogue): readonly Value[] {
  switch (holding) {
    case 'score':
      return [{ kind: 'score', score: 50 }];
    case 'share':
      return [{ kind: 'plain', desired: { kind: 'share', share: 0.5, text: '50%' } }];
    case 'number':
      return [{ kind: 'plain', desired: { kind: 'number', number: 5, text: '5' } }];
    case 'text':
      return [{ kind: 'plain', desired: { kind: 'text', text: '…' } }];
    case 'day':
      return [{ kind: 'plain', desired: { kind: 'date', day: '2026-01-01' } }];
    case 'flags': {
      const labels = RULES.filter((rule) => rule.severities.some((severity) => severity !== 'info'));
      return [{ kind: 'plain', desired: { kind: 'labels', labels: labels.map(({ code }) => catalogue.flag(code)) } }];
    }
    case 'grade':
      return canonicals('riskLevel', catalogue).filter(({ canonical }) => canonical !== 'none');
    default:
      return canonicals(holding, catalogue);
  }
}

const canonicals = (vocabulary: VocabularyName, catalogue: Catalogue) =>
  Object.keys(VOCABULARIES[vocabulary]).map((canonical) => ({
    kind: 'canonical' as const,
    vocabulary,
    canonical,
    word: catalogue.label(vocabulary, canonical),
  }));
