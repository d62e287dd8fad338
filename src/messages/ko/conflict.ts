import type { Params } from '../../domain/assessment.js';
import { dayIn, type RuleWords } from '../words.js';
import { dayOf, quoted } from './phrases.js';

/** 미해결 이슈에서 늦어진 것. */
function missed(params: Params): string {
  if (dayIn(params, 'by') !== undefined) {
    return `${params.missed === 'acknowledge' ? '접수 확인' : '해결'} 기한(${dayOf(params, 'by')}) 경과`;
  }
  return dayIn(params, 'opened') === undefined ? '미해결' : `미해결(${dayOf(params, 'opened')} 접수)`;
}

export const conflict = {
  'issue-open': {
    flag: '미해결 이슈',
    says: (params) =>
      `${params.grade === 'critical' ? '심각' : '중대'} 이슈 ${quoted(params, 'issue')} ${missed(params)}`,
    about: '심각도가 높은 미해결 이슈. 접수 확인이나 해결 기한을 넘기면 더 무겁게 봄',
    next: '파트너에게 접수를 알리고 결정권자와 해결 기한 합의',
  },
} as const satisfies Readonly<Record<string, RuleWords>>;
