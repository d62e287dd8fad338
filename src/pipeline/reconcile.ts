/** One run over one workspace: read, judge, guard, write, report. Everything a run does is in this order. */
import type { EntityName } from '../domain/entities.js';
import { guardPlan, makePlan } from '../domain/plan.js';
import type { ResolvedSource } from '../domain/source.js';
import { TandemError } from '../errors.js';
import type { Connector } from '../ports.js';
import { leastReads, plannedWrites } from './calls.js';
import { openRunJournal } from './journal.js';
import type { Judgement } from './judge.js';
import { readAndJudge } from './judged.js';
import { makeReport } from './run-report.js';
import type { RunOptions, RunResult, World } from './world.js';
import { type WritebackResult, writeBack } from './writeback.js';

const NOTHING_WRITTEN: WritebackResult = {
  applied: { updated: 0, created: 0, closed: 0, failed: 0, unknown: 0 },
  failures: [],
  issues: [],
};

/** Runs the pipeline once. Throws only when aborted or when shared state is gone; every other trouble is in the report. */
export async function reconcile(world: World, options: RunOptions): Promise<RunResult> {
  const { onProgress } = options;
  await world.reserve(leastReads(world.sources));
  const judged = await readAndJudge(world, options);
  await world.memory.store();
  const { read, notes } = judged;
  const judgement = restricted(judged.judgement, options.only);
  const guard = guardPlan(judgement.plan, judgement.assessment.partnerships.length, world.policy.guard);
  const { write } = options;
  const stopped = guard.stopped && write !== undefined && !(await mayPass(judgement.plan.hash, write));
  const writesNeeded = plannedWrites(judgement.plan.changes, (entity) => toolOf(entity, world));
  const short = stopped ? [] : await world.reserve(writesNeeded);
  const ran = { read, notes, judgement, guard, stopped, writesNeeded, short };
  if (write === undefined || stopped) return makeReport({ ...ran, written: NOTHING_WRITTEN }, world, options);
  const journal = openRunJournal(write.journal, { workspace: world.workspace, run: options.runId, clock: world.clock });
  const written = await writeBack(judgement.plan.changes, judgement.keys, {
    workspace: world.workspace,
    sourceOf: (entity) => writable(entity, read.sources, world),
    intents: write.intents,
    journal,
    clock: world.clock,
    settleMs: world.policy.reminders.settleSeconds * 1000,
    signal: AbortSignal.any([options.signal, write.lease.signal]),
    onProgress: (done, total) => onProgress?.({ stage: 'write', done, total }),
  });
  return makeReport({ ...ran, written, unrecorded: journal.failure() }, world, options);
}

/** A run of some tables only plans changes of those. */
function restricted(judgement: Judgement, only: RunOptions['only']): Judgement {
  if (only === undefined) return judgement;
  return { ...judgement, plan: makePlan(judgement.plan.changes.filter(({ source }) => only.includes(source))) };
}

async function mayPass(hash: string, write: NonNullable<RunOptions['write']>): Promise<boolean> {
  return write.allowMassChange || (await write.isApproved(hash));
}

function toolOf(entity: EntityName, world: World): { readonly connection: string; readonly batch: number } {
  const source = world.sources.find((candidate) => candidate.entity === entity);
  return source === undefined
    ? { connection: '', batch: 1 }
    : { connection: source.connection, batch: world.batchOf(source) };
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
