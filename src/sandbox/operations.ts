/** The names by which the log and fault scripts speak of the routes of both tools. */

export type Tool = 'notion' | 'airtable';

export interface Operation {
  readonly name: string;
  readonly tool: Tool;
  readonly method: string;
  /** Whether it can change data. A query by POST cannot. */
  readonly write: boolean;
  readonly matches: RegExp;
}

const read = (name: string, method: string, path: string): Operation => operation(name, method, path, false);
const write = (name: string, method: string, path: string): Operation => operation(name, method, path, true);

/** `:x` in a path stands for one part of it. */
function operation(name: string, method: string, path: string, writes: boolean): Operation {
  const tool = name.startsWith('notion.') ? 'notion' : 'airtable';
  return { name, tool, method, write: writes, matches: new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}/?$`) };
}

/** The first that matches counts. */
export const OPERATIONS: readonly Operation[] = [
  read('notion.users.me', 'GET', '/v1/users/me'),
  read('notion.users.list', 'GET', '/v1/users'),
  read('notion.users.retrieve', 'GET', '/v1/users/:id'),
  read('notion.databases.retrieve', 'GET', '/v1/databases/:id'),
  read('notion.databases.query', 'POST', '/v1/databases/:id/query'),
  read('notion.data_sources.retrieve', 'GET', '/v1/data_sources/:id'),
  write('notion.data_sources.update', 'PATCH', '/v1/data_sources/:id'),
  read('notion.data_sources.query', 'POST', '/v1/data_sources/:id/query'),
  write('notion.pages.create', 'POST', '/v1/pages'),
  read('notion.pages.retrieve', 'GET', '/v1/pages/:id'),
  write('notion.pages.update', 'PATCH', '/v1/pages/:id'),
  read('notion.pages.properties.retrieve', 'GET', '/v1/pages/:id/properties/:property'),
  read('notion.search', 'POST', '/v1/search'),
  read('notion.blocks.children.list', 'GET', '/v1/blocks/:id/children'),
  write('notion.blocks.children.append', 'PATCH', '/v1/blocks/:id/children'),
  read('airtable.whoami', 'GET', '/v0/meta/whoami'),
  read('airtable.bases.list', 'GET', '/v0/meta/bases'),
  read('airtable.tables.list', 'GET', '/v0/meta/bases/:base/tables'),
  read('airtable.records.list', 'POST', '/v0/app[^/]*/:table/listRecords'),
  read('airtable.records.list', 'GET', '/v0/app[^/]*/:table'),
  read('airtable.records.retrieve', 'GET', '/v0/app[^/]*/:table/:record'),
  write('airtable.records.create', 'POST', '/v0/app[^/]*/:table'),
  write('airtable.records.update', 'PATCH', '/v0/app[^/]*/:table(?:/:record)?'),
  write('airtable.records.replace', 'PUT', '/v0/app[^/]*/:table(?:/:record)?'),
  write('airtable.records.delete', 'DELETE', '/v0/app[^/]*/:table(?:/:record)?'),
  write('airtable.webhooks.create', 'POST', '/v0/bases/:base/webhooks'),
  read('airtable.webhooks.list', 'GET', '/v0/bases/:base/webhooks'),
  write('airtable.webhooks.delete', 'DELETE', '/v0/bases/:base/webhooks/:hook'),
  write('airtable.webhooks.refresh', 'POST', '/v0/bases/:base/webhooks/:hook/refresh'),
  write('airtable.webhooks.notify', 'POST', '/v0/bases/:base/webhooks/:hook/enableNotifications'),
  read('airtable.webhooks.payloads', 'GET', '/v0/bases/:base/webhooks/:hook/payloads'),
];

/** The operation a request asks for; undefined for an address nobody knows. */
export const operationOf = (method: string, pathname: string): Operation | undefined =>
  OPERATIONS.find((known) => known.method === method && known.matches.test(pathname));

const FAMILIES: readonly string[] = ['*', 'reads', 'writes'];

/** What `on` of a fault rule may say: an operation, or all of its kind such as `notion.*` or `airtable.writes`. */
export function selectsOperation(selector: string, known: Operation): boolean {
  if (selector === known.name) return true;
  const cut = selector.lastIndexOf('.');
  const [scope, family] = [selector.slice(0, Math.max(cut, 0)), selector.slice(cut + 1)];
  if (!FAMILIES.includes(family)) return false;
  const inScope = scope === '' || known.name.startsWith(`${scope}.`);
  return inScope && (family === '*' || known.write === (family === 'writes'));
}

/** `a.b.c` is part of `a` and of `a.b`. */
const scopesOf = (name: string): readonly string[] =>
  name
    .split('.')
    .slice(0, -1)
    .map((_, index, parts) => parts.slice(0, index + 1).join('.'));

const NAMES: readonly string[] = OPERATIONS.map(({ name }) => name);

/** Names an `on` may take. */
export const SELECTORS: readonly string[] = [
  ...FAMILIES,
  ...new Set(NAMES),
  ...[...new Set(NAMES.flatMap(scopesOf))].flatMap((scope) => FAMILIES.map((family) => `${scope}.${family}`)),
];
