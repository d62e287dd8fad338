/** The two scores side by side: results that rest on no trust do not last, and trust alone brings no results. */
import { refOf } from '../facts.js';
import { scoresOf } from '../scores.js';
import { REVIEW_READS } from './governance.js';
import { KPI_READS } from './kpi.js';
import { CONTACT_READS } from './relationship.js';
import { defineRule } from './rule.js';

const EPSILON = 1e-9;

export const imbalance = defineRule({
  code: 'imbalance',
  family: 'relationship',
  guide: '1-2',
  severities: ['medium', 'info'],
  thresholds: ['rules.imbalance'],
  requires: [
    'kpis.target',
    [
      'partnerships.satisfaction',
      'reviews.satisfaction',
      'interactions.date',
      'partnerships.lastContact',
      'contacts.lastContact',
      'reviews.partnership',
      'partnerships.lastReview',
      'partnerships.nextReview',
    ],
  ],
  reads: [
    ...new Set([...KPI_READS, ...REVIEW_READS, ...CONTACT_READS]),
    'kpis.weight',
    'partnerships.satisfaction',
    'reviews.satisfaction',
  ],
  check: (facts) => {
    const { performance, trust } = scoresOf(facts);
    const { imbalance: gap } = facts.policy.rules;
    if (performance === undefined || trust === undefined || Math.abs(performance - trust) < gap - EPSILON) return [];
    const weaker = Math.min(performance, trust);
    return [
      {
        severity: weaker < facts.policy.health.bands.watch ? 'medium' : 'info',
        entity: 'partnerships',
        row: refOf(facts.partnership),
        params: {
          lacks: trust < performance ? 'trust' : 'performance',
          performance: Math.round(performance),
          trust: Math.round(trust),
        },
      },
    ];
  },
});
