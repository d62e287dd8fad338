import type { RuleWords } from '../words.js';
import { dayOf, quoted } from './phrases.js';

const PROMISE: Readonly<Partial<Record<string, string>>> = {
  us: 'Our promise',
  them: 'Promise of the partner',
  both: 'Joint promise',
};

export const delivery = {
  'milestone-overdue': {
    flag: 'Milestone overdue',
    says: (params) => `Milestone ${quoted(params, 'milestone')} was due on ${dayOf(params, 'date')}`,
    about: 'A milestone is past its day and neither done nor cancelled.',
    next: 'Enter the day it was done, or agree on a new day and say why.',
  },
  'action-overdue': {
    flag: 'Action overdue',
    says: (params) =>
      `${PROMISE[String(params.side)] ?? 'Action'} ${quoted(params, 'action')} was due on ${dayOf(params, 'date')}`,
    about: 'Something one side has promised is past its day and still open.',
    next: 'Keep the promise, or tell the other side today by when it will be kept.',
  },
} as const satisfies Readonly<Record<string, RuleWords>>;
