/**
 * A look at everything a configuration stands on, before anything is written: each source and its columns, what the
 * tokens may do, how rows join and who is who. It reads as a run does and judges nothing.
 */
import { ENTITIES, ENTITY_NAMES, type EntityName, type FieldDeclaration, MANAGED } from '../../domain/entities.js';
import type { SourceMapping } from '../../domain/mapping.js';
import { normalise, type ReadSource } from '../../domain/normalise.js';
import { type FindingCode, rulesOff } from '../../domain/rules/index.js';
import type { Requirement } from '../../domain/rules/rule.js';
import type { ResolvedSource } from '../../domain/source.js';
import { asTandemError } from '../../errors.js';
import type { Grant, Surveyor } from '../../ports.js';
import { leastReads } from '../calls.js';
import { gravestOf, type ReportedError, type ReportedIssue, reportErrors } from '../report.js';
import { readWorld, type SourceError } from '../sync.js';
import type { World } from '../world.js';
import { type CheckedColumn, checkColumns, isFault } from './columns.js';
import { type CheckedJoin, checkJoins } from './joins.js';
import { type CheckedPeople, checkPeople } from './people.js';

/** What `check` needs beside what a run needs. */
export interface CheckWorld extends World {
  readonly surveyorOf: (connection: string) => Surveyor;
  /** The calls of this month a connection has counted; undefined where its plan has no such number. */
  readonly monthOf: (connection: string) => Promise<{ readonly used: number; readonly perMonth: number } | undefined>;
}

export interface CheckedSource {
  readonly source: EntityName;
  readonly connection: string;
  /** Null where the source could not even be described. */
  readonly title: string | null;
  readonly url: string | null;
  /** Rows that hold anything; null where they could not be read whole. */
  readonly rows: number | null;
  readonly columns: readonly CheckedColumn[];
  /** Fields, and results, that are not mapped. */
  readonly unmapped: readonly string[];
  readonly unmanaged: readonly string[];
}

/** A right of a connection; `where` is the base, in a tool that grants by base. */
export interface CheckedGrant extends Omit<Grant, 'right'> {
  readonly right: Grant['right'] | 'read';
  readonly needed: boolean;
}

export interface CheckedAccess {
  readonly connection: string;
  readonly base: string | null;
  readonly grants: readonly CheckedGrant[];
}

export interface CheckedMonth {
  readonly connection: string;
  readonly used: number;
  readonly perMonth: number;
  /** Calls that reading everything once has cost. */
  readonly perRun: number;
}

export interface CheckReport {
  readonly schemaVersion: 1;
  readonly workspace: string;
  readonly sources: readonly CheckedSource[];
  readonly access: readonly CheckedAccess[];
  readonly joins: readonly CheckedJoin[];
  readonly people: CheckedPeople;
  /** Rules that are off, and the columns each would need. */
  readonly off: readonly { readonly code: FindingCode; readonly missing: readonly Requirement[] }[];
  readonly months: readonly CheckedMonth[];
  readonly dataIssues: readonly ReportedIssue[];
  readonly errors: readonly ReportedError[];
  readonly notes: readonly string[];
}

export interface CheckResult {
  readonly report: CheckReport;
  readonly exitCode: number;
}

const FAULT_EXIT = 4;

/** A check looks at the tables themselves. */
const FORGETFUL: Pick<World['memory'], 'recall' | 'keep'> = { recall: () => undefined, keep: () => undefined };

/** Looks at everything. Throws only when aborted or when shared state is gone. */
export async function checkWorkspace(world: CheckWorld, signal: AbortSignal): Promise<CheckResult> {
  await world.reserve(leastReads(world.sources));
  const read = await readWorld(world.sources, world.connectorOf, { signal, memory: FORGETFUL });
  const months = await monthsOf(world);
  const normalised = normalise(read.sources, { timezone: world.timezone, people: world.people });
  const canonicaliseOf = ({ mapping }: ResolvedSource) => world.connectorOf(mapping).canonicalise;
  const tableOf = (entity: EntityName) => read.sources.find((source) => source.entity === entity)?.resolved?.schema.id;
  const sources = read.sources.map((source) => {
    const rows = source.complete ? (normalised.snapshot[source.entity]?.rows.length ?? 0) : null;
    const { resolved } = source;
    const columns =
      resolved === undefined
        ? []
        : checkColumns(resolved, { catalogue: world.catalogue, canonicalise: canonicaliseOf(resolved), tableOf });
    return checkedSource(world.sources, source, rows, columns);
  });
  const { access, errors: refused } = await checkAccess(world, read.sources, signal);
  const errors = [...read.errors, ...refused];
  const report: CheckReport = {
    schemaVersion: 1,
    workspace: world.workspace,
    sources,
    access,
    // Against partnerships that could not be read no code finds its own.
    joins: read.sources.some(({ entity, complete }) => entity === 'partnerships' && complete)
      ? checkJoins(read.sources, normalised)
      : [],
    people: checkPeople(read.sources, normalised.snapshot, { people: world.people, canonicaliseOf }),
    off: rulesOff((path) => isMapped(sources, world.sources, path)),
    months,
    dataIssues: normalised.issues.map((issue) => ({ ...issue, text: world.catalogue.dataIssue(issue) })),
    errors: reportErrors(errors, []),
    notes: world.notes,
  };
  return { report, exitCode: exitOf(report, errors) };
}

function exitOf({ sources, access }: CheckReport, errors: readonly SourceError[]): number {
  const faulty = sources.some(({ columns }) => columns.some(isFault));
  const denied = access.some(({ grants }) => grants.some(({ needed, state }) => needed && state === 'missing'));
  const exits = errors.map(({ error }) => error.help.exit);
  return gravestOf([...exits, ...(faulty || denied ? [FAULT_EXIT] : [])]) ?? 0;
}

function checkedSource(
  mappings: readonly SourceMapping[],
  { entity, resolved }: ReadSource,
  rows: number | null,
  columns: readonly CheckedColumn[],
): CheckedSource {
  const mapping = mappings.find((candidate) => candidate.entity === entity);
  const declared: Readonly<Record<string, FieldDeclaration>> = ENTITIES[entity];
  const managed: readonly string[] = Object.entries(MANAGED).find(([name]) => name === entity)?.[1] ?? [];
  const linked = mapping?.link !== undefined;
  return {
    source: entity,
    connection: mapping?.connection ?? '',
    title: resolved?.schema.title ?? null,
    url: resolved?.schema.url ?? null,
    rows,
    columns,
    unmapped: Object.keys(declared).filter(
      (field) => !(field in (mapping?.fields ?? {})) && !(linked && field === 'partnership'),
    ),
    unmanaged: managed.filter((name) => !(name in (mapping?.manages ?? {}))),
  };
}

/** A path counts as mapped when its column is there and can be read as the field; of a table nobody could look at, when the configuration says so. */
function isMapped(sources: readonly CheckedSource[], mappings: readonly SourceMapping[], path: string): boolean {
  const [entity = '', field = ''] = path.split('.');
  const source = sources.find((candidate) => candidate.source === entity);
  if (source?.title === null) {
    const mapping = mappings.find((candidate) => candidate.entity === entity);
    return field in (mapping?.fields ?? {}) || (field === 'partnership' && mapping?.link !== undefined);
  }
  return (source?.columns ?? []).some(
    ({ role, name, verdict }) =>
      role !== 'managed' &&
      (name === field || (role === 'link' && field === 'partnership')) &&
      (verdict === 'ok' || verdict === 'labels'),
  );
}

async function monthsOf(world: CheckWorld): Promise<readonly CheckedMonth[]> {
  const calls = world.calls();
  const names = [...new Set(world.sources.map(({ connection }) => connection))];
  const counted = await Promise.all(
    names.map(async (connection) => ({ connection, month: await world.monthOf(connection) })),
  );
  return counted.flatMap(({ connection, month }) =>
    month === undefined ? [] : [{ connection, ...month, perRun: calls[connection]?.reads ?? 0 }],
  );
}

interface Place {
  readonly connection: string;
  readonly base: string | null;
  readonly sources: readonly SourceMapping[];
}

/** Sources whose rights are granted together: those of a base, or of a connection where there are no bases. */
function placesOf(sources: readonly SourceMapping[]): readonly Place[] {
  const places = new Map<string, Place>();
  for (const source of sources) {
    const base = source.location.type === 'airtable' ? source.location.base : null;
    const key = `${source.connection} ${base ?? ''}`;
    const others = places.get(key)?.sources ?? [];
    places.set(key, { connection: source.connection, base, sources: [...others, source] });
  }
  return [...places.values()];
}

async function checkAccess(
  world: CheckWorld,
  read: readonly ReadSource[],
  signal: AbortSignal,
): Promise<{ readonly access: readonly CheckedAccess[]; readonly errors: readonly SourceError[] }> {
  const errors: SourceError[] = [];
  const access: CheckedAccess[] = [];
  for (const { connection, base, sources } of placesOf(world.sources)) {
    const [first] = sources;
    const readable = read.filter((source) => sources.some(({ entity }) => entity === source.entity));
    // Nothing that could not be described says anything about rights; its own error is told already.
    if (first === undefined || readable.every(({ resolved }) => resolved === undefined)) continue;
    try {
      const grants = await world.surveyorOf(connection).grants(first.location, signal);
      access.push({ connection, base, grants: [readingOf(readable), ...grants.map((grant) => asked(grant, sources))] });
    } catch (thrown) {
      errors.push({ entity: first.entity, error: asTandemError(thrown) });
    }
  }
  signal.throwIfAborted();
  return { access, errors };
}

function readingOf(sources: readonly ReadSource[]): CheckedGrant {
  const state = sources.some(({ complete }) => complete) ? 'granted' : 'unknown';
  return { right: 'read', name: 'Read content', state, needed: true };
}

function asked(grant: Grant, sources: readonly SourceMapping[]): CheckedGrant {
  return { ...grant, needed: NEEDS[grant.right](sources) };
}

const KEYED: readonly EntityName[] = ENTITY_NAMES.filter((entity) => entity === 'tasks' || entity === 'history');

/** What of a configuration asks for a right. */
const NEEDS: Readonly<Record<Grant['right'], (sources: readonly SourceMapping[]) => boolean>> = {
  insert: (sources) => sources.some(({ entity }) => KEYED.includes(entity)),
  update: (sources) => sources.some(({ entity, manages }) => KEYED.includes(entity) || Object.keys(manages).length > 0),
  people: (sources) =>
    sources.some(({ entity, fields }) => {
      const declared: Readonly<Partial<Record<string, FieldDeclaration>>> = ENTITIES[entity];
      return Object.keys(fields).some((field) => declared[field]?.type.kind === 'people');
    }),
};

export { type CheckedColumn, isFault } from './columns.js';
