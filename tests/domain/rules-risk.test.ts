import { describe, expect, it } from 'vitest';
import { assess } from '../../src/domain/assess.js';
import { addDays } from '../../src/domain/calendar.js';
import type { Values } from '../../src/domain/entities.js';
import { DEFAULT_RULES } from '../../src/domain/policy-rules.js';
import type { FindingCode } from '../../src/domain/rules/index.js';
import { found, type Rows, severities } from '../support/findings.js';
import { aPartnership, aSnapshot, OPTIONS, ofP, TODAY } from '../support/rows.js';

const ago = (days: number) => addDays(TODAY, -days);
const CRITICAL = { likelihood: 5, impact: 5 };
const MEDIUM = { likelihood: 3, impact: 3 };
const LOW = { likelihood: 1, impact: 1 };
const somebody = { owner: [{ name: '박지우' }] };

describe('risks', () => {
  it.each<[string, FindingCode, Values<'risks'>, string[]]>([
    // One business day from Friday 20 November is Monday 23 November, which is today; three from Wednesday 18.
    ['critical since Friday', 'risk-without-owner', { ...CRITICAL, openedOn: '2026-11-20' }, []],
    ['critical since Thursday', 'risk-without-owner', { ...CRITICAL, openedOn: '2026-11-19' }, ['medium']],
    ['medium since Wednesday', 'risk-without-owner', { ...MEDIUM, openedOn: '2026-11-18' }, []],
    ['medium since Tuesday', 'risk-without-owner', { ...MEDIUM, openedOn: '2026-11-17' }, ['low']],
    ['nobody says since when', 'risk-without-owner', CRITICAL, ['medium']],
    ['low', 'risk-without-owner', { ...LOW, openedOn: ago(90) }, []],
    ['owned', 'risk-without-owner', { ...CRITICAL, ...somebody }, []],
    ['closed', 'risk-without-owner', { ...CRITICAL, status: 'closed' }, []],
    ['not graded', 'risk-without-owner', {}, []],
    ['due today', 'risk-plan-overdue', { ...CRITICAL, planDue: TODAY }, []],
    ['due yesterday', 'risk-plan-overdue', { ...CRITICAL, planDue: ago(1), status: 'treating' }, ['medium']],
    ['low, due yesterday', 'risk-plan-overdue', { ...LOW, planDue: ago(1) }, ['low']],
    ['accepted, due yesterday', 'risk-plan-overdue', { ...CRITICAL, planDue: ago(1), status: 'accepted' }, []],
    ['closed, due yesterday', 'risk-plan-overdue', { ...CRITICAL, planDue: ago(1), status: 'closed' }, []],
    // Five business days from Monday 16 November end today.
    ['looked at a week ago', 'risk-review-overdue', { ...CRITICAL, reviewedOn: '2026-11-16' }, []],
    ['looked at a day more ago', 'risk-review-overdue', { ...CRITICAL, reviewedOn: '2026-11-13' }, ['medium']],
    ['never looked at', 'risk-review-overdue', { ...CRITICAL, openedOn: '2026-11-13' }, ['medium']],
    ['its own day wins', 'risk-review-overdue', { ...CRITICAL, reviewedOn: ago(90), reviewBy: TODAY }, []],
    ['accepted until today', 'risk-acceptance-expired', { ...CRITICAL, status: 'accepted', acceptedUntil: TODAY }, []],
    [
      'accepted until yesterday',
      'risk-acceptance-expired',
      { ...CRITICAL, status: 'accepted', acceptedUntil: ago(1) },
      ['medium'],
    ],
    [
      'low, accepted until yesterday',
      'risk-acceptance-expired',
      { ...LOW, status: 'accepted', acceptedUntil: ago(1) },
      ['low'],
    ],
    ['closed since', 'risk-acceptance-expired', { ...CRITICAL, status: 'closed', acceptedUntil: ago(1) }, []],
    ['may strike tomorrow', 'risk-trigger-passed', { ...CRITICAL, triggerOn: addDays(TODAY, 1) }, []],
    ['may strike today', 'risk-trigger-passed', { ...CRITICAL, triggerOn: TODAY, status: 'open' }, ['medium']],
    ['may strike, being treated', 'risk-trigger-passed', { ...CRITICAL, triggerOn: TODAY, status: 'treating' }, []],
    [
      'graded higher after treatment',
      'risk-residual-higher',
      { ...MEDIUM, residualLikelihood: 3, residualImpact: 4 },
      ['low'],
    ],
    ['the same grade after it', 'risk-residual-higher', { ...MEDIUM, residualLikelihood: 2, residualImpact: 4 }, []],
    ['no rank after it', 'risk-residual-higher', { ...MEDIUM, residualLikelihood: 9, residualImpact: 4 }, []],
    ['no likelihood', 'risk-ungraded', { impact: 3 }, ['info']],
    ['a likelihood of 6', 'risk-ungraded', { likelihood: 6, impact: 3 }, ['info']],
    ['graded', 'risk-ungraded', LOW, []],
    ['closed without a grade', 'risk-ungraded', { status: 'closed' }, []],
  ])('%s: %s', (_scenario, code, values, expected) => {
    expect(severities(found(code, { risks: [ofP('risks', values)] }))).toEqual(expected);
  });

  it.each<[FindingCode, Values<'risks'>, string]>([
    ['risk-without-owner', CRITICAL, 'owner'],
    ['risk-plan-overdue', { ...CRITICAL, planDue: ago(1) }, 'status'],
    ['risk-review-overdue', { ...CRITICAL, reviewedOn: ago(90) }, 'reviewBy'],
    ['risk-trigger-passed', { ...CRITICAL, triggerOn: ago(1) }, 'status'],
    ['risk-ungraded', { impact: 3 }, 'likelihood'],
  ])('%s is silent where a cell cannot be read', (code, values, unreadable) => {
    expect(found(code, { risks: [ofP('risks', values)] })).toHaveLength(1);
    expect(found(code, { risks: [ofP('risks', values, { unreadable: [unreadable] })] })).toEqual([]);
  });

  it('are graded by the table of the policy', () => {
    const table = { ...DEFAULT_RULES.riskGrades, impact1: ['critical', 'low', 'low', 'low', 'low'] as const };
    const policy = { ...OPTIONS.policy, rules: { ...DEFAULT_RULES, riskGrades: table } };
    const rows: Rows = { partnerships: [aPartnership()], risks: [ofP('risks', LOW)] };
    expect(found('risk-critical', rows)).toEqual([]);
    expect(found('risk-critical', rows, [], { policy })).toHaveLength(1);
    const { risks, partnerships } = assess(aSnapshot(rows), { ...OPTIONS, policy });
    expect([risks[0]?.grade, partnerships[0]?.riskLevel]).toEqual(['critical', 'critical']);
  });

  it.each<[string, Rows, string[]]>([
    ['at work', {}, ['info']],
    ['strategic', { partnerships: [aPartnership({ tier: 'strategic' })] }, ['low']],
    ['one that is closed is enough', { risks: [ofP('risks', { status: 'closed' })] }, []],
    ['still being chosen', { partnerships: [aPartnership({ stage: 'selection' })] }, []],
    ['begins tomorrow', { partnerships: [aPartnership({ start: addDays(TODAY, 1) })] }, []],
    ['begins today', { partnerships: [aPartnership({ start: TODAY })] }, ['info']],
    ['in exit', { partnerships: [aPartnership({ stage: 'exit' })] }, []],
  ])('none on record: %s', (_scenario, rows, expected) => {
    expect(severities(found('risk-register-empty', { risks: [], ...rows }))).toEqual(expected);
  });
});
