/** The life cycle: stages a partnership is meant to pass through, and how long it may stay in one. */
import { daysBetween } from '../calendar.js';
import { type Facts, refOf } from '../facts.js';
import type { Policy } from '../policy.js';
import { defineRule, type FieldPath } from './rule.js';
import { ENDED_READS, isEnded } from './term.js';

const BEFORE: readonly string[] = ['awareness', 'knowledge', 'assessment', 'selection'];

/** Everything `isActive` rests on. */
export const ACTIVE_READS: readonly FieldPath[] = ['partnerships.start', ...ENDED_READS];

/** Begun and not ended: what is asked of a partnership that works, not of one that is being looked for. */
export function isActive(facts: Facts): boolean {
  const { stage, start } = facts.partnership.values;
  const begun = stage === undefined ? start === undefined || start <= facts.asOf : !BEFORE.includes(stage);
  return begun && !isEnded(facts);
}

/** Days a stage may last; undefined for those a partnership lives in. */
function limitOf(stage: string, limits: Policy['rules']['stageDays']): number | undefined {
  return Object.entries(limits).find(([name]) => name === stage)?.[1];
}

export const stageStalled = defineRule({
  code: 'stage-stalled',
  family: 'time',
  guide: '6-1',
  severities: ['low'],
  thresholds: ['rules.stageDays'],
  requires: ['partnerships.stage', 'partnerships.stageSince'],
  reads: ['partnerships.stageSince', ...ENDED_READS],
  check: (facts) => {
    const { stage, stageSince } = facts.partnership.values;
    if (stage === undefined || stageSince === undefined || isEnded(facts)) return [];
    const limit = limitOf(stage, facts.policy.rules.stageDays);
    if (limit === undefined || daysBetween(stageSince, facts.asOf) <= limit) return [];
    return [{ severity: 'low', entity: 'partnerships', row: refOf(facts.partnership), params: { date: stageSince } }];
  },
});
