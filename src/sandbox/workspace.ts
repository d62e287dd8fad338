/**
 * The file a sandbox is filled from (`tandem sandbox --load FILE`), checked by zod. Values are written the
 * short way a person would; the servers turn them into wire shapes. Tools are independent of each other.
 */
import { z } from 'zod';

const dayOrTime = z.string().regex(/^\d{4}-\d{2}-\d{2}/);

/**
 * A cell in short form, by property type: title, rich_text, url, email, phone_number: string · number: number ·
 * select, status: option name · multi_select: names · date: "day" or "day/day" or a date-time · checkbox:
 * boolean · people: user ids · relation: page ids · formula and rollup: whatever they evaluate to. null: empty.
 */
const shortValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()]);

const notionOption = z.strictObject({ id: z.string().optional(), name: z.string(), color: z.string().optional() });

/** Property types of the local Notion. */
export const NOTION_TYPES = [
  'title',
  'rich_text',
  'number',
  'select',
  'multi_select',
  'status',
  'date',
  'people',
  'files',
  'checkbox',
  'url',
  'email',
  'phone_number',
  'formula',
  'relation',
  'rollup',
  'created_time',
  'created_by',
  'last_edited_time',
  'last_edited_by',
  'unique_id',
  'button',
  'place',
  'verification',
] as const;

const notionProperty = z.strictObject({
  id: z
    .string()
    .describe('short property id, as Notion gives it (url-encoded characters allowed); the title is "title"'),
  type: z.enum(NOTION_TYPES),
  format: z.string().optional().describe('of a number: number, percent, won, dollar ...'),
  options: z.array(notionOption).optional().describe('of select, multi_select and status'),
  relatesTo: z.string().optional().describe('of a relation: id of the data source on the other side'),
  syncedAs: z.string().optional().describe('of a two-way relation: property name on the other side'),
  expression: z.string().optional().describe('of a formula, shown only; its value is stored with the page'),
});

const notionPage = z.strictObject({
  id: z.uuid(),
  createdTime: z.string(),
  lastEditedTime: z.string().optional(),
  createdBy: z.string().optional().describe('user id; a person by default'),
  inTrash: z.boolean().default(false),
  values: z.record(z.string(), shortValue),
});

const notionDataSource = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  properties: z.record(z.string(), notionProperty),
  pages: z.array(notionPage),
});

export const NotionWorkspace = z.strictObject({
  name: z.string().default('Sandbox'),
  token: z.string(),
  bot: z.strictObject({ id: z.uuid(), name: z.string() }),
  users: z.array(z.strictObject({ id: z.uuid(), name: z.string(), email: z.string().optional() })),
  databases: z.array(
    z.strictObject({ id: z.uuid(), title: z.string(), dataSources: z.array(notionDataSource).min(1) }),
  ),
});
export type NotionWorkspace = z.infer<typeof NotionWorkspace>;

/** Airtable cells are stored in wire form already: that form is short. An empty cell is left out. */
const airtableField = z.strictObject({
  id: z.string().regex(/^fld[A-Za-z0-9]{14}$/),
  name: z.string(),
  type: z.string(),
  options: z.record(z.string(), z.unknown()).optional(),
});

const airtableRecord = z.strictObject({
  id: z.string().regex(/^rec[A-Za-z0-9]{14}$/),
  createdTime: dayOrTime,
  fields: z.record(z.string(), z.unknown()).describe('by field name'),
});

export const AirtableWorkspace = z.strictObject({
  token: z.string(),
  user: z.strictObject({ id: z.string().regex(/^usr[A-Za-z0-9]{14}$/), email: z.string(), name: z.string() }),
  collaborators: z.array(z.strictObject({ id: z.string(), email: z.string(), name: z.string() })).default([]),
  bases: z.array(
    z.strictObject({
      id: z.string().regex(/^app[A-Za-z0-9]{14}$/),
      name: z.string(),
      tables: z.array(
        z.strictObject({
          id: z.string().regex(/^tbl[A-Za-z0-9]{14}$/),
          name: z.string(),
          primaryFieldId: z.string(),
          fields: z.array(airtableField),
          records: z.array(airtableRecord),
        }),
      ),
    }),
  ),
});
export type AirtableWorkspace = z.infer<typeof AirtableWorkspace>;

export const SandboxWorkspace = z.strictObject({
  notion: NotionWorkspace.optional(),
  airtable: AirtableWorkspace.optional(),
});
export type SandboxWorkspace = z.infer<typeof SandboxWorkspace>;
