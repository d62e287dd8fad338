/**
 * A configuration proposed for the tables there are: which table keeps which entity, by its name and its columns, and how
 * its rows find their partnership. What is not clear is said, and nothing people have filled in is taken over. Pure.
 */

import { splitCodes } from '../../domain/codes.js';
import { ENTITIES, ENTITY_NAMES, type EntityName, type FieldDeclaration, MANAGED } from '../../domain/entities.js';
import type { PropertySchema } from '../../domain/source.js';
import { textOf } from '../../domain/values.js';
import type { Catalogue } from '../../messages/index.js';
import { type Columns, proposeColumns } from './columns.js';
import { LINK_NAMES } from './field-names.js';
import type { Seen, SeenTable } from './look.js';
import { likeness, TABLE_NAMES } from './names.js';

export interface ProposedSource {
  readonly entity: EntityName;
  readonly table: SeenTable;
  readonly columns: Columns;
  /** The column with the code of the partner, where no relation leads to the partnerships. */
  readonly link: PropertySchema | null;
  /** Needed fields no column was found for: the source cannot be used before they are there. */
  readonly lacking: readonly string[];
  /** Fields worth a column of their own: needed ones, and the stamp that tells a person's edit of a task. */
  readonly wanted: readonly string[];
  /** Fields and results without a column. */
  readonly unmapped: readonly string[];
  readonly unmanaged: readonly string[];
  /** Columns that serve nothing. */
  readonly unused: readonly string[];
  /** Tables that might be meant as well. */
  readonly others: readonly SeenTable[];
}

export interface Proposal {
  /** In the order of ENTITY_NAMES. */
  readonly sources: readonly ProposedSource[];
  /** Tables nothing was found for. */
  readonly left: readonly SeenTable[];
  readonly ours: boolean;
}

/** A title that is one of the known names; without one, columns must speak the louder. */
const TITLE_WORTH = 20;
const LEAST_TITLE = 0.4;
/** Of the columns of a table whose name says nothing. */
const LEAST_SHARE = 0.5;
const LEAST_COLUMNS = 4;

/** Proposes sources; without a table of partnerships there is no source of that entity, and the rest is of no use. */
export function propose(seen: Seen, catalogue: Catalogue): Proposal {
  const given = { catalogue, ours: seen.ours, tableOf: () => undefined };
  const ranked = seen.tables
    .flatMap((table) => ENTITY_NAMES.map((entity) => ({ table, entity, score: worth(table, entity, given) })))
    .filter(({ score }) => score > 0)
    .sort((left, right) => right.score - left.score);
  const assigned = new Map<EntityName, SeenTable>();
  const taken = new Set<SeenTable>();
  for (const { table, entity } of ranked) {
    if (assigned.has(entity) || taken.has(table)) continue;
    assigned.set(entity, table);
    taken.add(table);
  }
  const tableOf = (entity: EntityName): string | undefined => assigned.get(entity)?.schema.id;
  const mapped = new Map(
    [...assigned].map(([entity, table]) => [entity, proposeColumns(table, entity, { ...given, tableOf })]),
  );
  const codes = codesOf(assigned.get('partnerships'), mapped.get('partnerships'));
  const sources = ENTITY_NAMES.flatMap((entity): readonly ProposedSource[] => {
    const [table, columns] = [assigned.get(entity), mapped.get(entity)];
    if (table === undefined || columns === undefined) return [];
    const others = ranked
      .filter((rival) => rival.entity === entity && !taken.has(rival.table))
      .map((rival) => rival.table);
    return [sourceOf(entity, table, columns, codes, others)];
  });
  return { sources, left: seen.tables.filter((table) => !taken.has(table)), ours: seen.ours };
}

/** How much speaks for a table keeping an entity; 0 for too little. */
function worth(table: SeenTable, entity: EntityName, options: Parameters<typeof proposeColumns>[2]): number {
  if (table.entity !== undefined) return table.entity === entity ? Number.MAX_SAFE_INTEGER : 0;
  const title = likeness(table.schema.title, TABLE_NAMES[entity]);
  const { fields, managed } = proposeColumns(table, entity, options);
  const sure = [...fields.values(), ...managed.values()].filter(({ why }) => why === 'name' || why === 'period').length;
  const enough = sure >= LEAST_COLUMNS && sure >= LEAST_SHARE * table.schema.properties.length;
  if (title < LEAST_TITLE && !enough) return 0;
  return title * TITLE_WORTH + sure;
}

function sourceOf(
  entity: EntityName,
  table: SeenTable,
  found: Columns,
  codes: ReadonlySet<string>,
  others: readonly SeenTable[],
): ProposedSource {
  const declared: Readonly<Record<string, FieldDeclaration>> = ENTITIES[entity];
  const joins = 'partnership' in declared && entity !== 'tasks' && !found.fields.has('partnership');
  const link = joins ? linkOf(table, found, codes) : null;
  const columns = link === null ? found : without(found, link);
  const used = new Set([...columns.fields.values(), ...columns.managed.values()].map(({ property }) => property.id));
  if (link !== null) used.add(link.id);
  const results: readonly string[] = Object.entries(MANAGED).find(([name]) => name === entity)?.[1] ?? [];
  const unmapped = Object.keys(declared).filter(
    (name) => !columns.fields.has(name) && !(link !== null && name === 'partnership'),
  );
  const lacking = unmapped.filter((name) => declared[name]?.required === true);
  return {
    entity,
    table,
    columns,
    link,
    lacking,
    wanted: [
      ...lacking.filter((name) => name !== 'partnership'),
      ...(entity === 'tasks' && unmapped.includes('stamp') ? ['stamp'] : []),
    ],
    unmapped,
    unmanaged: results.filter((name) => !columns.managed.has(name)),
    unused: table.schema.properties.filter(({ id }) => !used.has(id)).map(({ name }) => name),
    others,
  };
}

/** The codes partners go by. */
function codesOf(table: SeenTable | undefined, columns: Columns | undefined): ReadonlySet<string> {
  const code = columns?.fields.get('code')?.property.id;
  if (table === undefined || code === undefined) return new Set();
  return new Set(codesIn(table, code));
}

/** The column most of whose codes partners go by; failing that, one that is called after them. */
function linkOf(table: SeenTable, { fields }: Columns, codes: ReadonlySet<string>): PropertySchema | null {
  if (codes.size === 0) return null;
  const name = fields.get('name')?.property.id;
  const texts = table.schema.properties.filter(
    ({ id, holds }) => id !== name && (holds === 'text' || holds === 'labels' || holds === undefined),
  );
  const ranked = texts
    .map((property) => {
      const found = codesIn(table, property.id);
      const known = found.filter((code) => codes.has(code)).length;
      const share = found.length === 0 ? 0 : known / found.length;
      return { property, score: Math.max(share, likeness(property.name, LINK_NAMES) >= 0.9 ? 0.5 : 0) };
    })
    .sort((left, right) => right.score - left.score);
  const [best] = ranked;
  return best !== undefined && best.score >= 0.5 ? best.property : null;
}

const codesIn = ({ rows }: SeenTable, id: string): readonly string[] =>
  rows
    .flatMap(({ cells }) => splitCodes(textOf(cells.get(id) ?? { kind: 'empty' })))
    .map((code) => code.normalize('NFC').toLowerCase());

/** A column that joins rows serves no field beside. */
const without = (columns: Columns, link: PropertySchema): Columns => ({
  ...columns,
  fields: new Map([...columns.fields].filter(([, { property }]) => property.id !== link.id)),
});
