/** How well a run of writes uses the rate it is allowed. */
import type { MadeCall } from './line.js';

export interface Window {
  readonly max: number;
  readonly perMs: number;
}

/** Writes that run at once at the most. */
const WIDEST = 8;

/**
 * The shortest time the window allows for the writes, as a share of the time they took: 1 where nothing but the window
 * was waited for. A call stands in the window from its sending until one length after its answer, which is what keeps
 * any server's count below its limit; eight run at once. Undefined where all calls fit into one window.
 */
export function windowShare(calls: readonly MadeCall[], { max, perMs }: Window): number | undefined {
  const writes = calls.filter(({ write }) => write);
  const begun = Math.min(...writes.map(({ sentAt }) => sentAt));
  const ended = Math.max(...writes.map(({ answeredAt }) => answeredAt));
  const latency = Math.min(...writes.map(({ sentAt, answeredAt }) => answeredAt - sentAt));
  // When each slot is free: calls before the writes may still stand in the window.
  const held = calls
    .filter(({ write, answeredAt }) => !write && answeredAt + perMs > begun)
    .map(({ answeredAt }) => answeredAt + perMs)
    .toSorted((left, right) => left - right);
  const free = [...Array.from({ length: Math.max(0, max - held.length) }, () => begun), ...held.slice(-max)];
  const sent: number[] = [];
  for (const [n] of writes.entries()) {
    const done = (sent[n - WIDEST] ?? begun - latency) + latency;
    const at = Math.max(free[n] ?? begun, done);
    sent.push(at);
    free.push(at + latency + perMs);
  }
  const last = sent.at(-1) ?? begun;
  if (writes.length === 0 || last - begun < perMs) return undefined;
  return (last + latency - begun) / (ended - begun);
}
