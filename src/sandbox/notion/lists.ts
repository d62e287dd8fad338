/** Paged answers: size, opaque cursors, and the object a list comes in. */
import { createHash } from 'node:crypto';
import { invalid, misplaced, quoted } from './refusals.js';

const PAGE_SIZE = 100;

export interface PageRequest {
  readonly size: number;
  readonly offset: number;
}

/** Stands for the question asked: a cursor of one question is no cursor of another. */
export const digestOf = (question: unknown): string =>
  createHash('sha256').update(JSON.stringify(question)).digest('base64url').slice(0, 12);

const cursorAt = (digest: string, offset: number): string => Buffer.from(`${digest}.${offset}`).toString('base64url');

function offsetOf(cursor: string, digest: string): number {
  const [owner, offset = ''] = Buffer.from(cursor, 'base64url').toString().split('.');
  if (owner !== digest || !/^\d+$/.test(offset)) throw invalid(`The start_cursor provided is invalid: ${cursor}`);
  return Number(offset);
}

/** Reads `page_size` and `start_cursor`, from a body or, as text, from a query string. */
export function pageRequest(
  given: { readonly size: unknown; readonly cursor: unknown },
  digest: string,
  part: 'body' | 'query',
): PageRequest {
  const size = given.size === undefined ? PAGE_SIZE : Number(given.size);
  if (!Number.isInteger(size) || size < 1) {
    throw misplaced(`${part}.page_size`, `should be a positive integer, instead was ${quoted(given.size)}`);
  }
  if (size > PAGE_SIZE) throw misplaced(`${part}.page_size`, `should be ≤ \`${PAGE_SIZE}\`, instead was \`${size}\``);
  if (given.cursor === undefined || given.cursor === null) return { size, offset: 0 };
  if (typeof given.cursor !== 'string') {
    throw misplaced(`${part}.start_cursor`, `should be a string, instead was ${quoted(given.cursor)}`);
  }
  return { size, offset: offsetOf(given.cursor, digest) };
}

/** One page of `items`; at most `cap` of them can be reached at all. */
export function pageOf<T>(items: readonly T[], { size, offset }: PageRequest, digest: string, cap = Infinity) {
  const reachable = Math.min(items.length, cap);
  const end = Math.min(offset + size, reachable);
  const hasMore = end < reachable;
  return {
    items: items.slice(offset, end),
    cut: !hasMore && items.length > reachable,
    envelope: { next_cursor: hasMore ? cursorAt(digest, end) : null, has_more: hasMore },
  };
}
