/** What every verb that works on a workspace needs: its configuration, the shared state, a log, and an end to Ctrl-C. */
import { accessSync, constants, mkdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, createApp } from '../app.js';
import { systemClock } from '../clock.js';
import type { Config } from '../config/config.js';
import { formatConfigErrors, loadConfig } from '../config/load.js';
import { isDay } from '../domain/calendar.js';
import { TASK_KINDS } from '../domain/reminders/index.js';
import { RULES } from '../domain/rules/index.js';
import { TandemError } from '../errors.js';
import { createLogger, type Logger } from '../log.js';
import type { Journal, State } from '../ports.js';
import { createFileState } from '../state/file.js';
import { createFileJournal, createRedisJournal, NO_JOURNAL } from '../state/journal.js';
import { createRedisState } from '../state/redis.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A configuration that cannot be used; its text is complete and needs no further words. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

/** Loads and checks a configuration file; every error at once, before any call. */
export function readConfig(file: string | undefined, env: Environment): Config {
  const loaded = loadConfig({
    ...(file === undefined ? {} : { file }),
    env,
    cwd: process.cwd(),
    readFile: (path) => readFileSync(path, 'utf8'),
    known: { rules: RULES.map((rule) => rule.code), reminders: TASK_KINDS.map((kind) => kind.code) },
  });
  if ('errors' in loaded) throw new ConfigurationError(formatConfigErrors(loaded.errors));
  return loaded.config;
}

/** Secrets of a process that no log may show. */
export function secretsOf(configs: readonly Config[], env: Environment): readonly string[] {
  const tokens = configs.flatMap((config) => Object.values(config.connections).map((connection) => connection.token));
  return [...tokens, ...(env.REDIS_URL === undefined ? [] : [env.REDIS_URL])];
}

export function openLog(configs: readonly Config[], env: Environment, level: string): Logger {
  return createLogger({
    level: env.TANDEM_LOG_LEVEL ?? level,
    secrets: secretsOf(configs, env),
    write: (line) => process.stderr.write(line),
  });
}

/** Where a machine without Redis keeps its locks and creates in flight; a home that cannot be written is passed over. */
function stateDirectory(env: Environment): string {
  const home = env.HOME === undefined ? [] : [join(env.HOME, '.local', 'state')];
  const bases = [...(env.XDG_STATE_HOME === undefined ? home : [env.XDG_STATE_HOME]), tmpdir()];
  for (const base of bases) {
    const directory = join(base, 'tandem');
    try {
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      accessSync(directory, constants.W_OK);
      return directory;
    } catch {}
  }
  throw new TandemError(
    'state-unwritable',
    `No folder for locks can be written: ${bases.join(', ')}. Set XDG_STATE_HOME to one that can.`,
  );
}

/** Redis where REDIS_URL names one, so that the lease binds workers and one-shot runs; else files of this machine. */
export async function openState(env: Environment, logger: Logger): Promise<State> {
  if (env.REDIS_URL !== undefined && env.REDIS_URL !== '') {
    return createRedisState({ url: env.REDIS_URL, onWarning: (warning) => logger.warn(warning) });
  }
  return createFileState({ dir: stateDirectory(env), clock: systemClock });
}

/**
 * The journal of this process: the folder named by TANDEM_JOURNAL, `redis` for a stream beside the queue, `off` for
 * none; a folder of the state directory unless told.
 */
export function openJournal(env: Environment): Journal {
  const place = env.TANDEM_JOURNAL ?? '';
  if (place === 'off') return NO_JOURNAL;
  if (place !== 'redis') {
    return createFileJournal({ dir: place === '' ? join(stateDirectory(env), 'journal') : place, clock: systemClock });
  }
  if (env.REDIS_URL === undefined || env.REDIS_URL === '') {
    throw new TandemError('redis-missing', 'TANDEM_JOURNAL is "redis", and REDIS_URL is not set.');
  }
  return createRedisJournal(env.REDIS_URL);
}

/** A day given on the command line. */
export function parseDay(text: string): string {
  if (!isDay(text))
    throw new TandemError('usage', `"${text}" is not a day. Write it as YYYY-MM-DD, for example 2026-11-23.`);
  return text;
}

export interface OpenApp {
  readonly app: App;
  readonly config: Config;
  close(): Promise<void>;
}

/** Opens one workspace for a one-shot run. */
export async function openApp(
  options: { readonly config?: string; readonly asOf?: string },
  env: Environment,
): Promise<OpenApp> {
  const config = readConfig(options.config, env);
  const logger = openLog([config], env, 'silent');
  // Checked before the state is opened: a connection to Redis that nobody closes would keep the process.
  const asOf = options.asOf === undefined ? {} : { asOf: parseDay(options.asOf) };
  const journal = openJournal(env);
  const state = await openState(env, logger);
  const app = createApp({
    config,
    state,
    clock: systemClock,
    fetch: globalThis.fetch,
    random: Math.random,
    logger,
    journal,
    ...asOf,
  });
  return { app, config, close: async () => void (await Promise.all([state.close(), journal.close()])) };
}

/** Exit code of what the user stopped. */
export const INTERRUPTED = 130;

/** A signal that Ctrl-C and SIGTERM abort; a second Ctrl-C ends the process at once. */
export function interruptible(): AbortSignal {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(INTERRUPTED);
    controller.abort(new Interrupted());
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return controller.signal;
}

/** The run was stopped by the user. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}
