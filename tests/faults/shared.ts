/**
 * The state that the processes of a simulation share, as they share a Redis: a lease that ends by itself when it is
 * not renewed, and everything of it gone at once when it is lost.
 */
import { TandemError } from '../../src/errors.js';
import type { Lease, State } from '../../src/ports.js';
import { createMemoryState } from '../../src/state/memory.js';
import type { Process } from './process.js';
import type { Time } from './time.js';

const TTL_MS = 60_000;
const RENEW_MS = 20_000;

/** Protections that lie in the state, made void. */
export interface StateCuts {
  /** Everybody is given the lease, and holds it. */
  readonly lease: boolean;
  /** Creates in flight are forgotten. */
  readonly intents: boolean;
}

export interface Shared {
  /** The state as one process reaches it. */
  connect(process: Process): State;
  /** Everything in it is gone. */
  lose(): void;
  /** How often somebody was refused the lease, and how often one ended under its holder. */
  readonly refused: () => number;
  readonly expired: () => number;
}

interface Entry {
  readonly holder: string;
  readonly since: number;
  until: number;
}

export function createShared(time: Time, cuts: StateCuts): Shared {
  let memory = createMemoryState(time);
  let entry: Entry | undefined;
  let [refused, expired] = [0, 0];

  function lease(process: Process, own: Entry): Lease {
    const lost = new AbortController();
    const done = new AbortController();
    const isOurs = (): boolean => cuts.lease || (entry === own && time.now() < own.until);
    const held = async (): Promise<boolean> => {
      await process.step();
      if (isOurs()) return true;
      if (!lost.signal.aborted) {
        expired += 1;
        lost.abort(new TandemError('lease-lost', 'The lease of the workspace could not be renewed.'));
      }
      return false;
    };
    const renew = async (): Promise<void> => {
      for (;;) {
        await process.clock.sleep(RENEW_MS, done.signal);
        if (!(await held())) return;
        own.until = time.now() + TTL_MS;
      }
    };
    renew().catch(() => undefined);
    return {
      held,
      release: async () => {
        done.abort();
        await process.step();
        if (entry === own) entry = undefined;
      },
      signal: lost.signal,
    };
  }

  return {
    connect: (process) => ({
      ...gated(process, () => memory),
      lease: async (_workspace, holder) => {
        await process.step();
        const now = time.now();
        if (!cuts.lease && entry !== undefined && now < entry.until) {
          refused += 1;
          return { heldSince: entry.since, holder: entry.holder };
        }
        entry = { holder, since: now, until: now + TTL_MS };
        return { lease: lease(process, entry) };
      },
      ...(cuts.intents ? { intents: forgetful } : {}),
      close: async () => undefined,
    }),
    lose: () => {
      memory = createMemoryState(time);
      entry = undefined;
    },
    refused: () => refused,
    expired: () => expired,
  };
}

const forgetful: State['intents'] = { put: async () => undefined, remove: async () => undefined, list: async () => [] };

/** The ports of a state, whichever it is at the moment, behind the gate every call of a process passes. */
function gated(process: Process, current: () => State): State {
  const port = (name: string): unknown =>
    new Proxy(
      {},
      {
        get:
          (_, method) =>
          async (...given: readonly unknown[]) => {
            await process.step();
            const now: unknown = Reflect.get(current(), name);
            const call: unknown = typeof now === 'object' && now !== null ? Reflect.get(now, method) : undefined;
            if (typeof call !== 'function') throw new Error(`the state has no ${name}.${String(method)}`);
            return Reflect.apply(call, now, given);
          },
      },
    );
  const names = Object.entries(current()).flatMap(([name, value]) => (typeof value === 'object' ? [name] : []));
  return { ...current(), ...Object.fromEntries(names.map((name) => [name, port(name)])) };
}
