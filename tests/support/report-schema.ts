/** The document that `plan --json` and `sync --json` print, written down once more and independently of the code. */
import { z } from 'zod';

const entity = z.enum([
  'partnerships',
  'kpis',
  'measurements',
  'milestones',
  'reviews',
  'actions',
  'risks',
  'issues',
  'decisions',
  'contacts',
  'interactions',
  'feedback',
  'roles',
  'agreements',
  'tasks',
  'history',
]);
const day = z.iso.date();
const count = z.int().min(0);
const score = z.int().min(0).max(100).nullable();
const ratio = z.number().nullable();
const row = z.strictObject({ id: z.string().min(1), title: z.string(), url: z.url() });
const params = z.record(z.string(), z.union([z.string(), z.number()]));
const shown = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]);

const kpi = z.strictObject({
  id: z.string().min(1),
  name: z.string(),
  achievement: ratio,
  expected: ratio,
  pace: ratio,
  status: z.enum(['too-early', 'on-track', 'behind', 'at-risk', 'achieved', 'partly', 'missed', 'not-computable']),
  reason: z.string().min(1),
});

const dimension = z.enum(['performance', 'delivery', 'trust', 'strategic']);
const pillar = z.enum(['trust', 'structure', 'performance', 'conflict', 'sustainability']);
const status = z.enum(['on-track', 'watch', 'at-risk', 'insufficient-data']);
const measured = z.int().min(0).max(100);

const contribution = z.strictObject({
  dimension,
  score: measured,
  points: count,
  factors: z
    .array(z.strictObject({ factor: z.string().regex(/^[a-z-]+$/), pillar, score: measured, points: count }))
    .min(1),
});

const assessment = z.strictObject({
  partnership: z.strictObject({ id: z.string().min(1), name: z.string(), url: z.url() }),
  status,
  health: score,
  performance: score,
  trust: score,
  kpiAchievement: ratio,
  confidence: z.number().min(0).max(1),
  riskLevel: z.enum(['none', 'low', 'medium', 'high', 'critical']),
  findings: z.array(
    z.strictObject({
      code: z.string().regex(/^[a-z-]+$/),
      severity: z.enum(['critical', 'high', 'medium', 'low', 'info']),
      entity,
      row,
      evidence: z.array(row),
      params,
      text: z.string().min(1),
      next: z.string().min(1),
    }),
  ),
  why: z.string().min(1),
  kpis: z.array(kpi),
  contributions: z.array(contribution),
  pillars: z.record(pillar, score),
  change: z.strictObject({ since: day, points: z.int(), parts: z.partialRecord(dimension, z.int()) }).nullable(),
  trend: z
    .strictObject({
      direction: z.enum(['rising', 'steady', 'falling']),
      points: z.int(),
      since: day,
      weeks: z.int().min(3).max(4),
    })
    .nullable(),
  held: z.strictObject({ band: status, edge: z.number() }).nullable(),
  override: z.strictObject({ computed: status, reason: z.string().nullable(), until: day.nullable() }).nullable(),
  decideBy: day.nullable(),
  nextReview: day.nullable(),
  frozen: z.array(entity),
});

const change = z.strictObject({
  kind: z.enum(['update', 'create', 'close']),
  source: entity,
  row: row.nullable(),
  key: z
    .string()
    .regex(/^td1\.[a-z0-9-]+\.[a-z0-9-]+\.[^.\s]+\.[0-9a-z]+$/)
    .nullable(),
  reason: z.strictObject({
    code: z.enum([
      'status-changed',
      'assessment-updated',
      'set-back',
      'task-due',
      'task-promoted',
      'task-moved',
      'task-closed',
      'week-kept',
    ]),
    params,
    text: z.string(),
  }),
  fields: z.record(
    z.string(),
    z.strictObject({ property: z.string().min(1), percent: z.boolean(), before: shown, after: shown }),
  ),
});

const guard = z.strictObject({
  stopped: z.boolean(),
  statusChanges: count,
  statusLimit: z.number(),
  newTasks: count,
  newTaskLimit: z.number(),
});

export const ReportDocument = z.strictObject({
  schemaVersion: z.literal(1),
  workspace: z.string().min(1),
  asOf: day,
  runId: z.uuid(),
  rows: z.partialRecord(entity, count),
  incomplete: z.array(entity),
  assessments: z.array(assessment),
  plan: z.strictObject({
    hash: z.string().min(8),
    changes: z.array(change),
    summary: z.strictObject({
      updates: count,
      creates: count,
      closes: count,
      calls: z.record(z.string(), count),
      guard,
    }),
  }),
  applied: z.strictObject({ updated: count, created: count, closed: count, failed: count, unknown: count }),
  calls: z.record(z.string(), z.strictObject({ reads: count, writes: count, retries: count, throttled: count })),
  dataIssues: z.array(
    z.strictObject({
      code: z.string().regex(/^[a-z-]+$/),
      entity,
      row: row.optional(),
      property: z.string().optional(),
      params,
      text: z.string().min(1),
    }),
  ),
  errors: z.array(
    z.strictObject({
      code: z.string().regex(/^[a-z-]+$/),
      message: z.string().min(1),
      source: entity.nullable(),
      row: row.nullable(),
      title: z.string().nullable(),
      property: z.string().nullable(),
      where: z.string().nullable(),
      next: z.string().min(1),
    }),
  ),
  notes: z.array(z.string()),
});
export type ReportDocument = z.infer<typeof ReportDocument>;
