import type { RuleWords } from '../words.js';
import { dayOf, quoted } from './phrases.js';

export const risk = {
  'risk-critical': {
    flag: '심각 리스크',
    says: (params) =>
      `심각 리스크 ${quoted(params, 'risk')} 미해소(가능성 ${params.likelihood}, 영향 ${params.impact})`,
    about: '가능성과 영향이 심각 등급에 해당하는 미해소 리스크',
    next: '책임 임원에게 보고하고 대응·이전·수용 여부 결정',
  },
  'risk-high': {
    flag: '높은 리스크',
    says: (params) =>
      `높은 리스크 ${quoted(params, 'risk')} 미해소(가능성 ${params.likelihood}, 영향 ${params.impact})`,
    about: '가능성과 영향이 높음 등급에 해당하는 미해소 리스크',
    next: '파트너십 책임자와 대응 계획을 합의하고 2주마다 점검',
  },
  'risk-without-plan': {
    flag: '대응 계획 없음',
    says: (params) => `리스크 ${quoted(params, 'risk')} 대응 계획 없음`,
    about: '등급별 기한이 지나도록 대응 계획이 없는 미해소 리스크',
    next: '대응 내용·담당자·기한 기록',
  },
  'risk-review-overdue': {
    flag: '리스크 재검토 지연',
    says: (params) => `리스크 ${quoted(params, 'risk')} 재검토 기한(${dayOf(params, 'date')}) 경과`,
    about: '리스크를 다시 살펴보기로 한 날이 지난 상태',
    next: '가능성과 영향을 다시 평가하고 다음 재검토일 지정',
  },
  'risk-without-owner': {
    flag: '리스크 담당자 없음',
    says: (params) => `리스크 ${quoted(params, 'risk')} 담당자 미지정`,
    about: '등급별 기한이 지나도록 담당자가 없는 미해소 리스크',
    next: '담당자 지정. 심각 등급은 책임 임원이 담당',
  },
  'risk-plan-overdue': {
    flag: '리스크 대응 지연',
    says: (params) => `리스크 ${quoted(params, 'risk')} 대응 기한(${dayOf(params, 'date')}) 경과`,
    about: '대응 기한이 지났으나 해소되지 않은 리스크',
    next: '리스크를 종료하거나 새 대응 기한 합의',
  },
  'risk-acceptance-expired': {
    flag: '리스크 수용 만료',
    says: (params) => `리스크 ${quoted(params, 'risk')} 수용 기한(${dayOf(params, 'date')}) 만료`,
    about: '수용 기한이 지나 다시 미해소로 보는 리스크',
    next: '새 기한으로 다시 수용하거나 대응 착수',
  },
  'risk-trigger-passed': {
    flag: '리스크 발현 가능',
    says: (params) => `리스크 ${quoted(params, 'risk')} ${dayOf(params, 'date')}부터 발현 가능하나 미대응`,
    about: '발현 가능 시점이 되었으나 대응도 수용도 하지 않은 리스크',
    next: '대응 계획을 실행하거나 미룰 수 있는 사유 기록',
  },
  'risk-residual-higher': {
    flag: '대응 후 등급 상승',
    says: (params) => `리스크 ${quoted(params, 'risk')} 대응 후 등급이 대응 전보다 높음`,
    about: '대응 후 잔여 등급이 대응 전 등급보다 높게 기록된 리스크',
    next: '두 등급을 확인하거나 다른 대응 방안 검토',
  },
  'risk-ungraded': {
    flag: '리스크 등급 미정',
    says: (params) => `리스크 ${quoted(params, 'risk')} 가능성·영향 미평가`,
    about: '가능성이나 영향이 없거나 1~5 범위를 벗어나 등급을 정할 수 없는 미해소 리스크',
    next: '담당자와 함께 가능성과 영향 평가',
  },
  'risk-register-empty': {
    flag: '등록된 리스크 없음',
    says: () => '등록된 리스크 없음',
    about: '진행 중인 파트너십에 등록된 리스크가 하나도 없는 상태',
    next: '다음 리뷰에서 예상 위험을 함께 짚고 우선 세 가지 등록',
  },
} as const satisfies Readonly<Record<string, RuleWords>>;
