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
} as const satisfies Readonly<Record<string, RuleWords>>;
