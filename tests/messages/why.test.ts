import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assess } from '../../src/domain/assess.js';
import type { PartnershipAssessment } from '../../src/domain/assessment.js';
import { addDays } from '../../src/domain/calendar.js';
import type { Values } from '../../src/domain/entities.js';
import { CATALOGUES } from '../../src/messages/index.js';
import { aPartnership, aSnapshot, OPTIONS, ofP, TODAY } from '../support/rows.js';

type Rows = Parameters<typeof aSnapshot>[0];

const ago = (days: number) => addDays(TODAY, -days);

function judged(rows: Rows, options: Parameters<typeof aSnapshot>[1] = {}, asOf = TODAY): PartnershipAssessment {
  const snapshot = aSnapshot({ partnerships: [aPartnership()], ...rows }, options);
  const [only] = assess(snapshot, { ...OPTIONS, asOf }).partnerships;
  if (only === undefined) throw new Error('expected one partnership');
  return only;
}

const p = (values: Values<'partnerships'>): Rows => ({ partnerships: [aPartnership(values)] });
const milestone = (title: string, due: string, id: string) => ofP('milestones', { due }, { id, title });
const risk = (title: string) =>
  ofP('risks', { likelihood: 4, impact: 5, plan: '대체 공급처 확보', owner: [{ name: '박지우' }] }, { title });

const CASES: readonly [string, Rows, Parameters<typeof aSnapshot>[1], string, string][] = [
  ['nothing wrong', p({ lastContact: TODAY }), {}, '주의할 신호 없음', 'No warning signs'],
  ['nothing measured', {}, {}, '측정된 데이터가 부족하여 판단 보류', 'Too little is measured to judge'],
  [
    'numbers too old for good news',
    {
      ...p({ lastContact: TODAY }),
      kpis: [
        ofP(
          'kpis',
          {
            target: 100,
            actual: 50,
            start: ago(50),
            end: addDays(TODAY, 50),
            measuredOn: ago(80),
            owner: [{ name: '김서연' }],
          },
          { title: '신규 매출' },
        ),
      ],
    },
    {},
    '최신 KPI 수치가 부족하여 순조로 판단할 수 없음 · KPI ‘신규 매출’ 2026년 9월 4일 이후 실적 갱신 없음',
    'Too few fresh KPI numbers to call it on track · KPI “신규 매출” was last read on 4 Sep 2026',
  ],
  [
    'a KPI without a number',
    {
      kpis: [
        ofP(
          'kpis',
          { target: 100, start: ago(50), end: addDays(TODAY, 50), owner: [{ name: '김서연' }] },
          { title: '신규 매출' },
        ),
      ],
    },
    {},
    '측정된 데이터가 부족하여 판단 보류 · KPI ‘신규 매출’ 계산 불가: 실적 값 없음',
    'Too little is measured to judge · KPI “신규 매출” cannot be computed: there is no actual value',
  ],
  [
    'gates before worse findings',
    {
      ...p({ lastContact: ago(99), end: '2026-12-10' }),
      milestones: [milestone('베타 출시', '2026-08-01', 'm1')],
      risks: [risk('공급 중단')],
    },
    {},
    '심각 리스크 ‘공급 중단’ 미해소(가능성 4, 영향 5) · 2026년 11월 10일까지 갱신 여부 결정 필요(통지 기한 2026년 12월 10일) · 마일스톤 ‘베타 출시’ 기한(2026년 8월 1일) 경과 · 외 1건',
    'Critical risk “공급 중단” is open (likelihood 4, impact 5) · Decide on renewal by 10 Nov 2026 (notice deadline 10 Dec 2026) · Milestone “베타 출시” was due on 1 Aug 2026 · 1 more',
  ],
  [
    'weak dimensions after few findings, the costliest first',
    { ...p({ lastContact: ago(70) }), milestones: [milestone('베타 출시', '2026-11-20', 'm1')] },
    {},
    '2026년 9월 14일 이후 양방향 소통 없음 · 마일스톤 ‘베타 출시’ 기한(2026년 11월 20일) 경과 · 취약 영역: 신뢰, 실행',
    'No two-way contact since 14 Sep 2026 · Milestone “베타 출시” was due on 20 Nov 2026 · Weak: trust, delivery',
  ],
  [
    'a decision of a person',
    p({ lastContact: TODAY, overrideStatus: 'watch', overrideReason: '담당 임원\n교체', overrideUntil: '2026-12-31' }),
    {},
    '담당자 지정(2026년 12월 31일까지): 담당 임원 교체 · 계산 결과: 순조',
    'Set by a person until 31 Dec 2026: 담당 임원 교체 · computed: On track',
  ],
  [
    'a table that could not be read',
    { ...p({ lastContact: ago(70) }), kpis: [], measurements: [] },
    { incomplete: ['kpis', 'measurements'] },
    '판단 보류: 다 읽지 못한 표 있음(KPI, KPI 측정값) · 2026년 9월 14일 이후 양방향 소통 없음',
    'Not judged: KPIs, KPI readings could not be read whole · No two-way contact since 14 Sep 2026',
  ],
];

describe('why', () => {
  it.each(CASES)('%s', (_scenario, rows, options, korean, english) => {
    const assessment = judged(rows, options);
    expect(CATALOGUES.ko.why(assessment)).toBe(korean);
    expect(CATALOGUES.en.why(assessment)).toBe(english);
  });

  it('does not change because a day has passed', () => {
    const rows = { ...p({ lastContact: ago(70) }), milestones: [milestone('베타 출시', '2026-11-10', 'm1')] };
    const today = CATALOGUES.ko.why(judged(rows));
    expect(CATALOGUES.ko.why(judged(rows, {}, addDays(TODAY, 1)))).toBe(today);
  });

  it('is said of a changed status', () => {
    const text = CATALOGUES.ko.changeReason('status-changed', judged({ risks: [risk('공급 중단')] }));
    expect(text).toBe('상태를 ‘위험’으로 변경 · 심각 리스크 ‘공급 중단’ 미해소(가능성 4, 영향 5)');
    expect(CATALOGUES.ko.changeReason('status-changed', judged(p({ lastContact: TODAY })))).toMatch(
      /^상태를 ‘순조’로 변경/,
    );
  });

  it('leaves out whole causes that do not fit', () => {
    const rows: Rows = {
      ...p({ overrideStatus: 'watch', overrideReason: 'because '.repeat(30), overrideUntil: '2026-12-31' }),
      risks: ['a', 'b', 'c'].map((id) =>
        ofP('risks', { likelihood: 5, impact: 5 }, { id, title: `${id} long name `.repeat(9) }),
      ),
    };
    const why = CATALOGUES.en.why(judged(rows));
    expect(why.length).toBeLessThanOrEqual(300);
    expect(why).toMatch(/^Set by a person until 31 Dec 2026: because .*… · computed: At risk · /);
    expect(why).toMatch(/is open \(likelihood 5, impact 5\)$/);
    expect(why.match(/Critical risk/g)).toHaveLength(1);
  });

  it('holds 300 characters, whatever the names', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', maxLength: 400 }), { maxLength: 6 }),
        fc.string({ maxLength: 900 }),
        (titles, reason) => {
          const rows: Rows = {
            ...p({ overrideStatus: 'watch', overrideReason: reason, end: '2026-12-10' }),
            risks: titles.map((title, index) => ofP('risks', { likelihood: 5, impact: 5 }, { id: `r${index}`, title })),
          };
          for (const locale of ['en', 'ko'] as const) {
            const why = CATALOGUES[locale].why(judged(rows));
            expect(why.length).toBeLessThanOrEqual(300);
            expect(why.length).toBeGreaterThan(0);
            expect(why).not.toMatch(/\p{Surrogate}/u);
          }
        },
      ),
    );
  });
});
