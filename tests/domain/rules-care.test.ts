import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/calendar.js';
import type { Values } from '../../src/domain/entities.js';
import type { FindingCode } from '../../src/domain/rules/index.js';
import { found, type Rows, severities } from '../support/findings.js';
import { aPartnership, ofP, TODAY } from '../support/rows.js';

const ago = (days: number) => addDays(TODAY, -days);
const ahead = (days: number) => addDays(TODAY, days);
const p = (values: Values<'partnerships'>): Rows => ({ partnerships: [aPartnership(values)] });
const EXIT = p({ stage: 'exit' });

describe('people', () => {
  const contact = (values: Values<'contacts'>, id = 'c1') => ofP('contacts', values, { id, title: id });
  it.each<[string, FindingCode, Rows, string[]]>([
    ['no owner', 'owner-missing', p({ owner: [] }), ['medium']],
    ['an owner', 'owner-missing', {}, []],
    ['no owner, in exit', 'owner-missing', p({ owner: [], stage: 'exit' }), []],
    ['the only contact left', 'contact-left', { contacts: [contact({ status: 'left' })] }, ['medium']],
    [
      'both left',
      'contact-left',
      { contacts: [contact({ status: 'left' }), contact({ status: 'left' }, 'c2')] },
      ['medium'],
    ],
    ['one of two left', 'contact-left', { contacts: [contact({ status: 'left' }), contact({}, 'c2')] }, []],
    ['on leave is not left', 'contact-left', { contacts: [contact({ status: 'on-leave' })] }, []],
    ['ours does not count', 'contact-left', { contacts: [contact({ status: 'left', side: 'us' })] }, []],
    [
      'ours does not help',
      'contact-left',
      { contacts: [contact({ status: 'left' }), contact({ side: 'us' }, 'c2')] },
      ['medium'],
    ],
    ['nobody was ever known', 'contact-left', { contacts: [] }, []],
    ['left, in exit', 'contact-left', { ...EXIT, contacts: [contact({ status: 'left' })] }, []],
    ['one contact', 'single-contact', { contacts: [contact({})] }, ['info']],
    ['one contact, strategic', 'single-contact', { ...p({ tier: 'strategic' }), contacts: [contact({})] }, ['low']],
    [
      'one after the other left',
      'single-contact',
      { contacts: [contact({}), contact({ status: 'left' }, 'c2')] },
      ['info'],
    ],
    ['two contacts', 'single-contact', { contacts: [contact({}), contact({}, 'c2')] }, []],
    ['none', 'single-contact', { contacts: [] }, []],
  ])('%s: %s', (_scenario, code, rows, expected) => {
    expect(severities(found(code, rows))).toEqual(expected);
  });

  it('an owner column that is not mapped, or cannot be read, says nothing', () => {
    expect(found('owner-missing', p({ owner: [] }), ['partnerships.owner'])).toEqual([]);
    const broken = { partnerships: [aPartnership({ owner: [] }, { unreadable: ['owner'] })] };
    expect(found('owner-missing', broken)).toEqual([]);
  });

  it.each<[string, Values<'feedback'>, string[]]>([
    ['14 days ago', { date: ago(14) }, []],
    ['15 days ago', { date: ago(15) }, ['low']],
    ['a complaint', { date: ago(15), kind: 'complaint' }, ['medium']],
    ['praise asks for no answer', { date: ago(15), kind: 'praise' }, []],
    ['ours', { date: ago(15), side: 'us' }, []],
    ['answered', { date: ago(15), answeredOn: ago(1) }, []],
  ])('feedback of %s', (_scenario, values, expected) => {
    const rows: Rows = { feedback: [ofP('feedback', values)] };
    expect(severities(found('feedback-unanswered', rows))).toEqual(expected);
    expect(found('feedback-unanswered', rows, ['feedback.answeredOn'])).toEqual([]);
    expect(found('feedback-unanswered', { ...EXIT, ...rows })).toEqual([]);
  });
});

describe('certificate-expiring', () => {
  const nda = (values: Values<'agreements'>, id = 'a1') => ofP('agreements', { kind: 'nda', ...values }, { id });
  it.each<[string, Rows, string[]]>([
    ['in 30 days', { agreements: [nda({ end: ahead(30) })] }, ['medium 0']],
    ['in 31 days', { agreements: [nda({ end: ahead(31) })] }, []],
    ['today', { agreements: [nda({ end: TODAY })] }, ['medium 0']],
    ['yesterday', { agreements: [nda({ end: ago(1) })] }, ['medium 1']],
    ['followed by another', { agreements: [nda({ end: ago(1) }), nda({ end: ahead(300) }, 'a2')] }, []],
    ['followed by one without an end', { agreements: [nda({ end: ago(1) }), nda({}, 'a2')] }, []],
    [
      'followed by a draft',
      { agreements: [nda({ end: ago(1) }), nda({ end: ahead(300), status: 'draft' }, 'a2')] },
      ['medium 1'],
    ],
    [
      'followed by another kind',
      { agreements: [nda({ end: ago(1) }), nda({ end: ahead(300), kind: 'insurance' }, 'a2')] },
      ['medium 1'],
    ],
    [
      'two that end on one day are told once',
      { agreements: [nda({ end: ago(1) }), nda({ end: ago(1) }, 'a2')] },
      ['medium 1'],
    ],
    ['terminated', { agreements: [nda({ end: ago(1), status: 'terminated' })] }, []],
    ['not to be renewed', { agreements: [nda({ end: ago(1), decision: 'end' })] }, []],
    ['a contract has its own rule', { agreements: [nda({ end: ahead(9), kind: 'contract' })] }, []],
    ['no end', { agreements: [nda({})] }, []],
    ['in exit', { ...EXIT, agreements: [nda({ end: ago(1) })] }, []],
  ])('%s', (_scenario, rows, expected) => {
    const findings = found('certificate-expiring', rows);
    expect(findings.map(({ severity, params }) => `${severity} ${params.expired}`)).toEqual(expected);
  });
});

describe('risks nobody is on', () => {
  const CRITICAL = { likelihood: 5, impact: 5 };
  const HIGH = { likelihood: 3, impact: 4 };
  it.each<[string, FindingCode, Values<'risks'>, string[]]>([
    // Two business days from Thursday 19 November end on Monday 23 November, which is today; five from Monday 16.
    ['critical since Thursday', 'risk-without-plan', { ...CRITICAL, openedOn: '2026-11-19' }, []],
    ['critical since Wednesday', 'risk-without-plan', { ...CRITICAL, openedOn: '2026-11-18' }, ['medium']],
    ['high for five business days', 'risk-without-plan', { ...HIGH, openedOn: '2026-11-16' }, []],
    ['high for six', 'risk-without-plan', { ...HIGH, openedOn: '2026-11-13' }, ['medium']],
    ['nobody says since when', 'risk-without-plan', HIGH, ['medium']],
    ['a plan', 'risk-without-plan', { ...CRITICAL, openedOn: ago(90), plan: '이중화' }, []],
    // Ten business days from Monday 9 November end today.
    ['medium for ten', 'risk-without-plan', { likelihood: 2, impact: 4, openedOn: '2026-11-09' }, []],
    ['medium for eleven', 'risk-without-plan', { likelihood: 2, impact: 4, openedOn: '2026-11-06' }, ['low']],
    ['low', 'risk-without-plan', { likelihood: 1, impact: 1, openedOn: ago(90) }, []],
    ['closed', 'risk-without-plan', { ...CRITICAL, status: 'closed' }, []],
    ['accepted', 'risk-without-plan', { ...CRITICAL, status: 'accepted' }, []],
    ['to be seen today', 'risk-review-overdue', { reviewBy: TODAY }, []],
    ['to be seen yesterday', 'risk-review-overdue', { reviewBy: ago(1) }, ['low']],
    ['high, to be seen yesterday', 'risk-review-overdue', { ...HIGH, reviewBy: ago(1) }, ['medium']],
    ['accepted, to be seen', 'risk-review-overdue', { reviewBy: ago(1), status: 'accepted' }, ['low']],
    ['closed, to be seen', 'risk-review-overdue', { reviewBy: ago(1), status: 'closed' }, []],
    ['nobody says when to see it', 'risk-review-overdue', {}, []],
  ])('%s: %s', (_scenario, code, values, expected) => {
    expect(severities(found(code, { risks: [ofP('risks', values)] }))).toEqual(expected);
  });

  it('a plan column that is not mapped, or cannot be read, says nothing', () => {
    expect(found('risk-without-plan', { risks: [ofP('risks', CRITICAL)] }, ['risks.plan'])).toEqual([]);
    const broken = ofP('risks', CRITICAL, { unreadable: ['plan'] });
    expect(found('risk-without-plan', { risks: [broken] })).toEqual([]);
  });
});

describe('kpi-stale', () => {
  const half = { target: 100, start: ago(50), end: ahead(50), actual: 50, cadence: { days: 10 } };
  it.each<[string, Values<'kpis'>, string[]]>([
    ['read two cadences ago', { ...half, measuredOn: ago(20) }, ['low']],
    ['read a day less ago', { ...half, measuredOn: ago(19) }, []],
    ['critical', { ...half, measuredOn: ago(20), critical: true }, ['medium']],
    ['nobody says when', half, []],
    ['not computable', { ...half, measuredOn: ago(99), target: undefined as never }, []],
    ['done', { ...half, measuredOn: ago(99), status: 'done' }, []],
    ['never read again by design', { ...half, measuredOn: ago(99), cadence: 'none' }, []],
  ])('%s', (_scenario, values, expected) => {
    expect(severities(found('kpi-stale', { kpis: [ofP('kpis', values)] }))).toEqual(expected);
  });
});

describe('period-ends-without-next', () => {
  const kpi = (values: Values<'kpis'>, id = 'k1') =>
    ofP('kpis', { target: 1, actual: 1, start: ago(60), ...values }, { id });
  it.each<[string, Rows, string[]]>([
    ['in 30 days', { kpis: [kpi({ end: ahead(30) })] }, ['low']],
    ['in 31 days', { kpis: [kpi({ end: ahead(31) })] }, []],
    ['ended a week ago', { kpis: [kpi({ end: ago(7) })] }, ['low']],
    ['ended longer ago than it lasted', { kpis: [kpi({ start: ago(99), end: ago(60) })] }, []],
    ['the next one is there', { kpis: [kpi({ end: ahead(9) }), kpi({ start: ahead(10), end: ahead(99) }, 'k2')] }, []],
    ['the next one has no end', { kpis: [kpi({ end: ahead(9) }), kpi({ start: ahead(10) }, 'k2')] }, []],
    ['a goal that runs without end', { kpis: [kpi({ end: ahead(9) }), kpi({}, 'k2')] }, ['low']],
    [
      'the next one is cancelled',
      { kpis: [kpi({ end: ahead(9) }), kpi({ end: ahead(99), status: 'cancelled' }, 'k2')] },
      ['low'],
    ],
    ['no ends', { kpis: [kpi({})] }, []],
    ['the partnership is to end', { ...p({ renewalDecision: 'end' }), kpis: [kpi({ end: ahead(9) })] }, []],
    ['in exit', { ...EXIT, kpis: [kpi({ end: ahead(9) })] }, []],
  ])('%s', (_scenario, rows, expected) => {
    expect(severities(found('period-ends-without-next', rows))).toEqual(expected);
  });

  it('is silent where an end cannot be read', () => {
    const broken = ofP('kpis', { start: ago(9) }, { id: 'k2', unreadable: ['end'] });
    expect(found('period-ends-without-next', { kpis: [kpi({ end: ahead(9) }), broken] })).toEqual([]);
  });
});

describe('stage-stalled', () => {
  it.each<[string, Values<'partnerships'>, string[]]>([
    ['60 days of assessment', { stage: 'assessment', stageSince: ago(60) }, []],
    ['61 days of assessment', { stage: 'assessment', stageSince: ago(61) }, ['low']],
    ['180 days of building up', { stage: 'working-together', stageSince: ago(180) }, []],
    ['181 days of building up', { stage: 'working-together', stageSince: ago(181) }, ['low']],
    ['a stage to live in', { stage: 'staying-together', stageSince: ago(999) }, []],
    ['no stage', { stageSince: ago(999) }, []],
    ['nobody says since when', { stage: 'assessment' }, []],
    ['ended', { stage: 'assessment', stageSince: ago(99), end: ago(1), renewalDecision: 'end' }, []],
  ])('%s', (_scenario, values, expected) => {
    expect(severities(found('stage-stalled', p(values)))).toEqual(expected);
  });
});
