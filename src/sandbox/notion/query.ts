/** Queries of a data source: filter, order, paging and the cap on what one query can reach. */
import { z } from 'zod';
import { compareMoments, isDay } from './dates.js';
import { compileFilter } from './filters.js';
import { digestOf, pageOf, pageRequest } from './lists.js';
import { chosenProperties, printPage, type Version } from './page-wire.js';
import { check, invalid } from './refusals.js';
import { type DataSource, indexedPage, type NotionState, type Page, type Property, propertyOf } from './state.js';
import { cellOf, shortValue } from './values.js';

const direction = z.enum(['ascending', 'descending']).default('ascending');
const sort = z.looseObject({
  property: z.string().optional(),
  timestamp: z.enum(['created_time', 'last_edited_time']).optional(),
  direction,
});

const body = z.strictObject({
  filter: z.unknown().optional(),
  sorts: z.array(sort).max(100).optional(),
  start_cursor: z.unknown().optional(),
  page_size: z.number().optional(),
  in_trash: z.boolean().optional(),
  archived: z.boolean().optional(),
  result_type: z.enum(['page', 'data_source']).optional(),
});

type Order = (a: Page, b: Page) => number;

/** Answers a query. Trashed pages come only when asked for, and then alone. */
export function answerQuery(
  state: NotionState,
  version: Version,
  dataSource: DataSource,
  given: unknown,
  wantedProperties: readonly string[],
): object {
  const request = check(body, given, 'body');
  const { start_cursor: cursor, page_size: size, ...question } = request;
  const digest = digestOf(['query', dataSource.id, question]);
  const paging = pageRequest({ size, cursor }, digest, 'body');
  const properties = chosenProperties(dataSource, wantedProperties);
  const matching = matchingPages(state, dataSource, request, digest);
  const { items, cut, envelope } = pageOf(matching, paging, digest, state.limits.queryCap);
  const kind = version === '2022-06-28' ? 'page_or_database' : 'page_or_data_source';
  return {
    object: 'list',
    results: items.map((page) => printPage(state, version, page, properties)),
    ...envelope,
    type: kind,
    [kind]: {},
    ...(cut ? { request_status: { type: 'incomplete', incomplete_reason: 'query_result_limit_reached' } } : {}),
  };
}

function matchingPages(
  state: NotionState,
  dataSource: DataSource,
  request: z.infer<typeof body>,
  digest: string,
): readonly Page[] {
  const test = request.filter === undefined ? () => true : compileFilter(state, dataSource, request.filter);
  const order = orderOf(state, dataSource, request.sorts ?? []);
  const key = `${state.revision}:${digest}`;
  if (state.lastQuery?.key === key && state.indexed.size === 0) return state.lastQuery.pages;
  const inTrash = request.in_trash ?? request.archived ?? false;
  const pages = [...(state.rows.get(dataSource.id) ?? [])]
    .flatMap((id) => state.pages.get(id) ?? [])
    .flatMap((page) => indexedPage(state, page) ?? [])
    .filter((page) => page.inTrash === inTrash && test(page))
    .sort(order);
  state.lastQuery = { key, pages };
  return pages;
}

const newestFirst: Order = (a, b) => b.createdAt - a.createdAt || b.sequence - a.sequence;

function orderOf(state: NotionState, dataSource: DataSource, sorts: readonly z.infer<typeof sort>[]): Order {
  if (sorts.length === 0) return newestFirst;
  const orders = sorts.map((wanted): Order => {
    const sign = wanted.direction === 'ascending' ? 1 : -1;
    if (wanted.timestamp === 'created_time')
      return (a, b) => sign * (a.createdAt - b.createdAt || a.sequence - b.sequence);
    if (wanted.timestamp === 'last_edited_time') return (a, b) => sign * (a.editedAt - b.editedAt);
    const property = propertyOf(dataSource, wanted.property ?? '');
    if (property === undefined) throw invalid(`Could not find sort property with name or id: ${wanted.property ?? ''}`);
    return propertyOrder(state, property, sign);
  });
  return (a, b) => orders.reduce((order, next) => order || next(a, b), 0) || newestFirst(a, b);
}

/** Empty cells come last in either direction. */
function propertyOrder(state: NotionState, property: Property, sign: number): Order {
  return (a, b) => {
    const [left, right] = [sortKey(state, property, a), sortKey(state, property, b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return sign * compareKeys(left, right);
  };
}

function compareKeys(left: string | number, right: string | number): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  const [a, b] = [String(left), String(right)];
  if (isDay(a.slice(0, 10)) && isDay(b.slice(0, 10))) return compareMoments(a, b);
  return a < b ? -1 : a > b ? 1 : 0;
}

function sortKey(state: NotionState, property: Property, page: Page): string | number | null {
  switch (property.type) {
    case 'created_time':
      return page.createdAt;
    case 'last_edited_time':
      return page.editedAt;
    case 'unique_id':
      return page.sequence;
    case 'select':
    case 'status': {
      const value = cellOf(page, property);
      const position = property.options.findIndex((option) => value.kind === 'option' && option.id === value.id);
      return position < 0 ? null : position;
    }
    case 'date': {
      const value = cellOf(page, property);
      return value.kind === 'date' ? (value.date?.start ?? null) : null;
    }
    default: {
      const short = shortValue(state, property, cellOf(page, property));
      return typeof short === 'number' || short === null ? short : String(short);
    }
  }
}
