/**
 * From a file and the environment to a configuration, or to every mistake in them at once. Nothing is called
 * over the network here: a configuration that does not load has touched nothing.
 */
import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { Config } from './config.js';
import { type ConfigError, type Mistake, NOWHERE, toConfigError } from './config-error.js';
import { explainIssues } from './explain-issues.js';
import { CONFIG_FILE, findConfigFile } from './find.js';
import { normaliseConfig } from './normalise.js';
import { type Outline, outlineOf } from './outline.js';
import { checkRules, type RuleContext } from './rules.js';
import { configSchema } from './schema.js';
import { findSecrets } from './secrets.js';
import { type Environment, readToken, TokenOwner } from './tokens.js';
import { readYaml, type YamlFile } from './yaml-file.js';

export { type ConfigError, formatConfigErrors } from './config-error.js';

export interface LoadOptions {
  /** Path of the file; without it `find` looks for one. */
  readonly file?: string;
  readonly env: Environment;
  readonly cwd?: string;
  /** UTF-8 text of a file; throws when it cannot be read. */
  readonly readFile?: (path: string) => string;
  /** Finds the file at or above a folder. */
  readonly find?: (folder: string) => string | undefined;
  /** Whether a connection in use must have its token; true unless said otherwise. */
  readonly requireTokens?: boolean;
  /** Codes that may stand in `policy.rules.disabled` and `policy.reminders.disabled`. */
  readonly known?: NonNullable<RuleContext['known']>;
}

export type LoadResult = { readonly config: Config } | { readonly errors: readonly ConfigError[] };

/** Loads a configuration. Errors come in the order of the file, all of them, and hold no secret. */
export function loadConfig(options: LoadOptions): LoadResult {
  const cwd = options.cwd ?? process.cwd();
  const readFile = options.readFile ?? ((path: string) => readFileSync(path, 'utf8'));
  const found = options.file ?? (options.find ?? findConfigFile)(cwd);
  if (found === undefined)
    return { errors: [notFound(CONFIG_FILE, `there is no ${CONFIG_FILE} in ${cwd} or above it`)] };
  const path = resolve(cwd, found);
  const shown = options.file ?? relative(cwd, path);
  let text: string;
  try {
    text = readFile(path);
  } catch (thrown) {
    return { errors: [notFound(shown, `the file cannot be read${codeOf(thrown)}`)] };
  }
  return loadText(text, path, shown, { ...options, readFile: (file) => readFile(resolve(cwd, file)) });
}

type TextOptions = LoadOptions & { readonly readFile: (path: string) => string };

function loadText(text: string, path: string, shown: string, options: TextOptions): LoadResult {
  const yaml = readYaml(text);
  const parsed = configSchema.safeParse(yaml.data);
  const outline = outlineOf(yaml.data);
  const { tokens, mistakes: tokenMistakes } = readTokens(outline, options);
  const mistakes = [
    ...(parsed.success ? [] : explainIssues(yaml.data, parsed.error.issues)),
    ...checkRules(outline, ruleContext(options)),
    ...tokenMistakes,
  ];
  const errors = [
    ...textErrors(text, yaml, shown),
    ...(yaml.readable ? withoutEchoes(mistakes) : []).map((mistake) =>
      toConfigError(mistake, shown, yaml.locate(mistake.path, mistake.at)),
    ),
  ].sort((left, right) => left.line - right.line || left.column - right.column);
  if (errors.length > 0 || !parsed.success) return { errors };
  return { config: normaliseConfig(parsed.data, tokens, path) };
}

function ruleContext({ env, known }: LoadOptions): RuleContext {
  return { allowCustomBaseUrl: env.TANDEM_ALLOW_CUSTOM_BASE_URL === '1', ...(known === undefined ? {} : { known }) };
}

/** A connection that no source uses needs no token. */
function readTokens(outline: Outline, { env, readFile, requireTokens = true }: TextOptions) {
  const used = new Set(outline.sources.map(({ connection }) => connection));
  const tokens = new Map<string, string>();
  const mistakes: Mistake[] = [];
  for (const [name, connection] of outline.connections) {
    const owner = TokenOwner.safeParse({ name, type: connection.get('type'), tokenEnv: connection.get('tokenEnv') });
    if (!owner.success) continue;
    const reading = readToken(owner.data, { env, readFile });
    if ('token' in reading) tokens.set(name, reading.token);
    else if (requireTokens && used.has(name)) mistakes.push(reading.mistake);
  }
  return { tokens, mistakes };
}

/** Faults of the text itself, tokens in comments included. */
function textErrors(text: string, yaml: YamlFile, shown: string): readonly ConfigError[] {
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const secrets = findSecrets(body).map((offset) => ({
    offset,
    what: 'this looks like a token',
    why: 'Tokens are never read from this file: it is copied, committed and sent around.',
    next: 'Remove it, create a new token in the tool, and put that into the environment.',
  }));
  return [...yaml.faults, ...secrets].map(({ offset, what, why, next }) =>
    toConfigError({ code: 'config-invalid', path: [], at: 'value', what, why, next }, shown, yaml.positionOf(offset)),
  );
}

/** A key that is missing because it is misspelt beside is told once, as the misspelling. */
function withoutEchoes(mistakes: readonly Mistake[]): readonly Mistake[] {
  const meant = new Set(
    mistakes
      .filter(({ code, didYouMean }) => code === 'config-unknown-key' && didYouMean !== undefined)
      .map(({ path, didYouMean }) => JSON.stringify([...path.slice(0, -1), didYouMean])),
  );
  return mistakes.filter(({ missing, path }) => missing !== true || !meant.has(JSON.stringify(path)));
}

function notFound(shown: string, what: string): ConfigError {
  const mistake: Mistake = {
    code: 'config-not-found',
    path: [],
    at: 'value',
    what,
    why: 'Everything Tandem does is described in this file.',
    next: 'Let `tandem init` write one for the tables your tokens can see, or name yours with --config.',
  };
  return toConfigError(mistake, shown, NOWHERE);
}

function codeOf(thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  return typeof code === 'string' ? ` (${code})` : '';
}
