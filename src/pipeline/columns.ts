/** How a value of ours is put into a column of the team's: which label stands for it, and what an unset cell says. */
import type { Cell, Desired } from '../domain/cells.js';
import type { EntityName } from '../domain/entities.js';
import type { ManagedMapping } from '../domain/mapping.js';
import type { PropertySchema, ResolvedSource } from '../domain/source.js';
import { textOf } from '../domain/values.js';
import { canonicalOf, labelKey, type VocabularyName } from '../domain/vocabulary.js';
import { TandemError } from '../errors.js';

/** A value on its way into a column. */
export type Value =
  | { readonly kind: 'plain'; readonly desired: Desired }
  /** A score from 0 to 100; a percent column takes it as a share. */
  | { readonly kind: 'score'; readonly score: number }
  /** A canonical value that needs a label the column accepts. */
  | {
      readonly kind: 'canonical';
      readonly vocabulary: VocabularyName;
      readonly canonical: string;
      readonly word: string;
    };

export interface Fitted {
  readonly desired: Desired;
  /** Labels the column has no option for. */
  readonly missing: readonly string[];
}

const fitted = (desired: Desired, missing: readonly string[] = []): Fitted => ({ desired, missing });

/** The value in the terms of the column. What has no label empties the cell, so that no old status stays. */
export function intoColumn(value: Value, property: PropertySchema, mapping: ManagedMapping): Fitted {
  switch (value.kind) {
    case 'score':
      return fitted(
        property.percent === true
          ? { kind: 'share', share: value.score / 100, text: `${value.score}%` }
          : { kind: 'number', number: value.score, text: String(value.score) },
      );
    case 'plain':
      return value.desired.kind === 'labels'
        ? knownLabels(value.desired.labels, property, mapping)
        : fitted(value.desired);
    case 'canonical':
      return labelled(value, property, mapping);
  }
}

function labelled(
  value: Extract<Value, { kind: 'canonical' }>,
  property: PropertySchema,
  mapping: ManagedMapping,
): Fitted {
  const own = Object.entries(mapping.values ?? {}).find(([, stands]) => stands.includes(value.canonical))?.[0];
  if (own !== undefined) return fitted({ kind: 'label', label: own });
  if (property.options === undefined) return fitted({ kind: 'label', label: value.word });
  const known = property.options.find((option) => canonicalOf(value.vocabulary, option) === value.canonical);
  if (known !== undefined) return fitted({ kind: 'label', label: known });
  if (mapping.createOptions) return fitted({ kind: 'label', label: value.word });
  return fitted({ kind: 'empty' }, [value.word]);
}

/** Flags a multi-select has no option for are told; the others are written. */
function knownLabels(labels: readonly string[], property: PropertySchema, mapping: ManagedMapping): Fitted {
  const { options } = property;
  if (options === undefined || mapping.createOptions) return fitted({ kind: 'labels', labels });
  const keys = new Set(options.map(labelKey));
  const known = labels.filter((label) => keys.has(labelKey(label)));
  return fitted(
    { kind: 'labels', labels: known },
    labels.filter((label) => !known.includes(label)),
  );
}

/** The canonical values a label of a managed column may stand for: the team's own words first, then the known ones. */
export function standsFor(
  label: string,
  vocabulary: VocabularyName,
  mapping: ManagedMapping | undefined,
): readonly string[] {
  const own = mapping?.values?.[label];
  if (own !== undefined) return own;
  const known = canonicalOf(vocabulary, label);
  return known === undefined ? [] : [known];
}

/** Whether the cell holds nothing we or a person said: empty, a label that is no status, or the option a new row starts with. */
export function saysNothing(cell: Cell, property: PropertySchema, mapping: ManagedMapping): boolean {
  const label = textOf(cell);
  return label === property.defaultOption || standsFor(label, 'partnershipStatus', mapping).length === 0;
}

/** Whether emptying the column would show another value instead: a Notion status column falls back to its default option. */
export function fallsBack(
  value: Extract<Value, { kind: 'canonical' }>,
  property: PropertySchema,
  mapping: ManagedMapping,
): boolean {
  const { defaultOption } = property;
  return defaultOption !== undefined && standsFor(defaultOption, value.vocabulary, mapping).length > 0;
}

/** The error for a value that has no label in a column that cannot be emptied. */
export function noLabel(
  entity: EntityName,
  source: ResolvedSource,
  property: PropertySchema,
  canonical: string,
): TandemError {
  const message = `sources.${entity}: no option of "${property.name}" stands for "${canonical}", and the column cannot be left empty.`;
  return new TandemError('label-missing', message, {
    where: source.schema.url,
    source: entity,
    property: property.name,
  });
}
