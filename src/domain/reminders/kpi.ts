/** Reminders of KPIs: numbers to refresh, goals that will not be reached by waiting. */
import { about, countedFromToday, defineReminder, monthOf, onFindings, quarterOf } from './reminder.js';

/** One task per person and month, whatever the number of KPIs they keep. */
export const kpiStale = defineReminder({
  code: 'kpi-stale',
  rule: 'kpi-stale',
  guide: '4-3',
  severity: 'low',
  gather: 'by-person',
  ...onFindings(['kpi-stale'], (_finding, { facts }) => ({
    occurrence: monthOf(facts.asOf),
    ...countedFromToday('kpi-stale', facts),
  })),
});

/**
 * One conversation per partnership and quarter: that a KPI is still at risk stands in its status. A number nobody has
 * refreshed is refreshed first.
 */
export const kpiAtRisk = defineReminder({
  code: 'kpi-at-risk',
  rule: 'kpi-at-risk',
  guide: '3-1',
  severity: 'medium',
  assignee: 'partnership',
  on: ['kpi-at-risk', 'kpi-stale'],
  ask: ({ facts, findings }) => {
    const stale = new Set(findings.flatMap(({ code, row }) => (code === 'kpi-stale' ? [row.id] : [])));
    const [first, ...others] = findings.filter(({ code, row }) => code === 'kpi-at-risk' && !stale.has(row.id));
    if (first === undefined) return [];
    const params = { kpi: first.row.title, others: others.length };
    const occurrence = quarterOf(facts.asOf);
    const evidence = [first, ...others].map(({ row }) => row);
    return [about(facts.partnership, { occurrence, params, evidence, ...countedFromToday('kpi-at-risk', facts) })];
  },
});
