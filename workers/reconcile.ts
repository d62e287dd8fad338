/** Worker process: runs reconcile jobs. Configuration files are its arguments, REDIS_URL names the queue. */
import { runEntryPoint } from '../src/cli/entry.js';

await runEntryPoint('reconcile', process.argv.slice(2));
