/** A health that falls fast: what the weekly memory shows before any single table does. */
import { addDays } from '../calendar.js';
import { TRUST_READS } from '../factors/trust.js';
import { refOf } from '../facts.js';
import { keptBefore } from '../history.js';
import { healthToday } from '../scores.js';
import { KPI_READS } from './kpi.js';
import { defineRule } from './rule.js';
import { ENDED_READS, isEnded } from './term.js';

const WEEK = 7;

/** Told with what it fell from, not with what it has come to: that moves from day to day. */
export const healthDropped = defineRule({
  code: 'health-dropped',
  family: 'relationship',
  guide: '5-1',
  severities: ['high', 'medium'],
  thresholds: ['rules.healthDrop'],
  requires: ['history.health', 'history.date'],
  reads: [
    ...KPI_READS,
    'kpis.weight',
    'kpis.perspective',
    ...TRUST_READS,
    'milestones.due',
    'milestones.doneOn',
    'milestones.status',
    'milestones.weight',
    'milestones.progress',
    'actions.due',
    'actions.doneOn',
    'actions.status',
    'actions.side',
    'issues.severity',
    'issues.openedOn',
    'issues.resolvedOn',
    'issues.state',
    'partnerships.esg',
    'partnerships.esgEvidenceUntil',
    'partnerships.profile',
    ...ENDED_READS,
  ],
  check: (facts) => {
    const health = healthToday(facts);
    if (health === undefined || isEnded(facts)) return [];
    const from = addDays(facts.asOf, -WEEK);
    const [highest] = keptBefore(facts)
      .filter(({ day }) => day >= from)
      .sort((left, right) => right.health - left.health);
    const { warn, alarm } = facts.policy.rules.healthDrop;
    // In whole points, as the row of today will hold it.
    const fell = highest === undefined ? 0 : highest.health - Math.round(health);
    if (highest === undefined || fell < warn) return [];
    return [
      {
        severity: fell >= alarm ? 'high' : 'medium',
        entity: 'partnerships',
        row: refOf(facts.partnership),
        evidence: [refOf(highest.row)],
        params: { date: highest.day, before: Math.round(highest.health) },
      },
    ];
  },
});
