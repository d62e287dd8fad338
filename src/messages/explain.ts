/** What a locale says when it is asked why: headings, the names and formulas of factors, what a row says to them, what could be done. */
import type { KpiStatus, Params, PartnershipStatus, Pillar } from '../domain/assessment.js';
import type { Day } from '../domain/calendar.js';
import type { RemedyCode } from '../domain/explain/remedies.js';
import type { EvidenceCode, FactorCode } from '../domain/factors/factor.js';
import type { Trend } from '../domain/history.js';
import type { Question, Rater } from '../domain/ratings.js';
import type { RuleState } from '../domain/rules/states.js';
import type { KpiMethod } from '../domain/verdict.js';

type Sentence = (params: Params) => string;

export const HEADINGS = [
  'why',
  'health',
  'change',
  'pillars',
  'gates',
  'coverage',
  'kpis',
  'rules',
  'ways',
  'outlook',
  'inputs',
  'formula',
  'readings',
  'partnerships',
  'trouble',
] as const;
export type Heading = (typeof HEADINGS)[number];

/** How a rule ended: it found something, found nothing, or could not speak. */
export type RuleEnding = 'fired' | 'quiet' | Exclude<RuleState['state'], 'on'>;

export interface ExplainWords {
  readonly headings: Readonly<Record<Heading, string>>;
  readonly number: (value: number) => string;
  readonly percent: (share: number) => string;
  readonly factors: Readonly<Record<FactorCode, { readonly name: string; readonly formula: string }>>;
  readonly pillars: Readonly<Record<Pillar, string>>;
  /** What a row says; params hold `title` and, where there is one, `day`. */
  readonly evidence: Readonly<Record<EvidenceCode, Sentence>>;
  /** Figures told beside the score of a factor. */
  readonly figures: Readonly<Partial<Record<FactorCode, Sentence>>>;
  readonly questions: Readonly<Record<Question, string>>;
  readonly raters: Readonly<Record<Rater, string>>;
  /** The formula with its numbers, which come as texts: actual, target, targetHigh, baseline, and the ratio. */
  readonly methods: Readonly<Record<KpiMethod, Sentence>>;
  readonly remedies: Readonly<Record<RemedyCode, Sentence>>;
  readonly endings: Readonly<Record<RuleEnding, string>>;
  /** A column that is not mapped, or several of which one would do. */
  readonly anyOf: (columns: readonly string[]) => string;
  readonly gate: (limit: string, sentence: string) => string;
  readonly noGates: string;
  /** What KPI weight is measured, and what is needed. */
  readonly coverage: (share: number, minimum: number) => string;
  readonly confidence: (level: string, share: number) => string;
  readonly change: (points: number, since: Day, parts: readonly string[]) => string;
  readonly trend: (trend: Trend) => string;
  /** Steps that were applied and assessed again, and what that gave. */
  readonly way: (steps: readonly string[], status: string, health: number | undefined) => string;
  readonly noWays: (status: PartnershipStatus | KpiStatus) => string;
  readonly outlook: (day: Day, status: string, causes: readonly string[]) => string;
  readonly steady: (days: number) => string;
  readonly expected: Sentence;
  readonly fresh: (share: number, readOn: Day | undefined) => string;
  readonly weight: (weight: number, critical: boolean, current: boolean) => string;
}
