/** `tandem schema`: the JSON schema an editor checks a configuration with. */
import { configJsonSchema } from '../config/json-schema.js';

/** Prints the schema. */
export function runSchema(): number {
  process.stdout.write(`${JSON.stringify(configJsonSchema(), null, 2)}\n`);
  return 0;
}
