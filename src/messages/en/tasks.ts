/** What a task says in English: its title, why it is there and what ends it. */
import type { Params } from '../../domain/assessment.js';
import { dayIn, nameIn, type Words } from '../words.js';
import { dayOf, quoted, renews } from './phrases.js';

function held(params: Params): string {
  return dayIn(params, 'lastHeld') === undefined ? '' : ` (last held ${dayOf(params, 'lastHeld')})`;
}

export const tasks: Words['tasks'] = {
  'review-due': {
    kind: 'Review',
    title: (params) => `[${nameIn(params, 'partnership')}] Hold the joint review`,
    note: (params) =>
      `${params.planned === 1 ? `The review is planned for ${dayOf(params, 'date')}` : `A review is due by ${dayOf(params, 'date')}`}${held(params)}. Agenda: KPIs, late milestones, open risks, last actions. Enter the day it was held and this task closes.`,
  },
  'review-overdue': {
    kind: 'Review',
    title: (params) => `[${nameIn(params, 'partnership')}] Joint review overdue: set a date`,
    note: (params) =>
      `A review was due by ${dayOf(params, 'date')}${held(params)}. Agree on a date with the partner; enter the day it was held and this task closes.`,
  },
  'milestone-overdue': {
    kind: 'Milestone',
    title: (params) => `[${nameIn(params, 'partnership')}] Overdue milestone ${quoted(params, 'milestone')}`,
    note: (params) =>
      `It was due on ${dayOf(params, 'date')}. If it is done, enter the day; if not, agree on a new date and say why.`,
  },
  'decide-by': {
    kind: 'Renewal',
    title: (params) => `[${nameIn(params, 'partnership')}] Decide on the renewal`,
    note: (params) =>
      `A decision is needed by ${dayOf(params, 'date')}: notice can be given until ${dayOf(params, 'deadline')}, the term ends on ${dayOf(params, 'end')}${renews(params, ' and renews by itself without notice')}. Record the decision and this task closes.`,
  },
  'notice-passed': {
    kind: 'Renewal',
    title: (params) => `[${nameIn(params, 'partnership')}] Notice deadline passed: settle the renewal`,
    note: (params) =>
      `Notice could be given until ${dayOf(params, 'deadline')} and nothing was decided. The term ends on ${dayOf(params, 'end')}${renews(params, ' and renews by itself')}. Settle it with the partner and record the decision.`,
  },
};

/** Why a task of each rule was closed. */
export const closed: Omit<Words['closed'], 'other'> = {
  'review-due': 'the review was held or is no longer due',
  'milestone-overdue': 'the milestone was done, moved or cancelled',
  'decide-by': 'the decision was recorded or the term has moved',
};
