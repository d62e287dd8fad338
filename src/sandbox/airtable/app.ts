/** The routes under /v0, in the order a request is judged: size, token, limits, route, base and table, content. */
import { type Context, Hono } from 'hono';
import { type Iterators, listRecords } from './listing.js';
import { type Base, type Row, type Table, tableOf, viewOf } from './model.js';
import {
  expectBasesParams,
  expectNoParams,
  expectTablesParams,
  idsToDelete,
  listParamsOf,
  listParamsOfBody,
  recordParamsOf,
} from './params.js';
import type { Rates } from './rates.js';
import { wireRecord } from './reading.js';
import {
  bodyTooLarge,
  invalidJson,
  modelNotFound,
  notFound,
  Refusal,
  unauthenticated,
  urlTooLong,
} from './refusals.js';
import { type Scope, scopeOf } from './scopes.js';
import { transact, type World } from './transaction.js';
import { routeWebhooks } from './webhook-routes.js';
import type { Hooks } from './webhooks.js';
import { createRows, deleteRows, parseMany, parseOne, rowInPath, updateRows, type WriteRequest } from './writing.js';

export interface Service extends World {
  readonly iterators: Iterators;
  readonly rates: Rates;
  readonly hooks: Hooks;
  /** Whether the token works and which bases it was granted; hands may change both. */
  readonly access: { tokenValid: boolean; scopes: readonly Scope[]; readonly revokedBases: Set<string> };
}

const LONGEST_URL = 16_000;
/** Undocumented (choice); far above ten ordinary records. */
const LARGEST_BODY = 2_000_000;

/** A Hono application that answers as the real service would. */
export function createApp(service: Service): Hono {
  const app = new Hono({ strict: false });
  app.notFound((c) => c.json(notFound().body, 404));
  app.onError((thrown, c) => {
    if (thrown instanceof Refusal) return c.json(thrown.body, thrown.status);
    return c.json({ error: { type: 'SERVER_ERROR', message: `Defect in the sandbox: ${thrown.message}` } }, 500);
  });
  app.use('/v0/*', async (c, next) => {
    judge(service, c);
    await next();
  });
  routeMeta(app, service);
  routeWebhooks(app, { hooks: service.hooks, baseIn: (c) => baseIn(service, c), bodyOf, queryOf });
  routeReads(app, service);
  routeWrites(app, service);
  return app;
}

function judge(service: Service, c: Context): void {
  if (c.req.url.length >= LONGEST_URL) throw urlTooLong();
  const { access, model, context, rates } = service;
  if (!access.tokenValid || c.req.header('authorization') !== `Bearer ${model.token}`) throw unauthenticated();
  const baseId = c.req.path.split('/').find((part) => /^app[A-Za-z0-9]{14}$/.test(part));
  if (context.enforceRates) rates.admit(baseId, c.req.path.startsWith('/v0/meta/'), context.now());
  const needed = scopeOf(c.req.method, c.req.path);
  if (needed !== undefined && !access.scopes.includes(needed)) throw modelNotFound();
}

const queryOf = (c: Context): URLSearchParams => new URL(c.req.url).searchParams;

async function bodyOf(c: Context): Promise<unknown> {
  const text = await c.req.text();
  if (Buffer.byteLength(text) > LARGEST_BODY) throw bodyTooLarge();
  try {
    return JSON.parse(text);
  } catch {
    throw invalidJson();
  }
}

function baseIn({ model, access }: Service, c: Context): Base {
  const base = model.bases.find((candidate) => candidate.id === c.req.param('base'));
  if (base === undefined || access.revokedBases.has(base.id)) throw modelNotFound();
  return base;
}

function tableIn(service: Service, c: Context): Table {
  const table = tableOf(baseIn(service, c), c.req.param('table') ?? '');
  if (table === undefined) throw modelNotFound();
  return table;
}

function routeMeta(app: Hono, service: Service): void {
  const { model, access } = service;
  app.get('/v0/meta/whoami', (c) => {
    expectNoParams(queryOf(c));
    return c.json({ id: model.user.id, email: model.user.email, scopes: access.scopes });
  });
  app.get('/v0/meta/bases', (c) => {
    expectBasesParams(queryOf(c));
    const granted = model.bases.filter((base) => !access.revokedBases.has(base.id));
    return c.json({ bases: granted.map(({ id, name }) => ({ id, name, permissionLevel: 'create' })) });
  });
  app.get('/v0/meta/bases/:base/tables', (c) => {
    expectTablesParams(queryOf(c));
    const withFields = queryOf(c).has('include[]') || queryOf(c).has('include[0]');
    return c.json({ tables: baseIn(service, c).tables.map((table) => wireTable(table, withFields)) });
  });
}

const wireTable = (table: Table, withVisibleFields: boolean): Record<string, unknown> => ({
  id: table.id,
  name: table.name,
  primaryFieldId: table.primaryFieldId,
  fields: table.fields,
  views: [
    withVisibleFields ? { ...viewOf(table), visibleFieldIds: table.fields.map((field) => field.id) } : viewOf(table),
  ],
});

function routeReads(app: Hono, service: Service): void {
  const { model, iterators, context } = service;
  app.get('/v0/:base{app[A-Za-z0-9]+}/:table', (c) => {
    const table = tableIn(service, c);
    return c.json(listRecords(model, iterators, table, listParamsOf(queryOf(c)), context.now()));
  });
  app.post('/v0/:base{app[A-Za-z0-9]+}/:table/listRecords', async (c) => {
    const table = tableIn(service, c);
    const params = listParamsOfBody(await bodyOf(c), queryOf(c));
    return c.json(listRecords(model, iterators, table, params, context.now()));
  });
  app.get('/v0/:base{app[A-Za-z0-9]+}/:table/:record', (c) => {
    const table = tableIn(service, c);
    const params = recordParamsOf(queryOf(c));
    const row = rowInPath(table, c.req.param('record'));
    const shape = { byId: params.returnFieldsByFieldId ?? false, asText: params.cellFormat === 'string' };
    return c.json(wireRecord(model, table, row, shape));
  });
}

const hasRecords = (body: unknown): boolean => typeof body === 'object' && body !== null && 'records' in body;

function routeWrites(app: Hono, service: Service): void {
  const { model } = service;
  const sent = (table: Table, rows: readonly Row[], request: WriteRequest) =>
    rows.map((row) => wireRecord(model, table, row, { byId: request.byId }));

  app.post('/v0/:base{app[A-Za-z0-9]+}/:table', async (c) => {
    const table = tableIn(service, c);
    expectNoParams(queryOf(c));
    const body = await bodyOf(c);
    const many = hasRecords(body);
    const request = many ? parseMany(body, 'create') : parseOne(body, undefined);
    const records = sent(
      table,
      transact(service, 'api', (tx) => createRows(tx, table, request)),
      request,
    );
    return c.json(many ? { records } : records[0]);
  });

  app.on(['PATCH', 'PUT'], '/v0/:base{app[A-Za-z0-9]+}/:table', async (c) => {
    const table = tableIn(service, c);
    expectNoParams(queryOf(c));
    const request = parseMany(await bodyOf(c), 'update');
    const done = transact(service, 'api', (tx) => updateRows(tx, table, request, c.req.method === 'PUT'));
    const records = sent(table, done.rows, request);
    if (request.mergeOn === undefined) return c.json({ records });
    const createdRecords = done.created.map((row) => row.id);
    const updatedRecords = done.rows.map((row) => row.id).filter((id) => !createdRecords.includes(id));
    return c.json({ records, createdRecords, updatedRecords });
  });

  app.on(['PATCH', 'PUT'], '/v0/:base{app[A-Za-z0-9]+}/:table/:record', async (c) => {
    const table = tableIn(service, c);
    expectNoParams(queryOf(c));
    const request = parseOne(await bodyOf(c), rowInPath(table, c.req.param('record')).id);
    const done = transact(service, 'api', (tx) => updateRows(tx, table, request, c.req.method === 'PUT'));
    return c.json(sent(table, done.rows, request)[0]);
  });

  app.delete('/v0/:base{app[A-Za-z0-9]+}/:table', (c) => {
    const table = tableIn(service, c);
    const ids = idsToDelete(queryOf(c));
    transact(service, 'api', (tx) => deleteRows(tx, table, ids));
    return c.json({ records: ids.map((id) => ({ id, deleted: true })) });
  });

  app.delete('/v0/:base{app[A-Za-z0-9]+}/:table/:record', (c) => {
    const table = tableIn(service, c);
    expectNoParams(queryOf(c));
    const { id } = rowInPath(table, c.req.param('record'));
    transact(service, 'api', (tx) => deleteRows(tx, table, [id]));
    return c.json({ id, deleted: true });
  });
}
