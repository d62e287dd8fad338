/**
 * A source that was read before, brought up to date by one query for the rows edited since. Times are cut to the
 * minute and queries see an edit some time after it was made, so the question goes back further than the mark; a row
 * that comes again takes the place of what it was. Nobody asks who edited last or concludes anything from equal times.
 */
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { TandemError } from '../../errors.js';
import type { RawRow, Remembered } from '../../ports.js';
import type { Call } from './client.js';
import { PAGE_SIZE, type Walk, walkRows } from './read.js';
import { type Asked, isLong } from './row.js';

const MINUTE_MS = 60_000;
/** How long an edit may stay unseen by queries, and Notion's clocks apart. */
const OVERLAP_MS = 5 * MINUTE_MS;

/**
 * Types whose values change by edits of the row, which move its time. Formulas, rollups, verifications and types
 * nobody knows change without one.
 */
const CHANGED_BY_EDITS: ReadonlySet<string> = new Set([
  'title',
  'rich_text',
  'number',
  'select',
  'status',
  'multi_select',
  'date',
  'people',
  'files',
  'checkbox',
  'url',
  'email',
  'phone_number',
  'relation',
  'place',
  'unique_id',
  'button',
  'created_time',
  'created_by',
  'last_edited_time',
  'last_edited_by',
]);

/** When Notion gave the first page of a reading, by its own clock in milliseconds, and whose rows are ours. */
const Mark = z.object({ servedAt: z.number(), botId: z.string().optional() });

/** Undefined where Notion did not say what time it was. */
export function markOf(servedAt: number | undefined, botId: string | undefined): string | undefined {
  if (servedAt === undefined) return undefined;
  const mark: z.infer<typeof Mark> = { servedAt, ...(botId === undefined ? {} : { botId }) };
  return JSON.stringify(mark);
}

/** Undefined for a mark of another version. */
function readMark(text: string): z.infer<typeof Mark> | undefined {
  try {
    return Mark.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** See Connector.refresh. */
export async function refreshRows(
  call: Call,
  remembered: Remembered,
  columns: Asked['columns'],
  signal?: AbortSignal,
): Promise<Remembered | undefined> {
  const mark = readMark(remembered.mark);
  if (mark === undefined) return undefined;
  const walk: Walk = {
    dataSourceId: remembered.schema.id,
    columns,
    ...(mark.botId === undefined ? {} : { botId: mark.botId }),
    ...(isReadWhole(remembered.rows, columns) ? {} : { editedSince: minuteBefore(mark.servedAt) }),
  };
  try {
    const { rows, servedAt } = await collect(call, walk, signal);
    const next = markOf(servedAt, mark.botId) ?? remembered.mark;
    if (walk.editedSince === undefined) {
      return isDeepStrictEqual(rows, remembered.rows) ? remembered : { ...remembered, rows, mark: next };
    }
    return rows.length === 0 ? remembered : { ...remembered, rows: merged(remembered.rows, rows), mark: next };
  } catch (error) {
    if (error instanceof TandemError && disagrees(error)) return undefined;
    throw error;
  }
}

/** One call takes a page of rows anyway: then it may as well be all of them, and rows that went away are told too. */
function isReadWhole(rows: readonly RawRow[], columns: Asked['columns']): boolean {
  if (columns.some(({ type }) => !CHANGED_BY_EDITS.has(type))) return true;
  return rows.length <= PAGE_SIZE && !rows.some(({ cells }) => [...cells.values()].some(isLong));
}

/** The minute is the unit of Notion's times: an edit is as old as the minute it was made in. */
function minuteBefore(servedAt: number): string {
  return new Date(Math.floor(servedAt / MINUTE_MS) * MINUTE_MS - OVERLAP_MS).toISOString();
}

async function collect(call: Call, walk: Walk, signal?: AbortSignal) {
  const rows: RawRow[] = [];
  const pages = walkRows(call, walk, signal);
  for (;;) {
    const { value, done } = await pages.next();
    if (done === true) return { rows, servedAt: value };
    rows.push(...value);
  }
}

/** In order of creation, as a whole reading gives them. */
function merged(known: readonly RawRow[], seen: readonly RawRow[]): readonly RawRow[] {
  const again = new Set(seen.map(({ id }) => id));
  return [...known.filter(({ id }) => !again.has(id)), ...seen].sort((left, right) =>
    left.createdTime < right.createdTime ? -1 : Number(left.createdTime > right.createdTime),
  );
}

/** The source is not there under its id, or a column is not what it was: what that means is found by reading anew. */
function disagrees({ code, details }: TandemError): boolean {
  return code === 'read-incomplete' || details.status === 400 || details.status === 404;
}
