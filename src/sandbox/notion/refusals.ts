/**
 * The refusals of the local Notion, with the codes and sentences of the real one, and the bridge from zod
 * to its way of naming what is wrong with a body: `body.properties.X.number should be a number, instead was ...`.
 */
import type { z } from 'zod';

/** An error answer: thrown anywhere below a route, turned into JSON at the edge. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  constructor(
    readonly status: 400 | 401 | 403 | 404 | 429 | 500,
    readonly code: string,
    message: string,
    readonly extra: { readonly additionalData?: Readonly<Record<string, string>>; readonly retryAfter?: number } = {},
  ) {
    super(message);
  }
}

export const invalid = (message: string): Refusal => new Refusal(400, 'validation_error', message);

/** What versions that know one source per database say to a database with more. */
export const severalSources = (): Refusal =>
  invalid('Databases with multiple data sources are not supported in this API version.');

/** A failed check of one place: `place` is a path such as `body.page_size`. */
export const misplaced = (place: string, problem: string): Refusal =>
  invalid(`${place.split('.')[0]} failed validation: ${place} ${problem}.`);

/** Deleted for good, never there, or not shared: the real API does not tell which. */
export const notFound = (kind: string, id: string, integration: string): Refusal =>
  new Refusal(
    404,
    'object_not_found',
    `Could not find ${kind} with ID: ${id}. Make sure the relevant pages and databases are shared with your integration "${integration}".`,
  );

/** A value as the sentences quote it. */
export const quoted = (value: unknown): string => `\`${value === undefined ? 'undefined' : JSON.stringify(value)}\``;

type Issue = z.core.$ZodIssue;

const pathOf = (root: string, path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : `${text}.${String(step)}`),
    root,
  );

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let found = value;
  for (const step of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = Reflect.get(found, step);
  }
  return found;
}

const AN_OBJECT: Readonly<Record<string, string>> = { object: 'an object', array: 'an array' };

function lengthOf(found: unknown): number | undefined {
  return typeof found === 'string' || Array.isArray(found) ? found.length : undefined;
}

function describeIssue(issue: Issue, value: unknown, root: string): string {
  const place = pathOf(root, issue.path);
  const found = valueAt(value, issue.path);
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? '';
    return `${place}.${key} should be not present, instead was ${quoted(valueAt(found, [key]))}.`;
  }
  if (found === undefined) return `${place} should be defined, instead was \`undefined\`.`;
  const length = lengthOf(found);
  const [subject, was] = length === undefined ? [place, quoted(found)] : [`${place}.length`, `\`${length}\``];
  switch (issue.code) {
    case 'invalid_type':
      return `${place} should be ${AN_OBJECT[issue.expected] ?? `a ${issue.expected}`}, instead was ${quoted(found)}.`;
    case 'too_big':
      return `${subject} should be ≤ \`${issue.maximum}\`, instead was ${was}.`;
    case 'too_small':
      return `${subject} should be ≥ \`${issue.minimum}\`, instead was ${was}.`;
    case 'invalid_value':
      return `${place} should be ${issue.values.map(quoted).join(' or ')}, instead was ${quoted(found)}.`;
    default:
      return `${place} should be ${issue.message}, instead was ${quoted(found)}.`;
  }
}

/** The value as the schema reads it. Refuses in the words of the real API; `root` is where the value stands. */
export function check<T>(schema: z.ZodType<T>, value: unknown, root: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const sentences = parsed.error.issues.map((issue) => describeIssue(issue, value, root));
  const part = root.split('.')[0];
  throw invalid(
    sentences.length === 1
      ? `${part} failed validation: ${sentences[0]}`
      : `${part} failed validation. Fix one:\n${sentences.join('\n')}`,
  );
}
