/**
 * Creating, updating, upserting and deleting records. Bodies are checked as a whole first; a refusal of any row
 * takes back the whole request.
 */
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { type Field, isComputed, isMergeable } from './fields.js';
import { acceptValue } from './input.js';
import { fieldOf, isEmpty, type Row, type Table } from './model.js';
import {
  computedField,
  invalidRecordIds,
  invalidRecords,
  invalidRequest,
  missingFields,
  notFound,
  rowDoesNotExist,
  sameRecordTwice,
  severalMatches,
  unknownField,
} from './refusals.js';
import type { Transaction } from './transaction.js';

const MOST_RECORDS = 10;

const cells = z.record(z.string(), z.unknown());
const record = z.strictObject({ id: z.string().optional(), fields: cells });

/** Envelopes; the rows inside are judged one by one, because their refusals have a type of their own. */
const manyBody = z.strictObject({
  records: z.unknown().optional(),
  typecast: z.boolean().optional(),
  returnFieldsByFieldId: z.boolean().optional(),
  performUpsert: z.strictObject({ fieldsToMergeOn: z.array(z.string()).min(1).max(3) }).optional(),
});
const oneBody = z.strictObject({
  fields: z.unknown().optional(),
  typecast: z.boolean().optional(),
  returnFieldsByFieldId: z.boolean().optional(),
});

export interface RowInput {
  readonly id: string | undefined;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface WriteRequest {
  readonly rows: readonly RowInput[];
  readonly typecast: boolean;
  readonly byId: boolean;
  /** Names or ids of the fields an upsert merges on. */
  readonly mergeOn: readonly string[] | undefined;
}

/** A body with `records`. */
export function parseMany(body: unknown, kind: 'create' | 'update'): WriteRequest {
  const parsed = manyBody.safeParse(body);
  if (!parsed.success) throw invalidRequest();
  const rows = z.array(record).min(1).max(MOST_RECORDS).safeParse(parsed.data.records);
  if (!rows.success) throw invalidRecords(kind);
  const mergeOn = parsed.data.performUpsert?.fieldsToMergeOn;
  if (kind === 'create' && mergeOn !== undefined) throw invalidRequest();
  const needsId = kind === 'update' && mergeOn === undefined;
  for (const row of rows.data) {
    if ((kind === 'create' && row.id !== undefined) || (needsId && row.id === undefined)) throw invalidRecords(kind);
  }
  return {
    rows: rows.data.map((row) => ({ id: row.id, fields: row.fields })),
    typecast: parsed.data.typecast ?? false,
    byId: parsed.data.returnFieldsByFieldId ?? false,
    mergeOn,
  };
}

/** A body with `fields`: one record. `id` comes from the path. */
export function parseOne(body: unknown, id: string | undefined): WriteRequest {
  const parsed = oneBody.safeParse(body);
  if (!parsed.success) throw invalidRequest();
  const fields = cells.safeParse(parsed.data.fields);
  if (!fields.success) throw missingFields();
  return {
    rows: [{ id, fields: fields.data }],
    typecast: parsed.data.typecast ?? false,
    byId: parsed.data.returnFieldsByFieldId ?? false,
    mergeOn: undefined,
  };
}

/** Sets the named cells of one record. Names and ids are both taken. */
export function writeCells(
  tx: Transaction,
  table: Table,
  row: Row,
  fields: RowInput['fields'],
  typecast: boolean,
): void {
  for (const [name, value] of Object.entries(fields)) {
    const field = fieldOf(table, name);
    if (field === undefined) throw unknownField(name);
    tx.setCell(table, row, field, acceptValue(tx, field, value, typecast));
  }
}

export function createRows(tx: Transaction, table: Table, request: WriteRequest): readonly Row[] {
  return request.rows.map((input) => createRow(tx, table, input, request.typecast));
}

function createRow(tx: Transaction, table: Table, input: RowInput, typecast: boolean): Row {
  const row = tx.addRow(table);
  writeCells(tx, table, row, input.fields, typecast);
  return row;
}

export interface Updated {
  readonly rows: readonly Row[];
  /** Of an upsert: which are new. */
  readonly created: readonly Row[];
}

/** `replace` (PUT) empties every editable cell that is not named. */
export function updateRows(tx: Transaction, table: Table, request: WriteRequest, replace: boolean): Updated {
  const merge = request.mergeOn?.map((name) => mergeField(table, name));
  // All targets are looked up before the first write: two new rows with one key become two records.
  const targets = request.rows.map((input) => target(tx, table, input, merge, request.typecast));
  const known = targets.flatMap((row) => row ?? []);
  if (new Set(known).size < known.length) throw sameRecordTwice();
  const created: Row[] = [];
  const rows = request.rows.map((input, index) => {
    const row = targets[index];
    if (row === undefined) {
      const added = createRow(tx, table, input, request.typecast);
      created.push(added);
      return added;
    }
    writeCells(tx, table, row, input.fields, request.typecast);
    if (replace) clearUnlisted(tx, table, row, input.fields);
    return row;
  });
  return { rows, created };
}

function clearUnlisted(tx: Transaction, table: Table, row: Row, fields: RowInput['fields']): void {
  const listed = new Set(Object.keys(fields));
  for (const field of table.fields) {
    if (!isComputed(field) && !listed.has(field.id) && !listed.has(field.name)) {
      tx.setCell(table, row, field, undefined);
    }
  }
}

function mergeField(table: Table, name: string): Field {
  const field = fieldOf(table, name);
  if (field === undefined) throw unknownField(name);
  if (isComputed(field)) throw computedField(field.name);
  if (!isMergeable(field)) throw invalidRequest(`Field "${field.name}" cannot be used in fieldsToMergeOn`);
  return field;
}

/** The record to update; undefined when an upsert must create one. */
function target(
  tx: Transaction,
  table: Table,
  input: RowInput,
  merge: readonly Field[] | undefined,
  typecast: boolean,
): Row | undefined {
  if (input.id !== undefined) {
    const row = table.rows.get(input.id);
    if (row === undefined) throw rowDoesNotExist(input.id);
    return row;
  }
  const key = (merge ?? []).map((field) => {
    const given = input.fields[field.id] ?? input.fields[field.name];
    if (given === undefined) throw invalidRequest(`Every record needs a value for "${field.name}"`);
    const value = acceptValue(tx, field, given, typecast);
    return { field, value: isEmpty(value) ? undefined : value };
  });
  const matches = [...table.rows.values()].filter((row) =>
    key.every(({ field, value }) => isDeepStrictEqual(row.cells.get(field.id), value)),
  );
  if (matches.length > 1) throw severalMatches();
  return matches[0];
}

/** Deletes by a list of ids; all of them must exist. */
export function deleteRows(tx: Transaction, table: Table, ids: readonly string[]): void {
  if (ids.length === 0 || ids.length > MOST_RECORDS) throw invalidRecordIds();
  for (const id of ids) {
    const row = table.rows.get(id);
    if (row === undefined) throw rowDoesNotExist(id);
    tx.removeRow(table, row);
  }
}

/** The record a path names. */
export function rowInPath(table: Table, id: string): Row {
  const row = table.rows.get(id);
  if (row === undefined) throw notFound();
  return row;
}
