/** The tables of the English sample: relationship data in Notion, numbers and contracts in an Airtable base. */
import { column, managed, reverse, type Table } from './layout.js';
import type { NotionTable } from './notion-render.js';

const TIERS = { strategic: 'Tier 1', core: 'Tier 2', basic: 'Tier 3' };
const STAGES = {
  awareness: 'Awareness',
  knowledge: 'Knowledge',
  selection: 'Selection',
  'working-together': 'Onboarding',
  'value-creation': 'Value creation',
  'staying-together': 'Staying together',
  exit: 'Exit',
};
/** The team's own words: the configuration translates them. */
const CADENCES = { monthly: 'Monthly', quarterly: 'Once a quarter', 'half-yearly': 'Twice a year', none: 'Never' };
const ROW_STATES = { planned: 'Not started', active: 'In progress', done: 'Done', 'on-hold': 'Paused' };
const SIDES = { us: 'Us', them: 'Partner', both: 'Joint' };
const LEVELS = { none: 'None', low: 'Low', medium: 'Medium', high: 'High', critical: 'Critical' };
const HEALTH = {
  'on-track': 'On track',
  watch: 'Watch',
  'at-risk': 'At risk',
  'insufficient-data': 'Insufficient data',
};
/** "Behind" stands for a KPI that lags and for one that ended partly achieved. */
const KPI_STATES = {
  'too-early': 'Too early',
  'on-track': 'On track',
  behind: 'Behind',
  'at-risk': 'At risk',
  achieved: 'Achieved',
  missed: 'Missed',
  'not-computable': 'Not computable',
};

/** Both columns were renamed after the mapping was written; configurations name them by these ids. */
export const RENAMED_OWNER = 'oWn%7B';
export const RENAMED_ACTUAL = 'fldActualThisYear';

const partner = column('partnership', 'Partner', 'relation', { to: 'partnerships' });
const owner = column('owner', 'Owner', 'people');

const partnerships: NotionTable = {
  entity: 'partnerships',
  title: 'Partners',
  columns: [
    column('name', 'Partner', 'title'),
    column('code', 'Partner code', 'rich_text'),
    column('type', 'Type', 'rich_text'),
    column('tier', 'Tier', 'select', { labels: TIERS, strange: ['tbd'] }),
    column('stage', 'Stage', 'select', { labels: STAGES }),
    column('stageSince', 'Stage since', 'date'),
    column('owner', 'Partner manager (was: Owner)', 'people', { id: RENAMED_OWNER }),
    column('start', 'Partner since', 'date'),
    column('reviewCadence', 'Review rhythm', 'select', { labels: CADENCES }),
    column('lastReview', 'Last review', 'date'),
    column('profile', 'Profile complete', 'number', { format: 'percent' }),
    column('esg', 'ESG checklist', 'number', { format: 'percent' }),
    column('language', 'Language', 'rich_text'),
    column('overrideStatus', 'Our call', 'select', { labels: HEALTH }),
    column('overrideReason', 'Our call: why', 'rich_text'),
    column('overrideUntil', 'Our call: until', 'date'),
    column('muted', 'No reminders', 'checkbox'),
    column('note', 'Notes', 'rich_text'),
    reverse('Interactions', 'interactions', 'Partner'),
    managed('Status', 'select', { labels: HEALTH }),
    managed('Health', 'number'),
    managed('Performance', 'number'),
    managed('Trust', 'number'),
    managed('KPI achievement', 'number', { format: 'percent' }),
    managed('Confidence', 'select', { labels: { high: 'High', medium: 'Medium', low: 'Low' } }),
    managed('Risk level', 'select', { labels: LEVELS }),
    managed('Risk flags', 'rich_text'),
    managed('Why', 'rich_text'),
    managed('Next review', 'date'),
    managed('Decide by', 'date'),
    managed('Changed on', 'date'),
    managed('Tandem', 'rich_text'),
  ],
};

const milestones: NotionTable = {
  entity: 'milestones',
  title: 'Milestones',
  columns: [
    column('name', 'Milestone', 'title'),
    partner,
    column('kind', 'Kind', 'select', { labels: { delivery: 'Delivery', pilot: 'Pilot' } }),
    column('due', 'Due', 'date'),
    column('originalDue', 'First due', 'date'),
    column('doneOn', 'Done on', 'date'),
    column('status', 'State', 'status', { labels: ROW_STATES, strange: ['tbd'] }),
    column('progress', 'Progress', 'number', { format: 'percent' }),
    column('weight', 'Weight', 'number'),
    owner,
    column('side', 'Whose', 'select', { labels: SIDES }),
    managed('Slip (days)', 'number'),
    managed('Schedule', 'select', {
      labels: { upcoming: 'Upcoming', 'due-soon': 'Due soon', overdue: 'Overdue', done: 'Done' },
    }),
  ],
};

const reviews: NotionTable = {
  entity: 'reviews',
  title: 'Reviews',
  columns: [
    column('name', 'Review', 'title'),
    partner,
    column('kind', 'Kind', 'select', {
      labels: { performance: 'Business review', relationship: 'Relationship', evaluation: 'Evaluation' },
    }),
    column('plannedOn', 'Planned for', 'date'),
    column('heldOn', 'Held on', 'date'),
    column('status', 'State', 'select', {
      labels: { planned: 'Scheduled', moved: 'Postponed', held: 'Held', cancelled: 'Cancelled' },
    }),
    column('actionCount', 'Actions', 'rollup'),
    column('satisfaction', 'Satisfaction', 'number'),
    column('communication', 'Communication', 'number'),
    column('problemResponse', 'Problem response', 'number'),
    column('trust', 'Trust', 'number'),
    column('side', 'View of', 'select', { labels: SIDES }),
  ],
};

const risks: NotionTable = {
  entity: 'risks',
  title: 'Risks',
  columns: [
    column('name', 'Risk', 'title'),
    partner,
    column('likelihood', 'Likelihood', 'number'),
    column('impact', 'Impact', 'number'),
    owner,
    column('plan', 'Plan', 'rich_text'),
    column('planDue', 'Plan due', 'date'),
    column('openedOn', 'Opened on', 'date'),
    column('reviewBy', 'Look again', 'date'),
    column('status', 'State', 'select', {
      labels: { open: 'Open', treating: 'Mitigating', accepted: 'Accepted', closed: 'Closed' },
      strange: ['tbd'],
    }),
    managed('Grade', 'select', { labels: { low: 'Low', medium: 'Medium', high: 'High', critical: 'Critical' } }),
  ],
};

const contacts: NotionTable = {
  entity: 'contacts',
  title: 'Contacts',
  columns: [
    column('name', 'Name', 'title'),
    partner,
    column('role', 'Role', 'rich_text'),
    column('side', 'Side', 'select', { labels: SIDES }),
    column('status', 'State', 'select', { labels: { active: 'Active', 'on-leave': 'On leave', left: 'Left' } }),
    column('lastContact', 'Last contact', 'date'),
    column('sponsor', 'Sponsor', 'checkbox'),
  ],
};

const interactions: NotionTable = {
  entity: 'interactions',
  title: 'Interactions',
  columns: [
    column('title', 'Subject', 'title'),
    { ...partner, syncedAs: 'Interactions' },
    column('date', 'Date', 'date'),
    column('type', 'Type', 'select', { labels: { formal: 'Formal', informal: 'Informal' } }),
    column('channel', 'Channel', 'rich_text'),
    column('tone', 'Tone', 'select', { labels: { positive: 'Positive', neutral: 'Neutral', negative: 'Negative' } }),
    column('direction', 'Direction', 'select', {
      labels: { inbound: 'Incoming', outbound: 'Outgoing', 'two-way': 'Two-way' },
    }),
    column('note', 'Notes', 'rich_text'),
  ],
};

const tasks: NotionTable = {
  entity: 'tasks',
  title: 'Tasks',
  columns: [
    column('title', 'Task', 'title'),
    column('due', 'Due', 'date'),
    column('assignee', 'Assignee', 'people'),
    column('status', 'Status', 'status', {
      labels: { todo: 'Not started', doing: 'In progress', done: 'Done', dropped: "Won't do" },
    }),
    partner,
    column('kind', 'Kind', 'rich_text'),
    column('note', 'Note', 'rich_text'),
    column('key', 'Tandem key', 'rich_text'),
    column('stamp', 'Tandem', 'rich_text'),
    column('snoozeUntil', 'Snooze until', 'date'),
  ],
};

export const ENGLISH_NOTION: readonly NotionTable[] = [
  partnerships,
  milestones,
  reviews,
  risks,
  contacts,
  interactions,
  tasks,
];

const code = column('partnership', 'Partner code', 'singleLineText');

const kpis: Table = {
  entity: 'kpis',
  title: 'KPIs',
  columns: [
    column('name', 'Name', 'singleLineText'),
    code,
    column('status', 'State', 'singleSelect', { labels: ROW_STATES, strange: ['tbd'] }),
    column('kind', 'Kind', 'singleSelect', { labels: { quantitative: 'Quantitative', qualitative: 'Qualitative' } }),
    column('direction', 'Direction', 'singleSelect', {
      labels: { higher: 'Up', lower: 'Down', range: 'Within range', rating: 'Rating', milestone: 'Yes/no' },
    }),
    column('accumulation', 'Adds up', 'singleSelect', {
      labels: { cumulative: 'Sum', count: 'Count', snapshot: 'Latest', ratio: 'Ratio' },
    }),
    column('baseline', 'Baseline', 'number'),
    column('target', 'Target', 'number'),
    column('targetHigh', 'Target high', 'number'),
    column('actual', 'Actual (YTD)', 'number', { id: RENAMED_ACTUAL }),
    column('numerator', 'Numerator', 'number'),
    column('denominator', 'Denominator', 'formula', { expression: '{Orders} - {Cancelled orders}' }),
    column('unit', 'Unit', 'singleLineText'),
    column('scale', 'Percent stored as', 'singleSelect', { labels: { fraction: 'fraction', percent: 'percent' } }),
    column('start', 'Start', 'date'),
    column('end', 'End', 'date'),
    column('weight', 'Weight', 'number'),
    column('critical', 'Critical', 'checkbox'),
    column('commitment', 'Commitment', 'singleSelect', { labels: { commit: 'Commit', stretch: 'Stretch' } }),
    column('perspective', 'Perspective', 'singleLineText'),
    column('owner', 'Owner', 'singleCollaborator'),
    column('measuredOn', 'Measured on', 'date'),
    column('cadence', 'Measured', 'singleSelect', { labels: CADENCES }),
    column('relevance', 'Rationale', 'multilineText'),
    managed('Achievement', 'percent'),
    managed('Expected', 'percent'),
    managed('Status', 'singleSelect', { labels: KPI_STATES }),
    managed('Why', 'multilineText'),
  ],
};

const measurements: Table = {
  entity: 'measurements',
  title: 'Readings',
  columns: [
    column('name', 'Name', 'singleLineText'),
    column('kpi', 'KPI', 'multipleRecordLinks', { to: 'kpis' }),
    column('date', 'Date', 'date'),
    column('value', 'Value', 'singleLineText'),
  ],
};

const agreements: Table = {
  entity: 'agreements',
  title: 'Agreements',
  columns: [
    column('name', 'Agreement', 'singleLineText'),
    code,
    column('kind', 'Kind', 'singleSelect', {
      labels: { contract: 'Contract', nda: 'NDA', insurance: 'Insurance', certificate: 'Certificate' },
    }),
    column('start', 'Start', 'date'),
    column('end', 'End', 'date'),
    column('noticeDays', 'Notice (days)', 'number'),
    column('autoRenew', 'Auto-renew', 'checkbox'),
    column('status', 'State', 'singleSelect', {
      labels: { draft: 'Draft', signed: 'In force', terminated: 'Ended' },
    }),
    column('decision', 'Renewal', 'singleSelect', {
      labels: { renew: 'Renew', renegotiate: 'Renegotiate', end: 'Let it end', undecided: 'Open' },
    }),
    column('decidedOn', 'Decided on', 'date'),
    column('value', 'Value', 'currency'),
  ],
};

export const ENGLISH_AIRTABLE: readonly Table[] = [kpis, measurements, agreements];
