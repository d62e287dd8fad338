/**
 * What Notion tells about changes: one event per page and thing that happened to it, however many edits there were.
 * What was undone in the meantime is not told at all.
 */
import { isDeepStrictEqual } from 'node:util';
import type { CellChange } from '../context.js';
import { groupedBy } from '../grouped.js';
import { type NotionState, personOf } from './state.js';

export interface PageEvent {
  readonly type: 'page.created' | 'page.properties_updated' | 'page.deleted' | 'page.undeleted';
  readonly authors: readonly { readonly id: string; readonly type: 'person' | 'bot' }[];
  readonly entity: { readonly id: string; readonly type: 'page' };
  readonly data: object;
}

/** The events of some changes, in the order in which their pages were first touched. Only of what is shared with the connection. */
export function eventsOf(state: NotionState, changes: readonly CellChange[]): readonly PageEvent[] {
  const byPage = groupedBy(changes, ({ rowId }) => rowId);
  return [...byPage.entries()].flatMap(([pageId, own]) => eventOf(state, pageId, own) ?? []);
}

function eventOf(state: NotionState, pageId: string, changes: readonly CellChange[]): PageEvent | undefined {
  const page = state.pages.get(pageId);
  const source = page && state.dataSources.get(page.dataSourceId);
  if (page === undefined || source === undefined || !source.shared || !state.tokenGranted) return undefined;
  const authors = [...new Set(changes.map(({ by }) => by))].map((by) =>
    by === 'human' ? ({ id: personOf(state), type: 'person' } as const) : ({ id: state.bot.id, type: 'bot' } as const),
  );
  const parent = { id: source.databaseId, type: 'database', data_source_id: source.id };
  const event = (type: PageEvent['type'], more: object = {}): PageEvent => ({
    type,
    authors,
    entity: { id: pageId, type: 'page' },
    data: { parent, ...more },
  });
  const wasMade = changes.some(({ property }) => property === '(created)');
  if (wasMade) return page.inTrash ? undefined : event('page.created');
  const [trashing] = changes.filter(({ property }) => property === '(trashed)' || property === '(restored)');
  const wasInTrash = trashing === undefined ? page.inTrash : trashing.before === true;
  if (page.inTrash !== wasInTrash) return event(page.inTrash ? 'page.deleted' : 'page.undeleted');
  const names = changedProperties(changes);
  const ids = source.properties.filter(({ name }) => names.has(name)).map(({ id }) => id);
  return ids.length === 0 ? undefined : event('page.properties_updated', { updated_properties: ids });
}

/** Properties whose value is another one in the end than it was at first. */
function changedProperties(changes: readonly CellChange[]): ReadonlySet<string> {
  const cells = groupedBy(
    changes.filter(({ property }) => !property.startsWith('(')),
    ({ property }) => property,
  );
  const changed = [...cells.entries()].filter(([, own]) => !isDeepStrictEqual(own.at(0)?.before, own.at(-1)?.after));
  return new Set(changed.map(([name]) => name));
}
