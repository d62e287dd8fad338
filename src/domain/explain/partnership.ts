/**
 * Everything behind the assessment of one partnership: what it was measured by, what each rule said or why it was
 * silent, and what would change the status. The same functions that judge are asked again, so nothing is told that was
 * not computed.
 */
import { assess } from '../assess.js';
import type { KpiAssessment, PartnershipAssessment, Previous } from '../assessment.js';
import type { Day } from '../calendar.js';
import type { Measure } from '../factors/factor.js';
import { measure } from '../factors/index.js';
import { coverageOf } from '../factors/performance.js';
import { type AssessOptions, type Facts, gatherFacts, gatherKpis } from '../facts.js';
import { type RuleState, ruleStates } from '../rules/states.js';
import type { Snapshot } from '../snapshot.js';
import { applied, narrowed } from './edit.js';
import { type Outlook, outlookOf } from './outlook.js';
import { endOverride, remediesFor } from './remedies.js';
import { type Way, waysOut } from './ways.js';

/** A KPI of the partnership, and how much it counts today. */
export interface ExplainedKpi {
  readonly assessment: KpiAssessment;
  readonly current: boolean;
  readonly fresh: number;
}

export interface PartnershipExplanation {
  readonly kind: 'partnership';
  readonly asOf: Day;
  readonly assessment: PartnershipAssessment;
  readonly kpis: readonly ExplainedKpi[];
  /** What the health was measured by, with the rows. */
  readonly measures: readonly Measure[];
  /** Share of the weight of today's KPIs that is measured; absent when there are none. */
  readonly coverage?: number;
  readonly rules: readonly RuleState[];
  /** What would change the status, proved. */
  readonly ways: readonly Way[];
  /** What becomes of it when nothing is entered; absent when the status stays for as long as is looked ahead. */
  readonly outlook?: Outlook;
}

/** Explains the partnership with a row id; undefined when there is none. */
export function explainPartnership(
  snapshot: Snapshot,
  options: AssessOptions,
  previous: Previous | undefined,
  partnershipId: string,
): PartnershipExplanation | undefined {
  const own = narrowed(snapshot, partnershipId);
  const isMeant = ({ id }: { readonly id: string }): boolean => id === partnershipId;
  const facts = gatherFacts(own, gatherKpis(own, options), options).find(({ partnership }) => isMeant(partnership));
  if (facts === undefined) return undefined;
  const assessed = (given: Snapshot, asOf: Day, memory: Previous | undefined): PartnershipAssessment | undefined => {
    const remembered = new Map(memory === undefined ? [] : [[partnershipId, memory]]);
    return assess(given, { ...options, asOf }, remembered).partnerships.find(({ row }) => isMeant(row));
  };
  const assessment = assessed(own, options.asOf, previous);
  if (assessment === undefined) return undefined;
  const judge = (...given: Parameters<typeof assessed>): PartnershipAssessment => assessed(...given) ?? assessment;
  const coverage = coverageOf(facts);
  const outlook =
    assessment.frozen.length > 0
      ? undefined
      : outlookOf(assessment, options.asOf, (day, { band }) =>
          judge(own, day, band === undefined ? undefined : { band }),
        );
  return {
    kind: 'partnership',
    asOf: options.asOf,
    assessment,
    kpis: facts.kpis.map(({ assessment: kpi, current, fresh }) => ({ assessment: kpi, current, fresh })),
    measures: measure(facts),
    ...(coverage === undefined ? {} : { coverage }),
    rules: ruleStates(snapshot, options.policy.rules.disabled),
    ways: waysFor(own, facts, assessment, (given) => judge(given, options.asOf, previous)),
    ...(outlook === undefined ? {} : { outlook }),
  };
}

function waysFor(
  snapshot: Snapshot,
  facts: Facts,
  assessment: PartnershipAssessment,
  judge: (snapshot: Snapshot) => PartnershipAssessment,
): readonly Way[] {
  const search = { snapshot, kpis: facts.kpis, asOf: facts.asOf, judge };
  const ways = waysOut(assessment, remediesFor(snapshot, facts), search);
  if (assessment.override === undefined) return ways;
  const ends = endOverride(snapshot, facts).flatMap((remedy): readonly Way[] => {
    const { status } = judge(applied(snapshot, remedy.edits));
    return status === assessment.status ? [] : [{ remedies: [remedy], status }];
  });
  return [...ends, ...ways];
}
