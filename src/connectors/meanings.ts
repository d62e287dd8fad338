/** What the refusals of a tool mean: a literal table per tool, read by its connector and printed in docs/errors.md. */
import type { ErrorCode } from '../errors.js';

/** What is known of an answer that is not the wanted one. */
export interface Refusal {
  readonly status: number;
  /** The tool's own word for it; '' where it gave none. */
  readonly word: string;
  /** Further words of the answer. */
  readonly message: string;
}

export interface Meaning {
  /** A status, or the first and last of a range. */
  readonly status: number | readonly [number, number];
  /** The tool's own word; any where absent. */
  readonly word?: string;
  /** What the message must say besides. */
  readonly says?: RegExp;
  readonly code: ErrorCode;
  /** What it means for people, and what Tandem does where the code alone does not tell. */
  readonly about: string;
}

/** The first line of a table that fits. */
export function meaningOf(table: readonly Meaning[], refusal: Refusal): Meaning | undefined {
  return table.find((meaning) => fits(meaning, refusal));
}

function fits({ status, word, says }: Meaning, refusal: Refusal): boolean {
  const [first, last] = typeof status === 'number' ? [status, status] : status;
  return (
    refusal.status >= first &&
    refusal.status <= last &&
    (word === undefined || word === refusal.word) &&
    (says === undefined || says.test(refusal.message))
  );
}
