/** How the rows of sources that are joined by partner code find their partnership. Pure. */
import type { EntityName } from '../../domain/entities.js';
import type { Normalised, ReadSource } from '../../domain/normalise.js';

export interface CheckedJoin {
  readonly source: EntityName;
  readonly rows: number;
  readonly joined: number;
  /** Codes no partnership has. */
  readonly unmatched: readonly string[];
  /** Codes written otherwise than any partnership writes its own, and the one that looks like it. */
  readonly misspelt: readonly { readonly found: string; readonly near: string }[];
  /** Codes that several partnerships have: they join nothing. */
  readonly doubled: readonly string[];
}

/** One entry per source with a `link`. */
export function checkJoins(sources: readonly ReadSource[], { snapshot, issues }: Normalised): readonly CheckedJoin[] {
  const found = (issue: (typeof issues)[number]): string => String(issue.params.found ?? '');
  const doubled = unique(issues.filter(({ code }) => code === 'code-doubled').map(found));
  return sources.flatMap(({ entity, resolved }) => {
    if (resolved?.link === undefined) return [];
    const rows = snapshot[entity]?.rows ?? [];
    const own = issues.filter((issue) => issue.entity === entity);
    const misspelt = own.filter(({ code }) => code === 'code-spelling');
    return [
      {
        source: entity,
        rows: rows.length,
        joined: rows.filter((row) => 'partnership' in row.values).length,
        unmatched: unique(own.filter(({ code }) => code === 'code-unmatched').map(found)),
        misspelt: unique(misspelt.map(found)).map((code) => ({
          found: code,
          near: String(misspelt.find((issue) => found(issue) === code)?.params.near ?? ''),
        })),
        doubled,
      },
    ];
  });
}

const unique = (items: readonly string[]): readonly string[] => [...new Set(items)].sort();
