/**
 * Every change of a record goes through a transaction: a request is applied whole or not at all, and what was
 * applied is audited. The inverse side of a link follows silently: it is the same link, and the audit names the
 * side that was written.
 */
import { isDeepStrictEqual } from 'node:util';
import type { CellChange, SandboxContext } from '../context.js';
import { type Choice, choicesOf, type Field, isComputed, linkOf, setChoices } from './fields.js';
import { isEmpty, linkedIds, type Model, type Person, type Row, type Table, tableById, wholeSeconds } from './model.js';

export type Actor = CellChange['by'];

export interface World {
  readonly model: Model;
  readonly context: SandboxContext;
  /** How long lists do not show a new record. */
  readonly index: { lagMs: number };
}

export class Transaction {
  readonly model: Model;
  readonly #by: Actor;
  readonly #now: number;
  readonly #listedAt: number;
  readonly #undo: (() => void)[] = [];
  readonly #changes: CellChange[] = [];
  readonly #created = new Map<string, Table>();

  constructor(world: World, by: Actor) {
    this.model = world.model;
    this.#by = by;
    this.#now = world.context.now();
    this.#listedAt = this.#now + world.index.lagMs;
  }

  /** Sets or (with an empty value) clears one cell and keeps the other side of a link in step. */
  setCell(table: Table, row: Row, field: Field, value: unknown): void {
    const before = row.cells.get(field.id);
    const after = isEmpty(value) ? undefined : value;
    if (isDeepStrictEqual(before, after)) return;
    const linkedBefore = linkedIds(row, field);
    this.#put(row, field, after);
    this.#mirror(row, field, linkedBefore, linkedIds(row, field));
    this.#audit(table, row, field.name, before, after);
  }

  /** Adds an empty record. */
  addRow(table: Table): Row {
    const row: Row = {
      id: this.model.newId('rec'),
      createdTime: wholeSeconds(this.#now),
      listedAt: this.#listedAt,
      createdBy: this.#actor(),
      modifiedBy: undefined,
      cells: new Map(),
      touched: new Map(),
    };
    for (const field of table.fields.filter((candidate) => candidate.type === 'autoNumber')) {
      row.cells.set(field.id, nextNumber(table, field));
    }
    table.rows.set(row.id, row);
    this.#undo.push(() => table.rows.delete(row.id));
    this.#created.set(row.id, table);
    this.#audit(table, row, '(created)', undefined, undefined);
    return row;
  }

  removeRow(table: Table, row: Row): void {
    this.#audit(table, row, '(deleted)', cellsByName(table, row), undefined);
    for (const other of this.model.bases.flatMap((base) => base.tables)) {
      for (const field of other.fields.filter((candidate) => linkOf(candidate)?.tableId === table.id)) {
        for (const linking of other.rows.values()) {
          const ids = linkedIds(linking, field);
          if (ids.includes(row.id)) this.#put(linking, field, without(ids, row.id));
        }
      }
    }
    const rows = table.rows;
    table.rows = new Map(rows);
    table.rows.delete(row.id);
    this.#undo.push(() => {
      table.rows = rows;
    });
  }

  addChoice(field: Field, name: string): Choice {
    const before = field.options;
    const added = { id: this.model.newId('sel'), name };
    setChoices(field, [...choicesOf(field), added]);
    this.#undo.push(() => {
      field.options = before;
    });
    return added;
  }

  rollback(): void {
    for (const undo of this.#undo.reverse()) undo();
  }

  /** The audit of what was done. A new record is one entry with all its cells. */
  audit(): readonly CellChange[] {
    return this.#changes
      .filter((change) => change.property === '(created)' || !this.#created.has(change.rowId))
      .map((change) => {
        const table = this.#created.get(change.rowId);
        const row = table?.rows.get(change.rowId);
        return table === undefined || row === undefined ? change : { ...change, after: cellsByName(table, row) };
      });
  }

  #actor(): Person {
    return (this.#by === 'human' ? this.model.collaborators[1] : undefined) ?? this.model.user;
  }

  #put(row: Row, field: Field, value: unknown): void {
    const cell = row.cells.get(field.id);
    const touched = row.touched.get(field.id);
    const modifiedBy = row.modifiedBy;
    this.#undo.push(() => {
      if (cell === undefined) row.cells.delete(field.id);
      else row.cells.set(field.id, cell);
      if (touched === undefined) row.touched.delete(field.id);
      else row.touched.set(field.id, touched);
      row.modifiedBy = modifiedBy;
    });
    if (isEmpty(value)) row.cells.delete(field.id);
    else row.cells.set(field.id, value);
    // A computed value that moves leaves no trace in the modification times: that is the service's own blind spot.
    if (isComputed(field)) return;
    row.touched.set(field.id, this.#now);
    row.modifiedBy = this.#actor();
  }

  #mirror(row: Row, field: Field, before: readonly string[], after: readonly string[]): void {
    const link = linkOf(field);
    const other = link === undefined ? undefined : tableById(this.model, link.tableId);
    const inverse = other?.fields.find((candidate) => candidate.id === link?.inverseFieldId);
    if (other === undefined || inverse === undefined) return;
    for (const id of before.filter((candidate) => !after.includes(candidate))) {
      const target = other.rows.get(id);
      if (target !== undefined) this.#put(target, inverse, without(linkedIds(target, inverse), row.id));
    }
    for (const id of after.filter((candidate) => !before.includes(candidate))) {
      const target = other.rows.get(id);
      if (target === undefined) continue;
      const ids = linkedIds(target, inverse);
      if (!ids.includes(row.id)) this.#put(target, inverse, [...ids, row.id]);
    }
  }

  #audit(table: Table, row: Row, property: string, before: unknown, after: unknown): void {
    const source = table.id;
    this.#changes.push({
      at: this.#now,
      tool: 'airtable',
      by: this.#by,
      source,
      rowId: row.id,
      property,
      before,
      after,
    });
  }
}

/** Runs `work`; when it throws, nothing has happened. */
export function transact<T>(world: World, by: Actor, work: (tx: Transaction) => T): T {
  const tx = new Transaction(world, by);
  try {
    const result = work(tx);
    world.context.changes.push(...tx.audit());
    world.context.changed?.();
    return result;
  } catch (thrown) {
    tx.rollback();
    throw thrown;
  }
}

const without = (ids: readonly string[], id: string): string[] => ids.filter((candidate) => candidate !== id);

function nextNumber(table: Table, field: Field): number {
  const numbers = [...table.rows.values()].map((row) => Number(row.cells.get(field.id) ?? 0));
  return numbers.reduce((most, number) => Math.max(most, number), 0) + 1;
}

/** Stored cells by field name. */
function cellsByName(table: Table, row: Row): Record<string, unknown> {
  return Object.fromEntries(
    table.fields.filter((field) => row.cells.has(field.id)).map((field) => [field.name, row.cells.get(field.id)]),
  );
}
