/**
 * The local Notion: a workspace in memory behind the real wire protocol, strict where the real one is strict.
 * `app` serves /v1/*; the other members are the hands of people and tests.
 */
import { type Context, Hono } from 'hono';
import type { CellChange, SandboxContext } from '../context.js';
import type { NotionWorkspace } from '../workspace.js';
import { nextUuid } from './edits.js';
import { eventsOf, type PageEvent } from './events.js';
import { admit, type RateWindow } from './gate.js';
import { createHands, type NotionHands } from './hands.js';
import { loadState, REAL_LIMITS } from './load.js';
import { invalid, Refusal } from './refusals.js';
import { ROUTES } from './routes.js';
import type { NotionLimits, NotionState } from './state.js';

export type { NotionHands, NotionRow, ShortValues } from './hands.js';
export type { NotionLimits } from './state.js';

const MAX_BODY_BYTES = 500 * 1024;

export interface NotionSandbox extends NotionHands {
  readonly app: Hono;
  /** What webhooks say about some changes. */
  eventsOf(changes: readonly CellChange[]): readonly PageEvent[];
}

/** Serves a workspace. Limits are those of the real Notion unless given. */
export function createNotion(
  workspace: NotionWorkspace,
  context: SandboxContext,
  limits: Partial<NotionLimits> = {},
): NotionSandbox {
  const state = loadState(workspace, context, { ...REAL_LIMITS, ...limits });
  return { app: createApp(state), eventsOf: (changes) => eventsOf(state, changes), ...createHands(state) };
}

function createApp(state: NotionState): Hono {
  const app = new Hono();
  const window: RateWindow = { start: 0, count: 0 };
  for (const [method, path, handle] of ROUTES) {
    app.on(method, path, async (context) => {
      const version = admit(state, window, context.req.raw);
      const body = method === 'GET' ? undefined : parseBody(await context.req.text());
      const answer = handle(state, {
        version,
        body,
        param: (name) => context.req.param(name) ?? '',
        query: (name) => context.req.query(name),
        queries: (name) => [...(context.req.queries(name) ?? []), ...(context.req.queries(`${name}[]`) ?? [])],
      });
      return send(state, context, 200, answer);
    });
  }
  app.notFound((context) => refuse(state, context, new Refusal(400, 'invalid_request_url', 'Invalid request URL.')));
  app.onError((error, context) => {
    if (error instanceof Refusal) return refuse(state, context, error);
    return refuse(state, context, new Refusal(500, 'internal_server_error', `Defect in the sandbox: ${error.message}`));
  });
  return app;
}

function parseBody(text: string): unknown {
  if (Buffer.byteLength(text) > MAX_BODY_BYTES) {
    throw invalid('body failed validation: body should be at most 500 KB.');
  }
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, 'invalid_json', 'Error parsing JSON body.');
  }
}

function refuse(state: NotionState, context: Context, refusal: Refusal): Response {
  const { additionalData, retryAfter } = refusal.extra;
  const answer = {
    object: 'error',
    status: refusal.status,
    code: refusal.code,
    message: refusal.message,
    ...(additionalData === undefined ? {} : { additional_data: additionalData }),
  };
  const headers = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  return send(state, context, refusal.status, answer, headers);
}

function send(
  state: NotionState,
  context: Context,
  status: 200 | Refusal['status'],
  answer: object,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const requestId = nextUuid(state, 'request');
  return context.body(JSON.stringify({ ...answer, request_id: requestId }), status, {
    'content-type': 'application/json; charset=utf-8',
    'x-notion-request-id': requestId,
    date: new Date(state.context.now()).toUTCString(),
    ...headers,
  });
}
