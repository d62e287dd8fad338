/** Issues of zod as mistakes a person can act on: what is wrong, why, what to do, and a guess where one is safe. */
import type { z } from 'zod';
import { type Mistake, type Path, shownValue } from './config-error.js';
import { explainUnknownKey } from './explain-unknown-key.js';
import { Objection } from './judge.js';
import { configSchema } from './schema.js';
import { placeAt } from './schema-walk.js';
import { suggest } from './suggest.js';

type Issue = z.core.$ZodIssue;

/** Every issue of checking `data` against the declaration, explained. */
export function explainIssues(data: unknown, issues: readonly Issue[]): readonly Mistake[] {
  return issues.flatMap((issue) => explain(data, issue, pathOf(issue.path)));
}

function explain(data: unknown, issue: Issue, path: Path): readonly Mistake[] {
  const value = valueAt(data, path);
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => explainUnknownKey([...path, key]));
  if (issue.code === 'custom') return [objected(path, value, issue.params)];
  if (value === undefined) return [missing(path)];
  if (value === null) return [empty(path)];
  switch (issue.code) {
    case 'invalid_type':
      return [wrongKind(path, value, issue.expected)];
    case 'invalid_value':
      return [notOneOf(path, value, issue.values.map(String))];
    case 'invalid_union':
      return explainUnion(data, issue, path, value);
    case 'too_small':
    case 'too_big':
      return [outOfRange(path, value, issue)];
    case 'invalid_key':
      return [mistake(path, 'key', `${named(path)} has a name without letters`, 'A name must say something.')];
    default:
      return [mistake(path, 'value', `${named(path)} cannot be ${shownValue(value)}`, aboutOf(path))];
  }
}

/** Of the ways a value may be written, the one that was meant: whose kind fits, or none. */
function explainUnion(
  data: unknown,
  issue: z.core.$ZodIssueInvalidUnion,
  path: Path,
  value: unknown,
): readonly Mistake[] {
  if (issue.discriminator !== undefined) {
    return [notOneOf(path, value, 'options' in issue && Array.isArray(issue.options) ? issue.options.map(String) : [])];
  }
  const allowed = issue.errors
    .flat()
    .flatMap((inner) => (inner.code === 'invalid_value' ? inner.values.map(String) : []));
  if (allowed.length > 0 && typeof value === 'string') return [notOneOf(path, value, allowed)];
  const isKind = ({ path: own, code }: Issue): boolean =>
    own.length === 0 && (code === 'invalid_type' || code === 'invalid_value');
  const meant = issue.errors.find((branch) => !branch.some(isKind));
  if (meant !== undefined) {
    return meant.flatMap((inner) => explain(data, inner, [...path, ...pathOf(inner.path)]));
  }
  const shapes = issue.errors.flat().flatMap((inner) => (inner.code === 'invalid_type' ? [inner.expected] : []));
  return [wrongKind(path, value, shapes[0] ?? 'string')];
}

function missing(path: Path): Mistake {
  return {
    ...mistake(
      path,
      'key',
      `${named(path)} is missing`,
      aboutOf(path),
      `Add the key \`${String(path.at(-1) ?? '')}\`.`,
    ),
    missing: true,
  };
}

function empty(path: Path): Mistake {
  const next = 'Write a value behind it, or remove the key where it is not needed.';
  return mistake(path, 'key', `${named(path)} has no value`, aboutOf(path), next);
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a block of keys',
  record: 'a block of keys',
};

function wrongKind(path: Path, value: unknown, expected: string): Mistake {
  const what = `${named(path)} must be ${KINDS[expected] ?? expected}, not ${shownValue(value)}`;
  const scalar = typeof value === 'number' || typeof value === 'boolean';
  const next = expected === 'string' && scalar ? `Put it in quotes: "${String(value)}".` : 'Correct the value.';
  return mistake(path, 'value', what, aboutOf(path), next);
}

function notOneOf(path: Path, value: unknown, allowed: readonly string[]): Mistake {
  const about = placeAt(configSchema, path)?.about;
  const quoted = typeof value === 'string' && allowed.includes(value);
  const guess = typeof value === 'string' && !quoted ? suggest(value.replace(/[\s_]+/g, '-'), allowed) : undefined;
  const what = `${named(path)} cannot be ${shownValue(value)}`;
  const why = `${about === undefined ? '' : `${sentence(about)} `}Possible: ${allowed.join(', ')}.`;
  return {
    ...mistake(path, 'value', what, why, quoted ? 'Write it without quotes.' : 'Write one of them.'),
    ...(guess === undefined ? {} : { didYouMean: guess }),
  };
}

function outOfRange(path: Path, value: unknown, issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): Mistake {
  if (typeof value !== 'number') return mistake(path, 'value', `${named(path)} is empty`, aboutOf(path));
  const bound = issue.code === 'too_small' ? `at least ${issue.minimum}` : `at most ${issue.maximum}`;
  return mistake(path, 'value', `${named(path)} must be ${bound}, not ${value}`, aboutOf(path));
}

/** A value that is absent can be at fault too: its default may not fit what was written beside it. */
function objected(path: Path, value: unknown, params: unknown): Mistake {
  const { what, why, next, didYouMean } = Objection.parse(params);
  const found = value === undefined ? 'does not fit' : `cannot be ${shownValue(value)}`;
  return {
    ...mistake(path, 'value', what ?? `${named(path)} ${found}`, why, next),
    ...(didYouMean === undefined ? {} : { didYouMean }),
  };
}

function mistake(path: Path, at: Mistake['at'], what: string, why: string, next = 'Correct the value.'): Mistake {
  return { code: 'config-invalid', path, at, what, why, next };
}

const named = (path: Path): string => (path.length === 0 ? 'the file' : `\`${path.join('.')}\``);

function aboutOf(path: Path): string {
  const about = placeAt(configSchema, path)?.about;
  return about === undefined ? 'The configuration does not work without it.' : sentence(about);
}

const sentence = (about: string): string => `${about.charAt(0).toUpperCase()}${about.slice(1)}.`;

const pathOf = (path: readonly PropertyKey[]): Path =>
  path.map((step) => (typeof step === 'number' ? step : String(step)));

function valueAt(data: unknown, path: Path): unknown {
  let here = data;
  for (const step of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, step)) return undefined;
    here = Reflect.get(here, step);
  }
  return here;
}
