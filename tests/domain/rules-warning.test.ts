import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/calendar.js';
import type { Values } from '../../src/domain/entities.js';
import { DEFAULT_RULES } from '../../src/domain/policy-rules.js';
import { found, type Rows } from '../support/findings.js';
import { aPartnership, OPTIONS, ofP, TODAY } from '../support/rows.js';

const ago = (days: number) => addDays(TODAY, -days);
const only = { weights: { ...DEFAULT_RULES.warning.weights } };

/** What is told when one signal is enough. */
const signals = (rows: Rows, warning: Partial<typeof DEFAULT_RULES.warning> = {}, unmapped: readonly string[] = []) => {
  const rules = { ...DEFAULT_RULES, warning: { ...DEFAULT_RULES.warning, watch: 1, ...only, ...warning } };
  const [finding] = found('early-warning', rows, unmapped, { policy: { ...OPTIONS.policy, rules } });
  return finding?.params.signals ?? '';
};

/** Messages answered so many calendar days after they were sent, the answers coming on the given days. */
const replies = (...given: readonly (readonly [answeredAgo: number, took: number])[]): Rows => ({
  interactions: given.map(([answered, took], index) =>
    ofP('interactions', { date: ago(answered + took), respondedOn: ago(answered) }, { id: `i${index}` }),
  ),
});
const marks = (...given: readonly (readonly [days: number, mark: number])[]): Rows => ({
  feedback: given.map(([days, satisfaction]) =>
    ofP('feedback', { date: ago(days), satisfaction, side: 'them' }, { id: `f${days}` }),
  ),
});
const review = (values: Values<'reviews'>): Rows => ({ reviews: [ofP('reviews', values)] });
const complaint = (days: number, values: Values<'feedback'> = {}) =>
  ofP('feedback', { date: ago(days), kind: 'complaint', ...values }, { id: `c${days}` });
const promise = (days: number, values: Values<'actions'> = {}) =>
  ofP('actions', { due: ago(days), side: 'them', ...values }, { id: `a${days}` });
const USUAL = [
  [40, 2],
  [50, 2],
  [60, 2],
] as const;

describe('early signals', () => {
  it.each<[string, Rows, string]>([
    ['spoken 29 days ago', { partnerships: [aPartnership({ lastContact: ago(29) })] }, ''],
    ['spoken 30 days ago', { partnerships: [aPartnership({ lastContact: ago(30) })] }, 'silence'],
    // Answers that took two days take seven, which holds a weekend, and three, which is only a business day more.
    ['slower answers', replies(...USUAL, [1, 7], [3, 7]), 'slowerReplies'],
    ['one slow answer', replies(...USUAL, [1, 7]), ''],
    ['too few answers before', replies([40, 2], [50, 2], [1, 7], [3, 7]), ''],
    ['answers as fast as before', replies(...USUAL, [3, 1], [4, 2]), ''],
    ['half a mark less', marks([200, 4], [10, 3.5]), 'fallingSatisfaction'],
    ['a little less', marks([200, 4], [10, 3.6]), ''],
    ['less, but a month ago', marks([200, 4], [30, 2]), ''],
    ['the only mark', marks([10, 1]), ''],
    ['a review let pass', review({ plannedOn: ago(1) }), 'missedReviews'],
    ['a review called off', review({ plannedOn: ago(29), status: 'cancelled' }), 'missedReviews'],
    ['a review planned for today', review({ plannedOn: TODAY }), ''],
    ['a review let pass a month ago', review({ plannedOn: ago(30) }), ''],
    ['a review that was held', review({ plannedOn: ago(9), heldOn: ago(8) }), ''],
    ['one complaint', { feedback: [complaint(1)] }, ''],
    ['two complaints', { feedback: [complaint(1), complaint(29)] }, 'complaints'],
    ['the second a month ago', { feedback: [complaint(1), complaint(30)] }, ''],
    ['complaints of ours', { feedback: [complaint(1, { side: 'us' }), complaint(2, { side: 'us' })] }, ''],
    [
      'a complaint and an angry call',
      { feedback: [complaint(1)], interactions: [ofP('interactions', { date: ago(1), tone: 'negative' })] },
      'complaints',
    ],
    ['one promise not kept', { actions: [promise(1)] }, ''],
    ['two promises not kept', { actions: [promise(1), promise(2)] }, 'slippedPromises'],
    ['two of ours', { actions: [promise(1, { side: 'us' }), promise(2, { side: 'us' })] }, ''],
    ['kept late', { actions: [promise(1), promise(2, { doneOn: TODAY })] }, ''],
    ['one contact', { contacts: [ofP('contacts', {})] }, 'singleContact'],
    ['two contacts', { contacts: [ofP('contacts', {}), ofP('contacts', {}, { id: 'c2' })] }, ''],
    [
      'ended',
      { partnerships: [aPartnership({ lastContact: ago(99), stage: 'exit' })], contacts: [ofP('contacts', {})] },
      '',
    ],
  ])('%s', (_scenario, rows, expected) => {
    expect(signals(rows)).toBe(expected);
  });

  const two: Rows = { partnerships: [aPartnership({ lastContact: ago(30) })], contacts: [ofP('contacts', {})] };
  const four: Rows = { ...two, feedback: [complaint(1), complaint(2)], actions: [promise(1), promise(2)] };
  it.each<[string, Rows, string[]]>([
    ['one is easily explained', { contacts: [ofP('contacts', {})] }, []],
    ['two are told', two, ['medium 2']],
    ['three are told', { ...two, actions: [promise(1), promise(2)] }, ['medium 3']],
    ['four ask for action', four, ['high 4']],
  ])('%s', (_scenario, rows, expected) => {
    const findings = found('early-warning', rows);
    expect(findings.map(({ severity, params }) => `${severity} ${params.count}`)).toEqual(expected);
  });

  it('show the rows they were seen in', () => {
    const evidence = found('early-warning', four)[0]?.evidence?.map(({ id }) => id);
    expect(evidence).toEqual(['c1', 'c2', 'a1', 'a2', 'contacts']);
  });

  it('weigh what the policy says, and nothing where it says 0', () => {
    const weights = { ...DEFAULT_RULES.warning.weights, silence: 0, singleContact: 0.5 };
    expect(signals(two, { weights })).toBe('');
    expect(signals(two, { weights, watch: 0.5 })).toBe('singleContact');
    expect(signals({}, { watch: 0 })).toBe('');
    expect(signals(replies(...USUAL, [1, 7], [3, 7]), { slower: 9 })).toBe('');
    expect(signals(marks([200, 4], [10, 3.5]), { drop: 1 })).toBe('');
  });

  it('leave out what the team does not keep', () => {
    const kept = { ...two, actions: [] };
    expect(signals(kept, {}, ['partnerships.lastContact', 'interactions.date', 'contacts.lastContact'])).toBe(
      'singleContact',
    );
  });
});
