/** Data sources and databases as answers of the API print them, by version. */
import { minuteText } from './dates.js';
import { trashFlags, type Version } from './page-wire.js';
import { plainRuns, printRichText } from './rich-text.js';
import type { Database, DataSource, NotionState, Option, Property } from './state.js';

const STATUS_GROUPS = [
  { name: 'To-do', color: 'gray' },
  { name: 'In progress', color: 'blue' },
  { name: 'Complete', color: 'green' },
] as const;

/** A database is named after its only source, whatever its own title. */
const databaseTitle = (state: NotionState, database: Database): string => {
  const [first, second] = database.dataSourceIds.map((id) => state.dataSources.get(id));
  return first !== undefined && second === undefined ? first.name : database.title;
};

const title = (state: NotionState, text: string): readonly object[] => printRichText(state, plainRuns(text));

const linkTo = (id: string): string => `https://www.notion.so/${id.replaceAll('-', '')}`;

const printSchema = (state: NotionState, version: Version, dataSource: DataSource): object =>
  Object.fromEntries(
    dataSource.properties.map((property) => [property.name, printPropertyConfig(state, version, property)]),
  );

/** A data source object. */
export function printDataSource(state: NotionState, version: Version, dataSource: DataSource): object {
  return {
    object: 'data_source',
    id: dataSource.id,
    cover: null,
    icon: null,
    created_time: minuteText(dataSource.createdAt),
    created_by: { object: 'user', id: state.bot.id },
    last_edited_by: { object: 'user', id: state.bot.id },
    last_edited_time: minuteText(dataSource.editedAt),
    title: title(state, dataSource.name),
    description: [],
    is_inline: false,
    properties: printSchema(state, version, dataSource),
    parent: { type: 'database_id', database_id: dataSource.databaseId },
    database_parent: { type: 'workspace', workspace: true },
    url: linkTo(dataSource.databaseId),
    public_url: null,
    ...trashFlags(version, false),
  };
}

/** A database object: the container of its sources, or, in the versions before there were several, the source itself. */
export function printDatabase(state: NotionState, version: Version, database: Database): object {
  const sources = database.dataSourceIds.flatMap((id) => state.dataSources.get(id) ?? []);
  const [first] = sources;
  const createdAt = Math.min(...sources.map((source) => source.createdAt));
  const editedAt = Math.max(...sources.map((source) => source.editedAt));
  return {
    object: 'database',
    id: database.id,
    cover: null,
    icon: null,
    created_time: minuteText(createdAt),
    last_edited_time: minuteText(editedAt),
    title: title(state, databaseTitle(state, database)),
    description: [],
    is_inline: false,
    is_locked: false,
    parent: { type: 'workspace', workspace: true },
    url: linkTo(database.id),
    public_url: null,
    ...trashFlags(version, false),
    ...(version === '2022-06-28'
      ? { properties: first === undefined ? {} : printSchema(state, version, first) }
      : { data_sources: sources.map(({ id, name }) => ({ id, name })) }),
  };
}

function printPropertyConfig(state: NotionState, version: Version, property: Property): object {
  return {
    id: property.id,
    name: property.name,
    description: null,
    type: property.type,
    [property.type]: configOf(state, version, property),
  };
}

function configOf(state: NotionState, version: Version, property: Property): object {
  switch (property.type) {
    case 'number':
      return { format: property.format };
    case 'select':
    case 'multi_select':
      return { options: property.options.map(printOption) };
    case 'status':
      return { options: property.options.map(printOption), groups: statusGroups(property) };
    case 'formula':
      return { expression: property.expression };
    case 'relation':
      return relationConfig(state, version, property);
    case 'rollup':
      return {
        function: 'sum',
        rollup_property_name: '',
        relation_property_name: '',
        rollup_property_id: '',
        relation_property_id: '',
      };
    case 'unique_id':
      return { prefix: null };
    default:
      return {};
  }
}

const printOption = (option: Option): object => ({ ...option, description: null });

/**
 * The first option opens To-do, the last is Complete, those between are In progress. Options added by the API
 * all land in To-do.
 */
function statusGroups(property: Property): readonly object[] {
  const own = property.options.filter((option) => !property.addedOptions.includes(option.id));
  const members = [
    [...own.slice(0, 1).map((option) => option.id), ...property.addedOptions],
    own.slice(1, -1).map((option) => option.id),
    own
      .slice(1)
      .slice(-1)
      .map((option) => option.id),
  ];
  return STATUS_GROUPS.map((group, index) => ({
    id: `${property.id}-${index}`,
    ...group,
    option_ids: members[index] ?? [],
  }));
}

function relationConfig(state: NotionState, version: Version, property: Property): object {
  const other = state.dataSources.get(property.relatesTo ?? '');
  const mirror = other?.properties.find((known) => known.id === property.mirror);
  return {
    database_id: other?.databaseId ?? '',
    ...(version === '2022-06-28' ? {} : { data_source_id: property.relatesTo ?? '' }),
    ...(mirror === undefined
      ? { type: 'single_property', single_property: {} }
      : {
          type: 'dual_property',
          dual_property: { synced_property_id: mirror.id, synced_property_name: mirror.name },
        }),
  };
}
