/** `tandem plan`: what would change and why; writes nothing. */
import { paintFor } from './paint.js';
import { progressLine } from './progress.js';
import { renderPlan } from './render.js';
import { type Environment, interruptible, openApp } from './workspace.js';

export interface PlanOptions {
  readonly config?: string;
  readonly asOf?: string;
  readonly json?: boolean;
  readonly all?: boolean;
  readonly detailedExitcode?: boolean;
}

/** Prints the plan and returns the exit code; 2 means changes are pending, on request. */
export async function runPlan(options: PlanOptions, env: Environment): Promise<number> {
  const signal = interruptible();
  const { app, close } = await openApp(options, env);
  const progress = progressLine(process.stderr, paintFor(process.stderr, env));
  try {
    const { report, exitCode } = await app.plan({ signal, onProgress: progress.show });
    progress.clear();
    const paint = paintFor(process.stdout, env);
    const text = options.json
      ? JSON.stringify(report, null, 2)
      : renderPlan(report, { paint, columns: process.stdout.columns ?? 120, all: options.all === true });
    process.stdout.write(`${text}\n`);
    if (exitCode !== 0) return exitCode;
    return options.detailedExitcode && report.plan.changes.length > 0 ? 2 : 0;
  } finally {
    await close();
  }
}
