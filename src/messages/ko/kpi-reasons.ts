/** KPI 하나에 대해 하는 말: 상태의 까닭, 계산할 수 없는 까닭, 예상 결과. */
import type { Params } from '../../domain/assessment.js';
import { withJosa } from '../korean.js';
import { dayIn, faultIn, percentIn, type Words } from '../words.js';
import { dayOf, reached } from './phrases.js';

/** "약 62% 예상", 두 계산이 다르면 "약 58~66% 예상". */
export function forecast(params: Params): string {
  const [low, high] = [percentIn(params, 'low'), percentIn(params, 'high')];
  const range =
    low === high || params.low === undefined ? percentIn(params, 'forecast') : `${low.slice(0, -1)}~${high}`;
  return `약 ${range} 예상`;
}

const unlikely = (params: Params): string => (params.unlikely === 1 ? `, ${forecast(params)}` : '');
const byZero = (params: Params): string => (params.method === 'zero-target' ? '(목표 0은 충족 여부로 판단)' : '');

export const kpiParts: Words['kpiParts'] = {
  actual: '실적 값',
  target: '목표 값',
  targetHigh: '목표 상한',
  baseline: '기준값',
  period: '기간(시작일·종료일)',
  start: '기간 시작일',
  end: '기간 종료일',
  direction: '목표 방향',
  accumulation: '측정값 집계 방식',
  numerator: '분자 값',
  denominator: '분모 값',
  reading: '일부 측정값',
  scale: '퍼센트 저장 방식',
  plan: '월별 계획',
};

export const kpiConflicts: Words['kpiConflicts'] = {
  'target-is-baseline': '목표 값이 기준값과 같음',
  'rating-target': '평점은 1점부터이므로 목표 평점이 1점보다 커야 함',
  'bounds-reversed': '목표 상한이 하한보다 작음',
  'period-reversed': '기간의 종료일이 시작일보다 빠름',
  direction: '목표 방향이 기준값·목표와 맞지 않음',
  'denominator-zero': '분모 값이 0',
  scale: '실적과 목표의 단위(비율·퍼센트)가 서로 다른 것으로 보임',
  unit: '측정값의 단위가 KPI 단위와 다름',
  'plan-months': '월별 계획의 달이 KPI 기간과 맞지 않음',
  'plan-total': '월별 계획과 목표 값이 서로 맞지 않음',
  size: '값이 너무 큼',
};

export function fault(params: Params): string {
  const { kind, part } = faultIn(params);
  if (kind === 'contradictory') return kpiConflicts[part];
  return kind === 'missing' ? `${kpiParts[part]} 없음` : `${withJosa(kpiParts[part], '을/를')} 읽을 수 없음`;
}

export const kpiReasons: Words['kpiReasons'] = {
  'on-pace': (params) => `${reached(params)}${byZero(params)}, 계획대로 진행`,
  'behind-pace': (params) => `${reached(params)}${byZero(params)}, 계획 대비 지연${unlikely(params)}`,
  'far-behind-pace': (params) => `${reached(params)}${byZero(params)}, 계획 대비 크게 미달${unlikely(params)}`,
  'too-early': (params) => `아직 판단하기 이름(현재 ${percentIn(params, 'achievement')})`,
  'not-begun': (params) =>
    dayIn(params, 'start') === undefined ? '아직 시작 전' : `${dayOf(params, 'start')} 시작 예정`,
  'period-achieved': (params) => `기간 종료, ${reached(params)}로 목표 달성${byZero(params)}`,
  'period-partly': (params) => `기간 종료, ${reached(params)}로 일부 달성`,
  'period-missed': (params) => `기간 종료, ${reached(params)}로 목표 미달${byZero(params)}`,
  'already-achieved': (params) => `${reached(params)}로 목표 조기 달성${byZero(params)}`,
  'period-stretched': (params) => `기간 종료, ${reached(params)}로 도전 목표 달성`,
  missing: (params) => `계산 불가: ${fault(params)}`,
  unreadable: (params) => `계산 불가: ${fault(params)}`,
  contradictory: (params) => `계산 불가: ${fault(params)}`,
  'not-live': (params) => (params.status === 'on-hold' ? '보류 중' : '취소됨'),
};
