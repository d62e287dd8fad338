/** A source as the tool describes it, its rows as the tool gave them, and the columns a mapping stands on. */
import type { Cell, Desired } from './cells.js';
import type { SourceMapping } from './mapping.js';

/** A column of a source. `type` is the tool's own word, for messages. */
export interface PropertySchema {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** The kind of its cells, or of the items of a lookup; absent where only the cells tell. */
  readonly holds?: Exclude<Cell['kind'], 'empty' | 'unknown'>;
  /** Computed columns and those of unknown types are read only. */
  readonly writable: boolean;
  /** Labels of a select, status or multi-select column, in the order of the column. */
  readonly options?: readonly string[];
  /** The label an emptied column falls back to (Notion status columns cannot be empty). */
  readonly defaultOption?: string;
  /** For relations: id of the source (data source or table) on the other side. */
  readonly linksTo?: string;
  /** The column's number format shows a share as percent. */
  readonly percent?: boolean;
  /** Decimal places a number column keeps, in the digits it shows: a percent column with 0 keeps two of the share. */
  readonly precision?: number;
  /** Of a computed column: the tool's own word for the type of what it yields. */
  readonly yields?: string;
}

export interface SourceSchema {
  /** The id rows of other sources link to: data source id or table id. */
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly properties: readonly PropertySchema[];
}

/** A row as the tool gave it. `cells` is keyed by property id and holds mapped properties only. */
export interface RawRow {
  readonly id: string;
  readonly url: string;
  /** ISO date-time. */
  readonly createdTime: string;
  /** Created by the account Tandem writes with; undefined where the tool does not say. */
  readonly createdByUs?: boolean;
  readonly trashed: boolean;
  readonly cells: ReadonlyMap<string, Cell>;
}

/** What a column will hold after a write, or why it cannot hold that. */
export type Canonical =
  | { readonly kind: 'cell'; readonly cell: Cell }
  | { readonly kind: 'refused'; readonly code: 'read-only' | 'wrong-type' | 'no-such-option'; readonly reason: string };

/** Decides what a column will hold when a value is written to it; a connector's `canonicalise`. */
export type Canonicalise = (
  property: PropertySchema,
  desired: Desired,
  options: { readonly createOptions: boolean },
) => Canonical;

/** The column a reference means: by id as given or decoded, else by name after NFC, else ignoring outer spaces. */
export function findProperty(properties: readonly PropertySchema[], reference: string): PropertySchema | undefined {
  const wanted = reference.normalize('NFC');
  return (
    properties.find((property) => property.id === reference || decoded(property.id) === decoded(reference)) ??
    properties.find((property) => property.name.normalize('NFC') === wanted) ??
    properties.find((property) => property.name.normalize('NFC').trim() === wanted.trim())
  );
}

function decoded(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

/** A mapping with its columns found. `missing` are references no column answers to. */
export interface ResolvedSource {
  readonly mapping: SourceMapping;
  readonly schema: SourceSchema;
  readonly fields: ReadonlyMap<string, PropertySchema>;
  readonly managed: ReadonlyMap<string, PropertySchema>;
  readonly link?: PropertySchema;
  readonly missing: readonly {
    readonly role: 'field' | 'managed' | 'link';
    readonly name: string;
    readonly reference: string;
  }[];
}

/** Finds the column of every mapped field, managed property and link of a source. */
export function resolveSource(mapping: SourceMapping, schema: SourceSchema): ResolvedSource {
  const missing: { role: 'field' | 'managed' | 'link'; name: string; reference: string }[] = [];
  const resolve = (
    role: 'field' | 'managed',
    entries: readonly (readonly [string, { readonly property: string }])[],
  ) => {
    const found = new Map<string, PropertySchema>();
    for (const [name, { property: reference }] of entries) {
      const property = findProperty(schema.properties, reference);
      if (property === undefined) missing.push({ role, name, reference });
      else found.set(name, property);
    }
    return found;
  };
  const fields = resolve('field', Object.entries(mapping.fields));
  const managed = resolve('managed', Object.entries(mapping.manages));
  if (mapping.link === undefined) return { mapping, schema, fields, managed, missing };
  const link = findProperty(schema.properties, mapping.link.field);
  if (link === undefined)
    return {
      mapping,
      schema,
      fields,
      managed,
      missing: [...missing, { role: 'link', name: 'link', reference: mapping.link.field }],
    };
  return { mapping, schema, fields, managed, link, missing };
}

/** Whether a mapping lets Tandem add options to a column: only a managed property can say so. */
export function mayCreateOptions(mapping: SourceMapping, schema: SourceSchema, propertyId: string): boolean {
  return Object.values(mapping.manages).some(
    (managed) => managed.createOptions && findProperty(schema.properties, managed.property)?.id === propertyId,
  );
}

/** Whether a text column holds what a query by text asks for: the tool's own comparison may be looser than ours. */
export function holdsText(
  row: RawRow,
  query: { readonly propertyId: string; readonly match: 'equals' | 'starts-with'; readonly text: string },
): boolean {
  const cell = row.cells.get(query.propertyId);
  if (cell?.kind !== 'text') return false;
  const [text, wanted] = [cell.text.normalize('NFC'), query.text.normalize('NFC')];
  return query.match === 'equals' ? text === wanted : text.startsWith(wanted);
}
