/** Puts together the report of a run and the exit code it deserves. */
import { ENTITY_NAMES } from '../domain/entities.js';
import type { GuardVerdict } from '../domain/plan.js';
import { TandemError } from '../errors.js';
import type { CallsByConnection } from './calls.js';
import { type Judgement, rowCounts } from './judge.js';
import {
  exitCodeOf,
  kpisByPartnership,
  type RunReport,
  reportAssessment,
  reportChange,
  reportError,
  reportErrors,
  summarise,
} from './report.js';
import type { WorldRead } from './sync.js';
import type { RunOptions, RunResult, World } from './world.js';
import type { WritebackResult } from './writeback.js';

/** The parts of a run that has ended. */
export interface Ran {
  readonly read: WorldRead;
  /** What a reader should know of the days off it counted with. */
  readonly notes: readonly string[];
  readonly judgement: Judgement;
  readonly guard: GuardVerdict;
  readonly stopped: boolean;
  readonly writesNeeded: CallsByConnection;
  /** Connections whose month has no room for the writes of the plan. */
  readonly short: readonly TandemError[];
  readonly written: WritebackResult;
  /** Why lines of the journal are missing, when some are. */
  readonly unrecorded?: TandemError | undefined;
}

/** The document of a run. */
export function makeReport(ran: Ran, world: World, options: RunOptions): RunResult {
  const { read, judgement, guard, stopped, written, unrecorded } = ran;
  const { plan, assessment } = judgement;
  const ownErrors = [
    ...(stopped ? [guardError(guard, plan.hash)] : []),
    ...(unrecorded === undefined ? [] : [unrecorded]),
  ];
  const incomplete = new Set(read.sources.filter((source) => !source.complete).map((source) => source.entity));
  const errors = [...read.errors, ...judgement.errors];
  const kpisOf = kpisByPartnership(assessment.kpis);
  const report: RunReport = {
    schemaVersion: 1,
    workspace: world.workspace,
    asOf: options.asOf,
    runId: options.runId,
    rows: rowCounts(judgement.normalised),
    incomplete: ENTITY_NAMES.filter((entity) => incomplete.has(entity)),
    assessments: assessment.partnerships.map((item) =>
      reportAssessment(item, kpisOf.get(item.row.id) ?? [], world.catalogue),
    ),
    plan: {
      hash: plan.hash,
      changes: plan.changes.map(reportChange),
      summary: summarise(plan, guard, ran.writesNeeded),
    },
    applied: written.applied,
    calls: world.calls(),
    dataIssues: [...read.issues, ...judgement.issues, ...written.issues].map((issue) => ({
      ...issue,
      text: world.catalogue.dataIssue(issue),
    })),
    errors: [...reportErrors(errors, written.failures), ...ownErrors.map((error) => reportError(error, null, null))],
    notes: [...world.notes, ...ran.short.map(({ message }) => message)],
  };
  const exits = [...errors, ...written.failures].map(({ error }) => error.help.exit);
  return { report, exitCode: exitCodeOf(report, [...exits, ...ownErrors.map((error) => error.help.exit)]) };
}

function guardError({ statusChanges, statusLimit, newTasks, newTaskLimit }: GuardVerdict, hash: string): TandemError {
  const counted = `${statusChanges} status changes (limit ${statusLimit}) and ${newTasks} new tasks (limit ${newTaskLimit})`;
  return new TandemError('guard-stopped', `The plan ${hash} has ${counted} in one run. Nothing was written.`);
}
