/** Writes as requests of at most ten records, and how a refused request is taken apart until the bad row stands alone. */
import type { SourceMapping } from '../../domain/mapping.js';
import { mayCreateOptions } from '../../domain/source.js';
import { TandemError } from '../../errors.js';
import type { SourceSchema, Write } from '../../ports.js';
import type { WireFields, WireValue } from './client.js';
import { encodeCell } from './codec.js';

const MAX_RECORDS = 10;

export interface Item {
  readonly index: number;
  /** Absent for a create. */
  readonly rowId?: string;
  readonly fields: WireFields;
  /** Only typecast creates select options; it also coerces other values, so nothing else is sent with it. */
  readonly typecast: boolean;
}

export interface Batch {
  readonly kind: Write['kind'];
  readonly typecast: boolean;
  readonly items: readonly Item[];
  /** The other half of a refused request, sent after this one: if this half passes, that one holds the bad row. */
  readonly twin?: Batch;
}

/** A write in wire form, or why it cannot be sent. */
export function encodeWrite(
  source: SourceMapping,
  schema: SourceSchema,
  write: Write,
  index: number,
): Item | TandemError {
  const fields: Record<string, WireValue> = {};
  let typecast = false;
  for (const [propertyId, cell] of write.cells) {
    const property = schema.properties.find((candidate) => candidate.id === propertyId);
    if (property === undefined)
      return new TandemError('property-not-found', `${schema.title} has no field ${propertyId}`);
    const value = property.writable ? encodeCell(property, cell) : undefined;
    if (value === undefined) {
      const message = `"${property.name}" (${property.type}) cannot be given a ${cell.kind} value`;
      return new TandemError('write-refused', message, { source: schema.id, property: property.name });
    }
    if (write.kind === 'create' && cell.kind === 'empty') continue;
    fields[propertyId] = value;
    if (cell.kind === 'labels' && property.options !== undefined && mayCreateOptions(source, schema, propertyId)) {
      const { options } = property;
      typecast ||= cell.labels.some((label) => !options.includes(label));
    }
  }
  return { index, fields, typecast, ...(write.kind === 'update' ? { rowId: write.rowId } : {}) };
}

/** Items as requests. A row that is written twice is in two requests, in order: one request may name it only once. */
export function makeBatches(kind: Write['kind'], items: readonly Item[]): readonly Batch[] {
  const batches: Batch[] = [];
  for (const typecast of [false, true]) {
    let current: Item[] = [];
    for (const item of items.filter((candidate) => candidate.typecast === typecast)) {
      const repeated = item.rowId !== undefined && current.some((other) => other.rowId === item.rowId);
      if (current.length === MAX_RECORDS || repeated) {
        batches.push({ kind, typecast, items: current });
        current = [];
      }
      current.push(item);
    }
    if (current.length > 0) batches.push({ kind, typecast, items: current });
  }
  return batches;
}

/** Both halves of a batch of several items. */
export function halve(batch: Batch): readonly Batch[] {
  const middle = Math.floor(batch.items.length / 2);
  const second = { kind: batch.kind, typecast: batch.typecast, items: batch.items.slice(middle) };
  const first = { kind: batch.kind, typecast: batch.typecast, items: batch.items.slice(0, middle), twin: second };
  return [first, second];
}
