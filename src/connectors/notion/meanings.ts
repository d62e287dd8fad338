/** What the refusals of Notion mean. A 404 or 400 to the write of a row is about that row: see write.ts. */
import type { Meaning } from '../meanings.js';

export const NOTION_MEANINGS: readonly Meaning[] = [
  {
    status: 401,
    code: 'auth-invalid-token',
    about: 'The token is wrong, was replaced, or its connection was removed.',
  },
  {
    status: 403,
    code: 'auth-forbidden',
    about: 'The connection lacks a capability: read, insert or update content, or user information.',
  },
  {
    status: 404,
    code: 'source-not-found',
    about: 'Deleted, or not shared with the connection; of a row that is being written: the row is gone.',
  },
  {
    status: 409,
    word: 'row_limit_exceeded',
    code: 'rows-full',
    about: 'The data source or the workspace may hold no more rows.',
  },
  {
    status: 409,
    code: 'upstream-conflict',
    about: 'Two writes met. Tried again at once, with fewer writes at a time.',
  },
  {
    status: 429,
    says: /public_api_request_blocked/,
    code: 'auth-blocked',
    about: 'Notion has blocked the connection. Never tried again.',
  },
  {
    status: 429,
    code: 'rate-limited',
    about: 'Too many calls of this connection, of the workspace or to one address. Waited for as long as Notion says.',
  },
  {
    status: 400,
    says: /multiple data sources/i,
    code: 'source-ambiguous',
    about: 'The id is of a database with several data sources.',
  },
  {
    status: 400,
    says: /could not find (property|sort property)|is not a property that exists/i,
    code: 'property-not-found',
    about: 'A column was renamed or deleted while Tandem ran.',
  },
  {
    status: [400, 499],
    code: 'request-refused',
    about:
      'Notion calls the request invalid (`validation_error`, `invalid_json`, `missing_version`, …); of a row that is being written: its values were refused.',
  },
  {
    status: 529,
    code: 'upstream-unavailable',
    about: 'Notion is overloaded. Waited for as long as it says; a create is looked up, never repeated.',
  },
  {
    status: [500, 599],
    code: 'upstream-unavailable',
    about:
      'Notion failed, or a proxy before it. What is safe is tried again; a 503 that names the saved row counts as saved.',
  },
];
