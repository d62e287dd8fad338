/** The `policy` block: every number a team may tune, with its range and its default from DEFAULT_POLICY. */
import { z } from 'zod';
import { FACTORS, type FactorCode } from '../domain/factors/factor.js';
import { DEFAULT_POLICY, type Policy } from '../domain/policy.js';
import { consistent, marks, points, ratio, share, weight, whole } from './policy-parts.js';
import { playbooks } from './policy-playbooks.js';
import { reminders } from './policy-reminders.js';
import { rules } from './policy-rules.js';

const base = DEFAULT_POLICY;

const FACTOR_WEIGHTS = Object.fromEntries(
  Object.entries(base.health.factors).map(([code, preset]) => [
    code,
    weight(preset, `weight of the factor ${code} within ${FACTORS[code as FactorCode].dimension}`),
  ]),
) as Record<FactorCode, ReturnType<typeof weight>>;

/** A scale on which less is better. */
const scaleOf = (key: 'responseDays' | 'perceptionGap', number: typeof weight, about: string) =>
  z
    .strictObject({
      best: number(base.health[key].best, `${about}: up to here in full`),
      worst: number(base.health[key].worst, `${about}: from here on worth nothing`),
    })
    .check(
      consistent(({ best, worst }) =>
        best < worst
          ? undefined
          : {
              key: 'worst',
              why: `The scale ends at ${worst}, not above its beginning at ${best}.`,
              next: 'Raise worst or lower best.',
            },
      ),
    )
    .prefault({});

const health = z.strictObject({
  weights: z
    .strictObject({
      performance: weight(base.health.weights.performance, 'weight of performance in the health number'),
      delivery: weight(base.health.weights.delivery, 'weight of delivery'),
      trust: weight(base.health.weights.trust, 'weight of trust'),
      strategic: weight(base.health.weights.strategic, 'weight of strategic fit'),
    })
    .check(
      consistent((weights) =>
        Object.values(weights).some((value) => value > 0)
          ? undefined
          : { key: 'performance', why: 'All four weights are 0.', next: 'Give at least one a weight above 0.' },
      ),
    )
    .prefault({})
    .describe('weights of the dimensions; normalised over those that can be measured'),
  bands: z
    .strictObject({
      onTrack: points(base.health.bands.onTrack, 'health from which a partnership is on track'),
      watch: points(base.health.bands.watch, 'health from which it is on watch; below it is at risk'),
    })
    .check(
      consistent(({ onTrack, watch }) =>
        watch < onTrack
          ? undefined
          : {
              key: 'watch',
              why: `The band "watch" begins at ${watch}, not below "onTrack" at ${onTrack}.`,
              next: 'Lower watch or raise onTrack.',
            },
      ),
    )
    .prefault({})
    .describe('lower edges of the bands'),
  hysteresis: points(base.health.hysteresis, 'points past an edge at which a status that was given before is left'),
  trend: points(base.health.trend, 'points over the last weeks from which the health rises or falls'),
  minimumCoverage: share(base.health.minimumCoverage, 'share of KPI weight that must be measured for a status'),
  minimumFreshness: share(
    base.health.minimumFreshness,
    'mean freshness of the measured KPIs below which nothing is called on track',
  ),
  factors: z
    .strictObject(FACTOR_WEIGHTS)
    .prefault({})
    .describe('weights of the factors within their dimension; normalised over those that can be measured'),
  lateCredit: share(base.health.lateCredit, 'worth of what was done late or rests on expired evidence'),
  responseDays: scaleOf('responseDays', whole, 'median business days until an answer'),
  perceptionGap: scaleOf('perceptionGap', marks, 'marks of 1 to 5 by which the two sides differ'),
});

const kpi = z
  .strictObject({
    onTrackPace: share(base.kpi.onTrackPace, 'pace from which a KPI is on track'),
    behindPace: share(base.kpi.behindPace, 'pace from which it is behind; below it is at risk'),
    gap: share(base.kpi.gap, 'expected minus achieved must reach this to leave on track'),
    perspectives: z
      .record(z.string().min(1), z.number().min(0))
      .default({ ...base.kpi.perspectives })
      .describe(
        'weights of the perspectives of a scorecard, by your own words; without any, KPIs are weighed one by one',
      ),
    tooEarly: share(base.kpi.tooEarly, 'elapsed share of the period below which it is too early to judge'),
    partly: share(base.kpi.partly, 'after the period: achievement from which it is partly achieved'),
    unlikely: ratio(base.kpi.unlikely, 'rate still needed over the rate so far, above which the target is unlikely'),
    days: z
      .enum(['calendar', 'business'])
      .default(base.kpi.days)
      .describe('which days make up the elapsed share of a period'),
    stretch: z
      .strictObject({
        achieved: share(
          base.kpi.stretch.achieved,
          'pace from which a stretch goal is on track, and achieved at its end',
        ),
        partly: share(base.kpi.stretch.partly, 'pace from which it is behind, and partly achieved at its end'),
      })
      .check(
        consistent(({ achieved, partly }) =>
          partly <= achieved
            ? undefined
            : {
                key: 'partly',
                why: `partly ${partly} lies above achieved ${achieved}.`,
                next: 'Lower partly or raise achieved.',
              },
        ),
      )
      .prefault({})
      .describe('how a stretch goal is judged, which is set to be missed by some'),
  })
  .check(
    consistent(({ onTrackPace, behindPace }) =>
      behindPace <= onTrackPace
        ? undefined
        : {
            key: 'behindPace',
            why: `behindPace ${behindPace} lies above onTrackPace ${onTrackPace}.`,
            next: 'Lower behindPace or raise onTrackPace.',
          },
    ),
  );

const guard = z.strictObject({
  statusChanges: z
    .strictObject({
      min: whole(base.guard.statusChanges.min, 'status changes a run may always make'),
      share: share(base.guard.statusChanges.share, 'share of partnerships that may change status in one run'),
    })
    .prefault({}),
  newTasks: whole(base.guard.newTasks, 'new tasks a run may make beyond one per partnership'),
});

export const policySchema = z
  .strictObject({
    health: health.prefault({}).describe('the health number'),
    kpi: kpi.prefault({}).describe('how KPIs are judged'),
    rules: rules.prefault({}).describe('what raises a flag'),
    reminders: reminders.prefault({}).describe('when tasks appear'),
    playbooks: playbooks.prefault({}).describe('checklists that begin with an event'),
    guard: guard.prefault({}).describe('when a run stops instead of writing'),
  })
  .describe('every number a team may tune') satisfies z.ZodType<Policy>;
