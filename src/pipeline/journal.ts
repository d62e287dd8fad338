/**
 * One line per write for people who ask later what happened: which run, which rule, which row, what the cells held
 * before and after, and what became of it. Nothing is computed from it, and a run does not wait for it to be mended.
 */
import { type Shown, shown } from '../domain/cells.js';
import type { EntityName } from '../domain/entities.js';
import type { Change, ReasonCode } from '../domain/plan.js';
import type { RowRef } from '../domain/snapshot.js';
import { asTandemError, TandemError } from '../errors.js';
import type { Clock, Journal, Outcome, Write } from '../ports.js';

export interface JournalEntry {
  /** ISO time at which the outcome was known. */
  readonly at: string;
  readonly workspace: string;
  readonly run: string;
  readonly rule: ReasonCode;
  /** The reason in the words of the workspace. */
  readonly reason: string;
  readonly source: EntityName;
  /** A created row has no id before its outcome is known, and none when it stays unknown. */
  readonly row: Partial<RowRef> & Pick<RowRef, 'title'>;
  readonly key: string | null;
  readonly kind: 'update' | 'create';
  readonly cells: readonly { readonly property: string; readonly before: Shown; readonly after: Shown }[];
  readonly outcome: Outcome['kind'];
  /** Code of the error behind an outcome that is not `done`. */
  readonly error: string | null;
}

export interface RunJournal {
  /** Writes the line of one write; never throws. After a first failure it is left at that. */
  note(change: Change, write: Write, outcome: Outcome): Promise<void>;
  /** Why lines are missing, when some are. */
  failure(): TandemError | undefined;
}

/** The journal of one run. */
export function openRunJournal(
  journal: Journal,
  { workspace, run, clock }: { readonly workspace: string; readonly run: string; readonly clock: Clock },
): RunJournal {
  let failure: TandemError | undefined;
  return {
    note: async (change, write, outcome) => {
      if (failure !== undefined) return;
      const at = new Date(clock.now()).toISOString();
      const entry: JournalEntry = { at, workspace, run, ...entryOf(change, write, outcome) };
      try {
        await journal.append(workspace, JSON.stringify(entry));
      } catch (thrown) {
        const { message } = asTandemError(thrown);
        failure = new TandemError(
          'journal-unwritable',
          `The journal cannot be written: ${message}`,
          {},
          { cause: thrown },
        );
      }
    },
    failure: () => failure,
  };
}

function entryOf(change: Change, write: Write, outcome: Outcome): Omit<JournalEntry, 'at' | 'workspace' | 'run'> {
  const { source, reason, title, key = null } = change;
  const id = outcome.kind === 'done' ? outcome.rowId : write.kind === 'update' ? write.rowId : undefined;
  return {
    rule: reason.code,
    reason: reason.text,
    source,
    row: { title, ...change.row, ...(id === undefined ? {} : { id }) },
    key,
    kind: write.kind,
    cells: change.fields
      .filter(({ propertyId }) => write.cells.has(propertyId))
      .map(({ property, before, after }) => ({ property, before: shown(before), after: shown(after) })),
    outcome: outcome.kind,
    error: outcome.kind === 'done' ? null : outcome.error.code,
  };
}
