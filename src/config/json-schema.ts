/** The JSON schema of the configuration, for editors; draft-07, the newest their YAML servers understand. */
import { z } from 'zod';
import { configSchema } from './schema.js';

/** The schema as a plain object, as committed in config/tandem.schema.json. */
export function configJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...rest } = z.toJSONSchema(configSchema, { target: 'draft-7', io: 'input' });
  return { $schema, title: 'Tandem configuration', ...rest };
}
