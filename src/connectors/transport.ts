/**
 * The one way to a tool's server: rate windows, a breaker, a deadline per attempt, bounded retries of what is safe
 * to repeat, a cap on the body, no redirects. It speaks HTTP only; what an answer means is the connector's.
 */
import { randomUUID } from 'node:crypto';
import { asTandemError, TandemError } from '../errors.js';
import type { CallCounts, Clock, RateLimit, RateWindows } from '../ports.js';
import type { Ending } from './breaker.js';
import type { SharedConnection } from './connection.js';
import { exchange, hostOf } from './exchange.js';
import { createLine, type Line } from './line.js';

export interface WireRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly kind: 'read' | 'write';
  /** Sending it twice has the effect of sending it once. A create is not repeatable. */
  readonly repeatable: boolean;
}

export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** What became of the attempts before this answer, in order. */
  readonly earlier?: readonly EarlierAttempt[];
}

/** The status of an attempt; `no-answer`: it may have been carried out; `not-sent`: it certainly was not. */
export type EarlierAttempt = number | 'no-answer' | 'not-sent';

export interface TransportOptions {
  readonly connection: SharedConnection;
  readonly fetch: typeof fetch;
  readonly windows: RateWindows;
  readonly limits: readonly RateLimit[];
  readonly clock: Clock;
  /** 0 to 1; jitter. */
  readonly random: () => number;
  /** Deadline of one attempt, headers and body together. */
  readonly deadlineMs: number;
  /** Longest pause this transport sits out itself; a longer one becomes a `rate-limited` error with `waitMs`. */
  readonly maxWaitMs: number;
  /** Asked right before every write is sent: false once the lease of the run may have passed to another one. */
  readonly mayWrite?: () => Promise<boolean>;
  /** How long to pause after a 429 without a usable Retry-After. */
  readonly defaultPauseMs: number;
}

export interface Transport {
  /**
   * Any HTTP answer is returned, after the retries that were safe (at most three attempts in all).
   * Throws TandemError `network` when there is no answer, `rate-limited` when the wait is too long, `upstream-down`
   * while the tool is left alone, `aborted` when the signal fires before the request is sent.
   */
  send(request: WireRequest, signal?: AbortSignal): Promise<WireResponse>;
  /** Ends the connection for good: every call from now on is refused with this error. */
  halt(reason: TandemError): void;
  counts(): CallCounts;
}

const ATTEMPTS = 3;
const BACKOFF_BASE_MS = 500;
const BACKOFF_CAP_MS = 8_000;
const PAUSE_JITTER_MS = 1_000;

/** Words in an error body that make another attempt pointless: a spent month, a blocked client, a write already saved. */
const FINAL_WORDS = [
  'PUBLIC_API_BILLING_LIMIT_EXCEEDED',
  'public_api_request_blocked',
  'row_limit_exceeded',
  'committed_resource_id',
];

/** The transport of one connection. Everything it waits for goes through the clock; counts start at zero. */
export function createTransport(options: TransportOptions): Transport {
  const counts = { reads: 0, writes: 0, retries: 0, throttled: 0 };
  const { breaker, retries } = options.connection;
  const line = createLine();

  async function attempt(request: WireRequest, again: boolean, signal?: AbortSignal) {
    breaker.check(options.clock.now());
    const slot = randomUUID();
    await takeSlot(options, line, request, slot, signal);
    await options.connection.budget?.spend();
    if (request.kind === 'write' && (await options.mayWrite?.()) === false) {
      throw new TandemError(
        'lease-lost',
        'Another run may have taken over this workspace, so nothing more is written.',
      );
    }
    const pass = breaker.enter(options.clock.now());
    counts[request.kind === 'read' ? 'reads' : 'writes'] += 1;
    if (again) counts.retries += 1;
    else retries.earn();
    const deadline = options.clock.now() + options.deadlineMs;
    const { fetch, clock, deadlineMs } = options;
    const interruptible = request.kind === 'read' && signal !== undefined ? { signal } : {};
    const result = await exchange(request, { fetch, clock, deadlineMs, ...interruptible });
    pass(endingOf(result), clock.now());
    const answered = !(result instanceof TandemError) || result.details.sent === false;
    // A slot that cannot be settled stays at its deadline, which is safe; the answer in hand must not be lost to it.
    await options.windows.settle(options.limits, slot, answered ? clock.now() : deadline).catch(() => undefined);
    return result;
  }

  const mayTryAgain = (): boolean => breaker.admits(options.clock.now()) && retries.spend();

  async function send(request: WireRequest, signal?: AbortSignal): Promise<WireResponse> {
    const earlier: EarlierAttempt[] = [];
    for (;;) {
      const result = await attempt(request, earlier.length > 0, signal).catch((thrown: unknown) => {
        // An attempt throws only before it is sent: stopped, told to wait too long, or without a slot.
        const { code, message, details } = asTandemError(thrown);
        throw inDoubt(new TandemError(code, message, { ...details, sent: false }, { cause: thrown }), earlier);
      });
      const last = earlier.length + 1 >= ATTEMPTS;
      if (result instanceof TandemError) {
        const repeats = !last && request.repeatable && result.code === 'network' && mayTryAgain();
        if (!repeats) throw inDoubt(result, earlier);
        earlier.push(result.details.sent === false ? 'not-sent' : 'no-answer');
        await wait(options, request, backoff(earlier.length, options.random), earlier, signal);
        continue;
      }
      const throttled = isThrottle(result.status);
      if (throttled) counts.throttled += 1;
      const pauseMs = throttled ? await pauseAll(options, result) : 0;
      // 429 and 409 come from a tool that is well: the pause and the pace of writes see to those.
      const allowed = () => result.status === 429 || result.status === 409 || mayTryAgain();
      if (last || !mayRepeat(request, result) || !allowed()) return { ...result, earlier };
      earlier.push(result.status);
      await wait(options, request, throttled ? pauseMs : backoff(earlier.length, options.random), earlier, signal);
    }
  }

  return { send, halt: breaker.halt, counts: () => ({ ...counts }) };
}

/** Words in a failure of a tool that is well: the write was saved, or the page was asked for in too large a piece. */
const WELL_WORDS = ['committed_resource_id', 'Reduce page_size'];

function endingOf(result: TandemError | { readonly status: number; readonly text: string }): Ending {
  if (result instanceof TandemError) {
    if (result.code === 'aborted') return 'interrupted';
    return result.code === 'network' ? 'failed' : 'answered';
  }
  const unwell = result.status >= 500 && !WELL_WORDS.some((word) => result.text.includes(word));
  return unwell ? 'failed' : 'answered';
}

const isThrottle = (status: number): boolean => status === 429 || status === 529;

/** 429 and 409 say that nothing was done; other failures are repeated only where repeating is harmless. */
function mayRepeat(request: WireRequest, response: { readonly status: number; readonly text: string }): boolean {
  const { status, text } = response;
  if (status < 400 || FINAL_WORDS.some((word) => text.includes(word))) return false;
  if (status === 429 || status === 409) return true;
  return request.repeatable && [500, 502, 503, 504, 529].includes(status);
}

/** Where a window is full its waiters stand in line: the first alone asks again, and nobody overtakes it. */
async function takeSlot(
  options: TransportOptions,
  line: Line,
  request: WireRequest,
  slot: string,
  signal?: AbortSignal,
): Promise<void> {
  const { windows, limits, clock, deadlineMs } = options;
  const ask = async (): Promise<number> => {
    stopIfAborted(request, signal);
    const { waitMs } = await windows.take(limits, slot, clock.now(), deadlineMs);
    return waitMs;
  };
  const told = line.isFree() ? await ask() : undefined;
  if (told !== 0) {
    // What one was told is out of date once somebody else has waited first.
    const first = line.isFree() ? told : undefined;
    await line.serve(async () => {
      for (let ms = first ?? (await ask()); ms > 0; ms = await ask()) await wait(options, request, ms, [], signal);
    });
  }
  stopIfAborted(request, signal);
}

/** Sits out a pause, or throws: `rate-limited` when it is longer than this transport waits, `aborted` when stopped. */
async function wait(
  options: TransportOptions,
  request: WireRequest,
  ms: number,
  earlier: readonly EarlierAttempt[],
  signal?: AbortSignal,
): Promise<void> {
  if (ms > options.maxWaitMs) {
    const message = `The connection "${options.connection.name}" has to wait ${Math.ceil(ms / 1000)} s before its next call: its tool asks for that.`;
    throw inDoubt(new TandemError('rate-limited', message, { waitMs: ms, sent: false }), earlier);
  }
  try {
    await options.clock.sleep(ms, signal);
  } catch (reason) {
    throw signal?.aborted === true ? inDoubt(aborted(request, signal), earlier) : reason;
  }
}

/** Pauses every window for everyone and says for how long. Jitter is added to what was asked for, never taken off. */
async function pauseAll(options: TransportOptions, response: Omit<WireResponse, 'earlier'>): Promise<number> {
  const now = options.clock.now();
  const asked = retryAfterMs(response.headers, now) ?? options.defaultPauseMs;
  const pauseMs = asked + Math.round(options.random() * PAUSE_JITTER_MS);
  const pauses = options.limits.map((limit) => options.windows.pause(limit.key, now + pauseMs));
  // Where the windows cannot be reached this process still keeps the pause itself.
  await Promise.allSettled(pauses);
  return pauseMs;
}

/**
 * A Retry-After header in milliseconds: seconds, or an HTTP date measured against the server's own clock
 * where the answer shows it. Undefined when absent, unreadable or in the past.
 */
export function retryAfterMs(headers: Readonly<Record<string, string>>, now: number): number | undefined {
  const value = headers['retry-after']?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(value)) return Math.ceil(Number(value) * 1000);
  const at = /[a-z]/i.test(value) ? Date.parse(value) : Number.NaN;
  const serverNow = Date.parse(headers.date ?? '');
  const ms = at - (Number.isNaN(serverNow) ? now : serverNow);
  return ms > 0 ? ms : undefined;
}

/** Exponential back-off with full jitter. */
function backoff(attempt: number, random: () => number): number {
  return Math.round(random() * Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** (attempt - 1)));
}

function stopIfAborted(request: WireRequest, signal?: AbortSignal): void {
  if (signal?.aborted === true) throw aborted(request, signal);
}

function aborted(request: WireRequest, signal: AbortSignal): TandemError {
  const message = `Stopped before the request to ${hostOf(request.url)} was sent.`;
  return new TandemError('aborted', message, { sent: false }, { cause: signal.reason });
}

/** Whether an attempt before the last one may have been carried out although nobody heard of it. */
export function maybeApplied(earlier: readonly EarlierAttempt[] = []): boolean {
  return earlier.some((attempt) => attempt === 'no-answer' || (typeof attempt === 'number' && attempt >= 500));
}

function inDoubt(error: TandemError, earlier: readonly EarlierAttempt[]): TandemError {
  if (error.details.sent === true || !maybeApplied(earlier)) return error;
  return new TandemError(error.code, error.message, { ...error.details, sent: true }, { cause: error });
}
