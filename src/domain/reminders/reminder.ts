/**
 * The shape of a reminder: a small total function from what is known of one partnership to the tasks it asks for
 * today. Like a rule it relies on no other one, formats no text and ends in silence when what it reads is not mapped.
 */
import type { Finding, Params } from '../assessment.js';
import { addBusinessDays, type Day } from '../calendar.js';
import { ENTITY_NAMES, type EntityName, type EntityRow } from '../entities.js';
import { type Joined, refOf } from '../facts.js';
import type { Policy } from '../policy.js';
import type { ROLES } from '../policy-playbooks.js';
import { type FindingCode, RULES } from '../rules/index.js';
import type { FieldPath, GuideSection } from '../rules/rule.js';
import type { DataIssue, RowRef } from '../snapshot.js';
import type { DesiredTask, DueStands } from '../tasks.js';

/** What a reminder looks at: a partnership with its rows, what the rules have found there, and cells a person should mend. */
export interface Matter {
  readonly facts: Joined;
  readonly findings: readonly Finding[];
  readonly issues: readonly DataIssue[];
}

/** One task that should stand open today, before it has a key, an assignee and words. */
export interface Occasion {
  readonly entity: EntityName;
  /** The row it is about: together with the reminder's rule it is what a manager has at most one open task for. */
  readonly row: RowRef;
  /**
   * What tells this occurrence from the next one of the same row. Made of what started it (the last review, the term's
   * end) and never of the day it is due on, unless a moved day is a new matter. No dots, no blanks.
   */
  readonly occurrence: string;
  readonly due: Day;
  /** No day in the tables says when it is due: the day counted from the task's creation stands. */
  readonly dueStands?: DueStands;
  /** It began too long ago to be news: a task that is open stays, none is made. */
  readonly keepOnly?: true;
  readonly params: Params;
  /** Rows it rests on besides `row`, for the links in the note. */
  readonly evidence?: readonly RowRef[];
  /** What is wrong with cells of these rows, told one by one. */
  readonly issues?: readonly DataIssue[];
}

/** Who is asked first: the person named on the row itself, or whoever has a role in the partnership. */
export type AssigneeRule = (typeof ROLES)[number];

/** What every kind of task is known by. */
export interface TaskKind<C extends string = string, R extends string = string> {
  /** Names it in the configuration and finds its words. */
  readonly code: C;
  /**
   * Part of the key: never renamed. Reminders that share a rule are stages of one matter: of those that ask for
   * the same row the first in the table whose occurrence nobody has closed gets the task.
   */
  readonly rule: R;
  /** The section of the guide it serves. */
  readonly guide: GuideSection;
  /** How much it matters: what a full day leaves for tomorrow, and what is taken to the lead. */
  readonly severity: DesiredTask['severity'];
  readonly byDefault: 'on' | 'off';
}

export const defineKind = <const C extends string, const R extends string>(
  kind: Omit<TaskKind<C, R>, 'byDefault'>,
): TaskKind<C, R> => ({ byDefault: 'on', ...kind });

export interface Reminder<C extends string = string, R extends string = string> extends TaskKind<C, R> {
  readonly assignee: AssigneeRule;
  /** Whether Tandem closes the task when it is no longer asked for, or only a person does. */
  readonly closes: 'when-cleared' | 'by-person';
  /** Small things come as one task per person instead of one per row. */
  readonly gather: 'by-row' | 'by-person';
  /** Findings it answers. */
  readonly on: readonly FindingCode[];
  /** Fields it looks at besides those its findings rest on. */
  readonly reads: readonly FieldPath[];
  /** Entities it rests on besides. */
  readonly needs: readonly EntityName[];
  readonly ask: (matter: Matter) => readonly Occasion[];
}

type Preset = 'byDefault' | 'assignee' | 'closes' | 'gather' | 'on' | 'reads' | 'needs';

/** A reminder that is on, asks who is named on the row, closes by itself and, unless said otherwise, reads nothing. */
export function defineReminder<const C extends string, const R extends string>(
  reminder: Omit<Reminder<C, R>, Preset> & Partial<Pick<Reminder<C, R>, Preset>>,
): Reminder<C, R> {
  const preset = { byDefault: 'on', assignee: 'row', closes: 'when-cleared', gather: 'by-row' } as const;
  return { ...preset, on: [], reads: [], needs: [], ...reminder };
}

/** What a reminder makes of each finding of some rules; `about` leaves out those it has nothing to say of. */
export function onFindings(
  codes: readonly FindingCode[],
  about: (finding: Finding, matter: Matter) => (Pick<Occasion, 'occurrence' | 'due'> & Partial<Occasion>) | undefined,
): Pick<Reminder, 'on' | 'ask'> {
  return {
    on: codes,
    ask: (matter) =>
      matter.findings.flatMap((finding) => {
        const occasion = codes.includes(finding.code) ? about(finding, matter) : undefined;
        if (occasion === undefined) return [];
        const { entity, row, params, evidence = [] } = finding;
        return [{ entity, row, params, evidence, ...occasion }];
      }),
  };
}

/** An occasion about a row. */
export const about = (row: EntityRow, occasion: Omit<Occasion, 'entity' | 'row'>): Occasion => ({
  entity: row.entity,
  row: refOf(row),
  ...occasion,
});

/** No day in the tables says when it is due: so many business days from the day it is first asked for. */
export function countedFromToday(
  code: keyof Policy['reminders']['answerDays'],
  { asOf, calendar, policy }: Joined,
  dueStands: DueStands = 'for-occurrence',
): Pick<Occasion, 'due' | 'dueStands'> {
  return { due: addBusinessDays(asOf, policy.reminders.answerDays[code], calendar), dueStands };
}

/** The quarter a day lies in: the occurrence of what has no day of its own and is asked for once a quarter. */
export function quarterOf(day: Day): string {
  return `${day.slice(0, 4)}q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
}

/** The month a day lies in, likewise. */
export const monthOf = (day: Day): string => day.slice(0, 7);

/** Each row once, in the order they come. */
export const distinct = (rows: readonly RowRef[]): readonly RowRef[] => [
  ...new Map(rows.map((row) => [row.id, row])).values(),
];

/** A day a finding names, or an empty text. */
export const dayIn = (finding: Finding, name: string): Day => String(finding.params[name] ?? '');

const rulesBehind = ({ on }: Reminder) => RULES.filter((rule) => on.includes(rule.code));

/** Every field a reminder looks at, itself or through the rules it listens to. */
export function readsOf(reminder: Reminder): readonly FieldPath[] {
  return [...new Set([...reminder.reads, ...rulesBehind(reminder).flatMap((rule) => rule.reads)])];
}

/** Entities a reminder rests on: all of them must have been read whole before one of its tasks may change. */
export function needsOf(reminder: Reminder): readonly EntityName[] {
  const found = new Set<EntityName>(rulesBehind(reminder).flatMap(({ rests }) => rests));
  return ENTITY_NAMES.filter(
    (entity) =>
      found.has(entity) ||
      reminder.needs.includes(entity) ||
      reminder.reads.some((path) => path.startsWith(`${entity}.`)),
  );
}

/** Whether a team wants a reminder: as it comes, unless its configuration says otherwise. */
export function isOn({ code, byDefault }: TaskKind, { disabled, enabled }: Policy['reminders']): boolean {
  return !disabled.includes(code) && (byDefault === 'on' || enabled.includes(code));
}
