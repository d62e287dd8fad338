/** Work for later, by the sandbox's clock. */
import type { SandboxClock } from './clock.js';

/** Does something after so many milliseconds. */
export type Later = (ms: number, work: () => unknown) => void;

export interface Agenda {
  readonly later: Later;
  /** Resolves when all that has fallen due is done. */
  settle(): Promise<void>;
}

export function createAgenda(clock: SandboxClock): Agenda {
  const running = new Set<Promise<unknown>>();
  return {
    later: (ms, work) => {
      void clock.sleep(ms).then(() => {
        const job = Promise.resolve(work()).finally(() => running.delete(job));
        running.add(job);
      });
    },
    settle: async () => {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
