/** A team of any size in one tool: partnerships, a KPI each, and the tasks Tandem makes. Most are well, some are not. */
import type { Config } from '../../src/config/config.js';
import { loadConfig } from '../../src/config/load.js';
import type { AirtableWorkspace, NotionWorkspace, SandboxWorkspace } from '../../src/sandbox/workspace.js';

export type Tool = 'notion' | 'airtable';
export const TOOLS: readonly Tool[] = ['notion', 'airtable'];
export const DAY = '2026-11-23';
export const TOKENS: Readonly<Record<Tool, string>> = {
  notion: 'ntn_sandbox_bench',
  airtable: 'patSandboxBench000.0000',
};

const uuid = (kind: string, n: number): string => `${kind}-0000-4000-8000-${String(n).padStart(12, '0')}`;
const airtableId = (prefix: string, n: number): string => `${prefix}${String(n).padStart(14, '0')}`;
const CREATED = Date.UTC(2026, 0, 5, 9);
/** As many rows a minute as somebody who imports a list makes. */
const IMPORTED_PER_MINUTE = 60;
const createdTime = (n: number): string =>
  new Date(CREATED + Math.floor(n / IMPORTED_PER_MINUTE) * 60_000).toISOString();

export const TABLES = {
  notion: { partners: uuid('0da7a001', 1), kpis: uuid('0da7a001', 2), tasks: uuid('0da7a001', 3) },
  airtable: { partners: airtableId('tbl', 1), kpis: airtableId('tbl', 2), tasks: airtableId('tbl', 3) },
} as const;
export const BASE = airtableId('app', 1);

const PEOPLE = ['Ada Byrne', 'Ben Castle', 'Cara Dunne'].map((name, index) => ({
  id: uuid('05e50001', index + 1),
  airtableId: airtableId('usr', index + 1),
  name,
  email: `${name.split(' ')[0]?.toLowerCase()}@example.com`,
}));
const STATUS = ['On track', 'Watch', 'At risk', 'Insufficient data'];
const KPI_STATUS = ['Too early', 'On track', 'Behind', 'At risk', 'Achieved', 'Partly achieved', 'Missed', 'Unclear'];
const TASK_STATUS = ['To do', 'Done'];

type Kind = 'title' | 'text' | 'number' | 'percent' | 'date' | 'person' | readonly string[];
type Columns = Readonly<Record<string, Kind>>;
type Values = Readonly<Record<string, string | number>>;

const COLUMNS = {
  partners: {
    Partner: 'title',
    Code: 'text',
    Owner: 'person',
    Since: 'date',
    'Last review': 'date',
    Status: STATUS,
    Health: 'number',
    Why: 'text',
    Tandem: 'text',
  },
  kpis: {
    KPI: 'title',
    'Partner code': 'text',
    Target: 'number',
    Actual: 'number',
    Start: 'date',
    End: 'date',
    Achievement: 'percent',
    Result: KPI_STATUS,
  },
  tasks: {
    Task: 'title',
    Key: 'text',
    Tandem: 'text',
    Due: 'date',
    Assignee: 'person',
    State: TASK_STATUS,
    Note: 'text',
  },
} as const satisfies Record<string, Columns>;
type TableName = keyof typeof COLUMNS;

/** Every fiftieth partnership was last met half a year ago, every seventh KPI is far behind. */
function rowsOf(table: TableName, size: number): readonly Values[] {
  if (table === 'tasks') return [];
  return Array.from({ length: size }, (_, n): Values => {
    const code = `P-${n}`;
    if (table === 'kpis') {
      const period = { Start: '2026-01-01', End: '2026-12-31' };
      return {
        KPI: `Joint sales ${n}`,
        'Partner code': code,
        Target: 100,
        Actual: n % 7 === 0 ? 30 : 80 + (n % 30),
        ...period,
      };
    }
    const reviewed = n % 50 === 0 ? '2026-05-11' : '2026-11-02';
    return {
      Partner: `Partner ${n}`,
      Code: code,
      Owner: n % PEOPLE.length,
      Since: '2025-03-03',
      'Last review': reviewed,
    };
  });
}

export function tablesOf(tool: Tool, size: number): SandboxWorkspace {
  return tool === 'notion' ? { notion: notion(size) } : { airtable: airtable(size) };
}

function notion(size: number): NotionWorkspace {
  const options = (names: readonly string[]) => ({ options: names.map((name) => ({ name })) });
  const property = (kind: Kind, id: string) => {
    if (typeof kind !== 'string') return { id, type: 'select', ...options(kind) } as const;
    if (kind === 'percent') return { id, type: 'number', format: 'percent' } as const;
    const types = { title: 'title', text: 'rich_text', number: 'number', date: 'date', person: 'people' } as const;
    return { id: kind === 'title' ? 'title' : id, type: types[kind] };
  };
  const databases = (Object.keys(COLUMNS) as TableName[]).map((name, index) => {
    const columns = Object.entries(COLUMNS[name] as Columns);
    const pages = rowsOf(name, size).map(({ Owner, ...values }, n) => ({
      id: uuid(`0a9e000${index + 1}`, n),
      createdTime: createdTime(n),
      inTrash: false,
      values: Owner === undefined ? values : { ...values, Owner: [PEOPLE[Number(Owner)]?.id ?? ''] },
    }));
    const properties = Object.fromEntries(
      columns.map(([column, kind], at) => [column, property(kind, `c${index}${at}x`)]),
    );
    const dataSource = { id: TABLES.notion[name], name, properties, pages };
    return { id: uuid('0dba0001', index + 1), title: name, dataSources: [dataSource] };
  });
  const users = PEOPLE.map(({ id, name, email }) => ({ id, name, email }));
  return { name: 'Bench', token: TOKENS.notion, bot: { id: uuid('0b070001', 1), name: 'Tandem' }, users, databases };
}

function airtable(size: number): AirtableWorkspace {
  const field = (kind: Kind) => {
    if (typeof kind !== 'string') return { type: 'singleSelect', options: { choices: kind.map((name) => ({ name })) } };
    if (kind === 'number' || kind === 'percent') return { type: kind, options: { precision: 0 } };
    if (kind === 'date') return { type: 'date', options: { dateFormat: { name: 'iso', format: 'YYYY-MM-DD' } } };
    return { type: { title: 'singleLineText', text: 'multilineText', person: 'singleCollaborator' }[kind] };
  };
  const tables = (Object.keys(COLUMNS) as TableName[]).map((name, index) => {
    const columns = Object.entries(COLUMNS[name] as Columns);
    const first = (index + 1) * 100;
    const records = rowsOf(name, size).map(({ Owner, ...fields }, n) => {
      const owner = PEOPLE[Number(Owner)];
      const person = owner && { id: owner.airtableId, email: owner.email, name: owner.name };
      return {
        id: airtableId('rec', index * 1_000_000 + n),
        createdTime: createdTime(n),
        fields: person === undefined ? fields : { ...fields, Owner: person },
      };
    });
    return {
      id: TABLES.airtable[name],
      name,
      primaryFieldId: airtableId('fld', first),
      fields: columns.map(([column, kind], at) => ({
        id: airtableId('fld', first + at),
        name: column,
        ...field(kind),
      })),
      records,
    };
  });
  return {
    token: TOKENS.airtable,
    user: { id: airtableId('usr', 9), name: 'Tandem', email: 'tandem@example.com' },
    collaborators: PEOPLE.map(({ airtableId: id, name, email }) => ({ id, name, email })),
    bases: [{ id: BASE, name: 'Bench', tables }],
  };
}

/** The configuration of the team; the address stands for the sandbox in this process. */
export function configOf(tool: Tool, baseUrl: string): Config {
  const place = (table: TableName): string =>
    tool === 'notion' ? `id: ${TABLES.notion[table]}` : `base: ${BASE}, table: ${TABLES.airtable[table]}`;
  const plan = { notion: 'plus', airtable: 'business' }[tool];
  const text = `version: 1
workspace: bench
locale: en
timezone: Europe/London
people:
${PEOPLE.map(({ name, email }) => `  ${name}: { email: ${email} }`).join('\n')}
connections:
  ${tool}: { type: ${tool}, plan: ${plan}, baseUrl: ${baseUrl} }
sources:
  partnerships:
    { connection: ${tool}, ${place('partners')},
      fields: { name: Partner, code: Code, owner: Owner, start: Since, lastReview: Last review },
      manages: { status: Status, health: Health, why: Why, stamp: Tandem } }
  kpis:
    { connection: ${tool}, ${place('kpis')},
      link: { field: Partner code, to: code },
      fields: { name: KPI, target: Target, actual: Actual, start: Start, end: End },
      manages: { achievement: Achievement, status: Result } }
  tasks:
    { connection: ${tool}, ${place('tasks')},
      fields: { title: Task, key: Key, stamp: Tandem, due: Due, assignee: Assignee, status: State, note: Note } }
`;
  const env = { NOTION_TOKEN: TOKENS.notion, AIRTABLE_TOKEN: TOKENS.airtable };
  const loaded = loadConfig({
    file: 'bench.yaml',
    env,
    cwd: '/',
    readFile: () => text,
    known: { rules: [], reminders: [] },
  });
  if ('errors' in loaded) throw new Error(JSON.stringify(loaded.errors));
  return loaded.config;
}
