/** Decisions: those nobody takes, those nobody can explain later, and temporary ones that have run out. */
import { addBusinessDays, daysBetween } from '../calendar.js';
import type { EntityRow } from '../entities.js';
import { type Facts, refOf } from '../facts.js';
import type { Params, Severity } from '../verdict.js';
import { defineRule, type Hit, type Requirement } from './rule.js';

type DecisionRow = EntityRow<'decisions'>;

const DECIDED: Requirement = ['decisions.status', 'decisions.decidedOn'];

const hit = (row: DecisionRow, severity: Severity, params: Params): Hit => ({
  severity,
  entity: 'decisions',
  row: refOf(row),
  params: { decision: row.title, ...params },
});

/** Asked for, and neither decided nor put aside. Where no state is kept, the day of the decision tells. */
function isPending({ values: { status, decidedOn }, unreadable }: DecisionRow): boolean {
  if (unreadable.has('status') || unreadable.has('decidedOn')) return false;
  return status === undefined ? decidedOn === undefined : status === 'pending';
}

function isDecided({ values: { status, decidedOn } }: DecisionRow, { asOf }: Facts): boolean {
  if (decidedOn !== undefined && decidedOn > asOf) return false;
  return status === undefined ? decidedOn !== undefined : status === 'approved' || status === 'rejected';
}

export const decisionWaiting = defineRule({
  code: 'decision-waiting',
  family: 'governance',
  guide: '4-2',
  severities: ['high', 'medium'],
  thresholds: ['rules.decisionWaiting'],
  requires: ['decisions.requestedOn', DECIDED],
  reads: ['decisions.requestedOn', 'decisions.decidedOn', 'decisions.status'],
  check: (facts) => {
    const { asOf, calendar, policy } = facts;
    const { decisionWaiting: allowed } = policy.rules;
    return facts.decisions.flatMap((row) => {
      const { requestedOn } = row.values;
      if (requestedOn === undefined || !isPending(row)) return [];
      const late = (days: number): boolean => asOf > addBusinessDays(requestedOn, days, calendar);
      if (!late(allowed)) return [];
      return [hit(row, late(2 * allowed) ? 'high' : 'medium', { date: requestedOn })];
    });
  },
});

export const decisionWithoutRationale = defineRule({
  code: 'decision-without-rationale',
  family: 'governance',
  guide: '2-1',
  severities: ['low'],
  thresholds: ['rules.decisionRationale'],
  requires: ['decisions.rationale', DECIDED],
  reads: ['decisions.decidedOn', 'decisions.status', 'decisions.rationale'],
  check: (facts) =>
    facts.decisions.flatMap((row) => {
      const { decidedOn, rationale } = row.values;
      const unknown = (['status', 'decidedOn', 'rationale'] as const).some((field) => row.unreadable.has(field));
      if (unknown || rationale !== undefined || !isDecided(row, facts)) return [];
      if (decidedOn === undefined) return [hit(row, 'low', {})];
      const recent = daysBetween(decidedOn, facts.asOf) <= facts.policy.rules.decisionRationale;
      return recent ? [hit(row, 'low', { date: decidedOn })] : [];
    }),
});

export const decisionExpired = defineRule({
  code: 'decision-expired',
  family: 'governance',
  guide: '4-5',
  severities: ['medium'],
  thresholds: [],
  requires: ['decisions.expiresOn', DECIDED],
  reads: ['decisions.expiresOn', 'decisions.status', 'decisions.decidedOn'],
  check: (facts) =>
    facts.decisions.flatMap((row) => {
      const { expiresOn, status } = row.values;
      if (expiresOn === undefined || expiresOn >= facts.asOf || row.unreadable.has('status')) return [];
      const stands = status === 'approved' || (status === undefined && isDecided(row, facts));
      return stands ? [hit(row, 'medium', { date: expiresOn })] : [];
    }),
});
