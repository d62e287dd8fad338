/** Worker process: runs jobs and keeps the schedule. Configuration files are its arguments, REDIS_URL names the queue. */
import { runEntryPoint } from '../src/cli/entry.js';

await runEntryPoint('all', process.argv.slice(2));
