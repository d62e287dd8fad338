/** Columns somebody would have to add: what they are called, of which kind they are and with which options. Pure. */
import type { EntityName, FieldType } from '../../domain/entities.js';
import { VOCABULARIES } from '../../domain/vocabulary.js';
import type { Catalogue, Locale } from '../../messages/index.js';
import type { ColumnKind } from '../../messages/init.js';
import { holdingOf, valuesOf, vocabularyOf } from '../check/managed-values.js';
import { fieldOf, managedName } from './columns.js';
import { FIELD_NAMES } from './field-names.js';

export interface ColumnToAdd {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly options: readonly string[];
}

export interface Language {
  readonly locale: Locale;
  readonly catalogue: Catalogue;
}

/** The column a result needs. */
export function columnForResult(entity: EntityName, name: string, { catalogue, locale }: Language): ColumnToAdd {
  const title = managedName(entity, name)?.[locale] ?? name;
  const vocabulary = vocabularyOf(entity, name);
  if (vocabulary !== undefined) {
    const canonicals = Object.keys(VOCABULARIES[vocabulary]).filter((value) => entity !== 'risks' || value !== 'none');
    const options = canonicals.map((canonical) => catalogue.label(vocabulary, canonical));
    return { name: title, kind: 'select', options };
  }
  const holding = holdingOf(entity, name);
  const [value] = holding === undefined ? [] : valuesOf(holding, catalogue);
  return { name: title, kind: kindOf(value), options: [] };
}

function kindOf(value: ReturnType<typeof valuesOf>[number] | undefined): ColumnKind {
  if (value === undefined || value.kind === 'canonical') return 'text';
  if (value.kind === 'score') return 'number';
  switch (value.desired.kind) {
    case 'number':
      return 'number';
    case 'share':
      return 'percent';
    case 'date':
      return 'date';
    default:
      return 'text';
  }
}

/** The column a field needs, called by the first of its usual names. */
export function columnForField(entity: EntityName, name: string, { locale }: Language): ColumnToAdd {
  const names: Readonly<Record<string, string>> = FIELD_NAMES[entity];
  const known = (names[name] ?? name).split(' | ');
  const usual = (locale === 'ko' ? known.find((word) => /[가-힣]/.test(word)) : undefined) ?? known[0] ?? name;
  const type = fieldOf(entity, name)?.type.kind ?? 'text';
  return { name: usual.charAt(0).toUpperCase() + usual.slice(1), kind: FIELD_KINDS[type] ?? 'text', options: [] };
}

const FIELD_KINDS: Readonly<Partial<Record<FieldType['kind'], ColumnKind>>> = {
  number: 'number',
  count: 'number',
  date: 'date',
  label: 'select',
};
