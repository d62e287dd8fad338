/** The addresses of the local Notion and what each answers. */
import { z } from 'zod';
import { appendBlocks, printBlock } from './blocks.js';
import { type Actor, createPage, editPage, editSchema, replaceProperty } from './edits.js';
import { idAt } from './ids.js';
import { digestOf, pageOf, pageRequest } from './lists.js';
import { chosenProperties, printBot, printPage, printUser, type Version } from './page-wire.js';
import { printPropertyItem } from './property-items.js';
import { type PropertyWrites, readProperties } from './property-writes.js';
import { answerQuery } from './query.js';
import { check, invalid, misplaced, notFound, Refusal, severalSources } from './refusals.js';
import { updateDataSource } from './schema-edits.js';
import { printDatabase, printDataSource } from './schema-wire.js';
import { answerSearch } from './search.js';
import { type Database, type DataSource, type NotionState, type Page, propertyOf } from './state.js';

export interface Call {
  readonly version: Version;
  /** A part of the path, by its name in the route. */
  param(name: string): string;
  query(name: string): string | undefined;
  /** All values of a repeated query parameter, with or without brackets. */
  queries(name: string): readonly string[];
  readonly body: unknown;
}

type Handler = (state: NotionState, call: Call) => object;

/** Method, path, answer. Everything else is an invalid request URL. */
export const ROUTES: readonly (readonly ['GET' | 'POST' | 'PATCH', string, Handler])[] = [
  ['GET', '/v1/users/me', (state) => printBot(state)],
  ['GET', '/v1/users', listUsers],
  ['GET', '/v1/users/:user_id', getUser],
  ['GET', '/v1/databases/:database_id', (state, call) => printDatabase(state, call.version, databaseAt(state, call))],
  ['POST', '/v1/databases/:database_id/query', queryDatabase],
  ['GET', '/v1/data_sources/:data_source_id', getDataSource],
  ['PATCH', '/v1/data_sources/:data_source_id', patchDataSource],
  ['POST', '/v1/data_sources/:data_source_id/query', queryDataSource],
  ['POST', '/v1/pages', postPage],
  ['GET', '/v1/pages/:page_id', getPage],
  ['PATCH', '/v1/pages/:page_id', patchPage],
  ['GET', '/v1/pages/:page_id/properties/:property_id', getProperty],
  ['POST', '/v1/search', (state, call) => answerSearch(state, call.version, call.body)],
  ['GET', '/v1/blocks/:block_id/children', listBlocks],
  ['PATCH', '/v1/blocks/:block_id/children', patchBlocks],
];

const bot = (state: NotionState): Actor => ({ by: 'api', userId: state.bot.id });

function listUsers(state: NotionState, call: Call): object {
  const ids = [...state.users.keys(), state.bot.id];
  const digest = digestOf(['users']);
  const paging = pageRequest({ size: call.query('page_size'), cursor: call.query('start_cursor') }, digest, 'query');
  const { items, envelope } = pageOf(ids, paging, digest);
  return { object: 'list', results: items.map((id) => printUser(state, id)), ...envelope, type: 'user', user: {} };
}

function getUser(state: NotionState, call: Call): object {
  const id = idAt('path.user_id', call.param('user_id'));
  if (id !== state.bot.id && !state.users.has(id)) throw notFound('user', id, state.bot.name);
  return printUser(state, id);
}

/** The database of the path. Versions from before there could be several sources cannot see one that has them. */
function databaseAt(state: NotionState, call: Call, given?: string): Database {
  const id = given ?? idAt('path.database_id', call.param('database_id'));
  if (reachablePage(state, id) !== undefined) {
    throw invalid(`Provided ID ${id} is a page, not a database. Use the retrieve page API instead.`);
  }
  const database = state.databases.get(id);
  const sources = (database?.dataSourceIds ?? []).flatMap((own) => sharedSource(state, own) ?? []);
  if (database === undefined || sources.length === 0) throw notFound('database', id, state.bot.name);
  if (call.version === '2022-06-28' && database.dataSourceIds.length > 1) throw severalSources();
  return database;
}

function queryDatabase(state: NotionState, call: Call): object {
  if (call.version !== '2022-06-28') throw new Refusal(400, 'invalid_request_url', 'Invalid request URL.');
  const source = onlySource(state, databaseAt(state, call));
  return answerQuery(state, call.version, source, call.body, call.queries('filter_properties'));
}

function onlySource(state: NotionState, database: Database): DataSource {
  const [id, another] = database.dataSourceIds;
  if (another !== undefined) throw severalSources();
  const source = sharedSource(state, id ?? '');
  if (source === undefined) throw notFound('database', database.id, state.bot.name);
  return source;
}

function sharedSource(state: NotionState, id: string): DataSource | undefined {
  const source = state.dataSources.get(id);
  return source?.shared === true ? source : undefined;
}

function sourceAt(state: NotionState, place: string, given: string): DataSource {
  const id = idAt(place, given);
  const source = sharedSource(state, id);
  if (source === undefined) throw notFound('data_source', id, state.bot.name);
  return source;
}

/** Version 2022-06-28 knows databases only. */
function sourceInPath(state: NotionState, call: Call): DataSource {
  if (call.version === '2022-06-28') throw new Refusal(400, 'invalid_request_url', 'Invalid request URL.');
  return sourceAt(state, 'path.data_source_id', call.param('data_source_id'));
}

function getDataSource(state: NotionState, call: Call): object {
  const source = sourceInPath(state, call);
  return printDataSource(state, call.version, source);
}

function patchDataSource(state: NotionState, call: Call): object {
  const source = sourceInPath(state, call);
  editSchema(state, source.id, bot(state), () => updateDataSource(state, source, call.body));
  return getDataSource(state, call);
}

function queryDataSource(state: NotionState, call: Call): object {
  const source = sourceInPath(state, call);
  return answerQuery(state, call.version, source, call.body, call.queries('filter_properties'));
}

function reachablePage(state: NotionState, id: string): Page | undefined {
  const page = state.pages.get(id);
  return page !== undefined && sharedSource(state, page.dataSourceId) !== undefined ? page : undefined;
}

function pageAt(state: NotionState, call: Call, name = 'page_id'): Page {
  const id = idAt(`path.${name}`, call.param(name));
  const page = reachablePage(state, id);
  if (page !== undefined) return page;
  if (state.databases.has(id)) {
    throw invalid(`Provided ID ${id} is a database, not a page. Use the retrieve database API instead.`);
  }
  throw notFound(name === 'block_id' ? 'block' : 'page', id, state.bot.name);
}

function answerPage(state: NotionState, call: Call, page: Page): object {
  const source = sharedSource(state, page.dataSourceId);
  const properties = source === undefined ? [] : chosenProperties(source, call.queries('filter_properties'));
  return printPage(state, call.version, page, properties);
}

function getPage(state: NotionState, call: Call): object {
  return answerPage(state, call, pageAt(state, call));
}

const newPage = z.strictObject({
  parent: z.looseObject({ data_source_id: z.string().optional(), database_id: z.string().optional() }),
  properties: z.unknown().optional(),
  children: z.unknown().optional(),
  icon: z.unknown().optional(),
  cover: z.unknown().optional(),
});

function postPage(state: NotionState, call: Call): object {
  const { parent, ...given } = check(newPage, call.body, 'body');
  const source = parentSource(state, call, parent);
  const writes = readProperties(state, source, given.properties, call.version);
  growOptions(state, source, writes);
  const page = createPage(state, source, writes.values, bot(state), { icon: given.icon, cover: given.cover });
  if (given.children !== undefined) appendBlocks(state, page, given.children, 'body.children');
  return answerPage(state, call, state.pages.get(page.id) ?? page);
}

type Parent = z.infer<typeof newPage>['parent'];

function parentSource(state: NotionState, call: Call, parent: Parent): DataSource {
  if (parent.data_source_id !== undefined && call.version !== '2022-06-28') {
    return sourceAt(state, 'body.parent.data_source_id', parent.data_source_id);
  }
  if (parent.database_id === undefined) {
    const wanted = call.version === '2022-06-28' ? 'database_id' : 'data_source_id';
    throw misplaced(`body.parent.${wanted}`, 'should be defined, instead was `undefined`');
  }
  return onlySource(state, databaseAt(state, call, idAt('body.parent.database_id', parent.database_id)));
}

/** Selects gain the options a write named for the first time. */
function growOptions(state: NotionState, source: DataSource, writes: PropertyWrites): void {
  for (const property of writes.grown) replaceProperty(state, source.id, property);
}

const pageUpdate = z.strictObject({
  properties: z.unknown().optional(),
  in_trash: z.boolean().optional(),
  is_locked: z.boolean().optional(),
  icon: z.unknown().optional(),
  cover: z.unknown().optional(),
});
const olderPageUpdate = pageUpdate.extend({ archived: z.boolean().optional() });
type PageUpdate = z.infer<typeof olderPageUpdate>;

/** Whether a request asks for more than to trash or restore. */
const isEdit = ({ archived: _, in_trash: __, ...edits }: PageUpdate): boolean => Object.keys(edits).length > 0;

function patchPage(state: NotionState, call: Call): object {
  const page = pageAt(state, call);
  const given: PageUpdate = check(call.version === '2026-03-11' ? pageUpdate : olderPageUpdate, call.body, 'body');
  const inTrash = given.in_trash ?? given.archived;
  const source = sharedSource(state, page.dataSourceId);
  if (source === undefined) throw notFound('page', page.id, state.bot.name);
  if (page.inTrash && inTrash !== false && isEdit(given)) throw inTheTrash();
  const writes = readProperties(state, source, given.properties, call.version);
  growOptions(state, source, writes);
  const { is_locked: locked, icon, cover } = given;
  return answerPage(
    state,
    call,
    editPage(state, page, { values: writes.values, inTrash, locked, icon, cover }, bot(state)),
  );
}

const inTheTrash = () => invalid("Can't edit block that is archived. You must unarchive the block before editing.");

function getProperty(state: NotionState, call: Call): object {
  const page = pageAt(state, call);
  const wanted = call.param('property_id');
  const property = propertyOf(state.dataSources.get(page.dataSourceId) ?? missing(state, page), wanted);
  if (property === undefined) throw notFound('property', wanted, state.bot.name);
  const paging = { size: call.query('page_size'), cursor: call.query('start_cursor') };
  return printPropertyItem(state, page, property, paging);
}

function missing(state: NotionState, page: Page): never {
  throw notFound('page', page.id, state.bot.name);
}

function listBlocks(state: NotionState, call: Call): object {
  const page = pageAt(state, call, 'block_id');
  const digest = digestOf(['blocks', page.id]);
  const paging = pageRequest({ size: call.query('page_size'), cursor: call.query('start_cursor') }, digest, 'query');
  const { items, envelope } = pageOf(state.blocks.get(page.id) ?? [], paging, digest);
  const results = items.map((block) => printBlock(state, call.version, page, block));
  return { object: 'list', results, ...envelope, type: 'block', block: {} };
}

const append = z.strictObject({
  children: z.unknown(),
  position: z.unknown().optional(),
  after: z.unknown().optional(),
});

function patchBlocks(state: NotionState, call: Call): object {
  const page = pageAt(state, call, 'block_id');
  const { children } = check(append, call.body, 'body');
  if (page.inTrash) throw inTheTrash();
  const added = appendBlocks(state, page, children, 'body.children');
  const edited = editPage(state, page, {}, bot(state));
  const results = added.map((block) => printBlock(state, call.version, edited, block));
  return { object: 'list', results, next_cursor: null, has_more: false, type: 'block', block: {} };
}
