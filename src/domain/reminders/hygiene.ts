/** The reminder to mend what cannot be read: what is wrong in the tables makes every other number less sure. */
import { addDays, type Day, previousBusinessDay, weekOf } from '../calendar.js';
import { ENTITY_NAMES } from '../entities.js';
import type { DataIssueCode } from '../snapshot.js';
import { defineReminder } from './reminder.js';

/** What a person can mend in a cell. The rest is of the configuration, or tells what Tandem itself did. */
const MENDABLE: readonly DataIssueCode[] = [
  'unknown-label',
  'not-a-number',
  'not-a-date',
  'not-readable',
  'ambiguous-scale',
  'required-empty',
  'link-broken',
  'code-unmatched',
  'code-doubled',
  'name-doubled',
];

const FRIDAY = 4;

/** The Monday of the week a task of today is for: from Friday on that is the next one. */
const mondayFor = (day: Day): Day => weekOf(addDays(day, 7 - FRIDAY));

/** One task per person and week, not one per cell. */
export const dataHygiene = defineReminder({
  code: 'data-hygiene',
  rule: 'data-hygiene',
  guide: '4-3',
  severity: 'low',
  assignee: 'partnership',
  gather: 'by-person',
  needs: ENTITY_NAMES,
  ask: ({ facts: { asOf, calendar }, issues }) => {
    const occurrence = mondayFor(asOf);
    const due = previousBusinessDay(addDays(occurrence, FRIDAY), calendar);
    return issues.flatMap((issue) => {
      const { entity, row, code } = issue;
      if (row === undefined || !MENDABLE.includes(code)) return [];
      return [{ entity, row, occurrence, due, dueStands: 'while-open', params: {}, issues: [issue] }];
    });
  },
});
