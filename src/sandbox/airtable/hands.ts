/**
 * What people do in the tool, for demonstrations and tests: edit cells, add and delete records, change columns,
 * withdraw access. Record changes are audited as 'human'; changes of columns are not changes of cells.
 */
import type { Service } from './app.js';
import { choicesOf, type Field, isComputed, linkOf, setChoices } from './fields.js';
import { acceptValue } from './input.js';
import { fieldOf, isEmpty, type Row, type Table, tableById, tableOf } from './model.js';
import { wireRecord } from './reading.js';
import { Refusal } from './refusals.js';
import type { Scope } from './scopes.js';
import { type Transaction, transact } from './transaction.js';

type Cells = Readonly<Record<string, unknown>>;

export interface StoredRecord {
  readonly id: string;
  readonly createdTime: string;
  readonly fields: Cells;
}

export interface Hands {
  /** Sets cells by field name, as typed in by a person: options are created as needed; a computed cell takes what it is to show. `by` an automation, where that is said. */
  edit(baseId: string, tableIdOrName: string, recordId: string, fields: Cells, by?: 'human' | 'system'): void;
  /** Returns the id. */
  addRecord(baseId: string, tableIdOrName: string, fields: Cells): string;
  deleteRecord(baseId: string, tableIdOrName: string, recordId: string): void;
  /** Copies all editable cells. Returns the id of the copy. */
  duplicateRecord(baseId: string, tableIdOrName: string, recordId: string): string;
  /** Adds an empty column. Returns the id. */
  addField(
    baseId: string,
    tableIdOrName: string,
    name: string,
    type: string,
    options?: Readonly<Record<string, unknown>>,
  ): string;
  renameField(baseId: string, tableIdOrName: string, field: string, name: string): void;
  deleteField(baseId: string, tableIdOrName: string, field: string): void;
  /** Changes the type; cells are carried over where they can be, as the tool does, and emptied where not. */
  retypeField(
    baseId: string,
    tableIdOrName: string,
    field: string,
    type: string,
    options?: Readonly<Record<string, unknown>>,
  ): void;
  /** Removes an option of a select column from the column and from every cell. */
  deleteOption(baseId: string, tableIdOrName: string, field: string, option: string): void;
  /** Leaves the token these scopes and no others. */
  allow(scopes: readonly Scope[]): void;
  revokeToken(): void;
  restoreToken(): void;
  /** Takes the token's grant of one base away. */
  revokeBase(baseId: string): void;
  restoreBase(baseId: string): void;
  /** Every offset given out so far stops working. */
  expireIterators(): void;
  /** How many more calls this month allows; undefined: any number. */
  setQuota(calls: number | undefined): void;
  /** All records as the API would send them, by field name. */
  records(baseId: string, tableIdOrName: string): readonly StoredRecord[];
  /** Names of all columns. */
  columns(baseId: string, tableIdOrName: string): readonly string[];
  /** Lists show records of the next calls only after so many milliseconds of the sandbox's clock. */
  lag(ms: number): void;
}

/** Hands on a running service. All of them throw Error for names that do not exist. */
export function createHands(service: Service): Hands {
  const { access, iterators, rates } = service;
  return {
    ...recordHands(service),
    ...fieldHands(service),
    allow: (scopes) => {
      access.scopes = scopes;
    },
    revokeToken: () => {
      access.tokenValid = false;
    },
    restoreToken: () => {
      access.tokenValid = true;
    },
    revokeBase: (baseId) => {
      access.revokedBases.add(baseId);
    },
    restoreBase: (baseId) => {
      access.revokedBases.delete(baseId);
    },
    expireIterators: () => iterators.expire(),
    setQuota: (calls) => rates.setQuota(calls),
    columns: (baseId, name) => findTable(service, baseId, name).fields.map((field) => field.name),
    lag: (ms) => {
      service.index.lagMs = ms;
    },
  };
}

type RecordHands = Pick<Hands, 'edit' | 'addRecord' | 'deleteRecord' | 'duplicateRecord' | 'records'>;

function recordHands(service: Service): RecordHands {
  const table = (baseId: string, name: string): Table => findTable(service, baseId, name);
  return {
    edit: (baseId, name, recordId, fields, by = 'human') => {
      const into = table(baseId, name);
      transact(service, by, (tx) => typeIn(tx, into, findRow(into, recordId), fields));
    },
    addRecord: (baseId, name, fields) => {
      const into = table(baseId, name);
      return transact(service, 'human', (tx) => {
        const row = tx.addRow(into);
        typeIn(tx, into, row, fields);
        return row.id;
      });
    },
    deleteRecord: (baseId, name, recordId) => {
      const from = table(baseId, name);
      transact(service, 'human', (tx) => tx.removeRow(from, findRow(from, recordId)));
    },
    duplicateRecord: (baseId, name, recordId) => {
      const into = table(baseId, name);
      const original = findRow(into, recordId);
      return transact(service, 'human', (tx) => {
        const copy = tx.addRow(into);
        for (const field of into.fields.filter((candidate) => !isComputed(candidate))) {
          tx.setCell(into, copy, field, original.cells.get(field.id));
        }
        return copy.id;
      });
    },
    records: (baseId, name) => {
      const from = table(baseId, name);
      return [...from.rows.values()].map((row) => structuredClone(wireRecord(service.model, from, row, {})));
    },
  };
}

type FieldHands = Pick<Hands, 'addField' | 'renameField' | 'deleteField' | 'retypeField' | 'deleteOption'>;

function fieldHands(service: Service): FieldHands {
  const at = (baseId: string, name: string, fieldName: string): { table: Table; field: Field } => {
    const table = findTable(service, baseId, name);
    return { table, field: findField(table, fieldName) };
  };
  return {
    addField: (baseId, name, newName, type, options) => {
      const table = findTable(service, baseId, name);
      if (table.fields.some((other) => other.name === newName)) throw new Error(`a field ${newName} exists`);
      const id = service.model.newId('fld');
      table.fields.push({ id, name: newName, type, options: options && structuredClone({ ...options }) });
      return id;
    },
    renameField: (baseId, name, fieldName, newName) => {
      const { table, field } = at(baseId, name, fieldName);
      if (table.fields.some((other) => other.name === newName)) throw new Error(`a field ${newName} exists`);
      field.name = newName;
    },
    deleteField: (baseId, name, fieldName) => {
      const { table, field } = at(baseId, name, fieldName);
      if (field.id === table.primaryFieldId) throw new Error('the primary field cannot be deleted');
      unpair(service, field);
      table.fields = table.fields.filter((other) => other !== field);
      for (const row of table.rows.values()) row.cells.delete(field.id);
    },
    retypeField: (baseId, name, fieldName, type, options) => {
      const { table, field } = at(baseId, name, fieldName);
      unpair(service, field);
      field.type = type;
      field.options = options === undefined ? undefined : structuredClone({ ...options });
      transact(service, 'human', (tx) => {
        for (const row of table.rows.values()) tx.setCell(table, row, field, carriedOver(tx, row, field));
      });
    },
    deleteOption: (baseId, name, fieldName, option) => {
      const { table, field } = at(baseId, name, fieldName);
      setChoices(
        field,
        choicesOf(field).filter((choice) => choice.name !== option),
      );
      transact(service, 'human', (tx) => {
        for (const row of table.rows.values()) {
          const value = row.cells.get(field.id);
          const left = Array.isArray(value) ? value.filter((entry) => entry !== option) : value;
          tx.setCell(table, row, field, left === option ? undefined : left);
        }
      });
    },
  };
}

function typeIn(tx: Transaction, table: Table, row: Row, fields: Cells): void {
  for (const [name, value] of Object.entries(fields)) {
    const field = findField(table, name);
    tx.setCell(table, row, field, isComputed(field) ? value : acceptValue(tx, field, value, true));
  }
}

/** The cell in its new type; what the new type cannot hold is lost. */
function carriedOver(tx: Transaction, row: Row, field: Field): unknown {
  const value = row.cells.get(field.id);
  if (isEmpty(value) || isComputed(field)) return undefined;
  try {
    return acceptValue(tx, field, value, true);
  } catch (thrown) {
    if (thrown instanceof Refusal) return undefined;
    throw thrown;
  }
}

/** The other side of a two-way link becomes one-way. */
function unpair({ model }: Service, field: Field): void {
  const link = linkOf(field);
  const other = link === undefined ? undefined : tableById(model, link.tableId);
  const inverse = other?.fields.find((candidate) => candidate.id === link?.inverseFieldId);
  if (inverse?.options === undefined) return;
  const { inverseLinkFieldId: _, ...rest } = inverse.options;
  inverse.options = rest;
}

function findTable({ model }: Service, baseId: string, name: string): Table {
  const base = model.bases.find((candidate) => candidate.id === baseId);
  const table = base === undefined ? undefined : tableOf(base, name);
  if (table === undefined) throw new Error(`no table ${name} in base ${baseId}`);
  return table;
}

function findField(table: Table, name: string): Field {
  const field = fieldOf(table, name);
  if (field === undefined) throw new Error(`no field ${name} in table ${table.name}`);
  return field;
}

function findRow(table: Table, id: string): Row {
  const row = table.rows.get(id);
  if (row === undefined) throw new Error(`no record ${id} in table ${table.name}`);
  return row;
}
