/** The english team with an empty history table: in Notion beside its partnerships, or in Airtable, joined by code. */
import type { Document } from 'yaml';
import type { SandboxWorkspace } from '../../src/sandbox/workspace.js';
import type { TeamOptions } from './team.js';

const ID = 'd1f57acc-0000-4000-8000-00000000517c';
const PARTNERS = 'd1f57acc-b229-4f61-a665-aa5a5cd6a0d4';
const STATES = ['On track', 'Watch', 'At risk', 'Insufficient data'];
const NUMBERS = ['Health', 'Performance', 'Trust'] as const;

const FIELDS = {
  key: 'Week',
  date: 'Date',
  health: 'Health',
  performance: 'Performance',
  trust: 'Trust',
  status: 'Status',
};

function inNotion(workspace: SandboxWorkspace): SandboxWorkspace {
  if (workspace.notion === undefined) throw new Error('the sample has no Notion');
  const properties = {
    Week: { id: 'title', type: 'title' as const },
    Partner: { id: 'part', type: 'relation' as const, relatesTo: PARTNERS },
    Date: { id: 'date', type: 'date' as const },
    ...Object.fromEntries(
      NUMBERS.map((name) => [name, { id: name.slice(0, 4).toLowerCase(), type: 'number' as const }]),
    ),
    Status: { id: 'stat', type: 'select' as const, options: STATES.map((name) => ({ name })) },
  };
  const database = {
    id: ID.replace('d1f5', 'd0f5'),
    title: 'History',
    dataSources: [{ id: ID, name: 'History', properties, pages: [] }],
  };
  return { ...workspace, notion: { ...workspace.notion, databases: [...workspace.notion.databases, database] } };
}

const field = (number: number, name: string, type: string, options?: Record<string, unknown>) => ({
  id: `fldHistoryWeek00${number}`,
  name,
  type,
  ...(options === undefined ? {} : { options }),
});

function inAirtable(workspace: SandboxWorkspace): SandboxWorkspace {
  const [base, ...others] = workspace.airtable?.bases ?? [];
  if (workspace.airtable === undefined || base === undefined) throw new Error('the sample has no Airtable base');
  const choices = STATES.map((name, index) => ({ id: `selHistoryWeek00${index}`, name }));
  const fields = [
    field(1, 'Week', 'singleLineText'),
    field(2, 'Partner code', 'singleLineText'),
    field(3, 'Date', 'date', { dateFormat: { name: 'iso', format: 'YYYY-MM-DD' } }),
    ...NUMBERS.map((name, index) => field(4 + index, name, 'number', { precision: 0 })),
    field(7, 'Status', 'singleSelect', { choices }),
  ];
  const table = { id: 'tblHistoryWeek001', name: 'History', primaryFieldId: fields[0]?.id ?? '', fields, records: [] };
  return {
    ...workspace,
    airtable: { ...workspace.airtable, bases: [{ ...base, tables: [...base.tables, table] }, ...others] },
  };
}

/** Options of a team that keeps a history in a tool. */
export const withHistory = (tool: 'notion' | 'airtable'): TeamOptions => ({
  fill: tool === 'notion' ? inNotion : inAirtable,
  configure: (document: Document): void => {
    const place =
      tool === 'notion'
        ? { connection: 'notion', id: ID }
        : {
            connection: 'airtable',
            base: document.getIn(['sources', 'kpis', 'base']),
            table: 'History',
            link: { field: 'Partner code', to: 'code' },
          };
    const fields = tool === 'notion' ? { ...FIELDS, partnership: 'Partner' } : FIELDS;
    document.setIn(['sources', 'history'], document.createNode({ ...place, fields }));
  },
});
