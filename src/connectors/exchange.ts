/**
 * One HTTP exchange: a single fetch with a deadline over headers and body, a cap on the body and no
 * redirects. Whatever goes wrong becomes a TandemError that says whether the request may have been carried out.
 */
import { TandemError } from '../errors.js';
import type { Clock } from '../ports.js';

const BODY_CAP = 20 * 1024 * 1024;

/** Codes of failures before the first byte of a request is written: name lookup, connect, TLS handshake. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** Why a deadline is no longer waited for. One for all: an error of its own takes the trace of a stack with it. */
const DONE = new Error('the exchange is over');

export interface Exchange {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface ExchangeOptions {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly deadlineMs: number;
  /** Ends the exchange early. Not given for writes: a write on its way is waited for, or its outcome would be lost. */
  readonly signal?: AbortSignal;
}

/** The answer, or the reason why there is none. Never rejects. Messages name the host only. */
export async function exchange(
  request: Exchange,
  options: ExchangeOptions,
): Promise<{ status: number; headers: Record<string, string>; text: string } | TandemError> {
  // One signal of its own, let go of afterwards: Node keeps a signal made by AbortSignal.any, and what listens to it, for
  // as long as its sources live, and a worker's live for months.
  const ending = new AbortController();
  const finished = new AbortController();
  let late = false;
  options.clock.sleep(options.deadlineMs, finished.signal).then(
    () => {
      late = true;
      ending.abort();
    },
    () => undefined,
  );
  const stop = () => ending.abort(options.signal?.reason);
  if (options.signal?.aborted === true) stop();
  else options.signal?.addEventListener('abort', stop, { once: true });
  try {
    // A fetch that does not heed its signal must not hold the call either.
    return await Promise.race([converse(request, options.fetch, ending.signal), rejectWhenAborted(ending.signal)]);
  } catch (thrown) {
    return explain(thrown, request, options, late);
  } finally {
    finished.abort(DONE);
    options.signal?.removeEventListener('abort', stop);
  }
}

async function converse(request: Exchange, carry: typeof fetch, signal: AbortSignal) {
  const { method, headers, body } = request;
  const init = { method, headers, signal, redirect: 'manual', ...(body === undefined ? {} : { body }) } as const;
  const response = await carry(request.url, init);
  if (isRedirect(response)) return refuseRedirect(request, response);
  const text = await readBody(response, hostOf(request.url));
  return { status: response.status, headers: Object.fromEntries(response.headers), text };
}

function rejectWhenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

/** Host and port of a URL: all an error message may say about where a request went. */
export function hostOf(url: string): string {
  return new URL(url).host;
}

function isRedirect(response: Response): boolean {
  return response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400);
}

async function refuseRedirect(request: Exchange, response: Response): Promise<TandemError> {
  await response.body?.cancel();
  const message = `${hostOf(request.url)} answered with a redirect. It was not followed: the token would go elsewhere.`;
  return new TandemError('upstream-invalid-response', message, { status: response.status, sent: true });
}

async function readBody(response: Response, host: string): Promise<string> {
  if (response.body === null) return '';
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > BODY_CAP) {
      const message = `The answer of ${host} is larger than ${BODY_CAP / 1024 / 1024} MB and was not read.`;
      throw new TandemError('upstream-invalid-response', message, { status: response.status, sent: true });
    }
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function explain(thrown: unknown, request: Exchange, options: ExchangeOptions, late: boolean): TandemError {
  if (thrown instanceof TandemError) return thrown;
  const host = hostOf(request.url);
  if (late) {
    const message = `${host} did not answer within ${options.deadlineMs / 1000} s.`;
    return new TandemError('network', message, { sent: true }, { cause: socketError(thrown) });
  }
  if (options.signal?.aborted === true) {
    return new TandemError('aborted', `Stopped while waiting for ${host}.`, { sent: true });
  }
  const cause = socketError(thrown);
  const reason = cause?.code === undefined ? 'the connection failed' : `the connection failed (${cause.code})`;
  const sent = cause?.code === undefined || !NEVER_SENT.has(cause.code);
  return new TandemError('network', `${host}: ${reason}.`, { sent }, { cause });
}

/**
 * The socket's own error below what fetch throws. Anything else is left out: messages of fetch itself quote
 * URLs and header values, and a cause ends up in logs.
 */
function socketError(thrown: unknown): (Error & { code: string }) | undefined {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    if ('code' in error && typeof error.code === 'string') return Object.assign(error, { code: error.code });
  }
  return undefined;
}
