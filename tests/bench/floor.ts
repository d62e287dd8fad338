/** The fewest calls a run can do with, whoever makes it: what the platforms' own page and batch sizes leave. */
import type { EntityName } from '../../src/domain/entities.js';
import type { SourceMapping } from '../../src/domain/mapping.js';
import type { RunReport } from '../../src/pipeline/report.js';

const PAGE = 100;
const AIRTABLE_BATCH = 10;

export interface Floor {
  readonly reads: number;
  readonly writes: number;
}

export const total = ({ reads, writes }: Floor): number => reads + writes;

/**
 * Schemas (one call for a whole base in Airtable), pages, relations to be completed, changed rows (tens of them in
 * Airtable), two calls per created task. `rowsOf`: rows that stood in a source when it was read.
 */
export function floorOf(
  sources: readonly SourceMapping[],
  rowsOf: (source: SourceMapping) => number,
  report: RunReport,
  longRelations = 0,
): Floor {
  const bases = new Set<string>();
  let [reads, writes] = [longRelations, 0];
  for (const source of sources) {
    const { location, entity } = source;
    reads += pagesOf(rowsOf(source));
    if (location.type === 'airtable') bases.add(location.base);
    else reads += 1;
    const { updates, creates } = changesOf(report, entity);
    writes +=
      location.type === 'airtable'
        ? Math.ceil(updates / AIRTABLE_BATCH) + 2 * Math.ceil(creates / AIRTABLE_BATCH)
        : updates + 2 * creates;
  }
  return { reads: reads + bases.size, writes };
}

/**
 * A tick on which nothing happened: a question per Notion source. Airtable cannot be asked what has changed, since
 * what it computes changes without a trace, so there it is a whole reading.
 */
export function quietFloorOf(sources: readonly SourceMapping[], rowsOf: (source: SourceMapping) => number): Floor {
  const bases = new Set(sources.flatMap(({ location }) => (location.type === 'airtable' ? [location.base] : [])));
  const asked = sources.map((source) => (source.location.type === 'airtable' ? pagesOf(rowsOf(source)) : 1));
  return { reads: bases.size + asked.reduce((sum, calls) => sum + calls, 0), writes: 0 };
}

const pagesOf = (rows: number): number => Math.max(1, Math.ceil(rows / PAGE));

function changesOf({ plan }: RunReport, entity: EntityName): { readonly updates: number; readonly creates: number } {
  const own = plan.changes.filter(({ source }) => source === entity);
  const creates = own.filter(({ kind }) => kind === 'create').length;
  return { updates: own.length - creates, creates };
}
