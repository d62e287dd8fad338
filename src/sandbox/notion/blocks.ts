/** The body of a page, as far as it is kept: paragraphs that were appended. */
import { z } from 'zod';
import { minuteText } from './dates.js';
import { nextUuid } from './edits.js';
import { partialUser, trashFlags, type Version } from './page-wire.js';
import { check } from './refusals.js';
import { printRichText, readRichText } from './rich-text.js';
import type { Block, NotionState, Page } from './state.js';

const child = z.looseObject({ paragraph: z.looseObject({ rich_text: z.unknown() }) });
const children = z.array(child).max(100);

/** Appends paragraphs; blocks of other types are refused. */
export function appendBlocks(state: NotionState, page: Page, given: unknown, place: string): readonly Block[] {
  const added = check(children, given, place).map(
    ({ paragraph }, index): Block => ({
      id: nextUuid(state, 'block'),
      createdAt: state.context.now(),
      runs: readRichText(state, paragraph.rich_text, `${place}[${index}].paragraph.rich_text`),
    }),
  );
  state.blocks.set(page.id, [...(state.blocks.get(page.id) ?? []), ...added]);
  return added;
}

export function printBlock(state: NotionState, version: Version, page: Page, block: Block): object {
  return {
    object: 'block',
    id: block.id,
    parent: { type: 'page_id', page_id: page.id },
    created_time: minuteText(block.createdAt),
    last_edited_time: minuteText(block.createdAt),
    created_by: partialUser(page.editedBy),
    last_edited_by: partialUser(page.editedBy),
    has_children: false,
    ...trashFlags(version, false),
    type: 'paragraph',
    paragraph: { rich_text: printRichText(state, block.runs), color: 'default' },
  };
}
