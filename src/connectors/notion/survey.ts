/** What Notion tells of a connection: who it is, which data sources it sees, and what it may do. Changes nothing. */
import { asTandemError } from '../../errors.js';
import type { FoundTable, Grant, Surveyor } from '../../ports.js';
import { type Call, createCall, type NotionClientOptions } from './client.js';
import { Account, FoundSources, UserList } from './schema.js';

/** Addresses a page and a data source that do not exist, so that what is asked of them can have no effect. */
const NOWHERE = '00000000-0000-4000-8000-000000000000';
/** A search is not exhaustive anyway: beyond this many pages the id has to be given. */
const MOST_PAGES = 10;

export function createNotionSurveyor(options: NotionClientOptions): Surveyor {
  const call = createCall(options);
  return {
    async account(signal) {
      const { value } = await call((client) => client.users.me({}), Account, signal);
      const workspace = value.bot?.workspace_name ?? undefined;
      return { name: value.name ?? '', ...(workspace === undefined ? {} : { workspace }) };
    },
    tables: (signal) => sharedSources(call, signal),
    grants: (_location, signal) =>
      Promise.all([
        grantOf('insert', 'Insert content', call, insertNowhere, signal),
        grantOf('update', 'Update content', call, updateNowhere, signal),
        grantOf('people', 'Read user information', call, (client) => client.users.list({ page_size: 1 }), signal),
      ]),
  };
}

type Ask = Parameters<Call>[0];

const updateNowhere: Ask = (client) => client.pages.update({ page_id: NOWHERE, properties: {} });
const insertNowhere: Ask = (client) =>
  client.pages.create({ parent: { type: 'data_source_id', data_source_id: NOWHERE }, properties: {} });

/** A capability that is missing is refused before anything else is looked at. */
async function grantOf(
  right: Grant['right'],
  name: string,
  call: Call,
  ask: Ask,
  signal?: AbortSignal,
): Promise<Grant> {
  const error = await call(ask, UserList, signal).then(
    () => undefined,
    (thrown: unknown) => asTandemError(thrown),
  );
  if (error === undefined) return { right, name, state: 'granted' };
  if (error.code === 'auth-forbidden') return { right, name, state: 'missing' };
  if (error.details.status === 404 || error.details.status === 400) return { right, name, state: 'granted' };
  if (error.code === 'aborted' || error.help.exit === 6) return { right, name, state: 'unknown' };
  throw error;
}

async function sharedSources(call: Call, signal?: AbortSignal): Promise<readonly FoundTable[]> {
  const found = new Map<string, FoundTable>();
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const from = cursor === undefined ? {} : { start_cursor: cursor };
    const query = { filter: { property: 'object', value: 'data_source' }, page_size: 100, ...from } as const;
    const { value } = await call((client) => client.search(query), FoundSources, signal);
    for (const { id, title, url, in_trash: trashed } of value.results) {
      const name = title.map((part) => part.plain_text).join('');
      if (!trashed) found.set(id, { location: { type: 'notion', id }, title: name.normalize('NFC'), url });
    }
    cursor = value.next_cursor ?? undefined;
    if (!value.has_more || cursor === undefined) break;
  }
  return [...found.values()];
}
