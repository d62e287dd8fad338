/** "Did you mean": the candidate within two edits of what was written, if one is close enough to be no guess. */
import { distance } from 'fastest-levenshtein';

const FARTHEST = 2;

/**
 * The nearest candidate, or undefined. Distances are counted over lower-case NFC text and again over NFD,
 * where a Hangul syllable falls into its jamo and one wrong vowel is one edit. More than half of a short
 * word replaced is another word, not a typing error.
 */
export function suggest(written: string, candidates: Iterable<string>): string | undefined {
  let best: { readonly candidate: string; readonly edits: number } | undefined;
  for (const candidate of candidates) {
    const edits = Math.min(editsBetween(written, candidate, 'NFC'), editsBetween(written, candidate, 'NFD'));
    if (edits < (best?.edits ?? Number.POSITIVE_INFINITY)) best = { candidate, edits };
  }
  return best?.candidate;
}

function editsBetween(written: string, candidate: string, form: 'NFC' | 'NFD'): number {
  const left = written.toLowerCase().normalize(form);
  const right = candidate.toLowerCase().normalize(form);
  const longest = Math.max(left.length, right.length);
  if (Math.abs(left.length - right.length) > FARTHEST) return Number.POSITIVE_INFINITY;
  const edits = distance(left, right);
  return edits <= FARTHEST && edits * 2 <= longest ? edits : Number.POSITIVE_INFINITY;
}
