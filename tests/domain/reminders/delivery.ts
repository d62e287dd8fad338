/** Milestones, promises, goals and terms: when each is asked for, and when not. Today is Monday, 23 November 2026. */
import type { Values } from '../../../src/domain/entities.js';
import type { AskedCases } from '../../support/asked.js';
import { aPartnership, ofP } from '../../support/rows.js';

const milestone = (values: Values<'milestones'>) => ({ milestones: [ofP('milestones', values)] });
const promise = (values: Values<'actions'>) => ({ actions: [ofP('actions', { name: 'Send the figures', ...values })] });
const kpi = (values: Values<'kpis'>) => ({
  kpis: [ofP('kpis', { target: 100, start: '2026-01-01', end: '2026-12-31', cadence: 'monthly', ...values })],
});
const term = (end: string, values: Values<'partnerships'> = {}) => ({
  partnerships: [aPartnership({ end, noticeDays: 60, ...values })],
});
const certificate = (end: string, values: Values<'agreements'> = {}) => ({
  agreements: [ofP('agreements', { kind: 'certificate', end, status: 'signed', ...values })],
});
const esg = (esgEvidenceUntil: string, values: Values<'partnerships'> = {}) => ({
  partnerships: [aPartnership({ esgEvidenceUntil, ...values })],
});

export const DELIVERY = {
  'experiment-decision': [
    ['a week ahead', milestone({ kind: 'pilot', due: '2026-12-30', decisionDate: '2026-11-30' }), '2026-11-30'],
    ['its day is a Sunday', milestone({ kind: 'pilot', due: '2026-12-30', decisionDate: '2026-11-29' }), '2026-11-27'],
    ['eight days ahead', milestone({ kind: 'pilot', due: '2026-12-30', decisionDate: '2026-12-01' }), null],
    ['a delivery is no pilot', milestone({ kind: 'delivery', due: '2026-12-30', decisionDate: '2026-11-30' }), null],
    ['it was called off', milestone({ kind: 'pilot', decisionDate: '2026-11-30', status: 'cancelled' }), null],
  ],
  'milestone-overdue': [
    ['its day was Friday', milestone({ due: '2026-11-20' }), '2026-11-25'],
    ['its day is today', milestone({ due: '2026-11-23' }), null],
    ['it is done', milestone({ due: '2026-11-20', doneOn: '2026-11-20' }), null],
  ],
  'milestone-due': [
    ['a week ahead', milestone({ due: '2026-11-30' }), '2026-11-30'],
    ['today', milestone({ due: '2026-11-23' }), '2026-11-23'],
    ['on a Saturday', milestone({ due: '2026-11-28' }), '2026-11-27'],
    ['eight days ahead', milestone({ due: '2026-12-01' }), null],
    ['done early', milestone({ due: '2026-11-30', doneOn: '2026-11-19' }), null],
  ],
  'milestone-slipped': [
    ['moved by two weeks', milestone({ due: '2026-12-31', originalDue: '2026-12-17' }), '2026-11-30'],
    ['moved by a day less', milestone({ due: '2026-12-31', originalDue: '2026-12-18' }), null],
    ['its day is over: it is late, not moved', milestone({ due: '2026-11-20', originalDue: '2026-10-01' }), null],
  ],
  'milestone-thanks': [
    ['done on Friday', milestone({ due: '2026-11-30', doneOn: '2026-11-20' }), '2026-11-27'],
    ['done more than a week ago', milestone({ due: '2026-11-30', doneOn: '2026-11-15' }), null],
    ['our own work', milestone({ due: '2026-11-30', doneOn: '2026-11-20', side: 'us' }), null],
  ],
  'promise-overdue': [
    ['its day was Friday', promise({ side: 'us', due: '2026-11-20' }), '2026-11-24'],
    ['its day is today', promise({ side: 'us', due: '2026-11-23' }), null],
    ['kept', promise({ side: 'us', due: '2026-11-20', doneOn: '2026-11-19' }), null],
    ['theirs', promise({ side: 'them', due: '2026-11-20' }), null],
  ],
  'their-promise-overdue': [
    ['its day was Friday', promise({ side: 'them', due: '2026-11-20' }), '2026-11-24'],
    ['its day is today', promise({ side: 'them', due: '2026-11-23' }), null],
    ['ours', promise({ side: 'us', due: '2026-11-20' }), null],
  ],
  'kpi-at-risk': [
    ['far behind the pace', kpi({ actual: 30, measuredOn: '2026-11-20' }), '2026-11-30'],
    ['on pace', kpi({ actual: 95, measuredOn: '2026-11-20' }), null],
    ['nobody has read it for months: it is refreshed first', kpi({ actual: 30, measuredOn: '2026-05-01' }), null],
  ],
  'kpi-stale': [
    ['read for the last time in May', kpi({ actual: 30, measuredOn: '2026-05-01' }), '2026-11-26'],
    ['read last week', kpi({ actual: 30, measuredOn: '2026-11-20' }), null],
    ['nobody is to read it any more', kpi({ actual: 30, measuredOn: '2026-05-01', status: 'cancelled' }), null],
  ],
  'decide-by': [
    ['a month ahead of the day', term('2027-03-23'), '2026-12-23'],
    ['a day further ahead', term('2027-03-24'), null],
    ['decided', term('2027-03-23', { renewalDecision: 'renew' }), null],
  ],
  'notice-passed': [
    ['the last day of notice was yesterday', term('2027-01-21'), '2026-10-23'],
    ['the term is over', term('2026-11-22'), null],
    ['decided', term('2027-01-21', { renewalDecision: 'renew' }), null],
  ],
  'certificate-expiring': [
    ['in a month', certificate('2026-12-20'), '2026-12-18'],
    ['in half a year', certificate('2027-05-20'), null],
    ['the next one is there', { agreements: [...certificate('2026-12-20').agreements, ...next()] }, null],
  ],
  'esg-evidence-expiring': [
    ['thirty days ahead', esg('2026-12-23'), '2026-12-23'],
    ['a day further ahead', esg('2026-12-24'), null],
    ['the partnership has ended', esg('2026-12-23', { stage: 'exit' }), null],
  ],
} satisfies AskedCases;

function next() {
  return [
    ofP('agreements', { kind: 'certificate', start: '2026-12-21', end: '2027-12-20', status: 'signed' }, { id: 'a2' }),
  ];
}
