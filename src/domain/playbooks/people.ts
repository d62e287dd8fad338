/** What is done when somebody the partnership rested on has left. */
import { refOf } from '../facts.js';
import { quarterOf } from '../reminders/reminder.js';
import { definePlaybook } from './playbook.js';

/** Nobody says when somebody left, so it is worked through once a quarter at most. */
export const handOver = definePlaybook({
  code: 'hand-over',
  guide: '6-4',
  severity: 'medium',
  byDefault: 'off',
  closes: 'by-person',
  on: ['contact-left', 'owner-missing'],
  starts: ({ facts, findings }) => {
    const found = findings.find(({ code }) => code === 'contact-left' || code === 'owner-missing');
    if (found === undefined) return [];
    const row = refOf(facts.partnership);
    return [{ entity: 'partnerships', row, params: found.params, occurrence: quarterOf(facts.asOf) }];
  },
  steps: [
    { id: 'successor', after: 3, role: 'lead' },
    { id: 'notes', after: 5, role: 'partnership' },
    { id: 'introduce', after: 10, role: 'partnership' },
    { id: 'access', after: 10, role: 'partnership' },
  ],
});
