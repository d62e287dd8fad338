/** Every tool Tandem can work with: type of connection -> how to open it. A new connector is a folder and a line here. */
import { createHash } from 'node:crypto';
import type { Clock, Connector, RateLimit, RateWindows } from '../ports.js';
import { airtableLimits, createAirtableConnector } from './airtable/index.js';
import { createNotionConnector, notionLimits } from './notion/index.js';
import { createTransport } from './transport.js';

export interface ConnectionOptions {
  readonly type: ConnectorType;
  readonly plan: string;
  readonly token: string;
  readonly baseUrl?: string;
}

export interface ConnectorDependencies {
  readonly fetch: typeof fetch;
  readonly windows: RateWindows;
  readonly clock: Clock;
  readonly random: () => number;
}

interface ConnectorEntry {
  /** Rows one write call takes. */
  readonly batch: number;
  /** Opens a connector for one run. `scope` is what the tool counts its rate by beside the token: the base id on Airtable. */
  readonly open: (connection: ConnectionOptions, scope: string, dependencies: ConnectorDependencies) => Connector;
}

const SECOND = 1000;
/** Longer than either tool works on a request before it gives up itself (60 s). */
const DEADLINE = 65 * SECOND;
/** Airtable refuses everything for 30 s after its limit was passed, Notion for the rest of the minute. */
const LONGEST_WAIT = 120 * SECOND;
const PAUSE = 30 * SECOND;

function transportFor(limits: readonly RateLimit[], { fetch, windows, clock, random }: ConnectorDependencies) {
  return createTransport({
    fetch,
    windows,
    limits,
    clock,
    random,
    deadlineMs: DEADLINE,
    maxWaitMs: LONGEST_WAIT,
    defaultPauseMs: PAUSE,
  });
}

/** Names a token in shared state without telling it. */
const fingerprint = (token: string): string => createHash('sha256').update(token).digest('hex').slice(0, 16);

export const CONNECTORS = {
  notion: {
    batch: 1,
    open: ({ token, baseUrl, plan }, _scope, dependencies) =>
      createNotionConnector({
        token,
        ...(baseUrl === undefined ? {} : { baseUrl }),
        transport: transportFor(notionLimits(plan, fingerprint(token)), dependencies),
      }),
  },
  airtable: {
    batch: 10,
    open: ({ token, baseUrl, plan }, scope, dependencies) =>
      createAirtableConnector({
        token,
        ...(baseUrl === undefined ? {} : { baseUrl }),
        transport: transportFor(airtableLimits(plan, scope, fingerprint(token)), dependencies),
      }),
  },
} as const satisfies Record<string, ConnectorEntry>;

export type ConnectorType = 'notion' | 'airtable';
