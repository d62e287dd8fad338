/** The contract's table in the Airtable sandbox. */
import { createAirtableConnector } from '../../../src/connectors/airtable/index.js';
import { createAirtable } from '../../../src/sandbox/airtable/index.js';
import type { SandboxContext } from '../../../src/sandbox/context.js';
import type { AirtableWorkspace } from '../../../src/sandbox/workspace.js';
import { openLine } from '../../support/in-process.js';
import type { ContractWorld } from '../connector.js';
import { COLUMNS, CONTRACT_ROWS, type ColumnName, type ContractRow, mappingOf, PARTNERS } from './table.js';

export const TOKEN = 'patSandboxContract00.0000';
export const BASE = 'appContract000000';
export const TABLE = 'tblItems000000000';
const PARTNER_TABLE = 'tblPartners000000';

const id = (prefix: string, index: number): string => `${prefix}${String(index).padStart(14, '0')}`;

const PEOPLE = [
  { id: id('usr', 1), name: '김서연', email: 'seoyeon@example.com' },
  { id: id('usr', 2), name: '박지우', email: 'jiwoo@example.com' },
] as const;

const choices = (names: readonly string[] | undefined) => ({ choices: names?.map((name) => ({ name })) });

const FIELDS: Readonly<Record<ColumnName, { readonly type: string; readonly options?: Record<string, unknown> }>> = {
  Name: { type: 'singleLineText' },
  Key: { type: 'singleLineText' },
  Note: { type: 'multilineText' },
  Score: { type: 'number', options: { precision: 1 } },
  Share: { type: 'percent', options: { precision: 0 } },
  Due: { type: 'date', options: { dateFormat: { name: 'iso', format: 'YYYY-MM-DD' } } },
  Status: { type: 'singleSelect', options: choices(COLUMNS.Status.options) },
  Flags: { type: 'multipleSelects', options: choices(COLUMNS.Flags.options) },
  Owner: { type: 'multipleCollaborators' },
  Partners: { type: 'multipleRecordLinks', options: { linkedTableId: PARTNER_TABLE } },
  Computed: { type: 'formula', options: { isValid: true, result: { type: 'number', options: { precision: 1 } } } },
  Unmapped: { type: 'singleLineText' },
};

const partnerIds = Array.from({ length: PARTNERS }, (_, index) => id('rec', 10_000 + index));

const cellsOf = (row: ContractRow): Record<string, unknown> => ({
  Name: row.name,
  Note: row.note,
  ...(row.score === undefined ? {} : { Score: row.score }),
  Share: row.share,
  Due: row.due,
  Status: row.status,
  Flags: [...row.flags],
  Owner: [PEOPLE[0]],
  Partners: partnerIds.slice(0, row.partners),
  Computed: row.computed === 'unreadable' ? { specialValue: 'NaN' } : row.computed,
});

function workspace(): AirtableWorkspace {
  const createdTime = '2026-01-05T00:00:00.000Z';
  return {
    token: TOKEN,
    user: PEOPLE[0],
    collaborators: [PEOPLE[1]],
    bases: [
      {
        id: BASE,
        name: 'Contract',
        tables: [
          {
            id: TABLE,
            name: 'Items',
            primaryFieldId: id('fld', 0),
            fields: Object.entries(FIELDS).map(([name, field], index) => ({ id: id('fld', index), name, ...field })),
            records: CONTRACT_ROWS.map((row, index) => ({ id: id('rec', index), createdTime, fields: cellsOf(row) })),
          },
          {
            id: PARTNER_TABLE,
            name: 'Partners',
            primaryFieldId: id('fld', 99),
            fields: [{ id: id('fld', 99), name: 'Name', type: 'singleLineText' }],
            records: partnerIds.map((partner, index) => ({
              id: partner,
              createdTime,
              fields: { Name: `Partner ${index}` },
            })),
          },
        ],
      },
    ],
  };
}

/** The sandbox and a line to it; `open` makes a connector. */
export function makeAirtable() {
  const context: SandboxContext = {
    now: () => Date.UTC(2026, 10, 23),
    requests: [],
    changes: [],
    enforceRates: false,
    interceptor: undefined,
  };
  const sandbox = createAirtable(workspace(), context);
  const line = openLine((request) => sandbox.app.fetch(request));
  const open = (token = TOKEN) =>
    createAirtableConnector({ token, baseUrl: 'http://127.0.0.1:1', transport: line.transport });
  const source = mappingOf('airtable', { type: 'airtable', base: BASE, table: 'Items' });
  return { sandbox, context, line, open, source };
}

export function makeAirtableWorld(): ContractWorld {
  const { sandbox, context, line, open, source } = makeAirtable();
  return {
    connector: open(),
    source,
    stranger: open('patSandboxStranger00.0000'),
    partnerIds,
    people: PEOPLE,
    missingRowId: id('rec', 99_999),
    requests: () => line.arrivals.length,
    changes: () => context.changes.filter((change) => change.by === 'api'),
    revokeToken: () => sandbox.revokeToken(),

    keepsTrash: false,
    discard: (rowId) => sandbox.deleteRecord(BASE, 'Items', rowId),
  };
}
