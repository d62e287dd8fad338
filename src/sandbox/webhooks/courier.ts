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
  /** What the fault script did to it. */
  readonly fault?: WebhookFault['kind'];
}

/** What may become of something on its way: it never comes, comes twice, or comes after something later. */
export type WebhookFault =
  | { readonly kind: 'lost' }
  | { readonly kind: 'doubled' }
  | { readonly kind: 'late'; readonly ms: number };

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
  /** Sends once, past all faults. */
  hand(parcel: Parcel): Promise<void>;
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

/** `send` posts to the receiver: the real fetch, or a function in its place. `fate` is asked once for each parcel. */
export function createCourier(
  now: () => number,
  later: Later,
  send: typeof fetch,
  fate: () => WebhookFault | undefined,
): Courier {
  const deliveries: Delivery[] = [];
  async function attempt(
    parcel: Parcel,
    nth: number,
    waits: readonly number[],
    fault?: WebhookFault['kind'],
  ): Promise<void> {
    const letter = parcel.write(nth);
    if (letter === undefined) return;
    const at = now();
    const status = await post(send, parcel.to, letter);
    const { tool, to, what } = parcel;
    deliveries.push({ at, tool, to, what, attempt: nth, status, ...(fault && { fault }) });
    const [wait, ...rest] = waits;
    const failed = status < 200 || status > 299;
    parcel.told?.({ status, attempt: nth, willRetry: failed && wait !== undefined });
    if (failed && wait !== undefined) later(wait, () => attempt(parcel, nth + 1, rest));
  }
  async function dispatch(parcel: Parcel, waits: readonly number[]): Promise<void> {
    const fault = fate();
    const { tool, to, what } = parcel;
    switch (fault?.kind) {
      case 'lost':
        deliveries.push({ at: now(), tool, to, what, attempt: 1, status: 0, fault: fault.kind });
        return;
      case 'late':
        later(fault.ms, () => attempt(parcel, 1, waits, fault.kind));
        return;
      case 'doubled':
        await attempt(parcel, 1, waits, fault.kind);
    }
    await attempt(parcel, 1, waits, fault?.kind);
  }
  return { deliveries, send: dispatch, hand: (parcel) => attempt(parcel, 1, []) };
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
