/**
 * The data of the sandbox in memory: bases, tables, fields, records. Cells are kept by field id in wire form, an
 * empty cell is absent. Filled once from a workspace file; afterwards changed only inside a transaction.
 */
import type { AirtableWorkspace } from '../workspace.js';
import { choicesOf, type Field, isComputed, isSelect, linkOf, setChoices, watchedFieldIds } from './fields.js';

export interface Person {
  readonly id: string;
  readonly email: string;
  readonly name: string;
}

export interface Row {
  readonly id: string;
  /** ISO date-time in whole seconds, as the service gives it. */
  readonly createdTime: string;
  /** Milliseconds; lists do not show it before. */
  readonly listedAt: number;
  readonly createdBy: Person;
  modifiedBy: Person | undefined;
  /** By field id. Of computed fields only what the file (or a hand) stored. */
  readonly cells: Map<string, unknown>;
  /** When each editable cell last changed, in milliseconds. */
  readonly touched: Map<string, number>;
}

export interface Table {
  readonly id: string;
  readonly name: string;
  readonly primaryFieldId: string;
  fields: Field[];
  /** In the order of creation. */
  rows: Map<string, Row>;
}

export interface Base {
  readonly id: string;
  readonly name: string;
  readonly tables: readonly Table[];
}

export interface Model {
  readonly token: string;
  readonly user: Person;
  /** Everybody who may stand in a collaborator cell, the token's user included. */
  readonly collaborators: readonly Person[];
  readonly bases: readonly Base[];
  /** A fresh id: prefix and 14 characters. */
  newId(prefix: string): string;
}

/** Whether a cell value counts as empty: such cells are never sent. */
export const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  value === false ||
  (Array.isArray(value) && value.length === 0);

/** Airtable's times are in whole seconds. */
export const wholeSeconds = (ms: number): string => new Date(Math.floor(ms / 1000) * 1000).toISOString();

export const fieldOf = (table: Table, idOrName: string): Field | undefined =>
  table.fields.find((field) => field.id === idOrName) ?? table.fields.find((field) => field.name === idOrName);

export const tableOf = (base: Base, idOrName: string): Table | undefined =>
  base.tables.find((table) => table.id === idOrName) ?? base.tables.find((table) => table.name === idOrName);

export const tableById = (model: Model, id: string): Table | undefined =>
  model.bases.flatMap((base) => base.tables).find((table) => table.id === id);

/** The one view every table of the sandbox has. */
export const viewOf = (table: Table): { readonly id: string; readonly name: string; readonly type: string } => ({
  id: `viw${table.id.slice(3)}`,
  name: 'Grid view',
  type: 'grid',
});

/** The ids in a link cell. */
export const linkedIds = (row: Row, field: Field): readonly string[] => {
  const value = row.cells.get(field.id);
  return Array.isArray(value) ? value.filter((id) => typeof id === 'string') : [];
};

type FileTable = AirtableWorkspace['bases'][number]['tables'][number];

/** Builds the model from a checked workspace file. Throws Error for a cell of an unknown field. */
export function loadModel(workspace: AirtableWorkspace): Model {
  let issued = 0;
  const taken = new Set(
    workspace.bases.flatMap((base) => base.tables.flatMap((table) => table.records.map((record) => record.id))),
  );
  const newId = (prefix: string): string => {
    issued += 1;
    const id = `${prefix}Sandbox${issued.toString(36).padStart(7, '0')}`;
    return taken.has(id) ? newId(prefix) : id;
  };
  const collaborators = [
    workspace.user,
    ...workspace.collaborators.filter((person) => person.id !== workspace.user.id),
  ];
  const bases = workspace.bases.map((base) => ({
    id: base.id,
    name: base.name,
    tables: base.tables.map((table) => loadTable(table, collaborators, newId)),
  }));
  const model: Model = { token: workspace.token, user: workspace.user, collaborators, bases, newId };
  completeLinks(model);
  return model;
}

function loadTable(file: FileTable, people: readonly Person[], newId: (prefix: string) => string): Table {
  const fields: Field[] = file.fields.map((field) => ({ ...field, options: structuredClone(field.options) }));
  for (const field of fields.filter(isSelect)) {
    setChoices(
      field,
      choicesOf(field).map((choice) => ({ ...choice, id: choice.id ?? newId('sel') })),
    );
  }
  const table: Table = { id: file.id, name: file.name, primaryFieldId: file.primaryFieldId, fields, rows: new Map() };
  if (!fields.some((field) => field.id === file.primaryFieldId)) {
    throw new Error(`table ${file.name}: primaryFieldId names no field`);
  }
  for (const record of file.records) table.rows.set(record.id, loadRow(table, record, people));
  return table;
}

function loadRow(table: Table, record: FileTable['records'][number], people: readonly Person[]): Row {
  const created = Date.parse(record.createdTime);
  const author = people[1] ?? people[0];
  if (author === undefined) throw new Error('a workspace needs a user');
  const row: Row = {
    id: record.id,
    createdTime: wholeSeconds(created),
    listedAt: Number.NEGATIVE_INFINITY,
    createdBy: author,
    modifiedBy: undefined,
    cells: new Map(),
    touched: new Map(),
  };
  for (const [name, value] of Object.entries(record.fields)) {
    const field = fieldOf(table, name);
    if (field === undefined) throw new Error(`table ${table.name}, record ${record.id}: no field named ${name}`);
    if (isEmpty(value)) continue;
    row.cells.set(field.id, structuredClone(value));
    if (!isComputed(field)) row.touched.set(field.id, created);
  }
  settleModifiedTimes(table, row);
  return row;
}

/**
 * A lastModifiedTime the file gives becomes the time its watched cells changed, so that the cell goes on
 * moving with later edits. Fields that watch few cells come last: they know best.
 */
function settleModifiedTimes(table: Table, row: Row): void {
  const editable = table.fields.filter((field) => !isComputed(field)).map((field) => field.id);
  const stamps = table.fields.filter((field) => field.type === 'lastModifiedTime' && row.cells.has(field.id));
  const watched = (field: Field): readonly string[] =>
    watchedFieldIds(field).length > 0 ? watchedFieldIds(field) : editable;
  for (const field of [...stamps].sort((left, right) => watched(right).length - watched(left).length)) {
    const at = Date.parse(String(row.cells.get(field.id)));
    row.cells.delete(field.id);
    for (const id of watched(field)) row.touched.set(id, at);
  }
}

/** A file may name a two-way link on one side only: the other side is completed. */
function completeLinks(model: Model): void {
  for (const table of model.bases.flatMap((base) => base.tables)) {
    for (const field of table.fields) {
      const link = linkOf(field);
      const other = link === undefined ? undefined : tableById(model, link.tableId);
      const inverse = other?.fields.find((candidate) => candidate.id === link?.inverseFieldId);
      if (other === undefined || inverse === undefined) continue;
      for (const row of table.rows.values()) {
        for (const id of linkedIds(row, field)) {
          const target = other.rows.get(id);
          if (target === undefined)
            throw new Error(`table ${table.name}, record ${row.id}: no record ${id} to link to`);
          const ids = linkedIds(target, inverse);
          if (!ids.includes(row.id)) target.cells.set(inverse.id, [...ids, row.id]);
        }
      }
    }
  }
}
