/** The english team with its tasks in Airtable instead of Notion: ten creates in a request, and nobody says who made a row. */
import type { Document } from 'yaml';
import type { SandboxWorkspace } from '../../src/sandbox/workspace.js';
import type { TeamOptions } from './team.js';

const TABLE = 'tblFollowUps00001';

const field = (number: number, name: string, type: string, options?: Record<string, unknown>) => ({
  id: `fldFollowUps0000${number}`,
  name,
  type,
  ...(options === undefined ? {} : { options }),
});

const STATES = ['Not started', 'In progress', 'Done'].map((name, index) => ({ id: `selFollowUps00000${index}`, name }));

const FIELDS = [
  field(1, 'Task', 'singleLineText'),
  field(2, 'Due', 'date', { dateFormat: { name: 'iso', format: 'YYYY-MM-DD' } }),
  field(3, 'Assignee', 'singleCollaborator'),
  field(4, 'Status', 'singleSelect', { choices: STATES }),
  field(5, 'Partner', 'multilineText'),
  field(6, 'Kind', 'singleLineText'),
  field(7, 'Note', 'multilineText'),
  field(8, 'Tandem key', 'singleLineText'),
  field(9, 'Tandem', 'singleLineText'),
];

/** Options of a team whose task table is an Airtable table that starts empty. */
export const AIRTABLE_TASKS: TeamOptions = {
  fill: (workspace: SandboxWorkspace): SandboxWorkspace => {
    const [base, ...others] = workspace.airtable?.bases ?? [];
    if (workspace.airtable === undefined || base === undefined) throw new Error('the sample has no Airtable base');
    const table = {
      id: TABLE,
      name: 'Follow-ups',
      primaryFieldId: FIELDS[0]?.id ?? '',
      fields: FIELDS,
      records: [],
    };
    return {
      ...workspace,
      airtable: { ...workspace.airtable, bases: [{ ...base, tables: [...base.tables, table] }, ...others] },
    };
  },
  configure: (document: Document): void => {
    document.setIn(['sources', 'tasks', 'connection'], 'airtable');
    document.setIn(['sources', 'tasks', 'base'], document.getIn(['sources', 'kpis', 'base']));
    document.setIn(['sources', 'tasks', 'table'], 'Follow-ups');
    document.deleteIn(['sources', 'tasks', 'id']);
    document.deleteIn(['sources', 'tasks', 'fields', 'snoozeUntil']);
  },
};
