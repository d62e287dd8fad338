/** What is done when a conflict is opened, and when it has to be mediated. */
import { refOf } from '../facts.js';
import { definePlaybook, unlessOld } from './playbook.js';

export const conflictOpened = definePlaybook({
  code: 'conflict-opened',
  guide: '5-2',
  severity: 'high',
  byDefault: 'off',
  on: ['issue-open'],
  reads: ['issues.openedOn'],
  starts: ({ facts, findings }) =>
    findings.flatMap(({ code, entity, row, params }) => {
      if (code !== 'issue-open') return [];
      const openedOn = facts.issues.find(({ id }) => id === row.id)?.values.openedOn;
      return [{ entity, row, params, occurrence: 'opened', ...unlessOld(openedOn, facts.asOf) }];
    }),
  steps: [
    { id: 'facts', after: 2, role: 'row' },
    { id: 'decider', after: 2, role: 'lead' },
    { id: 'talk', after: 5, role: 'row' },
  ],
});

export const conflictMediation = definePlaybook({
  code: 'conflict-mediation',
  guide: '5-3',
  severity: 'high',
  byDefault: 'off',
  reads: ['issues.state', 'issues.name'],
  starts: ({ facts }) =>
    facts.issues
      .filter(({ values, unreadable }) => values.state === 'mediation' && !unreadable.has('state'))
      .map((row) => ({ entity: 'issues', row: refOf(row), params: { issue: row.title }, occurrence: 'mediation' })),
  steps: [
    { id: 'clause', after: 2, role: 'row' },
    { id: 'mediator', after: 3, role: 'sponsor' },
    { id: 'statement', after: 5, role: 'row' },
    { id: 'outcome', after: 20, role: 'row' },
  ],
});
