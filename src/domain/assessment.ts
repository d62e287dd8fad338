/** The result of judging a snapshot on one day: plain data, in codes and numbers, without prose. */
import type { Day, EntityName } from './entities.js';
import type { FactorCode } from './factors/factor.js';
import type { Trend } from './history.js';
import type { FindingCode } from './rules/index.js';
import type { RowRef } from './snapshot.js';
import type {
  Dimension,
  KpiAssessment,
  MilestoneAssessment,
  Params,
  Pillar,
  RiskAssessment,
  RiskLevel,
  Severity,
} from './verdict.js';
import type { Canonical } from './vocabulary.js';

export type {
  Dimension,
  Forecast,
  KpiAssessment,
  KpiReason,
  KpiStatus,
  MilestoneAssessment,
  MilestoneStatus,
  Params,
  Pillar,
  RiskAssessment,
  RiskLevel,
  Severity,
} from './verdict.js';

export type PartnershipStatus = Canonical<'partnershipStatus'>;

/** One rule that fired. `params` are what its message needs: names, days as ISO, numbers. Prose lives in messages. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly partnershipId: string;
  /** The row it is about. */
  readonly entity: EntityName;
  readonly row: RowRef;
  /** Further rows it rests on. */
  readonly evidence?: readonly RowRef[];
  readonly params: Params;
}

/** What one factor adds to the health number. */
export interface FactorPoints {
  readonly code: FactorCode;
  /** 0 to 100. */
  readonly score: number;
  /** Share of the whole number, 0 to 1. */
  readonly weight: number;
  readonly points: number;
}

/** A part of the health number. Over all contributions `points` add up to `health` exactly (both unrounded). */
export interface Contribution {
  readonly dimension: Dimension;
  /** 0 to 100 within the dimension. */
  readonly score: number;
  /** Normalised weight, 0 to 1. */
  readonly weight: number;
  /** The sum of the points of its factors. */
  readonly points: number;
  readonly factors: readonly FactorPoints[];
}

/** A band of the number alone, before gates and people have their say. */
export type ScoreBand = Exclude<PartnershipStatus, 'insufficient-data'>;

/** What the row remembers of the assessment written last. */
export interface Previous {
  readonly band: ScoreBand;
  /** Day it was written, and the whole points of each dimension then. */
  readonly told?: { readonly day: Day; readonly points: DimensionPoints };
}

export type DimensionPoints = Readonly<Partial<Record<Dimension, number>>>;

/** How the health moved since it was written last, in whole points; `parts` add up to `points`. */
export interface HealthChange {
  readonly since: Day;
  readonly points: number;
  readonly parts: DimensionPoints;
}

/** A person's decision that stands instead of the computed status. */
export interface Override {
  readonly computed: PartnershipStatus;
  readonly reason?: string;
  readonly until?: Day;
}

/** A status that stands although the number has crossed its edge: not by enough yet. */
export interface Held {
  /** The band of the number alone. */
  readonly band: PartnershipStatus;
  /** The health from which, or below which, that band is given. */
  readonly edge: number;
}

export interface PartnershipAssessment {
  readonly row: RowRef;
  readonly status: PartnershipStatus;
  /** Where the number alone stands, hysteresis included: what the next one is counted from. */
  readonly band?: ScoreBand;
  readonly override?: Override;
  readonly held?: Held;
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
  /** The contributions under the five pillars of the guide, each 0 to 100. */
  readonly pillars: Readonly<Partial<Record<Pillar, number>>>;
  readonly change?: HealthChange;
  /** Which way the health goes; absent without a history of some weeks. */
  readonly trend?: Trend;
  readonly decideBy?: Day;
  readonly nextReview?: Day;
  /** Entities that could not be read whole and on which this assessment rests: nothing of it may be written. */
  readonly frozen: readonly EntityName[];
}

export interface Assessment {
  readonly asOf: Day;
  readonly partnerships: readonly PartnershipAssessment[];
  readonly kpis: readonly KpiAssessment[];
  readonly milestones: readonly MilestoneAssessment[];
  readonly risks: readonly RiskAssessment[];
}
