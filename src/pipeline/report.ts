/** The document `plan --json` and `sync --json` print, and the exit code a run deserves. */
import type {
  Contribution,
  Dimension,
  DimensionPoints,
  KpiAssessment,
  PartnershipAssessment,
  Pillar,
} from '../domain/assessment.js';
import { type Shown, shown } from '../domain/cells.js';
import type { EntityName } from '../domain/entities.js';
import { FACTORS, type FactorCode } from '../domain/factors/factor.js';
import type { Trend } from '../domain/history.js';
import type { Change, GuardVerdict, Plan } from '../domain/plan.js';
import { wholeFactors } from '../domain/points.js';
import type { DataIssue, RowRef } from '../domain/snapshot.js';
import type { TandemError } from '../errors.js';
import type { Catalogue } from '../messages/index.js';
import type { CallCounts } from '../ports.js';
import type { CallsByConnection } from './calls.js';
import type { SourceError } from './sync.js';
import type { Applied, ChangeFailure } from './writeback.js';

export interface ReportedChange {
  readonly kind: Change['kind'];
  readonly source: EntityName;
  readonly row: RowRef | null;
  readonly key: string | null;
  readonly reason: Change['reason'];
  /** Our field name -> what the cell shows before and after; `property` is the user's name of it. */
  readonly fields: Readonly<
    Record<
      string,
      { readonly property: string; readonly percent: boolean; readonly before: Shown; readonly after: Shown }
    >
  >;
}

export interface ReportedError {
  readonly code: string;
  readonly message: string;
  readonly source: EntityName | null;
  readonly row: RowRef | null;
  /** Title of the row, also of one that is still to be created. */
  readonly title: string | null;
  /** The column, or columns, the error is about. */
  readonly property: string | null;
  readonly where: string | null;
  readonly next: string;
}

export interface RunReport {
  readonly schemaVersion: 1;
  readonly workspace: string;
  readonly asOf: string;
  readonly runId: string;
  readonly rows: Readonly<Partial<Record<EntityName, number>>>;
  readonly incomplete: readonly EntityName[];
  readonly assessments: readonly ReportedAssessment[];
  readonly plan: {
    readonly hash: string;
    readonly changes: readonly ReportedChange[];
    readonly summary: PlanSummary;
  };
  readonly applied: Applied;
  readonly calls: Readonly<Record<string, CallCounts>>;
  readonly dataIssues: readonly ReportedIssue[];
  readonly errors: readonly ReportedError[];
  readonly notes: readonly string[];
}

export interface PlanSummary {
  readonly updates: number;
  readonly creates: number;
  readonly closes: number;
  /** Write calls the plan will need, per connection. */
  readonly calls: Readonly<Record<string, number>>;
  readonly guard: GuardVerdict;
}

export interface ReportedIssue extends DataIssue {
  readonly text: string;
}

export interface ReportedAssessment {
  readonly partnership: { readonly id: string; readonly name: string; readonly url: string };
  readonly status: PartnershipAssessment['status'];
  readonly health: number | null;
  readonly performance: number | null;
  readonly trust: number | null;
  readonly kpiAchievement: number | null;
  readonly confidence: number;
  readonly riskLevel: PartnershipAssessment['riskLevel'];
  readonly findings: readonly {
    readonly code: string;
    readonly severity: string;
    readonly entity: EntityName;
    readonly row: RowRef;
    /** Further rows it rests on. */
    readonly evidence: readonly RowRef[];
    readonly params: Readonly<Record<string, string | number>>;
    readonly text: string;
    /** What a person does about it. */
    readonly next: string;
  }[];
  readonly why: string;
  readonly kpis: readonly {
    readonly id: string;
    readonly name: string;
    readonly achievement: number | null;
    readonly expected: number | null;
    readonly pace: number | null;
    readonly status: KpiAssessment['status'];
    readonly reason: string;
  }[];
  /** What each dimension adds to the health, in whole points that add up to it, and each factor to its dimension. */
  readonly contributions: readonly ReportedContribution[];
  /** The same points under the five pillars of the guide: 0 to 100 each, null where nothing of it is measured. */
  readonly pillars: Readonly<Record<Pillar, number | null>>;
  /** How the health moved since it was written last; `parts` add up to `points`. */
  readonly change: {
    readonly since: string;
    readonly points: number;
    readonly parts: DimensionPoints;
  } | null;
  /** Which way the health goes over the last weeks, where a history is kept. */
  readonly trend: Trend | null;
  /** A status that stands although the number has crossed its edge, and the health at which it gives way. */
  readonly held: { readonly band: string; readonly edge: number } | null;
  /** A status a person has decided, beside the one that was computed. */
  readonly override: {
    readonly computed: string;
    readonly reason: string | null;
    readonly until: string | null;
  } | null;
  readonly decideBy: string | null;
  readonly nextReview: string | null;
  /** Entities that could not be read whole: nothing that rests on them was written. */
  readonly frozen: readonly EntityName[];
}

export interface ReportedContribution {
  readonly dimension: Dimension;
  readonly score: number;
  readonly points: number;
  readonly factors: readonly {
    readonly factor: FactorCode;
    readonly pillar: Pillar;
    readonly score: number;
    readonly points: number;
  }[];
}

const rounded = (value: number | undefined, digits: number): number | null =>
  value === undefined ? null : Number(value.toFixed(digits));

/** The KPIs of each partnership, by its id. */
export function kpisByPartnership(kpis: readonly KpiAssessment[]): ReadonlyMap<string, readonly KpiAssessment[]> {
  const found = new Map<string, KpiAssessment[]>();
  for (const kpi of kpis) {
    for (const id of new Set(kpi.partnershipIds)) {
      const known = found.get(id);
      if (known === undefined) found.set(id, [kpi]);
      else known.push(kpi);
    }
  }
  return found;
}

/** One partnership of the report with its KPIs; scores are whole points, shares have at most six decimals. */
export function reportAssessment(
  item: PartnershipAssessment,
  kpis: readonly KpiAssessment[],
  catalogue: Catalogue,
): ReportedAssessment {
  return {
    partnership: { id: item.row.id, name: item.row.title, url: item.row.url },
    status: item.status,
    health: rounded(item.health, 0),
    performance: rounded(item.performance, 0),
    trust: rounded(item.trust, 0),
    kpiAchievement: rounded(item.kpiAchievement, 6),
    confidence: rounded(item.confidence, 2) ?? 0,
    riskLevel: item.riskLevel,
    findings: item.findings.map(({ code, severity, entity, row, evidence = [], params }) => ({
      code,
      severity,
      entity,
      row,
      evidence,
      params,
      text: catalogue.finding(code, params),
      next: catalogue.rule(code).next,
    })),
    why: catalogue.why(item),
    kpis: kpis.map((kpi) => ({
      id: kpi.row.id,
      name: kpi.row.title,
      achievement: rounded(kpi.achievement, 6),
      expected: rounded(kpi.expected, 6),
      pace: rounded(kpi.pace, 6),
      status: kpi.status,
      reason: catalogue.kpiReason(kpi),
    })),
    contributions: reportContributions(item.contributions),
    pillars: reportPillars(item.pillars),
    change: item.change ?? null,
    trend: item.trend ?? null,
    held: item.held ?? null,
    override: overrideOf(item),
    decideBy: item.decideBy ?? null,
    nextReview: item.nextReview ?? null,
    frozen: item.frozen,
  };
}

function reportContributions(contributions: readonly Contribution[]): readonly ReportedContribution[] {
  const whole = wholeFactors(contributions);
  return contributions.map(({ dimension, score, factors }) => {
    const own = whole.filter((factor) => factor.dimension === dimension);
    return {
      dimension,
      score: Math.round(score),
      points: own.reduce((sum, { points }) => sum + points, 0),
      factors: factors.map((factor) => ({
        factor: factor.code,
        pillar: FACTORS[factor.code].pillar,
        score: Math.round(factor.score),
        points: own.find(({ code }) => code === factor.code)?.points ?? 0,
      })),
    };
  });
}

function reportPillars(pillars: PartnershipAssessment['pillars']): Readonly<Record<Pillar, number | null>> {
  const { trust, structure, performance, conflict, sustainability } = pillars;
  return {
    trust: rounded(trust, 0),
    structure: rounded(structure, 0),
    performance: rounded(performance, 0),
    conflict: rounded(conflict, 0),
    sustainability: rounded(sustainability, 0),
  };
}

function overrideOf({ override }: PartnershipAssessment): ReportedAssessment['override'] {
  if (override === undefined) return null;
  return { computed: override.computed, reason: override.reason ?? null, until: override.until ?? null };
}

export function reportChange(change: Change): ReportedChange {
  return {
    kind: change.kind,
    source: change.source,
    row: change.row ?? null,
    key: change.key ?? null,
    reason: change.reason,
    fields: Object.fromEntries(
      change.fields.map(({ field, property, percent, before, after }) => [
        field,
        { property, percent, before: shown(before), after: shown(after) },
      ]),
    ),
  };
}

/** Counts a plan; `calls` are the write calls it needs. */
export function summarise(plan: Plan, guard: GuardVerdict, calls: CallsByConnection): PlanSummary {
  const count = (kind: Change['kind']) => plan.changes.filter((change) => change.kind === kind).length;
  return { updates: count('update'), creates: count('create'), closes: count('close'), calls, guard };
}

export function reportError(
  error: TandemError,
  source: EntityName | null,
  row: RowRef | null,
  title: string | null = row?.title ?? null,
): ReportedError {
  return {
    code: error.code,
    message: error.message,
    source,
    row,
    title,
    property: error.details.property ?? null,
    where: error.details.where ?? row?.url ?? null,
    next: error.help.help,
  };
}

export function reportErrors(
  reading: readonly SourceError[],
  failures: readonly ChangeFailure[],
): readonly ReportedError[] {
  return [
    ...reading.map(({ entity, error }) => reportError(error, entity, null)),
    ...failures.map(({ change, error }) => reportError(error, change.source, change.row ?? null, change.title)),
  ];
}

const EXIT_ORDER = [3, 4, 6, 5, 1] as const;

/**
 * 0 when everything was read and written; else the exit code of the most telling error: a token or a column (4)
 * before a tool that did not answer (6) before a part that is missing (5).
 */
export function exitCodeOf(report: RunReport, exits: readonly number[]): number {
  const fromErrors = gravestOf(exits);
  if (fromErrors !== undefined) return fromErrors;
  return report.incomplete.length > 0 || report.applied.failed > 0 || report.applied.unknown > 0 ? 5 : 0;
}

/** The exit code that says most of several; undefined for none. */
export function gravestOf(exits: readonly number[]): number | undefined {
  return EXIT_ORDER.find((exit) => exits.includes(exit));
}
