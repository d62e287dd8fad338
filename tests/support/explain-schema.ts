/** The documents that `explain --json` prints, written down once more and independently of the code. */
import { z } from 'zod';

const row = z.strictObject({ id: z.string().min(1), title: z.string(), url: z.string() });
const share = z.number().min(0).max(1);
const day = z.iso.date();
const text = z.string().min(1);
const entity = z.string().regex(/^[a-z]+$/);
const code = z.string().regex(/^[a-z0-9-]+$/);

const rule = z.strictObject({
  code,
  ending: z.enum(['fired', 'quiet', 'off', 'unmapped', 'frozen']),
  about: text,
  next: text,
  missing: z.array(z.array(z.string().regex(/^[a-z]+\.[a-zA-Z]+$/)).min(1)),
  incomplete: z.array(entity),
  findings: z.array(z.strictObject({ severity: text, row, text })),
});

const way = z.strictObject({
  status: text,
  health: z.int().min(0).max(100).nullable(),
  remedies: z
    .array(z.strictObject({ code, entity, row, params: z.record(z.string(), z.union([z.string(), z.number()])), text }))
    .min(1),
  text,
});

const frame = {
  schemaVersion: z.literal(1),
  workspace: text,
  asOf: day,
  inputs: z.array(z.strictObject({ field: text, property: text, value: text.nullable() })),
  incomplete: z.array(entity),
  errors: z.array(z.unknown()),
  rules: z.array(rule).min(1),
  ways: z.array(way).max(4),
};

const evidence = z.strictObject({
  entity,
  row,
  day: day.nullable(),
  credit: share.nullable(),
  weight: z.number(),
  text,
});

export const PartnershipDocument = z.strictObject({
  ...frame,
  kind: z.literal('partnership'),
  assessment: z.looseObject({ status: text, why: text }),
  statusText: text,
  dimensions: z.array(
    z.strictObject({
      dimension: code,
      name: text,
      score: z.int(),
      weight: share,
      points: z.int(),
      factors: z.array(z.strictObject({ factor: code, pillar: code, score: z.int(), points: z.int() })),
    }),
  ),
  factors: z.array(
    z.strictObject({
      factor: code,
      name: text,
      formula: text,
      figures: text.nullable(),
      evidence: z.array(evidence).min(1),
    }),
  ),
  coverage: z.strictObject({ share: share.nullable(), minimum: share, text: text.nullable() }),
  confidenceText: text,
  kpis: z.array(z.strictObject({ id: text, current: z.boolean(), fresh: share })),
  gates: z.array(z.strictObject({ code, limit: code, text })),
  outlook: z.strictObject({ day, status: code }).nullable(),
  outlookText: text.nullable(),
});

export const KpiDocument = z.strictObject({
  ...frame,
  kind: z.literal('kpi'),
  kpi: row,
  partnerships: z.array(row),
  status: code,
  statusText: text,
  reason: text,
  actual: z.number().nullable(),
  readOn: day.nullable(),
  method: code.nullable(),
  formula: text.nullable(),
  achievement: z.number().nullable(),
  expected: z.number().nullable(),
  pace: z.number().nullable(),
  forecast: z.number().nullable(),
  weight: z.number(),
  critical: z.boolean(),
  current: z.boolean(),
  fresh: share,
  figures: z.array(text),
  readings: z.array(
    z.strictObject({
      row,
      date: day,
      value: z.number().nullable(),
      numerator: z.number().nullable(),
      denominator: z.number().nullable(),
    }),
  ),
});
