/** Milestones: where one stands on a day, how far it has slipped, and which are overdue. */
import { type Day, daysBetween } from '../calendar.js';
import type { EntityRow } from '../entities.js';
import { type Facts, refOf } from '../facts.js';
import type { MilestoneAssessment, Severity } from '../verdict.js';
import { defineRule, type Hit } from './rule.js';

type MilestoneRow = EntityRow<'milestones'>;

/** Done on or before the day. A row marked done without a date is done. */
export function isDone({ values }: MilestoneRow, asOf: Day): boolean {
  return values.doneOn === undefined ? values.status === 'done' : values.doneOn <= asOf;
}

/** Due before the day, neither done nor cancelled. */
export function isOverdue(row: MilestoneRow, asOf: Day): boolean {
  const { due, status } = row.values;
  return due !== undefined && due < asOf && status !== 'cancelled' && !isDone(row, asOf);
}

/** Undefined for a milestone nothing can be said of: cancelled, or with a date that cannot be read. */
export function assessMilestone(row: MilestoneRow, dueSoon: number, asOf: Day): MilestoneAssessment | undefined {
  const { due, status } = row.values;
  if (status === 'cancelled' || row.unreadable.has('due') || row.unreadable.has('doneOn')) return undefined;
  const slipDays = slipOf(row, asOf);
  return {
    row: refOf(row),
    status: isDone(row, asOf)
      ? 'done'
      : isOverdue(row, asOf)
        ? 'overdue'
        : due !== undefined && daysBetween(asOf, due) <= dueSoon
          ? 'due-soon'
          : 'upcoming',
    ...(slipDays > 0 ? { slipDays } : {}),
  };
}

/** Days from the first due date to the day it was done, to today when overdue, else to the date it was moved to. */
export function slipOf(row: MilestoneRow, asOf: Day): number {
  const { due, originalDue, doneOn } = row.values;
  const first = originalDue ?? due;
  if (first === undefined) return 0;
  const reached = isDone(row, asOf) ? (doneOn ?? due) : isOverdue(row, asOf) ? asOf : due;
  return reached === undefined ? 0 : daysBetween(first, reached);
}

const STEPS: readonly Severity[] = ['low', 'medium', 'high'];
const WEEK = 7;
const MONTH = 30;
const HEAVY = 2;

/** Low in the first week, medium in the first month, then high; one step more at twice the ordinary weight. */
function severityOf({ values }: MilestoneRow, daysLate: number): Severity {
  const step = daysLate <= WEEK ? 0 : daysLate <= MONTH ? 1 : 2;
  return STEPS[step + ((values.weight ?? 1) >= HEAVY ? 1 : 0)] ?? 'high';
}

function overdue({ milestones, asOf }: Facts): readonly Hit[] {
  return milestones.flatMap((row) => {
    const { due } = row.values;
    if (due === undefined || !isOverdue(row, asOf) || row.unreadable.has('doneOn')) return [];
    return [
      {
        severity: severityOf(row, daysBetween(due, asOf)),
        entity: 'milestones' as const,
        row: refOf(row),
        params: { milestone: row.title, date: due },
      },
    ];
  });
}

export const milestoneOverdue = defineRule({
  code: 'milestone-overdue',
  family: 'delivery',
  guide: '3-3',
  severities: ['high', 'medium', 'low'],
  thresholds: [],
  requires: ['milestones.due', ['milestones.doneOn', 'milestones.status']],
  reads: ['milestones.due', 'milestones.doneOn', 'milestones.status', 'milestones.weight'],
  check: overdue,
});
