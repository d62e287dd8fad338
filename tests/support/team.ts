/**
 * A whole team to test against: a sandbox filled with a sample on a real loopback port, the example configuration
 * pointed at it, an App over a state of this process, the hands of its people, and what went over the wire.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Document, parseDocument } from 'yaml';
import { type App, createApp } from '../../src/app.js';
import { type Environment, readConfig } from '../../src/cli/workspace.js';
import type { Config } from '../../src/config/config.js';
import type { Day, EntityName } from '../../src/domain/entities.js';
import type { SourceMapping } from '../../src/domain/mapping.js';
import { createLogger } from '../../src/log.js';
import type { RunResult } from '../../src/pipeline/world.js';
import type { Clock, State } from '../../src/ports.js';
import type { CellChange, LoggedRequest } from '../../src/sandbox/context.js';
import { type RunningSandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/index.js';
import { SAMPLES, type SampleName } from '../../src/sandbox/samples/index.js';
import type { SandboxWorkspace } from '../../src/sandbox/workspace.js';
import { createMemoryState } from '../../src/state/memory.js';
import { createPlainWindows } from './plain-windows.js';

/** The Monday the samples are built around. */
export const ANCHOR: Day = '2026-11-23';

export interface TeamOptions {
  /** Day the sample's dates are relative to. */
  readonly anchor?: Day;
  /** Changes the example configuration before it is written. */
  readonly configure?: (document: Document) => void;
  /** Changes the sample before the sandbox is filled with it. */
  readonly fill?: (workspace: SandboxWorkspace) => SandboxWorkspace;
  readonly sandbox?: SandboxOptions;
  /** Requests of runs in this process reach the sandbox without a socket. */
  readonly direct?: boolean;
}

export interface RunOptions {
  readonly state?: State;
  /** As a worker runs: only what has changed is asked for. */
  readonly remembers?: boolean;
  readonly allowMassChange?: boolean;
  readonly signal?: AbortSignal;
}

/** A row as it stands in its tool, by property name; an Airtable record is never in the trash. */
export interface TeamRow {
  readonly id: string;
  readonly inTrash: boolean;
  readonly values: Readonly<Record<string, unknown>>;
}

export interface Team {
  readonly sample: SampleName;
  /** Day the sample is dated around. */
  readonly anchor: Day;
  /** The workspace the sandbox was filled with: which tables there are, and who the people are. */
  readonly filled: SandboxWorkspace;
  readonly sandbox: RunningSandbox;
  /** The configuration file and the variables it needs, for processes of their own. */
  readonly file: string;
  readonly env: Environment;
  readonly config: Config;
  readonly clock: SkippingClock;
  /** The state runs use unless another one is given. */
  readonly state: State;
  app(asOf?: Day, state?: State): App;
  /** Runs on a day (the anchor unless given) in this process. */
  sync(asOf?: Day, options?: RunOptions): Promise<RunResult>;
  plan(asOf?: Day): Promise<RunResult>;
  source(entity: EntityName): SourceMapping;
  /** All rows of an entity, trashed ones too. */
  rows(entity: EntityName): readonly TeamRow[];
  /** The one row whose property holds the value. Throws when there is none or more than one. */
  row(entity: EntityName, property: string, value: unknown): TeamRow;
  /** Edits cells by hand, by property name. */
  edit(entity: EntityName, rowId: string, values: Readonly<Record<string, string | number | boolean | null>>): void;
  /** Requests so far that could change data. */
  writes(): readonly LoggedRequest[];
  /** Cells the API has changed so far. */
  changed(): readonly CellChange[];
  close(): Promise<void>;
}

const EXAMPLES = { korean: 'korean.yaml', english: 'english.yaml' } as const;

/** Starts a sandbox for a sample and everything around it. Rate limits are off on both sides. */
export async function openTeam(sample: SampleName, options: TeamOptions = {}): Promise<Team> {
  const anchor = options.anchor ?? ANCHOR;
  const clock = createSkippingClock(Date.parse(`${anchor}T01:00:00Z`));
  const built = SAMPLES[sample].build(anchor);
  const filled = options.fill?.(built) ?? built;
  const sandbox = await startSandbox(filled, { now: clock.now, enforceRates: false, ...options.sandbox });
  const folder = mkdtempSync(join(tmpdir(), 'tandem-team-'));
  const file = join(folder, EXAMPLES[sample]);
  writeFileSync(file, configurationOf(sample, sandbox.url, options.configure));
  const env = { ...SAMPLES[sample].tokens, PATH: process.env.PATH, XDG_STATE_HOME: join(folder, 'state') };
  const config = readConfig(file, env);
  const state: State = { ...createMemoryState(clock), windows: createPlainWindows() };
  const logger = createLogger({ level: 'silent', secrets: [], write: () => undefined });

  const app = (asOf: Day = anchor, over: State = state): App =>
    createApp({
      config,
      state: over,
      clock,
      fetch: options.direct === true ? sandbox.fetch : globalThis.fetch,
      random: () => 0.5,
      logger,
      asOf,
    });
  const source = (entity: EntityName): SourceMapping => {
    const found = config.sources.find((candidate) => candidate.entity === entity);
    if (found === undefined) throw new Error(`the ${sample} sample has no ${entity}`);
    return found;
  };
  const rows = (entity: EntityName) => rowsAt(sandbox, source(entity));

  return {
    sample,
    anchor,
    filled,
    sandbox,
    file,
    env,
    config,
    clock,
    state,
    app,
    sync: (
      asOf,
      { state: over, allowMassChange = false, signal = new AbortController().signal, remembers = false } = {},
    ) => app(asOf, over).sync({ signal, allowMassChange, remembers }),
    plan: (asOf) => app(asOf).plan({ signal: new AbortController().signal }),
    source,
    rows,
    row: (entity, property, value) => {
      const found = rows(entity).filter((row) => row.values[property] === value);
      if (found.length !== 1 || found[0] === undefined) {
        throw new Error(`${found.length} rows of ${entity} have ${property} = ${String(value)}`);
      }
      return found[0];
    },
    edit: (entity, rowId, values) => {
      const { location } = source(entity);
      if (location.type === 'notion') sandbox.notion?.edit(rowId, values);
      else if (location.type === 'airtable') sandbox.airtable?.edit(location.base, location.table, rowId, values);
    },
    writes: () => sandbox.context.requests.filter((request) => request.write),
    changed: () => sandbox.context.changes.filter((change) => change.by === 'api'),
    close: async () => {
      await sandbox.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function configurationOf(sample: SampleName, url: string, configure: TeamOptions['configure']): string {
  // From where tests and benches are started, since a bench is compiled to a folder of its own.
  const document = parseDocument(readFileSync(join('config', 'examples', EXAMPLES[sample]), 'utf8'));
  for (const connection of ['notion', 'airtable']) {
    if (!document.hasIn(['connections', connection])) continue;
    document.setIn(['connections', connection, 'baseUrl'], url);
    if (connection === 'notion') document.setIn(['connections', connection, 'plan'], 'business');
  }
  configure?.(document);
  return document.toString();
}

/** The rows of a source as they stand in the sandbox. */
export function rowsAt(sandbox: RunningSandbox, { location }: SourceMapping): readonly TeamRow[] {
  if (location.type === 'notion') return sandbox.notion?.pages(location.id) ?? [];
  if (location.type !== 'airtable') return [];
  const records = sandbox.airtable?.records(location.base, location.table) ?? [];
  return records.map(({ id, fields }) => ({ id, inTrash: false, values: fields }));
}

/** Deadlines of requests are longer than this, every pause of a run is shorter. */
const LONGEST_SKIP_MS = 60_000;

export interface SkippingClock extends Clock {
  /** Lets time pass. */
  skip(ms: number): void;
}

/** A clock that goes on by itself and jumps over pauses instead of sitting them out; only deadlines are waited for. */
export function createSkippingClock(start: number): SkippingClock {
  const begun = performance.now();
  let skipped = 0;
  return {
    now: () => Math.floor(start + skipped + performance.now() - begun),
    skip: (ms) => {
      skipped += ms;
    },
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted === true) return reject(signal.reason);
        if (ms < LONGEST_SKIP_MS) skipped += ms;
        const stop = (): void => {
          clearTimeout(timer);
          reject(signal?.reason);
        };
        const wake = (): void => {
          signal?.removeEventListener('abort', stop);
          resolve();
        };
        const timer = setTimeout(wake, ms < LONGEST_SKIP_MS ? 0 : ms);
        timer.unref();
        signal?.addEventListener('abort', stop, { once: true });
      }),
  };
}
