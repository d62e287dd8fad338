import { dayIn, type RuleWords } from '../words.js';
import { dayOf, quoted } from './phrases.js';

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
    says: (params) => `의사결정 ${quoted(params, 'decision')} ${dayOf(params, 'date')} 요청 후 미결정`,
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
} as const satisfies Readonly<Record<string, RuleWords>>;
