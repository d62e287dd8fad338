/**
 * Webhooks of the local Airtable: what is watched, the payloads that pile up, and who is to be pinged. They end seven
 * days after they were made, refreshed or read, and are gone after seven more.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { CellChange, SandboxContext } from '../context.js';
import type { Base, Model } from './model.js';
import { invalidRequest, notFound, Refusal } from './refusals.js';
import { type Payload, payloadOf } from './webhook-payloads.js';
import { Specification } from './webhook-specification.js';

const DAY = 86_400_000;
const LIFE_MS = 7 * DAY;
const MOST_PER_BASE = 10;
const MOST_PAYLOADS = 50;

const request = z.strictObject({ notificationUrl: z.string().nullish(), specification: Specification });

export interface Hook {
  readonly id: string;
  readonly baseId: string;
  readonly specification: Specification;
  readonly notificationUrl: string | null;
  readonly macSecret: Buffer;
  readonly payloads: { readonly at: number; readonly payload: Payload }[];
  /** Payloads that are gone already: the cursor never goes back. */
  dropped: number;
  enabled: boolean;
  expiresAt: number;
  lastResult: object | null;
  lastSuccess: string | null;
}

export type NotifyHook = (hook: Hook) => void;

/** The webhooks of all bases. `mayNotify` says which addresses can be pinged. */
export class Hooks {
  readonly #model: Model;
  readonly #context: SandboxContext;
  readonly #hooks = new Map<string, Hook>();
  #seen = 0;
  #transactions = 0;
  /** Who pings; set by whoever can. */
  notify: NotifyHook = () => undefined;
  mayNotify: (url: string) => boolean = () => true;

  constructor(model: Model, context: SandboxContext) {
    this.#model = model;
    this.#context = context;
  }

  create(base: Base, body: unknown): object {
    const given = request.safeParse(body);
    if (!given.success) throw invalidRequest();
    const url = given.data.notificationUrl ?? null;
    if (url !== null && !this.mayNotify(url)) {
      throw invalidRequest(`The sandbox sends to this machine only, by http; ${url} is elsewhere.`);
    }
    if (this.list(base).length >= MOST_PER_BASE) throw tooMany();
    const id = this.#model.newId('ach');
    const macSecret = createHash('sha256').update(`mac:${id}`).digest();
    const now = this.#context.now();
    const hook: Hook = {
      id,
      baseId: base.id,
      specification: given.data.specification,
      notificationUrl: url,
      macSecret,
      payloads: [],
      dropped: 0,
      enabled: true,
      expiresAt: now + LIFE_MS,
      lastResult: null,
      lastSuccess: null,
    };
    this.#hooks.set(id, hook);
    return { id, macSecretBase64: macSecret.toString('base64'), expirationTime: timeOf(hook) };
  }

  /** Those of a base that are not gone, ended ones included. */
  list(base: Base): readonly Hook[] {
    const now = this.#context.now();
    for (const hook of this.#hooks.values()) if (now >= hook.expiresAt + LIFE_MS) this.#hooks.delete(hook.id);
    return [...this.#hooks.values()].filter((hook) => hook.baseId === base.id);
  }

  find(base: Base, id: string): Hook {
    const hook = this.list(base).find((candidate) => candidate.id === id);
    if (hook === undefined) throw notFound();
    return hook;
  }

  remove(base: Base, id: string): void {
    this.#hooks.delete(this.find(base, id).id);
  }

  /** Another seven days; an ended one stays ended. */
  refresh(base: Base, id: string): object {
    const hook = this.find(base, id);
    this.#extend(hook);
    return { expirationTime: timeOf(hook) };
  }

  enableNotifications(base: Base, id: string, body: unknown): void {
    const given = z.strictObject({ enable: z.boolean() }).safeParse(body);
    if (!given.success) throw invalidRequest();
    this.find(base, id).enabled = given.data.enable;
  }

  /** Payloads from a cursor on, and the cursor after them. Reading keeps a webhook alive. */
  payloads(base: Base, id: string, query: URLSearchParams): object {
    const hook = this.find(base, id);
    const cursor = wholeOf(query.get('cursor') ?? '1', Number.MAX_SAFE_INTEGER);
    const limit = wholeOf(query.get('limit') ?? String(MOST_PAYLOADS), MOST_PAYLOADS);
    this.#extend(hook);
    this.#forget(hook);
    const from = Math.max(0, cursor - 1 - hook.dropped);
    const shown = hook.payloads.slice(from, from + limit);
    const next = Math.max(cursor, hook.dropped + 1 + Math.min(from, hook.payloads.length)) + shown.length;
    return {
      payloads: shown.map(({ payload }) => payload),
      cursor: next,
      mightHaveMore: next - 1 - hook.dropped < hook.payloads.length,
      payloadFormat: 'v0',
    };
  }

  /** To be called after every transaction: adds what it did to the payloads of those who watch it. */
  changed(): void {
    const fresh = this.#context.changes.slice(this.#seen).filter(({ tool }) => tool === 'airtable');
    this.#seen = this.#context.changes.length;
    if (fresh.length === 0 || this.#hooks.size === 0) return;
    this.#transactions += 1;
    for (const base of this.#model.bases) {
      const own = fresh.filter(({ source }) => base.tables.some((table) => table.id === source));
      for (const hook of own.length === 0 ? [] : this.list(base)) this.#tell(hook, base, own);
    }
  }

  #tell(hook: Hook, base: Base, changes: readonly CellChange[]): void {
    const now = this.#context.now();
    if (now >= hook.expiresAt) return;
    const payload = payloadOf(this.#model, base, hook.specification, changes, this.#transactions);
    if (payload === undefined) return;
    hook.payloads.push({ at: now, payload });
    if (hook.enabled && hook.notificationUrl !== null) this.notify(hook);
  }

  #extend(hook: Hook): void {
    const now = this.#context.now();
    if (now < hook.expiresAt) hook.expiresAt = now + LIFE_MS;
  }

  /** Payloads are kept for a week. */
  #forget(hook: Hook): void {
    const oldest = this.#context.now() - LIFE_MS;
    while (hook.payloads[0] !== undefined && hook.payloads[0].at <= oldest) {
      hook.payloads.shift();
      hook.dropped += 1;
    }
  }
}

/** The real message is not documented (choice). */
const tooMany = (): Refusal =>
  new Refusal(422, { type: 'TOO_MANY_WEBHOOKS', message: `A base takes at most ${MOST_PER_BASE} webhooks.` });

function wholeOf(text: string, most: number): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > most) throw invalidRequest();
  return number;
}

const timeOf = (hook: Hook): string => new Date(hook.expiresAt).toISOString();

/** A webhook as the list shows it; the secret is shown once, at its creation. */
export const wireHook = (hook: Hook): object => ({
  id: hook.id,
  type: 'client',
  areNotificationsEnabled: hook.enabled,
  cursorForNextPayload: hook.dropped + hook.payloads.length + 1,
  isHookEnabled: true,
  lastSuccessfulNotificationTime: hook.lastSuccess,
  lastNotificationResult: hook.lastResult,
  notificationUrl: hook.notificationUrl,
  expirationTime: timeOf(hook),
  specification: hook.specification,
});
