/** A team with its sandbox and its time: the tables by one set of hands, whichever tool they are in. */
import { parseKey } from '../../src/domain/key.js';
import type { CellChange } from '../../src/sandbox/context.js';
import type { FaultScriptInput } from '../../src/sandbox/faults/script.js';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { AIRTABLE_TABLES, BASE, NOTION_TABLES, START, type TableName, type Tool, tables } from './team.js';
import { createTime, type Time } from './time.js';

type Value = string | number | boolean | readonly string[] | null | Readonly<Record<string, unknown>>;
export type Cells = Readonly<Record<string, unknown>>;

export interface Row {
  readonly id: string;
  /** An Airtable record is never in the trash. */
  readonly inTrash: boolean;
  readonly values: Cells;
}

export interface TeamWorld {
  readonly time: Time;
  readonly sandbox: Sandbox;
  readonly tasksIn: Tool;
  /** All rows of a table in the order of creation, those in the trash too. */
  rows(table: TableName): readonly Row[];
  edit(table: TableName, rowId: string, cells: Readonly<Record<string, Value>>): void;
  /** Throws a row away: into the trash of Notion, for good in Airtable. */
  trash(table: TableName, rowId: string): void;
  /** Copies a row as the menu entry does, its key too. */
  copy(table: TableName, rowId: string): void;
  /** Starts a fault script, or ends the running one. */
  rehearse(script: FaultScriptInput | undefined): Promise<void>;
  /** Every cell that changed from a place in the audit on. */
  changes(from?: number): readonly CellChange[];
}

export const toolOf = (table: TableName, tasksIn: Tool): Tool =>
  table === 'tasks' ? tasksIn : table === 'kpis' ? 'airtable' : 'notion';

export function openWorld(tasksIn: Tool): TeamWorld {
  const time = createTime(START);
  const sandbox = createSandbox(tables(), { clock: time });
  const notion = sandbox.notion!;
  const airtable = sandbox.airtable!;
  const inNotion = (table: TableName): boolean => toolOf(table, tasksIn) === 'notion';
  const record = (table: TableName): readonly [string, string] => [BASE, idOf(table, tasksIn)];
  return {
    time,
    sandbox,
    tasksIn,
    rows: (table) =>
      inNotion(table)
        ? notion.pages(idOf(table, tasksIn))
        : airtable.records(...record(table)).map(({ id, fields }) => ({ id, inTrash: false, values: fields })),
    edit: (table, rowId, cells) =>
      inNotion(table) ? notion.edit(rowId, cells as never) : airtable.edit(...record(table), rowId, cells),
    trash: (table, rowId) => (inNotion(table) ? notion.trash(rowId) : airtable.deleteRecord(...record(table), rowId)),
    copy: (table, rowId) =>
      void (inNotion(table) ? notion.duplicate(rowId) : airtable.duplicateRecord(...record(table), rowId)),
    rehearse: async (script) => {
      if (script === undefined) return sandbox.calm();
      const body = JSON.stringify(script);
      const answer = await sandbox.fetch('http://sandbox/_sandbox/faults', { method: 'PUT', body });
      if (!answer.ok) throw new Error(await answer.text());
    },
    changes: (from = 0) => sandbox.context.changes.slice(from),
  };
}

/** The id of a table in its tool. */
export function idOf(table: TableName, tasksIn: Tool): string {
  if (table === 'kpis') return AIRTABLE_TABLES.kpis;
  return table === 'tasks' && tasksIn === 'airtable' ? AIRTABLE_TABLES.tasks : NOTION_TABLES[table];
}

export const keyOf = ({ values }: Row): string | undefined =>
  typeof values.Key === 'string' && parseKey(values.Key) !== undefined ? values.Key : undefined;

/** What a manager has at most one open task for: the rule and the row it is about. */
export function lineOf(key: string): string {
  const { rule = '', subject = '' } = parseKey(key) ?? {};
  return `${rule} ${subject}`;
}

/** Whether anybody has been told of a task: it is due some day, or somebody's. */
export const isVisible = ({ values }: Row): boolean =>
  [values.Due, values.Assignee, values.Tandem].some(
    (value) => value !== undefined && value !== null && value !== '' && !isEmptyList(value),
  );

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

/** The row that speaks for a key among those in a table: the first made that anybody has been told of. */
export function ownerOf(rows: readonly Row[], key: string): Row | undefined {
  const own = rows.filter((row) => row.values.Key === key && !row.inTrash);
  return own.find(isVisible) ?? own[0];
}
