/**
 * The one declaration of the configuration as people write it. The loader, the JSON schema for editors and
 * the reference page are all derived from it; what spans several keys is in rules.ts.
 */
import { z } from 'zod';
import { ENTITIES, ENTITY_NAMES, type EntityName, type FieldDeclaration } from '../domain/entities.js';
import { AIRTABLE_PLANS, NOTION_PLANS } from './connections.js';
import { day, filledText, judgedText, timezone } from './judge.js';
import { readAirtableBase, readNotionId } from './links.js';
import { managedOf } from './managed.js';
import { fieldSchema, managedSchema, type WrittenField, type WrittenManaged } from './mapping-schema.js';
import { policySchema } from './policy-schema.js';
import { tokenVariable } from './tokens.js';

export interface WrittenSource {
  readonly connection: string;
  readonly id?: string | undefined;
  readonly base?: string | undefined;
  readonly table?: string | undefined;
  readonly link?: { readonly field: string; readonly to: 'code' } | undefined;
  readonly fields: Readonly<Record<string, WrittenField | undefined>>;
  readonly manages?: Readonly<Record<string, WrittenManaged | undefined>> | undefined;
}

/** The declared fields of an entity, by name. */
export function fieldsOf(entity: EntityName): ReadonlyMap<string, FieldDeclaration> {
  return new Map<string, FieldDeclaration>(Object.entries(ENTITIES[entity]));
}

/** Whether rows of the entity belong to a partnership. */
export const belongsToPartnership = (entity: EntityName): boolean => fieldsOf(entity).has('partnership');

const tokenEnv = tokenVariable
  .optional()
  .describe('name of the environment variable that holds the token; the same name with _FILE may name a file');
const baseUrl = filledText
  .optional()
  .describe('address of a local sandbox; other hosts need TANDEM_ALLOW_CUSTOM_BASE_URL=1');

const connection = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('notion').describe('the tool: notion or airtable'),
    plan: z.enum(NOTION_PLANS).default('plus').describe('plan of the workspace; decides how many calls are allowed'),
    baseUrl,
    tokenEnv,
  }),
  z.strictObject({
    type: z.literal('airtable').describe('the tool: notion or airtable'),
    plan: z.enum(AIRTABLE_PLANS).default('team').describe('plan of the workspace; decides how many calls are allowed'),
    callsPerMonth: z
      .int()
      .min(1)
      .optional()
      .describe('Airtable: calls Tandem may make in a month, where that is not the number of the plan'),
    baseUrl,
    tokenEnv,
  }),
]);

const person = z.strictObject({
  email: z.email().optional().describe('e-mail address the tools know the person by'),
  lead: filledText.optional().describe('who is told when this person does not act'),
  left: z.boolean().optional().describe('has left: Tandem tells what is still theirs'),
  aliases: z.array(filledText).optional().describe('other names the person is written with'),
  ids: z.record(filledText, filledText).optional().describe('connection -> id of the person in that tool'),
});

const calendar = z.strictObject({
  holidays: z
    .array(
      z
        .string()
        .regex(/^[A-Z]{2}$/)
        .describe('two-letter country code in capitals, like KR'),
    )
    .optional()
    .describe('countries whose public holidays are days off'),
  extra: z.array(day).optional().describe('days off beside the public holidays'),
  remove: z.array(day).optional().describe('public holidays that are worked'),
});

const notionId = judgedText((value) =>
  readNotionId(value) === undefined
    ? {
        why: 'It is neither a Notion id (32 hexadecimal digits) nor a link that holds the id of a database or page.',
        next: 'Open the database in Notion, choose "Copy link" and paste it here.',
      }
    : undefined,
).describe('Notion: link or id of the data source, database or page');

const airtableBase = judgedText((value) =>
  readAirtableBase(value) === undefined
    ? {
        why: 'The API of Airtable knows bases by id only: app and 14 letters or digits, or a link that holds it.',
        next: 'Open the base in a browser and paste its address here.',
      }
    : undefined,
).describe('Airtable: id of the base, or a link to it; a link to a table gives the table too');

const link = z.strictObject({
  field: filledText.describe('column of this source that holds the code of the partner'),
  to: z.literal('code').default('code').describe('field of partnerships it is compared with'),
});

function fieldsBlock(entity: EntityName) {
  const shape: Record<string, z.ZodType<WrittenField | undefined>> = {};
  for (const [name, declaration] of fieldsOf(entity)) {
    const schema = fieldSchema(declaration);
    // A row may be joined by `link` instead, so whether `partnership` is needed is for rules.ts to say.
    shape[name] = declaration.required && name !== 'partnership' ? schema : schema.optional();
  }
  return z.strictObject(shape).describe('our field -> column');
}

function managesBlock(entity: EntityName) {
  const shape: Record<string, z.ZodType<WrittenManaged | undefined>> = {};
  for (const [name, declaration] of managedOf(entity)) shape[name] = managedSchema(declaration).optional();
  return z.strictObject(shape).optional().describe('result of Tandem -> column it owns and may overwrite');
}

/** The schema of one source; which of `id`, `base` and `table` it takes depends on its connection. */
function sourceSchema(entity: EntityName): z.ZodType<WrittenSource> {
  const about = `where the ${entity} are kept`;
  const full = z.strictObject({
    connection: filledText.describe('name of a connection'),
    id: notionId.optional(),
    base: airtableBase.optional(),
    table: filledText.optional().describe('Airtable: id or name of the table'),
    link: link.optional().describe('join by partner code, where the tool has no relation to the partnerships'),
    fields: fieldsBlock(entity),
    manages: managesBlock(entity),
  });
  const joined = belongsToPartnership(entity);
  const managing = managedOf(entity).size > 0;
  if (joined && managing) return full.describe(about);
  if (joined) return full.omit({ manages: true }).describe(about);
  if (managing) return full.omit({ link: true }).describe(about);
  return full.omit({ link: true, manages: true }).describe(about);
}

function sourcesSchema() {
  const shape: Record<string, z.ZodType<WrittenSource | undefined>> = {};
  for (const entity of ENTITY_NAMES) {
    const schema = sourceSchema(entity);
    shape[entity] = entity === 'partnerships' ? schema : schema.optional();
  }
  return z.strictObject(shape).describe('entity -> where its rows are; only partnerships is needed');
}

export const configSchema = z
  .strictObject({
    version: z.literal(1).describe('version of this file format'),
    workspace: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,31}$/)
      .describe(
        'permanent id of the workspace, part of every key Tandem writes: 1 to 32 lower-case letters, digits and hyphens, no hyphen first',
      ),
    locale: z.enum(['en', 'ko']).default('en').describe('language of everything written back'),
    timezone: timezone.describe('IANA time zone that decides what day it is'),
    calendar: calendar.prefault({}).describe('days off'),
    people: z.record(filledText, person).default({}).describe('people by name'),
    connections: z.record(filledText, connection).describe('connections to the tools, by a name of your choice'),
    sources: sourcesSchema(),
    policy: policySchema.prefault({}),
  })
  .describe('Configuration of Tandem');

export type WrittenConfig = z.output<typeof configSchema>;

export type { Config } from './config.js';
