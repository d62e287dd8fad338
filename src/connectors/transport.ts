/**
 * The one way to a tool's server: rate windows, a deadline per attempt, bounded retries of what is safe to
 * repeat, a cap on the body, no redirects. It speaks HTTP only; what an answer means is the connector's.
 */
import type { CallCounts, Clock, RateLimit, RateWindows } from '../ports.js';

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
}

export interface TransportOptions {
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
  /** How long to pause after a 429 without a usable Retry-After. */
  readonly defaultPauseMs: number;
}

export interface Transport {
  /**
   * Any HTTP answer is returned, after the retries that were safe (at most three attempts in all).
   * Throws TandemError `network` when there is no answer, `rate-limited` when the wait is too long,
   * `aborted` when the signal fires before the request is sent.
   */
  send(request: WireRequest, signal?: AbortSignal): Promise<WireResponse>;
  counts(): CallCounts;
}
