/** The life cycle: stages a partnership is meant to pass through, and how long it may stay in one. */
import { daysBetween } from '../calendar.js';
import { refOf } from '../facts.js';
import type { Policy } from '../policy.js';
import { defineRule } from './rule.js';
import { ENDED_READS, isEnded } from './term.js';

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
