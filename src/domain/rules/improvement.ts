/** The loop from what was said to what was done: actions nobody can keep, improvements that wait, effects unchecked. */
import { type Day, daysBetween } from '../calendar.js';
import type { EntityRow } from '../entities.js';
import { medianOf } from '../factors/factor.js';
import { emptyFields, type Facts, isKnown, refOf } from '../facts.js';
import type { Params, Severity } from '../verdict.js';
import { isOpenAction } from './promise.js';
import { defineRule, type Hit, type Requirement } from './rule.js';

type ActionRow = EntityRow<'actions'>;

const STATE: Requirement = ['actions.status', 'actions.doneOn'];

const hit = (row: ActionRow, severity: Severity, params: Params = {}): Hit => ({
  severity,
  entity: 'actions',
  row: refOf(row),
  params: { action: row.title, ...params },
});

/** What came out of a conflict has to be kept; elsewhere a gap is noted. */
export const actionIncomplete = defineRule({
  code: 'action-incomplete',
  family: 'delivery',
  guide: '5-3',
  severities: ['low', 'info'],
  thresholds: [],
  requires: [['actions.owner', 'actions.due'], STATE],
  reads: ['actions.owner', 'actions.due', 'actions.status', 'actions.doneOn', 'actions.issue'],
  check: (facts) =>
    facts.actions.flatMap((row) => {
      const missing = isOpenAction(row, facts.asOf) ? emptyFields(row, ['owner', 'due'], facts) : [];
      if (missing.length === 0) return [];
      const severity = (row.values.issue ?? []).length > 0 ? 'low' : 'info';
      return [hit(row, severity, { missing: missing.join(',') })];
    }),
});

export const improvementStalled = defineRule({
  code: 'improvement-stalled',
  family: 'delivery',
  guide: '4-4',
  severities: ['low'],
  thresholds: ['rules.improvementAge'],
  requires: ['actions.kind', 'actions.openedOn', STATE],
  reads: ['actions.kind', 'actions.openedOn', 'actions.status', 'actions.doneOn'],
  check: ({ actions, asOf, policy }) =>
    actions.flatMap((row) => {
      const { kind, openedOn } = row.values;
      if (kind !== 'improvement' || openedOn === undefined || !isOpenAction(row, asOf)) return [];
      return daysBetween(openedOn, asOf) > policy.rules.improvementAge ? [hit(row, 'low', { date: openedOn })] : [];
    }),
});

const YEAR = 365;

export const effectUnverified = defineRule({
  code: 'effect-unverified',
  family: 'delivery',
  guide: '4-4',
  severities: ['low'],
  thresholds: ['rules.effectCheck'],
  requires: ['actions.kind', 'actions.doneOn', 'actions.effectVerified'],
  reads: ['actions.kind', 'actions.doneOn', 'actions.status', 'actions.effectVerified'],
  check: ({ actions, asOf, policy }) =>
    actions.flatMap((row) => {
      const { kind, doneOn, status, effectVerified } = row.values;
      const done = kind === 'improvement' && doneOn !== undefined && status !== 'cancelled';
      if (!done || effectVerified === true || !isKnown(row, 'effectVerified', 'status')) return [];
      const days = daysBetween(doneOn, asOf);
      return days > policy.rules.effectCheck && days <= YEAR ? [hit(row, 'low', { date: doneOn })] : [];
    }),
});

interface Loop {
  readonly row: ActionRow;
  readonly days: number;
}

/** The day something was said that an action answers: the earliest of its feedback and its issues. */
function saidOn({ values }: ActionRow, { feedback, issues }: Facts): Day | undefined {
  const said = feedback.filter(({ id }) => values.feedback?.includes(id)).map((row) => row.values.date);
  const raised = issues.filter(({ id }) => values.issue?.includes(id)).map((row) => row.values.openedOn);
  return [...said, ...raised].flatMap((day) => day ?? []).sort()[0];
}

/** How long the loops took that were closed in the last half year, from what was said to what was done. */
export function loopsOf(facts: Facts): readonly Loop[] {
  const HALF_YEAR = 182;
  return facts.actions.flatMap((row) => {
    const { doneOn, status } = row.values;
    const from = saidOn(row, facts);
    if (doneOn === undefined || doneOn > facts.asOf || from === undefined || status === 'cancelled') return [];
    return doneOn < from || daysBetween(doneOn, facts.asOf) > HALF_YEAR
      ? []
      : [{ row, days: daysBetween(from, doneOn) }];
  });
}

/** Fewer loops than this tell of themselves only. */
const FEWEST = 3;

export const loopSlow = defineRule({
  code: 'loop-slow',
  family: 'delivery',
  guide: '1-3',
  severities: ['low'],
  thresholds: ['rules.loopDays'],
  requires: ['actions.doneOn', ['actions.feedback', 'actions.issue'], ['feedback.date', 'issues.openedOn']],
  reads: ['actions.doneOn', 'actions.status', 'actions.feedback', 'actions.issue', 'feedback.date', 'issues.openedOn'],
  check: (facts) => {
    const loops = loopsOf(facts);
    const median = medianOf(loops.map(({ days }) => days));
    if (loops.length < FEWEST || median <= facts.policy.rules.loopDays) return [];
    const params = { days: Math.round(median), count: loops.length };
    const evidence = loops.map(({ row }) => refOf(row));
    return [{ severity: 'low', entity: 'partnerships', row: refOf(facts.partnership), evidence, params }];
  },
});
