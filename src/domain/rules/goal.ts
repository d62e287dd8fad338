/** Rules on how goals are set, whatever their numbers say: whole, of both kinds, for the long term too, and going on. */
import { addDays, type Day } from '../calendar.js';
import type { EntityRow, FieldName } from '../entities.js';
import { type Facts, type KpiFact, refOf } from '../facts.js';
import { KPI_READS } from './kpi.js';
import { defineRule, type FieldPath } from './rule.js';
import { ENDED_READS, isEnded } from './term.js';

type KpiRow = EntityRow<'kpis'>;

/** What a SMART goal says of itself. */
export const GOAL_PARTS = ['owner', 'target', 'period', 'baseline', 'unit', 'relevance', 'source', 'cadence'] as const;
export type GoalPart = (typeof GOAL_PARTS)[number];

type MappedField = (field: FieldName<'kpis'>) => boolean;

const SMART_READS: readonly FieldPath[] = [
  'kpis.owner',
  'kpis.target',
  'kpis.start',
  'kpis.end',
  'kpis.baseline',
  'kpis.unit',
  'kpis.relevance',
  'kpis.source',
  'kpis.cadence',
  'kpis.measuredOn',
];

/** The parts a goal lacks among those there is a column for. A cell that cannot be read is not missing. */
export function partsMissing({ row, assessment }: KpiFact, mapped: MappedField): readonly GoalPart[] {
  return GOAL_PARTS.filter((part) => {
    switch (part) {
      case 'target':
        return row.values.direction !== 'milestone' && lacks(row, 'target', mapped);
      case 'period':
        return lacks(row, 'start', mapped) || lacks(row, 'end', mapped);
      case 'baseline':
        return startsSomewhere(row) && lacks(row, 'baseline', mapped);
      case 'unit':
        return hasUnit(row) && lacks(row, 'unit', mapped);
      case 'cadence':
        return assessment.readOn === undefined && row.values.measuredOn === undefined && lacks(row, 'cadence', mapped);
      default:
        return lacks(row, part, mapped);
    }
  });
}

function lacks(row: KpiRow, field: FieldName<'kpis'>, mapped: MappedField): boolean {
  const value = row.values[field];
  const isEmpty = value === undefined || (Array.isArray(value) && value.length === 0);
  return isEmpty && mapped(field) && !row.unreadable.has(field);
}

/** A level moves from where it stands; a sum starts at nothing, and what is to be kept or done has no way to go. */
function startsSomewhere({ values: { direction, accumulation } }: KpiRow): boolean {
  const moves = direction === undefined || direction === 'higher' || direction === 'lower';
  return moves && accumulation !== 'cumulative' && accumulation !== 'count';
}

const hasUnit = ({ values: { direction, kind } }: KpiRow): boolean =>
  direction !== 'milestone' && direction !== 'rating' && kind !== 'qualitative';

/** Goals that are set for now or for later. */
const isAhead = ({ current, assessment: { reason } }: KpiFact): boolean => current || reason.code === 'not-begun';

/** A remark on how a goal is written down, not a sign of trouble: it stands in the report and in no status. */
export const kpiNotSmart = defineRule({
  code: 'kpi-not-smart',
  family: 'kpi',
  guide: '3-1',
  severities: ['info'],
  thresholds: [],
  requires: [SMART_READS],
  reads: [...new Set<FieldPath>([...SMART_READS, ...KPI_READS, 'kpis.kind'])],
  check: (facts) => {
    const mapped: MappedField = (field) => facts.mapped('kpis', field);
    return facts.kpis.filter(isAhead).flatMap((fact) => {
      const parts = partsMissing(fact, mapped);
      if (parts.length === 0) return [];
      const params = { kpi: fact.row.title, parts: parts.join(' ') };
      return [{ severity: 'info' as const, entity: 'kpis' as const, row: fact.assessment.row, params }];
    });
  },
});

/** Numbers and judgements side by side: told once every goal of today says which of the two it is. */
export const kpiOneSided = defineRule({
  code: 'kpi-one-sided',
  family: 'kpi',
  guide: '4-1',
  severities: ['info'],
  thresholds: [],
  requires: ['kpis.kind'],
  reads: ['kpis.kind', 'kpis.status', 'kpis.start', 'kpis.end'],
  check: ({ kpis, partnership }) => {
    const kinds = kpis.filter(({ current }) => current).map(({ row }) => row.values.kind);
    const [kind] = kinds;
    if (kind === undefined || kinds.length < 2 || kinds.some((other) => other !== kind)) return [];
    return [{ severity: 'info', entity: 'partnerships', row: refOf(partnership), params: { kind } }];
  },
});

const isLongTerm = ({ values: { horizon } }: KpiRow): boolean => horizon === 'year' || horizon === 'lifetime';

/** Value for the years beside results for the quarter: told once every goal of today says how far it looks. */
export const kpiNoLongTerm = defineRule({
  code: 'kpi-no-long-term',
  family: 'kpi',
  guide: '3-1',
  severities: ['info'],
  thresholds: [],
  requires: ['kpis.horizon'],
  reads: ['kpis.horizon', 'kpis.status', 'kpis.start', 'kpis.end'],
  check: ({ kpis, partnership }) => {
    const rows = kpis.filter(isAhead).map(({ row }) => row);
    const isUnknown = rows.some(({ values }) => values.horizon === undefined);
    if (rows.length === 0 || isUnknown || rows.some(isLongTerm)) return [];
    return [{ severity: 'info', entity: 'partnerships', row: refOf(partnership), params: {} }];
  },
});

/** The last day of goals of one horizon that none follow; undefined while some go on, or their days cannot be read. */
function lastDay(kpis: readonly KpiFact[], { asOf, policy }: Facts): Day | undefined {
  let last: Day | undefined;
  const live = kpis.map(({ row }) => row).filter(({ values }) => values.status !== 'cancelled');
  for (const { end } of live.map(({ values }) => values)) if (end !== undefined && end > (last ?? '')) last = end;
  if (last === undefined || last > addDays(asOf, policy.rules.nextPeriodLead)) return undefined;
  const isUnclear = live.some(({ unreadable }) => unreadable.has('start') || unreadable.has('end'));
  const goesOn = live.some(({ values: { start, end } }) => end === undefined && start !== undefined && start > asOf);
  return isUnclear || goesOn || !kpis.some(({ current }) => current) ? undefined : last;
}

/**
 * Goals for what comes after: a later KPI, or one that begins once the last one ends. Goals of the year do not stand in
 * for those of the quarter, nor the other way round.
 */
export const periodEndsWithoutNext = defineRule({
  code: 'period-ends-without-next',
  family: 'time',
  guide: '3-4',
  severities: ['low'],
  thresholds: ['rules.nextPeriodLead'],
  requires: ['kpis.end'],
  reads: ['kpis.status', 'kpis.start', 'kpis.end', 'kpis.horizon', ...ENDED_READS],
  check: (facts) => {
    const { partnership, kpis } = facts;
    if (isEnded(facts) || partnership.values.renewalDecision === 'end') return [];
    const long = kpis.filter(({ row }) => isLongTerm(row));
    const short = kpis.filter(({ row }) => !isLongTerm(row));
    const [date] = [short, long].flatMap((group) => lastDay(group, facts) ?? []).sort();
    return date === undefined
      ? []
      : [{ severity: 'low', entity: 'partnerships', row: refOf(partnership), params: { date } }];
  },
});
