/**
 * The life of a task row: which of the rows with our keys speaks for a reminder, what a person has changed on
 * it, and what should happen to it now. A reminder is desired state: creating, moving and closing fall out of
 * comparing the tasks that should be open with those that are.
 */
import { type Cell, EMPTY } from './cells.js';
import type { Day, EntityName, EntityRow, Person } from './entities.js';
import { hashText, parseKey, type ReminderIdentity } from './key.js';
import type { DataIssue, RowRef } from './snapshot.js';
import type { RawRow, ResolvedSource } from './source.js';

/** Who is to act, and the entity whose row says so: an id means something only in the tool that row is kept in. */
export interface Assignee {
  readonly person: Person;
  readonly from: EntityName;
}

/** A reminder that should stand open today. Words are made from `message` later. */
export interface DesiredTask {
  readonly key: string;
  readonly rule: string;
  readonly occurrence: string;
  readonly subject: string;
  readonly due: Day;
  /** The day was counted from the task's creation: once written it stands for the occurrence. */
  readonly dueStands?: true;
  /** It began too long ago to be news: a task that is open stays, none is made. */
  readonly keepOnly?: true;
  /** Who may be asked, in order: the first whom the tool of the task table accepts is assigned. */
  readonly assignees: readonly Assignee[];
  readonly partnerships: readonly RowRef[];
  readonly message: { readonly code: string; readonly params: Readonly<Record<string, string | number>> };
  /** Rows the reminder rests on. */
  readonly evidence: readonly RowRef[];
  /** Cells a person is asked to mend, told one by one. */
  readonly issues: readonly DataIssue[];
}

/** A row of the task table that carries one of our keys. */
export interface TaskRow {
  readonly ref: RowRef;
  readonly identity: ReminderIdentity;
  readonly key: string;
  readonly row: EntityRow<'tasks'>;
  readonly raw: RawRow;
  readonly stamp: TaskStamp | undefined;
}

/** What Tandem last wrote to a task: short hashes tell a person's edit from our own value. */
export interface TaskStamp {
  readonly occurrence: string;
  /** Field name -> hash of the cell as last written. */
  readonly written: Readonly<Record<string, string>>;
}

const HASH_LENGTH = 6;

/** Hash of a cell as far as a stamp needs it: equal cells hash equal. */
export function cellHash(cell: Cell): string {
  return shortHash(cellText(cell));
}

const shortHash = (text: string): string => hashText(text).slice(-HASH_LENGTH);

function cellText(cell: Cell): string {
  switch (cell.kind) {
    case 'empty':
    case 'unknown':
      return '';
    case 'text':
      return cell.text;
    case 'number':
      return String(Math.round(cell.number * 1e6) / 1e6);
    case 'flag':
      return cell.flag ? '1' : '';
    case 'date':
      return `${cell.start}${cell.end ?? ''}`;
    case 'labels':
      return [...cell.labels].sort().join('\n');
    case 'people':
      return peopleTexts(cell.people)[0] ?? '';
    case 'links':
      return [...cell.ids].sort().join('\n');
    case 'list':
      return cell.items.map(cellText).join('\n');
  }
}

/**
 * The ways to name the same people, surest first: somebody addressed by e-mail reads back with the tool's own
 * id beside it, and that is no edit.
 */
function peopleTexts(people: readonly Person[]): readonly string[] {
  const attributes = ['id', 'email', 'name'] as const;
  return attributes.flatMap((attribute) => {
    const named = people.map((person) => person[attribute]?.normalize('NFC'));
    return named.includes(undefined) ? [] : [`${attribute}:${named.sort().join('\n')}`];
  });
}

/** `1 <occurrence> title=3f9k2a due=...` */
export function formatTaskStamp(stamp: TaskStamp): string {
  const fields = Object.entries(stamp.written).sort(([left], [right]) => (left < right ? -1 : 1));
  return ['1', stamp.occurrence, ...fields.map(([field, hash]) => `${field}=${hash}`)].join(' ');
}

/** A stamp of another version or a text that is no stamp reads as undefined: then nothing is known of our last value. */
export function parseTaskStamp(text: string | undefined): TaskStamp | undefined {
  const [version, occurrence, ...fields] = (text ?? '').trim().split(/\s+/);
  if (version !== '1' || occurrence === undefined) return undefined;
  const written: [string, string][] = [];
  for (const field of fields) {
    const [name, hash] = field.split('=');
    if (name === undefined || hash === undefined) return undefined;
    written.push([name, hash]);
  }
  return { occurrence, written: Object.fromEntries(written) };
}

export interface TaskIndex {
  /** The row that speaks for each key. */
  readonly owners: ReadonlyMap<string, TaskRow>;
  /** Further rows with the key of an owner. */
  readonly copies: readonly TaskRow[];
  readonly issues: readonly DataIssue[];
}

/**
 * Finds the owner of every key of this workspace. Of several rows with one key those our account created come before
 * copies a person made, and one that was promoted before a draft that landed late; then the oldest, then the smallest
 * id. The others are told once and never touched.
 */
export function indexTasks(
  workspace: string,
  rows: readonly EntityRow<'tasks'>[],
  raws: ReadonlyMap<string, RawRow>,
): TaskIndex {
  const byKey = new Map<string, TaskRow[]>();
  for (const row of rows) {
    const key = row.values.key?.trim();
    const identity = key === undefined ? undefined : parseKey(key);
    const raw = raws.get(row.id);
    if (key === undefined || identity === undefined || raw === undefined || identity.workspace !== workspace) continue;
    const task: TaskRow = {
      ref: { id: row.id, title: row.title, url: row.url },
      identity,
      key,
      row,
      raw,
      stamp: parseTaskStamp(row.values.stamp),
    };
    byKey.set(key, [...(byKey.get(key) ?? []), task]);
  }
  const owners = new Map<string, TaskRow>();
  const copies: TaskRow[] = [];
  const issues: DataIssue[] = [];
  for (const [key, group] of byKey) {
    const [owner, ...others] = group.sort(precedence);
    if (owner === undefined) continue;
    owners.set(key, owner);
    copies.push(...others);
    for (const copy of others) {
      issues.push({ code: 'key-copied', entity: 'tasks', row: copy.ref, params: { owner: owner.ref.url } });
    }
  }
  return { owners, copies, issues };
}

function precedence(left: TaskRow, right: TaskRow): number {
  const ours = Number(right.raw.createdByUs === true) - Number(left.raw.createdByUs === true);
  if (ours !== 0) return ours;
  const promoted = Number(isPromoted(right)) - Number(isPromoted(left));
  if (promoted !== 0) return promoted;
  if (left.raw.createdTime !== right.raw.createdTime) return left.raw.createdTime < right.raw.createdTime ? -1 : 1;
  return left.raw.id < right.raw.id ? -1 : 1;
}

/** Somebody sees it as a task: it has a day, a person or the stamp that comes with them. */
function isPromoted({ stamp, row }: TaskRow): boolean {
  return stamp !== undefined || row.values.due !== undefined || row.values.assignee !== undefined;
}

/** Done, dropped: a person's or our own close, which stands. */
export function isClosed(task: TaskRow): boolean {
  const status = task.row.values.status;
  return status === 'done' || status === 'dropped';
}

/** A row that was created but never promoted: no stamp yet where stamps are kept, else neither due nor assignee. */
export function isDraft(task: TaskRow, stampMapped: boolean): boolean {
  if (stampMapped) return task.stamp === undefined && task.row.values.due === undefined;
  return task.row.values.due === undefined && task.row.values.assignee === undefined;
}

/** Whether the field still holds what we last wrote; a field we never wrote is a person's. */
export function isOurs(task: TaskRow, field: string, propertyId: string): boolean {
  const written = task.stamp?.written[field];
  if (written === undefined) return false;
  const cell = task.raw.cells.get(propertyId) ?? EMPTY;
  const readings = cell.kind === 'people' && cell.people.length > 0 ? peopleTexts(cell.people) : [cellText(cell)];
  return readings.some((reading) => shortHash(reading) === written);
}

/** What a closed or trashed task stands for: `stood` of its rule, subject and occurrence. */
export const stood = (rule: string, subject: string, occurrence: string): string => `${rule} ${subject} ${occurrence}`;

/** What the trashed rows of a task table stand for: a reminder somebody threw away is not made again. */
export function tombstonesOf(workspace: string, source: ResolvedSource, rows: readonly RawRow[]): ReadonlySet<string> {
  const textIn = (row: RawRow, field: string): string | undefined => {
    const cell = row.cells.get(source.fields.get(field)?.id ?? '');
    return cell?.kind === 'text' ? cell.text : undefined;
  };
  const stones = rows.flatMap((row) => {
    const identity = parseKey(textIn(row, 'key') ?? '');
    if (!row.trashed || identity?.workspace !== workspace) return [];
    const occurrence = parseTaskStamp(textIn(row, 'stamp'))?.occurrence ?? identity.occurrence;
    return [stood(identity.rule, identity.subject, occurrence)];
  });
  return new Set(stones);
}

export type TaskStep =
  | { readonly kind: 'create'; readonly desired: DesiredTask }
  /** `promote`: the row is a draft and gets everything. */
  | { readonly kind: 'update'; readonly task: TaskRow; readonly desired: DesiredTask; readonly promote: boolean }
  | { readonly kind: 'close'; readonly task: TaskRow };

export interface StepOptions {
  /** Rules of the reminders that are switched on. */
  readonly known: ReadonlySet<string>;
  /** Rules whose entities were not read whole: their tasks are neither created, moved nor closed. */
  readonly frozen: ReadonlySet<string>;
  /** Rules whose tasks only a person closes. */
  readonly byPerson: ReadonlySet<string>;
  /** Whether nothing can be said today about a rule and subject (muted, not read): an open task stays as it is. */
  readonly isUntouched: (rule: string, subject: string) => boolean;
  readonly stampMapped: boolean;
  /** What trashed rows stand for. */
  readonly tombstones: ReadonlySet<string>;
}

/**
 * What should happen to each task. Of what is desired for one rule and subject the first that nobody has closed is
 * meant: it takes over the task that is open, or gets a row of its own.
 */
export function stepTasks(
  desired: readonly DesiredTask[],
  index: TaskIndex,
  options: StepOptions,
): readonly TaskStep[] {
  const steps: TaskStep[] = [];
  const families = groupBy([...index.owners.values()], ({ identity }) => line(identity));
  const spoken = new Set<string>();
  for (const [name, wanted] of groupBy(desired, line)) {
    const family = families.get(name) ?? [];
    const [first] = wanted;
    if (first === undefined || options.frozen.has(first.rule)) continue;
    const next = wanted.find((task) => !isSettled(task, family, options.tombstones));
    const task = openFor(next ?? first, family);
    if (task !== undefined) {
      spoken.add(task.key);
      steps.push({ kind: 'update', task, desired: next ?? first, promote: isDraft(task, options.stampMapped) });
    } else if (next !== undefined && next.keepOnly !== true) {
      steps.push({ kind: 'create', desired: next });
    }
  }
  for (const task of index.owners.values()) {
    const { rule, subject } = task.identity;
    if (isClosed(task) || spoken.has(task.key) || !options.known.has(rule)) continue;
    if (options.frozen.has(rule) || options.byPerson.has(rule) || options.isUntouched(rule, subject)) continue;
    steps.push({ kind: 'close', task });
  }
  return steps;
}

/** What a manager has at most one open task for. */
const line = ({ rule, subject }: { readonly rule: string; readonly subject: string }): string => `${rule} ${subject}`;

/** The open row that speaks for a reminder: the one with its key, else the one that stood for an earlier occurrence. */
export function openFor({ key }: DesiredTask, family: readonly TaskRow[]): TaskRow | undefined {
  const open = family.filter((task) => !isClosed(task));
  return open.find((task) => task.key === key) ?? open[0];
}

/** Whether a person, or Tandem itself, has closed this very occurrence, or thrown it away. */
function isSettled(wanted: DesiredTask, family: readonly TaskRow[], tombstones: ReadonlySet<string>): boolean {
  return (
    tombstones.has(stood(wanted.rule, wanted.subject, wanted.occurrence)) ||
    family.some((task) => isClosed(task) && (task.key === wanted.key || stoodFor(task) === wanted.occurrence))
  );
}

/** The occurrence a task last stood for: it may have been moved on from the one in its key. */
function stoodFor(task: TaskRow): string {
  return task.stamp?.occurrence ?? task.identity.occurrence;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
