/** `tandem sync`: reads, judges and writes once, in this process. */
import type { EntityName } from '../domain/entities.js';
import { TandemError } from '../errors.js';
import { paintFor } from './paint.js';
import { progressLine } from './progress.js';
import { renderResult } from './render.js';
import { type Environment, INTERRUPTED, interruptible, openApp } from './workspace.js';

export interface SyncOptions {
  readonly config?: string;
  readonly asOf?: string;
  readonly json?: boolean;
  readonly allowMassChange?: boolean;
  /** Tables whose changes are written; all of them unless given. */
  readonly only?: readonly EntityName[];
  /** The hash of a plan that was looked at. */
  readonly approve?: string;
}

/** Runs once and returns the exit code. */
export async function runSync(options: SyncOptions, env: Environment): Promise<number> {
  const signal = interruptible();
  const onStop = () =>
    process.stderr.write('Stopping when the calls under way are answered. Ctrl-C again ends at once.\n');
  signal.addEventListener('abort', onStop, { once: true });
  const { app, close } = await openApp(options, env);
  const progress = progressLine(process.stderr, paintFor(process.stderr, env));
  try {
    if (options.approve !== undefined) await app.approve(parseHash(options.approve));
    const { report, exitCode } = await app.sync({
      signal,
      onProgress: progress.show,
      allowMassChange: options.allowMassChange === true,
      ...(options.only === undefined ? {} : { only: options.only }),
    });
    progress.clear();
    const paint = paintFor(process.stdout, env);
    const text = options.json
      ? JSON.stringify(report, null, 2)
      : renderResult(report, { paint, columns: process.stdout.columns ?? 120, all: false });
    process.stdout.write(`${text}\n`);
    return signal.aborted && exitCode !== 0 ? INTERRUPTED : exitCode;
  } finally {
    await close();
  }
}

function parseHash(text: string): string {
  if (/^[0-9a-z]{13}$/.test(text)) return text;
  throw new TandemError('usage', `"${text}" is not the hash of a plan. \`tandem plan\` prints it where it is needed.`);
}
