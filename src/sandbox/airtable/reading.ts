/**
 * What a cell shows: computed cells are worked out here, and everything has a text. A value stored for a computed
 * cell wins over the computation, so that a file can show any formula result, special number or error.
 */
import { z } from 'zod';
import { type Field, isComputed, linkOf, showsDayOnly, textOption, watchedFieldIds } from './fields.js';
import { isEmpty, linkedIds, type Model, type Row, type Table, tableById, wholeSeconds } from './model.js';

/** `wire`: as the API sends it. `names`: links as the names of the linked records, as formulas see them. */
export type View = 'wire' | 'names';

/** Lookups may look up lookups; a file that makes a circle of them shows nothing. */
const DEEPEST_LOOKUP = 8;

/** The value of a cell, undefined when it is empty. */
export function readCell(model: Model, table: Table, row: Row, field: Field, view: View, depth = 0): unknown {
  const stored = row.cells.get(field.id);
  const value = stored === undefined && isComputed(field) ? compute(model, table, row, field, view, depth) : stored;
  if (isEmpty(value)) return undefined;
  const link = view === 'names' ? linkOf(field) : undefined;
  const linked = link === undefined ? undefined : tableById(model, link.tableId);
  return linked === undefined ? value : linkedIds(row, field).map((id) => nameOf(model, linked, id, depth + 1));
}

/** The text of a record's primary field. */
export function nameOf(model: Model, table: Table, rowId: string, depth = 0): string {
  const row = table.rows.get(rowId);
  const primary = table.fields.find((field) => field.id === table.primaryFieldId);
  if (row === undefined || primary === undefined || depth > DEEPEST_LOOKUP) return '';
  return textOf(readCell(model, table, row, primary, 'names', depth));
}

function compute(model: Model, table: Table, row: Row, field: Field, view: View, depth: number): unknown {
  switch (field.type) {
    case 'createdTime':
      return timeFor(field, row.createdTime);
    case 'lastModifiedTime': {
      const at = modifiedAt(table, row, watchedFieldIds(field));
      return at === undefined ? undefined : timeFor(field, wholeSeconds(at));
    }
    case 'createdBy':
      return row.createdBy;
    case 'lastModifiedBy':
      return row.modifiedBy ?? row.createdBy;
    case 'count':
      return linkFieldOf(table, field) === undefined ? undefined : linkedRows(model, table, row, field).length;
    case 'multipleLookupValues':
      return lookup(model, table, row, field, view, depth);
    default:
      return undefined;
  }
}

const timeFor = (field: Field, iso: string): string => (showsDayOnly(field) ? iso.slice(0, 10) : iso);

/** When one of the fields (none named: any editable field) last changed, in milliseconds; undefined: never. */
export function modifiedAt(table: Table, row: Row, fieldIds: readonly string[]): number | undefined {
  const ids = fieldIds.length > 0 ? fieldIds : table.fields.map((field) => field.id);
  const times = ids.flatMap((id) => row.touched.get(id) ?? []);
  return times.length === 0 ? undefined : Math.max(...times);
}

const linkFieldOf = (table: Table, field: Field): Field | undefined =>
  table.fields.find((candidate) => candidate.id === textOption(field, 'recordLinkFieldId'));

function linkedRows(model: Model, table: Table, row: Row, field: Field): readonly Row[] {
  const through = linkFieldOf(table, field);
  const link = through === undefined ? undefined : linkOf(through);
  const linked = link === undefined ? undefined : tableById(model, link.tableId);
  if (through === undefined || linked === undefined) return [];
  return linkedIds(row, through).flatMap((id) => linked.rows.get(id) ?? []);
}

/** One entry per linked cell, arrays laid flat; an empty linked cell leaves a null among others. */
function lookup(model: Model, table: Table, row: Row, field: Field, view: View, depth: number): unknown {
  const through = linkFieldOf(table, field);
  const link = through === undefined ? undefined : linkOf(through);
  const linked = link === undefined ? undefined : tableById(model, link.tableId);
  const target = linked?.fields.find((candidate) => candidate.id === textOption(field, 'fieldIdInLinkedTable'));
  if (linked === undefined || target === undefined || depth > DEEPEST_LOOKUP) return undefined;
  const values = linkedRows(model, table, row, field).map(
    (other) => readCell(model, linked, other, target, view, depth + 1) ?? null,
  );
  return values.every((value) => value === null) ? undefined : values.flat();
}

const named = z.looseObject({ name: z.string() });
const worded = z.looseObject({ text: z.string() });
const attached = z.looseObject({ filename: z.string(), url: z.string() });

/** A value in words, as formulas and the string cell format put it. */
export function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 'checked' : '';
  if (Array.isArray(value)) return value.map(textOf).join(', ');
  const file = attached.safeParse(value);
  if (file.success) return `${file.data.filename} (${file.data.url})`;
  return named.safeParse(value).data?.name ?? worded.safeParse(value).data?.text ?? '';
}

export interface WireRecord {
  readonly id: string;
  readonly createdTime: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly commentCount?: number;
}

export interface RecordShape {
  /** Undefined: every field. */
  readonly only?: readonly Field[];
  readonly byId?: boolean;
  readonly asText?: boolean;
}

/** A record as the API sends it: empty cells are absent. */
export function wireRecord(model: Model, table: Table, row: Row, shape: RecordShape): WireRecord {
  const fields: Record<string, unknown> = {};
  for (const field of shape.only ?? table.fields) {
    const value = readCell(model, table, row, field, shape.asText === true ? 'names' : 'wire');
    if (value === undefined) continue;
    fields[shape.byId === true ? field.id : field.name] = shape.asText === true ? textOf(value) : value;
  }
  return { id: row.id, createdTime: row.createdTime, fields };
}
