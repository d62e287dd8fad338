/** Search by title over pages and data sources. */
import { z } from 'zod';
import { digestOf, pageOf, pageRequest } from './lists.js';
import { printPage, type Version } from './page-wire.js';
import { check } from './refusals.js';
import { printDatabase, printDataSource } from './schema-wire.js';
import type { Database, DataSource, NotionState, Page } from './state.js';
import { cellOf, shortValue } from './values.js';

const body = z.strictObject({
  query: z.string().optional(),
  filter: z
    .strictObject({
      property: z.literal('object').optional(),
      value: z.enum(['page', 'data_source', 'database']).optional(),
      in_trash: z.boolean().optional(),
    })
    .optional(),
  sort: z.looseObject({ direction: z.enum(['ascending', 'descending']).optional() }).optional(),
  start_cursor: z.unknown().optional(),
  page_size: z.number().optional(),
});

type Hit = {
  readonly editedAt: number;
  readonly title: string;
  readonly kind: 'page' | 'data_source';
  print(): object;
};

/** Everything shared with the connection whose title contains the words, last edited first. */
export function answerSearch(state: NotionState, version: Version, given: unknown): object {
  const { start_cursor: cursor, page_size: size, ...question } = check(body, given, 'body');
  const digest = digestOf(['search', question]);
  const paging = pageRequest({ size, cursor }, digest, 'body');
  const words = (question.query ?? '').toLowerCase();
  const wanted = question.filter?.value === 'database' ? 'data_source' : question.filter?.value;
  const sign = question.sort?.direction === 'ascending' ? 1 : -1;
  const hits = allHits(state, version, question.filter?.in_trash ?? false)
    .filter((hit) => (wanted === undefined || hit.kind === wanted) && hit.title.toLowerCase().includes(words))
    .sort((a, b) => sign * (a.editedAt - b.editedAt));
  const { items, envelope } = pageOf(hits, paging, digest);
  return {
    object: 'list',
    results: items.map((hit) => hit.print()),
    ...envelope,
    type: 'page_or_data_source',
    page_or_data_source: {},
  };
}

/** Version 2022-06-28 sees databases, and of those only the ones with a single source. */
function allHits(state: NotionState, version: Version, inTrash: boolean): Hit[] {
  const isSeen = (source: DataSource): boolean =>
    version !== '2022-06-28' || databaseOf(state, source)?.dataSourceIds.length === 1;
  const sources = [...state.dataSources.values()].filter((source) => source.shared && isSeen(source));
  return sources.flatMap((source) => [
    ...(inTrash ? [] : [sourceHit(state, version, source)]),
    ...[...(state.rows.get(source.id) ?? [])].flatMap((id) => {
      const page = state.pages.get(id);
      return page === undefined || page.inTrash !== inTrash ? [] : [pageHit(state, version, source, page)];
    }),
  ]);
}

const databaseOf = (state: NotionState, source: DataSource): Database | undefined =>
  state.databases.get(source.databaseId);

const sourceHit = (state: NotionState, version: Version, source: DataSource): Hit => ({
  kind: 'data_source',
  title: source.name,
  editedAt: source.editedAt,
  print: () => {
    const database = databaseOf(state, source);
    return version === '2022-06-28' && database !== undefined
      ? printDatabase(state, version, database)
      : printDataSource(state, version, source);
  },
});

function pageHit(state: NotionState, version: Version, source: DataSource, page: Page): Hit {
  const title = source.properties.find((property) => property.type === 'title');
  const text = title === undefined ? null : shortValue(state, title, cellOf(page, title));
  return {
    kind: 'page',
    title: String(text ?? ''),
    editedAt: page.editedAt,
    print: () => printPage(state, version, page, source.properties),
  };
}
