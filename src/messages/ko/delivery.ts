import type { Params } from '../../domain/assessment.js';
import { type RuleWords, wordsIn } from '../words.js';
import { dayOf, quoted } from './phrases.js';

const PROMISE: Readonly<Partial<Record<string, string>>> = {
  us: '우리측 약속',
  them: '상대측 약속',
  both: '공동 약속',
};

const PARTS: Readonly<Record<string, string>> = {
  owner: '담당자',
  kpi: '연결 KPI',
  riskPlan: '리스크 대응 계획',
  due: '기한',
};
const missingOf = (params: Params): string => wordsIn(params, 'missing', PARTS).join('·');

export const delivery = {
  'milestone-overdue': {
    flag: '마일스톤 지연',
    says: (params) => `마일스톤 ${quoted(params, 'milestone')} 기한(${dayOf(params, 'date')}) 경과`,
    about: '마일스톤이 기한을 넘겼으나 완료도 취소도 되지 않은 상태',
    next: '완료일을 입력하거나 새 기한과 사유 합의',
  },
  'action-overdue': {
    flag: '실행 과제 지연',
    says: (params) =>
      `${PROMISE[String(params.side)] ?? '실행 과제'} ${quoted(params, 'action')} 기한(${dayOf(params, 'date')}) 경과`,
    about: '한쪽이 약속한 일이 기한을 넘긴 상태',
    next: '약속을 이행하거나 언제까지 이행할지 상대측에 오늘 안내',
  },
  'milestone-blocked': {
    flag: '선행 지연',
    says: (params) =>
      `마일스톤 ${quoted(params, 'milestone')}(${dayOf(params, 'date')} 기한) 선행 ${quoted(params, 'by')} 지연으로 대기`,
    about: '곧 기한인 마일스톤이 지연된 선행 마일스톤을 기다리는 상태',
    next: '양쪽 담당자와 우선순위를 정하고 필요하면 후행 일정 조정',
  },
  'milestone-moved': {
    flag: '마일스톤 재연기',
    says: (params) => `마일스톤 ${quoted(params, 'milestone')} 기한 ${params.count}회 변경`,
    about: '마일스톤 기한이 거듭 변경된 상태',
    next: '새 기한보다 지연 원인부터 확인',
  },
  'milestone-incomplete': {
    flag: '마일스톤 준비 미비',
    says: (params) => `마일스톤 ${quoted(params, 'milestone')} ${missingOf(params)} 없음`,
    about: '기한이 가까운 마일스톤에 담당자·연결 KPI·리스크 대응 계획이 빠진 상태',
    next: '기한 전에 빠진 항목 보완',
  },
  'pilot-undecided': {
    flag: '파일럿 미결정',
    says: (params) => `파일럿 ${quoted(params, 'milestone')} 결정 기한(${dayOf(params, 'date')}) 경과`,
    about: '파일럿의 지속 여부를 정하기로 한 날이 지난 상태',
    next: '지속·변경·중단을 결정하고 결과 기록',
  },
  'replan-needed': {
    flag: '일정 재검토 필요',
    says: (params) => `진행 중 마일스톤 ${params.count}건 가운데 ${params.late}건 지연`,
    about: '지연된 마일스톤이 많아 전체 일정을 그대로 두기 어려운 상태',
    next: '파트너와 전체 일정을 다시 보고 우선순위 조정',
  },
  'next-milestone-missing': {
    flag: '다음 마일스톤 없음',
    says: () => '예정된 마일스톤 없음',
    about: '진행 중인 파트너십에 앞으로 예정된 마일스톤이 없는 상태',
    next: '함께 이룰 다음 목표와 시점 합의',
  },
  'action-incomplete': {
    flag: '실행 과제 미비',
    says: (params) => `실행 과제 ${quoted(params, 'action')} ${missingOf(params)} 없음`,
    about: '진행 중인 실행 과제에 담당자나 기한이 없는 상태',
    next: '담당자 한 명과 기한 지정',
  },
  'improvement-stalled': {
    flag: '개선 과제 정체',
    says: (params) => `개선 과제 ${quoted(params, 'action')} ${dayOf(params, 'date')} 등록 후 미완료`,
    about: '등록된 지 오래된 개선 과제가 아직 끝나지 않은 상태',
    next: '이번 주에 첫 단계를 실행하거나 사유를 남기고 중단',
  },
  'effect-unverified': {
    flag: '개선 효과 미확인',
    says: (params) => `개선 과제 ${quoted(params, 'action')} 완료(${dayOf(params, 'date')}) 후 효과 미확인`,
    about: '완료된 개선 과제의 효과를 확인하지 않은 상태',
    next: '관련 지표를 비교하고 효과 확인 표시',
  },
  'loop-slow': {
    flag: '피드백 반영 지연',
    says: (params) => `피드백 접수 후 반영까지 중앙값 ${params.days}일(${params.count}건)`,
    about: '피드백이나 이슈가 실행으로 이어지기까지 오래 걸리는 상태',
    next: '가장 오래된 건이 어디에서 멈췄는지 확인',
  },
} as const satisfies Readonly<Record<string, RuleWords>>;
