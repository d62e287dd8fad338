/**
 * Reads a formula into a tree. Covers what filters use: literals, fields by name or id, comparison, arithmetic,
 * `&` and the functions of the table in formula.ts. Anything else is refused, as the real service refuses it.
 */
import type { Field } from './fields.js';
import { fieldOf, type Table } from './model.js';
import { invalidFormula } from './refusals.js';

export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | '&' | '+' | '-' | '*' | '/';

export type Formula =
  | { readonly kind: 'literal'; readonly value: string | number }
  | { readonly kind: 'field'; readonly field: Field }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Formula[] }
  | { readonly kind: 'operation'; readonly operator: Operator; readonly left: Formula; readonly right: Formula };

type Token =
  | { readonly kind: 'literal'; readonly value: string | number }
  | { readonly kind: 'field' | 'word' | 'mark'; readonly text: string };

const SPACE = /\s+/y;
const NUMBER = /\d+(?:\.\d+)?|\.\d+/y;
const STRING = /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'/sy;
const BRACED = /\{((?:[^}\\]|\\.)+)\}/sy;
const WORD = /[\p{L}_][\p{L}\p{N}_]*/uy;
const MARK = /!=|<=|>=|[=<>&+\-*/(),]/y;

const BAD_TEXT = 'Invalid formula. Please check your formula text.';
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

const unescaped = (text: string): string =>
  text.replace(/\\(.)/gs, (_, character: string) => ESCAPES[character] ?? character);

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found !== null) at = pattern.lastIndex;
    return found;
  };
  while (at < text.length) {
    if (match(SPACE) !== null) continue;
    const number = match(NUMBER);
    const string = number === null ? match(STRING) : null;
    const braced = number === null && string === null ? match(BRACED) : null;
    const word = number === null && string === null && braced === null ? match(WORD) : null;
    if (number !== null) tokens.push({ kind: 'literal', value: Number(number[0]) });
    else if (string !== null) tokens.push({ kind: 'literal', value: unescaped(string[1] ?? string[2] ?? '') });
    else if (braced !== null) tokens.push({ kind: 'field', text: unescaped(braced[1] ?? '') });
    else if (word !== null) tokens.push({ kind: 'word', text: word[0] });
    else {
      const mark = match(MARK);
      if (mark === null) throw invalidFormula(BAD_TEXT);
      tokens.push({ kind: 'mark', text: mark[0] });
    }
  }
  return tokens;
}

/** Loosest first; every level is left-associative. */
const LEVELS: readonly (readonly Operator[])[] = [['=', '!=', '<', '<=', '>', '>='], ['&'], ['+', '-'], ['*', '/']];

/** How many arguments a function takes. */
export type Arity = { readonly least: number; readonly most: number };

interface Cursor {
  readonly tokens: readonly Token[];
  readonly table: Table;
  readonly functions: Readonly<Record<string, Arity>>;
  at: number;
}

/** Parses and checks names. Throws Refusal (INVALID_FILTER_BY_FORMULA). */
export function parseFormula(text: string, table: Table, functions: Readonly<Record<string, Arity>>): Formula {
  const cursor: Cursor = { tokens: tokensOf(text), table, functions, at: 0 };
  const formula = parseLevel(cursor, 0);
  if (cursor.at < cursor.tokens.length) throw invalidFormula(BAD_TEXT);
  return formula;
}

const isMark = ({ tokens, at }: Cursor, mark: string): boolean => {
  const token = tokens[at];
  return token?.kind === 'mark' && token.text === mark;
};

function skip(cursor: Cursor, mark: string): void {
  if (!isMark(cursor, mark)) throw invalidFormula(BAD_TEXT);
  cursor.at += 1;
}

function parseLevel(cursor: Cursor, depth: number): Formula {
  const operators = LEVELS[depth];
  if (operators === undefined) return parsePrimary(cursor);
  let left = parseLevel(cursor, depth + 1);
  for (;;) {
    const operator = operators.find((mark) => isMark(cursor, mark));
    if (operator === undefined) return left;
    cursor.at += 1;
    left = { kind: 'operation', operator, left, right: parseLevel(cursor, depth + 1) };
  }
}

function parsePrimary(cursor: Cursor): Formula {
  const token = cursor.tokens[cursor.at];
  if (token === undefined) throw invalidFormula(BAD_TEXT);
  cursor.at += 1;
  if (token.kind === 'literal') return { kind: 'literal', value: token.value };
  if (token.kind === 'field') return fieldNamed(cursor, token.text);
  if (token.kind === 'word') {
    return isMark(cursor, '(') ? parseCall(cursor, token.text.toUpperCase()) : fieldNamed(cursor, token.text);
  }
  if (token.text === '-') {
    return { kind: 'operation', operator: '-', left: { kind: 'literal', value: 0 }, right: parsePrimary(cursor) };
  }
  if (token.text !== '(') throw invalidFormula(BAD_TEXT);
  const inner = parseLevel(cursor, 0);
  skip(cursor, ')');
  return inner;
}

function parseCall(cursor: Cursor, name: string): Formula {
  const arity = cursor.functions[name];
  if (arity === undefined) throw invalidFormula(`Unknown function names: ${name}`);
  skip(cursor, '(');
  const args: Formula[] = [];
  while (!isMark(cursor, ')')) {
    if (args.length > 0) skip(cursor, ',');
    args.push(parseLevel(cursor, 0));
  }
  skip(cursor, ')');
  if (args.length < arity.least || args.length > arity.most) {
    throw invalidFormula(`Invalid arguments for function ${name}.`);
  }
  return { kind: 'call', name, args };
}

/** The service names an unknown field in small letters. */
function fieldNamed({ table }: Cursor, name: string): Formula {
  const field = fieldOf(table, name);
  if (field === undefined) throw invalidFormula(`Unknown field names: ${name.toLowerCase()}`);
  return { kind: 'field', field };
}
