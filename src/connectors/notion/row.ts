/**
 * One row. A page shows at most 25 references of a relation or a people column; only then the column is read on
 * its own, to the end, so that no count or sum is ever taken over a part.
 */
import { type Cell, EMPTY } from '../../domain/cells.js';
import { TandemError } from '../../errors.js';
import type { PropertySchema, RawRow } from '../../ports.js';
import type { Call } from './client.js';
import { decode } from './codec.js';
import { type Page, PropertyItems, type PropertyValue } from './schema.js';

const REFERENCES_SHOWN = 25;
const ITEMS_PER_PAGE = 100;

/** What is asked of every row. */
export interface Asked {
  /** The columns to read, as the schema gives them. */
  readonly columns: readonly Pick<PropertySchema, 'id' | 'name' | 'type'>[];
  /** Id of the account Tandem writes with, where rows are to say whether it made them. */
  readonly botId?: string;
}

/**
 * The row a page stands for, with a cell for every column asked for. Throws `read-incomplete` when a column is not of
 * the type it is known by any more.
 */
export async function readRow(call: Call, asked: Asked, page: Page, signal?: AbortSignal): Promise<RawRow> {
  const values = new Map(page.properties.map((value) => [plainId(value.id ?? ''), value]));
  const cells = new Map<string, Cell>();
  for (const { id, name, type } of asked.columns) {
    const value = values.get(plainId(id));
    if (value !== undefined && value.type !== type) {
      const message = `The column "${name}" was turned from ${type} into ${value.type} meanwhile.`;
      throw new TandemError('read-incomplete', message, { property: name });
    }
    if (value === undefined) cells.set(id, { kind: 'unknown', reason: 'missing from the answer' });
    else cells.set(id, isCut(value) ? await wholeCell(call, page.id, id, value.type, signal) : decode(value));
  }
  return {
    id: page.id,
    url: linkTo(page.url),
    createdTime: page.created_time,
    ...(asked.botId === undefined ? {} : { createdByUs: page.created_by?.id === asked.botId }),
    trashed: page.in_trash,
    cells,
  };
}

/** The link to a page, without the title in it: a link that stands in a text must not change when a row is renamed. */
const linkTo = (url: string): string => url.replace(/\/[^/?#]*-([0-9a-f]{32})$/, '/$1');

/** Ids come url-encoded from some places and plain from others. */
function plainId(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

/** Relations say that there is more; people columns stop at 25 without a word. */
function isCut(value: PropertyValue): boolean {
  if (value.type === 'relation') return value.has_more === true;
  return value.type === 'people' && Array.isArray(value.people) && value.people.length >= REFERENCES_SHOWN;
}

/** Whether a cell took calls of its own to be read whole. */
export function isLong(cell: Cell): boolean {
  if (cell.kind === 'links') return cell.ids.length > REFERENCES_SHOWN;
  return cell.kind === 'people' && cell.people.length >= REFERENCES_SHOWN;
}

async function wholeCell(
  call: Call,
  pageId: string,
  propertyId: string,
  type: string,
  signal?: AbortSignal,
): Promise<Cell> {
  const references: unknown[] = [];
  const cursors = new Set<string>();
  for (let cursor: string | undefined; ; ) {
    const items = await propertyItems(call, pageId, propertyId, cursor, signal);
    references.push(...items.results.map((item) => item[item.type]));
    if (!items.has_more) break;
    cursor = items.next_cursor ?? undefined;
    if (cursor === undefined || cursors.has(cursor)) {
      throw new TandemError('read-incomplete', `The references of row ${pageId} lead in a circle.`);
    }
    cursors.add(cursor);
  }
  return references.length === 0 ? EMPTY : decode({ type, [type]: references });
}

async function propertyItems(
  call: Call,
  pageId: string,
  propertyId: string,
  cursor: string | undefined,
  signal?: AbortSignal,
): Promise<PropertyItems> {
  const asked = {
    page_id: pageId,
    property_id: propertyId,
    page_size: ITEMS_PER_PAGE,
    ...(cursor === undefined ? {} : { start_cursor: cursor }),
  };
  try {
    return (await call((client) => client.pages.properties.retrieve(asked), PropertyItems, signal)).value;
  } catch (error) {
    if (!(error instanceof TandemError) || error.details.status !== 404) throw error;
    const message = `The row ${pageId} went away while it was read.`;
    throw new TandemError('read-incomplete', message, error.details, { cause: error });
  }
}
