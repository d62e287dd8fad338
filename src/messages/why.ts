/** Why a partnership has its status, in one line: what a person decided, what is missing, then the biggest causes. */
import type { Dimension, Finding, PartnershipAssessment } from '../domain/assessment.js';
import { capOf } from '../domain/health.js';
import { DEFAULT_POLICY } from '../domain/policy.js';
import { clip, type Words } from './words.js';

const LONGEST = 300;
const CAUSES = 3;
const REASON_LENGTH = 80;
const SEPARATOR = ' · ';

/** At most 300 characters, the same for the same assessment on any day. */
export function whyOf(assessment: PartnershipAssessment, words: Words): string {
  return fitted([...frame(assessment, words), ...causes(assessment, words), ...held(assessment, words)]);
}

function held({ held, health = 0 }: PartnershipAssessment, words: Words): readonly string[] {
  if (held === undefined) return [];
  return [words.why.held(words.labels.partnershipStatus[held.band], held.edge, held.edge > health)];
}

function frame({ override, frozen, status, health }: PartnershipAssessment, words: Words): readonly string[] {
  if (frozen.length > 0) return [words.why.frozen(frozen.map((entity) => words.entities[entity]))];
  if (override !== undefined) {
    const reason = clip((override.reason ?? '').replace(/\s+/g, ' ').trim(), REASON_LENGTH);
    return [words.why.override(reason, override.until, words.labels.partnershipStatus[override.computed])];
  }
  if (status !== 'insufficient-data') return [];
  return [health === undefined ? words.why.insufficient : words.why.outdated];
}

/** Findings that cap the status first, then the others as they are sorted, then where points are lost. */
function causes(assessment: PartnershipAssessment, words: Words): readonly string[] {
  const missingData = assessment.status === 'insufficient-data';
  const told = assessment.findings.filter(
    ({ code, severity }) => severity !== 'info' || (missingData && code === 'kpi-not-computable'),
  );
  const rank = (finding: Finding): number => (capOf(finding) === 'at-risk' ? 0 : capOf(finding) === 'watch' ? 1 : 2);
  const ranked = [...told].sort((left, right) => rank(left) - rank(right));
  const sentences = ranked.slice(0, CAUSES).map(({ code, params }) => words.rules[code].says(params));
  if (ranked.length > CAUSES) return [...sentences, words.why.more(ranked.length - CAUSES)];
  const weak = ranked.length < CAUSES ? weakDimensions(assessment) : [];
  if (weak.length > 0) sentences.push(words.why.weak(weak.map((dimension) => words.dimensions[dimension])));
  const framed = missingData || assessment.frozen.length > 0 || assessment.override !== undefined;
  return sentences.length === 0 && !framed ? [words.why.fine] : sentences;
}

/** Dimensions below the upper band, those that cost the most points first. */
function weakDimensions({ contributions }: PartnershipAssessment): readonly Dimension[] {
  return contributions
    .filter(({ score }) => score < DEFAULT_POLICY.health.bands.onTrack)
    .sort((left, right) => right.weight * (100 - right.score) - left.weight * (100 - left.score))
    .map(({ dimension }) => dimension);
}

/** Whole parts as long as they fit; of a first part that is too long, its beginning. */
function fitted(parts: readonly string[]): string {
  let line = '';
  for (const part of parts) {
    const longer = line === '' ? part : `${line}${SEPARATOR}${part}`;
    if (longer.length > LONGEST) break;
    line = longer;
  }
  return line === '' ? clip(parts[0] ?? '', LONGEST) : line;
}
