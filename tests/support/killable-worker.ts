/**
 * A worker process that ends itself with SIGKILL at one write of its run. The write is counted where it leaves the
 * process, so the n-th is the n-th request that could change data, whatever tool it goes to.
 */
import { startWorker } from '../../src/cli/worker.js';
import { isWrite } from '../../src/sandbox/shell.js';

/** `phase`: what has happened to that write when the process dies. */
const [file = '', day = '', phase = '', nth = ''] = process.argv.slice(2);
/** Long enough to write an outcome down, and nothing rests on it: a shorter one would only be another moment to die at. */
const RECORDED_MS = 100;
const at = Number(nth);
let writes = 0;

const die = (): void => void process.kill(process.pid, 'SIGKILL');
const never = (): Promise<never> => new Promise(() => undefined);

const deadly: typeof fetch = async (input, init) => {
  if (!isWrite(init?.method ?? 'GET', new URL(String(input)).pathname)) return fetch(input, init);
  writes += 1;
  const own = writes === at;
  if (own && phase === 'before it was sent') die();
  if (writes > at && phase === 'recorded') return never();
  const response = await fetch(input, init);
  if (own && phase === 'applied, unanswered') die();
  if (own && phase === 'answered') setImmediate(die);
  if (own && phase === 'recorded') setTimeout(die, RECORDED_MS);
  return response;
};

await startWorker({ config: [file], asOf: day, parts: 'all', every: '3600', fetch: deadly }, process.env);
