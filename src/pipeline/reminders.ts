/** The tasks Tandem has made, those it would make now, and the creates nobody has an answer for: what `reminders ls` shows. */
import type { EntityName } from '../domain/entities.js';
import type { Change } from '../domain/plan.js';
import { isClosed, isDraft, type TaskRow } from '../domain/tasks.js';
import type { Intent } from '../ports.js';
import { readAndJudge } from './judged.js';
import { gravestOf, type ReportedError, reportErrors } from './report.js';
import type { RunOptions, World } from './world.js';

/**
 * Where a task stands: `copy` is a row a person copied, or a draft that landed twice; it is never written. A `draft` that
 * nothing is done to has landed after its task was thrown away.
 */
export type ReminderState = 'open' | 'closed' | 'draft' | 'copy' | 'missing';

export interface ListedReminder {
  readonly key: string;
  readonly rule: string;
  readonly title: string;
  readonly url: string | null;
  readonly due: string | null;
  readonly assignee: readonly string[];
  readonly state: ReminderState;
  /** What the next run does: `none` leaves it alone. */
  readonly next: 'none' | 'create' | 'promote' | 'move' | 'close';
  readonly reason: string | null;
}

export interface ReminderList {
  readonly schemaVersion: 1;
  readonly workspace: string;
  readonly asOf: string;
  readonly incomplete: readonly EntityName[];
  readonly reminders: readonly ListedReminder[];
  /** Creates that were sent and not answered: the next run looks them up. */
  readonly unanswered: readonly { readonly key: string; readonly sentAt: string }[];
  readonly errors: readonly ReportedError[];
}

/** Reads and judges; writes nothing. Throws only when aborted. */
export async function listReminders(
  world: World,
  options: RunOptions,
  intents: readonly Intent[],
): Promise<{ readonly list: ReminderList; readonly exitCode: number }> {
  const { read, judgement } = await readAndJudge(world, options);
  const changes = judgement.plan.changes.filter(({ source }) => source === 'tasks');
  const byRow = new Map(changes.map((change) => [change.row?.id, change]));
  const stampMapped = read.sources.find(({ entity }) => entity === 'tasks')?.resolved?.fields.has('stamp') === true;
  const stateOf = (task: TaskRow): ReminderState =>
    isClosed(task) ? 'closed' : isDraft(task, stampMapped) ? 'draft' : 'open';
  const owners = [...judgement.tasks.owners.values()].map((task) =>
    listed(task, stateOf(task), byRow.get(task.ref.id)),
  );
  const copies = judgement.tasks.copies.map((task) => listed(task, 'copy', undefined));
  const missing = changes.filter(({ kind }) => kind === 'create').map(announced);
  const errors = [...read.errors, ...judgement.errors];
  const list: ReminderList = {
    schemaVersion: 1,
    workspace: world.workspace,
    asOf: options.asOf,
    incomplete: read.sources.filter(({ complete }) => !complete).map(({ entity }) => entity),
    reminders: [...owners, ...copies, ...missing].sort(byDay),
    unanswered: intents
      .filter(({ state }) => state !== 'made')
      .map(({ key, sentAt }) => ({ key, sentAt: new Date(sentAt).toISOString() })),
    errors: reportErrors(errors, []),
  };
  return { list, exitCode: gravestOf(errors.map(({ error }) => error.help.exit)) ?? 0 };
}

function listed(task: TaskRow, state: ReminderState, change: Change | undefined): ListedReminder {
  const { due = null, assignee = [] } = task.row.values;
  const promotes = change?.reason.code === 'task-promoted';
  return {
    key: task.key,
    rule: task.identity.rule,
    title: task.ref.title,
    url: task.ref.url,
    due,
    assignee: assignee.flatMap(({ name, email }) => name ?? email ?? []),
    state,
    next: change === undefined ? 'none' : promotes ? 'promote' : change.kind === 'close' ? 'close' : 'move',
    reason: change?.reason.text ?? null,
  };
}

function announced(change: Change): ListedReminder {
  const shown = (field: string) => change.fields.find((candidate) => candidate.field === field)?.after;
  const [due, assignee] = [shown('due'), shown('assignee')];
  return {
    key: change.key ?? '',
    rule: change.key?.split('.')[2] ?? '',
    title: change.title,
    url: null,
    due: due?.kind === 'date' ? due.start : null,
    assignee: assignee?.kind === 'people' ? assignee.people.flatMap(({ name, email }) => name ?? email ?? []) : [],
    state: 'missing',
    next: 'create',
    reason: change.reason.text,
  };
}

const STATES: readonly ReminderState[] = ['missing', 'draft', 'open', 'copy', 'closed'];

/** Open work first, then by day; without a day last. */
function byDay(left: ListedReminder, right: ListedReminder): number {
  const open = Number(left.state === 'closed') - Number(right.state === 'closed');
  if (open !== 0) return open;
  const of = ({ due, state, key }: ListedReminder) => `${due ?? '9999'} ${STATES.indexOf(state)} ${key}`;
  return of(left) < of(right) ? -1 : 1;
}
