/** Rules on KPIs that count today: live, begun, and not over for longer than they lasted. */
import type { Facts, KpiFact } from '../facts.js';
import type { KpiStatus, Params, Severity } from '../verdict.js';
import { defineRule, type FieldPath, type Hit, type Requirement } from './rule.js';

const requires: readonly Requirement[] = ['kpis.target', ['kpis.actual', 'kpis.numerator', 'measurements.date']];
/** Everything the result of a KPI rests on. */
export const KPI_READS: readonly FieldPath[] = [
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
  'kpis.plan',
  'kpis.start',
  'kpis.end',
  'kpis.critical',
  'kpis.commitment',
  'measurements.date',
  'measurements.value',
  'measurements.numerator',
  'measurements.denominator',
  'measurements.unit',
];

function withStatus(facts: Facts, status: KpiStatus, severity: (kpi: KpiFact) => Severity): readonly Hit[] {
  return facts.kpis
    .filter((kpi) => kpi.current && kpi.assessment.status === status)
    .map((kpi) => ({ severity: severity(kpi), entity: 'kpis', row: kpi.assessment.row, params: paramsOf(kpi) }));
}

function paramsOf({ row, assessment }: KpiFact): Params {
  const { achievement, critical, reason } = assessment;
  return {
    kpi: row.title,
    critical: critical ? 1 : 0,
    ...(achievement === undefined ? {} : { achievement }),
    ...(row.values.end === undefined ? {} : { end: row.values.end }),
    ...(reason.params.part === undefined ? {} : { fault: reason.code, part: reason.params.part }),
  };
}

const worseWhenCritical =
  (ordinary: Severity, critical: Severity) =>
  ({ assessment }: KpiFact): Severity =>
    assessment.critical ? critical : ordinary;

export const kpiAtRisk = defineRule({
  code: 'kpi-at-risk',
  family: 'kpi',
  guide: '3-1',
  severities: ['high', 'medium'],
  thresholds: ['kpi.behindPace', 'kpi.gap', 'kpi.tooEarly'],
  requires,
  reads: KPI_READS,
  check: (facts) => withStatus(facts, 'at-risk', worseWhenCritical('medium', 'high')),
});

export const kpiBehind = defineRule({
  code: 'kpi-behind',
  family: 'kpi',
  guide: '3-1',
  severities: ['medium', 'low'],
  thresholds: ['kpi.onTrackPace', 'kpi.behindPace', 'kpi.gap', 'kpi.tooEarly'],
  requires,
  reads: KPI_READS,
  check: (facts) => withStatus(facts, 'behind', worseWhenCritical('low', 'medium')),
});

export const kpiMissed = defineRule({
  code: 'kpi-missed',
  family: 'kpi',
  guide: '3-1',
  severities: ['high', 'medium'],
  thresholds: ['kpi.partly'],
  requires,
  reads: KPI_READS,
  check: (facts) => withStatus(facts, 'missed', worseWhenCritical('medium', 'high')),
});

export const kpiNotComputable = defineRule({
  code: 'kpi-not-computable',
  family: 'kpi',
  guide: '3-1',
  severities: ['info'],
  thresholds: [],
  requires: ['kpis.partnership'],
  reads: KPI_READS,
  check: (facts) => withStatus(facts, 'not-computable', () => 'info'),
});

export const kpiStale = defineRule({
  code: 'kpi-stale',
  family: 'kpi',
  guide: '4-3',
  severities: ['medium', 'low'],
  thresholds: [],
  requires: [...requires, ['kpis.measuredOn', 'measurements.date']],
  reads: [...KPI_READS, 'kpis.measuredOn', 'kpis.cadence'],
  check: (facts) =>
    facts.kpis.flatMap((kpi) => {
      const { row, assessment, current, fresh } = kpi;
      const { readOn } = assessment;
      if (!current || assessment.achievement === undefined || readOn === undefined || fresh > 0) return [];
      const severity = worseWhenCritical('low', 'medium')(kpi);
      return [{ severity, entity: 'kpis' as const, row: assessment.row, params: { kpi: row.title, date: readOn } }];
    }),
});
