/** What a webhook asks for: which changes it hears of, and what it is told beside them. */
import { z } from 'zod';

const filters = z.strictObject({
  dataTypes: z.array(z.enum(['tableData', 'tableFields', 'tableMetadata'])).min(1),
  recordChangeScope: z.string().optional(),
  changeTypes: z.array(z.enum(['add', 'remove', 'update'])).optional(),
  fromSources: z
    .array(
      z.enum([
        'client',
        'publicApi',
        'formSubmission',
        'formPageSubmission',
        'automation',
        'system',
        'sync',
        'anonymousUser',
        'unknown',
      ]),
    )
    .optional(),
  watchDataInFieldIds: z.array(z.string()).optional(),
  watchSchemasOfFieldIds: z.array(z.string()).optional(),
  sourceOptions: z.unknown().optional(),
});
const includes = z.strictObject({
  includeCellValuesInFieldIds: z.union([z.literal('all'), z.array(z.string())]).optional(),
  includePreviousCellValues: z.boolean().optional(),
  includePreviousFieldDefinitions: z.boolean().optional(),
});
export const Specification = z.strictObject({ options: z.strictObject({ filters, includes: includes.optional() }) });
export type Specification = z.infer<typeof Specification>;
