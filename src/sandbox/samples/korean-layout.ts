/** The databases of the Korean sample: column names, types and labels as this team chose them. */
import { column, managed, reverse } from './layout.js';
import type { NotionTable } from './notion-render.js';

const TIERS = { strategic: '전략', core: '핵심', basic: '일반' };
const STAGES = {
  awareness: '발굴',
  knowledge: '조사',
  selection: '선정',
  'working-together': '협업',
  'value-creation': '가치 창출',
  'staying-together': '관계 유지',
  exit: '종료',
};
/** The team's own words: the configuration translates them. */
const CADENCES = { monthly: '매월', quarterly: '분기 1회', 'half-yearly': '반기 1회', none: '안 함' };
const ROW_STATES = { planned: '예정', active: '진행 중', done: '완료', 'on-hold': '중단' };
const SIDES = { us: '당사', them: '파트너', both: '양측' };
const DECISIONS = { renew: '갱신', renegotiate: '재협상', end: '종료', undecided: '검토 중' };
const LEVELS = { none: '없음', low: '낮음', medium: '보통', high: '높음', critical: '심각' };
const CONFIDENCE = { high: '높음', medium: '보통', low: '낮음' };
const HEALTH = { 'on-track': '순조', watch: '주의', 'at-risk': '위험', 'insufficient-data': '데이터 부족' };
const KPI_STATES = {
  'too-early': '시작 단계',
  'on-track': '순조',
  behind: '지연',
  'at-risk': '위험',
  achieved: '달성',
  partly: '일부 달성',
  missed: '미달',
  'not-computable': '계산 불가',
};

const partner = column('partnership', '파트너사', 'relation', { to: 'partnerships' });
const owner = column('owner', '담당자', 'people');

/** The column was "계약 만료일" until somebody renamed it; configurations name it by this id. */
export const RENAMED_END = 'e%3DKd';

const partnerships: NotionTable = {
  entity: 'partnerships',
  title: '파트너사',
  columns: [
    column('name', '파트너사', 'title'),
    column('code', '코드', 'rich_text'),
    column('type', '협력 유형', 'rich_text'),
    column('tier', '등급', 'select', { labels: TIERS, strange: ['등급 미정?'] }),
    column('stage', '단계', 'select', { labels: STAGES }),
    column('stageSince', '단계 시작일', 'date'),
    owner,
    column('start', '협력 시작일', 'date'),
    column('end', '계약 종료 예정일 (변경)', 'date', { id: RENAMED_END }),
    column('reviewCadence', '점검 주기', 'select', { labels: CADENCES }),
    column('lastReview', '최근 리뷰', 'date'),
    column('profile', '프로필 완성도', 'number', { format: 'percent' }),
    column('esg', 'ESG 점검', 'number', { format: 'percent' }),
    column('language', '언어', 'rich_text'),
    column('overrideStatus', '수동 판단', 'select', { labels: HEALTH }),
    column('overrideReason', '수동 판단 사유', 'rich_text'),
    column('overrideUntil', '수동 판단 기한', 'date'),
    column('muted', '알림 끄기', 'checkbox'),
    column('note', '비고', 'rich_text'),
    reverse('KPI', 'kpis', '파트너사'),
    reverse('교류 기록', 'interactions', '파트너사'),
    managed('진행 상태', 'select', { labels: HEALTH }),
    managed('건강 점수', 'number'),
    managed('성과 점수', 'number'),
    managed('신뢰 점수', 'number'),
    managed('KPI 달성률', 'number', { format: 'percent' }),
    managed('신뢰도', 'select', { labels: CONFIDENCE }),
    managed('리스크 등급', 'select', { labels: LEVELS }),
    managed('위험 신호', 'rich_text'),
    managed('판단 근거', 'rich_text'),
    managed('다음 리뷰', 'date'),
    managed('결정 기한', 'date'),
    managed('상태 변경일', 'date'),
    managed('Tandem', 'rich_text'),
  ],
};

const kpis: NotionTable = {
  entity: 'kpis',
  title: 'KPI',
  columns: [
    column('name', 'KPI', 'title'),
    { ...partner, syncedAs: 'KPI' },
    column('status', '진행', 'select', { labels: ROW_STATES, strange: ['보류?'] }),
    column('kind', '구분', 'select', { labels: { quantitative: '정량', qualitative: '정성' } }),
    column('direction', '방향', 'select', {
      labels: {
        higher: '높을수록 좋음',
        lower: '낮을수록 좋음',
        range: '범위',
        rating: '평점',
        milestone: '완료 여부',
      },
    }),
    column('accumulation', '집계', 'select', {
      labels: { cumulative: '누적', count: '건수', snapshot: '현재값' },
    }),
    // A text column that people type numbers into.
    column('baseline', '기준값', 'rich_text'),
    column('target', '목표', 'number'),
    column('targetHigh', '목표 상한', 'number'),
    column('actual', '실적', 'number'),
    column('unit', '단위', 'rich_text'),
    column('scale', '퍼센트 저장 방식', 'select', { labels: { fraction: 'fraction', percent: 'percent' } }),
    column('start', '기간', 'date', { until: 'end' }),
    column('weight', '가중치', 'number'),
    column('critical', '핵심 지표', 'checkbox'),
    column('commitment', '약속 수준', 'select', { labels: { commit: '확약', stretch: '도전' } }),
    column('perspective', '관점', 'rich_text'),
    owner,
    column('measuredOn', '측정일', 'date'),
    column('cadence', '측정 주기', 'select', { labels: CADENCES }),
    column('relevance', '설명', 'rich_text'),
    managed('달성률', 'number', { format: 'percent' }),
    managed('기대치', 'number', { format: 'percent' }),
    managed('KPI 상태', 'select', { labels: KPI_STATES }),
    managed('근거', 'rich_text'),
  ],
};

const measurements: NotionTable = {
  entity: 'measurements',
  title: '측정값',
  columns: [
    column('name', '이름', 'title'),
    column('kpi', 'KPI', 'relation', { to: 'kpis' }),
    column('date', '측정일', 'date'),
    column('value', '값', 'rich_text'),
  ],
};

const milestones: NotionTable = {
  entity: 'milestones',
  title: '마일스톤',
  columns: [
    column('name', '마일스톤', 'title'),
    partner,
    column('kind', '종류', 'select', { labels: { delivery: '산출물', pilot: '파일럿' } }),
    column('due', '기한', 'date'),
    column('originalDue', '최초 기한', 'date'),
    column('doneOn', '완료일', 'date'),
    column('status', '진행', 'status', { labels: ROW_STATES, strange: ['보류?'] }),
    column('progress', '진행률', 'formula', { expression: 'prop("끝난 항목") / prop("전체 항목")' }),
    column('weight', '가중치', 'number'),
    owner,
    column('side', '주체', 'select', { labels: SIDES }),
    managed('지연 일수', 'number'),
    managed('일정 상태', 'select', {
      labels: { upcoming: '예정', 'due-soon': '임박', overdue: '기한 초과', done: '완료' },
    }),
  ],
};

const reviews: NotionTable = {
  entity: 'reviews',
  title: '리뷰',
  columns: [
    column('name', '리뷰', 'title'),
    partner,
    column('kind', '종류', 'select', {
      labels: { performance: '성과 점검', relationship: '관계 진단', evaluation: '평가', briefing: '브리핑' },
    }),
    column('plannedOn', '예정일', 'date'),
    column('heldOn', '실시일', 'date'),
    column('status', '상태', 'select', { labels: { planned: '예정', moved: '연기', held: '실시', cancelled: '취소' } }),
    column('actionCount', '실행 항목 수', 'number'),
    column('satisfaction', '만족도', 'number'),
    column('communication', '소통', 'number'),
    column('problemResponse', '문제 대응', 'number'),
    column('trust', '신뢰', 'number'),
    column('side', '관점', 'select', { labels: SIDES }),
  ],
};

const actions: NotionTable = {
  entity: 'actions',
  title: '실행 항목',
  columns: [
    column('name', '실행 항목', 'title'),
    partner,
    column('review', '리뷰', 'relation', { to: 'reviews' }),
    column('kind', '종류', 'select', { labels: { action: '실행', improvement: '개선' } }),
    column('side', '주체', 'select', { labels: SIDES }),
    owner,
    column('due', '기한', 'date'),
    column('doneOn', '완료일', 'date'),
    column('status', '진행', 'select', { labels: ROW_STATES }),
  ],
};

const risks: NotionTable = {
  entity: 'risks',
  title: '리스크',
  columns: [
    column('name', '리스크', 'title'),
    partner,
    column('likelihood', '가능성', 'number'),
    column('impact', '영향', 'number'),
    owner,
    column('plan', '대응 계획', 'rich_text'),
    column('planDue', '대응 기한', 'date'),
    column('openedOn', '등록일', 'date'),
    column('reviewBy', '재검토일', 'date'),
    column('status', '상태', 'select', {
      labels: { open: '발생', treating: '대응 중', accepted: '수용', closed: '종료' },
      strange: ['보류?'],
    }),
    managed('등급', 'select', { labels: { low: '낮음', medium: '보통', high: '높음', critical: '심각' } }),
  ],
};

const issues: NotionTable = {
  entity: 'issues',
  title: '이슈',
  columns: [
    column('name', '이슈', 'title'),
    partner,
    column('severity', '심각도', 'select', { labels: { low: '낮음', medium: '보통', high: '높음', critical: '심각' } }),
    column('openedOn', '접수일', 'date'),
    column('state', '단계', 'select', {
      labels: { sensed: '감지', facts: '사실 확인', 'joint-talk': '공동 협의', resolved: '해결', closed: '종료' },
    }),
    column('stateSince', '단계 시작일', 'date'),
    owner,
    column('fact', '사실', 'rich_text'),
    column('resolvedOn', '해결일', 'date'),
  ],
};

const contacts: NotionTable = {
  entity: 'contacts',
  title: '연락처',
  columns: [
    column('name', '이름', 'title'),
    partner,
    column('role', '역할', 'rich_text'),
    column('side', '소속', 'select', { labels: SIDES }),
    column('status', '재직', 'select', { labels: { active: '재직', 'on-leave': '휴직', left: '퇴사' } }),
    column('lastContact', '최근 연락', 'date'),
    column('sponsor', '책임 임원', 'checkbox'),
  ],
};

const interactions: NotionTable = {
  entity: 'interactions',
  title: '교류 기록',
  columns: [
    column('title', '제목', 'title'),
    { ...partner, syncedAs: '교류 기록' },
    column('date', '날짜', 'date'),
    column('type', '성격', 'select', { labels: { formal: '공식', informal: '비공식' } }),
    column('channel', '채널', 'rich_text'),
    column('tone', '분위기', 'select', { labels: { positive: '긍정', neutral: '중립', negative: '부정' } }),
    column('direction', '방향', 'select', { labels: { inbound: '수신', outbound: '발신', 'two-way': '양방향' } }),
    column('note', '메모', 'rich_text'),
  ],
};

const agreements: NotionTable = {
  entity: 'agreements',
  title: '계약',
  columns: [
    column('name', '계약', 'title'),
    partner,
    column('kind', '종류', 'select', {
      labels: { contract: '계약서', nda: '비밀유지계약', insurance: '보험', certificate: '인증서' },
    }),
    column('start', '계약 기간', 'date', { until: 'end' }),
    column('noticeDays', '통보 기한(일)', 'number'),
    column('autoRenew', '자동 갱신', 'checkbox'),
    column('status', '상태', 'select', { labels: { draft: '협상 중', signed: '체결', terminated: '해지' } }),
    column('decision', '갱신 결정', 'select', { labels: DECISIONS }),
    column('decidedOn', '결정일', 'date'),
    column('value', '금액(백만원)', 'rich_text'),
  ],
};

const tasks: NotionTable = {
  entity: 'tasks',
  title: '할 일',
  columns: [
    column('title', '할 일', 'title'),
    column('due', '마감일', 'date'),
    column('assignee', '담당', 'people'),
    column('status', '상태', 'status', { labels: { todo: '시작 전', doing: '진행 중', done: '완료' } }),
    partner,
    column('kind', '종류', 'rich_text'),
    column('note', '메모', 'rich_text'),
    column('key', 'Tandem key', 'rich_text'),
    column('stamp', 'Tandem', 'rich_text'),
    column('snoozeUntil', '미루기', 'date'),
  ],
};

export const KOREAN_TABLES: readonly NotionTable[] = [
  partnerships,
  kpis,
  measurements,
  milestones,
  reviews,
  actions,
  risks,
  issues,
  contacts,
  interactions,
  agreements,
  tasks,
];
