/** What a task says in English: its title, why it is there and what ends it. */
import type { Params } from '../../domain/assessment.js';
import { clip, dayIn, nameIn, type Words } from '../words.js';
import { stateOf } from './conflict.js';
import { dayOf, quoted, renews } from './phrases.js';

const on = (params: Params): string => `[${nameIn(params, 'partnership')}]`;
const lastly = (params: Params, was: string): string =>
  dayIn(params, 'lastHeld') === undefined ? '' : ` (last ${was} ${dayOf(params, 'lastHeld')})`;

const RECOVERY: Readonly<Record<string, string>> & { readonly check: string } = {
  reconciliation: 'Meet to clear the air',
  prevention: 'Prevent the next one',
  check: 'Check whether trust is back',
};
const WINS_BACK: Readonly<Record<string, string>> & { readonly check: string } = {
  reconciliation:
    'talk about how it was for both sides, and not only about the solution. Enter the meeting as a reconciliation',
  prevention: 'agree on what changes so that it does not come back. Link an action to the issue',
  check: 'ask both sides how it goes now. Enter the review you held, or close the issue',
};

const others = (params: Params): string => {
  const count = Number(params.others ?? 0);
  return count > 0 ? ` and ${count} more` : '';
};

export const tasks: Words['tasks'] = {
  'review-due': {
    kind: 'Review',
    title: (params) => `${on(params)} Hold the joint review`,
    note: (params) =>
      `${params.planned === 1 ? `The review is planned for ${dayOf(params, 'date')}` : `A review is due by ${dayOf(params, 'date')}`}${lastly(params, 'held')}. Agenda: KPIs, late milestones, open risks, last actions. Enter the day it was held and this task closes.`,
  },
  'review-overdue': {
    kind: 'Review',
    title: (params) => `${on(params)} Joint review overdue: set a date`,
    note: (params) =>
      `A review was due by ${dayOf(params, 'date')}${lastly(params, 'held')}. Agree on a date with the partner; enter the day it was held and this task closes.`,
  },
  'evaluation-due': {
    kind: 'Evaluation',
    title: (params) => `${on(params)} Evaluate the partnership with both sides`,
    note: (params) =>
      `The evaluation is due by ${dayOf(params, 'date')}${lastly(params, 'held')}. Ask both sides to rate satisfaction, communication, problem response and trust. Enter the day it was held and this task closes.`,
  },
  'briefing-due': {
    kind: 'Briefing',
    title: (params) => `${on(params)} Brief the partner`,
    note: (params) =>
      `A briefing was agreed for ${dayOf(params, 'date')}${lastly(params, 'given')}. Share progress, risks and the decisions since, failures included. Enter the day and this task closes.`,
  },
  'review-without-actions': {
    kind: 'Review',
    title: (params) => `${on(params)} Write down what the review agreed on`,
    note: (params) =>
      `No actions came out of the review of ${dayOf(params, 'date')}. Add what was agreed, each with owner and day, and this task closes.`,
  },
  'period-ends-without-next': {
    kind: 'Goals',
    title: (params) => `${on(params)} Agree on goals for the next period`,
    note: (params) =>
      `The KPIs end on ${dayOf(params, 'date')} and none follow. Take what the last review showed into the next goals; once one is entered this task closes.`,
  },
  'decide-by': {
    kind: 'Renewal',
    title: (params) => `${on(params)} Decide on the renewal`,
    note: (params) =>
      `A decision is needed by ${dayOf(params, 'date')}: notice can be given until ${dayOf(params, 'deadline')}, the term ends on ${dayOf(params, 'end')}${renews(params, ' and renews by itself without notice')}. Record the decision and this task closes.`,
  },
  'notice-passed': {
    kind: 'Renewal',
    title: (params) => `${on(params)} Notice deadline passed: settle the renewal`,
    note: (params) =>
      `Notice could be given until ${dayOf(params, 'deadline')} and nothing was decided. The term ends on ${dayOf(params, 'end')}${renews(params, ' and renews by itself')}. Settle it with the partner and record the decision.`,
  },
  'certificate-expiring': {
    kind: 'Document',
    title: (params) => `${on(params)} Renew ${quoted(params, 'agreement')}`,
    note: (params) =>
      `It ${params.expired === 1 ? 'expired' : 'expires'} on ${dayOf(params, 'date')} and nothing of its kind holds for longer. Enter the new end, or the paper that follows it, and this task closes.`,
  },
  'esg-evidence-expiring': {
    kind: 'Document',
    title: (params) => `${on(params)} Ask for new ESG evidence`,
    note: (params) => `The evidence holds until ${dayOf(params, 'date')}. Enter its new end and this task closes.`,
  },
  'experiment-decision': {
    kind: 'Milestone',
    title: (params) => `${on(params)} Decide on the pilot ${quoted(params, 'milestone')}`,
    note: (params) =>
      `The decision was set for ${dayOf(params, 'decideOn')}: go on, change or stop. Mark the pilot done or cancelled, or set a new decision day, and this task closes.`,
  },
  'milestone-overdue': {
    kind: 'Milestone',
    title: (params) => `${on(params)} Overdue milestone ${quoted(params, 'milestone')}`,
    note: (params) =>
      `It was due on ${dayOf(params, 'date')}. If it is done, enter the day; if not, agree on a new date and say why.`,
  },
  'milestone-due': {
    kind: 'Milestone',
    title: (params) => `${on(params)} Milestone ${quoted(params, 'milestone')} is coming up`,
    note: (params) =>
      `It is due on ${dayOf(params, 'date')}. If the day cannot be held, tell the partner before it and agree on a new one. Enter the day it is done and this task closes.`,
  },
  'milestone-slipped': {
    kind: 'Milestone',
    title: (params) => `${on(params)} Milestone ${quoted(params, 'milestone')} has slipped: settle the plan`,
    note: (params) =>
      `It was first due on ${dayOf(params, 'first')} and is now due on ${dayOf(params, 'date')}. Tell the partner why, and look at what waits for it.`,
  },
  'milestone-thanks': {
    kind: 'Thanks',
    title: (params) => `${on(params)} Say thank you for ${quoted(params, 'milestone')}`,
    note: (params) =>
      `It was done on ${dayOf(params, 'date')}. Thank the people who did it, by name, on both sides. Close this task when you have.`,
  },
  'promise-overdue': {
    kind: 'Promise',
    title: (params) => `${on(params)} Keep our promise ${quoted(params, 'action')}`,
    note: (params) =>
      `It was due on ${dayOf(params, 'date')}. Do it, or tell the partner today by when it will be done. Enter the day it was done and this task closes.`,
  },
  'their-promise-overdue': {
    kind: 'Promise',
    title: (params) => `${on(params)} Ask the partner about ${quoted(params, 'action')}`,
    note: (params) =>
      `The partner promised it for ${dayOf(params, 'date')}. Ask what keeps it and agree on a new day. Enter the day it was done and this task closes.`,
  },
  'kpi-at-risk': {
    kind: 'KPI',
    title: (params) => `${on(params)} KPI ${quoted(params, 'kpi')}${others(params)} at risk: agree on what changes`,
    note: () =>
      'Far behind the pace the period asks for. Agree with the partner on what will be done differently, or on a target that can be held. Once nothing is at risk any more this task closes.',
  },
  'kpi-stale': {
    kind: 'KPI',
    title: (params) => `Refresh KPI numbers (${params.count ?? 1})`,
    note: (params) =>
      `Nobody has read these for twice as long as was agreed (${nameIn(params, 'partnership')}). Enter the numbers of today and this task closes.`,
  },
  'risk-without-plan': {
    kind: 'Risk',
    title: (params) => `${on(params)} Plan for risk ${quoted(params, 'risk')}`,
    note: () =>
      'The time its grade gives for a plan is over. Write down what is done, by whom and by when, and this task closes.',
  },
  'risk-review': {
    kind: 'Risk',
    title: (params) => `${on(params)} Look at risk ${quoted(params, 'risk')} again`,
    note: (params) =>
      `It is to be looked at again by ${dayOf(params, 'date')}: likelihood, impact and whether the plan works. Set the next day and this task closes.`,
  },
  'issue-acknowledge': {
    kind: 'Issue',
    title: (params) => `${on(params)} Acknowledge issue ${quoted(params, 'issue')}`,
    note: () =>
      'Tell the partner that it has arrived and who looks into it, and name who decides. Enter the day and this task turns to the solution.',
  },
  'conflict-step': {
    kind: 'Issue',
    title: (params) => `${on(params)} Take issue ${quoted(params, 'issue')} one step further`,
    note: (params) =>
      `It has stood at ${stateOf(params, 'state')} since ${dayOf(params, 'date')}, longer than agreed; next comes ${stateOf(params, 'to')}. Take it there, or settle it where it is.`,
  },
  'issue-resolve': {
    kind: 'Issue',
    title: (params) => `${on(params)} Resolve issue ${quoted(params, 'issue')}`,
    note: (params) =>
      `${dayIn(params, 'opened') === undefined ? 'It is open' : `It was raised on ${dayOf(params, 'opened')}`}. Look at the facts together with the partner, and agree on what is done by whom and by when. Enter the day it was resolved and this task closes.`,
  },
  'recovery-step': {
    kind: 'Recovery',
    title: (params) =>
      `${on(params)} ${RECOVERY[String(params.step)] ?? RECOVERY.check} after ${quoted(params, 'issue')}`,
    note: (params) =>
      `It is due by ${dayOf(params, 'date')}: ${WINS_BACK[String(params.step)] ?? WINS_BACK.check}, and this task closes.`,
  },
  'lesson-missing': {
    kind: 'Lesson',
    title: (params) => `${on(params)} Write down what ${quoted(params, 'issue')} taught`,
    note: (params) =>
      `It was resolved on ${dayOf(params, 'date')}. Two sentences will do: what happened, and what is done differently now. Enter them and this task closes.`,
  },
  'decision-waiting': {
    kind: 'Decision',
    title: (params) => `${on(params)} Decide on ${quoted(params, 'decision')}`,
    note: (params) =>
      `The decision was asked for on ${dayOf(params, 'date')}. Approve, reject or put it on hold, with the reason, and this task closes.`,
  },
  'decision-expired': {
    kind: 'Decision',
    title: (params) => `${on(params)} Confirm or end the temporary decision ${quoted(params, 'decision')}`,
    note: (params) =>
      `It held until ${dayOf(params, 'date')}. Ratify it, take it back or give it a new last day, and this task closes.`,
  },
  'role-review': {
    kind: 'Roles',
    title: (params) => `${on(params)} Bring the role descriptions up to date`,
    note: (params) =>
      `The first is to be looked at again by ${dayOf(params, 'date')} (${params.count ?? 1} in all). Check with the partner who does what and who answers for it, and set the next day.`,
  },
  'feedback-unanswered': {
    kind: 'Feedback',
    title: (params) => `${on(params)} Answer the feedback of ${dayOf(params, 'date')}`,
    note: () =>
      'The partner has had no answer. Say what happens with it, even where that is only who looks into it. Enter the day it was answered and this task closes.',
  },
  silence: {
    kind: 'Contact',
    title: (params) => `${on(params)} Get in touch with the partner`,
    note: (params) =>
      `Both sides last spoke on ${dayOf(params, 'date')}. Call them, and write the contact down: then this task closes.`,
  },
  'owner-missing': {
    kind: 'People',
    title: (params) => `${on(params)} Name an owner and hand over`,
    note: () =>
      'Nobody is named as owner. Name one, hand over contacts, promises and open issues, and introduce them to the partner. Once an owner is entered this task closes.',
  },
  'contact-left': {
    kind: 'People',
    title: (params) => `${on(params)} Find the successor of ${nameIn(params, 'contact') || 'their contact'}`,
    note: () => 'No contact person is left on their side. Ask for a successor, and add them: then this task closes.',
  },
  'data-hygiene': {
    kind: 'Data',
    title: (params) => `Tidy up the tables (${params.count ?? 1})`,
    note: () =>
      'These cells cannot be read, so that what rests on them stays open. Once they are mended this task closes.',
  },
  escalation: {
    kind: 'Escalation',
    title: (params) =>
      Number(params.count ?? 1) > 1
        ? `Overdue in your team: ${params.count} tasks`
        : `Overdue in your team: ${clip(String(params.title ?? ''), 90)}`,
    note: () =>
      'Still open days after it was due. Ask what is in the way: help, take it over or move the day. Once all of it is done or moved this task closes; close it yourself and you are not told of these again.',
  },
  digest: {
    kind: 'Digest',
    title: (params) => `More for the next days (${params.count ?? 1})`,
    note: () => 'Enough is new today. These come on the next days as tasks of their own:',
  },
};

/** Why a task of each rule was closed. */
export const closed: Omit<Words['closed'], 'other'> = {
  'review-due': 'the review was held or is no longer due',
  'evaluation-due': 'the evaluation was held or is no longer due',
  'briefing-due': 'the briefing was given or is no longer due',
  'review-without-actions': 'the actions were written down, or another review was held',
  'next-goals': 'goals for the next period are there',
  'milestone-overdue': 'the milestone was done, moved or cancelled',
  'milestone-thanks': 'the milestone is open again',
  'promise-overdue': 'the promise was kept, moved or cancelled',
  'decide-by': 'the decision was recorded or the term has moved',
  'certificate-expiring': 'the paper was renewed or is no longer needed',
  'esg-evidence': 'new evidence is there',
  'kpi-at-risk': 'no KPI is at risk any more',
  'kpi-stale': 'the numbers were refreshed, their period is over, or they are for somebody else now',
  'risk-care': 'the plan is there, the risk was looked at again, or it is closed',
  issue: 'the issue was resolved or has moved on',
  recovery: 'the step was taken, or the issue is closed',
  'lesson-missing': 'the lesson was written down',
  'decision-waiting': 'the decision was taken or put on hold',
  'decision-expired': 'the decision was settled',
  'role-review': 'the role descriptions were looked at',
  'feedback-unanswered': 'the feedback was answered',
  silence: 'both sides have spoken, or the overdue review asks for it',
  'hand-over': 'an owner was named',
  'contact-left': 'there is a contact person again',
  'data-hygiene': 'everything can be read, or is for somebody else now',
  escalation: 'all of it was done or moved, or its reason is gone',
  digest: 'everything has a task of its own',
};
