/** One property of a page at its own address, where lists are complete. */
import { digestOf, pageOf, pageRequest } from './lists.js';
import { printRollup, printUser, printValue } from './page-wire.js';
import { printRichText } from './rich-text.js';
import type { NotionState, Page, Property, Value } from './state.js';
import { cellOf } from './values.js';

/** The items of a property that is answered as a list; undefined for the others. */
function itemsOf(state: NotionState, value: Value): readonly unknown[] | undefined {
  switch (value.kind) {
    case 'rich':
      return printRichText(state, value.runs);
    case 'people':
      return value.ids.map((id) => printUser(state, id));
    case 'links':
      return value.ids.map((id) => ({ id }));
    default:
      return undefined;
  }
}

/** A property item, or a page of them for title, rich text, people, relations and rollups. */
export function printPropertyItem(
  state: NotionState,
  page: Page,
  property: Property,
  paging: { readonly size: string | undefined; readonly cursor: string | undefined },
): object {
  const value = cellOf(page, property);
  const { id, type } = property;
  const head = { object: 'property_item', id, type };
  if (type === 'rollup') {
    const rollup = printRollup(value.kind === 'computed' ? value.result : null);
    return {
      object: 'list',
      results: [],
      next_cursor: null,
      has_more: false,
      type: 'property_item',
      property_item: { id, type, next_url: null, rollup },
    };
  }
  const items = itemsOf(state, value);
  if (items === undefined) return { ...head, [type]: printValue(state, page, property, value) };
  const digest = digestOf(['property', page.id, id]);
  const request = pageRequest(paging, digest, 'query');
  const { items: shown, envelope } = pageOf(items, request, digest);
  const nextUrl =
    envelope.next_cursor === null
      ? null
      : `https://api.notion.com/v1/pages/${page.id}/properties/${id}?start_cursor=${envelope.next_cursor}`;
  return {
    object: 'list',
    results: shown.map((item) => ({ ...head, [type]: item })),
    ...envelope,
    type: 'property_item',
    property_item: { id, next_url: nextUrl, type, [type]: {} },
  };
}
