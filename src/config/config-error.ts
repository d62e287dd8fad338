/**
 * What is wrong with a configuration, first as a `Mistake` at a path in the data, then as a `ConfigError`
 * at a line and column, and how a terminal shows it. No message ever carries a token or a control character.
 */
import type { ErrorCode } from '../errors.js';
import { withoutSecrets } from './secrets.js';

export type ConfigErrorCode = Extract<
  ErrorCode,
  'config-invalid' | 'config-unknown-key' | 'config-not-found' | 'config-token-missing'
>;

export type Path = readonly (string | number)[];

export interface Mistake {
  readonly code: ConfigErrorCode;
  readonly path: Path;
  /** Whether the key at the path is to blame or what stands behind it. */
  readonly at: 'key' | 'value';
  readonly what: string;
  readonly why: string;
  readonly next: string;
  readonly didYouMean?: string;
  /** The path names something that should be there and is not. */
  readonly missing?: true;
}

export interface ConfigError {
  readonly code: ConfigErrorCode;
  readonly file: string;
  /** From 1; 0 where there is no file to point into. */
  readonly line: number;
  /** From 1, in UTF-16 units as editors count; 0 where there is no file to point into. */
  readonly column: number;
  /** Keys joined by dots; empty for the file as a whole. */
  readonly path: string;
  readonly what: string;
  readonly why: string;
  readonly next: string;
  readonly didYouMean?: string;
}

export interface Position {
  readonly line: number;
  readonly column: number;
}

export const NOWHERE: Position = { line: 0, column: 0 };

/** A mistake with its place in the file, its texts safe to print. */
export function toConfigError(mistake: Mistake, file: string, { line, column }: Position): ConfigError {
  const { code, what, why, next, didYouMean } = mistake;
  return {
    code,
    file,
    line,
    column,
    path: printable(mistake.path.join('.')),
    what: printable(what),
    why: printable(why),
    next: printable(next),
    ...(didYouMean === undefined ? {} : { didYouMean: printable(didYouMean) }),
  };
}

/** All errors as text for a terminal: place and what, then why, what to do, and a guess where there is one. */
export function formatConfigErrors(errors: readonly ConfigError[]): string {
  return `${errors.map(formatOne).join('\n\n')}\n`;
}

function formatOne(error: ConfigError): string {
  const place = error.line === 0 ? error.file : `${error.file}:${error.line}:${error.column}`;
  const lines = [`${place}  ${error.what} [${error.code}]`, `  why: ${error.why}`, `  next: ${error.next}`];
  if (error.didYouMean !== undefined) lines.push(`  did you mean \`${error.didYouMean}\`?`);
  return lines.join('\n');
}

const LONGEST = 60;

/** A value from the file as it may stand in a message: scalars quoted and cut, the rest by its kind. */
export function shownValue(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (typeof value === 'string') {
    const letters = [...withoutSecrets(value)];
    return JSON.stringify(letters.length > LONGEST ? `${letters.slice(0, LONGEST).join('')}…` : letters.join(''));
  }
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  return Array.isArray(value) ? 'a list' : 'a block of keys';
}

/** Controls and direction marks could rewrite the terminal line they are printed on. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: matching them is the purpose
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

function printable(text: string): string {
  return withoutSecrets(text).replace(
    UNPRINTABLE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
