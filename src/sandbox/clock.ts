/**
 * Clocks of the sandbox. Everything in it that reads the time or waits goes through one: answers that come late,
 * requests that land late, permissions that are given back, webhooks that are sent again.
 */

export interface SandboxClock {
  /** Milliseconds since the epoch. */
  now(): number;
  sleep(ms: number): Promise<void>;
}

/** A clock that a person or a test moves on by hand. */
export interface HandClock extends SandboxClock {
  /** Lets time pass. What falls due on the way wakes in order, each at its own time. */
  advance(ms: number): Promise<void>;
}

export const isHandClock = (clock: SandboxClock): clock is HandClock => 'advance' in clock;

/** The machine's time, or another reading of it; waiting is real and keeps no process alive. */
export const machineClock = (now: () => number = Date.now): SandboxClock => ({
  now,
  sleep: (ms) =>
    new Promise((resolve) => {
      setTimeout(resolve, ms).unref();
    }),
});

interface Sleeper {
  readonly at: number;
  wake(): void;
}

/**
 * A clock that begins at `start` (milliseconds since the epoch; the machine's time unless given) and moves by hand;
 * with `runs` it moves by itself as well.
 */
export function createHandClock({ start, runs }: { readonly start?: number; readonly runs: boolean }): HandClock {
  const machine = (): number => (runs ? Date.now() : 0);
  let ahead = (start ?? Date.now()) - machine();
  const now = (): number => machine() + ahead;
  let sleepers: Sleeper[] = [];

  function wake(sleeper: Sleeper): void {
    sleepers = sleepers.filter((other) => other !== sleeper);
    sleeper.wake();
  }
  const nextBefore = (end: number): Sleeper | undefined =>
    sleepers
      .filter(({ at }) => at <= end)
      .reduce<Sleeper | undefined>((a, b) => (a && a.at <= b.at ? a : b), undefined);

  return {
    now,
    sleep: (ms) =>
      new Promise((resolve) => {
        const sleeper = { at: now() + ms, wake: resolve };
        sleepers.push(sleeper);
        if (runs) setTimeout(() => wake(sleeper), ms).unref();
      }),
    advance: async (ms) => {
      const end = now() + ms;
      // Whatever was begun before gets to where it waits.
      await new Promise(setImmediate);
      for (let next = nextBefore(end); next !== undefined; next = nextBefore(end)) {
        ahead += Math.max(0, next.at - now());
        wake(next);
        // What woke up does its work at its own time, before time goes on.
        await new Promise(setImmediate);
      }
      ahead += Math.max(0, end - now());
    },
  };
}
