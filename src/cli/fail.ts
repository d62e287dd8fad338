/** How a verb ends when it cannot go on: what happened, where, why and what to do next, and an exit code. */
import { CommanderError } from 'commander';
import { asTandemError } from '../errors.js';
import { createScrubber } from '../log.js';
import { reportError } from '../pipeline/report.js';
import { paintFor } from './paint.js';
import { renderError } from './render-errors.js';
import { ConfigurationError, type Environment, INTERRUPTED, Interrupted } from './workspace.js';

const USAGE = 64;

/** Tells an error on stderr and returns the exit code it deserves. */
export function fail(thrown: unknown, env: Environment): number {
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : USAGE;
  if (thrown instanceof Interrupted) return INTERRUPTED;
  if (thrown instanceof ConfigurationError) {
    process.stderr.write(`${thrown.message}\n`);
    return 3;
  }
  const error = asTandemError(thrown);
  const secrets = Object.entries(env).flatMap(([name, value]) =>
    /TOKEN|REDIS_URL/.test(name) && value !== undefined ? [value] : [],
  );
  const scrub = createScrubber(secrets);
  const told = reportError(error, null, null);
  // Before it is painted: the scrubber takes control characters away, and colours are made of them.
  const clean = { ...told, message: scrub(told.message), where: told.where === null ? null : scrub(told.where) };
  process.stderr.write(`${renderError(clean, paintFor(process.stderr, env)).join('\n')}\n`);
  if (error.code === 'internal' && env.TANDEM_LOG_LEVEL === 'debug') {
    process.stderr.write(`${scrub(error.stack ?? '')}\n`);
  }
  return error.help.exit;
}
