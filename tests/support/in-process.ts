/**
 * A way to a server that runs in this process: a transport over its request handler, a log of what arrived, and
 * faults between the two. No socket, no real time.
 */
import { shareConnection } from '../../src/connectors/connection.js';
import { createTransport, type Transport } from '../../src/connectors/transport.js';
import type { Clock } from '../../src/ports.js';
import { createPlainWindows } from './plain-windows.js';
import { createVirtualClock, type VirtualClock } from './virtual-clock.js';

export interface Arrival {
  /** Counts from 1. */
  readonly n: number;
  readonly method: string;
  /** Path with query. */
  readonly path: string;
  readonly body: unknown;
  readonly write: boolean;
}

/** What happens to a request instead of, or after, being served. */
export type Fault =
  | { readonly kind: 'answer'; readonly status: number; readonly body: unknown }
  | { readonly kind: 'drop' }
  | { readonly kind: 'apply-then-drop' }
  | { readonly kind: 'apply-then-answer'; readonly status: number; readonly body: unknown };

export interface Line {
  readonly transport: Transport;
  readonly clock: VirtualClock;
  readonly arrivals: readonly Arrival[];
  /** Asked for every request that arrives. */
  fault: ((arrival: Arrival) => Fault | undefined) | undefined;
}

type Handler = (request: Request) => Response | Promise<Response>;

export function openLine(serve: Handler): Line {
  const arrivals: Arrival[] = [];
  const clock = createVirtualClock();
  const carry: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const { pathname, search } = new URL(request.url);
    const text = await request.clone().text();
    const arrival: Arrival = {
      n: arrivals.length + 1,
      method: request.method,
      path: pathname + search,
      body: text === '' ? undefined : JSON.parse(text),
      write: request.method !== 'GET' && !/\/(query|listRecords)$/.test(pathname),
    };
    arrivals.push(arrival);
    const fault = line.fault?.(arrival);
    if (fault === undefined) return serve(request);
    if (fault.kind === 'apply-then-drop' || fault.kind === 'apply-then-answer') await serve(request);
    if (fault.kind === 'drop' || fault.kind === 'apply-then-drop') throw new TypeError('fetch failed');
    const body = typeof fault.body === 'string' ? fault.body : JSON.stringify(fault.body);
    return new Response(body, { status: fault.status });
  };
  const line: Line = { transport: transportOver(carry, clock), clock, arrivals, fault: undefined };
  return line;
}

const STILL: Clock = {
  now: () => 0,
  sleep: (_ms, signal) => (signal === undefined ? Promise.resolve() : new Promise(() => undefined)),
};

/** A transport over a `fetch`, for thousands of calls: its clock stands still, so no deadline passes and no pause lasts. */
export const openStill = (carry: typeof fetch): Transport => transportOver(carry, STILL);

function transportOver(carry: typeof fetch, clock: Clock): Transport {
  return createTransport({
    connection: shareConnection('tool'),
    fetch: carry,
    windows: createPlainWindows(),
    limits: [],
    clock,
    random: () => 0.5,
    deadlineMs: 65_000,
    maxWaitMs: 120_000,
    defaultPauseMs: 30_000,
  });
}
