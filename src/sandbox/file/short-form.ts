/**
 * The file a person writes to fill a sandbox (`tandem sandbox --load FILE`): tables by name, columns by type, rows by
 * column. Ids may be left out. docs/sandbox.md explains it.
 */
import { z } from 'zod';
import { NOTION_TYPES } from '../workspace.js';

const text = z.string().min(1);
const wordOr = <T extends z.ZodType>(key: string, schema: T) =>
  z.preprocess((given) => (typeof given === 'string' ? { [key]: given } : given), schema);

/** Types of the local Airtable a file can name. */
export const AIRTABLE_TYPES = [
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
  'multipleAttachments',
  'barcode',
  'formula',
  'rollup',
  'multipleLookupValues',
  'count',
  'autoNumber',
  'createdTime',
  'lastModifiedTime',
  'createdBy',
  'lastModifiedBy',
  'button',
  'aiText',
] as const;

const notionColumn = wordOr(
  'type',
  z.strictObject({
    type: z.enum(NOTION_TYPES),
    id: text.optional(),
    options: z.array(text).optional(),
    format: text.optional(),
    relatesTo: text.optional(),
    syncedAs: text.optional(),
  }),
);

const airtableColumn = wordOr(
  'type',
  z.strictObject({
    type: z.enum(AIRTABLE_TYPES),
    id: z
      .string()
      .regex(/^fld[A-Za-z0-9]{14}$/, 'is no field id: fld and 14 letters or digits')
      .optional(),
    options: z.union([z.array(text), z.record(z.string(), z.unknown())]).optional(),
    linksTo: text.optional(),
    syncedAs: text.optional(),
  }),
);

/** Beside cells by column name: `$id`, `$created` (day or time) and, for Notion, `$trashed`. */
const row = z.record(z.string(), z.unknown());
export type ShortRow = z.infer<typeof row>;

const notionTable = z.strictObject({
  name: text,
  id: z.uuid('is no data source id').optional(),
  database: z.uuid('is no database id').optional(),
  columns: z.record(text, notionColumn),
  rows: z.array(row).default([]),
});
export type ShortNotionTable = z.infer<typeof notionTable>;

const airtableTable = z.strictObject({
  name: text,
  id: z
    .string()
    .regex(/^tbl[A-Za-z0-9]{14}$/, 'is no table id: tbl and 14 letters or digits')
    .optional(),
  base: z
    .string()
    .regex(/^app[A-Za-z0-9]{14}$/, 'is no base id: app and 14 letters or digits')
    .optional(),
  columns: z.record(text, airtableColumn),
  rows: z.array(row).default([]),
});
export type ShortAirtableTable = z.infer<typeof airtableTable>;

const person = wordOr(
  'name',
  z.strictObject({
    name: text,
    email: text.optional(),
    notion: z.uuid('is no user id of Notion').optional(),
    airtable: z
      .string()
      .regex(/^usr[A-Za-z0-9]{14}$/, 'is no user id of Airtable')
      .optional(),
  }),
);

const SANDBOX_TOKEN = { notion: 'ntn_sandbox', airtable: 'patSandbox' };

export const ShortForm = z.strictObject({
  people: z.array(person).default([]),
  notion: z.strictObject({ token: text.default(SANDBOX_TOKEN.notion), tables: z.array(notionTable).min(1) }).optional(),
  airtable: z
    .strictObject({ token: text.default(SANDBOX_TOKEN.airtable), tables: z.array(airtableTable).min(1) })
    .optional(),
});
export type ShortForm = z.infer<typeof ShortForm>;
