/** How a field or managed property is written: the name of a column, or a block that says more about it. */
import { z } from 'zod';
import type { FieldDeclaration, FieldType } from '../domain/entities.js';
import { VOCABULARIES, type VocabularyName } from '../domain/vocabulary.js';
import { filledText } from './judge.js';
import type { ManagedDeclaration } from './managed.js';

export type WrittenField =
  | string
  | {
      readonly property: string;
      readonly values?: Readonly<Record<string, string | number>> | undefined;
      readonly part?: 'start' | 'end' | undefined;
    };

export type WrittenManaged =
  | string
  | {
      readonly property: string;
      readonly values?: Readonly<Record<string, string | readonly string[]>> | undefined;
      readonly createOptions?: boolean | undefined;
    };

const property = filledText.describe('name or id of the column');
const label = filledText.describe('label in the column');

const canonicalOf = (vocabulary: VocabularyName) => z.enum(Object.keys(VOCABULARIES[vocabulary]));

// `abort` lets the union go on to object to the text as a whole: it is likelier a misspelt cadence than a number.
const days = z.union([z.int().min(1).max(3660), z.string().regex(/^[1-9]\d{0,3}$/, { abort: true })]);

/** The schema of one entry under `fields`. */
export function fieldSchema({ type, about }: FieldDeclaration): z.ZodType<WrittenField> {
  return z.union([property, fieldBlock(type)]).describe(about);
}

function fieldBlock(type: FieldType): z.ZodType<Exclude<WrittenField, string>> {
  switch (type.kind) {
    case 'label':
      return z.strictObject({ property, values: translation(canonicalOf(type.of)).optional() });
    case 'cadence': {
      const cadence = z
        .union([canonicalOf('cadence'), ...days.options])
        .describe('a cadence (weekly, monthly, bimonthly, quarterly, half-yearly, yearly, none) or a number of days');
      return z.strictObject({ property, values: translation(cadence).optional() });
    }
    case 'countries': {
      const country = z
        .string()
        .regex(/^[A-Z]{2}$/)
        .describe('two-letter country code in capitals, like KR');
      return z.strictObject({ property, values: translation(country).optional() });
    }
    case 'date':
      return z.strictObject({
        property,
        part: z.enum(['start', 'end']).optional().describe('which end of a date range the field takes'),
      });
    default:
      return z.strictObject({ property });
  }
}

const translation = <T extends z.ZodType>(canonical: T) =>
  z.record(label, canonical).describe('label in the column -> canonical value');

/** The schema of one entry under `manages`. */
export function managedSchema({ about, canonical }: ManagedDeclaration): z.ZodType<WrittenManaged> {
  const createOptions = z
    .boolean()
    .optional()
    .describe('whether a select option that does not exist yet may be added to the column');
  if (canonical === undefined) {
    return z.union([property, z.strictObject({ property, createOptions })]).describe(about);
  }
  const value = z.enum(canonical);
  const values = z
    .record(label, z.union([value, z.array(value).min(1)]))
    .optional()
    .describe('label in the column -> the canonical value, or values, it stands for');
  return z.union([property, z.strictObject({ property, values, createOptions })]).describe(about);
}
