/**
 * The life of a task: what should happen to each row now. A reminder is desired state: creating, moving and closing
 * fall out of comparing the tasks that should be open with those that are.
 */
import type { Day } from './entities.js';
import { parseKey } from './key.js';
import type { RawRow, ResolvedSource } from './source.js';
import { type DesiredTask, isClosed, isDraft, parseTaskStamp, type TaskIndex, type TaskRow } from './tasks.js';

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
    // A task that was moved on stands for both: the occurrence in its key and the one it came to.
    const moved = parseTaskStamp(textIn(row, 'stamp'))?.occurrence ?? identity.occurrence;
    return [identity.occurrence, moved].map((occurrence) => stood(identity.rule, identity.subject, occurrence));
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
  readonly asOf: Day;
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
  const owners = [...index.owners.values()].filter((task) => !isBuried(task, options));
  const families = groupBy(owners, ({ identity }) => line(identity));
  const spoken = new Set<string>();
  for (const [name, wanted] of groupBy(desired, line)) {
    const family = families.get(name) ?? [];
    const [first] = wanted;
    if (first === undefined || options.frozen.has(first.rule)) continue;
    const next = wanted.find((task) => !isSettled(task, family, options.tombstones));
    const task = openFor(next ?? first, family);
    if (task !== undefined) {
      spoken.add(task.key);
      const promote = isDraft(task, options.stampMapped);
      if (promote || !isSnoozed(task, options.asOf))
        steps.push({ kind: 'update', task, desired: next ?? first, promote });
    } else if (next !== undefined && next.keepOnly !== true) {
      steps.push({ kind: 'create', desired: next });
    }
  }
  for (const task of owners) {
    if (!isClosed(task) && !spoken.has(task.key) && !isLeftAlone(task, options)) steps.push({ kind: 'close', task });
  }
  return steps;
}

/** A draft that landed late, while the task it was to become has been seen and thrown away: nobody is to see it again. */
function isBuried(task: TaskRow, { stampMapped, tombstones }: StepOptions): boolean {
  const { rule, subject, occurrence } = task.identity;
  return isDraft(task, stampMapped) && tombstones.has(stood(rule, subject, occurrence));
}

/** Whether an open task stays open although nothing asks for it. */
function isLeftAlone({ identity: { rule, subject } }: TaskRow, options: StepOptions): boolean {
  const { known, frozen, byPerson, isUntouched } = options;
  return !known.has(rule) || frozen.has(rule) || byPerson.has(rule) || isUntouched(rule, subject);
}

/** Put off by a person to a later day: until then it is neither moved nor brought up to date. */
export function isSnoozed({ row }: TaskRow, asOf: Day): boolean {
  return row.values.snoozeUntil !== undefined && row.values.snoozeUntil > asOf;
}

/** What a manager has at most one open task for. */
export const line = ({ rule, subject }: { readonly rule: string; readonly subject: string }): string =>
  `${rule} ${subject}`;

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
export function stoodFor(task: TaskRow): string {
  return task.stamp?.occurrence ?? task.identity.occurrence;
}

/** Items by what they have in common, in the order they come. */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
