/**
 * The smallest team in which everything can go wrong: five partnerships and their milestones in Notion, KPIs in
 * Airtable, and the tasks in either. Every table has a column of remarks Tandem knows nothing of.
 */

import type { Config } from '../../src/config/config.js';
import { loadConfig } from '../../src/config/load.js';
import type { AirtableWorkspace, NotionWorkspace, SandboxWorkspace } from '../../src/sandbox/workspace.js';

export type Tool = 'notion' | 'airtable';
export type TableName = 'partners' | 'milestones' | 'kpis' | 'tasks';

export const START = Date.parse('2026-11-23T08:00:00Z');
export const WORKSPACE = 'simulated';
export const BASE = 'appSimulatedTeam0';

const uuid = (kind: string, n: number): string => `${kind}-0000-4000-8000-${String(n).padStart(12, '0')}`;
const airtableId = (prefix: string, n: number): string => `${prefix}${String(n).padStart(14, '0')}`;

/** Ids of the tables; the tasks are in one of the two. */
export const NOTION_TABLES = {
  partners: uuid('0da7a001', 1),
  milestones: uuid('0da7a001', 2),
  tasks: uuid('0da7a001', 3),
} as const;
export const AIRTABLE_TABLES = { kpis: airtableId('tbl', 100), tasks: airtableId('tbl', 200) } as const;

/** Cara answers for nothing until somebody hands her a task. */
export const PEOPLE = ['Ada Byrne', 'Ben Castle', 'Cara Dunne'].map((name, index) => ({
  id: uuid('05e50001', index + 1),
  airtableId: airtableId('usr', index + 1),
  name,
  email: `${name.split(' ')[0]?.toLowerCase()}@example.com`,
}));
export const milestoneId = (n: number): string => uuid('0a9e0002', n);

const CREATED = '2026-01-05T09:00:00.000Z';
const DAY = { type: 'date' } as const;
const TASK_LABELS = ['To do', 'In progress', 'Done', "Won't do"];
export const STATUS_LABELS = ['On track', 'Watch', 'At risk', 'Insufficient data'];
const KPI_LABELS = ['Too early', 'On track', 'Behind', 'At risk', 'Achieved', 'Partly achieved', 'Missed', 'Unclear'];

interface Partner {
  readonly name: string;
  readonly code: string;
  readonly owner: number;
  readonly values: Readonly<Record<string, string | number>>;
  readonly milestones: readonly { readonly name: string; readonly due: string }[];
  readonly kpis: readonly (readonly [name: string, actual: number])[];
}

const TIER = { Tier: 'Core', Since: '2025-01-06' };
const PARTNERS: readonly Partner[] = [
  {
    name: 'Alder Labs',
    code: 'AL-01',
    owner: 0,
    values: { ...TIER, End: '2027-01-31', Notice: 30, 'Last review': '2026-06-01' },
    milestones: [{ name: 'Roll-out', due: '2027-03-01' }],
    kpis: [
      ['Joint leads', 95],
      ['Integrations', 30],
    ],
  },
  {
    name: 'Birch Foods',
    code: 'BF-02',
    owner: 1,
    values: { Tier: 'Basic', Since: '2026-09-01', 'Last review': '2026-11-10' },
    milestones: [{ name: 'Pilot', due: '2026-11-02' }],
    kpis: [['Shops opened', 80]],
  },
  {
    name: 'Cedar Bank',
    code: 'CB-03',
    owner: 0,
    values: { ...TIER, End: '2026-12-31', Notice: 14, 'Last review': '2026-10-20' },
    milestones: [{ name: 'Launch', due: '2026-12-04' }],
    kpis: [['Cards issued', 88]],
  },
  {
    name: 'Dogwood Media',
    code: 'DM-04',
    owner: 1,
    values: { ...TIER, 'Last review': '2026-09-01' },
    milestones: [{ name: 'Campaign', due: '2026-11-27' }],
    kpis: [['Reach', 91]],
  },
  {
    name: 'Elm Energy',
    code: 'EE-05',
    owner: 0,
    values: { Tier: 'Basic', Since: '2026-03-02', 'Last review': '2026-08-03' },
    milestones: [{ name: 'Permit', due: '2026-12-18' }],
    kpis: [['Sites', 40]],
  },
];

type Source = NotionWorkspace['databases'][number]['dataSources'][number];
type Values = Source['pages'][number]['values'];

const options = (names: readonly string[]) => ({ options: names.map((name) => ({ name })) });
const partnerId = (index: number): string => uuid('0a9e0001', index + 1);

function database(id: string, name: string, properties: Source['properties'], rows: readonly [string, Values][]) {
  const pages = rows.map(([pageId, values]) => ({ id: pageId, createdTime: CREATED, inTrash: false, values }));
  return { id: id.replace('0da7a001', '0dba0001'), title: name, dataSources: [{ id, name, properties, pages }] };
}

const remarks = { id: 'rmrk', type: 'rich_text' } as const;
const relation = { id: 'part', type: 'relation', relatesTo: NOTION_TABLES.partners } as const;

function notion(): NotionWorkspace {
  return {
    name: 'Simulated team',
    token: TOKENS.NOTION_TOKEN,
    bot: { id: uuid('0b070001', 1), name: 'Tandem' },
    users: PEOPLE.map(({ id, name, email }) => ({ id, name, email })),
    databases: [
      database(
        NOTION_TABLES.partners,
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
          Remarks: remarks,
          Status: { id: 'stat', type: 'select', ...options(STATUS_LABELS) },
          Health: { id: 'heal', type: 'number' },
          Why: { id: 'whyy', type: 'rich_text' },
          'Decide by': { id: 'deci', type: 'date' },
          Tandem: { id: 'stmp', type: 'rich_text' },
        },
        PARTNERS.map(({ name, code, owner, values }, index) => [
          partnerId(index),
          { Partner: name, Code: code, Owner: [PEOPLE[owner]?.id ?? ''], ...values },
        ]),
      ),
      database(
        NOTION_TABLES.milestones,
        'Milestones',
        {
          Milestone: { id: 'title', type: 'title' },
          Partner: relation,
          Due: { id: 'dued', type: 'date' },
          'Done on': { id: 'done', type: 'date' },
          Remarks: remarks,
          Schedule: { id: 'schd', type: 'select', ...options(['Upcoming', 'Due soon', 'Overdue', 'Done']) },
        },
        PARTNERS.flatMap(({ milestones }, index) =>
          milestones.map(({ name, due }): [string, Values] => [
            milestoneId(index + 1),
            { Milestone: name, Partner: [partnerId(index)], Due: due },
          ]),
        ),
      ),
      database(
        NOTION_TABLES.tasks,
        'Tasks',
        {
          Task: { id: 'title', type: 'title' },
          Key: { id: 'keyy', type: 'rich_text' },
          Tandem: { id: 'stmp', type: 'rich_text' },
          Due: { id: 'dued', type: 'date' },
          Assignee: { id: 'assi', type: 'people' },
          Status: { id: 'stat', type: 'select', ...options(TASK_LABELS) },
          Partner: relation,
          Note: { id: 'note', type: 'rich_text' },
          Remarks: remarks,
        },
        [],
      ),
    ],
  };
}

const AIRTABLE_DAY = { ...DAY, options: { dateFormat: { name: 'iso', format: 'YYYY-MM-DD' } } } as const;
const LINE = { type: 'singleLineText' } as const;
const TEXT = { type: 'multilineText' } as const;
const WHOLE = { type: 'number', options: { precision: 0 } } as const;
const choices = (names: readonly string[]) =>
  ({ type: 'singleSelect', options: { choices: names.map((name) => ({ name })) } }) as const;

const AIRTABLE_FIELDS = {
  KPIs: {
    Name: LINE,
    'Partner code': LINE,
    Target: WHOLE,
    Actual: WHOLE,
    Start: AIRTABLE_DAY,
    End: AIRTABLE_DAY,
    Remarks: TEXT,
    Achievement: { type: 'percent', options: { precision: 0 } },
    Status: choices(KPI_LABELS),
  },
  Tasks: {
    Task: LINE,
    Key: LINE,
    Tandem: TEXT,
    Due: AIRTABLE_DAY,
    Assignee: { type: 'singleCollaborator' },
    Status: choices(TASK_LABELS),
    Partner: TEXT,
    Note: TEXT,
    Remarks: TEXT,
  },
} as const;

function airtable(): AirtableWorkspace {
  const table = (name: keyof typeof AIRTABLE_FIELDS, first: number, rows: readonly Record<string, unknown>[]) => ({
    id: airtableId('tbl', first),
    name,
    primaryFieldId: airtableId('fld', first),
    fields: Object.entries(AIRTABLE_FIELDS[name]).map(([field, declared], index) => ({
      id: airtableId('fld', first + index),
      name: field,
      ...declared,
    })),
    records: rows.map((fields, index) => ({ id: airtableId('rec', first + index), createdTime: CREATED, fields })),
  });
  const kpis = PARTNERS.flatMap(({ code, kpis: own }) =>
    own.map(([Name, Actual]) => ({
      Name,
      'Partner code': code,
      Actual,
      Target: 100,
      Start: '2026-01-01',
      End: '2026-12-31',
    })),
  );
  return {
    token: TOKENS.AIRTABLE_TOKEN,
    user: { id: airtableId('usr', 9), name: 'Tandem', email: 'tandem@example.com' },
    collaborators: PEOPLE.map(({ name, email, airtableId: id }) => ({ id, name, email })),
    bases: [{ id: BASE, name: 'Numbers', tables: [table('KPIs', 100, kpis), table('Tasks', 200, [])] }],
  };
}

const TOKENS = { NOTION_TOKEN: 'ntn_sandbox_simulated', AIRTABLE_TOKEN: 'patSimulatedTeam00.0000' };

/** The tables as they are before the first day. */
export const tables = (): SandboxWorkspace => ({ notion: notion(), airtable: airtable() });

/** The configuration, for tasks in either tool. */
export function configuration(tasksIn: Tool, settleSeconds: number): Config {
  const place =
    tasksIn === 'notion'
      ? `connection: notion\n    id: ${NOTION_TABLES.tasks}`
      : `connection: airtable\n    base: ${BASE}\n    table: Tasks`;
  const text = `version: 1
workspace: ${WORKSPACE}
locale: en
timezone: Europe/London
people:
${PEOPLE.map(({ name, email }) => `  ${name}: { email: ${email} }`).join('\n')}
connections:
  notion: { type: notion, plan: plus }
  airtable: { type: airtable, plan: team }
sources:
  partnerships:
    connection: notion
    id: ${NOTION_TABLES.partners}
    fields: { name: Partner, code: Code, tier: Tier, owner: Owner, start: Since, end: End, noticeDays: Notice, lastReview: Last review }
    manages: { status: Status, health: Health, why: Why, decideBy: Decide by, stamp: Tandem }
  milestones:
    connection: notion
    id: ${NOTION_TABLES.milestones}
    fields: { name: Milestone, partnership: Partner, due: Due, doneOn: Done on }
    manages: { status: Schedule }
  kpis:
    connection: airtable
    base: ${BASE}
    table: KPIs
    link: { field: Partner code, to: code }
    fields: { name: Name, target: Target, actual: Actual, start: Start, end: End }
    manages: { achievement: Achievement, status: { property: Status, values: { Unclear: not-computable } } }
  tasks:
    ${place}
    fields: { title: Task, key: Key, stamp: Tandem, due: Due, assignee: Assignee, status: Status, partnership: Partner, note: Note }
policy:
  reminders: { settleSeconds: ${settleSeconds} }
  guard: { statusChanges: { min: 2, share: 0 } }
`;
  const loaded = loadConfig({ file: 'simulated.yaml', env: TOKENS, readFile: () => text });
  if ('errors' in loaded) throw new Error(loaded.errors.map(({ what }) => what).join('\n'));
  return loaded.config;
}
