import type { Params } from '../../domain/assessment.js';
import { dayIn, nameIn, type RuleWords, wordsIn } from '../words.js';
import { dayOf, quoted } from './phrases.js';

const PARTS: Readonly<Record<string, string>> = {
  responsible: '실무 담당',
  accountable: '책임자',
  theirPerson: '상대측 담당',
};
const missingOf = (params: Params): string => wordsIn(params, 'missing', PARTS).join('·');

export const governance = {
  'review-overdue': {
    flag: '리뷰 기한 경과',
    says: (params) =>
      dayIn(params, 'lastHeld') === undefined
        ? `첫 리뷰 기한(${dayOf(params, 'date')}) 경과`
        : `정기 리뷰 기한(${dayOf(params, 'date')}) 경과, 직전 리뷰 ${dayOf(params, 'lastHeld')}`,
    about: '주기에 따른 정기 리뷰를 진행하지 않은 상태',
    next: '파트너와 일정을 정해 리뷰 진행',
  },
  'review-due': {
    flag: '리뷰 임박',
    says: (params) =>
      params.planned === 1 ? `${dayOf(params, 'date')} 정기 리뷰 예정` : `${dayOf(params, 'date')}까지 정기 리뷰 필요`,
    about: '정기 리뷰 기한이 다가온 상태',
    next: 'KPI 현황, 지연 마일스톤, 미해소 리스크, 지난 실행 과제 준비',
  },
  'review-without-actions': {
    flag: '실행 과제 없는 리뷰',
    says: (params) => `${dayOf(params, 'date')} 리뷰 후 실행 과제 없음`,
    about: '직전 리뷰에서 실행 과제가 나오지 않은 상태',
    next: '합의한 내용을 담당자·기한과 함께 기록',
  },
  'decision-waiting': {
    flag: '의사결정 지연',
    says: (params) =>
      `의사결정 ${quoted(params, 'decision')} ${params.stage === undefined ? `${dayOf(params, 'date')} 요청 후 미결정` : `${dayOf(params, 'date')} 이후 ‘${nameIn(params, 'stage')}’ 단계 대기`}`,
    about: '요청된 의사결정이 결정도 보류도 되지 않은 상태',
    next: '결정하거나 기한을 정해 보류',
  },
  'decision-without-rationale': {
    flag: '결정 사유 없음',
    says: (params) => `의사결정 ${quoted(params, 'decision')} 사유 기록 없음`,
    about: '최근 결정에 사유가 남아 있지 않은 상태',
    next: '기억이 분명할 때 결정 사유를 한 문장으로 기록',
  },
  'decision-expired': {
    flag: '임시 결정 만료',
    says: (params) => `임시 결정 ${quoted(params, 'decision')} 기한(${dayOf(params, 'date')}) 만료`,
    about: '임시 결정이 기한을 넘겼으나 확정되지 않은 상태',
    next: '추인·철회하거나 새 기한으로 연장',
  },
  'owner-missing': {
    flag: '담당자 없음',
    says: () => '담당자 미지정',
    about: '우리측 담당자가 지정되지 않은 상태',
    next: '담당자 지정',
  },
  'decision-without-approver': {
    flag: '결정권자 없음',
    says: (params) => `의사결정 ${quoted(params, 'decision')} 결정권자 미지정`,
    about: '요청된 의사결정의 결정권자가 정해지지 않은 상태',
    next: '결정권자 지정',
  },
  'self-approval': {
    flag: '본인 승인',
    says: (params) =>
      params.pending === 1
        ? `의사결정 ${quoted(params, 'decision')} 요청자와 승인자가 같음`
        : `의사결정 ${quoted(params, 'decision')} 요청자 본인이 승인`,
    about: '요청한 사람이 스스로 승인하는 의사결정',
    next: '다른 사람의 검토를 받고 승인자 변경',
  },
  'decision-review-overdue': {
    flag: '결정 재검토 지연',
    says: (params) => `의사결정 ${quoted(params, 'decision')} 재검토 기한(${dayOf(params, 'date')}) 경과`,
    about: '결정을 다시 살펴보기로 한 날이 지난 상태',
    next: '결정이 여전히 유효한지 확인하고 다음 재검토일 지정',
  },
  'role-gap': {
    flag: '역할 누락',
    says: (params) => `역할 ${quoted(params, 'role')} ${missingOf(params)} 미지정`,
    about: '역할 명세에 실무 담당·책임자·상대측 담당 중 빠진 것이 있는 상태',
    next: '파트너와 함께 빠진 담당 지정',
  },
  'role-overlap': {
    flag: '역할 중복',
    says: (params) => `역할 ${quoted(params, 'role')} 책임자 ${params.count}명으로 중복`,
    about: '한 업무에 책임자가 둘 이상이라 책임이 불분명한 상태',
    next: '책임자를 한 명으로 정하고 나머지는 업무 분담',
  },
  'role-stale': {
    flag: '역할 재검토 지연',
    says: (params) => `역할 ${quoted(params, 'role')} 재검토 기한(${dayOf(params, 'date')}) 경과`,
    about: '역할 명세를 다시 살펴보기로 한 날이 지난 상태',
    next: '현재 업무와 맞는지 확인하고 다음 재검토일 지정',
  },
  'roles-missing': {
    flag: '역할 명세 없음',
    says: () => '역할 명세 없음',
    about: '진행 중인 파트너십에 역할 명세가 하나도 없는 상태',
    next: '주요 업무별로 양측 담당자를 정해 기록',
  },
  'evaluation-overdue': {
    flag: '평가 기한 경과',
    says: (params) =>
      dayIn(params, 'lastHeld') === undefined
        ? '파트너십 평가 이력 없음'
        : `정기 평가 기한(${dayOf(params, 'date')}) 경과, 직전 평가 ${dayOf(params, 'lastHeld')}`,
    about: '정기 파트너십 평가를 진행하지 않았거나 한 번도 하지 않은 상태',
    next: '양측 평가를 받아 차이가 큰 항목 협의',
  },
  'briefing-overdue': {
    flag: '브리핑 기한 경과',
    says: (params) => `정기 브리핑 기한(${dayOf(params, 'date')}) 경과`,
    about: '약속한 정기 브리핑을 하지 않은 상태',
    next: '직전 브리핑 이후의 진행 상황·위험·결정을 실패 사례까지 공유',
  },
} as const satisfies Readonly<Record<string, RuleWords>>;
