/** The countries partners name as theirs, before a run is judged: what their days off have to be looked up for. */
import { EMPTY } from '../domain/cells.js';
import type { ReadSource } from '../domain/normalise.js';
import { readField } from '../domain/values.js';

const CONTEXT = { timezone: 'UTC', person: <T>(person: T): T => person };

/** Country codes in the `holidays` cells of all partnerships, each once and in order; cells that cannot be read name none. */
export function countriesNamed(sources: readonly ReadSource[]): readonly string[] {
  const codes = new Set<string>();
  for (const { entity, resolved, rows } of sources) {
    const property = resolved?.fields.get('holidays');
    const mapping = resolved?.mapping.fields.holidays;
    if (entity !== 'partnerships' || property === undefined || mapping === undefined) continue;
    for (const { cells, trashed } of rows) {
      if (trashed) continue;
      const reading = readField({ kind: 'countries' }, mapping, cells.get(property.id) ?? EMPTY, CONTEXT);
      if (reading.kind === 'value' && Array.isArray(reading.value))
        for (const code of reading.value) codes.add(String(code));
    }
  }
  return [...codes].sort();
}
