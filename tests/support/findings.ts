/** What one rule finds for the partnership "p". */
import { assess } from '../../src/domain/assess.js';
import type { Finding } from '../../src/domain/assessment.js';
import type { EntityName } from '../../src/domain/entities.js';
import type { AssessOptions } from '../../src/domain/facts.js';
import type { FindingCode } from '../../src/domain/rules/index.js';
import { aPartnership, aSnapshot, OPTIONS } from './rows.js';

export type Rows = Parameters<typeof aSnapshot>[0];

/** Paths ("entity.field") that the configuration does not map. */
export function found(
  code: FindingCode,
  rows: Rows,
  unmapped: readonly string[] = [],
  options: Partial<AssessOptions> = {},
): readonly Finding[] {
  const left: Partial<Record<EntityName, readonly string[]>> = {};
  for (const path of unmapped) {
    const [entity = '', field = ''] = path.split('.');
    left[entity as EntityName] = [...(left[entity as EntityName] ?? []), field];
  }
  const snapshot = aSnapshot({ partnerships: [aPartnership()], ...rows }, { unmapped: left });
  const [only] = assess(snapshot, { ...OPTIONS, ...options }).partnerships;
  return (only?.findings ?? []).filter((finding) => finding.code === code);
}

export const severities = (findings: readonly Finding[]): readonly string[] => findings.map(({ severity }) => severity);
