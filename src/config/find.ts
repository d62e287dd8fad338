/** Where a configuration is looked for when none is named: here, then upwards to the root of the repository. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const CONFIG_FILE = 'tandem.yaml';

/** The nearest tandem.yaml at or above a folder; the search ends at a folder that holds `.git`. */
export function findConfigFile(start: string, exists: (path: string) => boolean = existsSync): string | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    const file = join(folder, CONFIG_FILE);
    if (exists(file)) return file;
    if (exists(join(folder, '.git')) || dirname(folder) === folder) return undefined;
  }
}
