/**
 * What was last said of each partnership, as its row remembers it: the stamp, else the label people see. It is
 * what keeps a score that wavers around an edge from changing the status every day.
 */
import type { PartnershipStatus } from '../domain/assessment.js';
import { EMPTY } from '../domain/cells.js';
import type { ReadSource } from '../domain/normalise.js';
import { parseStamp } from '../domain/stamp.js';
import { textOf } from '../domain/values.js';
import { canonicalOf } from '../domain/vocabulary.js';
import { standsFor } from './columns.js';

/**
 * The status each partnership had, by row id. A label that stands for several statuses says nothing,
 * nor does the option a new row starts with where no stamp vouches for it.
 */
export function previousStatuses(sources: readonly ReadSource[]): ReadonlyMap<string, PartnershipStatus> {
  const previous = new Map<string, PartnershipStatus>();
  for (const { entity, resolved, rows } of sources) {
    if (entity !== 'partnerships' || resolved === undefined) continue;
    for (const { id, cells } of rows) {
      const shown = (field: string): string => textOf(cells.get(resolved.managed.get(field)?.id ?? '') ?? EMPTY);
      const stamped = parseStamp(shown('stamp'))?.status;
      const label = shown('status');
      const untouched = label === resolved.managed.get('status')?.defaultOption;
      const told = untouched ? [] : standsFor(label, 'partnershipStatus', resolved.mapping.manages.status);
      const known = stamped === undefined ? told : [stamped];
      const [only, another] = known.flatMap((value) => canonicalOf('partnershipStatus', value) ?? []);
      if (only !== undefined && another === undefined) previous.set(id, only);
    }
  }
  return previous;
}
