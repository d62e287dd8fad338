/** What the worker entry points share: arguments, errors in plain words, exit code. */
import { fail } from './fail.js';
import { runWorkerToExit, type WorkerOptions } from './worker.js';

/** Runs a worker part over the named configuration files (default: tandem.yaml here or above) until stopped. */
export async function runEntryPoint(parts: WorkerOptions['parts'], files: readonly string[]): Promise<void> {
  try {
    await runWorkerToExit({ parts, ...(files.length === 0 ? {} : { config: files }) }, process.env);
  } catch (thrown) {
    process.exitCode = fail(thrown, process.env);
  }
}
