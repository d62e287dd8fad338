import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KpiAssessment, Params } from '../../src/domain/assessment.js';
import { KPI_CONFLICTS, KPI_PARTS } from '../../src/domain/kpi-fault.js';
import type { ReasonCode } from '../../src/domain/plan.js';
import { TASK_KINDS } from '../../src/domain/reminders/index.js';
import { RULES } from '../../src/domain/rules/index.js';
import { DATA_ISSUE_CODES } from '../../src/domain/snapshot.js';
import { canonicalOf, VOCABULARIES } from '../../src/domain/vocabulary.js';
import { CATALOGUES } from '../../src/messages/index.js';
import { OWN_EXAMPLES } from '../../src/messages/rules-page.js';
import { clip, nameIn, percentIn } from '../../src/messages/words.js';

const TASK_CODES = TASK_KINDS.map(({ code }) => code);
const LOCALES = ['en', 'ko'] as const;

const PARAMS: Params = {
  partnership: '한빛',
  kpi: '신규 매출',
  milestone: '베타 출시',
  risk: '공급 중단',
  decision: '가격 조정',
  action: '견적 회신',
  side: 'us',
  contact: '이서준',
  person: '박지우',
  signals: 'silence,complaints',
  question: 'communication',
  share: 0.4,
  late: 2,
  days: 42,
  role: '정산',
  issue: '납품 지연',
  grade: 'critical',
  opened: '2026-11-02',
  by: '2026-11-09',
  missed: 'resolve',
  agreement: '기본 계약',
  achievement: 0.42999,
  forecast: 0.62,
  critical: 0,
  part: 'actual',
  parts: 'owner period unit',
  kind: 'quantitative',
  date: '2026-11-30',
  deadline: '2026-12-31',
  end: '2027-01-31',
  start: '2026-12-01',
  lastHeld: '2026-08-31',
  first: '2026-10-31',
  decideOn: '2026-12-15',
  count: 3,
  others: 2,
  title: '[한빛] 정기 리뷰 준비',
  likelihood: 4,
  impact: 5,
  status: 'on-hold',
  state: 'facts',
  to: 'joint-talk',
  missing: 'fact,cause',
  step: 'check',
  cause: '정산 지연',
  before: 72,
  now: 55,
};

const REASONS = [
  'on-pace',
  'behind-pace',
  'far-behind-pace',
  'too-early',
  'not-begun',
  'period-achieved',
  'period-partly',
  'period-missed',
  'period-stretched',
  'already-achieved',
  'missing',
  'unreadable',
  'contradictory',
  'not-live',
] as const;

const CHANGES: readonly ReasonCode[] = [
  'status-changed',
  'assessment-updated',
  'set-back',
  'task-due',
  'task-promoted',
  'task-moved',
  'task-closed',
  'week-kept',
];

const kpiWith = (code: (typeof REASONS)[number], params: Params): KpiAssessment => ({
  row: { id: 'k', title: '신규 매출', url: '' },
  partnershipIds: [],
  status: 'on-track',
  reason: { code, params },
  weight: 1,
  critical: false,
});

/** Everything a locale can say, one line each. */
function everything(locale: (typeof LOCALES)[number]): string {
  const catalogue = CATALOGUES[locale];
  const flagged = {
    autoRenew: 1,
    planned: 1,
    unlikely: 1,
    lacks: 'trust',
    side: 'them',
    parts: 'target relevance',
    kind: 'qualitative',
    missed: 'acknowledge',
    expired: 1,
    opinion: 1,
    pending: 1,
    stage: '법무 검토',
    again: '검수 누락',
  };
  const { lastHeld: _held, start: _start, by: _by, side: _side, ...bare } = PARAMS;
  const { end: _end, ...endless } = bare;
  return [
    ...RULES.flatMap(({ code }) => [
      `${code} [${catalogue.flag(code)}]`,
      ...[PARAMS, { ...PARAMS, ...flagged }, bare].map(
        (params) => `  ${catalogue.finding(code, { ...params, ...OWN_EXAMPLES[code] })}`,
      ),
      `  ? ${catalogue.rule(code).about}`,
      `  ! ${catalogue.rule(code).next}`,
    ]),
    `kpi-missed: ${catalogue.finding('kpi-missed', endless)}`,
    ...REASONS.flatMap((code) => [
      `kpi ${code}: ${catalogue.kpiReason(kpiWith(code, PARAMS))}`,
      `  ${catalogue.kpiReason(kpiWith(code, { ...bare, ...flagged, status: 'cancelled' }))}`,
    ]),
    `forecast: ${catalogue.forecast({ value: 62, share: 0.62, unlikely: true })}`,
    `forecast, two ways: ${catalogue.forecast({ value: 62, share: 0.62, low: 0.58, high: 0.66, unlikely: true })}`,
    ...KPI_PARTS.flatMap((part) => [
      `${part}: ${catalogue.kpiReason(kpiWith('missing', { fault: 'missing', part }))}`,
      `  ${catalogue.kpiReason(kpiWith('unreadable', { fault: 'unreadable', part }))}`,
    ]),
    ...KPI_CONFLICTS.map((part) => {
      const params = { fault: 'contradictory', part };
      return `${part}: ${catalogue.kpiReason(kpiWith('contradictory', params))}`;
    }),
    ...TASK_CODES.flatMap((code) =>
      [PARAMS, { ...PARAMS, ...flagged }, bare].flatMap((params) => {
        const { title, kind, note } = catalogue.task({ code, params });
        return [`task ${code} (${kind}): ${title}`, `  ${note}`];
      }),
    ),
    ...[...new Set(TASK_KINDS.map(({ rule }) => rule)), 'gone'].map(
      (rule) => `closed ${catalogue.taskClosed(rule, '2026-11-23')}`,
    ),
    ...DATA_ISSUE_CODES.map((code) => {
      const params = { found: '12억', near: '실적값', count: 2, value: 'behind', type: 'formula', title: '리뷰 준비' };
      return `issue ${code}: ${catalogue.dataIssue({ code, entity: 'kpis', property: '실적', params })}`;
    }),
    ...CHANGES.map((code) => `change ${code}: ${catalogue.changeReason(code, undefined)}`),
  ].join('\n');
}

describe.each(LOCALES)('the words of %s', (locale) => {
  it('are these', async () => {
    await expect(`${everything(locale)}\n`).toMatchFileSnapshot(`../golden/words.${locale}.txt`);
  });

  it('leave nothing undefined and tell no age', () => {
    const text = everything(locale);
    expect(text).not.toMatch(/undefined|NaN|null|\[object|일 전|days ago|날짜 미상|unknown day/);
  });

  it('label every value Tandem writes with a word that reads back as that value', () => {
    const { label } = CATALOGUES[locale];
    for (const name of [
      'partnershipStatus',
      'kpiStatus',
      'milestoneStatus',
      'riskLevel',
      'confidence',
      'taskStatus',
    ] as const) {
      for (const canonical of Object.keys(VOCABULARIES[name])) {
        expect(canonicalOf(name, label(name, canonical))).toBe(canonical);
      }
    }
  });

  it('have flags and kinds a multi-select can hold', () => {
    const flags = RULES.map(({ code }) => CATALOGUES[locale].flag(code));
    expect(new Set(flags).size).toBe(flags.length);
    const kinds = TASK_CODES.map((code) => CATALOGUES[locale].task({ code, params: {} }).kind);
    for (const word of [...flags, ...kinds]) expect(word).toMatch(/^[^,]{1,30}$/);
  });

  it('never fail, whatever the params', () => {
    const any = fc.dictionary(fc.constantFrom(...Object.keys(PARAMS)), fc.oneof(fc.string(), fc.double()));
    fc.assert(
      fc.property(any, (params) => {
        for (const { code } of RULES) expect(CATALOGUES[locale].finding(code, params)).not.toContain('\n');
        for (const code of TASK_CODES) CATALOGUES[locale].task({ code, params });
        for (const code of REASONS) CATALOGUES[locale].kpiReason(kpiWith(code, params));
      }),
    );
  });

  it('name a task nobody has words for by its code', () => {
    const { title } = CATALOGUES[locale].task({ code: 'new-reminder', params: { partnership: '한빛' } });
    expect(title).toBe('[한빛] new-reminder');
  });

  it('give back a value of a vocabulary Tandem never writes', () => {
    expect(CATALOGUES[locale].label('tier', 'strategic')).toBe('strategic');
  });
});

describe('params', () => {
  it.each([
    [0.9996, '99%'],
    [1, '100%'],
    [0.29, '29%'],
    [0.999999999999, '100%'],
    [1.2, '120%'],
    [-0.005, '-1%'],
    [0, '0%'],
    ['', '0%'],
    ['many', '–'],
    [Number.NaN, '–'],
  ])('a share of %s is %s', (share, text) => {
    expect(percentIn({ share }, 'share')).toBe(text);
  });

  it('a share that is not there is a dash', () => {
    expect(percentIn({}, 'share')).toBe('–');
  });

  it.each([
    ['short', 10, 'short'],
    ['exactly10!', 10, 'exactly10!'],
    ['longer than that', 10, 'longer th…'],
    ['ends in a space', 8, 'ends in…'],
    ['가족 👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 16, '가족 👨‍👩‍👧‍👦…'],
    ['👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 5, '…'],
  ])('%s cut to %i is %s', (text, length, expected) => {
    expect(clip(text, length)).toBe(expected);
    expect(clip(text, length).length).toBeLessThanOrEqual(length);
  });

  it('a name is one line', () => {
    expect(nameIn({ name: ' 한빛\n 유통 ' }, 'name')).toBe('한빛 유통');
  });
});
