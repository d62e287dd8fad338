/**
 * Lists records page by page. The first page fixes which records come and in what order; values are read when
 * their page is. An offset names an iterator and the next record, and lives until the iterators expire.
 */
import { choicesOf, type Field, isSelect } from './fields.js';
import { compileFilter } from './formula.js';
import { fieldOf, type Model, type Row, type Table, viewOf } from './model.js';
import type { ListParams } from './params.js';
import { readCell, textOf, type WireRecord, wireRecord } from './reading.js';
import { invalidOffset, iteratorGone, unknownField, unknownView } from './refusals.js';

const PAGE_SIZE = 100;
const MOST_ITERATORS = 1_000;

interface Iterator {
  /** Table and the parameters that decide which records come: an offset is good for the same question only. */
  readonly question: string;
  readonly ids: readonly string[];
}

/** Open iterators; the oldest go first when there are too many. */
export class Iterators {
  readonly #open = new Map<string, Iterator>();

  add(id: string, iterator: Iterator): void {
    this.#open.set(id, iterator);
    const oldest = this.#open.keys().next().value;
    if (this.#open.size > MOST_ITERATORS && oldest !== undefined) this.#open.delete(oldest);
  }

  get(id: string): Iterator | undefined {
    return this.#open.get(id);
  }

  expire(): void {
    this.#open.clear();
  }
}

export interface RecordPage {
  readonly records: readonly WireRecord[];
  readonly offset?: string;
}

interface Position {
  readonly iteratorId: string | undefined;
  readonly ids: readonly string[];
  readonly start: number;
}

/** One page. Throws Refusal. */
export function listRecords(
  model: Model,
  iterators: Iterators,
  table: Table,
  params: ListParams,
  now: number,
): RecordPage {
  const only = params.fields?.map((name) => known(table, name));
  const { iteratorId, ids, start } = position(model, iterators, table, params, now);
  const end = start + (params.pageSize ?? PAGE_SIZE);
  const shape = {
    ...(only === undefined ? {} : { only }),
    byId: params.returnFieldsByFieldId ?? false,
    asText: params.cellFormat === 'string',
  };
  const records = ids
    .slice(start, end)
    .flatMap((id) => table.rows.get(id) ?? [])
    .map((row) => ({
      ...wireRecord(model, table, row, shape),
      ...(params.recordMetadata === undefined ? {} : { commentCount: 0 }),
    }));
  const next = ids[end];
  if (next === undefined) return { records };
  const itr = iteratorId ?? model.newId('itr');
  if (iteratorId === undefined) iterators.add(itr, { question: questionOf(table, params), ids });
  return { records, offset: `${itr}/${next}` };
}

function position(model: Model, iterators: Iterators, table: Table, params: ListParams, now: number): Position {
  if (params.offset === undefined) {
    return { iteratorId: undefined, ids: selectIds(model, table, params, now), start: 0 };
  }
  const match = /^(itr[A-Za-z0-9]{14})\/(rec[A-Za-z0-9]{14})$/.exec(params.offset);
  const [, iteratorId = '', rowId = ''] = match ?? [];
  if (match === null) throw invalidOffset();
  const iterator = iterators.get(iteratorId);
  if (iterator === undefined || iterator.question !== questionOf(table, params)) throw iteratorGone();
  const start = iterator.ids.indexOf(rowId);
  if (start < 0) throw invalidOffset();
  return { iteratorId, ids: iterator.ids, start };
}

const questionOf = (table: Table, { filterByFormula, sort, view, maxRecords }: ListParams): string =>
  JSON.stringify([table.id, filterByFormula, sort, view, maxRecords]);

function known(table: Table, name: string): Field {
  const field = fieldOf(table, name);
  if (field === undefined) throw unknownField(name);
  return field;
}

function selectIds(model: Model, table: Table, params: ListParams, now: number): readonly string[] {
  const { id, name } = viewOf(table);
  if (params.view !== undefined && params.view !== id && params.view !== name) throw unknownView(params.view);
  const matches =
    params.filterByFormula === undefined ? () => true : compileFilter(model, table, params.filterByFormula, now);
  const orders = (params.sort ?? []).map(({ field: sortName, direction }) => {
    const field = known(table, sortName);
    const sign = direction === 'desc' ? -1 : 1;
    return (left: Row, right: Row) =>
      sign * compare(sortValue(model, table, left, field), sortValue(model, table, right, field));
  });
  const rows = [...table.rows.values()]
    .filter((row) => row.listedAt <= now && matches(row))
    .sort((left, right) => orders.reduce((order, by) => (order === 0 ? by(left, right) : order), 0));
  return rows.slice(0, params.maxRecords).map((row) => row.id);
}

/** Numbers by size, select options by their place in the column, everything else by its text; empty comes first. */
function sortValue(model: Model, table: Table, row: Row, field: Field): number | string | undefined {
  const value = readCell(model, table, row, field, 'names');
  if (value === undefined || typeof value === 'number') return value;
  if (isSelect(field) && typeof value === 'string') {
    return choicesOf(field).findIndex((choice) => choice.name === value);
  }
  return textOf(value).toLowerCase();
}

function compare(left: number | string | undefined, right: number | string | undefined): number {
  if (left === right) return 0;
  if (left === undefined) return -1;
  if (right === undefined) return 1;
  return left < right ? -1 : 1;
}
