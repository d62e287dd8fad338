/** The webhooks of both tools, over one courier. */
import type { Later } from '../agenda.js';
import type { AirtableSandbox } from '../airtable/index.js';
import type { SandboxContext } from '../context.js';
import type { NotionSandbox } from '../notion/index.js';
import type { SandboxWorkspace } from '../workspace.js';
import { connectPings } from './airtable.js';
import { createCourier, type Delivery, type WebhookFault } from './courier.js';
import { createNotionWebhooks, type NotionWebhooks } from './notion.js';

export type { Delivery } from './courier.js';
export type { NotionWebhooks } from './notion.js';

export interface Webhooks {
  /** The subscription somebody makes in Notion's settings. Airtable's webhooks are made through its own API. */
  readonly notion: NotionWebhooks | undefined;
  /** Every attempt to deliver something. */
  readonly deliveries: readonly Delivery[];
}

interface Tools {
  readonly notion: NotionSandbox | undefined;
  readonly airtable: AirtableSandbox | undefined;
}

/** Connects the tools to the world outside, which is this machine. `send` and `fate`: see the courier. */
export function connectWebhooks(
  context: SandboxContext,
  workspace: SandboxWorkspace,
  { notion, airtable }: Tools,
  later: Later,
  send: typeof fetch,
  fate: () => WebhookFault | undefined,
): Webhooks {
  const courier = createCourier(context.now, later, send, fate);
  const post =
    notion && workspace.notion && createNotionWebhooks(workspace.notion, context, notion.eventsOf, courier, later);
  if (airtable !== undefined) connectPings(airtable.hooks, context.now, courier, later);
  context.changed = () => {
    post?.changed();
    airtable?.hooks.changed();
  };
  return { notion: post, deliveries: courier.deliveries };
}
