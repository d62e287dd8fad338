/** For every rule rows of the partnership "p" in which it finds something, once: a rule without an entry does not compile. */
import { addDays } from '../../src/domain/calendar.js';
import type { EntityRow, Values } from '../../src/domain/entities.js';
import type { FindingCode } from '../../src/domain/rules/index.js';
import type { Rows } from './findings.js';
import { HALF, OVER } from './kpis.js';
import { aPartnership, ofP, TODAY } from './rows.js';

const ago = (days: number) => addDays(TODAY, -days);
const ahead = (days: number) => addDays(TODAY, days);
const p = (values: Values<'partnerships'>): Rows => ({ partnerships: [aPartnership(values)] });
const kpi = (values: Values<'kpis'>): Rows => ({ kpis: [ofP('kpis', { target: 100, ...values })] });
const risk = (values: Values<'risks'>): Rows => ({ risks: [ofP('risks', { likelihood: 5, impact: 5, ...values })] });
const issue = (values: Values<'issues'>): Rows => ({
  issues: [ofP('issues', { severity: 'critical', openedOn: ago(1), ...values })],
});
const SOMEBODY = [{ name: '박지우' }];
const role = (values: Values<'roles'>): Rows => ({ roles: [ofP('roles', { function: '정산', ...values })] });
const decision = (values: Values<'decisions'>): Rows => ({ decisions: [ofP('decisions', values)] });

export const FIRING: Readonly<Record<FindingCode, Rows>> = {
  'kpi-at-risk': kpi({ ...HALF, actual: 10 }),
  'kpi-behind': kpi({ ...HALF, actual: 40 }),
  'kpi-missed': kpi({ ...OVER, actual: 10 }),
  'kpi-not-computable': kpi(HALF),
  'kpi-stale': kpi({ ...HALF, actual: 50, measuredOn: ago(40), cadence: 'weekly' }),
  'kpi-not-smart': kpi({ ...HALF, actual: 50 }),
  'kpi-one-sided': {
    kpis: ['k1', 'k2'].map((id) => ofP('kpis', { ...HALF, kind: 'quantitative' }, { id })),
  },
  'kpi-no-long-term': kpi({ ...HALF, horizon: 'quarter' }),
  'period-ends-without-next': kpi({ ...OVER, actual: 100 }),
  'milestone-overdue': { milestones: [ofP('milestones', { due: ago(1) })] },
  'milestone-blocked': {
    milestones: [
      ofP('milestones', { due: ahead(9), blockedBy: ['m2'] }, { id: 'm1' }),
      ofP('milestones', { due: ago(1) }, { id: 'm2' }),
    ],
  },
  'milestone-moved': { milestones: [ofP('milestones', { moves: 2 })] },
  'milestone-incomplete': { milestones: [ofP('milestones', { due: ahead(9) })] },
  'pilot-undecided': { milestones: [ofP('milestones', { kind: 'pilot', decisionDate: ago(1) })] },
  'replan-needed': {
    milestones: [1, 2].map((days) => ofP('milestones', { due: ago(days) }, { id: `m${days}` })),
  },
  'next-milestone-missing': { milestones: [] },
  'action-incomplete': { actions: [ofP('actions', {})] },
  'improvement-stalled': { actions: [ofP('actions', { kind: 'improvement', openedOn: ago(91) })] },
  'effect-unverified': { actions: [ofP('actions', { kind: 'improvement', doneOn: ago(31) })] },
  'loop-slow': {
    feedback: [ofP('feedback', { date: ago(40) }, { id: 'f1' })],
    actions: [1, 2, 3].map((id) => ofP('actions', { feedback: ['f1'], doneOn: ago(id) }, { id: `a${id}` })),
  },
  'evaluation-overdue': { reviews: [ofP('reviews', { kind: 'evaluation', heldOn: ago(200) })] },
  'diagnosis-overdue': { reviews: [ofP('reviews', { kind: 'relationship', heldOn: ago(400) })] },
  'briefing-overdue': p({ briefingCadence: 'monthly', lastBriefing: ago(40) }),
  'evaluation-one-sided': { feedback: [ofP('feedback', { date: ago(9), side: 'us', trust: 4 })] },
  'rating-low': { feedback: [ofP('feedback', { date: ago(9), trust: 2 })] },
  'profile-incomplete': p({ market: '핀테크' }),
  'profile-stale': p({ profileReviewBy: ago(1) }),
  'esg-unproved': p({ esg: 0.8 }),
  'notice-unknown': p({ end: ahead(200), autoRenew: true }),
  'stage-evidence-missing': p({ stage: 'awareness', sponsor: [] }),
  'action-overdue': { actions: [ofP('actions', { due: ago(1) })] },
  'review-overdue': p({ lastReview: ago(120) }),
  'review-due': p({ lastReview: ago(85) }),
  'review-without-actions': { reviews: [ofP('reviews', { heldOn: ago(9), actionCount: 0 })], actions: [] },
  'decide-by': p({ end: ahead(90), noticeDays: 30 }),
  'notice-passed': p({ end: ahead(10), noticeDays: 30 }),
  'certificate-expiring': { agreements: [ofP('agreements', { kind: 'nda', end: ahead(9) })] },
  'stage-stalled': p({ stage: 'assessment', stageSince: ago(90) }),
  'owner-missing': p({ owner: [] }),
  'decision-waiting': decision({ requestedOn: ago(30) }),
  'decision-without-rationale': decision({ decidedOn: ago(5) }),
  'decision-expired': decision({ decidedOn: ago(9), expiresOn: ago(1) }),
  'decision-without-approver': decision({ requestedOn: ago(1) }),
  'self-approval': decision({ requestedBy: SOMEBODY, approver: SOMEBODY, decidedOn: ago(5) }),
  'decision-review-overdue': decision({ decidedOn: ago(99), reviewBy: ago(1) }),
  'role-gap': role({ responsible: SOMEBODY, accountable: SOMEBODY }),
  'role-overlap': role({ accountable: [...SOMEBODY, { name: '이서준' }] }),
  'role-stale': role({ reviewBy: ago(1) }),
  'roles-missing': { roles: [] },
  'owner-left': p({ owner: [{ name: '김서연', left: true }] }),
  'backup-missing': p({ backupOwner: [] }),
  'sponsor-missing': p({ sponsor: [] }),
  'sponsor-silent': { contacts: [ofP('contacts', { sponsor: true, lastContact: ago(181) })] },
  silence: p({ lastContact: ago(50) }),
  'health-dropped': {
    ...p({ lastContact: ago(45) }),
    history: [ofP('history', { key: 'a', date: ago(7), health: 70 })],
  },
  'early-warning': { ...p({ lastContact: ago(50) }), contacts: [ofP('contacts', {})] },
  imbalance: { ...p({ satisfaction: 1 }), ...kpi({ ...HALF, actual: 50 }) },
  'contact-left': { contacts: [ofP('contacts', { status: 'left' })] },
  'single-contact': { contacts: [ofP('contacts', {})] },
  'feedback-unanswered': { feedback: [ofP('feedback', { date: ago(20) })] },
  'issue-open': issue({}),
  'issue-stuck': issue({ openedOn: ago(10), state: 'sensed' }),
  'issue-incomplete': issue({ openedOn: ago(6) }),
  'issue-without-owner': issue({}),
  'mediation-unprepared': issue({ state: 'mediation' }),
  'issue-recurring': {
    issues: [
      ofP('issues', { openedOn: ago(90), cause: '정산 지연' }, { id: 'i1' }),
      ofP('issues', { openedOn: ago(9), cause: '정산  지연' }, { id: 'i2' }),
    ],
  },
  'lesson-missing': issue({ resolvedOn: ago(15) }),
  'recovery-step-missing': { ...issue({ resolvedOn: ago(8) }), reviews: [], actions: [] },
  'not-recovered': {
    ...issue({ openedOn: ago(120), resolvedOn: ago(90) }),
    history: [
      ofP('history', { key: 'a', date: ago(121), trust: 80 }, { id: 'h1' }),
      ofP('history', { key: 'b', date: ago(1), trust: 74 }, { id: 'h2' }),
    ],
  },
  'risk-critical': risk({}),
  'risk-high': risk({ impact: 3 }),
  'risk-without-owner': risk({}),
  'risk-without-plan': risk({}),
  'risk-plan-overdue': risk({ planDue: ago(1) }),
  'risk-review-overdue': risk({ reviewBy: ago(1) }),
  'risk-acceptance-expired': risk({ status: 'accepted', acceptedUntil: ago(1) }),
  'risk-trigger-passed': risk({ triggerOn: TODAY }),
  'risk-residual-higher': risk({ impact: 3, residualLikelihood: 5, residualImpact: 4 }),
  'risk-ungraded': risk({ impact: 9 }),
  'risk-register-empty': { risks: [] },
};

/** The rows with the named fields and the links between rows, and nothing else. */
export function stripped(rows: Rows, paths: readonly string[]): Rows {
  const keep = (entity: string, field: string): boolean =>
    paths.includes(`${entity}.${field}`) || field === 'partnership' || field === 'kpi';
  const bare = (row: EntityRow): EntityRow => ({
    ...row,
    values: Object.fromEntries(Object.entries(row.values).filter(([field]) => keep(row.entity, field))),
    unreadable: new Set([...row.unreadable].filter((field) => keep(row.entity, field))),
  });
  return Object.fromEntries(
    Object.entries(rows).map(([entity, given]) => [entity, (given as readonly EntityRow[]).map(bare)]),
  );
}
