/** What is done when a partnership begins and when it ends. Both begin on a day that must be fresh: an old base starts none. */
import { refOf } from '../facts.js';
import { definePlaybook, isFresh } from './playbook.js';

export const onboarding = definePlaybook({
  code: 'onboarding',
  guide: '6-1',
  severity: 'medium',
  closes: 'by-person',
  reads: ['partnerships.start', 'partnerships.stage'],
  starts: ({ facts: { partnership, asOf } }) => {
    const { start, stage } = partnership.values;
    if (start === undefined || !isFresh(start, asOf) || stage === 'exit' || partnership.unreadable.has('stage'))
      return [];
    return [{ entity: 'partnerships', row: refOf(partnership), params: { date: start }, occurrence: start }];
  },
  steps: [
    { id: 'contacts', after: 3, role: 'partnership' },
    { id: 'channels', after: 5, role: 'partnership' },
    { id: 'goals', after: 10, role: 'partnership' },
    { id: 'roles', after: 10, role: 'partnership' },
    { id: 'review', after: 15, role: 'partnership' },
  ],
});

export const exit = definePlaybook({
  code: 'exit',
  guide: '6-1',
  severity: 'medium',
  closes: 'by-person',
  reads: ['partnerships.stage', 'partnerships.stageSince'],
  starts: ({ facts: { partnership, asOf } }) => {
    const { stage, stageSince } = partnership.values;
    if (stage !== 'exit' || stageSince === undefined || !isFresh(stageSince, asOf)) return [];
    return [{ entity: 'partnerships', row: refOf(partnership), params: { date: stageSince }, occurrence: stageSince }];
  },
  steps: [
    { id: 'notice', after: 3, role: 'partnership' },
    { id: 'open-items', after: 10, role: 'partnership' },
    { id: 'assets', after: 15, role: 'partnership' },
    { id: 'lessons', after: 20, role: 'lead' },
  ],
});
