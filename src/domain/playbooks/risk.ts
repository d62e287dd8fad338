/** What is done when a risk reaches a grade. The plan itself is asked for by the reminder of risks without one. */
import type { FindingCode } from '../rules/index.js';
import { definePlaybook, type Playbook, unlessOld } from './playbook.js';

/** Once per risk, from when it is new; one that nobody has dated may be. */
const atGrade = (code: FindingCode): Pick<Playbook, 'on' | 'reads' | 'starts'> => ({
  on: [code],
  reads: ['risks.openedOn'],
  starts: ({ facts, findings }) =>
    findings.flatMap(({ code: found, entity, row, params }) => {
      if (found !== code) return [];
      const openedOn = facts.risks.find(({ id }) => id === row.id)?.values.openedOn;
      return [{ entity, row, params, occurrence: code, ...unlessOld(openedOn, facts.asOf) }];
    }),
});

export const riskCritical = definePlaybook({
  code: 'risk-critical',
  guide: '4-4',
  severity: 'high',
  ...atGrade('risk-critical'),
  steps: [
    { id: 'report', after: 1, role: 'sponsor' },
    { id: 'partner', after: 1, role: 'partnership' },
    { id: 'weekly', after: 5, role: 'row' },
  ],
});

export const riskHigh = definePlaybook({
  code: 'risk-high',
  guide: '4-4',
  severity: 'medium',
  byDefault: 'off',
  ...atGrade('risk-high'),
  steps: [
    { id: 'owner', after: 1, role: 'lead' },
    { id: 'partner', after: 5, role: 'partnership' },
    { id: 'fortnight', after: 10, role: 'row' },
  ],
});
