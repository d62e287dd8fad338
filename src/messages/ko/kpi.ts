import type { Params } from '../../domain/assessment.js';
import type { GoalPart } from '../../domain/rules/goal.js';
import { dayIn, partsIn, type RuleWords } from '../words.js';
import { fault } from './kpi-reasons.js';
import { dayOf, quoted, reached } from './phrases.js';

const GOAL_PARTS: Readonly<Record<GoalPart, string>> = {
  owner: '담당자',
  target: '목표 값',
  period: '기간',
  baseline: '기준값',
  unit: '단위',
  relevance: '관련성',
  source: '출처',
  cadence: '측정 주기',
};

const goalParts = (params: Params): string =>
  partsIn(params)
    .map((part) => GOAL_PARTS[part])
    .join(', ');

export const kpi = {
  'kpi-at-risk': {
    flag: 'KPI 위험',
    says: (params) => `KPI ${quoted(params, 'kpi')} ${reached(params)}, 계획 대비 크게 미달`,
    about: 'KPI가 기간 대비 계획에 크게 못 미쳐 만회가 어려운 상태',
    next: '파트너와 만회 방안을 합의하거나 목표 재조정',
  },
  'kpi-behind': {
    flag: 'KPI 지연',
    says: (params) => `KPI ${quoted(params, 'kpi')} ${reached(params)}, 계획 대비 지연`,
    about: 'KPI가 기간 대비 계획보다 뒤처진 상태',
    next: '원인을 확인하고 담당자와 기한을 정한 실행 과제 등록',
  },
  'kpi-missed': {
    flag: 'KPI 미달',
    says: (params) =>
      dayIn(params, 'end') === undefined
        ? `KPI ${quoted(params, 'kpi')} ${reached(params)}로 목표 미달`
        : `KPI ${quoted(params, 'kpi')} ${dayOf(params, 'end')} 종료, ${reached(params)}로 목표 미달`,
    about: 'KPI 기간이 끝났으나 목표를 달성하지 못한 상태',
    next: '다음 리뷰에서 원인을 다루고 다음 기간 목표에 반영',
  },
  'kpi-not-computable': {
    flag: 'KPI 계산 불가',
    says: (params) => `KPI ${quoted(params, 'kpi')} 계산 불가: ${fault(params)}`,
    about: '진행 중인 KPI에 계산에 필요한 값이 빠진 상태',
    next: '빠진 항목 입력',
  },
  'kpi-stale': {
    flag: 'KPI 갱신 지연',
    says: (params) => `KPI ${quoted(params, 'kpi')} ${dayOf(params, 'date')} 이후 실적 갱신 없음`,
    about: 'KPI 실적이 측정 주기의 두 배 동안 갱신되지 않은 상태',
    next: '지표 담당자에게 최신 실적 요청',
  },
  'kpi-not-smart': {
    flag: '목표 항목 누락',
    says: (params) => `KPI ${quoted(params, 'kpi')} 목표 항목 누락: ${goalParts(params)}`,
    about: 'SMART 목표에 필요한 항목(담당자, 목표, 기간, 기준값, 단위, 관련성, 출처, 측정 주기) 중 빠진 것이 있는 상태',
    next: '파트너와 함께 빠진 항목 입력',
  },
  'kpi-one-sided': {
    flag: 'KPI 구성 편중',
    says: (params) =>
      params.kind === 'qualitative' ? '정성 KPI만 있고 정량 KPI 없음' : '정량 KPI만 있고 정성 KPI 없음',
    about: '파트너십의 KPI가 모두 정량이거나 모두 정성인 상태',
    next: '매출 옆에 만족도를 두듯 다른 종류의 KPI 추가',
  },
  'kpi-no-long-term': {
    flag: '장기 목표 없음',
    says: () => '반기 이내의 단기 목표뿐이며 장기 목표 없음',
    about: '파트너십에 반기보다 긴 목표가 없는 상태',
    next: '연간 또는 협력 기간 전체의 가치 목표 합의',
  },
} as const satisfies Readonly<Record<string, RuleWords>>;
