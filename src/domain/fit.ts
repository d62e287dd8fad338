/** Which columns can serve a field: what a field reads, against what a column holds. */
import type { FieldType } from './entities.js';
import type { PropertySchema } from './source.js';

/**
 * `labels`: a label without a meaning, or a value without a label; `no-label`: the same where the cell would show
 * another value instead.
 */
export type ColumnVerdict = 'ok' | 'missing' | 'wrong-type' | 'wrong-table' | 'read-only' | 'labels' | 'no-label';

type Holds = NonNullable<PropertySchema['holds']>;

const ANY: readonly Holds[] = ['text', 'number', 'flag', 'date', 'labels', 'people', 'links', 'list'];

const READS: { readonly [K in FieldType['kind']]: readonly Holds[] } = {
  text: ANY,
  number: ['number', 'text'],
  date: ['date', 'text'],
  flag: ['flag'],
  people: ['people', 'text'],
  count: ['number', 'links', 'labels', 'list', 'text'],
  cadence: ['labels', 'text', 'number'],
  plan: ['text', 'number', 'list'],
  countries: ['labels', 'text'],
  label: ['labels', 'text'],
  link: ['links'],
};

/** Kinds of cells a field of this type can be read from, the most fitting first. */
export const readsOf = (type: FieldType): readonly Holds[] => READS[type.kind];

/** Whether a column can serve a field, as far as its schema tells. */
export function fits(type: FieldType, { holds }: PropertySchema): boolean {
  return holds === undefined || readsOf(type).includes(holds);
}
