/** 전체 파트너십 보고서의 문구. */
import type { PortfolioWords } from '../portfolio.js';
import { day } from './phrases.js';

export const portfolio: PortfolioWords = {
  title: (workspace, asOf) => `${workspace} 파트너십 현황 (${day(asOf)})`,
  headings: {
    glance: '한눈에 보기',
    partnerships: '전체 파트너십',
    attention: '지금 조치가 필요한 곳',
    agenda: '다가오는 일정',
    mend: '표에서 고칠 곳',
    trouble: '문제 발생',
  },
  columns: {
    partnership: '파트너십',
    partnerships: '파트너십 수',
    status: '상태',
    health: '건강도',
    lowest: '최저 건강도',
    kpi: 'KPI 달성률',
    risk: '리스크',
    confidence: '신뢰 수준',
    decideBy: '결정 기한',
    nextReview: '다음 리뷰',
    why: '사유',
    day: '날짜',
    what: '내용',
    link: '링크',
  },
  groupings: { tier: '등급', type: '유형', owner: '담당자' },
  tiers: { strategic: '전략', core: '핵심', basic: '일반' },
  agenda: { 'decide-by': '갱신 여부 결정', review: '공동 리뷰', milestone: '마일스톤', task: '할 일' },
  slipped: '기한 지남',
  nameless: '(비어 있음)',
  nothing: '없음.',
  counted: (partnerships, statuses) =>
    `파트너십 ${partnerships}건${statuses.map(({ label, count }) => `, ${label} ${count}건`).join('')}.`,
  tasks: (open, overdue) => `진행 중인 Tandem 할 일 ${open}건, 그중 기한 지남 ${overdue}건.`,
  agendaUntil: (until) => `${day(until)}까지의 일정과 기한이 지난 일.`,
  incomplete: (entities) =>
    `**일부 표를 읽지 못했습니다: ${entities.join(', ')}.** 이에 근거한 판단은 보류되며 정상으로 표시되지 않습니다.`,
};
