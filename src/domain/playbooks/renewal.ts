/** What is prepared before a renewal is decided; the decision itself is asked for by its own reminder. */
import { definePlaybook } from './playbook.js';

export const renewal = definePlaybook({
  code: 'renewal',
  guide: '6-5',
  severity: 'medium',
  byDefault: 'off',
  on: ['decide-by'],
  starts: ({ findings }) =>
    findings.flatMap(({ code, entity, row, params }) =>
      code === 'decide-by' ? [{ entity, row, params, occurrence: String(params.end ?? 'term') }] : [],
    ),
  steps: [
    { id: 'results', after: 5, role: 'partnership' },
    { id: 'partner', after: 10, role: 'partnership' },
    { id: 'proposal', after: 15, role: 'partnership' },
  ],
});
