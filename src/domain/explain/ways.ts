/**
 * What would change a status: remedies, alone or together, each set proved by applying it to the snapshot and assessing
 * again. The search is bounded; what it does not find it does not claim.
 */
import type { PartnershipAssessment, PartnershipStatus } from '../assessment.js';
import type { Day } from '../calendar.js';
import type { KpiFact } from '../facts.js';
import { capOf } from '../health.js';
import type { Snapshot } from '../snapshot.js';
import { applied } from './edit.js';
import { roundedOut } from './kpi-target.js';
import { type Remedy, raisedTo } from './remedies.js';

/** Remedies that together give another status, which was seen, not guessed. */
export interface Way {
  readonly remedies: readonly Remedy[];
  readonly status: PartnershipStatus;
  readonly health?: number;
}

export interface Search {
  readonly snapshot: Snapshot;
  readonly kpis: readonly KpiFact[];
  readonly asOf: Day;
  /** The partnership as judged on a snapshot. */
  readonly judge: (snapshot: Snapshot) => PartnershipAssessment;
}

const RANK: Readonly<Record<PartnershipStatus, number>> = {
  'at-risk': 0,
  'insufficient-data': 1,
  watch: 2,
  'on-track': 3,
};

const MOST_REMEDIES = 24;
const MOST_STEPS = 8;
const MOST_WAYS = 3;

/** The status as computed: what a person decided does not move with the data. */
const computedOf = ({ status, override }: PartnershipAssessment): PartnershipStatus => override?.computed ?? status;

/** Up to three ways to a better status, or to any status where there is too little data: single steps, else a shortest set of steps. */
export function waysOut(current: PartnershipAssessment, remedies: readonly Remedy[], search: Search): readonly Way[] {
  const from = computedOf(current);
  const isBetter = (assessment: PartnershipAssessment): boolean =>
    from === 'insufficient-data'
      ? computedOf(assessment) !== from
      : RANK[computedOf(assessment)] > Math.max(RANK[from], RANK['insufficient-data']);
  if (from === 'on-track' || current.frozen.length > 0) return [];
  const tried = remedies.slice(0, MOST_REMEDIES);
  const singles = tried.flatMap((remedy) => prove([remedy], isBetter, search));
  if (singles.length > 0) return singles.slice(0, MOST_WAYS).map((way) => leastRaise(way, isBetter, search));
  return together(tried, isBetter, search).map((way) => leastRaise(way, isBetter, search));
}

type Test = (assessment: PartnershipAssessment) => boolean;

const judged = (remedies: readonly Remedy[], { snapshot, judge }: Search): PartnershipAssessment =>
  judge(
    applied(
      snapshot,
      remedies.flatMap(({ edits }) => edits),
    ),
  );

function prove(remedies: readonly Remedy[], isBetter: Test, search: Search): readonly Way[] {
  const assessment = judged(remedies, search);
  if (!isBetter(assessment)) return [];
  const { health } = assessment;
  return [{ remedies, status: computedOf(assessment), ...(health === undefined ? {} : { health }) }];
}

/** How promising a state is. It only steers the search: what counts is proved. */
function promise({ findings, health, confidence }: PartnershipAssessment): number {
  const caps = findings.filter((finding) => capOf(finding) !== undefined).length;
  return (health ?? -100) + 100 * confidence - 200 * caps;
}

/** The most promising remedy after the other until the status changes, then without those that were not needed. */
function together(remedies: readonly Remedy[], isBetter: Test, search: Search): readonly Way[] {
  let chosen: readonly Remedy[] = [];
  for (let step = 0; step < MOST_STEPS && chosen.length < remedies.length; step += 1) {
    const ranked = remedies
      .filter((remedy) => !chosen.includes(remedy))
      .map((remedy) => ({ remedy, worth: promise(judged([...chosen, remedy], search)) }))
      .sort((left, right) => right.worth - left.worth);
    const [best] = ranked;
    if (best === undefined) return [];
    chosen = [...chosen, best.remedy];
    if (prove(chosen, isBetter, search).length > 0) return prove(needed(chosen, isBetter, search), isBetter, search);
  }
  return [];
}

function needed(remedies: readonly Remedy[], isBetter: Test, search: Search): readonly Remedy[] {
  return remedies.reduce((kept, remedy) => {
    const without = kept.filter((other) => other !== remedy);
    return without.length > 0 && prove(without, isBetter, search).length > 0 ? without : kept;
  }, remedies);
}

const HALVINGS = 16;

/** A way with its KPI brought up only as far as it must be. */
function leastRaise(way: Way, isBetter: Test, search: Search): Way {
  const raise = way.remedies.findLast(({ code }) => code === 'raise-kpi');
  const kpi = search.kpis.find(({ row }) => row.id === raise?.row.id);
  const from = kpi?.assessment.actual;
  if (raise === undefined || kpi === undefined || from === undefined) return way;
  const at = (actual: number): Way | undefined => {
    const lower = raisedTo(search.snapshot, kpi, actual, search.asOf);
    return prove(
      way.remedies.map((remedy) => (remedy === raise ? lower : remedy)),
      isBetter,
      search,
    ).at(0);
  };
  let [short, enough] = [from, Number(raise.params.to)];
  for (let halving = 0; halving < HALVINGS; halving += 1) {
    const middle = (short + enough) / 2;
    if (at(middle) === undefined) short = middle;
    else enough = middle;
  }
  return at(roundedOut(from, enough)) ?? way;
}
