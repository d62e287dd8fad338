/** `tandem explain`: everything behind one assessment, or what an error code means. */
import { ERRORS, type ErrorCode } from '../errors.js';
import { CATALOGUES } from '../messages/index.js';
import { renderExplanation } from './explain-render.js';
import { type Paint, paintFor } from './paint.js';
import { type Environment, interruptible, openApp } from './workspace.js';

export interface ExplainOptions {
  readonly config?: string;
  readonly asOf?: string;
  readonly json?: boolean;
}

/** Prints the explanation and returns the exit code. An error code needs no configuration and no call. */
export async function runExplain(wanted: string, options: ExplainOptions, env: Environment): Promise<number> {
  const paint = paintFor(process.stdout, env);
  if (isErrorCode(wanted)) {
    const text = options.json ? JSON.stringify(errorDocument(wanted), null, 2) : renderError(wanted, paint);
    process.stdout.write(`${text}\n`);
    return 0;
  }
  const signal = interruptible();
  const { app, config, close } = await openApp(options, env);
  try {
    const { document, exitCode } = await app.explain({ signal }, wanted);
    const frame = { paint, columns: process.stdout.columns ?? 120, words: CATALOGUES[config.locale] };
    const text = options.json ? JSON.stringify(document, null, 2) : renderExplanation(document, frame);
    process.stdout.write(`${text}\n`);
    return exitCode;
  } finally {
    await close();
  }
}

const isErrorCode = (text: string): text is ErrorCode => Object.hasOwn(ERRORS, text);

function errorDocument(code: ErrorCode) {
  const { exit, disposition, help } = ERRORS[code];
  return { schemaVersion: 1, kind: 'error', code, exit, disposition, help };
}

const DISPOSITIONS = {
  retry: 'Tandem tries again by itself.',
  wait: 'Tandem waits as long as it is asked to and goes on by itself.',
  stop: 'Tandem does not try again until something is changed.',
} as const;

function renderError(code: ErrorCode, paint: Paint): string {
  const { exit, disposition, help } = ERRORS[code];
  return [paint('bold', code), help, DISPOSITIONS[disposition], `Exit code ${exit}.`].join('\n');
}
