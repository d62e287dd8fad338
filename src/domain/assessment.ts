/** The result of judging a snapshot on one day: plain data, in codes and numbers, without prose. */
import type { Day, EntityName } from './entities.js';
import type { FindingCode } from './rules/index.js';
import type { RowRef } from './snapshot.js';
import type { Canonical } from './vocabulary.js';

export type Severity = 'info' | 'low' | 'medium' | 'high' | 'critical';
export type PartnershipStatus = Canonical<'partnershipStatus'>;
export type KpiStatus = Canonical<'kpiStatus'>;
export type MilestoneStatus = Canonical<'milestoneStatus'>;
export type RiskLevel = Canonical<'riskLevel'>;
export type Params = Readonly<Record<string, string | number>>;

/** One rule that fired. `params` are what its message needs: names, days as ISO, numbers. Prose lives in messages. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly partnershipId: string;
  /** The row it rests on. */
  readonly entity: EntityName;
  readonly row: RowRef;
  readonly params: Params;
}

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
    | 'already-achieved'
    | 'missing'
    | 'not-live';
  readonly params: Params;
}

export interface KpiAssessment {
  readonly row: RowRef;
  readonly partnershipIds: readonly string[];
  /** Raw ratio, not clamped: 1.2 is 120 % of the target. Absent when it cannot be computed. */
  readonly achievement?: number;
  /** Share of the way that should be done by asOf, 0 to 1. */
  readonly expected?: number;
  /** achievement / expected. */
  readonly pace?: number;
  readonly status: KpiStatus;
  readonly reason: KpiReason;
  readonly weight: number;
  readonly critical: boolean;
}

export type Dimension = 'performance' | 'delivery' | 'trust' | 'strategic';

/** A part of the health number. Over all contributions `points` add up to `health` exactly (both unrounded). */
export interface Contribution {
  readonly dimension: Dimension;
  /** 0 to 100 within the dimension. */
  readonly score: number;
  /** Normalised weight, 0 to 1. */
  readonly weight: number;
  readonly points: number;
}

export interface PartnershipAssessment {
  readonly row: RowRef;
  readonly status: PartnershipStatus;
  /** 0 to 100, unrounded; absent when there is nothing to measure. */
  readonly health?: number;
  readonly performance?: number;
  readonly trust?: number;
  /** Weighted mean of achievements, each clamped to 0..1.2; a raw share. */
  readonly kpiAchievement?: number;
  /** Share of what should be measured that is measured and fresh, 0 to 1. */
  readonly confidence: number;
  readonly riskLevel: RiskLevel;
  readonly findings: readonly Finding[];
  readonly contributions: readonly Contribution[];
  readonly decideBy?: Day;
  readonly nextReview?: Day;
  /** Entities that could not be read whole and on which this assessment rests: nothing of it may be written. */
  readonly frozen: readonly EntityName[];
}

export interface MilestoneAssessment {
  readonly row: RowRef;
  readonly status: MilestoneStatus;
  readonly slipDays?: number;
}

export interface RiskAssessment {
  readonly row: RowRef;
  readonly grade?: Exclude<RiskLevel, 'none'>;
}

export interface Assessment {
  readonly asOf: Day;
  readonly partnerships: readonly PartnershipAssessment[];
  readonly kpis: readonly KpiAssessment[];
  readonly milestones: readonly MilestoneAssessment[];
  readonly risks: readonly RiskAssessment[];
}
