import type { DataIssue } from '../domain/snapshot.js';
import { conflict } from './en/conflict.js';
import { delivery } from './en/delivery.js';
import { explain } from './en/explain.js';
import { governance } from './en/governance.js';
import { kpi } from './en/kpi.js';
import { forecast, kpiConflicts, kpiParts, kpiReasons } from './en/kpi-reasons.js';
import { day, quoted } from './en/phrases.js';
import { playbooks } from './en/playbooks.js';
import { portfolio } from './en/portfolio.js';
import { relationship } from './en/relationship.js';
import { risk } from './en/risk.js';
import { closed, tasks } from './en/tasks.js';
import { time } from './en/time.js';
import { nameIn, type Words } from './words.js';

const property = (issue: DataIssue): string => `“${issue.property ?? ''}”`;

export const en: Words = {
  day,
  rules: { ...kpi, ...delivery, ...risk, ...conflict, ...relationship, ...governance, ...time },
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
  kpiReasons,
  forecast,
  kpiParts,
  kpiConflicts,
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
  tasks,
  playbooks,
  closed: { ...closed, other: 'its reason is gone' },
  closedOn: (given, sentence) => `Closed by Tandem on ${day(given)}: ${sentence}`,
  dataIssues: {
    'unknown-label': (issue) =>
      `${property(issue)} holds ${quoted(issue.params, 'found')}, which stands for nothing known: add it to \`values\``,
    'not-a-number': (issue) => `${property(issue)} holds ${quoted(issue.params, 'found')}, which is no number`,
    'not-a-date': (issue) => `${property(issue)} holds ${quoted(issue.params, 'found')}, which is no date`,
    'not-a-plan': (issue) =>
      `${property(issue)} holds ${quoted(issue.params, 'found')}, which is no monthly plan: write it like “Jan 100, Feb 120”, or one value per month`,
    'not-readable': (issue) => `${property(issue)} cannot be read (${nameIn(issue.params, 'found')})`,
    'ambiguous-scale': (issue) => `${property(issue)} mixes shares and percent: state the scale`,
    'required-empty': (issue) => `${property(issue)} is empty but needed`,
    'link-broken': (issue) => `${property(issue)} links to rows that are not there (${issue.params.count ?? 1})`,
    'code-unmatched': (issue) => `${property(issue)}: no partnership has the code ${quoted(issue.params, 'found')}`,
    'code-spelling': (issue) =>
      `${property(issue)}: no partnership has the code ${quoted(issue.params, 'found')}; ${quoted(issue.params, 'near')} looks like it`,
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
    'week-kept': 'Scores of the week',
  },
  explain,
  portfolio,
  statusChanged: (label) => `Now “${label}”`,
  why: {
    override: (reason, until, computed) =>
      `Set by a person${until === undefined ? '' : ` until ${day(until)}`}${reason === '' ? '' : `: ${reason}`} · computed: ${computed}`,
    frozen: (entities) => `Not judged: ${entities.join(', ')} could not be read whole`,
    insufficient: 'Too little is measured to judge',
    outdated: 'Too few fresh KPI numbers to call it on track',
    weak: (dimensions) => `Weak: ${dimensions.join(', ')}`,
    more: (count) => `${count} more`,
    held: (label, edge, rising) => `Becomes “${label}” ${rising ? 'from' : 'below'} ${edge} points`,
    fine: 'No warning signs',
  },
};
