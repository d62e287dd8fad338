/** The routes of webhooks: make, list, keep alive, silence, read, delete. */
import type { Context, Hono } from 'hono';
import type { Base } from './model.js';
import { expectNoParams } from './params.js';
import { type Hooks, wireHook } from './webhooks.js';

export interface HookRoutes {
  readonly hooks: Hooks;
  baseIn(c: Context): Base;
  bodyOf(c: Context): Promise<unknown>;
  queryOf(c: Context): URLSearchParams;
}

export function routeWebhooks(app: Hono, { hooks, baseIn, bodyOf, queryOf }: HookRoutes): void {
  const at = '/v0/bases/:base/webhooks';
  const idOf = (c: Context): string => c.req.param('hook') ?? '';
  app.get(at, (c) => {
    expectNoParams(queryOf(c));
    return c.json({ webhooks: hooks.list(baseIn(c)).map(wireHook) });
  });
  app.post(at, async (c) => c.json(hooks.create(baseIn(c), await bodyOf(c))));
  app.delete(`${at}/:hook`, (c) => {
    hooks.remove(baseIn(c), idOf(c));
    return c.body(null, 200);
  });
  app.post(`${at}/:hook/refresh`, (c) => c.json(hooks.refresh(baseIn(c), idOf(c))));
  app.post(`${at}/:hook/enableNotifications`, async (c) => {
    hooks.enableNotifications(baseIn(c), idOf(c), await bodyOf(c));
    return c.body(null, 200);
  });
  app.get(`${at}/:hook/payloads`, (c) => c.json(hooks.payloads(baseIn(c), idOf(c), queryOf(c))));
}
