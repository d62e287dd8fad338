/** What the reminders ask for about the partnership "p". */
import { assess } from '../../src/domain/assess.js';
import type { EntityName } from '../../src/domain/entities.js';
import type { AssessOptions } from '../../src/domain/facts.js';
import type { KnownPerson } from '../../src/domain/people.js';
import { remindersOf } from '../../src/domain/playbooks/index.js';
import { desiredTasks } from '../../src/domain/reminders/desired.js';
import type { TaskCode } from '../../src/domain/reminders/index.js';
import type { DataIssue } from '../../src/domain/snapshot.js';
import type { DesiredTask } from '../../src/domain/tasks.js';
import type { Rows } from './findings.js';
import { aPartnership, aSnapshot, OPTIONS } from './rows.js';

export interface Asking extends Partial<AssessOptions> {
  readonly people?: readonly KnownPerson[];
  readonly issues?: readonly DataIssue[];
  /** Reminders that do not come by themselves, and those a team does not want. */
  readonly enabled?: readonly TaskCode[];
  readonly disabled?: readonly TaskCode[];
  readonly incomplete?: readonly EntityName[];
}

/** Everything that is asked for, in the order of the table of reminders; playbooks are left out. */
export function everythingAsked(rows: Rows, asking: Asking = {}) {
  const { people = [], issues = [], enabled = [], disabled = [], incomplete = [], ...given } = asking;
  const options = { ...OPTIONS, ...given };
  const policy = { ...options.policy, reminders: { ...options.policy.reminders, enabled, disabled } };
  const snapshot = aSnapshot({ partnerships: [aPartnership()], ...rows }, { incomplete });
  const assessment = assess(snapshot, { ...options, policy });
  const reminders = remindersOf(policy).filter(({ rule }) => !rule.startsWith('pb-'));
  return desiredTasks({ snapshot, issues }, assessment, { ...options, policy, people, reminders, workspace: 'hanbit' });
}

/** The tasks one reminder would make. */
export function asked(code: TaskCode, rows: Rows, asking: Asking = {}): readonly DesiredTask[] {
  return everythingAsked(rows, asking).tasks.filter(
    ({ message, keepOnly }) => message.code === code && keepOnly !== true,
  );
}

/** Case: what it is about, the rows, and the day its one task is due; null where nothing is asked. */
export type AskedCase = readonly [name: string, rows: Rows, due: string | null, asking?: Asking];

/** Cases of reminders, by code. */
export type AskedCases = Readonly<Partial<Record<TaskCode, readonly AskedCase[]>>>;
