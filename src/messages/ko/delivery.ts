import type { RuleWords } from '../words.js';
import { dayOf, quoted } from './phrases.js';

const PROMISE: Readonly<Partial<Record<string, string>>> = {
  us: '우리측 약속',
  them: '상대측 약속',
  both: '공동 약속',
};

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
} as const satisfies Readonly<Record<string, RuleWords>>;
