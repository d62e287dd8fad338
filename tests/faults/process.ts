/**
 * A process of the simulation: the ports of one run, through which everything it does to the world passes. It can be
 * killed, stopped or held up at any call; what is dead changes nothing any more.
 */
import type { Clock } from '../../src/ports.js';
import type { Dice } from './dice.js';
import type { Time } from './time.js';

/** Where a process is killed: at the nth request that may change data, or the nth call of the shared state. */
export type Boundary = 'before it is sent' | 'before it is answered' | 'after the answer' | 'at the state';

/** What is to become of a process; requests and calls are counted from 1. */
export interface Fate {
  readonly killed?: { readonly at: Boundary; readonly nth: number };
  /** Held up for so long between asking for its lease and sending its nth write. */
  readonly heldUp?: { readonly nth: number; readonly ms: number };
  /** Asked to stop at its nth request. */
  readonly stopped?: { readonly nth: number };
}

/** Thrown by every port of a process that was killed. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

export interface Process {
  readonly clock: Clock;
  readonly fetch: typeof fetch;
  /** Fires when the process is asked to stop. */
  readonly stop: AbortSignal;
  /** Rejects with Killed when the process dies. */
  readonly death: Promise<never>;
  /** What of its fate has come true. */
  readonly suffered: readonly string[];
  /** Passed by every call of the shared state: throws Killed when the process is dead, waits while it is held up. */
  step(): Promise<void>;
  isDead(): boolean;
}

export interface Surroundings {
  readonly time: Time;
  readonly fetch: typeof fetch;
  /** Draws how long requests are on their way; undefined: no time at all. */
  readonly latency: Dice | undefined;
}

const SLOWEST_MS = 250;
const READS_BY_POST = /\/(query|search|listRecords)$/;

const isWrite = (url: string, method = 'GET'): boolean =>
  method !== 'GET' && !READS_BY_POST.test(new URL(url).pathname);

export function startProcess(fate: Fate, { time, fetch: send, latency }: Surroundings): Process {
  const end = new AbortController();
  const stop = new AbortController();
  const suffered: string[] = [];
  let [requests, writes, calls, heldUntil] = [0, 0, 0, 0];
  const death = new Promise<never>((_, reject) => {
    end.signal.addEventListener('abort', () => reject(end.signal.reason), { once: true });
  });
  death.catch(() => undefined);

  function die(at: string): never {
    suffered.push(`killed ${at}`);
    end.abort(new Killed(`killed ${at}`));
    throw end.signal.reason;
  }
  async function goOn(): Promise<void> {
    end.signal.throwIfAborted();
    while (time.now() < heldUntil) await time.sleep(heldUntil - time.now(), end.signal);
  }
  /** Whether the fate of the process is to be killed here, at the nth of its kind. */
  const isLast = (at: Boundary, nth: number): boolean => fate.killed?.at === at && fate.killed.nth === nth;

  async function travel(signal: AbortSignal | null | undefined): Promise<void> {
    if (latency !== undefined) await time.sleep(latency.whole(1, SLOWEST_MS), signal ?? undefined);
  }

  const carry: typeof fetch = async (input, init) => {
    await goOn();
    requests += 1;
    if (fate.stopped?.nth === requests) {
      suffered.push('stopped');
      stop.abort(new Error('asked to stop'));
    }
    if (!isWrite(String(input), init?.method)) {
      await travel(init?.signal);
      return answered(await send(input, init));
    }
    writes += 1;
    const nth = writes;
    if (fate.heldUp?.nth === nth) {
      suffered.push('held up');
      heldUntil = time.now() + fate.heldUp.ms;
      await goOn();
    }
    if (isLast('before it is sent', nth)) die('before it is sent');
    await travel(init?.signal);
    const answer = send(input, init);
    if (isLast('before it is answered', nth)) {
      answer.catch(() => undefined);
      die('before it is answered');
    }
    const response = await answered(await answer);
    if (isLast('after the answer', nth)) {
      suffered.push('killed after the answer');
      end.abort(new Killed('killed after the answer'));
    }
    return response;
  };
  async function answered(response: Response): Promise<Response> {
    await goOn();
    return response;
  }

  return {
    clock: {
      now: time.now,
      sleep: async (ms, signal) => {
        await goOn();
        await Promise.race([time.sleep(ms, signal), death]);
        await goOn();
      },
    },
    fetch: carry,
    stop: stop.signal,
    death,
    suffered,
    step: async () => {
      await goOn();
      calls += 1;
      if (isLast('at the state', calls)) die('at the state');
    },
    isDead: () => end.signal.aborted,
  };
}
