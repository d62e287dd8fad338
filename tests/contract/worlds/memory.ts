/** The contract's table in the memory connector's world. */
import {
  createMemoryConnector,
  createMemoryWorld,
  type MemoryColumnType,
} from '../../../src/connectors/memory/index.js';
import type { Cell } from '../../../src/domain/cells.js';
import type { PropertySchema } from '../../../src/ports.js';
import type { ContractWorld } from '../connector.js';
import { COLUMNS, CONTRACT_ROWS, type ColumnName, type ContractRow, mappingOf, PARTNERS } from './table.js';

const TYPES: Readonly<Record<ColumnName, MemoryColumnType>> = {
  Name: 'text',
  Key: 'text',
  Note: 'text',
  Score: 'number',
  Share: 'percent',
  Due: 'date',
  Status: 'select',
  Flags: 'multi-select',
  Owner: 'people',
  Partners: 'relation',
  Computed: 'computed',
  Unmapped: 'text',
};

const PEOPLE = [
  { id: 'p1', name: '김서연', email: 'seoyeon@example.com' },
  { id: 'p2', name: '박지우', email: 'jiwoo@example.com' },
] as const;

const columns = Object.entries(COLUMNS).map(([name, { writable, options }]): PropertySchema => {
  const type = TYPES[name as ColumnName];
  const id = `p-${name.toLowerCase()}`;
  const linksTo = type === 'relation' ? { linksTo: 'partners' } : {};
  return { id, name, type, writable, ...linksTo, ...(options === undefined ? {} : { options }) };
});

const cellsOf = (row: ContractRow, partnerIds: readonly string[]): Readonly<Record<string, Cell>> => ({
  Name: { kind: 'text', text: row.name },
  Note: { kind: 'text', text: row.note },
  Score: row.score === undefined ? { kind: 'empty' } : { kind: 'number', number: row.score },
  Share: { kind: 'number', number: row.share },
  Due: { kind: 'date', start: row.due },
  Status: { kind: 'labels', labels: [row.status] },
  Flags: { kind: 'labels', labels: row.flags },
  Owner: { kind: 'people', people: [PEOPLE[0]] },
  Partners: { kind: 'links', ids: partnerIds.slice(0, row.partners) },
  Computed:
    row.computed === 'unreadable' ? { kind: 'unknown', reason: 'NaN' } : { kind: 'number', number: row.computed },
});

export function makeMemoryWorld(): ContractWorld {
  const url = 'https://memory.example/items';
  const name = { id: 'n', name: 'Name', type: 'text', writable: true };
  const memory = createMemoryWorld([
    { id: 'items', title: 'Items', url, properties: columns },
    { id: 'partners', title: 'Partners', url: 'https://memory.example/partners', properties: [name] },
  ]);
  const partnerIds = Array.from(
    { length: PARTNERS },
    (_, index) => memory.add('partners', { Name: { kind: 'text', text: `Partner ${index}` } }).id,
  );
  for (const row of CONTRACT_ROWS) memory.add('items', cellsOf(row, partnerIds));
  const connector = createMemoryConnector(memory);
  const elsewhere = createMemoryWorld([]);
  elsewhere.tokenValid = false;
  return {
    connector,
    source: mappingOf('memory', { type: 'memory', id: 'items' }),
    stranger: createMemoryConnector(elsewhere),
    partnerIds,
    people: PEOPLE,
    missingRowId: 'items-9999',
    requests: () => connector.calls().reads + connector.calls().writes,
    changes: () => memory.changes.filter((change) => change.by === 'api'),
    revokeToken: () => {
      memory.tokenValid = false;
    },

    keepsTrash: true,
    discard: (rowId) => memory.trash('items', rowId),
  };
}
