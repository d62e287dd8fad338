/** English. Sentence fragments without a full stop, since several stand side by side in one cell. */
import type { Params } from '../domain/assessment.js';
import type { Day } from '../domain/calendar.js';
import type { DataIssue } from '../domain/snapshot.js';
import { dayIn, nameIn, partIn, percentIn, type Words } from './words.js';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "30 Nov 2026". */
const day = (given: Day): string =>
  `${Number(given.slice(8, 10))} ${MONTHS[Number(given.slice(5, 7)) - 1] ?? ''} ${Number(given.slice(0, 4))}`;

const dayOf = (params: Params, key: string): string => {
  const found = dayIn(params, key);
  return found === undefined ? 'an unknown day' : day(found);
};

const quoted = (params: Params, key: string): string => `“${nameIn(params, key)}”`;
const property = (issue: DataIssue): string => `“${issue.property ?? ''}”`;
const renews = (params: Params, text: string): string => (params.autoRenew === 1 ? text : '');
const reached = (params: Params): string => percentIn(params, 'achievement');

const forecast = (params: Params): string => `about ${percentIn(params, 'forecast')} expected`;
const unlikely = (params: Params): string => (params.unlikely === 1 ? `, ${forecast(params)}` : '');

const kpiParts: Words['kpiParts'] = {
  actual: 'there is no actual value',
  target: 'the target is missing, or the same as the baseline',
  targetHigh: 'the upper bound is missing, or below the lower one',
  baseline: 'the baseline cannot be read',
  period: 'the start and end of its period are missing or contradict each other',
  direction: 'its direction contradicts baseline and target',
  accumulation: 'it does not say how readings add up',
  numerator: 'the numerator is missing',
  denominator: 'the denominator is missing or 0',
  reading: 'a reading cannot be read',
  scale: 'actual and target seem to be in different scales (share and percent)',
  size: 'the numbers are too large to calculate with',
};

const PROMISE: Readonly<Partial<Record<string, string>>> = {
  us: 'Our promise',
  them: 'Promise of the partner',
  both: 'Joint promise',
};

/** An open issue, and what of it is late. */
function missed(params: Params): string {
  if (dayIn(params, 'by') !== undefined) {
    return `not ${params.missed === 'acknowledge' ? 'acknowledged' : 'resolved'} (due ${dayOf(params, 'by')})`;
  }
  return dayIn(params, 'opened') === undefined ? 'open' : `open since ${dayOf(params, 'opened')}`;
}

export const en: Words = {
  day,
  findings: {
    'kpi-at-risk': (params) => `KPI ${quoted(params, 'kpi')} is far behind its target pace at ${reached(params)}`,
    'kpi-behind': (params) => `KPI ${quoted(params, 'kpi')} is behind its target pace at ${reached(params)}`,
    'kpi-missed': (params) =>
      dayIn(params, 'end') === undefined
        ? `KPI ${quoted(params, 'kpi')} missed its target with ${reached(params)}`
        : `KPI ${quoted(params, 'kpi')} ended on ${dayOf(params, 'end')} at ${reached(params)} of its target`,
    'kpi-not-computable': (params) => `KPI ${quoted(params, 'kpi')} cannot be computed: ${kpiParts[partIn(params)]}`,
    'milestone-overdue': (params) => `Milestone ${quoted(params, 'milestone')} was due on ${dayOf(params, 'date')}`,
    'review-overdue': (params) =>
      dayIn(params, 'lastHeld') === undefined
        ? `First review was due on ${dayOf(params, 'date')}`
        : `Review was due on ${dayOf(params, 'date')} (last held ${dayOf(params, 'lastHeld')})`,
    'review-due': (params) =>
      params.planned === 1 ? `Review planned for ${dayOf(params, 'date')}` : `Review due by ${dayOf(params, 'date')}`,
    'decide-by': (params) =>
      `Decide on renewal by ${dayOf(params, 'date')} (notice deadline ${dayOf(params, 'deadline')}${renews(params, ', renews by itself')})`,
    'notice-passed': (params) =>
      `Notice deadline ${dayOf(params, 'deadline')} passed without a decision${renews(params, ', so the term renews by itself')}`,
    'decision-waiting': (params) =>
      `Decision ${quoted(params, 'decision')} has been waiting since ${dayOf(params, 'date')}`,
    'decision-without-rationale': (params) => `Decision ${quoted(params, 'decision')} has no written rationale`,
    'decision-expired': (params) =>
      `Temporary decision ${quoted(params, 'decision')} expired on ${dayOf(params, 'date')}`,
    'action-overdue': (params) =>
      `${PROMISE[String(params.side)] ?? 'Action'} ${quoted(params, 'action')} was due on ${dayOf(params, 'date')}`,
    'review-without-actions': (params) => `No actions came out of the review of ${dayOf(params, 'date')}`,
    'feedback-unanswered': (params) => `Feedback of ${dayOf(params, 'date')} is not answered`,
    'owner-missing': () => 'Nobody is named as owner',
    'contact-left': (params) => `No contact person is left (last known: ${nameIn(params, 'contact')})`,
    'single-contact': (params) => `${nameIn(params, 'contact')} is the only contact person`,
    'certificate-expiring': (params) =>
      `${quoted(params, 'agreement')} ${params.expired === 1 ? 'expired' : 'expires'} on ${dayOf(params, 'date')}`,
    'risk-without-plan': (params) => `Risk ${quoted(params, 'risk')} has no plan`,
    'risk-review-overdue': (params) =>
      `Risk ${quoted(params, 'risk')} was to be looked at again by ${dayOf(params, 'date')}`,
    'issue-open': (params) =>
      `${params.grade === 'critical' ? 'Critical' : 'Serious'} issue ${quoted(params, 'issue')} is ${missed(params)}`,
    'kpi-stale': (params) => `KPI ${quoted(params, 'kpi')} was last read on ${dayOf(params, 'date')}`,
    'period-ends-without-next': (params) => `The KPIs end on ${dayOf(params, 'date')} and none follow`,
    'stage-stalled': (params) => `In the same stage since ${dayOf(params, 'date')}`,
    imbalance: (params) =>
      params.lacks === 'trust'
        ? 'Results without trust: trust is far below performance'
        : 'Trust without results: performance is far below trust',
    silence: (params) => `No two-way contact since ${dayOf(params, 'date')}`,
    'risk-critical': (params) =>
      `Critical risk ${quoted(params, 'risk')} is open (likelihood ${params.likelihood}, impact ${params.impact})`,
    'risk-high': (params) =>
      `High risk ${quoted(params, 'risk')} is open (likelihood ${params.likelihood}, impact ${params.impact})`,
  },
  flags: {
    'kpi-at-risk': 'KPI at risk',
    'kpi-behind': 'KPI behind',
    'kpi-missed': 'KPI missed',
    'kpi-not-computable': 'KPI not computable',
    'milestone-overdue': 'Milestone overdue',
    'review-overdue': 'Review overdue',
    'review-due': 'Review due',
    'decide-by': 'Renewal decision due',
    'notice-passed': 'Notice deadline passed',
    'decision-waiting': 'Decision waiting',
    'decision-without-rationale': 'Decision without rationale',
    'decision-expired': 'Decision expired',
    'action-overdue': 'Action overdue',
    'review-without-actions': 'Review without actions',
    'feedback-unanswered': 'Feedback unanswered',
    'owner-missing': 'No owner',
    'contact-left': 'No contact person',
    'single-contact': 'Single contact',
    'certificate-expiring': 'Certificate expiring',
    'risk-without-plan': 'Risk without plan',
    'risk-review-overdue': 'Risk review overdue',
    'issue-open': 'Open issue',
    'kpi-stale': 'KPI out of date',
    'period-ends-without-next': 'No goals for next period',
    'stage-stalled': 'Stage stalled',
    imbalance: 'Trust and results apart',
    silence: 'Silence',
    'risk-critical': 'Critical risk',
    'risk-high': 'High risk',
  },
  labels: {
    partnershipStatus: {
      'on-track': 'On track',
      watch: 'Watch',
      'at-risk': 'At risk',
      'insufficient-data': 'Insufficient data',
    },
    kpiStatus: {
      'too-early': 'Too early',
      'on-track': 'On track',
      behind: 'Behind',
      'at-risk': 'At risk',
      achieved: 'Achieved',
      partly: 'Partly achieved',
      missed: 'Missed',
      'not-computable': 'Not computable',
    },
    milestoneStatus: { upcoming: 'Upcoming', 'due-soon': 'Due soon', overdue: 'Overdue', done: 'Done' },
    riskLevel: { none: 'None', low: 'Low', medium: 'Medium', high: 'High', critical: 'Critical' },
    confidence: { high: 'High', medium: 'Medium', low: 'Low' },
    taskStatus: { todo: 'To do', doing: 'In progress', done: 'Done', dropped: "Won't do" },
  },
  kpiReasons: {
    'on-pace': (params) => `On pace at ${reached(params)}`,
    'behind-pace': (params) => `Behind the target pace at ${reached(params)}${unlikely(params)}`,
    'far-behind-pace': (params) => `Far behind the target pace at ${reached(params)}${unlikely(params)}`,
    'too-early': (params) => `Too early to judge (${reached(params)} so far)`,
    'not-begun': (params) =>
      dayIn(params, 'start') === undefined ? 'Not begun yet' : `Begins on ${dayOf(params, 'start')}`,
    'period-achieved': (params) => `Period over, target achieved with ${reached(params)}`,
    'period-partly': (params) => `Period over, partly achieved with ${reached(params)}`,
    'period-missed': (params) => `Period over, missed with ${reached(params)}`,
    'already-achieved': (params) => `Target already achieved with ${reached(params)}`,
    missing: (params) => `Cannot be computed: ${kpiParts[partIn(params)]}`,
    'not-live': (params) => (params.status === 'on-hold' ? 'On hold' : 'Cancelled'),
  },
  forecast,
  kpiParts,
  dimensions: { performance: 'performance', delivery: 'delivery', trust: 'trust', strategic: 'strategic fit and ESG' },
  entities: {
    partnerships: 'partnerships',
    kpis: 'KPIs',
    measurements: 'KPI readings',
    milestones: 'milestones',
    reviews: 'reviews',
    actions: 'actions',
    risks: 'risks',
    issues: 'issues',
    decisions: 'decisions',
    contacts: 'contacts',
    interactions: 'interactions',
    feedback: 'feedback',
    roles: 'roles',
    agreements: 'agreements',
    tasks: 'tasks',
    history: 'history',
  },
  tasks: {
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
  },
  closed: {
    'review-due': 'the review was held or is no longer due',
    'milestone-overdue': 'the milestone was done, moved or cancelled',
    'decide-by': 'the decision was recorded or the term has moved',
    other: 'its reason is gone',
  },
  closedOn: (given, sentence) => `Closed by Tandem on ${day(given)}: ${sentence}`,
  dataIssues: {
    'unknown-label': (issue) =>
      `${property(issue)} holds ${quoted(issue.params, 'found')}, which stands for nothing known: add it to \`values\``,
    'not-a-number': (issue) => `${property(issue)} holds ${quoted(issue.params, 'found')}, which is no number`,
    'not-a-date': (issue) => `${property(issue)} holds ${quoted(issue.params, 'found')}, which is no date`,
    'not-readable': (issue) => `${property(issue)} cannot be read (${nameIn(issue.params, 'found')})`,
    'ambiguous-scale': (issue) => `${property(issue)} mixes shares and percent: state the scale`,
    'required-empty': (issue) => `${property(issue)} is empty but needed`,
    'link-broken': (issue) => `${property(issue)} links to rows that are not there (${issue.params.count ?? 1})`,
    'code-unmatched': (issue) => `${property(issue)}: no partnership has the code ${quoted(issue.params, 'found')}`,
    'code-doubled': (issue) => `Several partnerships have the code ${quoted(issue.params, 'found')}`,
    'name-doubled': (issue) => `Several partnerships are called ${quoted(issue.params, 'found')}`,
    'key-copied': () => 'A copy of a task of ours: only the original is kept up to date',
    'property-missing': (issue) =>
      `There is no property ${property(issue)}${nameIn(issue.params, 'near') === '' ? '' : `: did you mean ${quoted(issue.params, 'near')}?`}`,
    'property-type': (issue) =>
      `${property(issue)} (${nameIn(issue.params, 'type')}) cannot hold what is written to it`,
    'label-missing': (issue) => `${property(issue)} has no option for ${quoted(issue.params, 'value')}`,
    'text-cut': (issue) => `The text for ${property(issue)} was cut to fit`,
    'assignee-refused': (issue) => `${property(issue)} was left empty: the tool does not accept the person`,
    'assignee-missing': (issue) => `${quoted(issue.params, 'title')} has no assignee: nobody is named as owner`,
    'edited-by-hand': (issue) => `${property(issue)} was edited by hand and is set back`,
    'summary-differs': (issue) => `${property(issue)} differs from what its rows say; the rows count`,
    'row-trashed': () => 'The row is in the trash',
    'task-vanished': () => 'The task is not there any more, and not in the trash either',
  },
  changes: {
    'status-changed': 'Status changed',
    'assessment-updated': 'Assessment updated',
    'set-back': 'Edited by hand: set back to the computed value',
    'task-due': 'Task due',
    'task-promoted': 'Draft task completed',
    'task-moved': 'Task brought up to date',
    'task-closed': 'Task closed',
  },
  statusChanged: (label) => `Now “${label}”`,
  why: {
    override: (reason, until, computed) =>
      `Set by a person${until === undefined ? '' : ` until ${day(until)}`}${reason === '' ? '' : `: ${reason}`} · computed: ${computed}`,
    frozen: (entities) => `Not judged: ${entities.join(', ')} could not be read whole`,
    insufficient: 'Too little is measured to judge',
    weak: (dimensions) => `Weak: ${dimensions.join(', ')}`,
    more: (count) => `${count} more`,
    held: (label, edge, rising) => `Becomes “${label}” ${rising ? 'from' : 'below'} ${edge} points`,
    fine: 'No warning signs',
  },
};

function held(params: Params): string {
  return dayIn(params, 'lastHeld') === undefined ? '' : ` (last held ${dayOf(params, 'lastHeld')})`;
}
