/** Airtable's pings: they say that something happened, not what; gathered for a moment, signed, and given up after a while. */
import { createHmac } from 'node:crypto';
import type { Later } from '../agenda.js';
import type { Hook, Hooks } from '../airtable/webhooks.js';
import { type Courier, isLoopback } from './courier.js';

/** Pings of one moment are one ping. */
const GATHER_MS = 1_000;
/** Number and length are not documented (choice); after the last, notifications are turned off. */
const WAITS: readonly number[] = [10, 60, 300, 1_800].map((seconds) => seconds * 1000);

/** Lets the webhooks of a base ping whoever they name. */
export function connectPings(hooks: Hooks, now: () => number, courier: Courier, later: Later): void {
  const gathering = new Set<string>();
  hooks.mayNotify = isLoopback;
  hooks.notify = (hook) => {
    if (gathering.has(hook.id)) return;
    gathering.add(hook.id);
    later(GATHER_MS, () => {
      gathering.delete(hook.id);
      return ping(hook, now, courier);
    });
  };
}

function ping(hook: Hook, now: () => number, courier: Courier): Promise<void> {
  const { baseId, id, macSecret, notificationUrl } = hook;
  const body = JSON.stringify({ base: { id: baseId }, webhook: { id }, timestamp: new Date(now()).toISOString() });
  const mac = createHmac('sha256', macSecret).update(body).digest('hex');
  const letter = { body, headers: { 'x-airtable-content-mac': `hmac-sha256=${mac}` } };
  const write = () => (hook.enabled ? letter : undefined);
  return courier.send(
    { tool: 'airtable', to: notificationUrl ?? '', what: 'ping', write, told: (result) => note(hook, now(), result) },
    WAITS,
  );
}

function note(
  hook: Hook,
  now: number,
  { status, attempt, willRetry }: { readonly status: number; readonly attempt: number; readonly willRetry: boolean },
): void {
  const success = status >= 200 && status < 300;
  const completionTimestamp = new Date(now).toISOString();
  if (success) hook.lastSuccess = completionTimestamp;
  const error = status === 0 ? 'The URL could not be reached.' : `The URL answered ${status}.`;
  hook.lastResult = {
    success,
    completionTimestamp,
    durationMs: 0,
    retryNumber: attempt - 1,
    ...(success ? {} : { error: { message: error }, willBeRetried: willRetry }),
  };
  if (!success && !willRetry) hook.enabled = false;
}
