/** What is done when a risk reaches a grade. The plan itself is asked for by the reminder of risks without one. */
import type { FindingCode } from '../rules/index.js';
import { definePlaybook, type Playbook } from './playbook.js';

/** Once per risk: a risk that falls and rises again has its checklist already. */
const atGrade = (code: FindingCode): Pick<Playbook, 'on' | 'starts'> => ({
  on: [code],
  starts: ({ findings }) =>
    findings.flatMap(({ code: found, entity, row, params }) =>
      found === code ? [{ entity, row, params, occurrence: code }] : [],
    ),
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
