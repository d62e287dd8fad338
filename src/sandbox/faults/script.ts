/**
 * The fault script (`tandem sandbox --fault FILE`): which requests meet which trouble, how often, and by what seed.
 * docs/sandbox.md explains every word of it.
 */
import { z } from 'zod';
import { didYouMean } from '../document.js';
import { SELECTORS } from '../operations.js';

const seconds = z.number().min(0);
const chance = z.number().min(0).max(1);
const text = z.string().min(1);
const cell = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()]);

/** Which row: the one the request writes, any one of the table, or one by its id or the text of one of its cells. */
const row = text.default('this');

const SCOPES = ['connection', 'workspace', 'endpoint', 'blocked', 'base', 'month'] as const;

const fault = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('drop') }),
  z.strictObject({ kind: z.literal('apply-then-drop') }),
  z.strictObject({ kind: z.literal('server-error'), status: z.int().min(500).max(599).default(500) }),
  z.strictObject({ kind: z.literal('apply-then-server-error'), status: z.int().min(500).max(599).default(500) }),
  z.strictObject({ kind: z.literal('committed') }),
  z.strictObject({
    kind: z.literal('rate-limited'),
    scope: z.enum(SCOPES).optional(),
    retryAfter: z.union([seconds, text, z.null()]).optional(),
  }),
  z.strictObject({ kind: z.literal('overloaded'), retryAfter: seconds.default(5) }),
  z.strictObject({ kind: z.literal('conflict') }),
  z.strictObject({
    kind: z.literal('slow'),
    seconds: seconds.default(5),
    waits: z.enum(['before', 'after']).default('before'),
  }),
  z.strictObject({ kind: z.literal('truncated') }),
  z.strictObject({ kind: z.literal('redirect'), to: text.default('http://127.0.0.1:9/') }),
  z.strictObject({ kind: z.literal('cursor-expired') }),
  z.strictObject({ kind: z.literal('cursor-repeated') }),
  z.strictObject({ kind: z.literal('html'), status: z.int().min(200).max(599).default(502) }),
  z.strictObject({ kind: z.literal('apply-then-html'), status: z.int().min(200).max(599).default(502) }),
  z.strictObject({
    kind: z.literal('late'),
    seconds: seconds.default(20),
    answer: z.enum(['drop', 'timeout']).default('drop'),
  }),
  z.strictObject({
    kind: z.literal('revoked'),
    what: z.enum(['token', 'table', 'read', 'update', 'insert']).default('token'),
    for: seconds.optional(),
  }),
  z.strictObject({ kind: z.literal('column-renamed'), table: text, column: text, to: text, for: seconds.optional() }),
  z.strictObject({ kind: z.literal('column-retyped'), table: text, column: text, to: text }),
  z.strictObject({ kind: z.literal('column-deleted'), table: text, column: text }),
  z.strictObject({
    kind: z.literal('row-edited'),
    table: text.optional(),
    row,
    cells: z.record(text, cell),
    by: z.enum(['human', 'system']).default('human'),
  }),
  z.strictObject({ kind: z.literal('row-trashed'), table: text.optional(), row }),
  z.strictObject({ kind: z.literal('row-copied'), table: text.optional(), row }),
]);

/** Every kind of trouble, in the order of the documentation. */
export const FAULT_KINDS = fault.options.map((option) => option.shape.kind.value);
export type FaultKind = (typeof FAULT_KINDS)[number];
export type ScriptedFault = z.infer<typeof fault>;

const whole = z.int().min(1);
/** One item may stand for a list of one. */
const list = <T extends z.ZodType>(item: T) =>
  z.preprocess((given) => (Array.isArray(given) ? given : [given]), z.array(item).min(1));

const selector = text.superRefine((given, context) => {
  if (SELECTORS.includes(given)) return;
  context.addIssue({ code: 'custom', message: `there is no operation "${given}".${didYouMean(given, SELECTORS)}` });
});

const rule = z
  .strictObject({
    on: list(selector).default(['*']),
    table: text.optional(),
    nth: list(whole).optional(),
    every: whole.optional(),
    chance: chance.optional(),
    times: whole.optional(),
    fault: z.preprocess((given) => (typeof given === 'string' ? { kind: given } : given), fault),
  })
  .superRefine((given, context) => {
    const when = (['nth', 'every', 'chance'] as const).filter((key) => given[key] !== undefined);
    if (when.length > 1) {
      context.addIssue({ code: 'custom', path: [when[1] ?? 'nth'], message: `say ${when.join(' or ')}, not both` });
    }
  });
export type FaultRule = z.infer<typeof rule>;

export const FaultScript = z.strictObject({
  /** Of every chance in the script. */
  seed: z.union([z.number(), z.string()]).default(1),
  /** Seconds until queries see what was written. */
  indexLag: seconds.default(0),
  rules: z.array(rule).default([]),
  /** Chances of what becomes of webhooks on their way. */
  webhooks: z
    .strictObject({
      lost: chance.default(0),
      doubled: chance.default(0),
      late: chance.default(0),
      lateBy: seconds.default(3600),
    })
    .optional(),
});
export type FaultScript = z.infer<typeof FaultScript>;
/** A fault as it is written: its kind alone, or with what can be said about it. */
type FaultInput =
  | Exclude<FaultKind, 'column-renamed' | 'column-retyped' | 'column-deleted' | 'row-edited'>
  | z.input<typeof fault>;
/** A rule as it is written. */
export type FaultRuleInput = Omit<z.input<typeof rule>, 'on' | 'nth' | 'fault'> & {
  readonly on?: string | readonly string[];
  readonly nth?: number | readonly number[];
  readonly fault: FaultInput;
};
/** A script as it is written: with words left out and the short forms. */
export type FaultScriptInput = Omit<z.input<typeof FaultScript>, 'rules'> & {
  readonly rules?: readonly FaultRuleInput[];
};
