/** KPI rows and their readings for tests of the KPI arithmetic. */
import { addDays } from '../../src/domain/calendar.js';
import type { EntityRow, Values } from '../../src/domain/entities.js';
import { assessKpi } from '../../src/domain/kpi.js';
import type { KpiOptions } from '../../src/domain/period.js';
import { DEFAULT_POLICY } from '../../src/domain/policy.js';
import type { KpiAssessment } from '../../src/domain/verdict.js';
import { aRow, TODAY } from './rows.js';

export type Kpi = Values<'kpis'>;
export type Reading = Values<'measurements'>;

/** 100 days, of which on TODAY 50 have passed. */
export const HALF = { start: addDays(TODAY, -50), end: addDays(TODAY, 50) };
/** 99 days that ended yesterday. */
export const OVER = { start: addDays(TODAY, -100), end: addDays(TODAY, -1) };

export const readings = (...values: readonly Reading[]): readonly EntityRow<'measurements'>[] =>
  values.map((value, index) => aRow('measurements', { kpi: ['kpis'], ...value }, { id: `m${index}` }));

/** TODAY under the default policy, without holidays. */
export const KPI_OPTIONS: KpiOptions = {
  policy: DEFAULT_POLICY.kpi,
  calendar: { holidays: new Set() },
  asOf: TODAY,
};

/** Assesses a KPI of these values on TODAY under the default policy. */
export const kpi = (
  values: Kpi,
  given: readonly Reading[] = [],
  unreadable: readonly string[] = [],
  options: Partial<KpiOptions> = {},
): KpiAssessment => assessKpi(aRow('kpis', values, { unreadable }), readings(...given), { ...KPI_OPTIONS, ...options });
