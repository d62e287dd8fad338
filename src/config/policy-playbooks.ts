/** The `policy.playbooks` block: which checklists a team wants, and its own steps instead of those they are shipped with. */
import { z } from 'zod';
import { PLAYBOOKS } from '../domain/playbooks/index.js';
import { ROLES } from '../domain/policy-playbooks.js';

const step = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'small letters, digits and single hyphens')
    .max(24)
    .describe('part of the key of its tasks: never rename it'),
  title: z.string().trim().min(1).max(200).describe('what to do, in the language of the workspace'),
  note: z.string().trim().max(1000).optional().describe('what to know about it'),
  after: z.int().min(0).max(260).describe('business days from the day the playbook begins'),
  role: z.enum(ROLES).default('partnership').describe('who it is for'),
});

const PLAYBOOK_CODES = PLAYBOOKS.map(({ code }) => code);

export const playbooks = z.strictObject({
  disabled: z.array(z.enum(PLAYBOOK_CODES)).default([]).describe('playbooks that are switched off'),
  enabled: z
    .array(z.enum(PLAYBOOK_CODES))
    .default([])
    .describe('playbooks that are switched on although they do not come by themselves'),
  steps: z
    .partialRecord(z.enum(PLAYBOOK_CODES), z.array(step).min(1).max(20))
    .default({})
    .describe('the steps of a playbook, instead of those it is shipped with'),
});
