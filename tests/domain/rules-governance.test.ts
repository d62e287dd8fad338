import { describe, expect, it } from 'vitest';
import { assess } from '../../src/domain/assess.js';
import { addDays } from '../../src/domain/calendar.js';
import type { Values } from '../../src/domain/entities.js';
import type { AssessOptions } from '../../src/domain/facts.js';
import { aPartnership, aSnapshot, OPTIONS, ofP, TODAY } from '../support/rows.js';

type Rows = Parameters<typeof aSnapshot>[0];

const ago = (days: number) => addDays(TODAY, -days);
const ahead = (days: number) => addDays(TODAY, days);

/** The governance findings of the partnership "p", as "code severity date". */
function told(rows: Rows, options: Partial<AssessOptions> = {}, unmapped: Parameters<typeof aSnapshot>[1] = {}) {
  const snapshot = aSnapshot({ partnerships: [aPartnership()], ...rows }, unmapped);
  const [only] = assess(snapshot, { ...OPTIONS, ...options }).partnerships;
  const findings = (only?.findings ?? []).filter(({ code }) => /review|decide|notice/.test(code));
  return {
    findings: findings.map(({ code, severity, params }) => `${code} ${severity} ${params.date}`),
    params: findings.map(({ params }) => params),
    nextReview: only?.nextReview,
    decideBy: only?.decideBy,
  };
}

const p = (values: Values<'partnerships'>): Rows => ({ partnerships: [aPartnership(values)] });

describe('reviews', () => {
  it.each<[string, Rows, string | undefined, string[]]>([
    // Held 24 Aug 2026 + a quarter = 24 Nov 2026; 14 days ahead is the lead.
    [
      'quarterly by default, due tomorrow',
      p({ lastReview: '2026-08-24' }),
      '2026-11-24',
      ['review-due low 2026-11-24'],
    ],
    ['due today', p({ lastReview: '2026-08-23' }), '2026-11-23', ['review-due low 2026-11-23']],
    ['due yesterday', p({ lastReview: '2026-08-22' }), '2026-11-22', ['review-overdue medium 2026-11-22']],
    ['due in 14 days', p({ lastReview: '2026-09-07' }), '2026-12-07', ['review-due low 2026-12-07']],
    ['due in 15 days', p({ lastReview: '2026-09-08' }), '2026-12-08', []],
    ['30 days overdue', p({ lastReview: '2026-07-24' }), '2026-10-24', ['review-overdue medium 2026-10-24']],
    ['31 days overdue', p({ lastReview: '2026-07-23' }), '2026-10-23', ['review-overdue high 2026-10-23']],
    [
      'basic is half-yearly',
      p({ lastReview: '2026-05-24', tier: 'basic' }),
      '2026-11-24',
      ['review-due low 2026-11-24'],
    ],
    [
      'the own cadence wins',
      p({ lastReview: '2026-10-24', reviewCadence: 'monthly' }),
      '2026-11-24',
      ['review-due low 2026-11-24'],
    ],
    [
      'a cadence in days',
      p({ lastReview: '2026-11-14', reviewCadence: { days: 10 } }),
      '2026-11-24',
      ['review-due low 2026-11-24'],
    ],
    ['cadence none', p({ lastReview: '2020-01-01', reviewCadence: 'none' }), undefined, []],
    [
      'the first review, 30 days after the start',
      p({ start: '2026-10-25' }),
      '2026-11-24',
      ['review-due low 2026-11-24'],
    ],
    ['nothing to count from', p({}), undefined, []],
    ['only a planned review is known', p({ nextReview: ahead(3) }), ahead(3), [`review-due low ${ahead(3)}`]],
    [
      'a review after today was not held yet',
      p({ lastReview: ahead(5), start: ago(200) }),
      ago(170),
      [`review-overdue high ${ago(170)}`],
    ],
    ['in exit', p({ lastReview: '2026-01-01', stage: 'exit' }), undefined, []],
    ['ended by decision', p({ lastReview: '2026-01-01', end: ago(1), renewalDecision: 'end' }), undefined, []],
  ])('%s', (_scenario, rows, nextReview, findings) => {
    const result = told(rows);
    expect(result.findings).toEqual(findings);
    expect(result.nextReview).toBe(nextReview);
  });

  const held = (values: Values<'reviews'>, id = 'r1') => ofP('reviews', values, { id });
  it.each<[string, Rows, string]>([
    [
      'the last held row counts',
      { reviews: [held({ heldOn: '2026-08-24' }), held({ heldOn: '2026-05-01' }, 'r2')] },
      '2026-11-24',
    ],
    [
      'rows win over the cell',
      { ...p({ lastReview: '2026-11-01' }), reviews: [held({ heldOn: '2026-08-24' })] },
      '2026-11-24',
    ],
    [
      'the cell where no row was held',
      { ...p({ lastReview: '2026-08-24' }), reviews: [held({ plannedOn: '2026-03-01', status: 'planned' })] },
      '2026-11-24',
    ],
    [
      'held without a date of its own counts on the planned day',
      { reviews: [held({ plannedOn: '2026-08-24', status: 'held' })] },
      '2026-11-24',
    ],
    ['an evaluation is a review', { reviews: [held({ heldOn: '2026-08-24', kind: 'evaluation' })] }, '2026-11-24'],
    [
      'a briefing is none',
      { reviews: [held({ heldOn: '2026-08-24' }), held({ heldOn: '2026-11-01', kind: 'briefing' }, 'r2')] },
      '2026-11-24',
    ],
    [
      'a cancelled one was not held',
      { reviews: [held({ heldOn: '2026-08-24' }), held({ heldOn: '2026-11-01', status: 'cancelled' }, 'r2')] },
      '2026-11-24',
    ],
    [
      'a review planned soon after stands for it',
      { reviews: [held({ heldOn: '2026-08-24' }), held({ plannedOn: '2026-12-08' }, 'r2')] },
      '2026-12-08',
    ],
    [
      'a review planned too late does not',
      { reviews: [held({ heldOn: '2026-08-24' }), held({ plannedOn: '2026-12-09' }, 'r2')] },
      '2026-11-24',
    ],
    [
      'a review planned earlier stands for it',
      { reviews: [held({ heldOn: '2026-09-24' }), held({ plannedOn: '2026-12-01' }, 'r2')] },
      '2026-12-01',
    ],
    [
      'an overdue review that is planned within the lead time',
      { reviews: [held({ heldOn: '2026-06-24' }), held({ plannedOn: '2026-12-07' }, 'r2')] },
      '2026-12-07',
    ],
    [
      'a cancelled plan does not',
      { reviews: [held({ heldOn: '2026-08-24' }), held({ plannedOn: '2026-12-01', status: 'cancelled' }, 'r2')] },
      '2026-11-24',
    ],
    [
      'a plan that passed does not',
      { reviews: [held({ heldOn: '2026-08-24' }), held({ plannedOn: '2026-11-20', status: 'planned' }, 'r2')] },
      '2026-11-24',
    ],
    [
      'the planned cell',
      { ...p({ nextReview: '2026-12-01' }), reviews: [held({ heldOn: '2026-08-24' })] },
      '2026-12-01',
    ],
  ])('%s', (_scenario, rows, nextReview) => {
    expect(told(rows).nextReview).toBe(nextReview);
  });

  it('tells when the last one was, which tells one occurrence from the next', () => {
    expect(told(p({ lastReview: '2026-08-24' })).params).toEqual([
      { date: '2026-11-24', planned: 0, lastHeld: '2026-08-24' },
    ]);
    expect(told(p({ start: '2026-10-25' })).params).toEqual([{ date: '2026-11-24', planned: 0 }]);
  });

  it('are not asked for where nobody could record that one was held', () => {
    const unmapped = { unmapped: { partnerships: ['lastReview', 'nextReview'] } };
    expect(told(p({ start: '2020-01-01' }), {}, unmapped).findings).toEqual([]);
  });

  it('are not asked for when the cadence or the last review cannot be read', () => {
    for (const field of ['reviewCadence', 'lastReview']) {
      const row = aPartnership({ start: '2026-01-01' }, { unreadable: [field] });
      expect(told({ partnerships: [row] }).findings).toEqual([]);
    }
  });
});

describe('terms', () => {
  // Term ends 2026-06-15, 60 days of notice: 2026-04-16; 30 days before that is Tuesday 2026-03-17.
  const sample: Values<'partnerships'> = { end: '2026-06-15', noticeDays: 60 };
  it.each<[string, string, string[]]>([
    ['91 days before the decide-by date', '2025-12-16', []],
    ['90 days before it', '2025-12-17', ['decide-by medium 2026-03-17']],
    ['the day before the buffer begins', '2026-03-16', ['decide-by medium 2026-03-17']],
    ['the first day of the buffer', '2026-03-17', ['decide-by high 2026-03-17']],
    ['the last day of notice', '2026-04-16', ['decide-by high 2026-03-17']],
    ['the day after', '2026-04-17', ['notice-passed high 2026-03-17']],
    ['after the end', '2026-07-01', ['notice-passed high 2026-03-17']],
  ])('%s', (_scenario, asOf, findings) => {
    expect(told(p(sample), { asOf }).findings).toEqual(findings);
  });

  it('tell deadline, end and renewal', () => {
    expect(told(p({ ...sample, autoRenew: true }), { asOf: '2026-04-01' }).params).toEqual([
      { agreement: '한빛', date: '2026-03-17', deadline: '2026-04-16', end: '2026-06-15', autoRenew: 1 },
    ]);
  });

  it.each<[string, Values<'partnerships'>, string | undefined]>([
    // End minus 30 days of buffer, no notice: 2027-01-04 - 30 = Saturday 2026-12-05, so Friday.
    ['rolls back over a weekend', { end: '2027-01-04' }, '2026-12-04'],
    ['rolls back over a holiday', { end: '2027-01-24' }, '2026-12-24'],
    ['no end', { noticeDays: 60 }, undefined],
    ['renewed', { end: '2027-01-04', renewalDecision: 'renew' }, undefined],
    ['undecided is no decision', { end: '2027-01-04', renewalDecision: 'undecided' }, '2026-12-04'],
    ['a negative notice is none', { end: '2027-01-04', noticeDays: -10 }, '2026-12-04'],
    ['a notice that is no number is none', { end: '2027-01-04', noticeDays: Number.NaN }, '2026-12-04'],
  ])('decide-by: %s', (_scenario, values, expected) => {
    const calendar = { holidays: new Set(['2026-12-25']) };
    expect(told(p(values), { calendar }).decideBy).toBe(expected);
  });

  it('are not told when notice or decision cannot be read', () => {
    for (const field of ['noticeDays', 'renewalDecision']) {
      const row = aPartnership({ end: ahead(40) }, { unreadable: [field] });
      expect(told({ partnerships: [row] }).decideBy).toBeUndefined();
    }
  });

  const agreement = (values: Values<'agreements'>, id = 'a1') => ofP('agreements', values, { id });
  it.each<[string, Rows, string | undefined]>([
    [
      'an agreement wins over the cell',
      { ...p({ end: '2026-12-31' }), agreements: [agreement({ end: '2027-02-01' })] },
      '2027-01-01',
    ],
    [
      'the cell where no agreement has an end',
      { ...p({ end: '2027-02-01' }), agreements: [agreement({})] },
      '2027-01-01',
    ],
    [
      'the earliest of two',
      { agreements: [agreement({ end: '2027-06-01' }), agreement({ end: '2027-02-01' }, 'a2')] },
      '2027-01-01',
    ],
    ['a draft is none', { agreements: [agreement({ end: '2027-02-01', status: 'draft' })] }, undefined],
    ['a terminated one is none', { agreements: [agreement({ end: '2027-02-01', status: 'terminated' })] }, undefined],
    ['an insurance is none', { agreements: [agreement({ end: '2027-02-01', kind: 'insurance' })] }, undefined],
    ['decided', { agreements: [agreement({ end: '2027-02-01', decision: 'renegotiate' })] }, undefined],
    [
      'decided for the term before',
      {
        agreements: [agreement({ start: '2026-02-02', end: '2027-02-01', decision: 'renew', decidedOn: '2026-01-15' })],
      },
      '2027-01-01',
    ],
    [
      'decided in this term',
      {
        agreements: [agreement({ start: '2026-02-02', end: '2027-02-01', decision: 'renew', decidedOn: '2026-10-15' })],
      },
      undefined,
    ],
    [
      'followed by the next agreement',
      { agreements: [agreement({ end: '2027-02-01' }), agreement({ start: '2027-02-02', end: '2028-02-01' }, 'a2')] },
      '2027-12-31',
    ],
    [
      'notice of the partnership where it has none',
      { ...p({ noticeDays: 31 }), agreements: [agreement({ end: '2027-03-04' })] },
      '2027-01-01',
    ],
  ])('%s', (_scenario, rows, expected) => {
    expect(told(rows).decideBy).toBe(expected);
  });

  it('the decision of the partnership counts where agreements keep none', () => {
    const rows: Rows = { ...p({ renewalDecision: 'renew' }), agreements: [agreement({ end: '2027-02-01' })] };
    expect(told(rows, {}, { unmapped: { agreements: ['decision'] } }).decideBy).toBeUndefined();
    expect(told(rows).decideBy).toBe('2027-01-01');
  });
});
