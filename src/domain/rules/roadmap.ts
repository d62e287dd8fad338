/** The road ahead: pilots to be decided, milestones nobody leads, that wait for others or keep moving, and no next one. */
import { addDays, type Day, daysBetween } from '../calendar.js';
import type { EntityRow } from '../entities.js';
import { emptyFields, type Facts, isKnown, refOf, tierOf } from '../facts.js';
import type { Params, Severity } from '../verdict.js';
import { isDone, isOverdue } from './delivery.js';
import { defineRule, type FieldPath, type Hit, type Requirement } from './rule.js';
import { ACTIVE_READS, isActive } from './stage.js';

type MilestoneRow = EntityRow<'milestones'>;

const STATE: Requirement = ['milestones.doneOn', 'milestones.status'];
const STATE_READS: readonly FieldPath[] = ['milestones.doneOn', 'milestones.status'];

const hit = (row: MilestoneRow, severity: Severity, params: Params = {}): Hit => ({
  severity,
  entity: 'milestones',
  row: refOf(row),
  params: { milestone: row.title, ...params },
});

/** Neither done nor cancelled, nor on hold. Of a milestone whose state cannot be read nothing is said. */
function isAhead(row: MilestoneRow, asOf: Day): boolean {
  const { status } = row.values;
  return isKnown(row, 'status', 'doneOn') && status !== 'cancelled' && status !== 'on-hold' && !isDone(row, asOf);
}

const ahead = ({ milestones, asOf }: Facts): readonly MilestoneRow[] => milestones.filter((row) => isAhead(row, asOf));

export const pilotUndecided = defineRule({
  code: 'pilot-undecided',
  family: 'delivery',
  guide: '4-5',
  severities: ['low'],
  thresholds: [],
  requires: ['milestones.kind', 'milestones.decisionDate', STATE],
  reads: ['milestones.kind', 'milestones.decisionDate', ...STATE_READS],
  check: (facts) =>
    ahead(facts).flatMap((row) => {
      const { kind, decisionDate } = row.values;
      const late = kind === 'pilot' && decisionDate !== undefined && decisionDate < facts.asOf;
      return late ? [hit(row, 'low', { date: decisionDate })] : [];
    }),
});

/** Told of milestones that are close: further away there is time to fill them in. */
export const milestoneIncomplete = defineRule({
  code: 'milestone-incomplete',
  family: 'delivery',
  guide: '3-3',
  severities: ['low', 'info'],
  thresholds: ['rules.milestoneReady'],
  requires: ['milestones.due', ['milestones.owner', 'milestones.kpi', 'milestones.riskPlan'], STATE],
  reads: ['milestones.due', 'milestones.owner', 'milestones.kpi', 'milestones.riskPlan', ...STATE_READS],
  check: (facts) =>
    ahead(facts).flatMap((row) => {
      const { due } = row.values;
      const days = due === undefined ? undefined : daysBetween(facts.asOf, due);
      if (days === undefined || days < 0 || days > facts.policy.rules.milestoneReady) return [];
      const missing = emptyFields(row, ['owner', 'kpi', 'riskPlan'], facts);
      if (missing.length === 0) return [];
      return [hit(row, missing.includes('owner') ? 'low' : 'info', { missing: missing.join(',') })];
    }),
});

export const milestoneBlocked = defineRule({
  code: 'milestone-blocked',
  family: 'delivery',
  guide: '3-3',
  severities: ['medium', 'low'],
  thresholds: ['rules.dueSoon'],
  requires: ['milestones.due', 'milestones.blockedBy', STATE],
  reads: ['milestones.due', 'milestones.blockedBy', ...STATE_READS],
  check: (facts) => {
    const { asOf, milestones, policy } = facts;
    const late = new Map(
      milestones.filter((row) => isAhead(row, asOf) && isOverdue(row, asOf)).map((row) => [row.id, row]),
    );
    return ahead(facts).flatMap((row) => {
      const { due, blockedBy = [] } = row.values;
      const waits = blockedBy.flatMap((id) => (id === row.id ? [] : (late.get(id) ?? [])));
      const [first] = waits;
      if (due === undefined || first === undefined || daysBetween(asOf, due) > policy.rules.dueSoon) return [];
      const found = hit(row, due < asOf ? 'medium' : 'low', { by: first.title, date: due });
      return [{ ...found, evidence: waits.map(refOf) }];
    });
  },
});

export const milestoneMoved = defineRule({
  code: 'milestone-moved',
  family: 'delivery',
  guide: '3-3',
  severities: ['low'],
  thresholds: ['rules.milestoneMoves'],
  requires: ['milestones.moves', STATE],
  reads: ['milestones.moves', ...STATE_READS],
  check: (facts) =>
    ahead(facts).flatMap((row) => {
      const { moves } = row.values;
      if (moves === undefined || !(moves >= facts.policy.rules.milestoneMoves) || !Number.isFinite(moves)) return [];
      return [hit(row, 'low', { count: Math.trunc(moves) })];
    }),
});

export const replanNeeded = defineRule({
  code: 'replan-needed',
  family: 'delivery',
  guide: '3-3',
  severities: ['medium'],
  thresholds: ['rules.replan'],
  requires: ['milestones.due', STATE],
  reads: ['milestones.due', ...STATE_READS, ...ACTIVE_READS],
  check: (facts) => {
    if (!isActive(facts)) return [];
    const { replan } = facts.policy.rules;
    const open = ahead(facts).filter(({ values }) => values.due !== undefined);
    const late = open.filter((row) => isOverdue(row, facts.asOf));
    if (late.length < Math.max(1, replan.least) || late.length < open.length * replan.share) return [];
    const params = { late: late.length, count: open.length };
    const row = refOf(facts.partnership);
    return [{ severity: 'medium', entity: 'partnerships', row, evidence: late.map(refOf), params }];
  },
});

export const nextMilestoneMissing = defineRule({
  code: 'next-milestone-missing',
  family: 'delivery',
  guide: '3-3',
  severities: ['low', 'info'],
  thresholds: ['rules.nextMilestone'],
  requires: ['milestones.due', STATE],
  reads: ['milestones.due', ...STATE_READS, 'partnerships.tier', ...ACTIVE_READS],
  check: (facts) => {
    const { asOf, policy, milestones, partnership } = facts;
    const until = addDays(asOf, policy.rules.nextMilestone);
    const isUnclear = milestones.some((row) => !isKnown(row, 'due', 'status', 'doneOn'));
    const isPlanned = ahead(facts).some(({ values: { due } }) => due === undefined || due <= until);
    if (isUnclear || isPlanned || !isActive(facts)) return [];
    const severity = tierOf(facts) === 'strategic' ? 'low' : 'info';
    return [{ severity, entity: 'partnerships', row: refOf(partnership), params: {} }];
  },
});
