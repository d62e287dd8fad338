/** One run over one workspace: read, judge, guard, write, report. Everything a run does is in this order. */
import type { BusinessCalendar } from '../domain/calendar.js';
import type { Day, EntityName } from '../domain/entities.js';
import type { SourceMapping } from '../domain/mapping.js';
import type { KnownPerson } from '../domain/people.js';
import { guardPlan } from '../domain/plan.js';
import type { Policy } from '../domain/policy.js';
import type { ResolvedSource } from '../domain/source.js';
import { TandemError } from '../errors.js';
import type { Catalogue } from '../messages/index.js';
import type { CallCounts, Clock, Connector, Lease, State } from '../ports.js';
import { judge, rowCounts } from './judge.js';
import {
  exitCodeOf,
  type RunReport,
  reportAssessment,
  reportChange,
  reportError,
  reportErrors,
  summarise,
} from './report.js';
import { readWorld } from './sync.js';
import { type WritebackResult, writeBack } from './writeback.js';

/** A workspace with everything a run needs of the world. */
export interface World {
  readonly workspace: string;
  readonly timezone: string;
  readonly sources: readonly SourceMapping[];
  readonly people: readonly KnownPerson[];
  readonly policy: Policy;
  readonly calendar: BusinessCalendar;
  readonly catalogue: Catalogue;
  readonly connectorOf: (source: SourceMapping) => Connector;
  /** Rows one write call takes in a source's tool. */
  readonly batchOf: (source: SourceMapping) => number;
  readonly calls: () => Readonly<Record<string, CallCounts>>;
  readonly clock: Clock;
}

export type Progress =
  | { readonly stage: 'read'; readonly sources: number; readonly sourcesDone: number; readonly rows: number }
  | { readonly stage: 'assess'; readonly rows: number }
  | { readonly stage: 'write'; readonly done: number; readonly total: number };

export interface RunOptions {
  readonly runId: string;
  readonly asOf: Day;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Absent for a plan: then nothing is written. */
  readonly write?: {
    readonly lease: Lease;
    readonly intents: State['intents'];
    readonly allowMassChange: boolean;
  };
}

export interface RunResult {
  readonly report: RunReport;
  readonly exitCode: number;
}

const NOTHING_WRITTEN: WritebackResult = {
  applied: { updated: 0, created: 0, closed: 0, failed: 0, unknown: 0 },
  failures: [],
};

/** Runs the pipeline once. Throws only when aborted before the plan was made; every other trouble is in the report. */
export async function reconcile(world: World, options: RunOptions): Promise<RunResult> {
  const { onProgress } = options;
  const read = await readWorld(world.sources, world.connectorOf, {
    signal: options.signal,
    onProgress: (progress) => onProgress?.({ stage: 'read', ...progress }),
  });
  onProgress?.({ stage: 'assess', rows: read.sources.reduce((sum, source) => sum + source.rows.length, 0) });
  const judgement = judge(read.sources, {
    ...world,
    asOf: options.asOf,
    canonicaliseOf: (source) => {
      const connector = world.connectorOf(source.mapping);
      return (property, desired, columns) => connector.canonicalise(property, desired, columns);
    },
  });
  const { plan, assessment } = judgement;
  const guard = guardPlan(plan, assessment.partnerships.length, world.policy.guard);
  const stopped = guard.stopped && options.write?.allowMassChange === false;
  const written =
    options.write === undefined || stopped
      ? NOTHING_WRITTEN
      : await writeBack(plan.changes, judgement.taskKeys, {
          workspace: world.workspace,
          sourceOf: (entity) => writable(entity, read.sources, world),
          intents: options.write.intents,
          clock: world.clock,
          settleMs: world.policy.reminders.settleSeconds * 1000,
          signal: AbortSignal.any([options.signal, options.write.lease.signal]),
          onProgress: (done, total) => onProgress?.({ stage: 'write', done, total }),
        });
  const guardError = stopped
    ? [
        new TandemError(
          'guard-stopped',
          `${guard.statusChanges} status changes (limit ${guard.statusLimit}) and ${guard.newTasks} new tasks (limit ${guard.newTaskLimit}) in one run.`,
        ),
      ]
    : [];
  const report: RunReport = {
    schemaVersion: 1,
    workspace: world.workspace,
    asOf: options.asOf,
    runId: options.runId,
    rows: rowCounts(judgement.normalised),
    incomplete: read.sources.filter((source) => !source.complete).map((source) => source.entity),
    assessments: assessment.partnerships.map((item) => reportAssessment(item, assessment.kpis, world.catalogue)),
    plan: {
      hash: plan.hash,
      changes: plan.changes.map(reportChange),
      summary: summarise(plan, guard, (entity) => toolOf(entity, world)),
    },
    applied: written.applied,
    calls: world.calls(),
    dataIssues: [...read.issues, ...judgement.issues].map((issue) => ({
      ...issue,
      text: world.catalogue.dataIssue(issue),
    })),
    errors: [
      ...reportErrors(read.errors, written.failures),
      ...guardError.map((error) => reportError(error, null, null)),
    ],
  };
  const exits = [...read.errors, ...written.failures].map(({ error }) => error.help.exit);
  return { report, exitCode: exitCodeOf(report, [...exits, ...guardError.map((error) => error.help.exit)]) };
}

function writable(
  entity: EntityName,
  sources: readonly { readonly entity: EntityName; readonly resolved?: ResolvedSource }[],
  world: World,
): { source: ResolvedSource; connector: Connector } {
  const resolved = sources.find((source) => source.entity === entity)?.resolved;
  if (resolved === undefined)
    throw new TandemError('internal', `A change was planned for "${entity}", which was not read.`);
  return { source: resolved, connector: world.connectorOf(resolved.mapping) };
}

function toolOf(entity: EntityName, world: World): { connection: string; batch: number } {
  const source = world.sources.find((candidate) => candidate.entity === entity);
  return source === undefined
    ? { connection: '', batch: 1 }
    : { connection: source.connection, batch: world.batchOf(source) };
}
