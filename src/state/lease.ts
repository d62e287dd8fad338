/**
 * Keeps a lease alive. Whether it is held is first a question of time, not of what the last call said: a process that
 * was stopped for a minute must find out before it writes. Then the server is asked, because a server that forgot
 * everything has given the lease to whoever came next.
 */
import { TandemError } from '../errors.js';
import type { Lease } from '../ports.js';

export interface LeaseTimes {
  readonly ttlMs: number;
  readonly renewMs: number;
  /** Before the next try when a renewal failed. */
  readonly retryMs: number;
  /** Held ends this long before the key does. */
  readonly marginMs: number;
}

interface LeaseCalls {
  readonly times: LeaseTimes;
  /** performance.now() before the lease was asked for: the key cannot have begun to live earlier. */
  readonly askedAt: number;
  /** False: it belongs to somebody else or to nobody. Throws when there was no answer. */
  renew(): Promise<boolean>;
  /** Whether it is ours at this moment. Throws when there was no answer. */
  holds(): Promise<boolean>;
  release(): Promise<void>;
}

/** A lease that renews itself until it is released or lost. What is lost stays lost. */
export function keepLease({ times, askedAt, renew, holds, release }: LeaseCalls): Lease {
  const lost = new AbortController();
  let released = false;
  let renewal: NodeJS.Timeout | undefined;
  let expiry: NodeJS.Timeout | undefined;
  let validUntil = confirm(askedAt, Date.now() - (performance.now() - askedAt));

  // The monotonic clock cannot be set back; the wall clock goes on while a machine sleeps. Held needs both.
  function confirm(monotonic: number, wall: number): { readonly monotonic: number; readonly wall: number } {
    const lifeMs = times.ttlMs - times.marginMs;
    clearTimeout(expiry);
    expiry = setTimeout(lose, Math.max(0, monotonic + lifeMs - performance.now()));
    expiry.unref();
    return { monotonic: monotonic + lifeMs, wall: wall + lifeMs };
  }
  function lose(): void {
    stop();
    if (!released) lost.abort(new TandemError('lease-lost', 'The lease of the workspace could not be renewed.'));
  }
  function stop(): void {
    clearTimeout(renewal);
    clearTimeout(expiry);
  }
  function inTime(): boolean {
    if (released || lost.signal.aborted) return false;
    if (performance.now() < validUntil.monotonic && Date.now() < validUntil.wall) return true;
    lose();
    return false;
  }
  async function held(): Promise<boolean> {
    if (!inTime()) return false;
    const ours = await holds();
    if (!ours) lose();
    return ours && inTime();
  }
  async function renewNow(): Promise<void> {
    if (!inTime()) return;
    const [monotonic, wall] = [performance.now(), Date.now()];
    const ours = await renew().catch(() => undefined);
    if (!inTime()) return;
    if (ours === false) return lose();
    if (ours === true) validUntil = confirm(monotonic, wall);
    schedule(ours === true ? times.renewMs : times.retryMs);
  }
  function schedule(ms: number): void {
    renewal = setTimeout(() => void renewNow(), ms);
    renewal.unref();
  }

  schedule(times.renewMs);
  return {
    held,
    release: async () => {
      if (released) return;
      released = true;
      stop();
      await release();
    },
    signal: lost.signal,
  };
}
