/**
 * YAML text as data with positions. Faults of the text itself (tabs, doubled keys, aliases that explode)
 * come back as mistakes with an offset; everything else is found later by path.
 */
import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from 'yaml';
import type { Path, Position } from './config-error.js';

export interface YamlFault {
  readonly offset: number;
  readonly what: string;
  readonly why: string;
  readonly next: string;
}

export interface YamlFile {
  /** What the text says; undefined when faults make it unreliable. */
  readonly data: unknown;
  readonly readable: boolean;
  readonly faults: readonly YamlFault[];
  positionOf(offset: number): Position;
  /** Where a path is, or the deepest part of it that exists. */
  locate(path: Path, at: 'key' | 'value'): Position;
}

const LARGEST = 256 * 1024;
const DEEPEST = 64;
/** Faults after which the data can still be trusted for everything else. */
const HARMLESS: readonly string[] = ['DUPLICATE_KEY', 'TAG_RESOLVE_FAILED'];

type Document = ReturnType<typeof parseDocument>;

/** Reads a YAML text; a byte order mark and CRLF line ends are fine. */
export function readYaml(source: string): YamlFile {
  const text = source.startsWith('\uFEFF') ? source.slice(1) : source;
  const refusal = refuse(text);
  if (refusal !== undefined) return unreadable([refusal], () => ({ line: 1, column: 1 }));
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    logLevel: 'error',
    uniqueKeys: (left, right) => isScalar(left) && isScalar(right) && sameKey(left.value, right.value),
  });
  const positionOf = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const complaints = [...document.errors, ...document.warnings];
  const faults = [
    ...complaints.map(({ code, pos, message }) => explainFault(code, pos[0], message)),
    ...oddKeys(document),
  ];
  if (complaints.some(({ code }) => !HARMLESS.includes(code))) return unreadable(faults, positionOf);
  const value = evaluate(document);
  if ('fault' in value) return unreadable([...faults, value.fault], positionOf);
  return {
    data: value.data,
    readable: true,
    faults,
    positionOf,
    locate: (path, at) => positionOf(offsetOf(document, path, at)),
  };
}

function unreadable(faults: readonly YamlFault[], positionOf: (offset: number) => Position): YamlFile {
  return { data: undefined, readable: false, faults, positionOf, locate: () => positionOf(0) };
}

/** The parser recurses; a text nested thousands deep would end the process, not the call. */
function refuse(text: string): YamlFault | undefined {
  const fault = (what: string, why: string, next: string): YamlFault => ({ offset: 0, what, why, next });
  if (text.includes('\0')) {
    return fault('the file is not UTF-8 text', 'It holds zero bytes, as UTF-16 files do.', 'Save it as UTF-8.');
  }
  if (text.length > LARGEST) {
    return fault('the file is too large', 'A configuration takes a few hundred lines.', 'Name the right file.');
  }
  let depth = 0;
  let deepest = 0;
  for (const character of text) {
    if (character === '[' || character === '{') deepest = Math.max(deepest, ++depth);
    if (character === ']' || character === '}') depth = Math.max(0, depth - 1);
  }
  if (deepest > DEEPEST || /(?:[-?:][ \t]+){64}/.test(text)) {
    return fault(
      'the file is nested too deeply',
      'No configuration is more than a few levels deep.',
      'Close the brackets.',
    );
  }
  return undefined;
}

/** Two spellings of one name in Unicode are one key to the reader and so to us. */
function sameKey(left: unknown, right: unknown): boolean {
  return String(left).normalize('NFC').trim() === String(right).normalize('NFC').trim();
}

function explainFault(code: string, offset: number, message: string): YamlFault {
  switch (code) {
    case 'TAB_AS_INDENT':
      return {
        offset,
        what: 'a tab is used to indent',
        why: 'YAML allows only spaces there.',
        next: 'Replace the tab by spaces.',
      };
    case 'DUPLICATE_KEY':
      return {
        offset,
        what: 'this key stands here twice',
        why: 'Only one of the two could be used, and which one is not said.',
        next: 'Remove one of them.',
      };
    case 'MULTIPLE_DOCS':
      return {
        offset,
        what: 'a second document begins here',
        why: 'A configuration is one YAML document.',
        next: 'Remove the line `---`.',
      };
    default:
      return {
        offset,
        what: 'this is not valid YAML',
        why: `${message.split('\n')[0] ?? message}.`,
        next: 'Correct the line, or the end of the line above it.',
      };
  }
}

/** Keys that no plain data can hold safely or that are not a word at all. */
function oddKeys(document: Document): YamlFault[] {
  const faults: YamlFault[] = [];
  visit(document, {
    Pair(_, { key }) {
      if (!isNode(key)) return;
      const offset = key.range?.[0] ?? 0;
      if (!isScalar(key)) {
        faults.push({
          offset,
          what: 'this key is not a plain word',
          why: 'Keys are names; a list, a block or an alias cannot be one.',
          next: 'Write the name itself, in quotes where it begins with a bracket or a star.',
        });
      } else if (key.value === '__proto__') {
        faults.push({
          offset,
          what: 'the key `__proto__` cannot be used',
          why: 'The name has a meaning of its own in the language Tandem is written in.',
          next: 'Rename it, or refer to the property by its id.',
        });
      }
    },
  });
  return faults;
}

/** toJS counts how often aliases are followed, so that a few lines cannot grow into gigabytes. */
function evaluate(document: Document): { readonly data: unknown } | { readonly fault: YamlFault } {
  try {
    const data: unknown = document.toJS({ maxAliasCount: 100 });
    return { data };
  } catch (thrown) {
    if (!(thrown instanceof ReferenceError)) throw thrown;
    let first: number | undefined;
    let dangling: number | undefined;
    visit(document, {
      Alias(_, alias) {
        first ??= alias.range?.[0];
        if (alias.resolve(document) === undefined) dangling ??= alias.range?.[0];
      },
    });
    if (dangling === undefined) {
      return {
        fault: {
          offset: first ?? 0,
          what: 'aliases are repeated too often',
          why: 'Followed to the end they would fill the memory.',
          next: 'Write the values out instead of using `*`.',
        },
      };
    }
    return {
      fault: {
        offset: dangling,
        what: 'this alias refers to nothing',
        why: 'A text that begins with `*` is an alias, and no anchor `&` of that name comes before it.',
        next: 'Put the text in quotes, or add the anchor.',
      },
    };
  }
}

function offsetOf(document: Document, path: Path, at: 'key' | 'value'): number {
  let node: unknown = document.contents;
  let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
  for (const step of path) {
    const child = childOf(document, node, step);
    if (child === undefined) return offset;
    offset = child.offset;
    node = child.value;
  }
  return at === 'value' && isNode(node) && hasText(node) ? (node.range?.[0] ?? offset) : offset;
}

function childOf(
  document: Document,
  parent: unknown,
  step: string | number,
): { readonly offset: number; readonly value: unknown } | undefined {
  const node = isAlias(parent) ? parent.resolve(document) : parent;
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
    if (pair === undefined || !isScalar(pair.key)) return undefined;
    return { offset: pair.key.range?.[0] ?? 0, value: pair.value };
  }
  if (isSeq(node) && typeof step === 'number') {
    const item = node.items[step];
    return isNode(item) ? { offset: item.range?.[0] ?? 0, value: item } : undefined;
  }
  return undefined;
}

/** An empty value has no text to point at: its key is shown then. */
const hasText = (node: Node): boolean =>
  node.range !== undefined && node.range !== null && node.range[1] > node.range[0];
