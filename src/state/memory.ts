/**
 * State of one process: leases, rate windows, intents and cache in plain maps. What the tests of everything above
 * run on, and where the arithmetic of the rate windows can be read without Lua.
 */
import {
  APPROVAL_MS,
  type Clock,
  type Intent,
  type Lease,
  type MonthlyCalls,
  type RateLimit,
  type RateWindows,
  type State,
} from '../ports.js';

/** State that lives and dies with this process. */
export function createMemoryState(clock: Clock): State {
  const leases = new Map<string, { readonly holder: string; readonly since: number }>();
  const intents = new Map<string, Map<string, Intent>>();
  const approvals = new Map<string, number>();
  const caches = new Map<string, ReadonlyMap<string, string>>();

  return {
    windows: createMemoryWindows(),
    months: createMemoryMonths(),
    lease: async (workspace, holder) => {
      const other = leases.get(workspace);
      if (other !== undefined) return { heldSince: other.since, holder: other.holder };
      const entry = { holder, since: clock.now() };
      leases.set(workspace, entry);
      const held = () => leases.get(workspace) === entry;
      const lease: Lease = {
        held: async () => held(),
        release: async () => {
          if (held()) leases.delete(workspace);
        },
        signal: new AbortController().signal,
      };
      return { lease };
    },
    intents: {
      put: async (workspace, intent) => {
        const known = intents.get(workspace) ?? new Map<string, Intent>();
        intents.set(workspace, known.set(intent.key, intent));
      },
      remove: async (workspace, key) => void intents.get(workspace)?.delete(key),
      list: async (workspace) => [...(intents.get(workspace)?.values() ?? [])],
    },
    approvals: {
      grant: async (workspace, hash, now) => void approvals.set(`${workspace} ${hash}`, now + APPROVAL_MS),
      isGranted: async (workspace, hash, now) => now < (approvals.get(`${workspace} ${hash}`) ?? 0),
    },
    cache: {
      get: async (workspace, names) =>
        new Map([...(caches.get(workspace) ?? [])].filter(([name]) => names.includes(name))),
      put: async (workspace, texts) =>
        void caches.set(workspace, new Map([...(caches.get(workspace) ?? []), ...texts])),
    },
    close: async () => leases.clear(),
  };
}

function createMemoryMonths(): MonthlyCalls {
  const counts = new Map<string, number>();
  return {
    take: async ({ key, month, max }, calls) => {
      const name = `${month} ${key}`;
      const used = counts.get(name) ?? 0;
      const granted = used + calls <= max;
      if (granted) counts.set(name, used + calls);
      return { granted, used: granted ? used + calls : used };
    },
  };
}

/** Sliding-window logs in memory. Limits that share a key must share its window length. */
export function createMemoryWindows(): RateWindows {
  const windows = new Map<string, Map<string, number>>();
  const pauses = new Map<string, number>();

  const windowOf = (key: string): Map<string, number> => {
    const window = windows.get(key) ?? new Map<string, number>();
    windows.set(key, window);
    return window;
  };

  return {
    take: async (limits, slot, now, holdMs) => {
      const waits = limits.map((limit) => {
        const pausedMs = (pauses.get(limit.key) ?? now) - now;
        return Math.max(pausedMs, waitForRoom(windowOf(limit.key), limit, now));
      });
      const waitMs = Math.max(0, ...waits);
      if (waitMs === 0) for (const limit of limits) windowOf(limit.key).set(slot, now + holdMs);
      return { waitMs };
    },
    settle: async (limits, slot, at) => {
      for (const limit of limits) windowOf(limit.key).set(slot, at);
    },
    pause: async (key, until) => void pauses.set(key, Math.max(until, pauses.get(key) ?? until)),
  };
}

/**
 * Milliseconds until a window has room, 0 when it has. A slot counts through the whole of its last millisecond:
 * times are cut to milliseconds, and a request 0.9 ms early is early. A slot still in flight (score after now)
 * may be settled this very moment, so nobody is told to wait for more than one window length.
 */
function waitForRoom(window: Map<string, number>, limit: RateLimit, now: number): number {
  for (const [slot, score] of window) if (score < now - limit.perMs) window.delete(slot);
  const scores = [...window.values()].sort((left, right) => left - right);
  const blocking = scores[scores.length - limit.max];
  return blocking === undefined ? 0 : Math.min(blocking, now) + limit.perMs + 1 - now;
}
