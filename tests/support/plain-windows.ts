/** Rate windows for one process without the arithmetic of real ones: pauses hold, slots are only written down. */
import type { RateLimit, RateWindows } from '../../src/ports.js';

export interface PlainWindows extends RateWindows {
  readonly taken: { slot: string; at: number; deadline: number }[];
  readonly settled: { slot: string; at: number }[];
  readonly pauses: { key: string; until: number }[];
}

/** `waits`: what `take` answers before it gives a slot, once each. */
export function createPlainWindows(waits: readonly number[] = []): PlainWindows {
  const left = [...waits];
  const taken: PlainWindows['taken'] = [];
  const settled: PlainWindows['settled'] = [];
  const pauses: PlainWindows['pauses'] = [];
  return {
    taken,
    settled,
    pauses,
    take: async (limits: readonly RateLimit[], slot, now, holdMs) => {
      const scripted = left.shift();
      if (scripted !== undefined) return { waitMs: scripted };
      const keys = limits.map((limit) => limit.key);
      const until = Math.max(0, ...pauses.filter((pause) => keys.includes(pause.key)).map((pause) => pause.until));
      if (until > now) return { waitMs: until - now };
      taken.push({ slot, at: now, deadline: now + holdMs });
      return { waitMs: 0 };
    },
    settle: async (_limits, slot, at) => void settled.push({ slot, at }),
    pause: async (key, until) => void pauses.push({ key, until }),
  };
}
