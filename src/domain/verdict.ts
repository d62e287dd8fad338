/** What is said of a single row: the small words in which rules and KPI arithmetic answer. */
import type { Day } from './entities.js';
import type { RowRef } from './snapshot.js';
import type { Canonical } from './vocabulary.js';

export type Severity = 'info' | 'low' | 'medium' | 'high' | 'critical';
export type Dimension = 'performance' | 'delivery' | 'trust' | 'strategic';
/** The five pillars the guide ends with. */
export type Pillar = 'trust' | 'structure' | 'performance' | 'conflict' | 'sustainability';
export type KpiStatus = Canonical<'kpiStatus'>;
export type MilestoneStatus = Canonical<'milestoneStatus'>;
export type RiskLevel = Canonical<'riskLevel'>;
export type Params = Readonly<Record<string, string | number>>;

/** Why a KPI has the status it has; `code` picks the sentence. */
export interface KpiReason {
  readonly code:
    | 'on-pace'
    | 'behind-pace'
    | 'far-behind-pace'
    | 'too-early'
    | 'not-begun'
    | 'period-achieved'
    | 'period-partly'
    | 'period-missed'
    | 'period-stretched'
    | 'already-achieved'
    | 'missing'
    | 'unreadable'
    | 'contradictory'
    | 'not-live';
  readonly params: Params;
}

/** The formula an achievement was made by; see achievement.ts. */
export type KpiMethod =
  | 'from-baseline'
  | 'share-of-target'
  | 'distance-to-bound'
  | 'zero-target'
  | 'range'
  | 'share-kept'
  | 'reached-or-not'
  | 'rating-from-1';

/** How a KPI will end at the rate it had so far. */
export interface Forecast {
  /** In the unit of the KPI. */
  readonly value: number;
  /** Raw ratio as `achievement`: 0.92 is 92 % of the target. */
  readonly share: number;
  /** Between the rate since the start and that of the last three months, as ratios; absent without such readings. */
  readonly low?: number;
  readonly high?: number;
  /** What is still needed per calendar day; absent where nothing is, or no day is left. */
  readonly requiredRate?: number;
  /** The target asks for a rate far above the one so far. */
  readonly unlikely: boolean;
}

export interface KpiAssessment {
  readonly row: RowRef;
  readonly partnershipIds: readonly string[];
  /** In the unit of the KPI: what its readings add up to, or what its row states. */
  readonly actual?: number;
  /** Day the actual was read; absent when nobody says. */
  readonly readOn?: Day;
  /** How the achievement was made of the actual. */
  readonly method?: KpiMethod;
  /** Raw ratio, not clamped: 1.2 is 120 % of the target. Absent when it cannot be computed. */
  readonly achievement?: number;
  /** Share of the way that should be done by asOf, 0 to 1. */
  readonly expected?: number;
  /** achievement / expected. */
  readonly pace?: number;
  /** Of a KPI that adds up, while its period runs. */
  readonly forecast?: Forecast;
  readonly status: KpiStatus;
  readonly reason: KpiReason;
  readonly weight: number;
  readonly critical: boolean;
  readonly horizon?: Canonical<'horizon'>;
  readonly perspective?: string;
}

export interface MilestoneAssessment {
  readonly row: RowRef;
  readonly status: MilestoneStatus;
  /** Days behind the first due date; absent when it is kept. */
  readonly slipDays?: number;
}

export interface RiskAssessment {
  readonly row: RowRef;
  readonly grade?: Exclude<RiskLevel, 'none'>;
}
