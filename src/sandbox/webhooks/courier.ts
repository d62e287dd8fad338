/**
 * Delivers webhooks of both tools: to addresses of this machine only, again after a while when nobody takes them, and
 * with a record of every attempt.
 */
import type { Later } from '../agenda.js';

export interface Delivery {
  /** Milliseconds by the sandbox's clock, when it was sent. */
  readonly at: number;
  readonly tool: 'notion' | 'airtable';
  readonly to: string;
  /** The type of a Notion event; `ping` of Airtable. */
  readonly what: string;
  readonly attempt: number;
  /** 0: nobody answered. */
  readonly status: number;
}

export interface Letter {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Parcel {
  readonly tool: Delivery['tool'];
  readonly to: string;
  readonly what: string;
  /** The letter of an attempt, from 1: its bytes are what is signed. Undefined: nobody wants it any more. */
  write(attempt: number): Letter | undefined;
  /** Told after each attempt. */
  told?(result: { readonly status: number; readonly attempt: number; readonly willRetry: boolean }): void;
}

export interface Courier {
  /** Sends now, and again after each of the waits (milliseconds) until a 2xx. */
  send(parcel: Parcel, waits: readonly number[]): Promise<void>;
  readonly deliveries: readonly Delivery[];
}

const PATIENCE_MS = 10_000;
const LOOPBACK = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/;

/** Whether an address is one of this machine, by plain HTTP. */
export function isLoopback(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'http:' && LOOPBACK.test(hostname);
}

/** `send` posts to the receiver: the real fetch, or a function in its place. */
export function createCourier(now: () => number, later: Later, send: typeof fetch): Courier {
  const deliveries: Delivery[] = [];
  async function attempt(parcel: Parcel, nth: number, waits: readonly number[]): Promise<void> {
    const letter = parcel.write(nth);
    if (letter === undefined) return;
    const at = now();
    const status = await post(send, parcel.to, letter);
    deliveries.push({ at, tool: parcel.tool, to: parcel.to, what: parcel.what, attempt: nth, status });
    const [wait, ...rest] = waits;
    const failed = status < 200 || status > 299;
    parcel.told?.({ status, attempt: nth, willRetry: failed && wait !== undefined });
    if (failed && wait !== undefined) later(wait, () => attempt(parcel, nth + 1, rest));
  }
  return { deliveries, send: (parcel, waits) => attempt(parcel, 1, waits) };
}

async function post(send: typeof fetch, to: string, { body, headers }: Letter): Promise<number> {
  if (!isLoopback(to)) throw new RangeError(`${to} is no address of this machine`);
  try {
    const answer = await send(to, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    await answer.body?.cancel();
    return answer.status;
  } catch {
    return 0;
  }
}
