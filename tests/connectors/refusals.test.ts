import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAirtableConnector } from '../../src/connectors/airtable/index.js';
import { shareConnection } from '../../src/connectors/connection.js';
import { createNotionConnector } from '../../src/connectors/notion/index.js';
import { createTransport } from '../../src/connectors/transport.js';
import { asTandemError, type TandemError } from '../../src/errors.js';
import type { SourceSchema } from '../../src/ports.js';
import { createPlainWindows } from '../support/plain-windows.js';
import { createVirtualClock } from '../support/virtual-clock.js';

type Tool = 'notion' | 'airtable';

const CONNECT = { notion: createNotionConnector, airtable: createAirtableConnector };
const LOCATION = {
  notion: { type: 'notion', id: '11111111-1111-4111-8111-111111111111' },
  airtable: { type: 'airtable', base: 'appAAAAAAAAAAAAAA', table: 'tblAAAAAAAAAAAAAA' },
} as const;
const schema: SourceSchema = {
  id: 'tblAAAAAAAAAAAAAA',
  title: 'KPIs',
  url: 'https://tool.test/kpis',
  properties: [{ id: 'fldA', name: 'Name', type: 'singleLineText', writable: true }],
};

/** What reading a source says when the tool answers every call alike. */
async function readingMeets(tool: Tool, status: number, body: unknown): Promise<TandemError> {
  const transport = createTransport({
    connection: shareConnection(tool),
    fetch: () => Promise.resolve(new Response(typeof body === 'string' ? body : JSON.stringify(body), { status })),
    windows: createPlainWindows(),
    limits: [],
    clock: createVirtualClock(),
    random: () => 0,
    deadlineMs: 65_000,
    maxWaitMs: 120_000,
    defaultPauseMs: 30_000,
  });
  const connector = CONNECT[tool]({ token: 'token_sandbox', transport });
  const source = {
    entity: 'kpis',
    connection: tool,
    location: LOCATION[tool],
    fields: { name: { property: 'fldA' } },
    manages: {},
  } as const;
  try {
    for await (const page of connector.read(source, schema)) expect(page).toBeDefined();
  } catch (thrown) {
    return asTandemError(thrown);
  }
  throw new Error('it was read');
}

const notion = (code: string, message = 'sorry', additional_data: object = {}) => ({
  object: 'error',
  code,
  message,
  additional_data,
});
const airtable = (type: string, message = 'sorry') => ({ error: { type, message } });

const HTML = '<html><title>502 Bad Gateway</title></html>';

describe('what a tool answers while it is read -> what people are told', () => {
  it.each<readonly [Tool, number, unknown, string, number]>([
    ['notion', 400, notion('validation_error', 'body.page_size should be ≤ 100'), 'request-refused', 4],
    [
      'notion',
      400,
      notion('validation_error', 'Could not find property with name or id: xyz'),
      'property-not-found',
      4,
    ],
    [
      'notion',
      400,
      notion('validation_error', 'Databases with multiple data sources are not supported in this API version.'),
      'source-ambiguous',
      4,
    ],
    ['notion', 400, notion('invalid_json'), 'request-refused', 4],
    ['notion', 400, notion('invalid_request_url'), 'request-refused', 4],
    ['notion', 400, notion('missing_version'), 'request-refused', 4],
    ['notion', 401, notion('unauthorized', 'API token is invalid.'), 'auth-invalid-token', 4],
    ['notion', 403, notion('restricted_resource'), 'auth-forbidden', 4],
    ['notion', 404, notion('object_not_found'), 'source-not-found', 4],
    ['notion', 409, notion('conflict_error'), 'upstream-conflict', 6],
    ['notion', 409, notion('row_limit_exceeded'), 'rows-full', 5],
    ['notion', 413, notion('validation_error'), 'request-refused', 4],
    [
      'notion',
      429,
      notion('rate_limited', 'slow', { rate_limit_reason: 'public_api_space_request_rate_limit' }),
      'rate-limited',
      6,
    ],
    [
      'notion',
      429,
      notion('rate_limited', 'no', { rate_limit_reason: 'public_api_request_blocked' }),
      'auth-blocked',
      4,
    ],
    ['notion', 500, notion('internal_server_error'), 'upstream-unavailable', 6],
    ['notion', 502, HTML, 'upstream-unavailable', 6],
    ['notion', 503, notion('database_connection_unavailable'), 'upstream-unavailable', 6],
    ['notion', 504, notion('gateway_timeout'), 'upstream-unavailable', 6],
    ['notion', 529, notion('service_overload'), 'upstream-unavailable', 6],
    ['notion', 200, HTML, 'upstream-invalid-response', 6],
    ['airtable', 400, airtable('INVALID_JSON'), 'request-refused', 4],
    ['airtable', 401, airtable('AUTHENTICATION_REQUIRED'), 'auth-invalid-token', 4],
    ['airtable', 401, airtable('UNAUTHORIZED'), 'auth-invalid-token', 4],
    ['airtable', 403, airtable('INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND'), 'source-not-found', 4],
    ['airtable', 403, airtable('INVALID_PERMISSIONS'), 'auth-forbidden', 4],
    ['airtable', 404, { error: 'NOT_FOUND' }, 'source-not-found', 4],
    ['airtable', 404, airtable('TABLE_NOT_FOUND'), 'source-not-found', 4],
    ['airtable', 413, airtable('REQUEST_TOO_LARGE'), 'request-refused', 4],
    ['airtable', 422, airtable('INVALID_REQUEST_UNKNOWN'), 'request-refused', 4],
    ['airtable', 422, { error: { type: 'INVALID_REQUEST' } }, 'request-refused', 4],
    ['airtable', 422, airtable('UNKNOWN_FIELD_NAME', 'Unknown field name: "fldA"'), 'property-not-found', 4],
    ['airtable', 422, airtable('INVALID_FILTER_BY_FORMULA'), 'property-not-found', 4],
    ['airtable', 422, airtable('VIEW_NAME_NOT_FOUND'), 'request-refused', 4],
    ['airtable', 422, { error: { type: 'LIST_RECORDS_ITERATOR_NOT_AVAILABLE' } }, 'read-incomplete', 5],
    ['airtable', 422, airtable('INVALID_OFFSET_VALUE'), 'read-incomplete', 5],
    ['airtable', 422, { errors: [{ error: 'SOMETHING_NEW', message: 'said otherwise' }] }, 'request-refused', 4],
    ['airtable', 429, airtable('RATE_LIMIT_REACHED'), 'rate-limited', 6],
    ['airtable', 429, { errors: [{ error: 'RATE_LIMIT_REACHED', message: 'slow' }] }, 'rate-limited', 6],
    ['airtable', 429, airtable('PUBLIC_API_BILLING_LIMIT_EXCEEDED'), 'quota-exhausted', 6],
    ['airtable', 500, airtable('SERVER_ERROR'), 'upstream-unavailable', 6],
    ['airtable', 502, HTML, 'upstream-unavailable', 6],
    ['airtable', 503, airtable('RETRIABLE_ERROR'), 'upstream-unavailable', 6],
    ['airtable', 200, HTML, 'upstream-invalid-response', 6],
  ])('%s %i %j -> %s, exit %i', async (tool, status, body, code, exit) => {
    const error = await readingMeets(tool, status, body);
    expect([error.code, error.help.exit]).toEqual([code, exit]);
    expect(error.message).toMatch(/^(Notion|Airtable|The connection)/);
  });

  it('no status and no word of any tool is taken for a defect of ours', async () => {
    const word = fc.oneof(fc.constantFrom('INVALID_PERMISSIONS', 'validation_error', ''), fc.string());
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<Tool>('notion', 'airtable'),
        fc.integer({ min: 400, max: 599 }),
        word,
        fc.string(),
        async (tool, status, said, message) => {
          const body = tool === 'notion' ? notion(said, message) : airtable(said, message);
          expect((await readingMeets(tool, status, body)).code).not.toBe('internal');
        },
      ),
      { numRuns: 200 },
    );
  });
});
