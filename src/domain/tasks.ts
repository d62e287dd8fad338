/** Task rows: the task that should stand open, the row that speaks for it, and what a person has changed on it. */
import { type Cell, EMPTY } from './cells.js';
import type { Day, EntityName, EntityRow, Person } from './entities.js';
import { hashText, parseKey, type ReminderIdentity } from './key.js';
import type { DataIssue, RowRef } from './snapshot.js';
import type { RawRow } from './source.js';

/** Who is to act, and the entity whose row says so: an id means something only in the tool that row is kept in. */
export interface Assignee {
  readonly person: Person;
  readonly from: EntityName;
}

/** What a task says, before words are made of it. */
export interface TaskMessage {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
}

/**
 * For how long a day stands that was counted from the task's creation. `while-open` is for what is asked once a week,
 * month or quarter: a new one alone is no reason to give more time to what is open.
 */
export type DueStands = 'for-occurrence' | 'while-open';

/** A reminder that should stand open today. Words are made from `message` later. */
export interface DesiredTask {
  readonly key: string;
  readonly rule: string;
  readonly occurrence: string;
  readonly subject: string;
  readonly due: Day;
  /** The day was counted from the task's creation, and stands once it is written. */
  readonly dueStands?: DueStands;
  /** It began too long ago to be news: a task that is open stays, none is made. */
  readonly keepOnly?: true;
  /** Who may be asked, in order: the first whom the tool of the task table accepts is assigned. */
  readonly assignees: readonly Assignee[];
  readonly partnerships: readonly RowRef[];
  readonly message: TaskMessage;
  /** How much it matters: a full day leaves low ones for tomorrow, and only the others are taken to the lead. */
  readonly severity: 'high' | 'medium' | 'low';
  /** Who is told when it is left lying. */
  readonly lead?: Assignee;
  /** Rows the reminder rests on. */
  readonly evidence: readonly RowRef[];
  /** Cells a person is asked to mend, told one by one. */
  readonly issues: readonly DataIssue[];
  /** Tasks that are not made today: it stands for them. */
  readonly standsFor: readonly TaskMessage[];
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
  /** The day the task was given to somebody. Stamps from before this was kept have none. */
  readonly made?: Day;
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

/** `1 <occurrence> made=2026-11-23 due=3f9k2a title=...` */
export function formatTaskStamp(stamp: TaskStamp): string {
  const fields = Object.entries(stamp.written).sort(([left], [right]) => (left < right ? -1 : 1));
  const made = stamp.made === undefined ? [] : [`made=${stamp.made}`];
  return ['1', stamp.occurrence, ...made, ...fields.map(([field, hash]) => `${field}=${hash}`)].join(' ');
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
  const { made, ...hashes } = Object.fromEntries(written);
  return { occurrence, ...(made === undefined ? {} : { made }), written: hashes };
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

/** Whether the day an open task is due on is not counted again. */
export function keepsItsDay(task: TaskRow, { dueStands, occurrence }: DesiredTask): boolean {
  return dueStands === 'while-open' || (dueStands === 'for-occurrence' && task.stamp?.occurrence === occurrence);
}

/** Whether the field still holds what we last wrote; a field we never wrote is a person's. */
export function isOurs(task: TaskRow, field: string, propertyId: string): boolean {
  const written = task.stamp?.written[field];
  if (written === undefined) return false;
  const cell = task.raw.cells.get(propertyId) ?? EMPTY;
  const readings = cell.kind === 'people' && cell.people.length > 0 ? peopleTexts(cell.people) : [cellText(cell)];
  return readings.some((reading) => shortHash(reading) === written);
}
