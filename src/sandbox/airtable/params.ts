/**
 * Parameters of reads, from a query or from the body of listRecords. Both are as strict as the service: an
 * unknown name, an empty value or a literal null is refused.
 */
import { z } from 'zod';
import { invalidRequest } from './refusals.js';

const cellFormat = {
  cellFormat: z.enum(['json', 'string']).optional(),
  timeZone: z.string().optional(),
  userLocale: z.string().optional(),
  returnFieldsByFieldId: z.boolean().optional(),
};

const ListParams = z.strictObject({
  fields: z.array(z.string()).optional(),
  filterByFormula: z.string().min(1).optional(),
  view: z.string().optional(),
  sort: z.array(z.strictObject({ field: z.string(), direction: z.enum(['asc', 'desc']).optional() })).optional(),
  pageSize: z.int().min(1).max(100).optional(),
  maxRecords: z.int().min(1).optional(),
  offset: z.string().optional(),
  recordMetadata: z.array(z.literal('commentCount')).optional(),
  ...cellFormat,
});
export type ListParams = z.infer<typeof ListParams>;

/** The official client leaves its own `method` option in the body, so the service takes it. */
const ListBody = ListParams.extend({ method: z.literal('post').optional() });

const RecordParams = z.strictObject(cellFormat);
export type RecordParams = z.infer<typeof RecordParams>;

const DeleteParams = z.strictObject({ records: z.array(z.string()) });
const NoParams = z.strictObject({});
const TablesParams = z.strictObject({ include: z.array(z.literal('visibleFieldIds')).optional() });
const BasesParams = z.strictObject({ offset: z.string().optional() });

function checked<T>(schema: z.ZodType<T>, raw: unknown): T {
  const parsed = schema.safeParse(raw);
  if (!parsed.success) throw invalidRequest();
  return parsed.data;
}

/** String cells need both a time zone and a locale. */
function withFormat<T extends RecordParams>(params: T): T {
  if (params.cellFormat === 'string' && (params.timeZone === undefined || params.userLocale === undefined)) {
    throw invalidRequest();
  }
  return params;
}

export const listParamsOf = (query: URLSearchParams): ListParams => withFormat(checked(ListParams, structured(query)));

/**
 * Parameters of POST listRecords. Only the time zone and the locale are read from the query; anything else there,
 * an offset above all, is silently ignored: a client that puts it there reads the first page for ever.
 */
export function listParamsOfBody(body: unknown, query: URLSearchParams): ListParams {
  const params = checked(ListBody, body);
  const timeZone = params.timeZone ?? query.get('timeZone') ?? undefined;
  const userLocale = params.userLocale ?? query.get('userLocale') ?? undefined;
  return withFormat({ ...params, timeZone, userLocale });
}

export const recordParamsOf = (query: URLSearchParams): RecordParams =>
  withFormat(checked(RecordParams, structured(query)));

export const idsToDelete = (query: URLSearchParams): readonly string[] =>
  checked(DeleteParams, structured(query)).records;

export const expectNoParams = (query: URLSearchParams): void => {
  checked(NoParams, structured(query));
};

export const expectTablesParams = (query: URLSearchParams): void => {
  checked(TablesParams, structured(query));
};

export const expectBasesParams = (query: URLSearchParams): void => {
  checked(BasesParams, structured(query));
};

const NUMBERS = new Set(['pageSize', 'maxRecords']);
const FLAGS = new Set(['returnFieldsByFieldId']);

/** `a=1&b[]=2&c[0]=3&d[0][e]=4` as an object. */
function structured(query: URLSearchParams): Record<string, unknown> {
  const plain = new Map<string, unknown>();
  const lists = new Map<string, Map<string, unknown>>();
  for (const [key, value] of query) {
    const match = /^(\w+)(?:\[(\d*)\](?:\[(\w+)\])?)?$/.exec(key);
    if (match === null || value === '' || value === 'null' || value === 'undefined') throw invalidRequest();
    const [, name = '', index, property] = match;
    if (index === undefined) {
      if (plain.has(name)) throw invalidRequest();
      plain.set(name, typed(name, value));
      continue;
    }
    const list = lists.get(name) ?? new Map<string, unknown>();
    lists.set(name, list);
    const place = index === '' ? `#${list.size}` : index;
    list.set(place, property === undefined ? value : { ...objectAt(list, place), [property]: value });
  }
  return Object.fromEntries([...plain, ...[...lists].map(([name, list]) => [name, [...list.values()]] as const)]);
}

const objectAt = (list: ReadonlyMap<string, unknown>, place: string): object => {
  const value = list.get(place);
  return typeof value === 'object' && value !== null ? value : {};
};

function typed(name: string, value: string): unknown {
  if (NUMBERS.has(name) && /^\d+$/.test(value)) return Number(value);
  if (FLAGS.has(name) && (value === 'true' || value === '1')) return true;
  if (FLAGS.has(name) && (value === 'false' || value === '0')) return false;
  return value;
}
