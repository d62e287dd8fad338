/** The composition root: a configuration becomes a workspace that can be planned and synced. */
import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { hostname } from 'node:os';
import type { Config } from './config/config.js';
import {
  accessOf,
  CONNECTORS,
  type ConnectorDependencies,
  type OpenConnection,
  openConnection,
} from './connectors/index.js';
import { dayOf } from './domain/calendar.js';
import type { Day, EntityName } from './domain/entities.js';
import type { SourceMapping } from './domain/mapping.js';
import type { KnownPerson } from './domain/people.js';
import { TandemError } from './errors.js';
import { calendarsOf } from './holidays/index.js';
import type { Logger } from './log.js';
import { CATALOGUES } from './messages/index.js';
import { type CheckResult, type CheckWorld, checkWorkspace } from './pipeline/check/index.js';
import { type Explained, explain } from './pipeline/explain.js';
import type { Tools } from './pipeline/init/look.js';
import { type Memory, openMemory } from './pipeline/memory.js';
import { type PortfolioDocument, reportPortfolio } from './pipeline/portfolio.js';
import { reconcile } from './pipeline/reconcile.js';
import { listReminders, type ReminderList } from './pipeline/reminders.js';
import type { Progress, RunResult } from './pipeline/world.js';
import type { CallCounts, Clock, Connector, Journal, Lease, State } from './ports.js';
import { NO_JOURNAL } from './state/journal.js';

export interface AppOptions {
  readonly config: Config;
  readonly state: State;
  readonly clock: Clock;
  readonly fetch: typeof fetch;
  readonly random: () => number;
  readonly logger: Logger;
  /** Where one line per write is kept; nowhere unless given. */
  readonly journal?: Journal;
  /** Fixes the day a run is judged on. */
  readonly asOf?: Day;
}

export interface RunRequest {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export interface SyncRequest extends RunRequest {
  readonly allowMassChange: boolean;
  /** Tables whose changes are written; all of them unless given. */
  readonly only?: readonly EntityName[];
  /** Asks only what has changed since the last run that remembered, and reads everything when there is work. */
  readonly remembers?: boolean;
}

export interface App {
  readonly workspace: string;
  /** Reads everything and judges; writes nothing. */
  plan(request: RunRequest): Promise<RunResult>;
  /** Reads, judges and writes, as the only run of the workspace. Throws `lease-held` when another is active. */
  sync(request: SyncRequest): Promise<RunResult>;
  /** Looks at sources, columns, rights, joins and people; writes nothing. */
  check(request: Pick<RunRequest, 'signal'>): Promise<CheckResult>;
  /** The tasks there are and those the next run would make. Reads and judges; writes nothing. */
  reminders(request: Pick<RunRequest, 'signal'>): Promise<{ readonly list: ReminderList; readonly exitCode: number }>;
  /** All partnerships at a glance, with what falls due within so many days. Reads and judges; writes nothing. */
  report(
    request: Pick<RunRequest, 'signal'>,
    days: number,
  ): Promise<{ readonly document: PortfolioDocument; readonly exitCode: number }>;
  /** Everything behind the assessment of the partnership or KPI that is meant. Reads and judges; writes nothing. */
  explain(request: Pick<RunRequest, 'signal'>, wanted: string): Promise<Explained>;
  /** Lets the guard pass the plan of this hash, and no other, for 24 hours, in whichever process it is next made. */
  approve(hash: string): Promise<void>;
}

/** Composes the parts for one workspace. Nothing is read before `plan` or `sync` is called. */
export function createApp(options: AppOptions): App {
  const { config, state, clock, logger } = options;
  const day = (): Day => options.asOf ?? today(clock, config.timezone);
  const run = async (
    request: RunRequest & Pick<SyncRequest, 'only' | 'remembers'>,
    write: Write,
  ): Promise<RunResult> => {
    const runId = randomUUID();
    // Every source of a workspace may be waiting on it at once; Node takes more than ten listeners for a leak.
    setMaxListeners(0, request.signal);
    const child = logger.child({ workspace: config.workspace, runId });
    child.info('run begins');
    const memory = await recollect(options, request.remembers === true);
    const result = await reconcile(openWorld(options, memory, write?.lease), {
      ...request,
      runId,
      asOf: day(),
      ...(write === undefined ? {} : { write }),
    });
    const { rows, applied, incomplete, plan } = result.report;
    child.info({ rows, applied, incomplete, changes: plan.changes.length, exitCode: result.exitCode }, 'run ends');
    for (const { code, message } of result.report.errors) child.warn({ code, detail: message }, 'run error');
    return result;
  };
  return {
    workspace: config.workspace,
    plan: (request) => run(request, undefined),
    check: async ({ signal }) => {
      setMaxListeners(0, signal);
      return checkWorkspace(openWorld(options, await recollect(options, false), undefined), signal);
    },
    reminders: async ({ signal }) => {
      setMaxListeners(0, signal);
      const unanswered = await state.intents.list(config.workspace);
      const world = openWorld(options, await recollect(options, false), undefined);
      return listReminders(world, { runId: randomUUID(), asOf: day(), signal }, unanswered);
    },
    report: async ({ signal }, days) => {
      setMaxListeners(0, signal);
      const world = openWorld(options, await recollect(options, false), undefined);
      return reportPortfolio(world, { runId: randomUUID(), asOf: day(), signal }, days);
    },
    explain: async ({ signal }, wanted) => {
      setMaxListeners(0, signal);
      const world = openWorld(options, await recollect(options, false), undefined);
      return explain(world, { asOf: day(), signal }, wanted);
    },
    approve: (hash) => state.approvals.grant(config.workspace, hash, clock.now()),
    sync: async ({ allowMassChange, ...request }) => {
      const taken = await state.lease(config.workspace, `${hostname()} ${process.pid}`);
      if (!('lease' in taken)) throw leaseHeld(taken.heldSince, taken.holder);
      const { lease } = taken;
      try {
        const isApproved = (hash: string) => state.approvals.isGranted(config.workspace, hash, clock.now());
        return await run(request, {
          lease,
          intents: state.intents,
          journal: options.journal ?? NO_JOURNAL,
          allowMassChange,
          isApproved,
        });
      } catch (thrown) {
        if (lease.signal.aborted && !request.signal.aborted) {
          throw new TandemError(
            'lease-lost',
            'The lease of the workspace was lost during the run.',
            {},
            { cause: thrown },
          );
        }
        throw thrown;
      } finally {
        await lease.release();
      }
    },
  };
}

function leaseHeld(since: number, holder: string): TandemError {
  return new TandemError('lease-held', `another run is active since ${new Date(since).toISOString()} (${holder})`, {
    waitMs: 5000,
  });
}

function today(clock: Clock, timezone: string): Day {
  const day = dayOf(new Date(clock.now()).toISOString(), timezone);
  if (day === undefined) throw new TandemError('internal', `The clock gave no day in "${timezone}".`);
  return day;
}

type Write = Parameters<typeof reconcile>[1]['write'];

function recollect({ config, state, clock }: AppOptions, rows: boolean): Promise<Memory> {
  const { workspace, sources } = config;
  return openMemory(state.cache, {
    workspace,
    sources,
    rows,
    accessOf: (source) => accessOf(connectionOf(config, source.connection)),
    now: clock.now(),
  });
}

interface OpenConnections {
  /** Every connector that was asked for. */
  readonly open: ReadonlyMap<string, { readonly connection: string; readonly connector: Connector }>;
  readonly connectionTo: (name: string) => OpenConnection;
  readonly connectorOf: (source: Pick<SourceMapping, 'connection' | 'location'>) => Connector;
}

/** Connections, and connectors of them, each opened when it is first asked for. */
function openConnections(
  named: (name: string) => Config['connections'][string],
  dependencies: ConnectorDependencies,
): OpenConnections {
  const connections = new Map<string, OpenConnection>();
  const open = new Map<string, { readonly connection: string; readonly connector: Connector }>();
  const connectionTo = (name: string): OpenConnection => {
    const connection = connections.get(name) ?? openConnection(named(name), dependencies);
    connections.set(name, connection);
    return connection;
  };
  const connectorOf: OpenConnections['connectorOf'] = ({ connection, location }) => {
    const base = location.type === 'airtable' ? location.base : undefined;
    const key = `${connection} ${base ?? ''}`;
    const known = open.get(key);
    if (known !== undefined) return known.connector;
    const connector = connectionTo(connection).connector(base);
    open.set(key, { connection, connector });
    return connector;
  };
  return { open, connectionTo, connectorOf };
}

/** What a configuration is made with: the tools behind some connections. Nothing is written to them. */
export function openTools(
  connections: Config['connections'],
  { state, clock, fetch, random }: Pick<AppOptions, 'state' | 'clock' | 'fetch' | 'random'>,
): Tools {
  const named = (name: string): Config['connections'][string] => {
    const connection = connections[name];
    if (connection === undefined) throw new TandemError('internal', `Connection "${name}" is not known.`);
    return connection;
  };
  const dependencies = { fetch, windows: state.windows, months: state.months, clock, random };
  const { connectionTo, connectorOf } = openConnections(named, dependencies);
  return {
    connections: Object.keys(connections),
    surveyorOf: (name) => connectionTo(name).surveyor,
    connectorOf,
  };
}

/** Connectors live for one run: their schemas and counts are the run's own. */
function openWorld(
  { config, state, clock, fetch, random }: AppOptions,
  memory: Memory,
  lease: Lease | undefined,
): CheckWorld {
  const fence = lease === undefined ? {} : { mayWrite: () => lease.held() };
  const dependencies: ConnectorDependencies = {
    fetch,
    windows: state.windows,
    months: state.months,
    clock,
    random,
    places: memory.places,
    ...fence,
  };
  const { open, connectionTo, connectorOf } = openConnections((name) => connectionOf(config, name), dependencies);
  return {
    workspace: config.workspace,
    timezone: config.timezone,
    sources: config.sources,
    people: knownPeople(config),
    policy: config.policy,
    calendarsOf: (countries, asOf) => calendarsOf(config.calendar, countries, asOf),
    catalogue: CATALOGUES[config.locale],
    connectorOf,
    batchOf: (source) => CONNECTORS[connectionOf(config, source.connection).type].batch,
    surveyorOf: (connection) => connectionTo(connection).surveyor,
    monthOf: (connection) => connectionTo(connection).month(),
    reserve: async (calls) => {
      const asked = Object.entries(calls).map(([name, count]) => connectionTo(name).reserve(count));
      return (await Promise.all(asked)).filter((short) => short !== undefined);
    },
    calls: () => addCalls([...open.values()]),
    clock,
    memory,
    notes: taskNotes(config),
  };
}

function taskNotes({ sources }: Config): readonly string[] {
  const tasks = sources.find((source) => source.entity === 'tasks');
  if (tasks === undefined || 'status' in tasks.fields) return [];
  return ['sources.tasks: no `status` is mapped, so tasks are made and never closed by Tandem.'];
}

function connectionOf(config: Config, name: string): Config['connections'][string] {
  const connection = config.connections[name];
  if (connection === undefined) throw new TandemError('internal', `Connection "${name}" is not configured.`);
  return connection;
}

function knownPeople(config: Config): readonly KnownPerson[] {
  return Object.entries(config.people).map(([name, person]) => ({ name, ...person }));
}

function addCalls(open: readonly { connection: string; connector: Connector }[]): Readonly<Record<string, CallCounts>> {
  const totals: Record<string, CallCounts> = {};
  for (const { connection, connector } of open) {
    const sum = totals[connection] ?? { reads: 0, writes: 0, retries: 0, throttled: 0 };
    const own = connector.calls();
    totals[connection] = {
      reads: sum.reads + own.reads,
      writes: sum.writes + own.writes,
      retries: sum.retries + own.retries,
      throttled: sum.throttled + own.throttled,
    };
  }
  return totals;
}
