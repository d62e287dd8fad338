/** Every number a team may tune, with its default. docs/rules.md shows which rule asks which. */
import type { FactorCode } from './factors/factor.js';
import { DEFAULT_PLAYBOOKS, type PlaybooksPolicy } from './policy-playbooks.js';
import { DEFAULT_REMINDERS, type RemindersPolicy } from './policy-reminders.js';
import { DEFAULT_RULES, type RulesPolicy } from './policy-rules.js';
import type { Dimension } from './verdict.js';

export interface Policy {
  readonly health: {
    /** Weights of the dimensions; normalised over those that can be measured. */
    readonly weights: Readonly<Record<Dimension, number>>;
    /** Weights of the factors within their dimension; normalised in the same way. */
    readonly factors: Readonly<Record<FactorCode, number>>;
    /** Lower edges of the bands, closed at the lower end. */
    readonly bands: { readonly onTrack: number; readonly watch: number };
    /** Points past an edge at which a status that was given before is left. */
    readonly hysteresis: number;
    /** Points over the last weeks from which the health rises or falls. */
    readonly trend: number;
    /** Share of KPI weight that must be measured before a status is given. */
    readonly minimumCoverage: number;
    /** Mean freshness of the measured KPIs below which nothing is called on track. */
    readonly minimumFreshness: number;
    /** What is done late, or rests on evidence that has expired, is worth this share. */
    readonly lateCredit: number;
    /** Median business days until an answer: in full up to `best`, nothing from `worst` on. */
    readonly responseDays: { readonly best: number; readonly worst: number };
    /** Marks of 1 to 5 by which the two sides differ: in full up to `best`, nothing from `worst` on. */
    readonly perceptionGap: { readonly best: number; readonly worst: number };
  };
  readonly kpi: {
    /** Pace at and above which a KPI is on track, and behind. */
    readonly onTrackPace: number;
    readonly behindPace: number;
    /** Expected minus progress must reach this many points (0.05 = 5) to leave "on track". */
    readonly gap: number;
    /** Elapsed share below which it is too early to judge. */
    readonly tooEarly: number;
    /** After the period: at least this much is "partly". */
    readonly partly: number;
    /** Rate still needed over the rate so far, above which the target is unlikely. */
    readonly unlikely: number;
    /** Which days make up the elapsed share of a period. */
    readonly days: 'calendar' | 'business';
    /** Weights of the perspectives of a scorecard, by the team's own words; without any, KPIs are weighed one by one. */
    readonly perspectives: Readonly<Record<string, number>>;
    /** Of a stretch goal: the pace from which it is on track, and behind; after the period, achieved and partly so. */
    readonly stretch: { readonly achieved: number; readonly partly: number };
  };
  readonly rules: RulesPolicy;
  readonly reminders: RemindersPolicy;
  readonly playbooks: PlaybooksPolicy;
  readonly guard: {
    /** A run stops when more than max(min, share x partnerships) change status. */
    readonly statusChanges: { readonly min: number; readonly share: number };
    /** ... or when more than this many plus the number of partnerships new tasks would appear. */
    readonly newTasks: number;
  };
}

export const DEFAULT_POLICY: Policy = {
  health: {
    weights: { performance: 35, delivery: 20, trust: 30, strategic: 15 },
    bands: { onTrack: 80, watch: 50 },
    hysteresis: 3,
    trend: 5,
    factors: {
      kpis: 1,
      milestones: 3,
      'promises-us': 1,
      'promises-them': 1,
      actions: 1,
      'issue-handling': 1,
      contact: 1,
      reviews: 1,
      satisfaction: 1,
      communication: 0.5,
      'problem-response': 0.5,
      'stated-trust': 0.5,
      'perception-gap': 0.5,
      'response-time': 0.5,
      tone: 0.5,
      esg: 1,
      profile: 0.5,
    },
    minimumCoverage: 0.6,
    minimumFreshness: 0.5,
    lateCredit: 0.5,
    responseDays: { best: 2, worst: 10 },
    perceptionGap: { best: 0.5, worst: 2 },
  },
  kpi: {
    onTrackPace: 0.95,
    behindPace: 0.75,
    gap: 0.05,
    tooEarly: 0.1,
    partly: 0.7,
    unlikely: 1.5,
    days: 'calendar',
    perspectives: {},
    stretch: { achieved: 0.7, partly: 0.4 },
  },
  rules: DEFAULT_RULES,
  reminders: DEFAULT_REMINDERS,
  playbooks: DEFAULT_PLAYBOOKS,
  guard: { statusChanges: { min: 10, share: 0.2 }, newTasks: 25 },
};
