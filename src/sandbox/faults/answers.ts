/** What the two tools say when they fail: the bodies of fault answers, in the wire form of each. */
import type { SeenRequest, StandIn } from '../context.js';
import { cursorOf } from './cursors.js';
import type { ScriptedFault } from './script.js';

type Tool = SeenRequest['tool'];
type Of<K extends ScriptedFault['kind']> = Extract<ScriptedFault, { readonly kind: K }>;

export const PROXY_PAGE = '<!doctype html><html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>';

const notion = (status: number, code: string, message: string, more: object = {}): StandIn => ({
  status,
  body: { object: 'error', status, code, message, ...more },
});
const airtable = (status: number, type: string, message: string): StandIn => ({
  status,
  body: { error: { type, message } },
});

const NOTION_CODES: Readonly<Record<number, readonly [string, string]>> = {
  502: ['bad_gateway', 'Bad gateway.'],
  503: ['service_unavailable', 'Notion is unavailable. Please try again later.'],
  504: ['gateway_timeout', 'Notion took too long to answer. Please try again later.'],
};
const UNEXPECTED = ['internal_server_error', 'An unexpected error occurred.'] as const;

/** A 5xx; nothing in it says whether the request was carried out. */
export function serverError(tool: Tool, status: number): StandIn {
  const [code, message] = NOTION_CODES[status] ?? UNEXPECTED;
  if (tool === 'notion') return notion(status, code, message);
  return status === 503
    ? airtable(
        status,
        'RETRIABLE_ERROR',
        'Server encountered an error while processing your request, and it is safe to retry the request',
      )
    : airtable(status, 'SERVER_ERROR', 'Unknown server error');
}

const REASONS = {
  connection: 'public_api_request_rate_limit',
  workspace: 'public_api_space_request_rate_limit',
  endpoint: 'public_api_endpoint_rate_limit',
  blocked: 'public_api_request_blocked',
} as const;

/** Seconds a scope asks to wait where the script does not say; the workspace's budget may ask for more than a minute. */
const PAUSES: Readonly<Record<string, number>> = { workspace: 90 };
const PAUSE = 30;

/** A 429 of the scope; undefined when the tool has no such limit. Airtable's documents promise no Retry-After. */
export function rateLimited(tool: Tool, { scope, retryAfter }: Of<'rate-limited'>): StandIn | undefined {
  if (tool === 'notion') {
    if (scope === 'base' || scope === 'month') return undefined;
    const wait = retryAfter === undefined ? (PAUSES[scope ?? ''] ?? PAUSE) : retryAfter;
    const told = wait === null ? {} : { retry_after: String(wait) };
    const answer = notion(429, 'rate_limited', 'You have been rate limited. Please try again later.', {
      additional_data: { rate_limit_reason: REASONS[scope ?? 'connection'], ...told },
    });
    return waiting(answer, wait);
  }
  if (scope === 'month') {
    const message =
      "API billing plan limit exceeded. You've reached the maximum number of requests allowed for this month.";
    return waiting(airtable(429, 'PUBLIC_API_BILLING_LIMIT_EXCEEDED', message), retryAfter ?? null);
  }
  if (scope !== undefined && scope !== 'base' && scope !== 'connection') return undefined;
  const answer = airtable(429, 'RATE_LIMIT_REACHED', 'Rate limit exceeded. Please try again later');
  return waiting(answer, retryAfter ?? null);
}

const waiting = (answer: StandIn, wait: number | string | null): StandIn =>
  wait === null ? answer : { ...answer, headers: { 'retry-after': String(wait) } };

export function overloaded(tool: Tool, retryAfter: number): StandIn {
  if (tool === 'airtable') return waiting(serverError(tool, 503), retryAfter);
  const answer = notion(529, 'service_overload', 'Notion is overloaded. Please try again later.', {
    additional_data: { retry_after: String(retryAfter) },
  });
  return waiting(answer, retryAfter);
}

/** Two writes met: Notion's own trouble. */
export const conflict = (tool: Tool): StandIn | undefined =>
  tool === 'notion' ? notion(409, 'conflict_error', 'Conflict occurred while saving. Please try again.') : undefined;

const COMMITTED =
  'The change was saved, but the response could not be built in time. Read the object again to confirm the saved change.';

/** Notion's 503 after a write that was saved. `created` is the id of what a create made. */
export function committed(from: string, created: string | undefined): StandIn {
  return notion(503, 'service_unavailable', COMMITTED, {
    additional_data: {
      from,
      elapsed_ms: '55003',
      deadline_ms: '55000',
      retry_guidance: ['Read the object again to confirm the saved change.', 'Do not repeat the write.'],
      ...(created === undefined ? {} : { committed_resource_id: created }),
    },
  });
}

/** A place in a list that is known no more; undefined for a request that has none. */
export function cursorExpired(request: SeenRequest): StandIn | undefined {
  const cursor = cursorOf(request);
  if (cursor === undefined) return undefined;
  return request.tool === 'notion'
    ? notion(400, 'validation_error', `The start_cursor provided is invalid: ${cursor}`)
    : { status: 422, body: { error: { type: 'LIST_RECORDS_ITERATOR_NOT_AVAILABLE' } } };
}

export const timeout = (tool: Tool): StandIn => serverError(tool, 504);

export const proxyPage = (status: number): StandIn => ({ status, body: PROXY_PAGE });
