/**
 * What there is to do in a run. Memory only answers whether there is anything at all: what is planned to be written
 * rests on sources read whole in the same run, so that a memory that is wrong can delay a write but never make one.
 */
import type { EntityName } from '../domain/entities.js';
import type { ResolvedSource } from '../domain/source.js';
import { isDraft } from '../domain/tasks.js';
import { countriesNamed } from './countries.js';
import { type Judgement, judge } from './judge.js';
import { readTombstones, readWorld, type WorldRead } from './sync.js';
import type { TaskOptions } from './task-changes.js';
import type { RunOptions, World } from './world.js';

export interface Judged {
  readonly read: WorldRead;
  readonly judgement: Judgement;
  /** What a reader should know of the days off that were counted with. */
  readonly notes: readonly string[];
}

/** Reads all sources and judges them. */
export async function readAndJudge(world: World, options: RunOptions): Promise<Judged> {
  const glance = await readAll(world.sources, world, options);
  if (glance.remembered.size === 0) return judgeWithTrash(glance, world, options);
  const { judging, notes } = await prepare(glance, world, options);
  const judgement = judge(glance.sources, judging);
  if (judgement.plan.changes.length === 0) return { read: glance, judgement, notes };
  const remembered = world.sources.filter(({ entity }) => glance.remembered.has(entity));
  const again = await readAll(remembered, { ...world, memory: { ...world.memory, recall: () => undefined } }, options);
  return judgeWithTrash(replaced(glance, again), world, options);
}

async function readAll(
  sources: World['sources'],
  { connectorOf, memory }: Pick<World, 'connectorOf' | 'memory'>,
  { signal, onProgress }: RunOptions,
): Promise<WorldRead> {
  const read = await readWorld(sources, connectorOf, {
    memory,
    signal,
    onProgress: (progress) => onProgress?.({ stage: 'read', ...progress }),
  });
  onProgress?.({ stage: 'assess', rows: read.sources.reduce((sum, source) => sum + source.rows.length, 0) });
  return read;
}

/** A reading with some of its sources read again. */
function replaced(read: WorldRead, again: WorldRead): WorldRead {
  const anew = new Map(again.sources.map((source) => [source.entity, source]));
  const stays = ({ entity }: { readonly entity: EntityName }) => !anew.has(entity);
  return {
    sources: read.sources.map((source) => anew.get(source.entity) ?? source),
    errors: [...read.errors.filter(stays), ...again.errors],
    issues: [...read.issues.filter(stays), ...again.issues],
    remembered: again.remembered,
  };
}

async function prepare(
  read: WorldRead,
  world: World,
  { asOf }: RunOptions,
): Promise<{ readonly judging: TaskOptions; readonly notes: readonly string[] }> {
  const canonicaliseOf: TaskOptions['canonicaliseOf'] = (source) => {
    const connector = world.connectorOf(source.mapping);
    return (property, desired, columns) => connector.canonicalise(property, desired, columns);
  };
  const { calendar, notes } = await world.calendarsOf(countriesNamed(read.sources), asOf);
  return { judging: { ...world, calendar, asOf, canonicaliseOf, tombstones: new Set() }, notes };
}

/** Whether anything is planned for a task nobody has seen yet: one to be created, or a draft that was left lying. */
function bringsToLight({ plan, tasks }: Judgement, { fields }: ResolvedSource): boolean {
  return plan.changes.some(({ source, kind, key }) => {
    if (source !== 'tasks') return false;
    const draft = key === undefined ? undefined : tasks.owners.get(key);
    return kind === 'create' || (draft !== undefined && isDraft(draft, fields.has('stamp')));
  });
}

/**
 * Judges, and where tasks would come to light judges again knowing what was thrown away. When the trash cannot be
 * read, nothing may be said of the tasks in this run.
 */
async function judgeWithTrash(read: WorldRead, world: World, run: RunOptions): Promise<Judged> {
  const { judging, notes } = await prepare(read, world, run);
  const judgement = judge(read.sources, judging);
  const tasks = read.sources.find((source) => source.entity === 'tasks')?.resolved;
  if (tasks === undefined || !bringsToLight(judgement, tasks)) return { read, judgement, notes };
  const trash = await readTombstones(world.workspace, tasks, world.connectorOf(tasks.mapping), run.signal);
  if ('error' in trash) {
    const sources = read.sources.map((source) => (source.entity === 'tasks' ? { ...source, complete: false } : source));
    const errors = [...read.errors, { entity: 'tasks', error: trash.error } as const];
    return { read: { ...read, sources, errors }, judgement: judge(sources, judging), notes };
  }
  if (trash.tombstones.size === 0) return { read, judgement, notes };
  return { read, judgement: judge(read.sources, { ...judging, tombstones: trash.tombstones }), notes };
}
