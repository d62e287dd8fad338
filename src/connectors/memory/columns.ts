/** What the columns of the memory world hold, and what they hold after a desired value is written to them. */
import { type Cell, type Desired, desiredText, EMPTY } from '../../domain/cells.js';
import type { Canonical, PropertySchema } from '../../ports.js';

/** Type of a column -> kind of the cells it holds. A `computed` column holds anything and is read only. */
const HOLDS = {
  text: 'text',
  number: 'number',
  percent: 'number',
  date: 'date',
  select: 'labels',
  'multi-select': 'labels',
  people: 'people',
  relation: 'links',
  checkbox: 'flag',
} as const satisfies Record<string, Cell['kind']>;

export type MemoryColumnType = keyof typeof HOLDS | 'computed';

const kindOf = (property: PropertySchema): PropertySchema['holds'] =>
  Object.entries(HOLDS).find(([type]) => type === property.type)?.[1];

/** The column with what its cells hold. */
export function describeColumn(property: PropertySchema): PropertySchema {
  const holds = kindOf(property);
  return holds === undefined ? property : { ...property, holds };
}

const held = (cell: Cell): Canonical => ({ kind: 'cell', cell });

const refuse = (
  code: 'read-only' | 'wrong-type' | 'no-such-option',
  property: PropertySchema,
  why: string,
): Canonical => ({
  kind: 'refused',
  code,
  reason: `"${property.name}" (${property.type}) ${why}`,
});

/** Whether a column takes a cell as it is; the reason where it does not. */
export function objection(property: PropertySchema, cell: Cell, createOptions: boolean): string | undefined {
  if (!property.writable) return `"${property.name}" is read only`;
  if (cell.kind === 'empty') return undefined;
  if (cell.kind !== kindOf(property)) return `"${property.name}" cannot hold a ${cell.kind} value`;
  if (cell.kind !== 'labels' || createOptions) return undefined;
  const missing = cell.labels.find((label) => property.options?.includes(label) !== true);
  return missing === undefined ? undefined : `"${property.name}" has no option "${missing}"`;
}

/** Pure; see the port. */
export function canonicalise(
  property: PropertySchema,
  desired: Desired,
  options: { readonly createOptions: boolean },
): Canonical {
  if (!property.writable) return refuse('read-only', property, 'is read only');
  if (desired.kind === 'empty') return held(EMPTY);
  const wrong = refuse('wrong-type', property, `cannot hold a ${desired.kind}`);
  switch (property.type) {
    case 'text':
      return toText(desired);
    case 'number':
    case 'percent': {
      const number = desired.kind === 'share' ? desired.share : desired.kind === 'number' ? desired.number : undefined;
      return number === undefined || !Number.isFinite(number) ? wrong : held({ kind: 'number', number });
    }
    case 'date':
      return desired.kind === 'date' ? held({ kind: 'date', start: desired.day }) : wrong;
    case 'select':
    case 'multi-select':
      return toLabels(property, desired, options.createOptions) ?? wrong;
    case 'people':
      return desired.kind === 'people' ? held({ kind: 'people', people: desired.people }) : wrong;
    case 'relation':
      return desired.kind === 'links' ? held({ kind: 'links', ids: [...new Set(desired.ids)] }) : wrong;
    default:
      return wrong;
  }
}

function toLabels(property: PropertySchema, desired: Desired, createOptions: boolean): Canonical | undefined {
  const given = desired.kind === 'labels' ? desired.labels : desired.kind === 'label' ? [desired.label] : undefined;
  const labels = given?.map((label) => label.normalize('NFC'));
  if (labels === undefined || (property.type === 'select' && labels.length > 1)) return undefined;
  const missing = labels.find((label) => property.options?.includes(label) !== true);
  if (missing !== undefined && !createOptions) return refuse('no-such-option', property, `has no option "${missing}"`);
  return held({ kind: 'labels', labels });
}

function toText(desired: Desired): Canonical {
  const text = desiredText(desired).normalize('NFC');
  return held(text === '' ? EMPTY : { kind: 'text', text });
}
