/** `tandem check`: looks at everything a configuration stands on, and writes nothing. */
import { CHECK_WORDS } from '../messages/index.js';
import { paintFor } from './paint.js';
import { renderCheck } from './render-check.js';
import { type Environment, interruptible, openApp } from './workspace.js';

export interface CheckOptions {
  readonly config?: string;
  readonly json?: boolean;
  readonly all?: boolean;
}

/** Prints what was found and returns the exit code of the gravest thing that is wrong. */
export async function runCheck(options: CheckOptions, env: Environment): Promise<number> {
  const signal = interruptible();
  const { app, config, close } = await openApp(options, env);
  try {
    const { report, exitCode } = await app.check({ signal });
    const paint = paintFor(process.stdout, env);
    const { locale } = config;
    const text = options.json
      ? JSON.stringify(report, null, 2)
      : renderCheck(report, { paint, locale, words: CHECK_WORDS[locale], all: options.all === true });
    process.stdout.write(`${text}\n`);
    return exitCode;
  } finally {
    await close();
  }
}
