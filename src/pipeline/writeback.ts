/**
 * Performs a plan. Updates are repeatable and go out as they are. A create is the one thing no tool can undo
 * or deduplicate: it is announced in the state before it is sent, sent as a draft nobody is assigned to, and
 * only then promoted; one whose outcome is unknown is looked up after a settle time, never repeated blindly.
 */
import { type Cell, EMPTY, sameCell } from '../domain/cells.js';
import type { EntityName } from '../domain/entities.js';
import type { Change } from '../domain/plan.js';
import type { DataIssue } from '../domain/snapshot.js';
import type { RawRow, ResolvedSource } from '../domain/source.js';
import { asTandemError, TandemError } from '../errors.js';
import type { Clock, Connector, Intent, Outcome, State, Write } from '../ports.js';
import type { RunJournal } from './journal.js';

export interface Applied {
  readonly updated: number;
  readonly created: number;
  readonly closed: number;
  readonly failed: number;
  readonly unknown: number;
}

/** A change that was not, or perhaps not, applied. */
export interface ChangeFailure {
  readonly change: Change;
  readonly outcome: 'failed' | 'unknown';
  readonly error: TandemError;
}

export interface WritebackPorts {
  readonly workspace: string;
  readonly sourceOf: (entity: EntityName) => { readonly source: ResolvedSource; readonly connector: Connector };
  readonly intents: State['intents'];
  readonly journal: RunJournal;
  readonly clock: Clock;
  readonly settleMs: number;
  readonly signal: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface WritebackResult {
  readonly applied: Applied;
  readonly failures: readonly ChangeFailure[];
  /** What the tool refused although the rest of the row was written. */
  readonly issues: readonly DataIssue[];
}

/**
 * Applies the changes of a guarded plan. `existing` are the keys seen in this run's read of the tables with keys:
 * an intent whose key is among them has been answered by the world.
 */
export async function writeBack(
  changes: readonly Change[],
  existing: ReadonlySet<string>,
  ports: WritebackPorts,
): Promise<WritebackResult> {
  const tally = new Tally(changes.length, ports.onProgress);
  const open = await openIntents(existing, ports);
  for (const [entity, group] of bySource(changes.filter((change) => change.kind !== 'create'))) {
    await applyUpdates(entity, group, ports, tally);
  }
  for (const [entity, group] of bySource(changes.filter((change) => change.kind === 'create'))) {
    await createAll(entity, group, open, ports, tally);
  }
  return tally.result();
}

/** Counts outcomes; a class because it lives through a run and everything in it adds to it. */
class Tally {
  private readonly counts = { updated: 0, created: 0, closed: 0, failed: 0, unknown: 0 };
  private readonly failures: ChangeFailure[] = [];
  private readonly issues: DataIssue[] = [];
  private done = 0;

  constructor(
    private readonly total: number,
    private readonly onProgress: WritebackPorts['onProgress'],
  ) {}

  succeed(change: Change): void {
    const counted = { update: 'updated', create: 'created', close: 'closed' } as const;
    this.counts[counted[change.kind]] += 1;
    this.step();
  }

  miss(change: Change, outcome: Exclude<Outcome, { kind: 'done' }>): void {
    this.counts[outcome.kind] += 1;
    this.failures.push({ change, outcome: outcome.kind, error: outcome.error });
    this.step();
  }

  refuse(issue: DataIssue): void {
    this.issues.push(issue);
  }

  settle(change: Change, outcome: Outcome): void {
    if (outcome.kind === 'done') this.succeed(change);
    else this.miss(change, outcome);
  }

  result(): WritebackResult {
    return { applied: { ...this.counts }, failures: this.failures, issues: this.issues };
  }

  private step(): void {
    this.done += 1;
    this.onProgress?.(this.done, this.total);
  }
}

function bySource(changes: readonly Change[]): ReadonlyMap<EntityName, readonly Change[]> {
  const groups = new Map<EntityName, Change[]>();
  for (const change of changes) {
    const group = groups.get(change.source);
    if (group === undefined) groups.set(change.source, [change]);
    else group.push(change);
  }
  return groups;
}

const DAY_MS = 86_400_000;

/** Intents left by an earlier run, without those the world has answered meanwhile and those no request can still be behind. */
async function openIntents(existing: ReadonlySet<string>, ports: WritebackPorts): Promise<ReadonlyMap<string, Intent>> {
  const open = new Map<string, Intent>();
  for (const intent of await ports.intents.list(ports.workspace)) {
    const answered = existing.has(intent.key) || ports.clock.now() - intent.sentAt > DAY_MS;
    if (answered) await ports.intents.remove(ports.workspace, intent.key);
    else open.set(intent.key, intent);
  }
  return open;
}

const cellsOf = (change: Change, fields: (field: string) => boolean): ReadonlyMap<string, Cell> =>
  new Map(change.fields.filter(({ field }) => fields(field)).map(({ propertyId, after }) => [propertyId, after]));

async function applyUpdates(
  entity: EntityName,
  changes: readonly Change[],
  ports: WritebackPorts,
  tally: Tally,
): Promise<void> {
  const rows = changes.flatMap((change): readonly [Change, string][] =>
    change.row === undefined ? [] : [[change, change.row.id]],
  );
  await updateRows(entity, rows, () => true, ports, tally);
}

const notAssignee = (field: string): boolean => field !== 'assignee';

/**
 * Updates rows with the fields asked for. A person a tool does not take (a guest, somebody who left, a bot) is dropped
 * from the write and told: the rest of the task must not wait for them.
 */
async function updateRows(
  entity: EntityName,
  rows: readonly (readonly [Change, string])[],
  fields: (field: string) => boolean,
  ports: WritebackPorts,
  tally: Tally,
): Promise<void> {
  const assigns = (change: Change) =>
    change.fields.some(({ field, after }) => field === 'assignee' && fields(field) && after.kind === 'people');
  const writes = rows.map(([change, rowId]): readonly [Change, Write] => [
    change,
    { kind: 'update', rowId, cells: cellsOf(change, fields) },
  ]);
  const rowIds = new Map(rows);
  const refused: [Change, string][] = [];
  for await (const [change, outcome] of send(entity, writes, ports)) {
    const rowId = rowIds.get(change);
    const person = outcome.kind === 'failed' && outcome.error.code === 'write-refused' && assigns(change);
    if (person && rowId !== undefined) refused.push([change, rowId]);
    else tally.settle(change, outcome);
  }
  if (refused.length === 0) return;
  for (const [change] of refused) tally.refuse(assigneeRefused(change));
  await updateRows(entity, refused, (field) => fields(field) && notAssignee(field), ports, tally);
}

function assigneeRefused(change: Change): DataIssue {
  const field = change.fields.find((candidate) => candidate.field === 'assignee');
  const value =
    field?.after.kind === 'people' ? field.after.people.map(({ name, email }) => name ?? email ?? '').join(', ') : '';
  return {
    code: 'assignee-refused',
    entity: change.source,
    ...(change.row === undefined ? {} : { row: change.row }),
    ...(field === undefined ? {} : { property: field.property }),
    params: { field: 'assignee', value, title: change.title },
  };
}

/** Sends writes to one source; an error of the connector itself becomes the outcome of what had none yet. */
async function* send(
  entity: EntityName,
  writes: readonly (readonly [Change, Write])[],
  ports: WritebackPorts,
): AsyncGenerator<readonly [Change, Outcome]> {
  if (writes.length === 0) return;
  const { source, connector } = ports.sourceOf(entity);
  const pending = new Set(writes.keys());
  try {
    for await (const { index, outcome } of connector.apply(
      source.mapping,
      source.schema,
      writes.map(([, write]) => write),
      ports.signal,
    )) {
      const [change, write] = writes[index] ?? [];
      if (change === undefined || write === undefined || !pending.delete(index)) continue;
      await ports.journal.note(change, write, outcome);
      yield [change, outcome];
    }
  } catch (thrown) {
    const error = asTandemError(thrown);
    for (const index of pending) {
      const [change, write] = writes[index] ?? [];
      if (change === undefined || write === undefined) continue;
      const outcome: Outcome = { kind: 'unknown', error };
      await ports.journal.note(change, write, outcome);
      yield [change, outcome];
    }
  }
}

/**
 * Of a task only the title and the key: a draft nobody is assigned to and that is due on no day notifies nobody. Other
 * rows ask nobody for anything and are made whole.
 */
const inDraft =
  (entity: EntityName) =>
  (field: string): boolean =>
    entity !== 'tasks' || field === 'title' || field === 'key';

async function createAll(
  entity: EntityName,
  changes: readonly Change[],
  open: ReadonlyMap<string, Intent>,
  ports: WritebackPorts,
  tally: Tally,
): Promise<void> {
  const unsettled = changes.filter((change) => open.has(change.key ?? ''));
  const fresh = changes.filter((change) => !open.has(change.key ?? ''));
  const unknown = await createDrafts(entity, fresh, ports, tally);
  await settleUnknown(entity, [...unsettled, ...unknown], open, ports, tally);
}

/** Announces, posts and promotes; returns the changes whose outcome is unknown. */
async function createDrafts(
  entity: EntityName,
  changes: readonly Change[],
  ports: WritebackPorts,
  tally: Tally,
): Promise<readonly Change[]> {
  const { intents, workspace, clock } = ports;
  for (const change of changes) {
    ports.signal.throwIfAborted();
    await intents.put(workspace, { key: change.key ?? '', state: 'sending', sentAt: clock.now() });
  }
  const unknown: Change[] = [];
  const made: [Change, string][] = [];
  const drafts = changes.map((change): readonly [Change, Write] => [
    change,
    { kind: 'create', cells: cellsOf(change, inDraft(entity)) },
  ]);
  for await (const [change, outcome] of send(entity, drafts, ports)) {
    const key = change.key ?? '';
    if (outcome.kind === 'unknown') {
      await intents.put(workspace, { key, state: 'unknown', sentAt: clock.now() });
      unknown.push(change);
      continue;
    }
    if (outcome.kind === 'done') {
      // A query may not show the row for a while: the run that sees it forgets the intent.
      await intents.put(workspace, { key, state: 'made', sentAt: clock.now() });
      made.push([change, outcome.rowId]);
    } else {
      await intents.remove(workspace, key);
      tally.miss(change, outcome);
    }
  }
  await promote(entity, made, ports, tally);
  return unknown;
}

async function promote(
  entity: EntityName,
  made: readonly (readonly [Change, string])[],
  ports: WritebackPorts,
  tally: Tally,
): Promise<void> {
  const isLeft = (field: string): boolean => !inDraft(entity)(field);
  const drafts = made.filter(([{ fields }]) => fields.some(({ field }) => isLeft(field)));
  for (const row of made) if (!drafts.includes(row)) tally.succeed(row[0]);
  await updateRows(entity, drafts, isLeft, ports, tally);
}

/**
 * Waits until every unknown create must have landed, looks each up by its key, adopts what is there and posts
 * what is not. One settle per run: what is unknown again is left to the next run, its intent kept.
 */
async function settleUnknown(
  entity: EntityName,
  changes: readonly Change[],
  open: ReadonlyMap<string, Intent>,
  ports: WritebackPorts,
  tally: Tally,
): Promise<void> {
  if (changes.length === 0) return;
  const sent = changes.map((change) => open.get(change.key ?? '')?.sentAt ?? ports.clock.now());
  const settled = Math.max(...sent) + ports.settleMs;
  await ports.clock.sleep(Math.max(0, settled - ports.clock.now()), ports.signal);
  const absent: Change[] = [];
  const adopted: [Change, string][] = [];
  for (const change of changes) {
    const found = await lookUp(entity, change, ports).catch(asTandemError);
    ports.signal.throwIfAborted();
    // Not knowing is not absence: the intent stays, and the next run looks again.
    if (found instanceof TandemError) tally.miss(change, { kind: 'unknown', error: found });
    else if (found === undefined) absent.push(change);
    else {
      await ports.intents.remove(ports.workspace, change.key ?? '');
      // What was promoted before may have been edited since.
      if (found.promoted) tally.succeed(change);
      else adopted.push([change, found.rowId]);
    }
  }
  await promote(entity, adopted, ports, tally);
  const unknown = await createDrafts(entity, absent, ports, tally);
  for (const change of unknown) {
    const error = new TandemError(
      'upstream-unavailable',
      `"${change.title}" may or may not have been created; the next run looks it up.`,
    );
    tally.miss(change, { kind: 'unknown', error });
  }
}

async function lookUp(
  entity: EntityName,
  change: Change,
  ports: WritebackPorts,
): Promise<{ readonly rowId: string; readonly promoted: boolean } | undefined> {
  const { source, connector } = ports.sourceOf(entity);
  const property = source.fields.get('key');
  if (property === undefined) return undefined;
  const rows = await connector.find(
    source.mapping,
    source.schema,
    { propertyId: property.id, match: 'equals', text: change.key ?? '', trashed: false },
    ports.signal,
  );
  const first = (holds: (row: RawRow) => boolean) => (left: RawRow, right: RawRow) =>
    Number(holds(right)) - Number(holds(left));
  const oursFirst = first(({ createdByUs }) => createdByUs === true);
  const promotedFirst = first((row) => isPromoted(row, source));
  const age = ({ createdTime, id }: RawRow) => `${createdTime} ${id}`;
  const [owner] = [...rows].sort(
    (left, right) => oursFirst(left, right) || promotedFirst(left, right) || (age(left) < age(right) ? -1 : 1),
  );
  return owner && { rowId: owner.id, promoted: isPromoted(owner, source) };
}

/** Whether a row is more than a draft. */
const isPromoted = ({ cells }: RawRow, { fields }: ResolvedSource): boolean =>
  ['stamp', 'due', 'assignee'].some((field) => !sameCell(cells.get(fields.get(field)?.id ?? '') ?? EMPTY, EMPTY));
