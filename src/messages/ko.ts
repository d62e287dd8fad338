import type { DataIssue } from '../domain/snapshot.js';
import { conflict } from './ko/conflict.js';
import { delivery } from './ko/delivery.js';
import { explain } from './ko/explain.js';
import { governance } from './ko/governance.js';
import { kpi } from './ko/kpi.js';
import { forecast, kpiConflicts, kpiParts, kpiReasons } from './ko/kpi-reasons.js';
import { day, quoted } from './ko/phrases.js';
import { playbooks } from './ko/playbooks.js';
import { portfolio } from './ko/portfolio.js';
import { relationship } from './ko/relationship.js';
import { risk } from './ko/risk.js';
import { closed, tasks } from './ko/tasks.js';
import { time } from './ko/time.js';
import { josa, withJosa } from './korean.js';
import { nameIn, type Words } from './words.js';

const property = (issue: DataIssue): string => `‘${issue.property ?? ''}’`;

export const ko: Words = {
  day,
  rules: { ...kpi, ...delivery, ...risk, ...conflict, ...relationship, ...governance, ...time },
  labels: {
    partnershipStatus: { 'on-track': '순조', watch: '주의', 'at-risk': '위험', 'insufficient-data': '데이터 부족' },
    kpiStatus: {
      'too-early': '시작 단계',
      'on-track': '순조',
      behind: '지연',
      'at-risk': '위험',
      achieved: '달성',
      partly: '일부 달성',
      missed: '미달',
      'not-computable': '계산 불가',
    },
    milestoneStatus: { upcoming: '예정', 'due-soon': '임박', overdue: '지연', done: '완료' },
    riskLevel: { none: '없음', low: '낮음', medium: '보통', high: '높음', critical: '심각' },
    confidence: { high: '높음', medium: '보통', low: '낮음' },
    taskStatus: { todo: '할 일', doing: '진행 중', done: '완료', dropped: '안 함' },
  },
  kpiReasons,
  forecast,
  kpiParts,
  kpiConflicts,
  dimensions: { performance: '성과', delivery: '실행', trust: '신뢰', strategic: '전략·ESG' },
  entities: {
    partnerships: '파트너십',
    kpis: 'KPI',
    measurements: 'KPI 측정값',
    milestones: '마일스톤',
    reviews: '리뷰',
    actions: '실행 과제',
    risks: '리스크',
    issues: '이슈',
    decisions: '의사결정',
    contacts: '담당자 연락처',
    interactions: '소통 기록',
    feedback: '피드백',
    roles: '역할',
    agreements: '계약',
    tasks: '할 일',
    history: '이력',
  },
  tasks,
  playbooks,
  closed: { ...closed, other: '사유가 해소됨' },
  closedOn: (given, sentence) => `Tandem 자동 종료(${day(given)}): ${sentence}`,
  dataIssues: {
    'unknown-label': (issue) =>
      `${property(issue)}의 값 ${withJosa(quoted(issue.params, 'found'), '은/는')} 뜻을 알 수 없음: 설정의 values에 추가 필요`,
    'not-a-number': (issue) =>
      `${property(issue)}의 값 ${withJosa(quoted(issue.params, 'found'), '은/는')} 숫자가 아님`,
    'not-a-date': (issue) => `${property(issue)}의 값 ${withJosa(quoted(issue.params, 'found'), '은/는')} 날짜가 아님`,
    'not-a-plan': (issue) =>
      `${property(issue)}의 값 ${withJosa(quoted(issue.params, 'found'), '은/는')} 월별 계획으로 읽을 수 없음: ‘1월 100, 2월 120’ 형식이나 달마다 값 하나씩 입력 필요`,
    'not-readable': (issue) => `${property(issue)} 값을 읽을 수 없음(${nameIn(issue.params, 'found')})`,
    'ambiguous-scale': (issue) => `${property(issue)}에 비율과 퍼센트가 섞여 있음: 단위 지정 필요`,
    'required-empty': (issue) => `필수 항목 ${withJosa(property(issue), '이/가')} 비어 있음`,
    'link-broken': (issue) => `${property(issue)}에 연결된 행을 찾을 수 없음(${issue.params.count ?? 1}개)`,
    'code-unmatched': (issue) => `${property(issue)}의 코드 ${quoted(issue.params, 'found')}에 해당하는 파트너십 없음`,
    'code-spelling': (issue) =>
      `${property(issue)}의 코드 ${quoted(issue.params, 'found')}에 해당하는 파트너십 없음: 표기가 비슷한 ${quoted(issue.params, 'near')} 확인`,
    'code-doubled': (issue) => `코드 ${withJosa(quoted(issue.params, 'found'), '이/가')} 여러 파트너십에 중복됨`,
    'name-doubled': (issue) => `이름 ${withJosa(quoted(issue.params, 'found'), '이/가')} 여러 파트너십에 중복됨`,
    'key-copied': () => '할 일의 사본: 원본만 최신으로 유지함',
    'property-missing': (issue) =>
      `${property(issue)} 속성을 찾을 수 없음${nameIn(issue.params, 'near') === '' ? '' : `: ${withJosa(quoted(issue.params, 'near'), '을/를')} 뜻했는지 확인 필요`}`,
    'property-type': (issue) => `${property(issue)}(${nameIn(issue.params, 'type')})에는 해당 값을 쓸 수 없음`,
    'label-missing': (issue) => `${property(issue)}에 ${quoted(issue.params, 'value')}에 해당하는 옵션 없음`,
    'text-cut': (issue) => `${property(issue)} 길이에 맞추어 글을 줄임`,
    'assignee-refused': (issue) => `${property(issue)}에 지정할 수 없는 사람이라 비워 둠`,
    'assignee-missing': (issue) => `${quoted(issue.params, 'title')} 담당자 없음: 파트너십 담당자 지정 필요`,
    'edited-by-hand': (issue) => `직접 수정된 ${withJosa(property(issue), '을/를')} 계산 값으로 되돌림`,
    'summary-differs': (issue) => `${property(issue)} 값이 하위 행과 다름: 하위 행을 기준으로 함`,
    'row-trashed': () => '휴지통에 있는 행',
    'task-vanished': () => '할 일이 사라졌으며 휴지통에도 없음',
  },
  changes: {
    'status-changed': '상태 변경',
    'assessment-updated': '평가 갱신',
    'set-back': '직접 수정된 값을 계산 값으로 되돌림',
    'task-due': '할 일 생성',
    'task-promoted': '초안 할 일 완성',
    'task-moved': '할 일 갱신',
    'task-closed': '할 일 종료',
    'week-kept': '주간 점수 기록',
  },
  explain,
  portfolio,
  statusChanged: (label) => `상태를 ‘${label}’${josa(label, '으로/로')} 변경`,
  why: {
    override: (reason, until, computed) =>
      `담당자 지정${until === undefined ? '' : `(${day(until)}까지)`}${reason === '' ? '' : `: ${reason}`} · 계산 결과: ${computed}`,
    frozen: (entities) => `판단 보류: 다 읽지 못한 표 있음(${entities.join(', ')})`,
    insufficient: '측정된 데이터가 부족하여 판단 보류',
    outdated: '최신 KPI 수치가 부족하여 순조로 판단할 수 없음',
    weak: (dimensions) => `취약 영역: ${dimensions.join(', ')}`,
    more: (count) => `외 ${count}건`,
    held: (label, edge, rising) =>
      `건강 점수 ${edge}점 ${rising ? '이상' : '미만'}이면 ‘${label}’${josa(label, '으로/로')} 변경`,
    fine: '주의할 신호 없음',
  },
};
