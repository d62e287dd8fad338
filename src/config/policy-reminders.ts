/** The `policy.reminders` block: which tasks come, from when, and how much time they give. */
import { z } from 'zod';
import { DEFAULT_REMINDERS as base, type RemindersPolicy } from '../domain/policy-reminders.js';
import { VOCABULARIES } from '../domain/vocabulary.js';
import { codes, whole, wholes } from './policy-parts.js';

const CADENCES = Object.keys(VOCABULARIES.cadence) as readonly (keyof typeof VOCABULARIES.cadence)[];
const evaluationOf = (tier: keyof RemindersPolicy['evaluationCadence']) =>
  z
    .enum(CADENCES)
    .default(base.evaluationCadence[tier])
    .describe(`how often a ${tier} partner that is evaluated is evaluated again`);

export const reminders = z.strictObject({
  disabled: codes(base.disabled, 'codes of reminders that are switched off'),
  enabled: codes(base.enabled, 'codes of reminders that are switched on although they do not come by themselves'),
  leadDays: wholes(base.leadDays, (code) => `days before its date at which the task of ${code} appears`).prefault({}),
  answerDays: wholes(
    base.answerDays,
    (code) => `business days a person has for the task of ${code} once its reason is there`,
  ).prefault({}),
  evaluationCadence: z
    .strictObject({
      strategic: evaluationOf('strategic'),
      core: evaluationOf('core'),
      basic: evaluationOf('basic'),
    })
    .prefault({}),
  slipDays: whole(base.slipDays, 'days a milestone must have been moved by to be told as slipped'),
  escalateAfter: whole(base.escalateAfter, 'business days overdue after which a task is taken to the lead'),
  perDay: whole(base.perDay, 'new tasks a person gets on one day; the rest waits, named in one task'),
  settleSeconds: whole(base.settleSeconds, 'seconds to wait before a create without an answer is looked up'),
});
