/** A reference to a connection that is not configured. */
import { type Mistake, type Path, shownValue } from './config-error.js';
import { suggest } from './suggest.js';

/** The mistake of naming a connection that is not there, if it is one. */
export function unknownConnection(
  path: Path,
  at: Mistake['at'],
  name: string,
  connections: Iterable<string>,
): Mistake | undefined {
  const names = [...connections];
  if (names.includes(name.normalize('NFC'))) return undefined;
  const guess = suggest(name, names);
  return {
    code: 'config-invalid',
    path,
    at,
    what: `there is no connection ${shownValue(name)}`,
    why: names.length === 0 ? 'No connection is configured.' : `Configured: ${names.join(', ')}.`,
    next: 'Name one of them, or add it under `connections`.',
    ...(guess === undefined ? {} : { didYouMean: guess }),
  };
}
