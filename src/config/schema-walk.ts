/** What the declaration says about one place in the file: which keys it takes and what it is for. */
import { z } from 'zod';
import type { Path } from './config-error.js';

export interface Place {
  /** Keys the place takes; empty where it takes none or any. */
  readonly keys: readonly string[];
  readonly about: string | undefined;
}

type Schema = z.core.$ZodType;

/** Follows a path through a schema; undefined when the schema has nothing there. */
export function placeAt(root: Schema, path: Path): Place | undefined {
  let about = aboutOf(root);
  let here: readonly Schema[] = [root];
  for (const step of path) {
    here = here.flatMap(branches).flatMap((schema) => child(schema, step));
    if (here.length === 0) return undefined;
    about = here.map(aboutOf).find((text) => text !== undefined);
  }
  const keys = here
    .flatMap(branches)
    .flatMap((schema) => (schema instanceof z.ZodObject ? Object.keys(schema.shape) : []));
  return { keys: [...new Set(keys)], about };
}

/** The schemas a value may be checked by, without the wrappers for "optional" and "default". */
function branches(schema: Schema): readonly Schema[] {
  const inner = unwrapped(schema);
  if (inner !== undefined) return branches(inner);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(branches);
  return [schema];
}

function child(schema: Schema, step: string | number): readonly Schema[] {
  if (schema instanceof z.ZodObject) {
    const shape: Readonly<Record<string, Schema>> = schema.shape;
    const found = Object.hasOwn(shape, step) ? shape[step] : undefined;
    return found === undefined ? [] : [found];
  }
  if (schema instanceof z.ZodRecord) return [schema.valueType];
  if (schema instanceof z.ZodArray) return [schema.element];
  return [];
}

function unwrapped(schema: Schema): Schema | undefined {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    return schema.unwrap();
  }
  return undefined;
}

function aboutOf(schema: Schema): string | undefined {
  const own = z.globalRegistry.get(schema)?.description;
  if (own !== undefined) return own;
  const inner = unwrapped(schema);
  return inner === undefined ? undefined : aboutOf(inner);
}
