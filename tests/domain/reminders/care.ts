/** Risks, conflicts, people and tables: when each is asked for, and when not. Today is Monday, 23 November 2026. */
import type { Values } from '../../../src/domain/entities.js';
import type { DataIssue } from '../../../src/domain/snapshot.js';
import type { AskedCases } from '../../support/asked.js';
import { aPartnership, ofP } from '../../support/rows.js';

const risk = (values: Values<'risks'>) => ({
  risks: [ofP('risks', { likelihood: 4, impact: 4, status: 'open', openedOn: '2026-11-02', ...values })],
});
const issue = (values: Values<'issues'>) => ({
  issues: [ofP('issues', { severity: 'high', openedOn: '2026-11-23', state: 'sensed', ...values })],
});
const resolved = (resolvedOn: string, values: Values<'issues'> = {}) =>
  issue({ openedOn: '2026-10-01', acknowledgedOn: '2026-10-01', state: 'recovering', resolvedOn, ...values });
const recovering = (resolvedOn: string) => ({ ...resolved(resolvedOn), reviews: [] });
const spoken = (date: string) => ({ interactions: [ofP('interactions', { date, direction: 'two-way' })] });
const complaint = (values: Values<'feedback'>) => ({ feedback: [ofP('feedback', { kind: 'complaint', ...values })] });
const contact = (values: Values<'contacts'>) => ({
  contacts: [ofP('contacts', { name: 'Park', side: 'them', ...values })],
});
const broken: DataIssue = {
  code: 'not-a-number',
  entity: 'partnerships',
  row: { id: 'p', title: '한빛', url: 'https://example.com/p' },
  property: 'Satisfaction',
  params: { value: 'soon' },
};

export const CARE = {
  'risk-without-plan': [
    ['a grave one of three weeks ago', risk({}), '2026-11-25'],
    ['raised today', risk({ openedOn: '2026-11-23' }), null],
    ['there is a plan and somebody for it', risk({ plan: 'a second supplier', owner: [{ name: 'Kim' }] }), null],
    ['closed', risk({ status: 'closed' }), null],
  ],
  'risk-review': [
    ['a week ahead', risk({ plan: 'x', owner: [{ name: 'Kim' }], reviewBy: '2026-11-30' }), '2026-11-30'],
    ['its day has passed', risk({ plan: 'x', owner: [{ name: 'Kim' }], reviewBy: '2026-11-16' }), '2026-11-16'],
    ['eight days ahead', risk({ plan: 'x', owner: [{ name: 'Kim' }], reviewBy: '2026-12-01' }), null],
    ['closed', risk({ status: 'closed', reviewBy: '2026-11-16' }), null],
  ],
  'issue-acknowledge': [
    ['a grave one, raised today', issue({}), '2026-11-25'],
    ['a lesser one in its time', issue({ severity: 'medium' }), null],
    ['acknowledged', issue({ acknowledgedOn: '2026-11-23' }), null],
  ],
  'conflict-step': [
    [
      'for weeks on one rung',
      issue({ openedOn: '2026-10-01', acknowledgedOn: '2026-10-01', stateSince: '2026-10-05' }),
      '2026-10-14',
    ],
    [
      'on it since today',
      issue({ openedOn: '2026-10-01', acknowledgedOn: '2026-10-01', stateSince: '2026-11-23' }),
      null,
    ],
  ],
  'issue-resolve': [
    ['a grave one that is known', issue({ acknowledgedOn: '2026-11-23' }), '2026-12-07'],
    ['resolved', resolved('2026-11-20'), null],
    ['a lesser one in its time', issue({ severity: 'low' }), null],
  ],
  'recovery-step': [
    ['three days ahead of the meeting that makes peace', recovering('2026-11-19'), '2026-11-26'],
    ['a day further ahead', recovering('2026-11-20'), null],
  ],
  'lesson-missing': [
    ['nothing was written down for a month', resolved('2026-10-10'), '2026-10-30'],
    ['resolved on Friday', resolved('2026-11-20'), null],
    ['it was written down', resolved('2026-10-10', { lesson: 'agree on the numbers first' }), null],
  ],
  'feedback-unanswered': [
    ['a complaint of fifteen days ago', complaint({ date: '2026-11-08' }), '2026-11-24'],
    ['a complaint of two weeks ago', complaint({ date: '2026-11-09' }), null],
    ['answered', complaint({ date: '2026-11-02', answeredOn: '2026-11-10' }), null],
  ],
  silence: [
    ['since September', spoken('2026-09-01'), '2026-10-06'],
    ['spoken last week', spoken('2026-11-18'), null],
    [
      'a review is overdue, which asks for the same conversation',
      { ...spoken('2026-08-18'), reviews: [ofP('reviews', { kind: 'performance', heldOn: '2026-08-18' })] },
      null,
    ],
  ],
  'owner-missing': [
    ['nobody is named', { partnerships: [aPartnership({ owner: [] })] }, '2026-11-26'],
    ['somebody is', { partnerships: [aPartnership()] }, null],
  ],
  'contact-left': [
    ['the only one has left', contact({ status: 'left' }), '2026-11-30'],
    ['they are there', contact({ status: 'active' }), null],
  ],
  'data-hygiene': [
    ['a cell that cannot be read', {}, '2026-11-27', { issues: [broken] }],
    ['nothing is wrong', {}, null],
    ['what is wrong is of the configuration', {}, null, { issues: [{ ...broken, code: 'label-missing' }] }],
  ],
} satisfies AskedCases;
