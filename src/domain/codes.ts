/** Partner codes that join rows across tools: which row a code means, and which one somebody may have meant. */
import { labelKey } from './vocabulary.js';

export type CodeMatch =
  | { readonly kind: 'row'; readonly id: string }
  /** Several rows carry the code: which one is meant is unknown. */
  | { readonly kind: 'doubled' }
  /** No row carries it, and exactly one carries a code that looks like it: said, never taken for it. */
  | { readonly kind: 'similar'; readonly code: string }
  | { readonly kind: 'none' };

export interface CodeBook {
  /** The rows of every code that more than one row carries. */
  readonly doubled: readonly (readonly string[])[];
  find(code: string): CodeMatch;
}

/** A book of codes; case and outer spaces do not matter. */
export function openCodeBook(rows: readonly { readonly id: string; readonly code: string }[]): CodeBook {
  const byCode = groupBy(rows, ({ code }) => exact(code));
  const bySight = groupBy(rows, ({ code }) => sight(code));
  return {
    doubled: [...byCode.values()].filter((group) => group.length > 1).map((group) => group.map(({ id }) => id)),
    find(code) {
      const [row, another] = byCode.get(exact(code)) ?? [];
      if (row !== undefined) return another === undefined ? { kind: 'row', id: row.id } : { kind: 'doubled' };
      const [similar, other] = bySight.get(sight(code)) ?? [];
      return similar === undefined || other !== undefined ? { kind: 'none' } : { kind: 'similar', code: similar.code };
    },
  };
}

/** The codes of a cell: one cell may hold several. */
export function splitCodes(text: string): readonly string[] {
  return text
    .split(/[,;\n、]/)
    .map((code) => code.trim())
    .filter((code) => code !== '');
}

const exact = (code: string): string => code.normalize('NFC').trim().toLowerCase();

/** What a hurried reader sees: full-width letters, spaces, hyphens and dots apart, and O, I and l taken for digits. */
const sight = (code: string): string =>
  labelKey(code.normalize('NFKC')).replace(/[/\\]/g, '').replace(/o/g, '0').replace(/[il]/g, '1');

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
