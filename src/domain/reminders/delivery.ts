/** Reminders of what was agreed to be done: milestones and promises. */
import type { Finding } from '../assessment.js';
import { addBusinessDays, addDays, daysBetween, previousBusinessDay } from '../calendar.js';
import type { EntityRow } from '../entities.js';
import type { Joined } from '../facts.js';
import { isDone } from '../rules/delivery.js';
import { about, countedFromToday, dayIn, defineReminder, type Matter, type Occasion, onFindings } from './reminder.js';

type MilestoneRow = EntityRow<'milestones'>;

const MILESTONE_READS = ['milestones.due', 'milestones.doneOn', 'milestones.status'] as const;

/** What is asked of each milestone that is still to be reached and whose state can be read. */
function openMilestones(
  facts: Joined,
  ask: (row: MilestoneRow) => Omit<Occasion, 'entity' | 'row' | 'params'> | undefined,
): readonly Occasion[] {
  return facts.milestones.flatMap((row) => {
    const unclear = MILESTONE_READS.some((path) => row.unreadable.has(path.slice('milestones.'.length)));
    if (unclear || row.values.status === 'cancelled' || isDone(row, facts.asOf)) return [];
    const occasion = ask(row);
    if (occasion === undefined) return [];
    const { due, originalDue, decisionDate } = row.values;
    const days = { date: due, first: originalDue, decideOn: decisionDate };
    const known = Object.fromEntries(Object.entries(days).filter(([, day]) => day !== undefined));
    return [about(row, { ...occasion, params: { milestone: row.title, ...(known as Record<string, string>) } })];
  });
}

/** A pilot is run to be decided about: the question whether to go on comes before the question whether it is late. */
export const experimentDecision = defineReminder({
  code: 'experiment-decision',
  rule: 'milestone-overdue',
  guide: '4-5',
  severity: 'medium',
  reads: [...MILESTONE_READS, 'milestones.kind', 'milestones.decisionDate'],
  ask: ({ facts }) =>
    openMilestones(facts, ({ values: { kind, decisionDate } }) => {
      if (kind !== 'pilot' || decisionDate === undefined) return undefined;
      const from = addDays(decisionDate, -facts.policy.reminders.leadDays['experiment-decision']);
      if (facts.asOf < from) return undefined;
      return { occurrence: `${decisionDate}~decision`, due: previousBusinessDay(decisionDate, facts.calendar) };
    }),
});

export const milestoneOverdue = defineReminder({
  code: 'milestone-overdue',
  rule: 'milestone-overdue',
  guide: '3-3',
  severity: 'medium',
  ...onFindings(['milestone-overdue'], (finding, { facts: { policy, calendar } }) => ({
    occurrence: dayIn(finding, 'date'),
    due: addBusinessDays(dayIn(finding, 'date'), policy.reminders.answerDays['milestone-overdue'], calendar),
  })),
});

/** Its occurrence is its own: who ticks it off before the day is still told when the day has passed. */
export const milestoneDue = defineReminder({
  code: 'milestone-due',
  rule: 'milestone-overdue',
  guide: '3-3',
  severity: 'low',
  reads: MILESTONE_READS,
  ask: ({ facts }) =>
    openMilestones(facts, ({ values: { due } }) => {
      if (due === undefined || due < facts.asOf) return undefined;
      if (daysBetween(facts.asOf, due) > facts.policy.reminders.leadDays['milestone-due']) return undefined;
      return { occurrence: `${due}~soon`, due: previousBusinessDay(due, facts.calendar) };
    }),
});

/** Whoever moves a date knows that it moved; a team that wants the partner told of each one switches this on. */
export const milestoneSlipped = defineReminder({
  code: 'milestone-slipped',
  rule: 'milestone-overdue',
  guide: '3-3',
  severity: 'low',
  byDefault: 'off',
  reads: [...MILESTONE_READS, 'milestones.originalDue'],
  ask: ({ facts }) =>
    openMilestones(facts, ({ values: { due, originalDue } }) => {
      if (due === undefined || due < facts.asOf || originalDue === undefined) return undefined;
      if (daysBetween(originalDue, due) < facts.policy.reminders.slipDays) return undefined;
      return { occurrence: `${due}~slipped`, ...countedFromToday('milestone-slipped', facts) };
    }),
});

const THANKS_WITHIN = 7;

export const milestoneThanks = defineReminder({
  code: 'milestone-thanks',
  rule: 'milestone-thanks',
  guide: '6-4',
  severity: 'low',
  byDefault: 'off',
  assignee: 'partnership',
  closes: 'by-person',
  reads: ['milestones.doneOn', 'milestones.status', 'milestones.side'],
  ask: ({ facts: { milestones, asOf, policy, calendar } }) =>
    milestones.flatMap((row) => {
      const { doneOn, status, side } = row.values;
      if (doneOn === undefined || doneOn > asOf || status === 'cancelled' || side === 'us') return [];
      if (daysBetween(doneOn, asOf) > THANKS_WITHIN) return [];
      const due = addBusinessDays(doneOn, policy.reminders.answerDays['milestone-thanks'], calendar);
      return [about(row, { occurrence: doneOn, due, params: { milestone: row.title, date: doneOn } })];
    }),
});

const promise =
  (code: 'promise-overdue' | 'their-promise-overdue') =>
  (finding: Finding, { facts: { policy, calendar } }: Matter) => {
    if ((finding.params.side === 'them') !== (code === 'their-promise-overdue')) return undefined;
    const date = dayIn(finding, 'date');
    return { occurrence: date, due: addBusinessDays(date, policy.reminders.answerDays[code], calendar) };
  };

export const promiseOverdue = defineReminder({
  code: 'promise-overdue',
  rule: 'promise-overdue',
  guide: '1-2',
  severity: 'medium',
  ...onFindings(['action-overdue'], promise('promise-overdue')),
});

export const theirPromiseOverdue = defineReminder({
  code: 'their-promise-overdue',
  rule: 'promise-overdue',
  guide: '1-2',
  severity: 'low',
  assignee: 'partnership',
  ...onFindings(['action-overdue'], promise('their-promise-overdue')),
});
