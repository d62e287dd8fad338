/**
 * Judges a snapshot on one day: joins it, runs every rule on every partnership and derives the status. Pure and
 * total: the same snapshot, policy, calendar and day give the same assessment, whatever order rows came in.
 */
import type {
  Assessment,
  Finding,
  Held,
  Override,
  PartnershipAssessment,
  PartnershipStatus,
  Previous,
  ScoreBand,
  Severity,
} from './assessment.js';
import { ENTITY_NAMES, type EntityName } from './entities.js';
import { measure } from './factors/index.js';
import { lacksCoverage } from './factors/performance.js';
import { type AssessOptions, eachFacts, type Facts, gatherKpis, refOf, rowsOf } from './facts.js';
import { bandOf, capped, contributionsOf, edgeOf, healthOf, pillarsOf, steadyBandOf } from './health.js';
import { trendOf } from './history.js';
import { changeOf } from './points.js';
import type { Policy } from './policy.js';
import { assessMilestone } from './rules/delivery.js';
import { nextReviewOf, reviewDue, reviewSchedule } from './rules/governance.js';
import { RULES } from './rules/index.js';
import { assessRisk, riskLevelOf } from './rules/risk.js';
import { type AnyRule, incompleteOf, isWhole, ruleStates } from './rules/states.js';
import { decideBy, openTerms } from './rules/term.js';
import { confidenceOf, HEALTH_ENTITIES, kpiAchievementOf, lacksFreshness, scoresOf } from './scores.js';
import type { Snapshot } from './snapshot.js';

/**
 * The assessment of all partnerships, KPIs, milestones and risks of a snapshot, each list in the order of row ids.
 * `previous` is what each row remembers of its last assessment, by row id: what hysteresis and change are counted from.
 */
export function assess(
  snapshot: Snapshot,
  options: AssessOptions,
  previous: ReadonlyMap<string, Previous> = new Map(),
): Assessment {
  const { policy, asOf } = options;
  const kpis = gatherKpis(snapshot, options);
  const incomplete = incompleteOf(snapshot);
  const enabled = RULES.filter((rule) => !policy.rules.disabled.includes(rule.code));
  const rests = new Set<EntityName>([...HEALTH_ENTITIES, ...enabled.flatMap(({ rests }) => rests)]);
  const frozen = ENTITY_NAMES.filter((entity) => rests.has(entity) && incomplete.has(entity));
  const rules = ruleStates(snapshot, policy.rules.disabled).flatMap(({ rule, state }) =>
    state === 'on' ? [rule] : [],
  );
  const told = { decideBy: isWhole(decideBy, incomplete), nextReview: isWhole(reviewDue, incomplete) };
  return {
    asOf,
    partnerships: Array.from(eachFacts(snapshot, kpis, options), (facts) => {
      const findings = findingsOf(facts, rules);
      const dates = datesOf(facts, told);
      if (frozen.length > 0) return frozenOne(facts, findings, dates, frozen);
      return judgeOne(facts, findings, dates, previous.get(facts.partnership.id));
    }),
    kpis: incomplete.has('measurements') ? [] : kpis.map(({ assessment }) => assessment),
    milestones: rowsOf(snapshot, 'milestones').flatMap((row) => assessMilestone(row, policy.rules.dueSoon, asOf) ?? []),
    risks: rowsOf(snapshot, 'risks').map((row) => assessRisk(row, policy)),
  };
}

const RANKS: Readonly<Record<Severity, number>> = { critical: 0, high: 1, medium: 2, low: 3, info: 4 };

/** Everything the rules find, worst first, then in the order of the table of rules, then by row. */
function findingsOf(facts: Facts, rules: readonly AnyRule[]): readonly Finding[] {
  const partnershipId = facts.partnership.id;
  const findings: Finding[] = [];
  for (const rule of rules) {
    for (const { severity, entity, row, evidence, params } of rule.check(facts)) {
      const finding = { code: rule.code, severity, partnershipId, entity, row, params };
      findings.push(evidence === undefined ? finding : { ...finding, evidence });
    }
  }
  return findings.sort((left, right) => RANKS[left.severity] - RANKS[right.severity]);
}

type Dates = Pick<PartnershipAssessment, 'decideBy' | 'nextReview'>;

function datesOf(facts: Facts, told: Readonly<Record<keyof Dates, boolean>>): Dates {
  const [term] = told.decideBy ? openTerms(facts) : [];
  const schedule = told.nextReview ? reviewSchedule(facts) : undefined;
  return {
    ...(term === undefined ? {} : { decideBy: term.decideBy }),
    ...(schedule === undefined ? {} : { nextReview: nextReviewOf(schedule) }),
  };
}

/** What can still be said when a table was not read whole: what was found in the others, and no status. */
function frozenOne(
  facts: Facts,
  findings: readonly Finding[],
  dates: Dates,
  frozen: readonly EntityName[],
): PartnershipAssessment {
  return {
    row: refOf(facts.partnership),
    status: 'insufficient-data',
    confidence: 0,
    riskLevel: frozen.includes('risks') ? 'none' : riskLevelOf(facts),
    findings,
    contributions: [],
    pillars: {},
    ...dates,
    frozen,
  };
}

function judgeOne(
  facts: Facts,
  findings: readonly Finding[],
  dates: Dates,
  previous: Previous | undefined,
): PartnershipAssessment {
  const { health: policy } = facts.policy;
  const scores = scoresOf(facts);
  const contributions = lacksCoverage(facts) ? [] : contributionsOf(measure(facts), policy);
  const health = healthOf(contributions);
  const band = health === undefined ? undefined : steadyBandOf(health, policy, previous?.band);
  const limited = capped(band ?? 'insufficient-data', findings);
  // Old numbers may still warn; good news must not rest on them.
  const computed = limited === 'on-track' && lacksFreshness(facts) ? 'insufficient-data' : limited;
  const override = overrideOf(facts, computed);
  const held = health !== undefined && computed === band ? heldOf(health, band, policy) : undefined;
  const change = changeOf(contributions, previous?.told);
  const kpiAchievement = kpiAchievementOf(facts);
  const trend = health === undefined ? undefined : trendOf(facts, health);
  return {
    row: refOf(facts.partnership),
    status: override === undefined ? computed : override.status,
    ...(band === undefined ? {} : { band }),
    ...(override === undefined ? {} : { override: override.told }),
    ...(held === undefined || override !== undefined ? {} : { held }),
    ...(health === undefined ? {} : { health }),
    ...(scores.performance === undefined ? {} : { performance: scores.performance }),
    ...(scores.trust === undefined ? {} : { trust: scores.trust }),
    ...(kpiAchievement === undefined ? {} : { kpiAchievement }),
    confidence: confidenceOf(facts),
    riskLevel: riskLevelOf(facts),
    findings,
    contributions,
    pillars: pillarsOf(contributions),
    ...(change === undefined ? {} : { change }),
    ...(trend === undefined ? {} : { trend }),
    ...dates,
    frozen: [],
  };
}

/** What is told of a status the number alone would not give. */
function heldOf(health: number, status: ScoreBand, policy: Policy['health']): Held | undefined {
  const band = bandOf(health, policy.bands);
  return band === status ? undefined : { band, edge: edgeOf(status, band, policy) };
}

/** A person's status stands to the last day given, without one until it is taken out. */
function overrideOf(
  { partnership, asOf }: Facts,
  computed: PartnershipStatus,
): { readonly status: PartnershipStatus; readonly told: Override } | undefined {
  const { overrideStatus, overrideReason, overrideUntil } = partnership.values;
  const expired = overrideUntil !== undefined && overrideUntil < asOf;
  if (overrideStatus === undefined || expired || partnership.unreadable.has('overrideUntil')) return undefined;
  return {
    status: overrideStatus,
    told: {
      computed,
      ...(overrideReason === undefined ? {} : { reason: overrideReason }),
      ...(overrideUntil === undefined ? {} : { until: overrideUntil }),
    },
  };
}
