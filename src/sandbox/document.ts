/** YAML or JSON files of the sandbox, checked by zod: every mistake at once, each with its line. */
import { closest } from 'fastest-levenshtein';
import { isMap, isNode, LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';

export interface Mistake {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** A file that cannot be used; the message has one line per mistake, `file:line:column: where: what`. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError';
}

/**
 * Reads a document. `check` may find more mistakes in what the schema let through. Throws DocumentError; `file` is
 * what the mistakes call the file.
 */
export function readDocument<T>(
  text: string,
  file: string,
  schema: z.ZodType<T>,
  check: (data: T) => readonly Mistake[] = () => [],
): T {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  if (document.errors.length > 0) {
    throw new DocumentError(document.errors.map(({ pos, message }) => `${place(pos[0])}: ${message}`).join('\n'));
  }
  const parsed = schema.safeParse(document.toJS());
  const mistakes = parsed.success ? check(parsed.data) : parsed.error.issues.map(explain);
  if (!parsed.success || mistakes.length > 0) {
    const told = mistakes.map(({ path, message }) => {
      const where = path.length === 0 ? '' : ` ${spell(path)}:`;
      return `${place(offsetOf(document.contents, path))}:${where} ${message}`;
    });
    throw new DocumentError(told.join('\n'));
  }
  return parsed.data;
}

/** The nearest known word in a sentence of its own, or nothing when none is near. */
export function didYouMean(word: string, known: readonly string[]): string {
  const near = closest(word, [...known]);
  const isNear = near !== '' && [...word].filter((letter) => near.includes(letter)).length * 2 >= word.length;
  return isNear ? ` Did you mean "${near}"?` : '';
}

const spell = (path: readonly PropertyKey[]): string =>
  path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${String(step)}`))
    .join('');

/** Where a path stands, or the deepest part of it that is there. */
function offsetOf(node: Node | null, path: readonly PropertyKey[]): number {
  const [step, ...rest] = path;
  const here = node?.range?.[0] ?? 0;
  if (step === undefined || node === null || !('get' in node)) return here;
  const next: unknown = node.get(step, true);
  if (isNode(next)) return offsetOf(next, rest);
  const key = isMap(node) ? node.items.find((item) => isNode(item.key) && String(item.key) === step)?.key : undefined;
  return isNode(key) ? (key.range?.[0] ?? here) : here;
}

function explain(issue: z.core.$ZodIssue): Mistake {
  if (issue.code === 'unrecognized_keys') {
    return { path: [...issue.path, issue.keys[0] ?? ''], message: 'is not known here.' };
  }
  return { path: issue.path, message: `${issue.message}.` };
}
