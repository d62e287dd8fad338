/** `tandem reminders ls`: the tasks Tandem keeps and why; `tandem reminders sweep`: brings the task table alone up to date. */
import type { ListedReminder, ReminderList } from '../pipeline/reminders.js';
import { cut, type Paint, paintFor, table } from './paint.js';
import { renderError } from './render-errors.js';
import { runSync, type SyncOptions } from './sync.js';
import { type Environment, interruptible, openApp } from './workspace.js';

export interface ReminderOptions {
  readonly config?: string;
  readonly asOf?: string;
  readonly json?: boolean;
  /** Closed ones as well. */
  readonly all?: boolean;
}

/** Lists and returns the exit code: that of the gravest error in the way, else 0. */
export async function runReminders(options: ReminderOptions, env: Environment): Promise<number> {
  const signal = interruptible();
  const { app, close } = await openApp(options, env);
  try {
    const { list, exitCode } = await app.reminders({ signal });
    const [paint, columns] = [paintFor(process.stdout, env), process.stdout.columns ?? 120];
    const text = options.json
      ? JSON.stringify(list, null, 2)
      : renderReminders(list, { paint, columns, all: options.all === true });
    process.stdout.write(`${text}\n`);
    return exitCode;
  } finally {
    await close();
  }
}

/** Promotes drafts, looks up unanswered creates, moves and closes: a sync of the task table alone. */
export const sweepReminders = (options: SyncOptions, env: Environment): Promise<number> =>
  runSync({ ...options, only: ['tasks'] }, env);

const NEXT = {
  none: '',
  create: 'will be created',
  promote: 'draft, will be completed',
  move: 'will be updated',
  close: 'will be closed',
} as const;

/** Open tasks by day, with what the next run does to them. */
export function renderReminders(
  list: ReminderList,
  { paint, columns, all }: { readonly paint: Paint; readonly columns: number; readonly all: boolean },
): string {
  const shown = list.reminders.filter(({ state }) => all || state !== 'closed');
  const closed = list.reminders.length - shown.length;
  const room = Math.max(30, columns - 60);
  const rows = shown.map((task) => [
    task.due ?? '–',
    cut(task.assignee.join(', '), 16),
    cut(task.title, room),
    paint(task.state === 'copy' ? 'yellow' : 'dim', stateOf(task)),
  ]);
  const blocks = [`${paint('bold', list.workspace)} as of ${list.asOf}: ${shown.length} reminders`];
  if (rows.length > 0) blocks.push('', table(['Due', 'For', 'Task', 'Next run'], rows, paint));
  if (closed > 0) blocks.push('', paint('dim', `${closed} closed ones are left out (--all).`));
  const copies = shown.filter(({ state }) => state === 'copy');
  if (copies.length > 0) {
    blocks.push('', 'A copy of a task is never written. Delete it, or clear its key to make it your own:');
    blocks.push(...copies.map(({ title, url }) => `  · ${title}  ${url ?? ''}`));
  }
  if (list.unanswered.length > 0) {
    blocks.push('', `${list.unanswered.length} creates were sent without an answer; the next run looks them up first.`);
  }
  for (const error of list.errors) blocks.push('', ...renderError(error, paint));
  return blocks.join('\n');
}

function stateOf({ state, next }: ListedReminder): string {
  if (state === 'copy') return 'a copy, left alone';
  return state === 'closed' ? 'closed' : NEXT[next];
}
