/**
 * The stamp on a partnership row: the little memory the rules need, kept in the user's own table. It tells a
 * hand edit of a managed cell from our own last value, since when the status stands, and where the number stood.
 */
import type { DimensionPoints, PartnershipStatus, ScoreBand } from './assessment.js';
import type { Cell } from './cells.js';
import type { Day } from './entities.js';
import { hashText } from './key.js';
import { DIMENSIONS } from './scores.js';
import { cellHash } from './tasks.js';
import { VOCABULARIES } from './vocabulary.js';

export interface PartnershipStamp {
  /** Status last written, and the day it was first written. */
  readonly status: PartnershipStatus;
  readonly since: Day;
  /** Day of the last write. */
  readonly wrote: Day;
  /** Hash of all managed cells as last written. */
  readonly cells: string;
  /** Hash of the reasons behind the last written text. */
  readonly reasons: string;
  /** Where the number alone stood; absent when there was none. */
  readonly band?: ScoreBand;
  /** Whole points of each dimension; absent from a stamp that did not keep them. */
  readonly points?: DimensionPoints;
}

/** `2 at-risk since=2026-11-23 wrote=2026-11-23 cells=4k2p9a why=77hd01 band=watch points=24,10,19,-` */
export function formatStamp({ status, since, wrote, cells, reasons, band, points = {} }: PartnershipStamp): string {
  const kept = DIMENSIONS.map((dimension) => points[dimension] ?? '-').join(',');
  return `2 ${status} since=${since} wrote=${wrote} cells=${cells} why=${reasons} band=${band ?? 'none'} points=${kept}`;
}

const COMMON = '([a-z-]+) since=(\\d{4}-\\d{2}-\\d{2}) wrote=(\\d{4}-\\d{2}-\\d{2}) cells=([0-9a-z]+) why=([0-9a-z]+)';
const STAMP = new RegExp(`^(?:1 ${COMMON}|2 ${COMMON} band=([a-z-]+) points=([-\\d,]+))$`);
const BANDS: readonly ScoreBand[] = ['on-track', 'watch', 'at-risk'];

const bandIn = (text: string | undefined): ScoreBand | undefined => BANDS.find((band) => band === text);
const isStatus = (text: string | undefined): text is PartnershipStatus =>
  text !== undefined && text in VOCABULARIES.partnershipStatus;

/**
 * A stamp of an unknown version, or a text that is no stamp, reads as undefined. The first version kept no band: there
 * the status stands for it.
 */
export function parseStamp(text: string): PartnershipStamp | undefined {
  const found = STAMP.exec(text.trim());
  if (found === null) return undefined;
  const isFirst = found[1] !== undefined;
  const [status, since = '', wrote = '', cells = '', reasons = ''] = found.slice(isFirst ? 1 : 6, isFirst ? 6 : 11);
  if (!isStatus(status)) return undefined;
  const band = bandIn(isFirst ? status : found[11]);
  const points = isFirst ? undefined : pointsIn(found[12] ?? '');
  return {
    status,
    since,
    wrote,
    cells,
    reasons,
    ...(band === undefined ? {} : { band }),
    ...(points === undefined ? {} : { points }),
  };
}

function pointsIn(text: string): DimensionPoints {
  const kept = text.split(',');
  const entries = DIMENSIONS.flatMap((dimension, index) => {
    const points = Number.parseInt(kept[index] ?? '', 10);
    return Number.isNaN(points) ? [] : [[dimension, points] as const];
  });
  return Object.fromEntries(entries);
}

/** Hash over named cells, whatever order they come in. */
export function hashCells(cells: ReadonlyMap<string, Cell>): string {
  const parts = [...cells].map(([field, cell]) => `${field}=${cellHash(cell)}`).sort();
  return hashText(parts.join('\n')).slice(-8);
}
