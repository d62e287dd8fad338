/** Every tool Tandem can work with: type of connection -> how to open it. A new connector is a folder and a line here. */
import { createHash } from 'node:crypto';
import type { TandemError } from '../errors.js';
import type { Clock, Connector, MonthlyCalls, RateLimit, RateWindows, Surveyor } from '../ports.js';
import { createAirtableConnector } from './airtable/index.js';
import { createAirtableSurveyor } from './airtable/survey.js';
import { createBudget } from './budget.js';
import { shareConnection } from './connection.js';
import { createNotionConnector } from './notion/index.js';
import { createNotionSurveyor } from './notion/survey.js';
import { createTransport, type Transport } from './transport.js';

interface CallLimit {
  readonly max: number;
  readonly perMs: number;
}

export interface ConnectionOptions {
  /** The connection's name in the configuration. */
  readonly name: string;
  readonly type: ConnectorType;
  readonly token: string;
  readonly baseUrl?: string;
  /** What the tool allows on the plan of the connection. */
  readonly limits: { readonly perToken: CallLimit; readonly perBase?: CallLimit; readonly perMonth?: number };
}

export interface ConnectorDependencies {
  readonly fetch: typeof fetch;
  readonly windows: RateWindows;
  readonly months: MonthlyCalls;
  readonly clock: Clock;
  readonly random: () => number;
  /** What ids and links of sources are known to stand for; connectors add what they find out. */
  readonly places?: Map<string, string>;
  /** See TransportOptions. */
  readonly mayWrite?: () => Promise<boolean>;
}

interface ClientOptions {
  readonly token: string;
  readonly baseUrl?: string;
  readonly transport: Transport;
  readonly places?: Map<string, string>;
  readonly access: string;
}

interface ConnectorEntry {
  /** Rows one write call takes. */
  readonly batch: number;
  readonly create: (options: ClientOptions) => Connector;
  readonly survey: (options: ClientOptions) => Surveyor;
}

export const CONNECTORS = {
  notion: { batch: 1, create: createNotionConnector, survey: createNotionSurveyor },
  airtable: { batch: 10, create: createAirtableConnector, survey: createAirtableSurveyor },
} as const satisfies Record<string, ConnectorEntry>;

export type ConnectorType = keyof typeof CONNECTORS;

const SECOND = 1000;
/** Longer than either tool works on a request before it gives up itself (60 s). */
const DEADLINE = 65 * SECOND;
/** Airtable refuses everything for 30 s after its limit was passed, Notion for the rest of the minute. */
const LONGEST_WAIT = 120 * SECOND;
const PAUSE = 30 * SECOND;

/** Names a token in shared state without telling it. */
const fingerprint = (token: string): string => createHash('sha256').update(token).digest('hex').slice(0, 16);

/** Names what a connection reads with: the server and, without telling it, the token. */
export const accessOf = ({ type, token, baseUrl }: Pick<ConnectionOptions, 'type' | 'token' | 'baseUrl'>): string =>
  `${type} ${baseUrl ?? ''} ${fingerprint(token)}`;

function rateLimits({ type, token, limits }: ConnectionOptions, base: string | undefined): readonly RateLimit[] {
  const perToken = { key: `${type}:token:${fingerprint(token)}`, ...limits.perToken };
  return limits.perBase === undefined || base === undefined
    ? [perToken]
    : [{ key: `${type}:base:${base}`, ...limits.perBase }, perToken];
}

/** A connection for one run: what it has learnt of its tool ends with the run. */
export interface OpenConnection {
  /** The connector to a base, which Airtable counts its rate by beside the token; undefined where the tool knows no bases. */
  connector(base: string | undefined): Connector;
  readonly surveyor: Surveyor;
  /** The calls of this month counted so far; undefined where the plan has no monthly number. */
  month(): Promise<{ readonly used: number; readonly perMonth: number } | undefined>;
  /**
   * Refuses every call of the connection from now on where its month has no room for that many more, and says so;
   * undefined where they fit or nothing is counted.
   */
  reserve(calls: number): Promise<TandemError | undefined>;
}

/** Opens a connection; nothing is sent before a connector of it is used. */
export function openConnection(options: ConnectionOptions, dependencies: ConnectorDependencies): OpenConnection {
  const { name, type, token, baseUrl, limits } = options;
  const { months, clock, places } = dependencies;
  const key = `${type}:token:${fingerprint(token)}`;
  const budget =
    limits.perMonth === undefined ? undefined : createBudget({ name, key, perMonth: limits.perMonth, months, clock });
  const shared = shareConnection(name, budget);
  const transportTo = (base: string | undefined): Transport =>
    createTransport({
      ...dependencies,
      connection: shared,
      limits: rateLimits(options, base),
      deadlineMs: DEADLINE,
      maxWaitMs: LONGEST_WAIT,
      defaultPauseMs: PAUSE,
    });
  const clientTo = (base: string | undefined): ClientOptions => ({
    token,
    access: accessOf(options),
    ...(places === undefined ? {} : { places }),
    transport: withoutToken(transportTo(base), token),
    ...(baseUrl === undefined ? {} : { baseUrl }),
  });
  return {
    connector: (base) => CONNECTORS[type].create(clientTo(base)),
    surveyor: CONNECTORS[type].survey(clientTo(undefined)),
    month: async () => budget?.month(),
    reserve: async (calls) => {
      const short = calls === 0 ? undefined : await budget?.shortOf(calls);
      if (short !== undefined) shared.breaker.halt(short);
      return short;
    },
  };
}

/** Proxies quote the headers they refuse; what an answer says ends up in reports, so the token is taken out of it first. */
function withoutToken(transport: Transport, token: string): Transport {
  if (token === '') return transport;
  return {
    ...transport,
    send: async (request, signal) => {
      const answer = await transport.send(request, signal);
      return { ...answer, text: answer.text.replaceAll(token, '[token]') };
    },
  };
}
