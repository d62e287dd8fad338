/**
 * One breaker per connection. A tool that hangs or fails again and again is left alone: its calls are refused here at
 * once instead of costing a deadline each. After a pause one call goes out to ask; its answer decides for all.
 */
import { TandemError } from '../errors.js';

/** In a row, without an answer between them. */
const FAILURES = 20;
/** Or fewer, when the tool has answered nothing for this long. */
const FEWEST_FAILURES = 3;
const SILENCE_MS = 20_000;
const OPEN_MS = 30_000;

/** How a call ended. `failed`: no answer, or one that says the tool is unwell; `interrupted` says nothing of the tool. */
export type Ending = 'answered' | 'failed' | 'interrupted';

/** One call that was let through; it must be told how the call ended. Times are milliseconds since the epoch. */
export type Pass = (ending: Ending, now: number) => void;

export interface Breaker {
  /** Throws a TandemError (`upstream-down`, or what the connection was halted for) where no call may go out now. */
  check(now: number): void;
  /** Lets one call through, or throws as `check` does. */
  enter(now: number): Pass;
  /** Whether `check` would pass. */
  admits(now: number): boolean;
  /** Ends the connection for good: every call from now on is refused with this error. */
  halt(reason: TandemError): void;
}

/** The breaker of a connection. `name` is the connection's own, for messages. */
export function createBreaker(name: string): Breaker {
  let halted: TandemError | undefined;
  let openUntil: number | undefined;
  let asking = false;
  let failures = 0;
  /** Since when there was no answer, while failures come. */
  let silentSince: number | undefined;
  let lastAnswer = Number.NEGATIVE_INFINITY;

  const admits = (now: number): boolean =>
    halted === undefined && (openUntil === undefined || (now >= openUntil && !asking));

  function fail(sentAt: number, now: number): void {
    failures += 1;
    silentSince ??= Math.max(sentAt, lastAnswer);
    const silent = failures >= FEWEST_FAILURES && now - silentSince >= SILENCE_MS;
    if (openUntil !== undefined || silent || failures >= FAILURES) openUntil = now + OPEN_MS;
  }

  function recover(now: number): void {
    lastAnswer = now;
    failures = 0;
    silentSince = undefined;
    openUntil = undefined;
  }

  function check(now: number): void {
    if (halted !== undefined) throw refused(halted);
    if (!admits(now)) throw down(name, failures);
  }

  return {
    admits,
    check,
    enter(now) {
      check(now);
      const asks = openUntil !== undefined;
      asking ||= asks;
      return (ending, at) => {
        if (asks) asking = false;
        if (ending === 'answered') recover(at);
        // Failures of calls that were on their way when the breaker opened do not make the pause longer.
        else if (ending === 'failed' && (asks || openUntil === undefined)) fail(now, at);
      };
    },
    halt(reason) {
      halted ??= reason;
    },
  };
}

const refused = (reason: TandemError): TandemError =>
  new TandemError(reason.code, reason.message, { ...reason.details, sent: false }, { cause: reason });

function down(name: string, failures: number): TandemError {
  const message = `The connection "${name}" failed ${failures} times in a row, so nothing more is sent to it for a while.`;
  return new TandemError('upstream-down', message, { sent: false });
}
