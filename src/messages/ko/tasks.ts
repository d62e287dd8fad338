/** 할 일의 제목과 사유. */
import type { Params } from '../../domain/assessment.js';
import { withJosa } from '../korean.js';
import { dayIn, nameIn, type Words } from '../words.js';
import { dayOf, quoted, renews } from './phrases.js';

function held(params: Params): string {
  return dayIn(params, 'lastHeld') === undefined ? '' : `(직전 리뷰 ${dayOf(params, 'lastHeld')})`;
}

export const tasks: Words['tasks'] = {
  'review-due': {
    kind: '정기 리뷰',
    title: (params) => `[${nameIn(params, 'partnership')}] 정기 리뷰 준비`,
    note: (params) =>
      `${dayOf(params, 'date')}${params.planned === 1 ? ' 리뷰 예정' : '까지 리뷰 진행 필요'}${held(params)}. 안건: KPI 현황, 지연 마일스톤, 미해소 리스크, 지난 실행 과제. 진행일 입력 시 자동 종료.`,
  },
  'review-overdue': {
    kind: '정기 리뷰',
    title: (params) => `[${nameIn(params, 'partnership')}] 정기 리뷰 지연, 일정 확정 필요`,
    note: (params) =>
      `리뷰 기한 ${dayOf(params, 'date')} 경과${held(params)}. ${withJosa(nameIn(params, 'partnership') || '파트너', '과/와')} 일정 확정 필요. 진행일 입력 시 자동 종료.`,
  },
  'milestone-overdue': {
    kind: '마일스톤',
    title: (params) => `[${nameIn(params, 'partnership')}] 마일스톤 ${quoted(params, 'milestone')} 지연 대응`,
    note: (params) =>
      `기한 ${dayOf(params, 'date')} 경과. 완료 시 완료일 입력, 미완료 시 새 기한과 지연 사유 확정 필요.`,
  },
  'decide-by': {
    kind: '갱신 결정',
    title: (params) => `[${nameIn(params, 'partnership')}] 계약 갱신 여부 결정`,
    note: (params) =>
      `${dayOf(params, 'date')}까지 결정 필요. 통지 기한 ${dayOf(params, 'deadline')}, 계약 종료 ${dayOf(params, 'end')}${renews(params, '(통지하지 않으면 자동 갱신)')}. 결정 기록 시 자동 종료.`,
  },
  'notice-passed': {
    kind: '갱신 결정',
    title: (params) => `[${nameIn(params, 'partnership')}] 통지 기한 경과, 갱신 여부 확정 필요`,
    note: (params) =>
      `통지 기한 ${dayOf(params, 'deadline')}까지 미결정. 계약 종료 ${dayOf(params, 'end')}${renews(params, '(자동 갱신 대상)')}. ${withJosa(nameIn(params, 'partnership') || '파트너', '과/와')} 협의하여 결정 기록 필요.`,
  },
};

/** Why a task of each rule was closed. */
export const closed: Omit<Words['closed'], 'other'> = {
  'review-due': '리뷰를 진행했거나 기한이 바뀜',
  'milestone-overdue': '마일스톤이 완료·변경·취소됨',
  'decide-by': '갱신 여부가 결정되었거나 계약 기간이 바뀜',
};
