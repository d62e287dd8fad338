/**
 * The stamp on a partnership row: the little memory the rules need, kept in the user's own table. It tells a
 * hand edit of a managed cell from our own last value, and since when the status stands.
 */
import type { Cell } from './cells.js';
import type { Day } from './entities.js';
import { hashText } from './key.js';
import { cellHash } from './tasks.js';
import { VOCABULARIES } from './vocabulary.js';

export interface PartnershipStamp {
  /** Status last written, and the day it was first written. */
  readonly status: string;
  readonly since: Day;
  /** Day of the last write. */
  readonly wrote: Day;
  /** Hash of all managed cells as last written. */
  readonly cells: string;
  /** Hash of the reasons behind the last written text. */
  readonly reasons: string;
}

/** `1 watch since=2026-11-23 wrote=2026-11-23 cells=4k2p9a why=77hd01` */
export function formatStamp(stamp: PartnershipStamp): string {
  return `1 ${stamp.status} since=${stamp.since} wrote=${stamp.wrote} cells=${stamp.cells} why=${stamp.reasons}`;
}

const STAMP = /^1 ([a-z-]+) since=(\d{4}-\d{2}-\d{2}) wrote=(\d{4}-\d{2}-\d{2}) cells=([0-9a-z]+) why=([0-9a-z]+)$/;

/** A stamp of another version, or a text that is no stamp, reads as undefined. */
export function parseStamp(text: string): PartnershipStamp | undefined {
  const [, status, since, wrote, cells, reasons] = STAMP.exec(text.trim()) ?? [];
  if (
    status === undefined ||
    since === undefined ||
    wrote === undefined ||
    cells === undefined ||
    reasons === undefined
  ) {
    return undefined;
  }
  return status in VOCABULARIES.partnershipStatus ? { status, since, wrote, cells, reasons } : undefined;
}

/** Hash over named cells, whatever order they come in. */
export function hashCells(cells: ReadonlyMap<string, Cell>): string {
  const parts = [...cells].map(([field, cell]) => `${field}=${cellHash(cell)}`).sort();
  return hashText(parts.join('\n')).slice(-8);
}
