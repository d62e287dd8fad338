/** Holds writes on their way into a sandbox until they are let go, so that a test can act in the middle of a run. */
import type { Sandbox } from '../../src/sandbox/index.js';

export interface WriteGate {
  /** Resolves when a write is held. */
  readonly reached: Promise<void>;
  /** Writes that have come to the gate or past it. */
  arrived(): number;
  /** Writes that were held at the gate, let go since or not. */
  held(): number;
  /** Lets what comes from now on pass; what is held stays held. */
  letOthersPass(): void;
  /** Lets everything pass from now on. */
  open(): void;
}

/** Lets the writes before the nth pass and holds it and all after it. Reads always pass. */
export function holdWrites(sandbox: Sandbox, nth: number): WriteGate {
  let arrived = 0;
  let held = 0;
  let holding = true;
  let open = () => {};
  let reach = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  sandbox.context.interceptor = async ({ write }) => {
    if (!write) return undefined;
    arrived += 1;
    if (holding && arrived >= nth) {
      held += 1;
      reach();
      await opened;
    }
    return undefined;
  };
  return {
    reached,
    arrived: () => arrived,
    held: () => held,
    letOthersPass: () => {
      holding = false;
    },
    open: () => open(),
  };
}
