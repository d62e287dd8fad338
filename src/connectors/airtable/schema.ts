/**
 * Tables and fields as Airtable's metadata describes them, and what they mean to Tandem: which columns can be
 * written, what they may hold, what a computed one yields. New field types appear without notice, so an
 * unknown type is a read-only column, never an error.
 */
import { z } from 'zod';
import type { PropertySchema, SourceSchema } from '../../ports.js';

const fieldOptions = z.object({
  precision: z.number().int().nonnegative().optional().catch(undefined),
  choices: z
    .array(z.object({ name: z.string() }))
    .optional()
    .catch(undefined),
  linkedTableId: z.string().optional().catch(undefined),
  result: z
    .object({
      type: z.string(),
      options: z.object({ precision: z.number().optional().catch(undefined) }).nullish(),
    })
    .nullish()
    .catch(undefined),
});

const field = z.object({ id: z.string(), name: z.string(), type: z.string(), options: fieldOptions.nullish() });

const table = z.object({ id: z.string(), name: z.string(), fields: z.array(field) });

/** The answer of `GET /v0/meta/bases/{base}/tables`. */
export const BaseTables = z.object({ tables: z.array(table) });

export type AirtableField = z.infer<typeof field>;
export type AirtableTable = z.infer<typeof table>;

const WRITABLE: ReadonlySet<string> = new Set([
  'singleLineText',
  'multilineText',
  'richText',
  'email',
  'url',
  'phoneNumber',
  'number',
  'percent',
  'currency',
  'rating',
  'duration',
  'checkbox',
  'singleSelect',
  'multipleSelects',
  'multipleRecordLinks',
  'date',
  'dateTime',
  'singleCollaborator',
  'multipleCollaborators',
  'barcode',
]);

/** What the cells of each type hold; of computed ones, those of the type they yield. */
const HOLDS: ReadonlyMap<string, NonNullable<PropertySchema['holds']>> = new Map([
  ['singleLineText', 'text'],
  ['multilineText', 'text'],
  ['richText', 'text'],
  ['email', 'text'],
  ['url', 'text'],
  ['phoneNumber', 'text'],
  ['barcode', 'text'],
  ['aiText', 'text'],
  ['number', 'number'],
  ['percent', 'number'],
  ['currency', 'number'],
  ['rating', 'number'],
  ['duration', 'number'],
  ['count', 'number'],
  ['autoNumber', 'number'],
  ['checkbox', 'flag'],
  ['singleSelect', 'labels'],
  ['multipleSelects', 'labels'],
  ['externalSyncSource', 'labels'],
  ['multipleRecordLinks', 'links'],
  ['date', 'date'],
  ['dateTime', 'date'],
  ['createdTime', 'date'],
  ['lastModifiedTime', 'date'],
  ['singleCollaborator', 'people'],
  ['multipleCollaborators', 'people'],
  ['createdBy', 'people'],
  ['lastModifiedBy', 'people'],
  ['multipleAttachments', 'list'],
]);

/** A field as a column of a source. */
export function describeField({ id, name, type, options }: AirtableField): PropertySchema {
  const choices = options?.choices?.map((choice) => choice.name);
  const yields = options?.result?.type;
  const precision = options?.precision;
  const holds = HOLDS.get(type) ?? HOLDS.get(yields ?? '');
  return {
    id,
    name: name.normalize('NFC'),
    type,
    ...(holds === undefined ? {} : { holds }),
    writable: WRITABLE.has(type),
    ...(choices === undefined ? {} : { options: choices }),
    ...(options?.linkedTableId === undefined ? {} : { linksTo: options.linkedTableId }),
    ...(type === 'percent' || yields === 'percent' ? { percent: true } : {}),
    ...(precision === undefined ? {} : { precision }),
    ...(yields === undefined ? {} : { yields }),
  };
}

/** A table as a source. Links of Airtable's own app: `https://airtable.com/<base>/<table>`. */
export function describeTable(base: string, { id, name, fields }: AirtableTable): SourceSchema {
  return {
    id,
    title: name.normalize('NFC'),
    url: `https://airtable.com/${base}/${id}`,
    properties: fields.map(describeField),
  };
}

/** The table a reference means, by id or by name after NFC. */
export function findTable(tables: readonly AirtableTable[], reference: string): AirtableTable | undefined {
  const wanted = reference.normalize('NFC').trim();
  return (
    tables.find((candidate) => candidate.id === reference) ??
    tables.find((candidate) => candidate.name.normalize('NFC').trim() === wanted)
  );
}
