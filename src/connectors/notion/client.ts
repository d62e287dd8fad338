/**
 * Calls to Notion through its official client, sent by our own transport: the client's retries, time-out and log
 * are off. Every answer is checked by a schema; every refusal becomes a TandemError with Notion's own words.
 */
import { Client } from '@notionhq/client';
import type { z } from 'zod';
import { asTandemError, type ErrorCode, type ErrorDetails, TandemError } from '../../errors.js';
import { meaningOf } from '../meanings.js';
import {
  type EarlierAttempt,
  maybeApplied,
  retryAfterMs,
  type Transport,
  type WireRequest,
  type WireResponse,
} from '../transport.js';
import { NOTION_MEANINGS } from './meanings.js';
import { ErrorBody } from './schema.js';

const NOTION_VERSION = '2026-03-11';
/** The longest a timer can run. The transport has deadlines of its own; the client must not give up before it. */
const NO_TIMEOUT_MS = 2 ** 31 - 1;
const MESSAGE_LENGTH = 400;

export interface NotionClientOptions {
  readonly token: string;
  /** Without path, as in https://api.notion.com. */
  readonly baseUrl?: string;
  readonly transport: Transport;
  /** What ids and links stand for, and whose a token is, where that is known. */
  readonly places?: Map<string, string>;
  /** Names what is read with without telling the token. */
  readonly access?: string;
}

/** An answer that passed its schema, and what became of the attempts before it. */
export interface Answer<T> {
  readonly value: T;
  readonly earlier: readonly EarlierAttempt[];
  /** When Notion gave the answer, by its own clock, in milliseconds; undefined where it does not say. */
  readonly servedAt: number | undefined;
}

export type Call = <T>(
  ask: (client: Client) => Promise<unknown>,
  schema: z.ZodType<T>,
  signal?: AbortSignal,
) => Promise<Answer<T>>;

/**
 * Makes the function all calls go through. It throws a TandemError: what the transport threw, a refusal by status,
 * or `upstream-invalid-response` when an answer is not what Notion documents.
 */
export function createCall(options: NotionClientOptions): Call {
  return async (ask, schema, signal) => {
    let answer: WireResponse | undefined;
    const client = new Client({
      auth: options.token,
      notionVersion: NOTION_VERSION,
      retry: false,
      timeoutMs: NO_TIMEOUT_MS,
      logger: () => undefined,
      ...(options.baseUrl === undefined ? {} : { baseUrl: options.baseUrl.replace(/\/+$/, '') }),
      fetch: async (url, init) => {
        const { method, headers, body } = init ?? {};
        const response = await options.transport.send(wireRequest(url, method, headers, body), signal);
        answer = response;
        const { status, text } = response;
        return { ok: status >= 200 && status < 300, status, headers: response.headers, text: async () => text };
      },
    });
    const raw = await ask(client).catch((thrown: unknown) => {
      if (answer === undefined || thrown instanceof TandemError) throw asTandemError(thrown);
      const refused = refusal(answer);
      // Who is blocked is not let in by asking for another table.
      if (refused.code === 'auth-blocked') options.transport.halt(refused);
      throw refused;
    });
    const parsed = schema.safeParse(raw);
    const earlier = answer?.earlier ?? [];
    const servedAt = Date.parse(answer?.headers.date ?? '');
    if (parsed.success) {
      return { value: parsed.data, earlier, servedAt: Number.isNaN(servedAt) ? undefined : servedAt };
    }
    const issue = parsed.error.issues[0];
    throw invalidAnswer(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`, answer);
  };
}

function wireRequest(
  url: string,
  method: string | undefined,
  headers: Record<string, string> | undefined,
  body: unknown,
): WireRequest {
  const { pathname } = new URL(url);
  const common = { url, headers: headers ?? {}, ...(typeof body === 'string' ? { body } : {}) };
  switch (method) {
    case 'GET':
      return { ...common, method, kind: 'read', repeatable: true };
    case 'POST': {
      const asks = /\/(query|search)$/.test(pathname);
      return { ...common, method, kind: asks ? 'read' : 'write', repeatable: asks };
    }
    case 'PATCH':
      // Property values are absolute, so writing them twice is writing them once.
      return { ...common, method, kind: 'write', repeatable: /\/pages\/[^/]+$/.test(pathname) };
    default:
      throw new TandemError('internal', `No call to Notion uses the method ${method ?? '(none)'}.`);
  }
}

/** The error a refusing answer stands for. `details.sent` is true where the request may have been carried out. */
function refusal(answer: WireResponse): TandemError {
  const body = ErrorBody.safeParse(jsonOf(answer.text)).data;
  const { status } = answer;
  if (status < 400) return invalidAnswer('not JSON', answer);
  const sent = status >= 500 || maybeApplied(answer.earlier);
  if (body === undefined && status < 500 && status !== 429) return invalidAnswer(`status ${status}`, answer, sent);
  const requestId = body?.request_id ?? answer.headers['x-notion-request-id'];
  const reference = [body?.code, String(status), requestId === undefined ? undefined : `request ${requestId}`];
  const words = [body?.message ?? 'no message', ...guidanceOf(body)].join(' ');
  const message = `Notion: ${plain(words)} (${reference.filter(Boolean).join(', ')})`;
  const waitMs = status === 429 ? retryAfterMs(answer.headers, Date.parse(answer.headers.date ?? '')) : undefined;
  const committed = body?.additional_data?.committed_resource_id;
  const details: ErrorDetails = {
    status,
    sent,
    ...(waitMs === undefined ? {} : { waitMs, retryAfterMs: waitMs }),
    ...(typeof committed === 'string' ? { committedRowId: committed } : {}),
  };
  return new TandemError(codeOf(status, body), message, details);
}

/** What Notion advises to do, as in "Reduce page_size". */
function guidanceOf(body: ErrorBody | undefined): readonly string[] {
  const guidance = body?.additional_data?.retry_guidance;
  return Array.isArray(guidance) ? guidance.map(String) : [];
}

function codeOf(status: number, body: ErrorBody | undefined): ErrorCode {
  const message = `${body?.message ?? ''} ${String(body?.additional_data?.rate_limit_reason ?? '')}`;
  return meaningOf(NOTION_MEANINGS, { status, word: body?.code ?? '', message })?.code ?? 'upstream-invalid-response';
}

function invalidAnswer(what: string, answer: WireResponse | undefined, sent = true): TandemError {
  const requestId = answer?.headers['x-notion-request-id'];
  const reference = requestId === undefined ? '' : ` (request ${requestId})`;
  const message = `Notion answered something it does not document: ${plain(what)}${reference}`;
  return new TandemError('upstream-invalid-response', message, {
    ...(answer === undefined ? {} : { status: answer.status }),
    sent,
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** One printable line: messages quote what people typed, and end up in logs and on terminals. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}]+/gu, ' ').slice(0, MESSAGE_LENGTH);
}
