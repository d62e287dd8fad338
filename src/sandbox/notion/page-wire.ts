/** Pages, users and property values as answers of the API print them, by version. */
import { isDay, minuteText } from './dates.js';
import { invalid } from './refusals.js';
import { PLAIN, plainText, printRichText } from './rich-text.js';
import {
  type DataSource,
  type DateRange,
  type NotionState,
  type Page,
  type Property,
  propertyOf,
  type ShortValue,
  type Value,
} from './state.js';
import { cellOf } from './values.js';

export type Version = '2022-06-28' | '2025-09-03' | '2026-03-11';
export const VERSIONS: readonly Version[] = ['2022-06-28', '2025-09-03', '2026-03-11'];
/** Still served, in the form of the oldest above: they differ in details nobody here asks for. */
export const OLDER_VERSIONS: readonly string[] = ['2021-05-11', '2021-05-13', '2021-08-16', '2022-02-22'];

/** References a page or query answer gives of one relation or people property; the rest is at the property's own address. */
const REFERENCES = 25;

export const partialUser = (id: string): object => ({ object: 'user', id });

/** A user in full. People without access, and the unknown, keep only their id. */
export function printUser(state: NotionState, id: string): object {
  if (id === state.bot.id) return printBot(state);
  const user = state.users.get(id);
  if (user === undefined) return partialUser(id);
  const person = user.email === undefined ? {} : { email: user.email };
  return { object: 'user', id, name: user.name, avatar_url: null, type: 'person', person };
}

export function printBot(state: NotionState): object {
  return {
    object: 'user',
    id: state.bot.id,
    name: state.bot.name,
    avatar_url: null,
    type: 'bot',
    bot: {
      owner: { type: 'workspace', workspace: true },
      workspace_id: state.bot.id,
      workspace_limits: { max_file_upload_size_in_bytes: 5_242_880 },
      workspace_name: state.workspaceName,
    },
  };
}

/** `archived` went away with version 2026-03-11. */
export const trashFlags = (version: Version, inTrash: boolean): object =>
  version === '2026-03-11' ? { in_trash: inTrash } : { archived: inTrash, in_trash: inTrash };

/** The properties a `filter_properties` parameter asks for, by name or id; all of them without one. */
export function chosenProperties(dataSource: DataSource, wanted: readonly string[]): readonly Property[] {
  if (wanted.length === 0) return dataSource.properties;
  const chosen = wanted.map((nameOrId) => {
    const property = propertyOf(dataSource, nameOrId);
    if (property === undefined) throw invalid(`Could not find property with name or id: ${nameOrId}`);
    return property;
  });
  return dataSource.properties.filter((property) => chosen.includes(property));
}

/** A page object with the properties asked for. */
export function printPage(state: NotionState, version: Version, page: Page, properties: readonly Property[]): object {
  const dataSource = state.dataSources.get(page.dataSourceId);
  const databaseId = dataSource?.databaseId ?? '';
  return {
    object: 'page',
    id: page.id,
    created_time: minuteText(page.createdAt),
    last_edited_time: minuteText(page.editedAt),
    created_by: partialUser(page.createdBy),
    last_edited_by: partialUser(page.editedBy),
    cover: page.cover,
    icon: page.icon,
    parent:
      version === '2022-06-28'
        ? { type: 'database_id', database_id: databaseId }
        : { type: 'data_source_id', data_source_id: page.dataSourceId, database_id: databaseId },
    ...trashFlags(version, page.inTrash),
    is_archived: false,
    is_locked: page.locked,
    properties: Object.fromEntries(properties.map((property) => [property.name, printProperty(state, page, property)])),
    url: pageUrl(state, page),
    public_url: null,
  };
}

function pageUrl(state: NotionState, page: Page): string {
  const title = [...page.values].find(([id]) => id === 'title')?.[1];
  const words = title?.kind === 'rich' ? plainText(state, title.runs) : '';
  const slug = words.replaceAll(/[^A-Za-z0-9]+/g, '-').replaceAll(/^-|-$/g, '');
  const id = page.id.replaceAll('-', '');
  return `https://www.notion.so/${slug === '' ? id : `${slug}-${id}`}`;
}

/** A property of a page or query answer: references stop at 25, and only a relation says that there are more. */
function printProperty(state: NotionState, page: Page, property: Property): object {
  const value = cellOf(page, property);
  const head = { id: property.id, type: property.type };
  if (value.kind === 'links') {
    const relation = value.ids.slice(0, REFERENCES).map((id) => ({ id }));
    return { ...head, relation, has_more: value.ids.length > REFERENCES };
  }
  const shown = value.kind === 'people' ? { ...value, ids: value.ids.slice(0, REFERENCES) } : value;
  return { ...head, [property.type]: printValue(state, page, property, shown) };
}

/** The content of a property without its head; lists in full. */
export function printValue(state: NotionState, page: Page, property: Property, value: Value): unknown {
  switch (value.kind) {
    case 'rich':
      return printRichText(state, value.runs);
    case 'plain':
      return value.text;
    case 'number':
      return value.number;
    case 'option':
      return printOption(property, value.id);
    case 'options':
      return value.ids.map((id) => printOption(property, id));
    case 'date':
      return printDate(value.date);
    case 'flag':
      return value.flag;
    case 'people':
      return value.ids.map((id) => printUser(state, id));
    case 'links':
      return value.ids.map((id) => ({ id }));
    case 'files':
      return value.files.map(({ name, url }) => ({ name, type: 'external', external: { url } }));
    case 'computed':
      return property.type === 'formula' ? printFormula(value.result) : printRollup(value.result);
    case 'none':
      return printOfPage(state, page, property);
  }
}

function printOption(property: Property, id: string | null): object | null {
  const option = property.options.find((known) => known.id === id);
  return option === undefined ? null : { id: option.id, name: option.name, color: option.color };
}

const printDate = (date: DateRange | null): object | null =>
  date && { start: date.start, end: date.end, time_zone: null };

function printFormula(result: ShortValue): object {
  if (typeof result === 'number') return { type: 'number', number: result };
  if (typeof result === 'boolean') return { type: 'boolean', boolean: result };
  if (typeof result === 'string' && isDay(result)) {
    return { type: 'date', date: { start: result, end: null, time_zone: null } };
  }
  return { type: 'string', string: typeof result === 'string' || result === null ? result : result.join(', ') };
}

export function printRollup(result: ShortValue): object {
  if (typeof result === 'string' && isDay(result)) {
    return { type: 'date', date: { start: result, end: null, time_zone: null }, function: 'latest_date' };
  }
  if (typeof result === 'number' || result === null) return { type: 'number', number: result, function: 'sum' };
  const items = typeof result === 'object' ? result : [String(result)];
  const array = items.map((text) => ({
    type: 'rich_text',
    rich_text: [
      { type: 'text', text: { content: text, link: null }, annotations: PLAIN, plain_text: text, href: null },
    ],
  }));
  return { type: 'array', array, function: 'show_original' };
}

function printOfPage(state: NotionState, page: Page, property: Property): unknown {
  switch (property.type) {
    case 'created_time':
      return minuteText(page.createdAt);
    case 'last_edited_time':
      return minuteText(page.editedAt);
    case 'created_by':
      return printUser(state, page.createdBy);
    case 'last_edited_by':
      return printUser(state, page.editedBy);
    case 'unique_id':
      return { prefix: null, number: page.sequence };
    case 'button':
      return {};
    default:
      return null;
  }
}
