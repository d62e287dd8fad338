/** What a webhook of the local Airtable tells about one transaction: cells by field id, in the longer shapes that webhooks use. */
import type { CellChange } from '../context.js';
import { groupedBy } from '../grouped.js';
import { choicesOf, type Field, linkOf } from './fields.js';
import { type Base, fieldOf, isEmpty, type Model, type Table, tableById } from './model.js';
import { nameOf, readCell } from './reading.js';
import type { Specification } from './webhook-specification.js';

export interface Payload {
  readonly timestamp: string;
  readonly baseTransactionNumber: number;
  readonly payloadFormat: 'v0';
  readonly actionMetadata: object;
  readonly changedTablesById: Readonly<Record<string, object>>;
}

const SOURCES = { api: 'publicApi', human: 'client', system: 'automation' } as const;

interface Telling {
  readonly model: Model;
  readonly table: Table;
  readonly specification: Specification;
}

/** Undefined when the transaction holds nothing that is watched. */
export function payloadOf(
  model: Model,
  base: Base,
  specification: Specification,
  changes: readonly CellChange[],
  transaction: number,
): Payload | undefined {
  const { filters } = specification.options;
  const [first] = changes;
  if (first === undefined || !filters.dataTypes.includes('tableData')) return undefined;
  const source = SOURCES[first.by];
  if (filters.fromSources !== undefined && !filters.fromSources.includes(source)) return undefined;
  const tables = base.tables.flatMap((table): [string, object][] => {
    if (!isInScope(table, filters.recordChangeScope)) return [];
    const told = tellTable(
      { model, table, specification },
      changes.filter((change) => change.source === table.id),
    );
    return told === undefined ? [] : [[table.id, told]];
  });
  if (tables.length === 0) return undefined;
  return {
    timestamp: new Date(first.at).toISOString(),
    baseTransactionNumber: transaction,
    payloadFormat: 'v0',
    actionMetadata: { source, sourceMetadata: source === 'automation' ? {} : { user: userOf(model, first.by) } },
    changedTablesById: Object.fromEntries(tables),
  };
}

const isInScope = (table: Table, scope: string | undefined): boolean =>
  scope === undefined || scope === table.id || scope === `viw${table.id.slice(3)}`;

function userOf(model: Model, by: CellChange['by']): object {
  const { id, email, name } = (by === 'human' ? model.collaborators[1] : undefined) ?? model.user;
  return { id, email, name, permissionLevel: 'create' };
}

function tellTable(telling: Telling, changes: readonly CellChange[]): object | undefined {
  const wants = (type: 'add' | 'remove' | 'update'): boolean =>
    telling.specification.options.filters.changeTypes?.includes(type) ?? true;
  const made = wants('add') ? changes.filter(({ property }) => property === '(created)') : [];
  const gone = wants('remove') ? changes.filter(({ property }) => property === '(deleted)') : [];
  const edited = wants('update')
    ? tellEdits(
        telling,
        changes.filter(({ property }) => !property.startsWith('(')),
      )
    : {};
  const parts = {
    ...(made.length === 0
      ? {}
      : { createdRecordsById: Object.fromEntries(made.map((change) => tellRow(telling, change))) }),
    ...(Object.keys(edited).length === 0 ? {} : { changedRecordsById: edited }),
    ...(gone.length === 0 ? {} : { destroyedRecordIds: gone.map(({ rowId }) => rowId) }),
  };
  return Object.keys(parts).length === 0 ? undefined : parts;
}

function tellRow({ model, table }: Telling, { rowId }: CellChange): [string, object] {
  const row = table.rows.get(rowId);
  const cells = table.fields.flatMap((field): [string, unknown][] => {
    const value = row && readCell(model, table, row, field, 'wire');
    return value === undefined ? [] : [[field.id, shaped(model, field, value)]];
  });
  return [rowId, { createdTime: row?.createdTime, cellValuesByFieldId: Object.fromEntries(cells) }];
}

function tellEdits(telling: Telling, changes: readonly CellChange[]): Record<string, object> {
  const { model, table, specification } = telling;
  const { filters, includes } = specification.options;
  const watched = changes.flatMap((change) => {
    const field = fieldOf(table, change.property);
    const isWatched = field !== undefined && (filters.watchDataInFieldIds?.includes(field.id) ?? true);
    return isWatched ? [{ ...change, field }] : [];
  });
  const rows = groupedBy(watched, ({ rowId }) => rowId);
  const cellsOf = (own: readonly (typeof watched)[number][], side: 'before' | 'after') => ({
    cellValuesByFieldId: Object.fromEntries(
      own.map((change) => [change.field.id, shaped(model, change.field, change[side])]),
    ),
  });
  const told = [...rows.entries()].map(([rowId, own]): [string, object] => [
    rowId,
    {
      current: cellsOf(own, 'after'),
      ...(includes?.includePreviousCellValues === true ? { previous: cellsOf(own, 'before') } : {}),
      ...unchanged(
        telling,
        rowId,
        own.map(({ field }) => field.id),
      ),
    },
  ]);
  return Object.fromEntries(told);
}

/** The cells a webhook asked to have beside those that changed. */
function unchanged({ model, table, specification }: Telling, rowId: string, changed: readonly string[]): object {
  const wanted = specification.options.includes?.includeCellValuesInFieldIds;
  const row = table.rows.get(rowId);
  if (wanted === undefined || row === undefined) return {};
  const others = table.fields.filter(({ id }) => !changed.includes(id) && (wanted === 'all' || wanted.includes(id)));
  const cells = others.map((field) => [field.id, shaped(model, field, readCell(model, table, row, field, 'wire'))]);
  return { unchanged: { cellValuesByFieldId: Object.fromEntries(cells) } };
}

/** Options and linked records are objects here; an empty cell is null. */
function shaped(model: Model, field: Field, value: unknown): unknown {
  if (isEmpty(value)) return null;
  if (field.type === 'singleSelect') return optionOf(field, value);
  if (field.type === 'multipleSelects' && Array.isArray(value)) return value.map((name) => optionOf(field, name));
  const link = linkOf(field);
  const linked = link === undefined ? undefined : tableById(model, link.tableId);
  if (linked === undefined || !Array.isArray(value)) return value;
  return value.map((id) => ({ id, name: nameOf(model, linked, String(id)) }));
}

const optionOf = (field: Field, name: unknown): unknown => {
  const found = choicesOf(field).find((choice) => choice.name === name);
  return found === undefined ? { name } : found;
};
