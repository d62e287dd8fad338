/**
 * Notion's webhooks: a subscription is made by hand, proves itself by a token that is sent once and pasted back, and
 * then gets signed events, gathered for a while, up to eight times each within a day.
 */
import { createHash, createHmac } from 'node:crypto';
import type { Later } from '../agenda.js';
import type { CellChange, SandboxContext } from '../context.js';
import { madeUuid } from '../notion/ids.js';
import type { NotionSandbox } from '../notion/index.js';
import type { NotionWorkspace } from '../workspace.js';
import { type Courier, isLoopback } from './courier.js';

/** How long edits of a page are gathered into one event: "mostly less than a minute" in the real one. */
const GATHER_MS = 10_000;
const MINUTE = 60_000;
/** Between the eight attempts; the last comes about a day after the event. */
const WAITS: readonly number[] = [1, 5, 30, 120, 300, 480, 504].map((minutes) => minutes * MINUTE);

const API_VERSION = '2026-03-11';

export interface NotionWebhooks {
  /** Subscribes an address of this machine, in the place of the one before; it gets the verification token at once. RangeError for any other address. */
  subscribe(url: string): Promise<void>;
  /** Pastes the token back. False: it is not the one that was sent. */
  verify(token: string): boolean;
  unsubscribe(): void;
  /** Sends what has been gathered without waiting longer. */
  flush(): Promise<void>;
}

interface Subscription {
  readonly id: string;
  readonly url: string;
  readonly token: string;
  verified: boolean;
}

export interface NotionPost extends NotionWebhooks {
  /** To be called after every change. */
  changed(): void;
}

export function createNotionWebhooks(
  { name, bot }: NotionWorkspace,
  { changes, now }: SandboxContext,
  eventsOf: NotionSandbox['eventsOf'],
  courier: Courier,
  later: Later,
): NotionPost {
  let subscription: Subscription | undefined;
  let [subscriptions, events, seen] = [0, 0, 0];
  let gathering = false;

  function eventBody(to: Subscription, event: ReturnType<typeof eventsOf>[number], serial: number, timestamp: string) {
    return (attempt: number) => ({
      id: madeUuid(`event:${serial}`),
      timestamp,
      workspace_id: madeUuid('workspace'),
      workspace_name: name,
      subscription_id: to.id,
      integration_id: bot.id,
      authors: event.authors,
      attempt_number: attempt,
      api_version: API_VERSION,
      entity: event.entity,
      type: event.type,
      data: event.data,
    });
  }

  async function flush(): Promise<void> {
    gathering = false;
    const fresh: readonly CellChange[] = changes.slice(seen).filter(({ tool }) => tool === 'notion');
    seen = changes.length;
    const to = subscription;
    if (to?.verified !== true) return;
    const timestamp = new Date(now()).toISOString();
    await Promise.all(
      eventsOf(fresh).map((event) => {
        events += 1;
        const body = eventBody(to, event, events, timestamp);
        const write = (attempt: number) =>
          subscription === to ? signed(JSON.stringify(body(attempt)), to.token) : undefined;
        return courier.send({ tool: 'notion', to: to.url, what: event.type, write }, WAITS);
      }),
    );
  }

  return {
    subscribe: async (url) => {
      if (!isLoopback(url)) throw new RangeError(`${url} is no address of this machine`);
      subscriptions += 1;
      const id = madeUuid(`subscription:${subscriptions}`);
      const token = `secret_${createHash('sha256').update(id).digest('base64url')}`;
      subscription = { id, url, token, verified: false };
      const body = JSON.stringify({ verification_token: token });
      await courier.hand({ tool: 'notion', to: url, what: 'verification', write: () => ({ body, headers: {} }) });
    },
    verify: (token) => {
      if (subscription === undefined || subscription.token !== token) return false;
      subscription.verified = true;
      seen = changes.length;
      return true;
    },
    unsubscribe: () => {
      subscription = undefined;
    },
    flush,
    changed: () => {
      if (gathering || subscription?.verified !== true) return;
      gathering = true;
      later(GATHER_MS, flush);
    },
  };
}

const signed = (body: string, token: string) => ({
  body,
  headers: { 'x-notion-signature': `sha256=${createHmac('sha256', token).update(body).digest('hex')}` },
});
