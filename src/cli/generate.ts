/** `npm run generate`: writes the files that are derived from declarations, so that they cannot say anything else. */
import { writeFileSync } from 'node:fs';
import { configurationPage } from '../config/docs.js';
import { configJsonSchema } from '../config/json-schema.js';
import { remindersPage } from '../messages/reminders-page.js';
import { rulesPage } from '../messages/rules-page.js';
import { errorsPage } from './errors-page.js';

const GENERATED: Readonly<Record<string, () => string>> = {
  'config/tandem.schema.json': () => `${JSON.stringify(configJsonSchema(), null, 2)}\n`,
  'docs/configuration.md': configurationPage,
  'docs/rules.md': rulesPage,
  'docs/reminders.md': remindersPage,
  'docs/errors.md': errorsPage,
};

for (const [path, write] of Object.entries(GENERATED)) {
  writeFileSync(new URL(`../../${path}`, import.meta.url), write());
  process.stdout.write(`${path}\n`);
}
