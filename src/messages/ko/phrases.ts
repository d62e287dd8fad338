/** 문장 속의 날짜·이름·비율 표기. */
import type { Params } from '../../domain/assessment.js';
import type { Day } from '../../domain/calendar.js';
import { dayIn, nameIn, percentIn } from '../words.js';

/** "2026년 11월 30일". */
export const day = (given: Day): string =>
  `${Number(given.slice(0, 4))}년 ${Number(given.slice(5, 7))}월 ${Number(given.slice(8, 10))}일`;

export const dayOf = (params: Params, key: string): string => {
  const found = dayIn(params, key);
  return found === undefined ? '날짜 미상' : day(found);
};

export const quoted = (params: Params, key: string): string => `‘${nameIn(params, key)}’`;
export const reached = (params: Params): string => `달성률 ${percentIn(params, 'achievement')}`;
export const renews = (params: Params, text: string): string => (params.autoRenew === 1 ? text : '');
