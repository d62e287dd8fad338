/** A key that does not exist at its place: which ones do, and whether it is known somewhere near. */
import { ENTITY_NAMES, type EntityName, MANAGED } from '../domain/entities.js';
import type { Mistake, Path } from './config-error.js';
import { managedOf } from './managed.js';
import { configSchema, fieldsOf } from './schema.js';
import { placeAt } from './schema-walk.js';
import { suggest } from './suggest.js';

interface Advice {
  readonly why: string;
  readonly next: string;
}

/** The mistake for the key at the end of a path. */
export function explainUnknownKey(path: Path): Mistake {
  const key = String(path.at(-1) ?? '');
  const parent = path.slice(0, -1);
  const keys = placeAt(configSchema, parent)?.keys ?? [];
  const guess = suggest(key, keys);
  const advice = adviceFor(parent, key, guess) ?? {
    why: keys.length === 0 ? 'Nothing is set here.' : `Known here: ${keys.join(', ')}.`,
    next: guess === undefined ? 'Remove it.' : 'Correct or remove it.',
  };
  return {
    code: 'config-unknown-key',
    path,
    at: 'key',
    what: parent.length === 0 ? `unknown key \`${key}\`` : `unknown key \`${key}\` in \`${parent.join('.')}\``,
    ...advice,
    ...(guess === undefined ? {} : { didYouMean: guess }),
  };
}

function adviceFor(parent: Path, key: string, guess: string | undefined): Advice | undefined {
  const [top, name, block, entry] = parent;
  if (top === 'connections' && parent.length === 2 && /token|secret|password|key/i.test(key) && guess === undefined) {
    return {
      why: 'Tokens are never read from this file: it is copied, committed and sent around.',
      next: 'Remove it and set the environment variable NOTION_TOKEN or AIRTABLE_TOKEN, or name another one with `tokenEnv`.',
    };
  }
  const entity = ENTITY_NAMES.find((known) => known === name);
  if (top !== 'sources' || entity === undefined) return undefined;
  if (parent.length === 2) return adviceForSource(entity, key);
  if (parent.length === 3) return adviceForBlock(entity, String(block), key);
  return parent.length === 4 ? adviceForMapping(entity, String(block), String(entry), key) : undefined;
}

function adviceForSource(entity: EntityName, key: string): Advice | undefined {
  if (key === 'link') {
    return {
      why: `Rows of ${entity} do not belong to a partnership, so there is nothing to join.`,
      next: 'Remove it.',
    };
  }
  if (key === 'manages') {
    return {
      why: `Tandem owns columns only in ${Object.keys(MANAGED).join(', ')}; of ${entity} it writes whole rows or nothing.`,
      next: 'Remove it; what Tandem fills in its own rows is named under `fields`.',
    };
  }
  return undefined;
}

/** A name from one block written in the other is the likeliest slip of all. */
function adviceForBlock(entity: EntityName, block: string, key: string): Advice | undefined {
  if (block === 'fields' && managedOf(entity).has(key)) {
    return { why: `\`${key}\` is a result Tandem writes, not an input it reads.`, next: 'Move it under `manages`.' };
  }
  if (block === 'manages' && fieldsOf(entity).has(key)) {
    return { why: `\`${key}\` is an input Tandem reads, not a result it writes.`, next: 'Move it under `fields`.' };
  }
  return undefined;
}

function adviceForMapping(entity: EntityName, block: string, entry: string, key: string): Advice | undefined {
  const next = 'Remove it.';
  if (key === 'part') return { why: 'Only a field that holds a date can take one end of a date range.', next };
  if (key !== 'values') return undefined;
  const why = block === 'fields' ? 'Only a field with a fixed set of values' : 'Only a property with fixed labels';
  return { why: `${why} can translate labels; \`${entry}\` of ${entity} is not one.`, next };
}
