/** Everything behind the assessment of one KPI: its inputs with their days, the figures in between, and what it would take. */
import { assess } from '../assess.js';
import type { Finding, KpiAssessment, KpiStatus } from '../assessment.js';
import type { Day } from '../calendar.js';
import type { EntityRow } from '../entities.js';
import { type AssessOptions, gatherKpis, type KpiFact, refOf, rowsOf } from '../facts.js';
import type { Reading } from '../reading.js';
import { type RuleState, ruleStates } from '../rules/states.js';
import type { RowRef, Snapshot } from '../snapshot.js';
import { applied } from './edit.js';
import { roundedOut } from './kpi-target.js';
import { type Remedy, raisedTo, raiseTo } from './remedies.js';

/** An entry that gives the KPI another status, which was seen, not guessed. */
export interface KpiWay {
  readonly remedy: Remedy;
  readonly status: KpiStatus;
}

export interface KpiExplanation {
  readonly kind: 'kpi';
  readonly asOf: Day;
  readonly row: EntityRow<'kpis'>;
  /** Its dated readings, oldest first; those after the day are left out. */
  readonly readings: readonly Reading[];
  readonly assessment: KpiAssessment;
  /** Whether it counts for its partnerships today, and how fresh the number is, 0 to 1. */
  readonly current: boolean;
  readonly fresh: number;
  readonly partnerships: readonly RowRef[];
  /** The rules about KPIs, and what they found of this one for its partnerships. */
  readonly rules: readonly RuleState[];
  readonly findings: readonly Finding[];
  readonly ways: readonly KpiWay[];
}

/** Explains the KPI with a row id; undefined when there is none. */
export function explainKpi(snapshot: Snapshot, options: AssessOptions, kpiId: string): KpiExplanation | undefined {
  const own = onlyKpi(snapshot, kpiId);
  const [kpi] = gatherKpis(own, options);
  if (kpi === undefined) return undefined;
  const findings = assess(own, options).partnerships.flatMap((partnership) => partnership.findings);
  return {
    kind: 'kpi',
    asOf: options.asOf,
    row: kpi.row,
    readings: rowsOf(own, 'measurements')
      .filter(({ values: { date } }) => date !== undefined && date <= options.asOf)
      .sort((left, right) => (orderKey(left) < orderKey(right) ? -1 : 1)),
    assessment: kpi.assessment,
    current: kpi.current,
    fresh: kpi.fresh,
    partnerships: rowsOf(own, 'partnerships').map(refOf),
    rules: ruleStates(snapshot, options.policy.rules.disabled).filter(({ rule }) => rule.family === 'kpi'),
    findings: findings.filter(({ row }) => row.id === kpiId),
    ways: waysUp(own, kpi, options),
  };
}

const orderKey = (reading: Reading): string => `${reading.values.date ?? ''} ${reading.id}`;

/** The KPI with its readings and its partnerships, and nothing else of them. */
function onlyKpi(snapshot: Snapshot, kpiId: string): Snapshot {
  const { partnerships, kpis, measurements } = snapshot;
  const rows = (kpis?.rows ?? []).filter(({ id }) => id === kpiId);
  const owners = new Set(rows.flatMap((row) => row.values.partnership ?? []));
  return {
    ...(partnerships && {
      partnerships: { ...partnerships, rows: partnerships.rows.filter(({ id }) => owners.has(id)) },
    }),
    ...(kpis && { kpis: { ...kpis, rows } }),
    ...(measurements && {
      measurements: {
        ...measurements,
        rows: measurements.rows.filter(({ values }) => values.kpi?.includes(kpiId) === true),
      },
    }),
  };
}

const RANK: Readonly<Partial<Record<KpiStatus, number>>> = {
  'at-risk': 0,
  missed: 0,
  behind: 1,
  partly: 1,
  'on-track': 2,
  achieved: 3,
};
const HALVINGS = 16;

/** For every better status the least actual that gives it today, worst first; none where no single entry can. */
function waysUp(snapshot: Snapshot, kpi: KpiFact, options: AssessOptions): readonly KpiWay[] {
  const from = kpi.assessment.actual;
  const rank = RANK[kpi.assessment.status];
  const goal = raiseTo(snapshot, kpi, 1, options.asOf);
  if (from === undefined || rank === undefined || goal === undefined || goal.edits.length === 0) return [];
  const tried = (actual: number): KpiWay | undefined => {
    const remedy = raisedTo(snapshot, kpi, actual, options.asOf);
    const [after] = gatherKpis(applied(snapshot, remedy.edits), options);
    return after === undefined ? undefined : { remedy, status: after.assessment.status };
  };
  const rankAt = (actual: number): number => RANK[tried(actual)?.status ?? 'at-risk'] ?? -1;
  const ways: KpiWay[] = [];
  for (let wanted = rank + 1; wanted <= 3; wanted += 1) {
    let [short, enough] = [from, Number(goal.params.to)];
    if (rankAt(enough) < wanted) break;
    for (let halving = 0; halving < HALVINGS; halving += 1) {
      const middle = (short + enough) / 2;
      if (rankAt(middle) < wanted) short = middle;
      else enough = middle;
    }
    const way = tried(roundedOut(from, enough));
    if (way !== undefined && (RANK[way.status] ?? -1) >= wanted && way.status !== ways.at(-1)?.status) ways.push(way);
  }
  return ways;
}
