/** The two scores side by side: results that rest on no trust do not last, and trust alone brings no results. */

import { TRUST_READS } from '../factors/trust.js';
import { refOf } from '../facts.js';
import { QUESTIONS } from '../ratings.js';
import { scoresOf } from '../scores.js';
import { KPI_READS } from './kpi.js';
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
      ...QUESTIONS.flatMap((question) => [`reviews.${question}`, `feedback.${question}`] as const),
      'interactions.date',
      'interactions.tone',
      'feedback.kind',
      'partnerships.lastContact',
      'contacts.lastContact',
      'reviews.heldOn',
      'reviews.status',
      'partnerships.lastReview',
    ],
  ],
  reads: [...KPI_READS, 'kpis.weight', 'kpis.perspective', ...TRUST_READS],
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
