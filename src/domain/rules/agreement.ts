/** Papers that run out beside the contract itself: confidentiality, insurance, certificates. */
import { addDays } from '../calendar.js';
import type { EntityRow } from '../entities.js';
import { type Facts, refOf } from '../facts.js';
import { defineRule } from './rule.js';
import { ENDED_READS, isEnded } from './term.js';

type AgreementRow = EntityRow<'agreements'>;

const isPaper = ({ values: { kind, status, decision }, unreadable }: AgreementRow): boolean =>
  kind !== undefined &&
  kind !== 'contract' &&
  status !== 'draft' &&
  status !== 'terminated' &&
  decision !== 'end' &&
  !unreadable.has('status') &&
  !unreadable.has('decision');

/** Whether another paper of the same kind holds for longer. */
const isFollowed = (row: AgreementRow, papers: readonly AgreementRow[]): boolean =>
  papers.some(({ id, values: { kind, end } }) => {
    if (id === row.id || kind !== row.values.kind) return false;
    return end === undefined || `${end} ${id}` > `${row.values.end ?? ''} ${row.id}`;
  });

export const certificateExpiring = defineRule({
  code: 'certificate-expiring',
  family: 'time',
  guide: '6-5',
  severities: ['medium'],
  thresholds: ['rules.certificateLead'],
  requires: ['agreements.kind', 'agreements.end'],
  reads: ['agreements.kind', 'agreements.end', 'agreements.status', 'agreements.decision', ...ENDED_READS],
  check: (facts: Facts) => {
    if (isEnded(facts)) return [];
    const papers = facts.agreements.filter(isPaper);
    const until = addDays(facts.asOf, facts.policy.rules.certificateLead);
    return papers.flatMap((row) => {
      const { end } = row.values;
      if (end === undefined || end > until || isFollowed(row, papers)) return [];
      const params = { agreement: row.title, date: end, expired: end < facts.asOf ? 1 : 0 };
      return [{ severity: 'medium' as const, entity: 'agreements' as const, row: refOf(row), params }];
    });
  },
});
