/**
 * What real tables look like: rows and cells of the Korean sample that are not as they should be. Here or in the
 * partners: missing target; zero baseline; baseline = target; lower is better; percent as 0.8, as 80 and undeclared;
 * a formula number; a column renamed since the mapping was written; a doubled partner name; trashed rows; emoji,
 * decomposed Hangul and a trailing space in names; more than 25 links both ways; option labels nobody defined
 * ("보류?"); a partner without owner; a review over a year old; notice near, passed and auto-renewing; a contract
 * without end; a KPI of two partnerships; rows of no partnership; text of over 2,000 characters; empty rows; a
 * contact who left; critical and high risks open and closed; periods over and not begun; an exit; silence by tier;
 * "1,200" as text; a summary cell that differs from its rows; an expired override.
 */
import type { DayAt } from './ids.js';
import { extraRow, type Mess, type SampleRow } from './story.js';

const LONG_NOTE = Array.from(
  { length: 48 },
  (_, index) => `${index + 1}차 협의: 장애 원인과 재발 방지안을 두 회사가 함께 검토했고, 다음 점검일을 정했다. `,
).join('');

export const koreanMess = (on: DayAt): Mess => ({
  extra: {
    partnerships: [
      {
        ...extraRow('HB-90', 1500, { name: '옛벗상사', code: 'HB-90', tier: 'basic', stage: 'exit', start: on(-1500) }),
        trashed: true,
      },
    ],
    kpis: kpis(on),
    measurements: measurements(on),
    milestones: milestones(on),
    reviews: reviews(on),
    risks: risks(on),
    issues: issues(on),
    contacts: contacts(on),
    interactions: [
      extraRow('no-partner', 12, { title: '전시회에서 만난 분', date: on(-12), direction: 'inbound', channel: '방문' }),
      extraRow('empty', 3),
    ],
    agreements: agreements(on),
    tasks: tasks(on),
  },
  spoilt: {
    partnerships: {
      'HB-06': { lastReview: on(-400) },
      'HB-15': { tier: '등급 미정?' },
      'HB-19': { muted: true },
      'HB-20': { overrideStatus: 'watch', overrideReason: '담당 임원 면담을 기다리는 중', overrideUntil: on(-10) },
    },
    kpis: { 'HB-12/reach': { status: '보류?' }, 'HB-16/revenue': { relevance: LONG_NOTE } },
    milestones: { 'HB-10/m3': { status: '보류?' } },
    contacts: { 'HB-18/c1': { status: 'left' } },
    interactions: { 'HB-02/t1': { note: LONG_NOTE } },
    agreements: { 'HB-01/contract': { value: '1,200' } },
  },
});

function kpis(on: DayAt): SampleRow[] {
  const year = { start: on(-330), end: on(35), status: 'active', measuredOn: on(-6), weight: 1 };
  const add = (key: string, partners: string, values: SampleRow['values']): SampleRow =>
    extraRow(key, 330, { ...year, partnership: partners.split(' ').filter((code) => code !== ''), ...values });
  const up = { direction: 'higher', accumulation: 'snapshot' };
  return [
    add('zero-baseline', 'HB-01', {
      name: '신규 채널 매출',
      ...up,
      baseline: 0,
      target: 300,
      actual: 284,
      unit: '백만원',
    }),
    add('flat', 'HB-06', { name: '공동 특허 유지 건수', ...up, baseline: 5, target: 5, actual: 5, unit: '건' }),
    add('no-target', 'HB-02', { name: '반품 건수', direction: 'lower', accumulation: 'count', actual: 12, unit: '건' }),
    add('percent-80', 'HB-03', { name: '설문 응답률', ...up, target: 80, actual: 78, unit: '%', scale: 'percent' }),
    add('percent-0.8', 'HB-04', {
      name: '매장 가동률',
      ...up,
      target: 0.8,
      actual: 0.79,
      unit: '%',
      scale: 'fraction',
    }),
    add('percent-unclear', 'HB-05', { name: '재구매율', ...up, target: 0.8, actual: 78, unit: '%' }),
    add('number-as-text', 'HB-04', { name: '입점 상품 수', ...up, baseline: '1,200', target: 2000, actual: 1920 }),
    add('two-partners', 'HB-07 HB-09', { name: '공동 웨비나 참석자', ...up, target: 500, actual: 490, unit: '명' }),
    add('no-partner', '', { name: '브랜드 인지도', ...up, target: 40, actual: 31, unit: '점' }),
    add('range', 'HB-02', {
      name: '재고 일수',
      direction: 'range',
      accumulation: 'snapshot',
      target: 10,
      targetHigh: 20,
      actual: 14,
    }),
    add('rating', 'HB-06', {
      name: '공동 평가 평점',
      direction: 'rating',
      kind: 'qualitative',
      target: 5,
      actual: 5,
      unit: '점',
    }),
    add('binary', 'HB-08', { name: '품질 인증 취득', direction: 'milestone', target: 1, actual: 1 }),
    add('over', 'HB-01', { name: '지난해 공동 수주', ...up, target: 40, actual: 44, start: on(-425), end: on(-60) }),
    add('over-missed', 'HB-18', {
      name: '상반기 리드',
      ...up,
      target: 200,
      actual: 90,
      start: on(-300),
      end: on(-120),
    }),
    add('not-begun', 'HB-09', {
      name: '내년 공동 매출',
      ...up,
      target: 2000,
      measuredOn: null,
      start: on(40),
      end: on(404),
    }),
    extraRow('empty', 20),
  ];
}

/** The first three add up to the cell of their KPI; the last two do not, and one of them is no number. */
function measurements(on: DayAt): SampleRow[] {
  const add = (kpi: string, ago: number, value: string): SampleRow =>
    extraRow(`${kpi}@${ago}`, ago, { name: `${ago}일 전`, kpi: [kpi], date: on(-ago), value });
  return [
    add('HB-01/revenue', 190, '210'),
    add('HB-01/revenue', 100, '305'),
    add('HB-01/revenue', 10, '321'),
    add('HB-18/leads', 120, '95'),
    add('HB-18/leads', 45, '약 1,200'),
  ];
}

function milestones(on: DayAt): SampleRow[] {
  return [
    extraRow('no-partner', 80, { name: '사내 포털 개편', due: on(-30), status: 'active', progress: 0.5 }),
    extraRow('no-due', 50, { name: '공동 브랜드 검토', partnership: ['HB-06'], status: 'planned', progress: 0 }),
    extraRow('empty', 9),
  ];
}

function reviews(on: DayAt): SampleRow[] {
  const add = (key: string, code: string, values: SampleRow['values']): SampleRow =>
    extraRow(key, 60, { partnership: [code], kind: 'performance', side: 'both', ...values });
  return [
    add('moved', 'HB-16', { name: '새벽별클라우드 성과 점검 (연기)', plannedOn: on(-38), status: 'moved' }),
    add('cancelled', 'HB-18', { name: '여울목페이 성과 점검 (취소)', plannedOn: on(-90), status: 'cancelled' }),
    add('old', 'HB-02', {
      name: '가온나래물류 평가',
      kind: 'evaluation',
      plannedOn: on(-230),
      heldOn: on(-228),
      status: 'held',
      trust: 4,
    }),
  ];
}

function risks(on: DayAt): SampleRow[] {
  const add = (key: string, code: string, values: SampleRow['values']): SampleRow =>
    extraRow(key, 140, { partnership: [code], openedOn: on(-140), ...values });
  return [
    add('closed-critical', 'HB-02', { name: '창고 화재 뒤 공급 중단', likelihood: 5, impact: 5, status: 'closed' }),
    add('no-likelihood', 'HB-11', { name: '조직 개편 소문', impact: 2, status: 'open' }),
    add('unknown-state', 'HB-13', { name: '수수료 인상 요구', likelihood: 2, impact: 3, status: '보류?' }),
    add('accepted', 'HB-08', { name: '원자재 가격 변동', likelihood: 3, impact: 2, status: 'accepted' }),
  ];
}

function issues(on: DayAt): SampleRow[] {
  const add = (key: string, code: string, ago: number, owner: string, values: SampleRow['values']): SampleRow =>
    extraRow(key, ago, { partnership: [code], openedOn: on(-ago), stateSince: on(3 - ago), owner: [owner], ...values });
  return [
    add('outage', 'HB-16', 26, '김서연', {
      name: '정산 서버 장애 3회',
      severity: 'high',
      state: 'joint-talk',
      fact: LONG_NOTE,
    }),
    add('invoice', 'HB-17', 40, '이도현', { name: '청구 금액 불일치', severity: 'medium', state: 'facts' }),
    add('silence', 'HB-18', 30, '정민재', { name: '담당자 퇴사 후 연락 두절', severity: 'medium', state: 'sensed' }),
    add('late', 'HB-02', 200, '이도현', {
      name: '명절 배송 지연',
      severity: 'low',
      state: 'resolved',
      resolvedOn: on(-170),
    }),
  ];
}

function contacts(on: DayAt): SampleRow[] {
  return [
    extraRow('on-leave', 200, {
      name: '도은서',
      partnership: ['HB-11'],
      side: 'them',
      status: 'on-leave',
      lastContact: on(-60),
    }),
    extraRow('no-partner', 15, { name: '전시회 명함', role: '미확인', side: 'them', status: 'active' }),
    extraRow('empty', 5),
  ];
}

function agreements(on: DayAt): SampleRow[] {
  const add = (key: string, code: string, name: string, values: SampleRow['values']): SampleRow =>
    extraRow(key, 300, { name, partnership: [code], start: on(-300), status: 'signed', ...values });
  return [
    add('nda-1', 'HB-07', 'Kestrelwerk 비밀유지계약', { kind: 'nda', end: on(430) }),
    add('nda-2', 'HB-15', '라온결핀테크 비밀유지계약', { kind: 'nda', end: on(795) }),
    add('cert', 'HB-06', '아라찬바이오 품질 인증', { kind: 'certificate', end: on(210) }),
    add('old', 'HB-18', '여울목페이 이전 계약', {
      kind: 'contract',
      end: on(-40),
      status: 'terminated',
      decision: 'end',
    }),
    add('draft', 'HB-22', '초롱에듀랩 부속 합의 초안', { kind: 'contract', end: on(365), status: 'draft' }),
  ];
}

/** Tasks people made themselves: no key. */
function tasks(on: DayAt): SampleRow[] {
  const add = (key: string, title: string, status: string, values: SampleRow['values'] = {}): SampleRow =>
    extraRow(key, 25, { title, status, ...values });
  return [
    add('t1', '새벽별클라우드 장애 보고서 받기', 'doing', { due: on(3), assignee: ['김서연'], partnership: ['HB-16'] }),
    add('t2', '연말 파트너 행사 장소 알아보기', 'todo', { due: on(20), assignee: ['한지민'] }),
    add('t3', '온새미로푸드 매장 방문', 'done', { due: on(-8), assignee: ['정민재'], partnership: ['HB-04'] }),
    add('t4', '계약서 원본 스캔 ', 'todo'),
    { ...add('t5', '지난 분기 자료 정리', 'done', { due: on(-90) }), trashed: true },
    extraRow('empty', 2),
  ];
}
