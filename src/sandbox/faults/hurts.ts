/** Faults that people and administrators cause: they change the tables, or the access to them, right before a request. */
import type { SeenRequest } from '../context.js';
import type { Grip } from './grip.js';
import type { ScriptedFault } from './script.js';

const HURTS = [
  'revoked',
  'column-renamed',
  'column-retyped',
  'column-deleted',
  'row-edited',
  'row-trashed',
  'row-copied',
] as const;

type Hurt = Extract<ScriptedFault, { readonly kind: (typeof HURTS)[number] }>;
type RowHurt = Extract<Hurt, { readonly row: string }>;

export const isHurt = (fault: ScriptedFault): fault is Hurt => HURTS.some((kind) => kind === fault.kind);

export interface HurtWorld {
  readonly request: SeenRequest;
  readonly grip: Grip;
  readonly random: () => number;
  /** Notes how to give something back, and does it after so many seconds; undefined: not by itself. */
  lend(giveBack: () => void, seconds: number | undefined): void;
}

/** Does it. False when there is nothing to do it to: no such row in this request, no such column any more. */
export function hurt(fault: Hurt, world: HurtWorld): boolean {
  switch (fault.kind) {
    case 'revoked':
      return revoke(fault, world);
    case 'column-renamed':
    case 'column-retyped':
    case 'column-deleted':
      return changeColumn(fault, world);
    default:
      return changeRow(fault, world);
  }
}

function revoke(fault: Extract<Hurt, { readonly kind: 'revoked' }>, { request, grip, lend }: HurtWorld): boolean {
  if (fault.what !== 'token' && fault.what !== 'table') {
    lend(grip.forbid(fault.what), fault.for);
    return true;
  }
  const table = fault.what === 'table' ? grip.tableOf(request) : undefined;
  if (fault.what === 'table' && table === undefined) return false;
  lend(grip.revoke(table), fault.for);
  return true;
}

function changeColumn(fault: Extract<Hurt, { readonly column: string }>, { grip, lend }: HurtWorld): boolean {
  const table = grip.table(fault.table);
  if (table === undefined || !grip.columns(table).includes(fault.column)) return false;
  if (fault.kind === 'column-deleted') grip.deleteColumn(table, fault.column);
  else if (fault.kind === 'column-retyped') grip.retypeColumn(table, fault.column, fault.to);
  else {
    grip.renameColumn(table, fault.column, fault.to);
    lend(() => {
      if (grip.columns(table).includes(fault.to)) grip.renameColumn(table, fault.to, fault.column);
    }, fault.for);
  }
  return true;
}

function changeRow(fault: RowHurt, world: HurtWorld): boolean {
  const target = targetOf(fault, world);
  if (target === undefined) return false;
  const { table, row } = target;
  if (fault.kind === 'row-edited') world.grip.edit(table, row, fault.cells, fault.by);
  else if (fault.kind === 'row-trashed') world.grip.trash(table, row);
  else world.grip.copy(table, row);
  return true;
}

function targetOf({ table: named, row: wanted }: RowHurt, { request, grip, random }: HurtWorld) {
  const table = named === undefined ? grip.tableOf(request) : grip.table(named);
  if (table === undefined) return undefined;
  const rows = grip.rows(table);
  const own = grip.rowsOf(request);
  const row =
    wanted === 'any'
      ? rows[Math.floor(random() * rows.length)]
      : wanted === 'this'
        ? rows.find(({ id }) => own.includes(id))
        : rows.find(({ id, cells }) => id === wanted || cells.includes(wanted));
  return row && { table, row: row.id };
}
