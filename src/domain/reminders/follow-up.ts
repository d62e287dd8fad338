/** What follows from the state of the tasks themselves: the lead is told of one that is left lying, and a day is never overfull. */
import { addBusinessDays, type BusinessCalendar, type Day, dayOf, isBusinessDay } from '../calendar.js';
import { reminderKey, subjectOf } from '../key.js';
import { type KnownPerson, personKey } from '../people.js';
import type { Policy } from '../policy.js';
import type { RowRef } from '../snapshot.js';
import { groupBy, isSnoozed, line, openFor, type StepOptions, stoodFor, type TaskStep } from '../task-steps.js';
import {
  type Assignee,
  type DesiredTask,
  isClosed,
  isDraft,
  isOurs,
  keepsItsDay,
  type TaskIndex,
  type TaskMessage,
  type TaskRow,
} from '../tasks.js';
import { defineKind, distinct, isOn } from './reminder.js';

/** A task of the lead's own, so that nothing a person decided about the others is touched. */
export const escalation = defineKind({ code: 'escalation', rule: 'escalation', guide: '4-4', severity: 'medium' });

/** One task for what a full day leaves for tomorrow. */
export const digest = defineKind({ code: 'digest', rule: 'digest', guide: '4-2', severity: 'low' });

export interface FollowUpContext {
  readonly workspace: string;
  readonly timezone: string;
  readonly people: readonly KnownPerson[];
  readonly policy: Policy;
  readonly calendar: BusinessCalendar;
  readonly asOf: Day;
  /** The title a task is given, in the words of the workspace. */
  readonly titleOf: (message: TaskMessage) => string;
  /** Id of the column of the due day. */
  readonly dueColumn: string | undefined;
}

/** A task that has been left lying, since when, and what the lead is told of it. */
interface Overdue {
  readonly task: DesiredTask;
  readonly lead: Assignee;
  readonly row: RowRef;
  /** The day from which it is taken to the lead. */
  readonly mark: Day;
}

/**
 * One task for each lead, naming what has been overdue for so many business days. What a lead has closed it for is not
 * told again: the task stands for the latest day something was taken to them, and only what came later is news.
 */
export function escalations(
  desired: readonly DesiredTask[],
  index: TaskIndex,
  options: StepOptions,
  context: FollowUpContext,
): readonly DesiredTask[] {
  const families = groupBy([...index.owners.values()], ({ identity }) => line(identity));
  const overdue = [...groupBy(desired, line)].flatMap(([name, [task]]) => {
    const row = task === undefined ? undefined : openFor(task, families.get(name) ?? []);
    if (task === undefined || row === undefined) return [];
    return overdueOf(task, row, options, context) ?? [];
  });
  const byLead = groupBy(overdue, ({ lead }) => subjectOf(personKey(context.people, lead.person)));
  return [...byLead].flatMap(([subject, told]) => {
    const closed = (families.get(line({ rule: escalation.rule, subject })) ?? []).filter(isClosed).map(stoodFor);
    const news = told.filter(({ mark }) => closed.every((day) => mark > day));
    return news.length === 0 ? [] : [escalationOf(news, subject, context)];
  });
}

/** Counted from its due day (a person's, where they moved it), its creation or the end of its snooze, whichever is latest. */
function overdueOf(
  task: DesiredTask,
  row: TaskRow,
  { stampMapped, asOf }: StepOptions,
  { timezone, people, policy, calendar, titleOf, dueColumn }: FollowUpContext,
): Overdue | undefined {
  const { lead } = task;
  if (task.severity === 'low' || lead === undefined || isDraft(row, stampMapped) || isSnoozed(row, asOf))
    return undefined;
  const { assignee = [], due: written, snoozeUntil } = row.row.values;
  if (assignee.some((person) => personKey(people, person) === personKey(people, lead.person))) return undefined;
  // The day that will stand after this run, so that the next one finds nothing to change.
  const moves = dueColumn !== undefined && !keepsItsDay(row, task) && isOurs(row, 'due', dueColumn);
  const due = moves ? task.due : written;
  if (due === undefined) return undefined;
  const made = row.stamp?.made ?? dayOf(row.raw.createdTime, timezone);
  const from = [due, made ?? due, snoozeUntil ?? due].sort().at(-1) ?? due;
  const mark = addBusinessDays(from, policy.reminders.escalateAfter, calendar);
  return asOf < mark ? undefined : { task, lead, row: { ...row.ref, title: titleOf(task.message) }, mark };
}

function escalationOf(
  overdue: readonly Overdue[],
  subject: string,
  { workspace, policy, calendar, asOf }: FollowUpContext,
): DesiredTask {
  const { rule, code, severity } = escalation;
  const mark = overdue.map((item) => item.mark).reduce((last, day) => (day > last ? day : last));
  return {
    key: reminderKey({ workspace, rule, occurrence: mark, subject }),
    rule,
    occurrence: mark,
    subject,
    due: addBusinessDays(asOf, policy.reminders.answerDays.escalation, calendar),
    dueStands: 'while-open',
    assignees: overdue.slice(0, 1).map(({ lead }) => lead),
    partnerships: distinct(overdue.flatMap(({ task }) => task.partnerships)),
    message: { code, params: { count: overdue.length, title: overdue[0]?.row.title ?? '' } },
    severity,
    evidence: overdue.map(({ row }) => row),
    issues: [],
    standsFor: [],
  };
}

const RANK = { high: 0, medium: 1, low: 2 } as const;

/**
 * Leaves at most so many new tasks per person and day, those given to them earlier on the day counted; the rest waits,
 * named in one task. Grave ones never wait. That the day is full is remembered by that task, so without a stamp to
 * carry its day nothing waits.
 */
export function withinDay(
  steps: readonly TaskStep[],
  index: TaskIndex,
  { stampMapped }: Pick<StepOptions, 'stampMapped'>,
  context: FollowUpContext,
): { readonly steps: readonly TaskStep[]; readonly digests: readonly DesiredTask[] } {
  const { people, policy, asOf } = context;
  if (!stampMapped || !isOn(digest, policy.reminders)) return { steps, digests: [] };
  const digests = [...index.owners.values()].filter(({ identity }) => identity.rule === digest.rule);
  const creates = steps.flatMap((step) => (step.kind === 'create' ? [step.desired] : []));
  const given = steps.flatMap((step) => (isGivenOn(asOf, step) ? [step.desired] : []));
  const waiting = new Set<DesiredTask>();
  const found: DesiredTask[] = [];
  const asked = creates.filter(({ assignees }) => assignees.length > 0);
  const keyOf = ({ assignees: [first] }: DesiredTask) => (first === undefined ? '' : personKey(people, first.person));
  const givenTo = groupBy(given, keyOf);
  for (const [person, tasks] of groupBy(asked, keyOf)) {
    const subject = subjectOf(person);
    const isFull = digests.some((row) => row.identity.subject === subject && stoodFor(row) === asOf);
    const room = isFull ? 0 : Math.max(0, policy.reminders.perDay - (givenTo.get(person)?.length ?? 0));
    const late = [...tasks].sort(byWeight).slice(room);
    const put = late.filter(({ severity }) => severity !== 'high');
    // One task that waits would only be replaced by another; on a full day the other one stands already.
    if (put.length < (isFull ? 1 : 2)) continue;
    for (const task of put) waiting.add(task);
    found.push(digestOf(put, subject, context));
  }
  return { steps: steps.filter((step) => step.kind !== 'create' || !waiting.has(step.desired)), digests: found };
}

/** A run that was cut short has given a person a part of their day already. */
function isGivenOn(day: Day, step: TaskStep): step is Extract<TaskStep, { kind: 'update' }> {
  return step.kind === 'update' && (step.promote || step.task.stamp?.made === day);
}

const byWeight = (left: DesiredTask, right: DesiredTask): number =>
  RANK[left.severity] - RANK[right.severity] || (`${left.due} ${left.key}` < `${right.due} ${right.key}` ? -1 : 1);

function digestOf(
  put: readonly DesiredTask[],
  subject: string,
  { workspace, calendar, asOf }: FollowUpContext,
): DesiredTask {
  const { rule, code, severity } = digest;
  const assignees = put[0]?.assignees.slice(0, 1) ?? [];
  return {
    key: reminderKey({ workspace, rule, occurrence: asOf, subject }),
    rule,
    occurrence: asOf,
    subject,
    due: isBusinessDay(asOf, calendar) ? asOf : addBusinessDays(asOf, 1, calendar),
    assignees,
    partnerships: distinct(put.flatMap(({ partnerships }) => partnerships)),
    message: { code, params: { count: put.length } },
    severity,
    evidence: [],
    issues: [],
    standsFor: put.map(({ message }) => message),
  };
}
