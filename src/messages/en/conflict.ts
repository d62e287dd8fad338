import type { Params } from '../../domain/assessment.js';
import { dayIn, type RuleWords } from '../words.js';
import { dayOf, quoted } from './phrases.js';

/** An open issue, and what of it is late. */
function missed(params: Params): string {
  if (dayIn(params, 'by') !== undefined) {
    return `not ${params.missed === 'acknowledge' ? 'acknowledged' : 'resolved'} (due ${dayOf(params, 'by')})`;
  }
  return dayIn(params, 'opened') === undefined ? 'open' : `open since ${dayOf(params, 'opened')}`;
}

export const conflict = {
  'issue-open': {
    flag: 'Open issue',
    says: (params) =>
      `${params.grade === 'critical' ? 'Critical' : 'Serious'} issue ${quoted(params, 'issue')} is ${missed(params)}`,
    about: 'A grave issue is open; more so when it is not acknowledged or resolved in the time its severity gives.',
    next: 'Acknowledge it to the partner, name who decides, and agree on the day of a solution.',
  },
} as const satisfies Readonly<Record<string, RuleWords>>;
