/** The tables of the small team as its sandbox is filled with them. */
import type { AirtableWorkspace, NotionWorkspace } from '../../src/sandbox/workspace.js';

export type Tool = 'notion' | 'airtable';
export type Tokens = Readonly<Record<Tool, string>>;

const uuid = (kind: string, index: number): string => `${kind}-0000-4000-8000-${String(index).padStart(12, '0')}`;
const airtableId = (prefix: string, index: number): string => `${prefix}${String(index).padStart(14, '0')}`;

/** Ids of the Notion data sources. */
export const SOURCES = {
  partners: uuid('0da7a001', 1),
  milestones: uuid('0da7a001', 2),
  tasks: uuid('0da7a001', 3),
} as const;
export const AIRTABLE_BASE = 'appSmallTeam00000';

const PEOPLE = [
  { id: uuid('05e50001', 1), name: 'Ada Byrne', email: 'ada@example.com' },
  { id: uuid('05e50001', 2), name: 'Ben Castle', email: 'ben@example.com' },
] as const;
const CREATED = '2026-01-05T09:00:00.000Z';
const PARTNER_IDS = [uuid('0a9e0001', 1), uuid('0a9e0001', 2)];

const TASK_LABELS = ['To do', 'In progress', 'Done'];
const STATUS_LABELS = ['On track', 'Watch', 'At risk', 'Insufficient data'];
const KPI_LABELS = [
  'Too early',
  'On track',
  'Behind',
  'At risk',
  'Achieved',
  'Partly achieved',
  'Missed',
  'Not computable',
];

type Source = NotionWorkspace['databases'][number]['dataSources'][number];
type Properties = Source['properties'];
type Values = Source['pages'][number]['values'];

const options = (names: readonly string[]) => ({ options: names.map((name) => ({ name })) });
const relation = (id: string) => ({ id, type: 'relation', relatesTo: SOURCES.partners }) as const;

function source(id: string, name: string, properties: Properties, rows: readonly [string, Values][]) {
  const pages = rows.map(([pageId, values]) => ({ id: pageId, createdTime: CREATED, inTrash: false, values }));
  return { id: id.replace('0da7a001', '0dba0001'), title: name, dataSources: [{ id, name, properties, pages }] };
}

/** Alder has a review overdue and a term to decide about; Birch has a milestone overdue. */
export function notionOf(token: string): NotionWorkspace {
  const [alder = '', birch = ''] = PARTNER_IDS;
  return {
    name: 'Small team',
    token,
    bot: { id: uuid('0b070001', 1), name: 'Tandem' },
    users: PEOPLE.map((person) => ({ ...person })),
    databases: [
      source(
        SOURCES.partners,
        'Partners',
        {
          Partner: { id: 'title', type: 'title' },
          Code: { id: 'code', type: 'rich_text' },
          Tier: { id: 'tier', type: 'select', ...options(['Core', 'Basic']) },
          Owner: { id: 'ownr', type: 'people' },
          Since: { id: 'snce', type: 'date' },
          End: { id: 'endd', type: 'date' },
          Notice: { id: 'noti', type: 'number' },
          'Last review': { id: 'last', type: 'date' },
          Status: { id: 'stat', type: 'select', ...options(STATUS_LABELS) },
          Health: { id: 'heal', type: 'number' },
          Why: { id: 'whyy', type: 'rich_text' },
          'Decide by': { id: 'deci', type: 'date' },
          Tandem: { id: 'stmp', type: 'rich_text' },
        },
        [
          [
            alder,
            {
              Partner: 'Alder Labs',
              Code: 'AL-01',
              Tier: 'Core',
              Owner: [PEOPLE[0].id],
              Since: '2025-01-06',
              End: '2027-01-31',
              Notice: 30,
              'Last review': '2026-06-01',
            },
          ],
          [
            birch,
            {
              Partner: 'Birch Foods',
              Code: 'BF-02',
              Tier: 'Basic',
              Owner: [PEOPLE[1].id],
              Since: '2026-09-01',
              'Last review': '2026-11-10',
            },
          ],
        ],
      ),
      source(
        SOURCES.milestones,
        'Milestones',
        {
          Milestone: { id: 'title', type: 'title' },
          Partner: relation('part'),
          Due: { id: 'dued', type: 'date' },
          'Done on': { id: 'done', type: 'date' },
          Schedule: { id: 'schd', type: 'select', ...options(['Upcoming', 'Due soon', 'Overdue', 'Done']) },
        },
        [
          [uuid('0a9e0002', 1), { Milestone: 'Pilot', Partner: [birch], Due: '2026-11-02' }],
          [uuid('0a9e0002', 2), { Milestone: 'Roll-out', Partner: [alder], Due: '2027-03-01' }],
        ],
      ),
      source(
        SOURCES.tasks,
        'Tasks',
        {
          Task: { id: 'title', type: 'title' },
          Key: { id: 'keyy', type: 'rich_text' },
          Tandem: { id: 'stmp', type: 'rich_text' },
          Due: { id: 'dued', type: 'date' },
          Assignee: { id: 'assi', type: 'people' },
          Status: { id: 'stat', type: 'select', ...options(TASK_LABELS) },
          Partner: relation('part'),
          Note: { id: 'note', type: 'rich_text' },
        },
        [],
      ),
    ],
  };
}

const FIELDS = {
  KPIs: {
    Name: { type: 'singleLineText' },
    'Partner code': { type: 'singleLineText' },
    Target: { type: 'number', options: { precision: 0 } },
    Actual: { type: 'number', options: { precision: 0 } },
    Start: { type: 'date', options: { dateFormat: { name: 'iso', format: 'YYYY-MM-DD' } } },
    End: { type: 'date', options: { dateFormat: { name: 'iso', format: 'YYYY-MM-DD' } } },
    Achievement: { type: 'percent', options: { precision: 0 } },
    Status: { type: 'singleSelect', options: { choices: KPI_LABELS.map((name) => ({ name })) } },
  },
  Tasks: {
    Task: { type: 'singleLineText' },
    Key: { type: 'singleLineText' },
    Tandem: { type: 'multilineText' },
    Due: { type: 'date', options: { dateFormat: { name: 'iso', format: 'YYYY-MM-DD' } } },
    Assignee: { type: 'singleCollaborator' },
    Status: { type: 'singleSelect', options: { choices: TASK_LABELS.map((name) => ({ name })) } },
    Partner: { type: 'multilineText' },
    Note: { type: 'multilineText' },
  },
} as const;

const YEAR = { Target: 100, Start: '2026-01-01', End: '2026-12-31' };
const KPIS = [
  { Name: 'Joint leads', 'Partner code': 'AL-01', Actual: 95, ...YEAR },
  { Name: 'Integrations', 'Partner code': 'AL-01', Actual: 30, ...YEAR },
  { Name: 'Shops opened', 'Partner code': 'BF-02', Actual: 80, ...YEAR },
];

export function airtableOf(token: string): AirtableWorkspace {
  const table = (name: keyof typeof FIELDS, first: number, records: readonly Record<string, unknown>[]) => ({
    id: airtableId('tbl', first),
    name,
    primaryFieldId: airtableId('fld', first),
    fields: Object.entries(FIELDS[name]).map(([field, declared], index) => ({
      id: airtableId('fld', first + index),
      name: field,
      ...declared,
    })),
    records: records.map((fields, index) => ({ id: airtableId('rec', first + index), createdTime: CREATED, fields })),
  });
  return {
    token,
    user: { id: airtableId('usr', 9), name: 'Tandem', email: 'tandem@example.com' },
    collaborators: PEOPLE.map(({ name, email }, index) => ({ id: airtableId('usr', index), name, email })),
    bases: [{ id: AIRTABLE_BASE, name: 'Numbers', tables: [table('KPIs', 100, KPIS), table('Tasks', 200, [])] }],
  };
}
