/** What the refusals of Airtable mean. What a refused write means for its rows is told apart in write.ts. */
import type { Meaning } from '../meanings.js';

export const AIRTABLE_MEANINGS: readonly Meaning[] = [
  { status: 401, code: 'auth-invalid-token', about: 'The token is wrong, expired or was revoked.' },
  {
    status: 403,
    word: 'INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND',
    code: 'source-not-found',
    about: 'The id or name is wrong, or the token was not granted the base: Airtable does not say which.',
  },
  {
    status: 403,
    code: 'auth-forbidden',
    about:
      'The token lacks a scope, or its owner a role; of a locked field: the value is not written and told with its row.',
  },
  {
    status: 404,
    code: 'source-not-found',
    about: 'No such base, table or record; of a row that is being written: it is gone.',
  },
  {
    status: 429,
    word: 'PUBLIC_API_BILLING_LIMIT_EXCEEDED',
    code: 'quota-exhausted',
    about: 'The calls of the month are spent. Nothing more is sent on this connection.',
  },
  { status: 429, code: 'rate-limited', about: 'Too many calls a second. Everybody waits 30 s, or what Airtable says.' },
  {
    status: 422,
    word: 'UNKNOWN_FIELD_NAME',
    code: 'property-not-found',
    about: 'A field was deleted while Tandem ran.',
  },
  {
    status: 422,
    word: 'INVALID_FILTER_BY_FORMULA',
    code: 'property-not-found',
    about: 'The field that rows are looked up by was deleted or changed its type.',
  },
  {
    status: 422,
    word: 'LIST_RECORDS_ITERATOR_NOT_AVAILABLE',
    code: 'read-incomplete',
    about: 'The place in a long table was forgotten. Read again from the start, twice at most.',
  },
  {
    status: 422,
    word: 'INVALID_OFFSET_VALUE',
    code: 'read-incomplete',
    about: 'The place in a long table was not understood. Read again from the start, twice at most.',
  },
  { status: 422, word: 'ROW_DOES_NOT_EXIST', code: 'row-gone', about: 'The record was deleted while Tandem ran.' },
  {
    status: 413,
    code: 'request-refused',
    about: 'The request is too large; of rows that are being written: sent again in smaller parts.',
  },
  {
    status: [400, 499],
    code: 'request-refused',
    about:
      'Airtable calls the request invalid; of rows that are being written: halved until the bad row stands alone and is told.',
  },
  {
    status: [500, 599],
    code: 'upstream-unavailable',
    about: 'Airtable failed, or a proxy before it. What is safe is tried again.',
  },
];
