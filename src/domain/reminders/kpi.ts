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
    ...countedFromToday('kpi-stale', facts, 'while-open'),
  })),
});

/**
 * One conversation per partnership and quarter: that a KPI is still at risk stands in its status. A number nobody has
 * refreshed is refreshed first; that it has grown old is no reason to call off a conversation that was asked for.
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
    const atRisk = findings.filter(({ code }) => code === 'kpi-at-risk');
    const fresh = atRisk.filter(({ row }) => !stale.has(row.id));
    const [first, ...others] = fresh.length > 0 ? fresh : atRisk;
    if (first === undefined) return [];
    const occasion = {
      occurrence: quarterOf(facts.asOf),
      ...countedFromToday('kpi-at-risk', facts, 'while-open'),
      params: { kpi: first.row.title, others: others.length },
      evidence: [first, ...others].map(({ row }) => row),
    };
    return [about(facts.partnership, fresh.length > 0 ? occasion : { ...occasion, keepOnly: true })];
  },
});
