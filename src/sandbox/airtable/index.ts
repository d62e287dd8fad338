/**
 * A local Airtable: state in memory, the real wire protocol, the real refusals. For the sandbox command,
 * demonstrations and tests; it holds what a workspace file gives it and forgets it at exit.
 */
import type { Hono } from 'hono';
import type { SandboxContext } from '../context.js';
import type { AirtableWorkspace } from '../workspace.js';
import { createApp, type Service } from './app.js';
import { createHands, type Hands } from './hands.js';
import { Iterators } from './listing.js';
import { loadModel } from './model.js';
import { AIRTABLE_RATES, type RateOptions, Rates } from './rates.js';
import { SCOPES } from './scopes.js';
import { Hooks } from './webhooks.js';

export type { StoredRecord } from './hands.js';
export type { RateOptions } from './rates.js';

export interface AirtableOptions {
  /** Departures from the documented limits. */
  readonly rate?: Partial<RateOptions>;
  /** Calls left this month; absent: any number. */
  readonly quota?: number;
}

export interface AirtableSandbox extends Hands {
  /** Serves /v0/*. */
  readonly app: Hono;
  readonly hooks: Hooks;
}

/** Builds the service from a checked workspace. Limits are kept only while `context.enforceRates` is true. */
export function createAirtable(
  workspace: AirtableWorkspace,
  context: SandboxContext,
  options: AirtableOptions = {},
): AirtableSandbox {
  const model = loadModel(workspace);
  const service: Service = {
    model,
    hooks: new Hooks(model, context),
    context,
    iterators: new Iterators(),
    rates: new Rates({ ...AIRTABLE_RATES, ...options.rate }, options.quota),
    index: { lagMs: 0 },
    access: { tokenValid: true, scopes: SCOPES, revokedBases: new Set() },
  };
  return { app: createApp(service), hooks: service.hooks, ...createHands(service) };
}
