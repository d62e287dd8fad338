import type { Params } from '../../domain/assessment.js';
import { dayIn, type RuleWords, wordsIn } from '../words.js';
import { dayOf, quoted } from './phrases.js';

/** 미해결 이슈에서 늦어진 것. */
function missed(params: Params): string {
  if (dayIn(params, 'by') !== undefined) {
    return `${params.missed === 'acknowledge' ? '접수 확인' : '해결'} 기한(${dayOf(params, 'by')}) 경과`;
  }
  return dayIn(params, 'opened') === undefined ? '미해결' : `미해결(${dayOf(params, 'opened')} 접수)`;
}

const GRADES: Readonly<Partial<Record<string, string>>> = { critical: '심각', high: '중대', low: '경미' };
const STATES: Readonly<Record<string, string>> = {
  sensed: '감지',
  facts: '사실 확인',
  'joint-talk': '공동 협의',
  sponsor: '임원 협의',
  mediation: '조정',
  resolved: '해결',
  recovering: '회복',
  closed: '종료',
};
const PARTS: Readonly<Record<string, string>> = {
  fact: '사실',
  cause: '원인',
  impact: '영향',
  proposal: '개선안',
  evidence: '근거',
  owner: '담당자',
  decider: '결정권자',
  mediator: '조정인',
  mediationClause: '조정 조항',
};
const STEPS: Readonly<Record<string, string>> & { readonly check: string } = {
  reconciliation: '관계 회복 미팅',
  prevention: '재발 방지 과제',
  check: '경과 점검',
};

/** The rung of the ladder a param names. */
export const stateOf = (params: Params, key: string): string => wordsIn(params, key, STATES)[0] ?? '';
const missingOf = (params: Params): string => wordsIn(params, 'missing', PARTS).join('·');

export const conflict = {
  'issue-open': {
    flag: '미해결 이슈',
    says: (params) => `${GRADES[String(params.grade)] ?? '일반'} 이슈 ${quoted(params, 'issue')} ${missed(params)}`,
    about: '심각도가 높은 미해결 이슈. 그 밖의 이슈는 접수 확인이나 해결 기한을 넘긴 경우',
    next: '파트너에게 접수를 알리고 결정권자와 해결 기한 합의',
  },
  'issue-stuck': {
    flag: '이슈 정체',
    says: (params) =>
      `이슈 ${quoted(params, 'issue')} ${dayOf(params, 'date')} 이후 ${stateOf(params, 'state')} 단계 정체, 다음 단계는 ${stateOf(params, 'to')}`,
    about: '이슈가 한 단계에 정해진 기간보다 오래 머문 상태',
    next: '다음 단계로 넘기거나 머무는 사유 기록',
  },
  'issue-incomplete': {
    flag: '이슈 사실 관계 미비',
    says: (params) =>
      params.opinion === 1
        ? `이슈 ${quoted(params, 'issue')} 의견뿐: ${missingOf(params)} 없음`
        : `이슈 ${quoted(params, 'issue')} ${missingOf(params)} 없음`,
    about: '사실·원인·영향·개선안·근거가 정리되지 않은 채 논의 중인 이슈. 사실과 근거가 없으면 의견으로 봄',
    next: '다음 협의 전에 파트너와 함께 빠진 항목 정리',
  },
  'issue-without-owner': {
    flag: '이슈 담당자 없음',
    says: (params) => `이슈 ${quoted(params, 'issue')} ${missingOf(params)} 미지정`,
    about: '담당자나 결정권자가 없는 미해결 이슈',
    next: '해결을 이끌 담당자와 결정권자 지정',
  },
  'mediation-unprepared': {
    flag: '조정 준비 미비',
    says: (params) => `이슈 ${quoted(params, 'issue')} ${missingOf(params)} 없음`,
    about: '임원 협의나 조정 단계에 올랐으나 조정인이나 계약상 조정 조항이 정해지지 않은 이슈',
    next: '파트너와 조정인을 합의하고 계약 조항 확인',
  },
  'issue-recurring': {
    flag: '이슈 재발',
    says: (params) => `원인 ${quoted(params, 'cause')} 반복 ${params.count}회, 최근 이슈 ${quoted(params, 'issue')}`,
    about: '반년 안에 같은 원인의 이슈가 다시 발생한 상태',
    next: '개별 건이 아닌 원인을 다루는 개선 과제를 담당자와 함께 등록',
  },
  'lesson-missing': {
    flag: '교훈 기록 없음',
    says: (params) => `이슈 ${quoted(params, 'issue')} 해결(${dayOf(params, 'date')}) 후 교훈 기록 없음`,
    about: '해결된 이슈에서 배운 점이 기록되지 않은 상태',
    next: '무슨 일이 있었고 무엇을 바꿨는지 두 문장으로 기록',
  },
  'recovery-step-missing': {
    flag: '관계 회복 단계 누락',
    says: (params) =>
      `이슈 ${quoted(params, 'issue')} 해결 후 ${STEPS[String(params.step)] ?? STEPS.check} 기한(${dayOf(params, 'date')}) 경과`,
    about: '중대한 이슈가 해결된 뒤 관계 회복 미팅, 재발 방지 과제, 경과 점검 중 하나가 기한을 넘긴 상태',
    next: '해당 단계를 진행하거나, 신뢰가 회복되었다면 이슈 종료',
  },
  'not-recovered': {
    flag: '관계 미회복',
    says: (params) =>
      params.again === undefined
        ? `이슈 ${quoted(params, 'issue')} 해결 후에도 신뢰 ${params.now}점(이전 ${params.before}점)`
        : `이슈 ${quoted(params, 'issue')} 원인이 ${quoted(params, 'again')}에서 재발`,
    about: '해결 후 석 달이 지났으나 같은 원인이 다시 발생했거나 신뢰가 이전 수준에 못 미치는 상태',
    next: '책임 임원 간 협의를 다시 열고 양측에 이득이 되는 공동 과제 기획',
  },
} as const satisfies Readonly<Record<string, RuleWords>>;
