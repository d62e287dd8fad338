/**
 * What teams call the columns of each field, in English and Korean, the commonest first: how `init` finds them. Names are
 * compared without case, spaces and punctuation, and without what stands in brackets at their end.
 */
import type { EntityName, FieldName } from '../../domain/entities.js';

type Names = { readonly [E in EntityName]: { readonly [F in FieldName<E>]: string } };

const partnership =
  'partner | partnership | partners | company | account | 파트너사 | 파트너 | 파트너십 | 협력사 | 제휴사 | 업체';
const owner =
  'owner | responsible | person in charge | assignee | manager | lead | 담당자 | 담당 | 책임자 | 오너 | 담당 매니저';
const side = 'side | whose | party | responsibility side | 주체 | 소속 | 측 | 당사자 | 구분';
const kind = 'kind | type | category | 종류 | 유형 | 구분 | 분류';
const state = 'state | status | stage | progress status | 상태 | 진행 | 진행 상태 | 현황 | 진행 현황';
const due = 'due | due date | deadline | due on | by | 기한 | 마감일 | 마감 | 예정일 | 완료 예정일 | 목표일';
const doneOn =
  'done on | completed on | completed | finished on | done | completion date | 완료일 | 종료일 | 실제 완료일';
const openedOn =
  'opened on | opened | raised on | logged on | registered on | created on | 등록일 | 접수일 | 발생일 | 작성일';
const weight = 'weight | weighting | 가중치 | 비중';
const satisfaction = 'satisfaction | csat | satisfaction score | overall satisfaction | 만족도 | 전반 만족도 | 만족';
const communication = 'communication | communication quality | 소통 | 커뮤니케이션 | 소통 만족도 | 소통 품질';
const problemResponse =
  'problem response | issue response | problem solving | responsiveness | 문제 대응 | 문제 해결 | 문제 대응력';
const trust = 'trust | trust score | 신뢰 | 신뢰도';
const noticeDays =
  'notice days | notice | notice period | days of notice | 통보 기한 | 통지 기한 | 해지 통보일 | 통보 일수';
const autoRenew = 'auto renew | automatic renewal | auto renewal | renews automatically | 자동 갱신 | 자동 연장';
const renewal = 'renewal | renewal decision | decision | next term | 갱신 결정 | 갱신 여부 | 갱신 | 재계약 결정';
const key = 'tandem key | td key';

export const FIELD_NAMES: Names = {
  partnerships: {
    name: 'partner | partner name | name | partnership | company | 파트너사 | 파트너명 | 파트너 | 협력사 | 제휴사 | 업체명 | 이름',
    code: 'partner code | code | partner id | short code | 코드 | 파트너 코드 | 협력사 코드 | 파트너 번호',
    owner: `owner | partner manager | partnership manager | account manager | relationship owner | ${owner}`,
    backupOwner:
      'backup owner | backup | deputy | stand-in | second owner | 부담당자 | 대리 담당자 | 부담당 | 백업 담당자',
    sponsor: 'sponsor | executive sponsor | exec sponsor | 스폰서 | 책임 임원 | 임원 스폰서',
    lead: 'team lead | lead | head | escalation | 팀장 | 리드 | 상위 책임자',
    type: 'partnership type | type | partner type | category | kind | 협력 유형 | 파트너 유형 | 제휴 유형 | 유형 | 분류 | 구분',
    tier: 'tier | partner tier | segment | grade | priority | 등급 | 파트너 등급 | 티어 | 중요도',
    stage: 'stage | lifecycle stage | life cycle | phase | 단계 | 협력 단계 | 관계 단계',
    stageSince: 'stage since | in stage since | stage entered | 단계 시작일 | 단계 진입일',
    start:
      'partner since | start | start date | since | contract start | 협력 시작일 | 시작일 | 계약 시작일 | 계약 시작 | 체결일',
    end: 'end | end date | contract end | expires | expiry | expiry date | term end | renewal date | 계약 만료일 | 계약 종료일 | 계약 종료 예정일 | 만료일 | 종료일',
    autoRenew,
    noticeDays,
    renewalDecision: renewal,
    reviewCadence:
      'review rhythm | review cadence | review frequency | review cycle | cadence | 점검 주기 | 리뷰 주기 | 검토 주기 | 회의 주기',
    lastReview:
      'last review | last reviewed | last qbr | previous review | 최근 리뷰 | 최근 점검일 | 마지막 리뷰 | 최근 검토일',
    nextReview: 'next review | next qbr | review due | 다음 리뷰 | 다음 점검일 | 차기 리뷰 | 다음 검토일',
    lastBriefing: 'last briefing | last update sent | 최근 브리핑 | 마지막 브리핑 | 최근 보고일',
    briefingCadence: 'briefing cadence | briefing rhythm | 브리핑 주기 | 보고 주기',
    lastContact:
      'last contact | last touch | last contacted | last spoken | 최근 연락 | 최근 연락일 | 마지막 연락 | 최근 접촉일 | 최근 미팅일 | 최근 미팅',
    satisfaction,
    profile: 'profile complete | profile completeness | profile | 프로필 완성도 | 프로필',
    businessModel: 'business model | 비즈니스 모델 | 사업 모델 | 수익 모델',
    market: 'market | target market | 시장 | 목표 시장 | 주요 시장',
    decisionStructure: 'decision structure | decision making | decision makers | 의사결정 구조 | 의사 결정 구조',
    coreValues: 'core values | values | 핵심 가치 | 가치관',
    priorities: 'priorities | strategic priorities | goals | 우선순위 | 우선 과제 | 전략 과제',
    profileReviewBy: 'profile review by | review profile by | 프로필 재검토일 | 프로필 점검일',
    esg: 'esg checklist | esg | esg score | esg 점검 | esg 점수 | esg 체크리스트',
    esgEvidenceUntil: 'esg evidence until | esg valid until | esg expiry | esg 증빙 만료일 | esg 유효 기간',
    language: 'language | partner language | 언어 | 사용 언어',
    holidays: 'holidays | public holidays | country | countries | 공휴일 | 국가 | 휴일 국가',
    overrideStatus: 'our call | override | override status | manual status | 수동 판단 | 수동 상태 | 직접 판단',
    overrideReason:
      'our call: why | override reason | manual status reason | 수동 판단 사유 | 수동 상태 사유 | 직접 판단 이유',
    overrideUntil:
      'our call: until | override until | manual status until | 수동 판단 기한 | 수동 상태 기한 | 직접 판단 기한',
    muted: 'no reminders | muted | mute | do not remind | 알림 끄기 | 알림 제외 | 리마인더 끄기',
  },
  kpis: {
    name: 'kpi | name | metric | goal | objective | indicator | kpi 이름 | 지표 | 지표명 | 성과 지표 | 목표명 | 이름',
    partnership,
    status: state,
    kind: 'kind | kpi type | type | 구분 | 종류 | 지표 유형 | 유형',
    direction: 'direction | better | desired direction | 방향 | 방향성 | 목표 방향',
    accumulation:
      'adds up | accumulation | aggregation | calculation | how it adds up | 집계 | 집계 방식 | 합산 방식 | 누적 방식',
    baseline: 'baseline | base | start value | starting value | 기준값 | 기준치 | 시작값 | 기준',
    target: 'target | goal | target value | goal value | 목표 | 목표값 | 목표치',
    targetHigh: 'target high | upper target | target max | upper bound | 목표 상한 | 상한 | 목표 최댓값',
    actual:
      'actual | actual value | current | current value | result | value | 실적 | 실적값 | 현재값 | 달성값 | 달성 | 현재 실적',
    numerator: 'numerator | 분자',
    denominator: 'denominator | 분모',
    plan: 'monthly plan | plan by month | planned by month | 월별 계획 | 월간 계획 | 월별 목표',
    unit: 'unit | units | uom | 단위',
    scale: 'percent stored as | percent format | percentage scale | 퍼센트 저장 방식 | 퍼센트 표기',
    start: 'start | start date | period start | from | 시작일 | 기간 시작 | 시작',
    end: 'end | end date | period end | until | due | 종료일 | 기간 종료 | 마감일 | 종료',
    weight,
    critical: 'critical | key kpi | must have | 핵심 지표 | 핵심 | 필수 지표',
    commitment: 'commitment | commitment level | 약속 수준 | 확약 수준 | 목표 수준',
    horizon: 'horizon | time horizon | period type | 목표 기간 | 기간 구분',
    perspective: 'perspective | scorecard perspective | area | 관점 | bsc 관점 | 영역',
    owner,
    measuredOn:
      'measured on | as of | last measured | measurement date | updated on | 측정일 | 실적 기준일 | 기준일 | 최근 측정일',
    cadence:
      'measured | measurement cadence | measuring rhythm | update frequency | frequency | 측정 주기 | 갱신 주기 | 집계 주기',
    relevance: 'rationale | relevance | why it matters | description | 설명 | 중요한 이유 | 목적 | 선정 이유',
    source: 'source | data source | where from | 출처 | 데이터 출처',
  },
  measurements: {
    kpi: 'kpi | metric | indicator | goal | 지표 | 성과 지표',
    date: 'date | measured on | day | measurement date | 측정일 | 날짜 | 일자 | 기준일',
    value: 'value | reading | actual | result | 값 | 측정값 | 실적',
    numerator: 'numerator | 분자',
    denominator: 'denominator | 분모',
    unit: 'unit | units | 단위',
  },
  milestones: {
    name: 'milestone | name | deliverable | 마일스톤 | 이름 | 산출물 | 과제',
    partnership,
    kind,
    due,
    originalDue:
      'first due | original due | original due date | baseline due | planned date | 최초 기한 | 최초 예정일 | 당초 기한 | 원래 기한',
    moves: 'moves | times moved | number of moves | 변경 횟수 | 연기 횟수 | 기한 변경 횟수',
    doneOn,
    status: state,
    progress: 'progress | percent complete | complete | percent done | 진행률 | 진척률 | 진행도',
    weight,
    owner,
    side,
    blockedBy: 'blocked by | depends on | waiting for | 선행 작업 | 선행 마일스톤 | 의존',
    kpi: 'kpi | kpis | 지표',
    riskPlan: 'risk plan | contingency | plan b | 지연 대응 계획 | 대응 계획 | 비상 계획',
    decisionDate: 'decision date | decide on | 결정일 | 판단일',
  },
  reviews: {
    partnership,
    name: 'review | name | meeting | title | 리뷰 | 이름 | 회의 | 회의명 | 제목',
    kind,
    plannedOn: 'planned for | planned on | scheduled for | planned date | 예정일 | 계획일 | 리뷰 예정일',
    heldOn: 'held on | held | date | meeting date | 실시일 | 진행일 | 개최일 | 회의일',
    status: state,
    actionCount: 'actions | action count | number of actions | action items | 실행 항목 수 | 액션 수 | 후속 조치 수',
    satisfaction,
    communication,
    problemResponse,
    trust,
    side: 'view of | view | whose view | perspective | side | 관점 | 평가 주체 | 응답자 | 주체',
  },
  actions: {
    name: 'action | name | action item | task | promise | 실행 항목 | 액션 | 후속 조치 | 할 일 | 약속 | 이름',
    partnership,
    review: 'review | meeting | 리뷰 | 회의',
    issue: 'issue | 이슈',
    feedback: 'feedback | 피드백',
    openedOn,
    kind,
    side,
    owner,
    due,
    doneOn,
    status: state,
    effectVerified: 'effect verified | effect checked | verified | 효과 확인 | 효과 검증',
  },
  risks: {
    name: 'risk | name | title | 리스크 | 위험 | 위험 요인 | 이름',
    partnership,
    likelihood: 'likelihood | probability | chance | 가능성 | 발생 가능성 | 확률',
    impact: 'impact | effect | consequence | 영향 | 영향도 | 파급력',
    residualLikelihood: 'residual likelihood | likelihood after | 잔여 가능성 | 잔여 발생 가능성',
    residualImpact: 'residual impact | impact after | 잔여 영향 | 잔여 영향도',
    owner,
    plan: 'plan | mitigation | mitigation plan | response | treatment | 대응 계획 | 대응 방안 | 완화 계획 | 조치 계획',
    planDue: 'plan due | mitigation due | due | deadline | 대응 기한 | 조치 기한 | 기한',
    openedOn,
    triggerOn: 'trigger on | may strike from | expected from | 발현 예상일 | 예상 발생일',
    reviewedOn: 'reviewed on | last reviewed | 검토일 | 최근 검토일',
    reviewBy: 'look again | review by | next review | review on | 재검토일 | 다음 검토일 | 재점검일',
    acceptedUntil: 'accepted until | acceptance expires | 수용 기한',
    status: state,
  },
  issues: {
    name: 'issue | name | title | conflict | dispute | 이슈 | 갈등 | 문제 | 이름',
    partnership,
    severity: 'severity | priority | level | 심각도 | 중요도 | 등급',
    openedOn,
    state: 'state | stage | status | step | 단계 | 상태 | 진행 단계 | 진행 상태',
    stateSince: 'state since | stage since | in stage since | 단계 시작일 | 단계 진입일',
    owner,
    decider: 'decider | decision maker | decides | 결정권자 | 의사결정자',
    fact: 'fact | facts | what happened | 사실 | 사실 관계 | 내용',
    cause: 'cause | root cause | why | 원인 | 근본 원인',
    causeTag: 'cause tag | cause type | kind of cause | 원인 분류 | 원인 유형',
    impact: 'impact | effect | 영향',
    proposal: 'proposal | proposed solution | solution | 제안 | 해결 방안 | 해결안',
    evidence: 'evidence | proof | link | 근거 자료 | 증빙 | 증거',
    mediator: 'mediator | third party | 중재자 | 조정자',
    mediationClause: 'mediation clause | clause | 조정 조항 | 중재 조항',
    acknowledgedOn: 'acknowledged on | acknowledged | 확인일 | 인지일',
    resolvedOn: 'resolved on | resolved | closed on | 해결일 | 종결일',
    lesson: 'lesson | lessons learned | lesson learnt | 교훈 | 배운 점',
  },
  decisions: {
    name: 'decision | name | title | approval | request | 의사결정 | 결정 | 결재 | 안건 | 이름',
    partnership,
    requestedOn: 'requested on | asked on | submitted on | 요청일 | 상신일 | 제출일',
    requestedBy: 'requested by | asked by | requester | 요청자 | 상신자',
    approver: 'approver | decides | decision maker | 승인자 | 결재자 | 결정권자',
    stage: 'stage | approval stage | step | 단계 | 결재 단계 | 승인 단계',
    stageSince: 'stage since | in stage since | 단계 시작일 | 단계 진입일',
    decidedOn: 'decided on | approved on | decision date | 결정일 | 승인일',
    rationale: 'rationale | reason | why | 근거 | 결정 사유 | 사유',
    status: 'status | state | 상태 | 결과 | 승인 상태',
    reviewBy: 'review by | look again | 재검토일 | 검토 기한',
    reviewedOn: 'reviewed on | last reviewed | 검토일 | 최근 검토일',
    expiresOn: 'expires on | valid until | until | 만료일 | 유효 기한',
  },
  contacts: {
    name: 'name | contact | person | full name | 이름 | 연락처 | 성명 | 담당자명',
    partnership,
    role: 'role | title | position | job title | 역할 | 직책 | 직함 | 직위',
    side: 'side | whose | organisation | 소속 | 측 | 주체',
    status: 'state | status | active | 재직 | 상태 | 재직 상태',
    lastContact: 'last contact | last contacted | last spoken | 최근 연락 | 최근 연락일 | 마지막 연락',
    sponsor: 'sponsor | executive sponsor | 책임 임원 | 스폰서',
  },
  interactions: {
    partnership,
    date: 'date | day | when | on | 날짜 | 일자 | 교류일 | 접촉일',
    type: 'type | kind | 성격 | 유형 | 구분 | 종류',
    channel: 'channel | medium | by | 채널 | 수단 | 방식',
    tone: 'tone | mood | sentiment | 분위기 | 어조 | 감정',
    direction: 'direction | 방향',
    twoWay: 'two-way | two way | both spoke | 양방향 | 쌍방',
    respondedOn: 'responded on | answered on | replied on | 답변일 | 회신일 | 응답일',
  },
  feedback: {
    partnership,
    date: 'date | received on | day | 날짜 | 접수일 | 일자',
    side: 'side | view of | from | 주체 | 관점 | 응답자',
    kind,
    satisfaction,
    communication,
    problemResponse,
    trust,
    answeredOn: 'answered on | replied on | responded on | 답변일 | 회신일',
  },
  roles: {
    function: 'function | role | area | responsibility | 기능 | 역할 | 업무 | 업무 영역',
    partnership,
    responsible: 'responsible | does it | owner | r | 실무 담당 | 담당자 | 실행 책임',
    accountable: 'accountable | answers for it | a | 최종 책임 | 책임자',
    theirPerson: 'their person | counterpart | partner contact | 상대 담당자 | 파트너 담당자',
    reviewBy: 'review by | look again | 재검토일 | 검토 기한',
  },
  agreements: {
    partnership,
    name: 'agreement | contract | name | document | title | 계약 | 계약명 | 협약 | 문서 | 이름',
    kind,
    start: 'start | start date | effective from | valid from | 시작일 | 계약 시작일 | 발효일 | 체결일',
    end: 'end | end date | expires | expiry | valid until | 종료일 | 만료일 | 계약 만료일 | 계약 종료일',
    noticeDays,
    autoRenew,
    status: 'state | status | 상태 | 계약 상태 | 체결 상태',
    decision: renewal,
    decidedOn: 'decided on | decision date | 결정일 | 갱신 결정일',
    value: 'value | amount | contract value | 금액 | 계약 금액 | 계약 규모',
  },
  tasks: {
    title: 'task | title | name | to do | todo | 할 일 | 제목 | 과제 | 업무 | 이름',
    key,
    stamp: 'tandem | tandem stamp',
    due: 'due | due date | deadline | date | 마감일 | 기한 | 마감 | 예정일',
    assignee: `assignee | assigned to | who | ${owner}`,
    partnership,
    kind,
    status: state,
    note: 'note | notes | description | details | 메모 | 비고 | 설명 | 내용',
    snoozeUntil: 'snooze until | snooze | not before | 미루기 | 알림 미루기 | 보류일',
  },
  history: {
    partnership,
    key,
    date: 'date | day | week | snapshot date | 날짜 | 기준일 | 일자',
    health: 'health | health score | 건강 점수 | 건강도',
    performance: 'performance | performance score | 성과 점수 | 성과',
    trust: 'trust | trust score | 신뢰 점수 | 신뢰',
    status: 'status | state | 상태 | 진행 상태',
  },
};

/** A column that holds both ends of a term. */
export const PERIOD_NAMES =
  'period | term | contract period | contract term | dates | 기간 | 계약 기간 | 협력 기간 | 목표 기간 | 유효 기간';

/** A column of another tool that holds the code of the partner. */
export const LINK_NAMES =
  'partner code | partner id | code | partner | 파트너 코드 | 협력사 코드 | 코드 | 파트너사 | 파트너';
