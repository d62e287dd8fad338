/** The thresholds of the rules, with their defaults. docs/rules.md shows which rule asks which. */
import type { RiskLevel } from './verdict.js';
import type { Canonical } from './vocabulary.js';

export type Grade = Exclude<RiskLevel, 'none'>;
export type Impact = 'impact1' | 'impact2' | 'impact3' | 'impact4' | 'impact5';
/** States of an issue in which it must not stay: all but those that end it. */
export type IssueRung = Exclude<Canonical<'issueState'>, 'resolved' | 'closed'>;

/** The small signs an early warning is made of. */
export type WarningSignal =
  | 'silence'
  | 'slowerReplies'
  | 'fallingSatisfaction'
  | 'missedReviews'
  | 'complaints'
  | 'slippedPromises'
  | 'singleContact';

type Tier = Canonical<'tier'>;

export interface RulesPolicy {
  /** Rules that are switched off, by code. */
  readonly disabled: readonly string[];
  /** Days without two-way contact: warn and alarm, per tier. */
  readonly silence: Readonly<Record<Tier, { readonly warn: number; readonly alarm: number }>>;
  /** Early warning: how far signals reach back, from which weight they are told and are to be acted on. */
  readonly warning: {
    readonly days: number;
    readonly watch: number;
    readonly act: number;
    /** How many times longer answers take than before to count as slower. */
    readonly slower: number;
    /** Marks of 1 to 5 by which satisfaction falls to count as falling. */
    readonly drop: number;
    readonly weights: Readonly<Record<WarningSignal, number>>;
  };
  /** How often the relationship is looked at, per tier. */
  readonly diagnosisCadence: Readonly<Record<Tier, Canonical<'cadence'>>>;
  /** Mark of 1 to 5 below which a question asks for a plan. */
  readonly ratingLow: number;
  /** Marks by which a question falls against the half year before to ask for one too. */
  readonly ratingDrop: number;
  /** Days before a milestone is due by which it has an owner, a KPI and a plan for its risk. */
  readonly milestoneReady: number;
  /** Times the day of a milestone is moved before that is told. */
  readonly milestoneMoves: number;
  /** Share of the open milestones, and how many at least, that are late when the plan needs a new look. */
  readonly replan: { readonly share: number; readonly least: number };
  /** Days within which a partnership has a milestone ahead. */
  readonly nextMilestone: number;
  /** Days an improvement may be open. */
  readonly improvementAge: number;
  /** Days after an improvement is done by which its effect is checked. */
  readonly effectCheck: number;
  /** Median days from what was said to what was done. */
  readonly loopDays: number;
  /** Share of the profile that should be filled. */
  readonly profileShare: number;
  /** Days without contact with the sponsor of the other side, per tier. */
  readonly sponsorSilence: Readonly<Record<Tier, number>>;
  /** Days before the notice deadline by which a decision is wanted. */
  readonly decideBuffer: number;
  /** Days before the decide-by date from which it is told. */
  readonly decideLead: number;
  /** Days after the start at which the first review is due when none was held. */
  readonly firstReview: number;
  /** Days before a milestone is due from which it counts as "due soon". */
  readonly dueSoon: number;
  readonly defaultCadence: Readonly<Record<Tier, Canonical<'cadence'>>>;
  /** Points lost within seven days from which a fall of the health is told, and weighs more. */
  readonly healthDrop: { readonly warn: number; readonly alarm: number };
  /** Points between performance and trust from which they are out of balance. */
  readonly imbalance: number;
  /** Business days a decision may be asked for. */
  readonly decisionWaiting: number;
  /** Business days a decision may stay in a stage of its approval, by the team's own word for the stage. */
  readonly approvalDays: Readonly<Record<string, number>>;
  /** Days after a decision during which a missing rationale is told. */
  readonly decisionRationale: number;
  /** Days late from which an action weighs more. */
  readonly actionOverdue: number;
  /** Business days after a review by which its actions are written down. */
  readonly reviewActions: number;
  /** Days within which feedback is answered. */
  readonly feedbackAnswer: number;
  /** Days before the end of a paper from which it is told. */
  readonly certificateLead: number;
  /** Grades of a risk by impact, each for a likelihood of 1 to 5. */
  readonly riskGrades: Readonly<Record<Impact, readonly Grade[]>>;
  /** Business days after a risk was written down by which somebody answers for it, per grade. */
  readonly riskOwner: Readonly<Record<Exclude<Grade, 'low'>, number>>;
  /** Business days after a risk was written down by which it has a plan, per grade. */
  readonly riskPlan: Readonly<Record<Exclude<Grade, 'low'>, number>>;
  /** Business days after which a risk is looked at again, per grade. */
  readonly riskReview: Readonly<Record<Grade, number>>;
  /** Business days within which an issue is acknowledged and resolved, per severity. */
  readonly issueDays: Readonly<Record<Grade, { readonly acknowledge: number; readonly resolve: number }>>;
  /** Business days an issue may stay in a state before it goes one rung further; of a recovery all days count. */
  readonly issueStateDays: Readonly<Record<IssueRung, number>>;
  /** Days after an issue was raised by which its facts are written down. */
  readonly issueFacts: number;
  /** Days within which the same cause again is a recurrence. */
  readonly issueRecurrence: number;
  /** Days after a resolution by which what was learnt is written down. */
  readonly issueLesson: number;
  /** Days after a resolution by which each step of a recovery is taken; checks repeat until the last one. */
  readonly recovery: {
    readonly reconciliation: number;
    readonly prevention: number;
    readonly check: number;
    readonly lastCheck: number;
    /** Points of trust that may still be missing for a partnership to count as recovered. */
    readonly points: number;
  };
  /** Days before the last period ends from which goals for the next are asked for. */
  readonly nextPeriodLead: number;
  /** Days a stage may last; the other stages are where a partnership lives. */
  readonly stageDays: Readonly<
    Record<'awareness' | 'knowledge' | 'assessment' | 'selection' | 'working-together', number>
  >;
}

export const DEFAULT_RULES: RulesPolicy = {
  disabled: [],
  silence: {
    strategic: { warn: 14, alarm: 30 },
    core: { warn: 30, alarm: 60 },
    basic: { warn: 60, alarm: 120 },
  },
  warning: {
    days: 30,
    watch: 2,
    act: 4,
    slower: 1.5,
    drop: 0.5,
    weights: {
      silence: 1,
      slowerReplies: 1,
      fallingSatisfaction: 1,
      missedReviews: 1,
      complaints: 1,
      slippedPromises: 1,
      singleContact: 1,
    },
  },
  diagnosisCadence: { strategic: 'half-yearly', core: 'yearly', basic: 'none' },
  ratingLow: 3,
  ratingDrop: 0.5,
  milestoneReady: 30,
  milestoneMoves: 2,
  replan: { share: 0.3, least: 2 },
  nextMilestone: 90,
  improvementAge: 90,
  effectCheck: 30,
  loopDays: 30,
  profileShare: 0.6,
  sponsorSilence: { strategic: 90, core: 180, basic: 365 },
  decideBuffer: 30,
  decideLead: 90,
  firstReview: 30,
  dueSoon: 14,
  defaultCadence: { strategic: 'quarterly', core: 'quarterly', basic: 'half-yearly' },
  healthDrop: { warn: 15, alarm: 25 },
  imbalance: 25,
  decisionWaiting: 10,
  approvalDays: {},
  decisionRationale: 90,
  actionOverdue: 7,
  reviewActions: 2,
  feedbackAnswer: 14,
  certificateLead: 30,
  riskGrades: {
    impact1: ['low', 'low', 'low', 'low', 'medium'],
    impact2: ['low', 'low', 'medium', 'medium', 'medium'],
    impact3: ['low', 'medium', 'medium', 'high', 'high'],
    impact4: ['medium', 'medium', 'high', 'critical', 'critical'],
    impact5: ['high', 'high', 'critical', 'critical', 'critical'],
  },
  riskOwner: { critical: 1, high: 1, medium: 3 },
  riskPlan: { critical: 2, high: 5, medium: 10 },
  riskReview: { critical: 5, high: 10, medium: 20, low: 60 },
  issueDays: {
    critical: { acknowledge: 1, resolve: 5 },
    high: { acknowledge: 2, resolve: 10 },
    medium: { acknowledge: 3, resolve: 20 },
    low: { acknowledge: 5, resolve: 60 },
  },
  issueStateDays: { sensed: 5, facts: 5, 'joint-talk': 10, sponsor: 10, mediation: 20, recovering: 90 },
  issueFacts: 5,
  issueRecurrence: 180,
  issueLesson: 14,
  recovery: { reconciliation: 7, prevention: 14, check: 30, lastCheck: 90, points: 5 },
  nextPeriodLead: 30,
  stageDays: { awareness: 90, knowledge: 90, assessment: 60, selection: 90, 'working-together': 180 },
};
