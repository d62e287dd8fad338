/** How English says a day, a name and a share inside a sentence. */
import type { Params } from '../../domain/assessment.js';
import type { Day } from '../../domain/calendar.js';
import { dayIn, nameIn, percentIn } from '../words.js';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "30 Nov 2026". */
export const day = (given: Day): string =>
  `${Number(given.slice(8, 10))} ${MONTHS[Number(given.slice(5, 7)) - 1] ?? ''} ${Number(given.slice(0, 4))}`;

export const dayOf = (params: Params, key: string): string => {
  const found = dayIn(params, key);
  return found === undefined ? 'an unknown day' : day(found);
};

export const quoted = (params: Params, key: string): string => `“${nameIn(params, key)}”`;
export const reached = (params: Params): string => percentIn(params, 'achievement');
export const renews = (params: Params, text: string): string => (params.autoRenew === 1 ? text : '');
