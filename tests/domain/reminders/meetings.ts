/** Reviews, evaluations, briefings, decisions and roles: when each is asked for, and when not. Today is Monday, 23 November 2026. */
import type { Values } from '../../../src/domain/entities.js';
import type { AskedCases } from '../../support/asked.js';
import { aPartnership, ofP } from '../../support/rows.js';

const review = (values: Values<'reviews'>, id = 'r') => ofP('reviews', values, { id });
const held = (heldOn: string, kind: 'performance' | 'evaluation' | 'briefing' = 'performance') =>
  review({ heldOn, kind });
const p = (values: Values<'partnerships'>) => [aPartnership(values)];
const briefed = (lastBriefing: string) => p({ briefingCadence: 'monthly', lastBriefing });
const kpi = (values: Values<'kpis'>, id = 'k') =>
  ofP('kpis', { target: 100, actual: 95, start: '2026-01-01', ...values }, { id });
const role = (reviewBy: string, id = 'role') => ofP('roles', { reviewBy }, { id });
const decision = (values: Values<'decisions'>) => [ofP('decisions', { status: 'pending', ...values })];

export const MEETINGS = {
  'review-due': [
    ['held a quarter ago less ten days', { reviews: [held('2026-09-03')] }, '2026-12-03'],
    ['the next one is planned within the lead time', { reviews: [review({ plannedOn: '2026-12-06' })] }, '2026-12-04'],
    ['more than two weeks ahead', { reviews: [held('2026-09-08')] }, null],
    ['held yesterday', { reviews: [held('2026-11-22')] }, null],
  ],
  'review-overdue': [
    ['its day has passed', { reviews: [held('2026-08-18')] }, '2026-11-18'],
    ['its day is today', { reviews: [held('2026-08-23')] }, null],
    ['held since', { reviews: [held('2026-08-18'), held('2026-11-22')] }, null],
  ],
  'evaluation-due': [
    ['half a year is over in less than three weeks', { reviews: [held('2026-06-10', 'evaluation')] }, '2026-12-10'],
    ['long overdue', { reviews: [held('2025-06-10', 'evaluation')] }, '2025-12-10'],
    [
      'one is planned for a Saturday',
      { reviews: [review({ kind: 'evaluation', plannedOn: '2026-12-05' })] },
      '2026-12-04',
    ],
    ['a day further ahead than the lead time', { reviews: [held('2026-06-15', 'evaluation')] }, null],
    ['a partner that was never evaluated', { reviews: [held('2026-06-10')] }, null],
    [
      'held meanwhile',
      { reviews: [review({ kind: 'evaluation', heldOn: '2026-06-10' }), held('2026-11-20', 'evaluation')] },
      null,
    ],
    [
      'the partnership has ended',
      { partnerships: p({ stage: 'exit' }), reviews: [held('2026-06-10', 'evaluation')] },
      null,
    ],
  ],
  'briefing-due': [
    ['a month is over in two days', { partnerships: briefed('2026-10-25') }, '2026-11-25'],
    ['none was ever given', { partnerships: p({ briefingCadence: 'monthly', start: '2026-10-20' }) }, '2026-11-20'],
    ['four days ahead', { partnerships: briefed('2026-10-27') }, null],
    ['no cadence was agreed', { partnerships: p({ lastBriefing: '2026-01-10' }) }, null],
    ['given meanwhile', { partnerships: briefed('2026-10-20'), reviews: [held('2026-11-19', 'briefing')] }, null],
  ],
  'review-without-actions': [
    ['nothing was written down for two business days', { reviews: [held('2026-11-16')], actions: [] }, '2026-11-20'],
    ['the second business day is today', { reviews: [held('2026-11-19')], actions: [] }, null],
    [
      'an action was written down',
      { reviews: [held('2026-11-16')], actions: [ofP('actions', { review: ['r'], due: '2026-12-20' })] },
      null,
    ],
  ],
  'period-ends-without-next': [
    ['the last KPI ends on a Sunday', { kpis: [kpi({ end: '2026-12-20' })] }, '2026-12-18'],
    ['it ends in more than a month', { kpis: [kpi({ end: '2026-12-24' })] }, null],
    [
      'a later one is there',
      { kpis: [kpi({ end: '2026-12-20' }), kpi({ start: '2026-12-21', end: '2027-12-20' }, 'k2')] },
      null,
    ],
  ],
  'role-review': [
    ['its day is near', { roles: [role('2026-12-05')] }, '2026-12-04'],
    ['the first of two counts', { roles: [role('2026-12-05'), role('2026-11-10', 'other')] }, '2026-11-10'],
    ['fifteen days ahead', { roles: [role('2026-12-08')] }, null],
    ['looked at again', { roles: [role('2027-06-01')] }, null],
  ],
  'decision-waiting': [
    ['asked for eleven business days ago', { decisions: decision({ requestedOn: '2026-11-06' }) }, '2026-11-24'],
    ['asked for ten business days ago', { decisions: decision({ requestedOn: '2026-11-09' }) }, null],
    ['taken', { decisions: decision({ requestedOn: '2026-11-02', status: 'approved' }) }, null],
    ['put aside', { decisions: decision({ requestedOn: '2026-11-02', status: 'on-hold' }) }, null],
  ],
  'decision-expired': [
    ['ended on Friday', { decisions: decision({ expiresOn: '2026-11-20', status: 'approved' }) }, '2026-11-25'],
    ['ends today', { decisions: decision({ expiresOn: '2026-11-23', status: 'approved' }) }, null],
    ['taken back', { decisions: decision({ expiresOn: '2026-11-20', status: 'rejected' }) }, null],
  ],
} satisfies AskedCases;
