/**
 * Text as Notion stores it: at most 100 items of at most 2,000 UTF-16 units per value. Neighbouring items come
 * back merged, so a text is always split anew when it is written, and never inside a character a reader sees.
 */

const ITEM_LENGTH = 2_000;
const ITEM_COUNT = 100;

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Control characters but tab and newline, and halves of surrogate pairs: Notion refuses or drops them. */
const UNWRITABLE = /(?![\n\t])\p{Cc}|\p{Cs}/gu;

/** The text a column will hold: NFC, without what cannot be stored, cut to what fits into one value. */
export function fitText(text: string): string {
  const clean = text.replaceAll('\r\n', '\n').replace(UNWRITABLE, '').normalize('NFC');
  return clean.length <= ITEM_LENGTH ? clean : splitText(clean).join('');
}

/** The items of a text, in order; what is beyond the last item that fits is left out. */
export function splitText(text: string): readonly string[] {
  const items: string[] = [];
  for (let start = 0; start < text.length && items.length < ITEM_COUNT; ) {
    const end = boundary(text, start);
    items.push(text.slice(start, end));
    start = end;
  }
  return items;
}

/** The last place at most an item's length away where no grapheme is cut, or else no surrogate pair. */
function boundary(text: string, start: number): number {
  const limit = start + ITEM_LENGTH;
  if (limit >= text.length) return text.length;
  const across = graphemes.segment(text).containing(limit)?.index ?? limit;
  if (across > start) return across;
  const insidePair = /[\uDC00-\uDFFF]/.test(text.charAt(limit)) && /[\uD800-\uDBFF]/.test(text.charAt(limit - 1));
  return insidePair ? limit - 1 : limit;
}
