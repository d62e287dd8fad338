/**
 * A clock that jumps: when the event loop has nothing to do but wait, it moves to the next sleeper. Deadlines of
 * requests that are answered never pass, pauses of hours take no time. For code whose I/O is in process only.
 */
import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../../src/ports.js';

export interface VirtualClock extends Clock {
  /** Every sleep asked for, in order. */
  readonly sleeps: readonly number[];
}

interface Sleeper {
  readonly due: number;
  readonly wake: () => void;
}

const IDLE_TURNS = 5;

export function createVirtualClock(start = Date.UTC(2026, 2, 2, 0, 0, 0)): VirtualClock {
  let now = start;
  const sleepers = new Set<Sleeper>();
  const sleeps: number[] = [];
  let running = false;

  async function run(): Promise<void> {
    running = true;
    while (sleepers.size > 0) {
      for (let idle = 0; idle < IDLE_TURNS; idle += 1) await turn();
      const next = [...sleepers].sort((left, right) => left.due - right.due)[0];
      if (next === undefined) break;
      sleepers.delete(next);
      now = Math.max(now, next.due);
      next.wake();
    }
    running = false;
  }

  function sleep(ms: number, signal?: AbortSignal): Promise<void> {
    sleeps.push(ms);
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) return reject(signal.reason);
      const sleeper: Sleeper = { due: now + ms, wake: resolve };
      sleepers.add(sleeper);
      signal?.addEventListener('abort', () => {
        if (sleepers.delete(sleeper)) reject(signal.reason);
      });
      if (!running) void run();
    });
  }

  return { now: () => now, sleep, sleeps };
}
