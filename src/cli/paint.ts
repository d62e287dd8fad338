/** Colour and width of terminal text. Colour is off when NO_COLOR is set or the stream is no terminal, unless FORCE_COLOR. */
import { styleText } from 'node:util';
import stringWidth from 'fast-string-width';

export type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

const plain: Paint = (_style, text) => text;
const coloured: Paint = (style, text) => styleText(style, text);

/** The painter for a stream. */
export function paintFor(
  stream: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
): Paint {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return plain;
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0') return coloured;
  return stream.isTTY === true ? coloured : plain;
}

/** Columns a text takes in a terminal: Korean letters take two. */
export const width = (text: string): number => stringWidth(text);

export function padEnd(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - width(text)));
}

/** Cuts to a number of columns, never inside a character a reader sees as one. */
export function cut(text: string, columns: number): string {
  const line = text.replace(/\s+/g, ' ');
  if (width(line) <= columns) return line;
  let kept = '';
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(line)) {
    if (width(kept + segment) > columns - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** Rows under a header, columns as wide as their content. A cell may be painted: it is padded by what it shows. */
export function table(header: readonly string[], rows: readonly (readonly string[])[], paint: Paint): string {
  const columns = header.map((title, index) => Math.max(width(title), ...rows.map((row) => width(row[index] ?? ''))));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, index) => padEnd(cell, columns[index] ?? 0))
      .join('  ')
      .trimEnd();
  const rule = columns.map((columnWidth) => '─'.repeat(columnWidth)).join('  ');
  return [paint('bold', line(header)), paint('dim', rule), ...rows.map(line)].join('\n');
}
