/** Rules on KPIs that count today: live, begun, and not over for longer than they lasted. */
import type { Facts, KpiFact } from '../facts.js';
import { refOf } from '../facts.js';
import type { KpiStatus, Params, Severity } from '../verdict.js';
import { defineRule, type FieldPath, type Hit } from './rule.js';

const needs = ['partnerships', 'kpis'] as const;
const reads: readonly FieldPath[] = [
  'kpis.status',
  'kpis.direction',
  'kpis.accumulation',
  'kpis.baseline',
  'kpis.target',
  'kpis.targetHigh',
  'kpis.actual',
  'kpis.numerator',
  'kpis.denominator',
  'kpis.unit',
  'kpis.scale',
  'kpis.start',
  'kpis.end',
  'kpis.critical',
  'kpis.commitment',
  'measurements.date',
  'measurements.value',
  'measurements.numerator',
  'measurements.denominator',
];

function withStatus(facts: Facts, status: KpiStatus, severity: (kpi: KpiFact) => Severity): readonly Hit[] {
  return facts.kpis
    .filter((kpi) => kpi.current && kpi.assessment.status === status)
    .map((kpi) => ({ severity: severity(kpi), entity: 'kpis', row: refOf(kpi.row), params: paramsOf(kpi) }));
}

function paramsOf({ row, assessment }: KpiFact): Params {
  const { achievement, critical, reason } = assessment;
  return {
    kpi: row.title,
    critical: critical ? 1 : 0,
    ...(achievement === undefined ? {} : { achievement }),
    ...(row.values.end === undefined ? {} : { end: row.values.end }),
    ...(reason.params.part === undefined ? {} : { part: reason.params.part }),
  };
}

const worseWhenCritical =
  (ordinary: Severity, critical: Severity) =>
  ({ assessment }: KpiFact): Severity =>
    assessment.critical ? critical : ordinary;

export const kpiAtRisk = defineRule({
  code: 'kpi-at-risk',
  family: 'kpi',
  needs,
  reads,
  check: (facts) => withStatus(facts, 'at-risk', worseWhenCritical('medium', 'high')),
});

export const kpiBehind = defineRule({
  code: 'kpi-behind',
  family: 'kpi',
  needs,
  reads,
  check: (facts) => withStatus(facts, 'behind', worseWhenCritical('low', 'medium')),
});

export const kpiMissed = defineRule({
  code: 'kpi-missed',
  family: 'kpi',
  needs,
  reads,
  check: (facts) => withStatus(facts, 'missed', worseWhenCritical('medium', 'high')),
});

export const kpiNotComputable = defineRule({
  code: 'kpi-not-computable',
  family: 'kpi',
  needs,
  reads,
  check: (facts) => withStatus(facts, 'not-computable', () => 'info'),
});
