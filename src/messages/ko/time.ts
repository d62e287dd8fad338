import { type RuleWords, wordsIn } from '../words.js';
import { dayOf, quoted, renews } from './phrases.js';

const EVIDENCE: Readonly<Record<string, string>> = {
  sponsor: '책임 임원',
  risks: '초기 리스크 목록',
  profile: '파트너 프로필',
  owner: '담당자',
  roles: '역할 명세',
  goals: '목표',
  agreement: '계약',
  cadence: '리뷰 주기',
  improvement: '개선 과제',
  review: '리뷰',
};

export const time = {
  'decide-by': {
    flag: '갱신 결정 필요',
    says: (params) =>
      `${dayOf(params, 'date')}까지 갱신 여부 결정 필요(통지 기한 ${dayOf(params, 'deadline')}${renews(params, ', 자동 갱신 계약')})`,
    about: '통지 기한 전에 갱신 여부를 정해야 하는 날이 다가왔거나 지난 상태',
    next: '갱신·재협상·종료 여부를 결정하고 기록',
  },
  'notice-passed': {
    flag: '통지 기한 경과',
    says: (params) =>
      `통지 기한(${dayOf(params, 'deadline')})이 지났으나 갱신 여부 미결정${renews(params, ', 자동 갱신 대상')}`,
    about: '통지 기한이 지났으나 갱신 여부가 결정되지 않은 상태',
    next: '파트너와 다음 계약 기간을 협의하고 결정 기록',
  },
  'certificate-expiring': {
    flag: '증빙 만료',
    says: (params) =>
      `${quoted(params, 'agreement')} ${params.expired === 1 ? `기한(${dayOf(params, 'date')}) 만료` : `${dayOf(params, 'date')} 만료 예정`}`,
    about: '비밀유지계약·보험·인증서가 만료되며 같은 종류의 유효한 문서가 없는 상태',
    next: '갱신을 요청하고 새 만료일 입력',
  },
  'period-ends-without-next': {
    flag: '다음 기간 목표 없음',
    says: (params) => `${dayOf(params, 'date')} 종료되는 KPI의 다음 기간 목표 없음`,
    about: '이번 기간 목표가 끝나는데 다음 기간 목표가 없는 상태',
    next: '최근 리뷰 결과를 반영해 다음 기간 목표 수립',
  },
  'stage-stalled': {
    flag: '단계 정체',
    says: (params) => `${dayOf(params, 'date')} 이후 협력 단계 변화 없음`,
    about: '협력 단계가 정해진 기간보다 오래 바뀌지 않은 상태',
    next: '다음 단계에 필요한 것을 정리하거나 종료 결정',
  },
  'notice-unknown': {
    flag: '통지 기간 미확인',
    says: (params) => `${quoted(params, 'agreement')} ${dayOf(params, 'end')} 자동 갱신 예정이나 통지 기간 기록 없음`,
    about: '자동 갱신 계약이나 해지 통지 기간이 기록되지 않은 상태',
    next: '계약서에서 통지 기간을 확인하고 입력',
  },
  'stage-evidence-missing': {
    flag: '단계 요건 미비',
    says: (params) => `현재 단계에 필요한 ${wordsIn(params, 'missing', EVIDENCE).join('·')} 없음`,
    about: '현재 협력 단계에 필요한 요건이 갖춰지지 않은 상태',
    next: '빠진 요건을 보완하거나 이전 단계로 조정',
  },
} as const satisfies Readonly<Record<string, RuleWords>>;
