/** `tandem report`: all partnerships on one page, for a meeting, a wiki or a spreadsheet; writes nothing. */
import { TandemError } from '../errors.js';
import { CATALOGUES } from '../messages/index.js';
import { paintFor } from './paint.js';
import { renderErrors } from './render-errors.js';
import { portfolioCsv } from './report-csv.js';
import { portfolioPage } from './report-page.js';
import { type Environment, interruptible, openApp } from './workspace.js';

export interface ReportOptions {
  readonly config?: string;
  readonly asOf?: string;
  readonly format: 'markdown' | 'csv';
  readonly json?: boolean;
  readonly days: string;
}

const LONGEST = 366;

/** Prints the report and returns the exit code: that of the gravest error in the way, else 0. */
export async function runReport(options: ReportOptions, env: Environment): Promise<number> {
  const days = Number(options.days);
  if (!Number.isInteger(days) || days < 0 || days > LONGEST) {
    throw new TandemError('usage', `--days takes a number of days from 0 to ${LONGEST}, not "${options.days}".`);
  }
  const signal = interruptible();
  const { app, config, close } = await openApp(options, env);
  try {
    const { document, exitCode } = await app.report({ signal }, days);
    const catalogue = CATALOGUES[config.locale];
    if (options.json) process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
    else if (options.format === 'csv') process.stdout.write(portfolioCsv(document, catalogue));
    else process.stdout.write(`${portfolioPage(document, catalogue)}\n`);
    const told = options.json ? [] : renderErrors(document.errors, paintFor(process.stderr, env));
    if (told.length > 0) process.stderr.write(`${told.join('\n')}\n`);
    return exitCode;
  } finally {
    await close();
  }
}
