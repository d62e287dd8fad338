/**
 * Every row of a data source, however many. A query ends without an error at 10,000 rows, so the walk goes in
 * windows of creation time, which is cut to the minute; rows seen before are dropped by id. What cannot be read
 * whole is an error, never a shorter list.
 */
import type { QueryDataSourceParameters } from '@notionhq/client';
import { TandemError } from '../../errors.js';
import type { RawRow } from '../../ports.js';
import type { Answer, Call } from './client.js';
import { type Asked, readRow } from './row.js';
import { Page, Query } from './schema.js';

/** Rows one call takes. */
export const PAGE_SIZE = 100;
const SMALLEST_PAGE = 5;
/** A window holds 10,000 rows, 2,000 of the smallest pages; twice as many is a loop. */
const PAGES_PER_WINDOW = 4_000;
const RESTARTS = 3;

type Filter = NonNullable<QueryDataSourceParameters['filter']>;
export type TextFilter = Extract<Filter, { title: unknown } | { rich_text: unknown }>;
type SinceFilter = Extract<Filter, { created_time: unknown }>;
type EditedFilter = Extract<Filter, { last_edited_time: unknown }>;

export interface Walk extends Asked {
  readonly dataSourceId: string;
  readonly filter?: TextFilter;
  /** Only rows edited at this minute or later, ISO. */
  readonly editedSince?: string;
  /** Rows in the trash instead of live ones. */
  readonly inTrash?: boolean;
}

interface Progress {
  readonly seen: Set<string>;
  pageSize: number;
  /** Where the window begins, and the creation time of the last row so far; both to the minute. */
  since: string | undefined;
  latest: string | undefined;
  /** When Notion gave the first page. */
  begun?: number | undefined;
}

/**
 * Pages of rows, oldest first, and at the end the time of the first page by Notion's clock, in milliseconds. Throws
 * `read-incomplete` where Notion gives no way to see all of them.
 */
export async function* walkRows(
  call: Call,
  walk: Walk,
  signal?: AbortSignal,
): AsyncGenerator<readonly RawRow[], number | undefined> {
  const progress: Progress = { seen: new Set(), pageSize: PAGE_SIZE, since: undefined, latest: undefined };
  for (let restarts = 0; restarts <= RESTARTS; ) {
    const end = yield* walkWindow(call, walk, progress, signal);
    if (end === 'whole') return progress.begun;
    if (end === 'stale') restarts += 1;
    else if (progress.latest === progress.since) {
      throw incomplete(`more rows were created in the minute ${progress.latest} than one query returns`);
    }
    progress.since = progress.latest;
  }
  throw incomplete('its cursors went stale again and again');
}

async function* walkWindow(
  call: Call,
  walk: Walk,
  progress: Progress,
  signal?: AbortSignal,
): AsyncGenerator<readonly RawRow[], 'whole' | 'capped' | 'stale'> {
  const cursors = new Set<string>();
  let cursor: string | undefined;
  for (let page = 0; page < PAGES_PER_WINDOW; page += 1) {
    const asked = await queryPage(call, walk, progress, cursor, signal);
    if (asked === 'stale') return 'stale';
    const { value: answer, servedAt } = asked;
    if (!('begun' in progress)) progress.begun = servedAt;
    const pages = fullPages(answer);
    progress.latest = pages.at(-1)?.created_time ?? progress.latest;
    const fresh = pages.filter(({ id }) => !progress.seen.has(id));
    const rows: RawRow[] = [];
    for (const found of fresh) {
      progress.seen.add(found.id);
      rows.push(await readRow(call, walk, found, signal));
    }
    if (rows.length > 0) yield rows;
    if (!answer.has_more) return answer.request_status?.type === 'incomplete' ? 'capped' : 'whole';
    cursor = answer.next_cursor ?? undefined;
    if (cursor === undefined || cursors.has(cursor)) throw incomplete('its pages lead in a circle');
    cursors.add(cursor);
  }
  throw incomplete('its pages do not end');
}

/** One page of a query; smaller ones from then on when Notion asks for that. */
async function queryPage(
  call: Call,
  walk: Walk,
  progress: Progress,
  cursor: string | undefined,
  signal?: AbortSignal,
): Promise<Answer<Query> | 'stale'> {
  for (;;) {
    try {
      const query = queryOf(walk, progress, cursor);
      return await call((client) => client.dataSources.query(query), Query, signal);
    } catch (error) {
      if (!(error instanceof TandemError)) throw error;
      const { status } = error.details;
      if (status === 400 && cursor !== undefined && error.message.includes('start_cursor')) return 'stale';
      const smaller = status === 503 && error.message.includes('Reduce page_size');
      if (!smaller || progress.pageSize <= SMALLEST_PAGE) throw error;
      progress.pageSize = Math.max(SMALLEST_PAGE, Math.floor(progress.pageSize / 2));
    }
  }
}

function queryOf(walk: Walk, progress: Progress, cursor: string | undefined): QueryDataSourceParameters {
  const since: SinceFilter | undefined =
    progress.since === undefined
      ? undefined
      : { timestamp: 'created_time', created_time: { on_or_after: progress.since } };
  const edited: EditedFilter | undefined =
    walk.editedSince === undefined
      ? undefined
      : { timestamp: 'last_edited_time', last_edited_time: { on_or_after: walk.editedSince } };
  const filters = [walk.filter, edited, since].filter((filter) => filter !== undefined);
  const filter = filters.length > 1 ? { and: filters } : filters[0];
  return {
    data_source_id: walk.dataSourceId,
    page_size: progress.pageSize,
    // Without a sort the newest come first and pages shift as rows are added.
    sorts: [{ timestamp: 'created_time', direction: 'ascending' }],
    filter_properties: walk.columns.map(({ id }) => id),
    ...(filter === undefined ? {} : { filter }),
    ...(walk.inTrash === true ? { in_trash: true } : {}),
    ...(cursor === undefined ? {} : { start_cursor: cursor }),
  };
}

/** The rows of an answer. A wiki also lists data sources, which are no rows. */
function fullPages(answer: Query): readonly Page[] {
  return answer.results
    .filter((result) => result.object === 'page')
    .map((result) => {
      const page = Page.safeParse(result);
      if (page.success) return page.data;
      if (!('properties' in result)) {
        throw new TandemError('auth-forbidden', 'Notion shows the rows without their content: grant "Read content".');
      }
      const message = `Notion sent a row that cannot be read: ${page.error.issues[0]?.path.join('.') ?? ''}`;
      throw new TandemError('upstream-invalid-response', message, { source: result.id });
    });
}

function incomplete(why: string): TandemError {
  return new TandemError('read-incomplete', `The data source could not be read to its end: ${why}.`);
}
