/** How a workspace maps our entities and fields to the user's sources and properties (normalised configuration). */
import type { EntityName } from './entities.js';

/** A property by name or id. `values` translates the team's labels into canonical ones, keyed by label. */
export interface FieldMapping {
  readonly property: string;
  readonly values?: Readonly<Record<string, string>>;
  /** Which end of a date range the field takes. */
  readonly part?: 'start' | 'end';
}

/** A property Tandem owns. `values` maps one label to the canonical values it stands for. */
export interface ManagedMapping {
  readonly property: string;
  readonly values?: Readonly<Record<string, readonly string[]>>;
  /** Whether a select option that does not exist yet may be added to the column. */
  readonly createOptions: boolean;
}

/** Where a source lives: a Notion data source, database or page by id, or an Airtable table in a base. */
export type Location =
  | { readonly type: 'notion'; readonly id: string }
  | { readonly type: 'airtable'; readonly base: string; readonly table: string }
  | { readonly type: 'memory'; readonly id: string };

export interface SourceMapping {
  readonly entity: EntityName;
  readonly connection: string;
  readonly location: Location;
  /** Join across tools: the property of this source that holds the partner code. */
  readonly link?: { readonly field: string; readonly to: 'code' };
  /** Our field name -> property. */
  readonly fields: Readonly<Record<string, FieldMapping>>;
  /** Our managed property name -> property. */
  readonly manages: Readonly<Record<string, ManagedMapping>>;
}

/** Every property of the user's source that a mapping names, without repetition, in the order of the mapping. */
export function mappedProperties(source: SourceMapping): readonly string[] {
  const properties = [
    ...Object.values(source.fields).map((mapping) => mapping.property),
    ...Object.values(source.manages).map((mapping) => mapping.property),
    ...(source.link === undefined ? [] : [source.link.field]),
  ];
  return [...new Set(properties)];
}
