/**
 * Reads every configured source, all sources of all tools side by side. A source that fails in the middle
 * keeps the rows it got and is marked incomplete: what was not seen is never taken for gone.
 */
import { distance } from 'fastest-levenshtein';
import type { EntityName } from '../domain/entities.js';
import { keyPrefix } from '../domain/key.js';
import type { SourceMapping } from '../domain/mapping.js';
import type { ReadSource } from '../domain/normalise.js';
import type { DataIssue } from '../domain/snapshot.js';
import { type RawRow, type ResolvedSource, resolveSource } from '../domain/source.js';
import { tombstonesOf } from '../domain/tasks.js';
import { asTandemError, TandemError } from '../errors.js';
import type { Connector } from '../ports.js';

/** Something that kept a source from being read or mapped whole. */
export interface SourceError {
  readonly entity: EntityName;
  readonly error: TandemError;
}

export interface WorldRead {
  readonly sources: readonly ReadSource[];
  readonly errors: readonly SourceError[];
  readonly issues: readonly DataIssue[];
}

export interface ReadProgress {
  readonly sources: number;
  readonly sourcesDone: number;
  readonly rows: number;
}

/** Reads all sources. Never throws for a source; only an aborted signal ends it early. */
export async function readWorld(
  sources: readonly SourceMapping[],
  connectorOf: (source: SourceMapping) => Connector,
  options: { readonly signal?: AbortSignal; readonly onProgress?: (progress: ReadProgress) => void } = {},
): Promise<WorldRead> {
  const errors: SourceError[] = [];
  const issues: DataIssue[] = [];
  let rows = 0;
  let sourcesDone = 0;
  const tell = () => options.onProgress?.({ sources: sources.length, sourcesDone, rows });
  tell();
  const read = await Promise.all(
    sources.map(async (mapping) => {
      const source = await readSource(mapping, connectorOf(mapping), options.signal, (count) => {
        rows += count;
        tell();
      });
      sourcesDone += 1;
      tell();
      errors.push(...source.errors);
      issues.push(...source.issues);
      return source.read;
    }),
  );
  options.signal?.throwIfAborted();
  return { sources: read, errors, issues };
}

/**
 * What the trash of the task table says: reminders somebody threw away. One call, made only by a run that would
 * create tasks. A tool that refuses the question keeps no trash to ask; one that does not answer is an error.
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

async function readSource(
  mapping: SourceMapping,
  connector: Connector,
  signal: AbortSignal | undefined,
  onRows: (count: number) => void,
): Promise<{ read: ReadSource; errors: SourceError[]; issues: DataIssue[] }> {
  const { entity } = mapping;
  const rows = new Map<string, RawRow>();
  let resolved: ResolvedSource | undefined;
  try {
    const schema = await connector.describe(mapping, signal);
    resolved = resolveSource(mapping, schema);
    const missing = missingProperties(resolved);
    const shared = sharedColumns(resolved);
    for await (const page of connector.read(mapping, schema, signal)) {
      for (const row of page) rows.set(row.id, row);
      onRows(page.length);
    }
    const errors = [...missing.errors, ...shared];
    const complete = shared.length === 0 && resolved.missing.every((entry) => entry.role === 'managed');
    const read = { entity, resolved, rows: [...rows.values()], complete };
    return { read, errors, issues: missing.issues };
  } catch (thrown) {
    const errors = [{ entity, error: asTandemError(thrown) }];
    const partial = { entity, rows: [...rows.values()], complete: false };
    return { read: resolved === undefined ? partial : { ...partial, resolved }, errors, issues: [] };
  }
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

function nearest(wanted: string, names: readonly string[]): string | undefined {
  const ranked = names
    .map((name) => ({
      name,
      far: distance(wanted.normalize('NFC').toLowerCase(), name.normalize('NFC').toLowerCase()),
    }))
    .sort((left, right) => left.far - right.far);
  const [best] = ranked;
  return best !== undefined && best.far <= Math.max(2, Math.floor(wanted.length / 2)) ? best.name : undefined;
}
