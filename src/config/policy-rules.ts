/** The `policy.rules` block: what raises a flag, and from when. */
import { z } from 'zod';
import {
  DEFAULT_RULES as base,
  type Grade,
  type Impact,
  type RulesPolicy,
  type WarningSignal,
} from '../domain/policy-rules.js';
import { VOCABULARIES } from '../domain/vocabulary.js';
import { codes, consistent, marks, points, ratio, share, weight, whole, wholes } from './policy-parts.js';

const silenceOf = (tier: keyof RulesPolicy['silence']) =>
  z
    .strictObject({
      warn: whole(base.silence[tier].warn, `days without two-way contact before a warning, ${tier} tier`),
      alarm: whole(base.silence[tier].alarm, `days without two-way contact before an alarm, ${tier} tier`),
    })
    .check(
      consistent(({ warn, alarm }) =>
        warn <= alarm
          ? undefined
          : {
              key: 'warn',
              why: `The warning at ${warn} days comes after the alarm at ${alarm}.`,
              next: 'Lower warn or raise alarm.',
            },
      ),
    )
    .prefault({});

const CADENCES = Object.keys(VOCABULARIES.cadence) as readonly (keyof typeof VOCABULARIES.cadence)[];
const cadenceOf = (tier: keyof RulesPolicy['defaultCadence']) =>
  z.enum(CADENCES).default(base.defaultCadence[tier]).describe(`review cadence of a ${tier} partner without one`);

const diagnosisOf = (tier: keyof RulesPolicy['diagnosisCadence']) =>
  z
    .enum(CADENCES)
    .default(base.diagnosisCadence[tier])
    .describe(`how often the relationship with a ${tier} partner is looked at`);

const issueDaysOf = (severity: keyof RulesPolicy['issueDays']) =>
  z
    .strictObject({
      acknowledge: whole(
        base.issueDays[severity].acknowledge,
        `business days within which a ${severity} issue is acknowledged`,
      ),
      resolve: whole(base.issueDays[severity].resolve, `business days within which a ${severity} issue is resolved`),
    })
    .prefault({});

const GRADES: readonly Grade[] = ['low', 'medium', 'high', 'critical'];
const gradesOf = (impact: Impact) =>
  z
    .array(z.enum(GRADES))
    .length(5)
    .default([...base.riskGrades[impact]])
    .describe(`grades of a risk of impact ${impact.slice(-1)}, for a likelihood of 1, 2, 3, 4 and 5`);

const signalOf = (signal: WarningSignal) =>
  weight(base.warning.weights[signal], `weight of the early signal ${signal}`);

const warning = z
  .strictObject({
    days: whole(base.warning.days, 'days early signals reach back'),
    watch: weight(base.warning.watch, 'weight of early signals from which they are told'),
    act: weight(base.warning.act, 'weight of early signals from which somebody has to act'),
    slower: ratio(base.warning.slower, 'how many times longer answers take than before to count as slower'),
    drop: marks(base.warning.drop, 'marks of 1 to 5 by which satisfaction falls to count as falling'),
    weights: z
      .strictObject({
        silence: signalOf('silence'),
        slowerReplies: signalOf('slowerReplies'),
        fallingSatisfaction: signalOf('fallingSatisfaction'),
        missedReviews: signalOf('missedReviews'),
        complaints: signalOf('complaints'),
        slippedPromises: signalOf('slippedPromises'),
        singleContact: signalOf('singleContact'),
      })
      .prefault({}),
  })
  .check(
    consistent(({ watch, act }) =>
      watch <= act
        ? undefined
        : { key: 'watch', why: `watch ${watch} lies above act ${act}.`, next: 'Lower watch or raise act.' },
    ),
  )
  .prefault({});

export const rules = z.strictObject({
  disabled: codes(base.disabled, 'codes of rules that are switched off'),
  silence: z
    .strictObject({ strategic: silenceOf('strategic'), core: silenceOf('core'), basic: silenceOf('basic') })
    .prefault({}),
  warning,
  diagnosisCadence: z
    .strictObject({ strategic: diagnosisOf('strategic'), core: diagnosisOf('core'), basic: diagnosisOf('basic') })
    .prefault({}),
  ratingLow: z.number().min(1).max(5).default(base.ratingLow).describe('mark below which a question asks for a plan'),
  ratingDrop: marks(base.ratingDrop, 'marks by which a question falls against the half year before to ask for one'),
  milestoneReady: whole(
    base.milestoneReady,
    'days before a milestone by which it has an owner, a KPI and a plan for its risk',
  ),
  milestoneMoves: whole(base.milestoneMoves, 'times the day of a milestone is moved before that is told'),
  replan: z
    .strictObject({
      share: share(base.replan.share, 'share of the open milestones that are late when the plan needs a new look'),
      least: whole(base.replan.least, 'how many of them at least'),
    })
    .prefault({}),
  nextMilestone: whole(base.nextMilestone, 'days within which a partnership has a milestone ahead'),
  improvementAge: whole(base.improvementAge, 'days an improvement may be open'),
  effectCheck: whole(base.effectCheck, 'days after an improvement is done by which its effect is checked'),
  loopDays: whole(base.loopDays, 'median days from what was said to what was done'),
  profileShare: share(base.profileShare, 'share of the profile that should be filled'),
  sponsorSilence: wholes(
    base.sponsorSilence,
    (tier) => `days without contact with the sponsor of a ${tier} partner`,
  ).prefault({}),
  decideBuffer: whole(base.decideBuffer, 'days before the notice deadline by which a decision is wanted'),
  decideLead: whole(base.decideLead, 'days before the decide-by date from which it is told'),
  firstReview: whole(base.firstReview, 'days after the start by which the first review is due'),
  dueSoon: whole(base.dueSoon, 'days before a milestone from which it is due soon'),
  defaultCadence: z
    .strictObject({ strategic: cadenceOf('strategic'), core: cadenceOf('core'), basic: cadenceOf('basic') })
    .prefault({}),
  decisionWaiting: whole(base.decisionWaiting, 'business days a decision may be asked for'),
  approvalDays: z
    .record(z.string().min(1), z.int().min(0).max(3660))
    .default({ ...base.approvalDays })
    .describe('business days a decision may stay in a stage of its approval, by your own word for the stage'),
  decisionRationale: whole(base.decisionRationale, 'days after a decision during which a missing rationale is told'),
  actionOverdue: whole(base.actionOverdue, 'days late from which an action weighs more'),
  reviewActions: whole(base.reviewActions, 'business days after a review by which its actions are written down'),
  feedbackAnswer: whole(base.feedbackAnswer, 'days within which feedback is answered'),
  certificateLead: whole(
    base.certificateLead,
    'days before the end of an NDA, insurance or certificate from which it is told',
  ),
  riskGrades: z
    .strictObject({
      impact1: gradesOf('impact1'),
      impact2: gradesOf('impact2'),
      impact3: gradesOf('impact3'),
      impact4: gradesOf('impact4'),
      impact5: gradesOf('impact5'),
    })
    .prefault({}),
  riskOwner: wholes(
    base.riskOwner,
    (grade) => `business days by which somebody answers for an open ${grade} risk`,
  ).prefault({}),
  riskPlan: wholes(base.riskPlan, (grade) => `business days by which an open ${grade} risk has a plan`).prefault({}),
  riskReview: wholes(
    base.riskReview,
    (grade) => `business days after which an open ${grade} risk is looked at again`,
  ).prefault({}),
  issueDays: z
    .strictObject({
      critical: issueDaysOf('critical'),
      high: issueDaysOf('high'),
      medium: issueDaysOf('medium'),
      low: issueDaysOf('low'),
    })
    .prefault({}),
  issueStateDays: wholes(base.issueStateDays, (state) =>
    state === 'recovering' ? 'days an issue may stay recovering' : `business days an issue may stay ${state}`,
  ).prefault({}),
  issueFacts: whole(base.issueFacts, 'days after an issue was raised by which its facts are written down'),
  issueRecurrence: whole(base.issueRecurrence, 'days within which the same cause again is a recurrence'),
  issueLesson: whole(base.issueLesson, 'days after a resolution by which what was learnt is written down'),
  recovery: z
    .strictObject({
      reconciliation: whole(base.recovery.reconciliation, 'days after a resolution by which both sides have met'),
      prevention: whole(base.recovery.prevention, 'days after a resolution by which an action prevents the next one'),
      check: whole(base.recovery.check, 'days between the checks of a recovery'),
      lastCheck: whole(base.recovery.lastCheck, 'days after a resolution at which a partnership should have recovered'),
      points: points(base.recovery.points, 'points of trust that may still be missing then'),
    })
    .prefault({}),
  nextPeriodLead: whole(
    base.nextPeriodLead,
    'days before the last KPI ends from which goals for the next period are asked for',
  ),
  stageDays: wholes(base.stageDays, (stage) => `days the stage ${stage} may last`).prefault({}),
  healthDrop: z
    .strictObject({
      warn: points(base.healthDrop.warn, 'points lost within seven days from which a fall of the health is told'),
      alarm: points(base.healthDrop.alarm, 'points from which it weighs more'),
    })
    .check(
      consistent(({ warn, alarm }) =>
        warn <= alarm
          ? undefined
          : { key: 'warn', why: `warn ${warn} lies above alarm ${alarm}.`, next: 'Lower warn or raise alarm.' },
      ),
    )
    .prefault({}),
  imbalance: points(base.imbalance, 'points between performance and trust from which they are out of balance'),
});
