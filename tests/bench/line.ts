/**
 * A sandbox at some distance: every request takes its time to arrive and its answer to come back, by a clock that
 * stands still while anything is at work. Rates are enforced; what came of every call is written down.
 */
import { createSandbox } from '../../src/sandbox/index.js';
import type { SandboxWorkspace } from '../../src/sandbox/workspace.js';
import { createTime, type Time } from '../faults/time.js';

/** From the sending of a request to its answer. */
export const LATENCY_MS = 300;
const START = Date.parse('2026-11-23T01:00:20.500Z');

export interface MadeCall {
  readonly sentAt: number;
  readonly answeredAt: number;
  readonly write: boolean;
  readonly status: number;
}

export interface Line {
  readonly clock: Time;
  readonly fetch: typeof fetch;
  /** Calls since it was last asked. */
  take(): readonly MadeCall[];
}

/** `isBusy`: whether something is under way that this clock cannot see. */
export function openLine(tables: SandboxWorkspace, isBusy: () => boolean): Line {
  const clock = createTime(START, isBusy);
  const sandbox = createSandbox(tables, { clock });
  let made: MadeCall[] = [];
  return {
    clock,
    fetch: async (input, init) => {
      const sentAt = clock.now();
      await clock.sleep(LATENCY_MS / 2);
      const response = await sandbox.fetch(input, init);
      const { write = false } = sandbox.context.requests.at(-1) ?? {};
      // Logs for people to look at, which would be counted as memory of the run.
      sandbox.context.requests.length = 0;
      sandbox.context.changes.length = 0;
      await clock.sleep(LATENCY_MS / 2);
      made.push({ sentAt, answeredAt: clock.now(), write, status: response.status });
      return response;
    },
    take: () => {
      const taken = made;
      made = [];
      return taken;
    },
  };
}
