/** The table every world of the contract holds, in words no tool has a say in. */
import type { Location, SourceMapping } from '../../../src/domain/mapping.js';

export const ROWS = 250;
export const PARTNERS = 30;

export const COLUMNS = {
  Name: { writable: true },
  Key: { writable: true },
  Note: { writable: true },
  Score: { writable: true },
  Share: { writable: true },
  Due: { writable: true },
  Status: { writable: true, options: ['순조', '주의', '위험'] },
  Flags: { writable: true, options: ['late', 'silent'] },
  Owner: { writable: true },
  Partners: { writable: true },
  Computed: { writable: false },
  Unmapped: { writable: true },
} as const satisfies Record<string, { readonly writable: boolean; readonly options?: readonly string[] }> as Readonly<
  Record<ColumnName, { readonly writable: boolean; readonly options?: readonly string[] }>
>;

export type ColumnName =
  | 'Name'
  | 'Key'
  | 'Note'
  | 'Score'
  | 'Share'
  | 'Due'
  | 'Status'
  | 'Flags'
  | 'Owner'
  | 'Partners'
  | 'Computed'
  | 'Unmapped';

export const rowName = (index: number): string => `Row ${String(index).padStart(3, '0')}`;

/** Content of a row. What is absent is empty. */
export interface ContractRow {
  readonly name: string;
  readonly note: string;
  readonly score?: number;
  readonly share: number;
  readonly due: string;
  readonly status: string;
  readonly flags: readonly string[];
  /** Index of the owner in the world's people. */
  readonly owner: number;
  /** How many of the partners it links to, from the first. */
  readonly partners: number;
  /** 'unreadable': what the tool shows for a computation that went wrong. */
  readonly computed: number | 'unreadable';
}

export const CONTRACT_ROWS: readonly ContractRow[] = Array.from({ length: ROWS }, (_, index) => ({
  name: index === 3 ? `${rowName(index)} 한빛`.normalize('NFD') : rowName(index),
  note: `note ${index}`,
  ...(index === 1 ? {} : { score: index }),
  share: 0.25,
  due: '2026-11-30',
  status: '순조',
  flags: ['late'],
  owner: 0,
  partners: index === 0 ? PARTNERS : 1,
  computed: index === 2 ? 'unreadable' : 0.5,
}));

/** The mapping of the table: every column but `Unmapped`; only `Flags` may get new options. */
export function mappingOf(connection: string, location: Location): SourceMapping {
  return {
    entity: 'partnerships',
    connection,
    location,
    fields: {
      name: { property: 'Name' },
      code: { property: 'Key' },
      owner: { property: 'Owner' },
      end: { property: 'Due' },
      profile: { property: 'Computed' },
      type: { property: 'Partners' },
    },
    manages: {
      why: { property: 'Note', createOptions: false },
      health: { property: 'Score', createOptions: false },
      kpiAchievement: { property: 'Share', createOptions: false },
      status: { property: 'Status', createOptions: false },
      riskFlags: { property: 'Flags', createOptions: true },
    },
  };
}
