/** YAML or JSON files of the sandbox, checked by zod: every mistake at once, each with its line. */
import { closest } from 'fastest-levenshtein';
import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';

export interface Mistake {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** A file that cannot be used; the message has one line per mistake, `file:line:column: where: what`. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError';
}

export interface OpenDocument {
  /** What the text says, unchecked. */
  readonly data: unknown;
  /** The data as the schema reads it; `check` may find more mistakes in what it let through. Throws DocumentError. */
  read<T>(schema: z.ZodType<T>, check?: (data: T) => readonly Mistake[]): T;
}

/** Reads YAML or JSON. Throws DocumentError for what is neither; `file` is what the mistakes call the file. */
export function openDocument(text: string, file: string): OpenDocument {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  if (document.errors.length > 0) {
    throw new DocumentError(document.errors.map(({ pos, message }) => `${place(pos[0])}: ${message}`).join('\n'));
  }
  const refusal = (mistakes: readonly Mistake[]): DocumentError => {
    const told = mistakes
      .map(({ path, message }) => ({ path, message, offset: offsetOf(document.contents, path) }))
      .sort((left, right) => left.offset - right.offset)
      .map(({ path, message, offset }) => `${place(offset)}:${path.length === 0 ? '' : ` ${spell(path)}:`} ${message}`);
    return new DocumentError(told.join('\n'));
  };
  const data: unknown = document.toJS();
  return {
    data,
    read: (schema, check = () => []) => {
      const parsed = schema.safeParse(data);
      if (!parsed.success) throw refusal(parsed.error.issues.map((issue) => explain(issue, data)));
      const mistakes = check(parsed.data);
      if (mistakes.length > 0) throw refusal(mistakes);
      return parsed.data;
    },
  };
}

/** The nearest known word as a question, or nothing when none is near. */
export function didYouMean(word: string, known: readonly string[]): string {
  const near = known.length === 0 ? '' : closest(word, [...known]);
  const isNear = near !== '' && [...word].filter((letter) => near.includes(letter)).length * 2 >= word.length;
  return isNear ? ` Did you mean "${near}"?` : '';
}

const spell = (path: readonly PropertyKey[]): string =>
  path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${String(step)}`))
    .join('');

/** Where the key or item at the end of a path stands, or the deepest part of it that is there. */
function offsetOf(node: unknown, path: readonly PropertyKey[]): number {
  const here = isNode(node) ? (node.range?.[0] ?? 0) : 0;
  const [step, ...rest] = path;
  if (isSeq(node) && typeof step === 'number') return offsetOf(node.items[step] ?? node, rest);
  if (!isMap(node)) return here;
  const pair = node.items.find(({ key }) => isScalar(key) && key.value === step);
  return pair === undefined ? here : offsetOf(rest.length === 0 ? pair.key : pair.value, rest);
}

function explain(issue: z.core.$ZodIssue, data: unknown): Mistake {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') {
    return { path: [...path, issue.keys[0] ?? ''], message: 'is not known here.' };
  }
  const known = choicesOf(issue);
  if (known === undefined) return { path, message: issue.message.replace(/[^.?]$/, '$&.') };
  const given = String(valueAt(data, path) ?? 'nothing');
  return { path, message: `"${given}" is none of: ${known.join(', ')}.${didYouMean(given, known)}` };
}

/** What might stand at the place of an issue, where that is a list of words. */
function choicesOf(issue: z.core.$ZodIssue): readonly string[] | undefined {
  if (issue.code === 'invalid_value') return issue.values.map(String);
  return issue.code === 'invalid_union' && 'options' in issue && Array.isArray(issue.options)
    ? issue.options.map(String)
    : undefined;
}

/** The value at a path; a word that stands for an object with that word in it is the word. */
function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, step) => (typeof value === 'object' && value !== null ? Reflect.get(value, step) : value),
    data,
  );
}
