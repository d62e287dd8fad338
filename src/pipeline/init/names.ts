/** What teams call their tables and the columns Tandem may own, and how a name is compared with those that are known. */
import type { EntityName, MANAGED, ManagingEntity } from '../../domain/entities.js';
import { labelKey, type VocabularyName } from '../../domain/vocabulary.js';

export const TABLE_NAMES: Readonly<Record<EntityName, string>> = {
  partnerships:
    'partners | partnerships | partner | alliances | strategic partners | partner directory | accounts | 파트너사 | 파트너 | 파트너십 | 협력사 | 제휴사 | 파트너 관리 | 협력사 관리',
  kpis: 'kpis | kpi | goals | metrics | scorecard | okrs | objectives | 성과 지표 | 지표 | 성과 목표 | 목표',
  measurements: 'measurements | readings | kpi readings | actuals | kpi values | 측정값 | 실적 | 측정 기록 | kpi 실적',
  milestones: 'milestones | deliverables | roadmap | project plan | 마일스톤 | 주요 일정 | 산출물 | 추진 일정',
  reviews:
    'reviews | business reviews | qbrs | review meetings | meetings | 리뷰 | 정기 리뷰 | 점검 회의 | 정기 점검 | 회의',
  actions:
    'actions | action items | follow-ups | promises | commitments | 실행 항목 | 액션 아이템 | 후속 조치 | 약속 사항',
  risks: 'risks | risk register | risk log | 리스크 | 리스크 관리 | 위험 관리 | 위험 목록',
  issues: 'issues | issue log | conflicts | disputes | 이슈 | 이슈 관리 | 갈등 관리 | 갈등',
  decisions: 'decisions | decision log | approvals | 의사결정 | 의사 결정 기록 | 결재 | 결정 사항 | 승인',
  contacts: 'contacts | people | partner contacts | stakeholders | 연락처 | 담당자 | 파트너 담당자 | 이해관계자',
  interactions:
    'interactions | touchpoints | activity log | communications | meetings and calls | 교류 기록 | 교류 | 활동 기록 | 소통 기록 | 접촉 이력 | 회의록 | 미팅 기록',
  feedback: 'feedback | surveys | survey results | complaints | 피드백 | 설문 | 만족도 조사 | 설문 결과',
  roles: 'roles | raci | responsibilities | roles and responsibilities | 역할 | 역할과 책임 | r&r | 업무 분장',
  agreements: 'agreements | contracts | documents | contracts and certificates | 계약 | 계약 관리 | 계약서 | 협약',
  tasks: 'tasks | to dos | to do | todos | reminders | partner tasks | 할 일 | 업무 | 알림 | 태스크 | 과제',
  history: 'history | partner history | snapshots | status history | 이력 | 상태 이력 | 주간 기록',
};

type ManagedNames = { readonly [E in ManagingEntity]: Readonly<Record<(typeof MANAGED)[E][number], ManagedName>> };

/** The names a column of Tandem's may have, and the one to give it where it is yet to be made. */
export interface ManagedName {
  readonly names: string;
  readonly en: string;
  readonly ko: string;
}

const named = (en: string, ko: string, more = ''): ManagedName => ({ en, ko, names: `${en} | ${ko} | ${more}` });

const STAMP = named('Tandem', 'Tandem', 'tandem stamp | 탄뎀');
const WHY = named('Why', '판단 근거', 'reason | reasons | 근거 | 이유 | 사유');

export const MANAGED_NAMES: ManagedNames = {
  partnerships: {
    status: named(
      'Status',
      '진행 상태',
      'partnership status | partner status | rag | 상태 | 파트너십 상태 | 협력 상태',
    ),
    health: named('Health', '건강 점수', 'health score | partner health | 건강도 | 종합 점수'),
    performance: named('Performance', '성과 점수', 'performance score | 성과'),
    trust: named('Trust', '신뢰 점수', 'trust score | 신뢰 지수'),
    kpiAchievement: named('KPI achievement', 'KPI 달성률', 'achievement | kpi attainment | 달성률 | 목표 달성률'),
    confidence: named('Confidence', '신뢰도', 'data confidence | 데이터 신뢰도'),
    riskLevel: named('Risk level', '리스크 등급', 'risk | risk grade | 위험 등급 | 위험도'),
    riskFlags: named('Risk flags', '위험 신호', 'flags | warnings | 리스크 신호 | 경고'),
    why: WHY,
    nextReview: named('Next review', '다음 리뷰', 'next qbr | review due | 다음 점검일 | 차기 리뷰 | 다음 검토일'),
    decideBy: named('Decide by', '결정 기한', 'decision due | decision deadline | 갱신 결정 기한'),
    changedOn: named('Changed on', '상태 변경일', 'status changed on | status since | 변경일'),
    stamp: STAMP,
  },
  kpis: {
    achievement: named('Achievement', '달성률', 'attainment | achieved | kpi 달성률 | 목표 달성률'),
    expected: named('Expected', '기대치', 'expected progress | expected by today | 기대 달성률 | 예상 달성률'),
    pace: named('Pace', '진도', 'pace against plan | 속도 | 진도율'),
    status: named('Status', 'KPI 상태', 'kpi status | health | 상태 | 지표 상태'),
    forecast: named('Forecast', '예상 실적', 'projection | forecast at end | 전망 | 예측'),
    why: { ...WHY, ko: '근거' },
    bar: named('Bar', '진행 막대', 'progress bar | 막대'),
  },
  milestones: {
    slipDays: named('Slip (days)', '지연 일수', 'slip days | days late | delay days | 지연일'),
    status: named('Schedule', '일정 상태', 'schedule status | timing | 기한 상태'),
  },
  risks: { grade: named('Grade', '등급', 'risk grade | risk score | 리스크 등급 | 위험 등급') },
};

/** Labels that likely mean a canonical value: proposed under `values`, never taken for known. */
export const LIKELY_LABELS: Readonly<Partial<Record<VocabularyName, Readonly<Record<string, string>>>>> = {
  cadence: {
    weekly: 'once a week | 주 1회',
    monthly: 'once a month | 월 1회 | 매달',
    bimonthly: 'every second month | 2개월마다 | 2개월 1회',
    quarterly: 'once a quarter | 분기 1회 | 분기마다 | 3개월마다',
    'half-yearly': 'twice a year | every six months | 반기 1회 | 반기마다 | 6개월마다',
    yearly: 'once a year | every year | 연간 1회 | 해마다',
    none: 'never | no reviews | 안 함 | 해당 없음',
  },
  tier: { strategic: 'a | s | platinum | 최우선', core: 'b | gold | 중요', basic: 'c | silver | bronze | 보통' },
  rowStatus: { planned: 'backlog | draft | 대기', active: 'live | started | 시작', done: 'achieved | closed | 달성' },
  renewalDecision: {
    renew: 'extend | yes | 갱신 예정',
    end: 'let it end | do not renew | no | 갱신 안 함 | 만료 예정',
    undecided: 'tbd | to be decided | 결정 전',
  },
  agreementStatus: { draft: 'in negotiation | 작성 중', signed: 'live | 진행 중', terminated: 'cancelled | 종결' },
  taskStatus: {
    todo: 'backlog | 대기 중',
    doing: 'started | 작업 중',
    done: 'closed | 종료',
    dropped: 'not doing | 제외',
  },
};

const SIGNS = /[()[\]{}:?!/\\_'"“”‘’,&#%*|]/g;
const ASIDE = /\s*[([].*[)\]]\s*$/;

const keyOf = (name: string): string => labelKey(name).replace(SIGNS, '');

const parsed = new Map<string, readonly string[]>();

/** The known names of a line of a registry, in the form names are compared in; each line is taken apart once. */
function knownNames(line: string): readonly string[] {
  const known =
    parsed.get(line) ??
    line
      .split('|')
      .map(keyOf)
      .filter((key) => key !== '');
  parsed.set(line, known);
  return known;
}

/** How well a name answers to known ones: 1 for the first of them, 0 for none, at most 0.6 where it only holds one. */
export function likeness(name: string, line: string): number {
  const known = knownNames(line);
  for (const [form, worth] of [[name, 1] as const, [name.replace(ASIDE, ''), 0.97] as const]) {
    const rank = known.indexOf(keyOf(form));
    if (rank >= 0) return worth - Math.min(rank, 20) * 0.005;
  }
  const key = keyOf(name.replace(ASIDE, ''));
  const held = known.filter((word) => longEnough(word) && key.includes(word)).map((word) => word.length / key.length);
  return held.length === 0 ? 0 : 0.4 + 0.2 * Math.max(...held);
}

/** Short words stand in names they have nothing to do with. */
const longEnough = (word: string): boolean => word.length >= (/[가-힣]/.test(word) ? 3 : 6);

/** The canonical value a label likely stands for, where no vocabulary knows it. */
export function likelyMeaning(vocabulary: VocabularyName, label: string): string | undefined {
  const wanted = keyOf(label);
  return Object.entries(LIKELY_LABELS[vocabulary] ?? {}).find(([, line]) => knownNames(line).includes(wanted))?.[0];
}
