/**
 * Reads sources, all of all tools side by side: whole, or what is remembered and what has changed since. A source
 * that fails in the middle keeps the rows it got and is marked incomplete: what was not seen is never taken for gone.
 */
import { distance } from 'fastest-levenshtein';
import type { EntityName } from '../domain/entities.js';
import { keyPrefix } from '../domain/key.js';
import type { SourceMapping } from '../domain/mapping.js';
import type { ReadSource } from '../domain/normalise.js';
import type { DataIssue } from '../domain/snapshot.js';
import { type RawRow, type ResolvedSource, resolveSource } from '../domain/source.js';
import { tombstonesOf } from '../domain/task-steps.js';
import { asTandemError, TandemError } from '../errors.js';
import type { Connector, Remembered } from '../ports.js';
import type { Memory } from './memory.js';

/** Something that kept a source from being read or mapped whole. */
export interface SourceError {
  readonly entity: EntityName;
  readonly error: TandemError;
}

export interface WorldRead {
  readonly sources: readonly ReadSource[];
  readonly errors: readonly SourceError[];
  readonly issues: readonly DataIssue[];
  /** Entities that rest on memory: how they stand is known but for what no question for changes tells of. */
  readonly remembered: ReadonlySet<EntityName>;
}

export interface ReadOptions {
  readonly memory: Pick<Memory, 'recall' | 'keep'>;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ReadProgress) => void;
}

export interface ReadProgress {
  readonly sources: number;
  readonly sourcesDone: number;
  readonly rows: number;
}

/** Reads sources. Never throws for one of them; only an aborted signal ends it early. */
export async function readWorld(
  sources: readonly SourceMapping[],
  connectorOf: (source: SourceMapping) => Connector,
  options: ReadOptions,
): Promise<WorldRead> {
  const errors: SourceError[] = [];
  const issues: DataIssue[] = [];
  const remembered = new Set<EntityName>();
  let rows = 0;
  let sourcesDone = 0;
  const tell = () => options.onProgress?.({ sources: sources.length, sourcesDone, rows });
  tell();
  const read = await Promise.all(
    sources.map(async (mapping) => {
      const source = await readSource(mapping, connectorOf(mapping), options, (count) => {
        rows += count;
        tell();
      });
      sourcesDone += 1;
      tell();
      errors.push(...source.errors);
      issues.push(...source.issues);
      if (source.remembered) remembered.add(mapping.entity);
      return source.read;
    }),
  );
  options.signal?.throwIfAborted();
  return { sources: read, errors, issues, remembered };
}

/**
 * What the trash of the task table says: reminders somebody threw away. One call, made only by a run that would
 * bring tasks to light. A tool that refuses the question keeps no trash to ask; one that does not answer is an error.
 */
export async function readTombstones(
  workspace: string,
  source: ResolvedSource,
  connector: Connector,
  signal?: AbortSignal,
): Promise<{ readonly tombstones: ReadonlySet<string> } | { readonly error: TandemError }> {
  const key = source.fields.get('key');
  if (key === undefined) return { tombstones: new Set() };
  const query = { propertyId: key.id, match: 'starts-with', text: keyPrefix(workspace), trashed: true } as const;
  try {
    const rows = await connector.find(source.mapping, source.schema, query, signal);
    return { tombstones: tombstonesOf(workspace, source, rows) };
  } catch (thrown) {
    const error = asTandemError(thrown);
    return error.code === 'write-refused' ? { tombstones: new Set() } : { error };
  }
}

interface SourceRead {
  readonly read: ReadSource;
  readonly errors: readonly SourceError[];
  readonly issues: readonly DataIssue[];
  readonly remembered: boolean;
}

async function readSource(
  mapping: SourceMapping,
  connector: Connector,
  { memory, signal }: ReadOptions,
  onRows: (count: number) => void,
): Promise<SourceRead> {
  const { entity } = mapping;
  const rows = new Map<string, RawRow>();
  let resolved: ResolvedSource | undefined;
  try {
    const known = memory.recall(mapping);
    const now = known === undefined ? undefined : await connector.refresh?.(mapping, known, signal);
    if (now !== undefined) {
      if (now !== known) memory.keep(mapping, now, false);
      onRows(now.rows.length);
      return { ...concluded(resolveSource(mapping, now.schema), now.rows), remembered: true };
    }
    const schema = await connector.describe(mapping, signal);
    resolved = resolveSource(mapping, schema);
    const pages = connector.read(mapping, schema, signal);
    let page = await pages.next();
    for (; page.done !== true; page = await pages.next()) {
      for (const row of page.value) rows.set(row.id, row);
      onRows(page.value.length);
    }
    const whole = concluded(resolved, [...rows.values()]);
    keep(mapping, memory, whole.read, page.value);
    return { ...whole, remembered: false };
  } catch (thrown) {
    const errors = [{ entity, error: asTandemError(thrown) }];
    const partial = { entity, rows: [...rows.values()], complete: false };
    const read = resolved === undefined ? partial : { ...partial, resolved };
    return { read, errors, issues: [], remembered: false };
  }
}

/** Only what was read to its end, of a tool that can say what changes after it, is of use later. */
function keep(
  mapping: SourceMapping,
  memory: ReadOptions['memory'],
  { resolved, rows, complete }: ReadSource,
  mark: Remembered['mark'] | undefined,
): void {
  if (!complete || resolved === undefined || mark === undefined) return;
  memory.keep(mapping, { schema: resolved.schema, rows, mark }, true);
}

/** What a source that was read to its end amounts to. */
function concluded(resolved: ResolvedSource, rows: readonly RawRow[]): Omit<SourceRead, 'remembered'> {
  const missing = missingProperties(resolved);
  const shared = sharedColumns(resolved);
  const complete = shared.length === 0 && resolved.missing.every((entry) => entry.role === 'managed');
  const read = { entity: resolved.mapping.entity, resolved, rows, complete };
  return { read, errors: [...missing.errors, ...shared], issues: missing.issues };
}

/**
 * A column a field stands on that is not there any more makes the entity incomplete: what rests on it is
 * frozen rather than judged as if every cell were empty. A missing managed column is only left unwritten.
 */
function missingProperties(resolved: ResolvedSource): { errors: SourceError[]; issues: DataIssue[] } {
  const errors: SourceError[] = [];
  const issues: DataIssue[] = [];
  const { entity } = resolved.mapping;
  for (const { role, name, reference } of resolved.missing) {
    const near = nearest(
      reference,
      resolved.schema.properties.map((property) => property.name),
    );
    const hint = near === undefined ? '' : ` Did you mean "${near}"?`;
    const message = `sources.${entity}: ${role} "${name}" is mapped to "${reference}", but "${resolved.schema.title}" has no such property.${hint}`;
    const details = { where: resolved.schema.url, source: entity, property: reference };
    errors.push({ entity, error: new TandemError('property-not-found', message, details) });
    issues.push({
      code: 'property-missing',
      entity,
      property: reference,
      params: { name, role, source: resolved.schema.title, near: near ?? '' },
    });
  }
  return { errors, issues };
}

/**
 * A column people fill in that is also managed, named by its name here and its id there: only the schema tells. It
 * makes the entity incomplete, so that what people enter is not overwritten.
 */
function sharedColumns({ mapping, fields, managed, link }: ResolvedSource): SourceError[] {
  const { entity } = mapping;
  const read = new Map([...fields].map(([name, { id }]) => [id, name]));
  if (link !== undefined) read.set(link.id, 'link');
  return [...managed].flatMap(([name, property]) => {
    const field = read.get(property.id);
    if (field === undefined) return [];
    const message = `sources.${entity}: the column "${property.name}" is read as "${field}" and managed as "${name}". Tandem overwrites what it manages, so give "${name}" a column of its own.`;
    return [{ entity, error: new TandemError('config-invalid', message, { source: entity, property: property.name }) }];
  });
}

/** The name that a reference no column answers to may have meant. */
export function nearest(wanted: string, names: readonly string[]): string | undefined {
  const ranked = names
    .map((name) => ({
      name,
      far: distance(wanted.normalize('NFC').toLowerCase(), name.normalize('NFC').toLowerCase()),
    }))
    .sort((left, right) => left.far - right.far);
  const [best] = ranked;
  return best !== undefined && best.far <= Math.max(2, Math.floor(wanted.length / 2)) ? best.name : undefined;
}
