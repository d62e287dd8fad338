/** What is said of a single row: the small words in which rules and KPI arithmetic answer. */
import type { RowRef } from './snapshot.js';
import type { Canonical } from './vocabulary.js';

export type Severity = 'info' | 'low' | 'medium' | 'high' | 'critical';
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
