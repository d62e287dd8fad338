/** Tables as `init` sees them: columns and a few rows, without a tool behind them. */
import { canonicalise, describeColumn, type MemoryColumnType } from '../../src/connectors/memory/columns.js';
import type { Cell } from '../../src/domain/cells.js';
import type { EntityName } from '../../src/domain/entities.js';
import type { PropertySchema } from '../../src/domain/source.js';
import type { Seen, SeenTable } from '../../src/pipeline/init/look.js';

export interface SeenColumn {
  readonly name: string;
  readonly type: MemoryColumnType | 'title' | 'formula';
  readonly options?: readonly string[];
  /** Title of the table it links to. */
  readonly to?: string;
}

export interface SeenRows {
  readonly title: string;
  readonly columns: readonly SeenColumn[];
  /** Rows by column name. */
  readonly rows?: readonly Readonly<Record<string, Cell>>[];
  readonly entity?: EntityName;
}

/** An id as Notion writes them, made of a title. */
export const idOf = (title: string): string => {
  const hex = Buffer.from(title).toString('hex').padEnd(32, '0').slice(0, 32);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};

/** What a look around would have found. */
export function seenTables(tables: readonly SeenRows[], ours = false): Seen {
  return { accounts: {}, tables: tables.map(seenTable), errors: [], passedOver: 0, ours };
}

function seenTable({ title, columns, rows = [], entity }: SeenRows): SeenTable {
  const properties = columns.map(propertyOf);
  const idOfColumn = (name: string): string => properties.find((property) => property.name === name)?.id ?? name;
  return {
    connection: 'notion',
    location: { type: 'notion', id: idOf(title) },
    within: null,
    schema: { id: idOf(title), title, url: '', properties },
    rows: rows.map((row, index) => ({
      id: `row ${index}`,
      url: '',
      createdTime: '2026-11-23T00:00:00Z',
      trashed: false,
      cells: new Map(Object.entries(row).map(([name, cell]) => [idOfColumn(name), cell])),
    })),
    cut: false,
    canonicalise,
    ...(entity === undefined ? {} : { entity }),
  };
}

function propertyOf({ name, type, options, to }: SeenColumn, index: number): PropertySchema {
  return describeColumn({
    id: `c${index}`,
    name,
    type: type === 'title' || type === 'formula' ? 'text' : type,
    writable: type !== 'formula' && type !== 'computed',
    ...(options === undefined ? {} : { options }),
    ...(to === undefined ? {} : { linksTo: idOf(to) }),
  });
}
