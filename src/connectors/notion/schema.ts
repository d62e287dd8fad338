/**
 * What Notion answers (version 2026-03-11), as far as Tandem reads it. Unknown keys and unknown property types
 * pass: Notion adds both without a new version. A value is checked by its type only when it is decoded.
 */
import { z } from 'zod';

/**
 * Properties come keyed by their name, and also carry an id. Read as a list: a column may be called `__proto__`,
 * which as a key of an object is lost or worse.
 */
const listOf = <T extends z.ZodType>(item: T) =>
  z.preprocess((keyed) => (typeof keyed === 'object' && keyed !== null ? Object.values(keyed) : keyed), z.array(item));

const RichText = z.array(z.looseObject({ plain_text: z.string() }));
const Option = z.looseObject({ id: z.string().optional(), name: z.string() });
const DateValue = z.looseObject({ start: z.string(), end: z.string().nullish() });
const Reference = z.looseObject({ id: z.string() });

/** A person, a bot, a group or, without the capability to read users, an id alone. */
export const User = z.looseObject({
  id: z.string(),
  name: z.string().nullish(),
  person: z.looseObject({ email: z.string().nullish() }).nullish(),
});
export type User = z.infer<typeof User>;

/** The account of a token. */
export const Account = z.looseObject({
  name: z.string().nullish(),
  bot: z.looseObject({ workspace_name: z.string().nullish() }).nullish(),
});

/** Only whether it may be asked for matters. */
export const UserList = z.looseObject({});

/** A property value: its type, and under the name of the type whatever that type holds. */
export const PropertyValue = z.looseObject({ id: z.string().optional(), type: z.string() });
export type PropertyValue = z.infer<typeof PropertyValue>;

const TypedValue = z.looseObject({ type: z.string() });

/** The value of each property type Tandem can read. */
export const VALUES = {
  title: RichText,
  rich_text: RichText,
  number: z.number().nullable(),
  select: Option.nullable(),
  status: Option.nullable(),
  multi_select: z.array(Option),
  date: DateValue.nullable(),
  people: z.array(User),
  relation: z.array(Reference),
  checkbox: z.boolean(),
  text: z.string().nullable(),
  files: z.array(z.looseObject({ name: z.string() })),
  computed: TypedValue,
  unique_id: z.looseObject({ prefix: z.string().nullish(), number: z.number().nullish() }),
  user: User.nullable(),
  place: z.looseObject({ name: z.string().nullish(), address: z.string().nullish() }).nullable(),
  verification: z.looseObject({ state: z.string() }).nullable(),
  array: z.array(PropertyValue),
  boolean: z.boolean().nullable(),
} as const;

/** A row. Without the capability to read content Notion sends the id alone. */
export const Page = z.looseObject({
  object: z.literal('page'),
  id: z.string(),
  url: z.string(),
  created_time: z.string(),
  created_by: Reference.optional(),
  in_trash: z.boolean().default(false),
  properties: listOf(PropertyValue),
});
export type Page = z.infer<typeof Page>;

export const Query = z.looseObject({
  results: z.array(z.looseObject({ object: z.string(), id: z.string() })),
  has_more: z.boolean(),
  next_cursor: z.string().nullable(),
  /** A query that ran into the cap of 10,000 rows says so here and nowhere else. */
  request_status: z.looseObject({ type: z.string(), incomplete_reason: z.string().optional() }).optional(),
});
export type Query = z.infer<typeof Query>;

/** A page of the items of one long property. */
export const PropertyItems = z.looseObject({
  results: z.array(PropertyValue),
  has_more: z.boolean(),
  next_cursor: z.string().nullable(),
});
export type PropertyItems = z.infer<typeof PropertyItems>;

/** What a write answers; without the capability to read content it is the id alone. */
export const WrittenPage = z.looseObject({ object: z.literal('page'), id: z.string(), url: z.string().optional() });
export type WrittenPage = z.infer<typeof WrittenPage>;

/** Data sources found by a search; those in the trash are among them. */
export const FoundSources = z.looseObject({
  results: z.array(
    z.looseObject({
      id: z.string(),
      title: RichText.default([]),
      url: z.string().default(''),
      in_trash: z.boolean().default(false),
    }),
  ),
  has_more: z.boolean(),
  next_cursor: z.string().nullable(),
});

const Options = z.looseObject({ options: z.array(Option) });

/** A column of a data source. Only what a type is configured with that Tandem needs is named. */
export const PropertyConfig = z.looseObject({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  number: z.looseObject({ format: z.string() }).optional(),
  select: Options.optional(),
  multi_select: Options.optional(),
  status: Options.extend({
    groups: z.array(z.looseObject({ name: z.string(), option_ids: z.array(z.string()) })).optional(),
  }).optional(),
  relation: z.looseObject({ data_source_id: z.string().optional() }).optional(),
});
export type PropertyConfig = z.infer<typeof PropertyConfig>;

export const DataSource = z.looseObject({
  object: z.literal('data_source'),
  id: z.string(),
  title: RichText.default([]),
  url: z.string().default(''),
  in_trash: z.boolean().default(false),
  properties: listOf(PropertyConfig),
});
export type DataSource = z.infer<typeof DataSource>;

export const Database = z.looseObject({
  object: z.literal('database'),
  id: z.string(),
  in_trash: z.boolean().default(false),
  data_sources: z.array(z.looseObject({ id: z.string(), name: z.string() })),
});
export type Database = z.infer<typeof Database>;

/** An error body. `code` is any text: Notion uses more codes than it documents. */
export const ErrorBody = z.looseObject({
  code: z.string(),
  message: z.string(),
  request_id: z.string().optional(),
  additional_data: z.record(z.string(), z.unknown()).optional(),
});
export type ErrorBody = z.infer<typeof ErrorBody>;
