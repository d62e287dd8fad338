/** 할 일의 제목과 사유. */
import type { Params } from '../../domain/assessment.js';
import { withJosa } from '../korean.js';
import { clip, dayIn, nameIn, type Words } from '../words.js';
import { stateOf } from './conflict.js';
import { dayOf, quoted, renews } from './phrases.js';

const on = (params: Params): string => `[${nameIn(params, 'partnership')}]`;
const lastly = (params: Params, what: string): string =>
  dayIn(params, 'lastHeld') === undefined ? '' : `(직전 ${what} ${dayOf(params, 'lastHeld')})`;
const withPartner = (params: Params): string => withJosa(nameIn(params, 'partnership') || '파트너', '과/와');

const RECOVERY: Readonly<Record<string, string>> & { readonly check: string } = {
  reconciliation: '관계 회복 미팅',
  prevention: '재발 방지 과제 합의',
  check: '신뢰 회복 점검',
};
const WINS_BACK: Readonly<Record<string, string>> & { readonly check: string } = {
  reconciliation: '해결 내용뿐 아니라 양측이 느낀 점까지 공유. 관계 회복 미팅 진행일 입력',
  prevention: '재발하지 않도록 바꿀 점 합의. 이슈에 실행 과제 연결',
  check: '양측에 현재 상황 확인. 리뷰 진행일을 입력하거나 이슈 종료',
};

const others = (params: Params): string => {
  const count = Number(params.others ?? 0);
  return count > 0 ? ` 외 ${count}건` : '';
};

export const tasks: Words['tasks'] = {
  'review-due': {
    kind: '정기 리뷰',
    title: (params) => `${on(params)} 정기 리뷰 준비`,
    note: (params) =>
      `${dayOf(params, 'date')}${params.planned === 1 ? ' 리뷰 예정' : '까지 리뷰 진행 필요'}${lastly(params, '리뷰')}. 안건: KPI 현황, 지연 마일스톤, 미해소 리스크, 지난 실행 과제. 진행일 입력 시 자동 종료.`,
  },
  'review-overdue': {
    kind: '정기 리뷰',
    title: (params) => `${on(params)} 정기 리뷰 지연, 일정 확정 필요`,
    note: (params) =>
      `리뷰 기한 ${dayOf(params, 'date')} 경과${lastly(params, '리뷰')}. ${withPartner(params)} 일정 확정 필요. 진행일 입력 시 자동 종료.`,
  },
  'evaluation-due': {
    kind: '파트너 평가',
    title: (params) => `${on(params)} 양측 파트너십 평가 진행`,
    note: (params) =>
      `평가 기한 ${dayOf(params, 'date')}${lastly(params, '평가')}. 만족도, 소통, 문제 대응, 신뢰를 양측에서 평가. 진행일 입력 시 자동 종료.`,
  },
  'briefing-due': {
    kind: '브리핑',
    title: (params) => `${on(params)} 정기 브리핑 진행`,
    note: (params) =>
      `브리핑 기한 ${dayOf(params, 'date')}${lastly(params, '브리핑')}. 진행 상황, 리스크, 그간의 결정을 문제·실패 사례까지 공유. 진행일 입력 시 자동 종료.`,
  },
  'review-without-actions': {
    kind: '정기 리뷰',
    title: (params) => `${on(params)} 리뷰 합의 사항 기록`,
    note: (params) =>
      `${dayOf(params, 'date')} 리뷰 후 등록된 실행 과제 없음. 합의 사항을 담당자·기한과 함께 등록하면 자동 종료.`,
  },
  'period-ends-without-next': {
    kind: '목표',
    title: (params) => `${on(params)} 다음 기간 목표 합의`,
    note: (params) =>
      `KPI가 ${dayOf(params, 'date')} 모두 종료되며 다음 기간 목표 없음. 최근 리뷰 결과를 반영해 목표를 등록하면 자동 종료.`,
  },
  'decide-by': {
    kind: '갱신 결정',
    title: (params) => `${on(params)} 계약 갱신 여부 결정`,
    note: (params) =>
      `${dayOf(params, 'date')}까지 결정 필요. 통지 기한 ${dayOf(params, 'deadline')}, 계약 종료 ${dayOf(params, 'end')}${renews(params, '(통지하지 않으면 자동 갱신)')}. 결정 기록 시 자동 종료.`,
  },
  'notice-passed': {
    kind: '갱신 결정',
    title: (params) => `${on(params)} 통지 기한 경과, 갱신 여부 확정 필요`,
    note: (params) =>
      `통지 기한 ${dayOf(params, 'deadline')}까지 미결정. 계약 종료 ${dayOf(params, 'end')}${renews(params, '(자동 갱신 대상)')}. ${withPartner(params)} 협의하여 결정 기록 필요.`,
  },
  'certificate-expiring': {
    kind: '문서 만료',
    title: (params) => `${on(params)} ${quoted(params, 'agreement')} 갱신`,
    note: (params) =>
      `${dayOf(params, 'date')} ${params.expired === 1 ? '만료됨' : '만료 예정'}, 같은 종류의 유효한 문서 없음. 새 만료일이나 후속 문서 등록 시 자동 종료.`,
  },
  'esg-evidence-expiring': {
    kind: '문서 만료',
    title: (params) => `${on(params)} ESG 증빙 갱신 요청`,
    note: (params) => `증빙 유효기간 ${dayOf(params, 'date')}까지. 새 유효기간 입력 시 자동 종료.`,
  },
  'experiment-decision': {
    kind: '마일스톤',
    title: (params) => `${on(params)} 파일럿 ${quoted(params, 'milestone')} 지속 여부 결정`,
    note: (params) =>
      `결정 예정일 ${dayOf(params, 'decideOn')}. 지속·변경·중단 중 결정 필요. 완료나 취소로 표시하거나 새 결정일 입력 시 자동 종료.`,
  },
  'milestone-overdue': {
    kind: '마일스톤',
    title: (params) => `${on(params)} 마일스톤 ${quoted(params, 'milestone')} 지연 대응`,
    note: (params) =>
      `기한 ${dayOf(params, 'date')} 경과. 완료 시 완료일 입력, 미완료 시 새 기한과 지연 사유 확정 필요.`,
  },
  'milestone-due': {
    kind: '마일스톤',
    title: (params) => `${on(params)} 마일스톤 ${quoted(params, 'milestone')} 기한 임박`,
    note: (params) =>
      `기한 ${dayOf(params, 'date')}. 기한을 지키기 어려우면 미리 파트너에게 알리고 새 기한 합의. 완료일 입력 시 자동 종료.`,
  },
  'milestone-slipped': {
    kind: '마일스톤',
    title: (params) => `${on(params)} 마일스톤 ${quoted(params, 'milestone')} 일정 연기, 계획 조정 필요`,
    note: (params) =>
      `최초 기한 ${dayOf(params, 'first')}에서 ${dayOf(params, 'date')}로 연기됨. 파트너에게 사유를 알리고 후속 일정 점검.`,
  },
  'milestone-thanks': {
    kind: '감사 인사',
    title: (params) => `${on(params)} ${quoted(params, 'milestone')} 완료 감사 인사`,
    note: (params) =>
      `${dayOf(params, 'date')} 완료. 양측에서 애쓴 사람들에게 이름을 들어 감사 인사. 인사를 전한 뒤 직접 완료 처리.`,
  },
  'promise-overdue': {
    kind: '약속 이행',
    title: (params) => `${on(params)} 약속한 ${quoted(params, 'action')} 이행`,
    note: (params) =>
      `기한 ${dayOf(params, 'date')} 경과. 이행하거나 언제까지 이행할지 파트너에게 오늘 안내. 완료일 입력 시 자동 종료.`,
  },
  'their-promise-overdue': {
    kind: '약속 이행',
    title: (params) => `${on(params)} 상대측 약속 ${quoted(params, 'action')} 확인`,
    note: (params) =>
      `상대측이 약속한 기한 ${dayOf(params, 'date')} 경과. 지연 사유를 확인하고 새 기한 합의. 완료일 입력 시 자동 종료.`,
  },
  'kpi-at-risk': {
    kind: 'KPI',
    title: (params) => `${on(params)} KPI ${quoted(params, 'kpi')}${others(params)} 만회 방안 합의`,
    note: () =>
      '계획 대비 크게 미달. 파트너와 만회 방안을 합의하거나 지킬 수 있는 목표로 재조정. 위험 상태의 KPI가 없어지면 자동 종료.',
  },
  'kpi-stale': {
    kind: 'KPI',
    title: (params) => `KPI 실적 갱신(${params.count ?? 1}건)`,
    note: (params) =>
      `측정 주기의 두 배가 지나도록 갱신되지 않은 KPI(${nameIn(params, 'partnership')}). 최신 실적 입력 시 자동 종료.`,
  },
  'risk-without-plan': {
    kind: '리스크',
    title: (params) => `${on(params)} 리스크 ${quoted(params, 'risk')} 대응 계획 수립`,
    note: () => '등급별 계획 수립 기한 경과. 대응 내용·담당자·기한 기록 시 자동 종료.',
  },
  'risk-review': {
    kind: '리스크',
    title: (params) => `${on(params)} 리스크 ${quoted(params, 'risk')} 재검토`,
    note: (params) =>
      `재검토 기한 ${dayOf(params, 'date')}. 가능성, 영향, 대응 계획의 효과 확인. 다음 재검토일 입력 시 자동 종료.`,
  },
  'issue-acknowledge': {
    kind: '이슈',
    title: (params) => `${on(params)} 이슈 ${quoted(params, 'issue')} 접수 확인`,
    note: () => '접수 사실과 검토 담당자를 파트너에게 알리고 결정권자 지정. 접수 확인일을 입력하면 해결 단계로 전환.',
  },
  'conflict-step': {
    kind: '이슈',
    title: (params) => `${on(params)} 이슈 ${quoted(params, 'issue')} 다음 단계 진행`,
    note: (params) =>
      `${dayOf(params, 'date')} 이후 ${stateOf(params, 'state')} 단계에 정해진 기간보다 오래 머묾. 다음은 ${stateOf(params, 'to')} 단계. 다음 단계로 넘기거나 현 단계에서 매듭 필요.`,
  },
  'issue-resolve': {
    kind: '이슈',
    title: (params) => `${on(params)} 이슈 ${quoted(params, 'issue')} 해결`,
    note: (params) =>
      `${dayIn(params, 'opened') === undefined ? '미해결 이슈' : `${dayOf(params, 'opened')} 접수`}. 파트너와 사실을 함께 검토하고 담당자·기한이 있는 해결 방안 합의. 해결일 입력 시 자동 종료.`,
  },
  'recovery-step': {
    kind: '관계 회복',
    title: (params) =>
      `${on(params)} ${quoted(params, 'issue')} 이후 ${RECOVERY[String(params.step)] ?? RECOVERY.check}`,
    note: (params) =>
      `기한 ${dayOf(params, 'date')}. ${WINS_BACK[String(params.step)] ?? WINS_BACK.check} 시 자동 종료.`,
  },
  'lesson-missing': {
    kind: '교훈 기록',
    title: (params) => `${on(params)} ${quoted(params, 'issue')} 교훈 기록`,
    note: (params) =>
      `${dayOf(params, 'date')} 해결. 무슨 일이 있었고 무엇을 바꿨는지 두 문장이면 충분. 교훈 입력 시 자동 종료.`,
  },
  'decision-waiting': {
    kind: '의사결정',
    title: (params) => `${on(params)} 의사결정 ${quoted(params, 'decision')} 처리`,
    note: (params) => `${dayOf(params, 'date')} 요청 후 미결정. 사유와 함께 승인·반려·보류 처리 시 자동 종료.`,
  },
  'decision-expired': {
    kind: '의사결정',
    title: (params) => `${on(params)} 임시 결정 ${quoted(params, 'decision')} 추인 여부 결정`,
    note: (params) => `임시 결정 기한 ${dayOf(params, 'date')} 경과. 추인·철회하거나 새 기한 입력 시 자동 종료.`,
  },
  'role-review': {
    kind: '역할 명세',
    title: (params) => `${on(params)} 역할 명세 갱신`,
    note: (params) =>
      `가장 이른 재검토일 ${dayOf(params, 'date')}(모두 ${params.count ?? 1}건). 업무별 담당자와 책임자를 파트너와 확인하고 다음 재검토일 입력.`,
  },
  'feedback-unanswered': {
    kind: '피드백',
    title: (params) => `${on(params)} ${dayOf(params, 'date')} 접수 피드백 회신`,
    note: () => '아직 회신하지 않은 피드백. 검토 담당자만이라도 먼저 회신. 회신일 입력 시 자동 종료.',
  },
  silence: {
    kind: '소통',
    title: (params) => `${on(params)} 파트너에게 연락`,
    note: (params) => `${dayOf(params, 'date')} 이후 양방향 소통 없음. 연락 후 소통 기록을 남기면 자동 종료.`,
  },
  'owner-missing': {
    kind: '담당자',
    title: (params) => `${on(params)} 담당자 지정 및 인수인계`,
    note: () =>
      '담당자 미지정. 담당자를 정해 연락처, 약속, 미해결 이슈를 인계하고 파트너에게 소개. 담당자 입력 시 자동 종료.',
  },
  'contact-left': {
    kind: '담당자',
    title: (params) =>
      `${on(params)} 상대측 ${nameIn(params, 'contact') === '' ? '담당자' : nameIn(params, 'contact')} 후임 확인`,
    note: () => '상대측에 남은 담당자 없음. 후임을 확인해 연락처로 등록하면 자동 종료.',
  },
  'data-hygiene': {
    kind: '데이터 정리',
    title: (params) => `데이터 정리(${params.count ?? 1}건)`,
    note: () => '읽을 수 없는 값이 있어 관련 판단이 보류됨. 모두 고치면 자동 종료.',
  },
  escalation: {
    kind: '기한 경과',
    title: (params) =>
      Number(params.count ?? 1) > 1
        ? `팀원의 기한 경과 할 일 ${params.count}건 확인`
        : `팀원의 기한 경과 할 일 확인: ${clip(String(params.title ?? ''), 90)}`,
    note: () =>
      '마감일이 지나도록 완료되지 않은 할 일. 사유를 확인해 지원하거나 직접 처리하거나 마감일 조정. 모두 완료되거나 마감일이 바뀌면 자동 종료. 직접 완료 처리하면 다시 알리지 않음.',
  },
  digest: {
    kind: '예정 할 일',
    title: (params) => `이후 추가될 할 일(${params.count ?? 1}건)`,
    note: () => '오늘 추가할 수 있는 할 일 수를 넘어, 다음 영업일부터 나누어 추가될 할 일:',
  },
};

/** 규칙별 자동 종료 사유. */
export const closed: Omit<Words['closed'], 'other'> = {
  'review-due': '리뷰를 진행했거나 기한이 바뀜',
  'evaluation-due': '평가를 진행했거나 기한이 바뀜',
  'briefing-due': '브리핑을 진행했거나 기한이 바뀜',
  'review-without-actions': '실행 과제가 등록되었거나 다음 리뷰를 진행함',
  'next-goals': '다음 기간 목표가 등록됨',
  'milestone-overdue': '마일스톤이 완료·변경·취소됨',
  'milestone-thanks': '마일스톤이 다시 진행 중으로 바뀜',
  'promise-overdue': '약속이 이행·변경·취소됨',
  'decide-by': '갱신 여부가 결정되었거나 계약 기간이 바뀜',
  'certificate-expiring': '문서가 갱신되었거나 더 이상 필요하지 않음',
  'esg-evidence': '새 증빙이 등록됨',
  'kpi-at-risk': '위험 상태의 KPI가 없어짐',
  'kpi-stale': '실적이 갱신되었거나 기간이 끝났거나 담당자가 바뀜',
  'risk-care': '계획 등록, 재검토 또는 리스크 종료로 해소됨',
  issue: '이슈가 해결되었거나 다음 단계로 넘어감',
  recovery: '해당 단계를 진행했거나 이슈가 종료됨',
  'lesson-missing': '교훈이 기록됨',
  'decision-waiting': '결정되었거나 보류됨',
  'decision-expired': '임시 결정이 정리됨',
  'role-review': '역할 명세를 재검토함',
  'feedback-unanswered': '피드백에 회신함',
  silence: '양측이 소통했거나 지연된 리뷰에서 함께 다루게 됨',
  'hand-over': '담당자가 지정됨',
  'contact-left': '상대측 담당자가 등록됨',
  'data-hygiene': '모든 값을 읽을 수 있게 되었거나 담당자가 바뀜',
  escalation: '할 일이 완료·변경되었거나 사유가 해소됨',
  digest: '모두 개별 할 일로 추가됨',
};
