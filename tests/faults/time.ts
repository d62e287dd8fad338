/**
 * The time of a simulation. It stands still while anything runs and jumps to the next sleeper when nothing does, so
 * that minutes of waiting cost nothing and the order of events depends on nothing but the program.
 */
import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../../src/ports.js';

export interface Time extends Clock {
  /** Lets whatever sleeps sleep on for ever. */
  end(): void;
}

interface Sleeper {
  readonly due: number;
  wake(): void;
}

/** What runs in memory has come to rest after this many turns of the event loop: nothing is left but to wait. */
const TURNS = 2;

/** `isBusy`: whether something outside of memory is still being waited for, such as an answer of Redis. */
export function createTime(start: number, isBusy: () => boolean = () => false): Time {
  let now = start;
  let running = false;
  /** By due time; those due at one time in the order they fell asleep. */
  let sleepers: Sleeper[] = [];

  async function run(): Promise<void> {
    running = true;
    while (sleepers.length > 0) {
      for (let idle = 0; idle < TURNS; idle = isBusy() ? 0 : idle + 1) await turn();
      const next = sleepers.shift();
      if (next === undefined) break;
      now = Math.max(now, next.due);
      next.wake();
    }
    running = false;
  }

  function add(sleeper: Sleeper): void {
    let at = sleepers.length;
    while (at > 0 && (sleepers[at - 1]?.due ?? 0) > sleeper.due) at -= 1;
    sleepers.splice(at, 0, sleeper);
    if (!running) void run();
  }

  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted === true) return reject(signal.reason);
        const stop = (): void => {
          sleepers = sleepers.filter((other) => other !== sleeper);
          reject(signal?.reason);
        };
        const sleeper: Sleeper = {
          due: now + ms,
          wake: () => {
            signal?.removeEventListener('abort', stop);
            resolve();
          },
        };
        signal?.addEventListener('abort', stop, { once: true });
        add(sleeper);
      }),
    end: () => {
      sleepers = [];
    },
  };
}
