/**
 * A model of many processes calling one server through rate windows. Time is virtual and finer than the clock
 * the callers read; what counts is when requests arrive at the server, which no caller knows.
 */
import fc from 'fast-check';
import type { RateLimit, RateWindows } from '../../src/ports.js';

interface Request {
  /** Milliseconds the caller waits before it wants to send. */
  readonly idle: number;
  /** Milliseconds from sending to arrival, and from arrival to the answer. */
  readonly up: number;
  readonly down: number;
  /** No answer ever comes; it arrives all the same. */
  readonly lost: boolean;
}

export interface Scenario {
  readonly limits: readonly RateLimit[];
  readonly holdMs: number;
  readonly callers: readonly (readonly Request[])[];
}

const ms = (max: number) => fc.double({ min: 0, max, noNaN: true });

export function scenarios(callers: number): fc.Arbitrary<Scenario> {
  const request = fc.record({
    idle: fc.oneof(fc.constant(0), ms(1500)),
    up: ms(400),
    down: ms(400),
    lost: fc.nat(4).map((chance) => chance === 0),
  });
  return fc.record({
    limits: fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 9 })).map(([base, user]) => [
      { key: 'base', max: base, perMs: 1000 },
      { key: 'user', max: user, perMs: 2500 },
    ]),
    holdMs: fc.constant(500),
    callers: fc.array(fc.array(request, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: callers }),
  });
}

interface Event {
  readonly at: number;
  readonly run: () => Promise<void>;
}

/** When the requests of a scenario arrive at the server, in order. */
export async function arrivals(
  windows: RateWindows,
  { limits, holdMs, callers }: Scenario,
  start: number,
): Promise<number[]> {
  const events: Event[] = [];
  const arrived: number[] = [];
  const plan = (at: number, run: () => Promise<void>) => void events.push({ at, run });

  const send = (at: number, caller: number, index: number): void => {
    const request = callers[caller]?.[index];
    if (request === undefined) return;
    const slot = `${start}-${caller}-${index}`;
    const attempt = async (now: number): Promise<void> => {
      const { waitMs } = await windows.take(limits, slot, Math.floor(now), holdMs);
      if (waitMs > 0) return plan(now + waitMs, () => attempt(now + waitMs));
      const arrival = now + Math.min(request.up, holdMs);
      arrived.push(arrival);
      const end = request.lost ? now + holdMs : Math.min(arrival + request.down, now + holdMs);
      const settled = request.lost ? Math.floor(now) + holdMs : Math.floor(end);
      plan(end, async () => {
        await windows.settle(limits, slot, settled);
        send(end, caller, index + 1);
      });
    };
    plan(at + request.idle, () => attempt(at + request.idle));
  };

  for (const caller of callers.keys()) send(start, caller, 0);
  for (;;) {
    events.sort((left, right) => right.at - left.at);
    const next = events.pop();
    if (next === undefined) return arrived.sort((left, right) => left - right);
    await next.run();
  }
}

/**
 * The most requests that arrive in any half-open window of a length. A server that counts in fixed windows sees no
 * more than that, whatever its phase.
 */
export function busiest(arrived: readonly number[], perMs: number): number {
  return Math.max(0, ...arrived.map((from) => arrived.filter((at) => at >= from && at < from + perMs).length));
}
