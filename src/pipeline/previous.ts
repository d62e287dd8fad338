/**
 * What each partnership row remembers of the assessment written last: the stamp, else the label people see. It is what
 * keeps a score that wavers around an edge from changing the status every day.
 */
import type { Previous, ScoreBand } from '../domain/assessment.js';
import { EMPTY } from '../domain/cells.js';
import type { ReadSource } from '../domain/normalise.js';
import type { RawRow, ResolvedSource } from '../domain/source.js';
import { parseStamp } from '../domain/stamp.js';
import { textOf } from '../domain/values.js';
import { canonicalOf } from '../domain/vocabulary.js';
import { standsFor } from './columns.js';

/** The memory of every row that has one, by row id. */
export function previousOf(sources: readonly ReadSource[]): ReadonlyMap<string, Previous> {
  const previous = new Map<string, Previous>();
  for (const { entity, resolved, rows } of sources) {
    if (entity !== 'partnerships' || resolved === undefined) continue;
    for (const row of rows) {
      const remembered = memoryOf(row, resolved);
      if (remembered !== undefined) previous.set(row.id, remembered);
    }
  }
  return previous;
}

function memoryOf(row: RawRow, resolved: ResolvedSource): Previous | undefined {
  const stamp = parseStamp(shown('stamp', row, resolved));
  if (stamp === undefined) {
    const band = bandShown(row, resolved);
    return band === undefined ? undefined : { band };
  }
  const { band, points, wrote } = stamp;
  if (band === undefined) return undefined;
  return points === undefined ? { band } : { band, told: { day: wrote, points } };
}

function shown(field: string, { cells }: RawRow, { managed }: ResolvedSource): string {
  return textOf(cells.get(managed.get(field)?.id ?? '') ?? EMPTY);
}

/**
 * A label that stands for several statuses says nothing, nor does the option a new row starts with where no stamp
 * vouches for it.
 */
function bandShown(row: RawRow, resolved: ResolvedSource): ScoreBand | undefined {
  const label = shown('status', row, resolved);
  if (label === resolved.managed.get('status')?.defaultOption) return undefined;
  const told = standsFor(label, 'partnershipStatus', resolved.mapping.manages.status);
  const [only, another] = told.flatMap((value) => canonicalOf('partnershipStatus', value) ?? []);
  return another !== undefined || only === 'insufficient-data' ? undefined : only;
}
