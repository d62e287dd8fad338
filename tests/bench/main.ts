/**
 * `npm run bench`: what Tandem costs, as figures measured here and now beside the goals they have. `-- --json` gives
 * the same as one document; `-- --sizes 100,1000` leaves the large teams out. Exit code 1 when a goal is missed.
 */
import { parseArgs } from 'node:util';
import { assessment } from './assessment.js';
import type { Bench } from './bench.js';
import { judgement } from './judgement.js';
import { runs } from './runs.js';
import { samples } from './samples.js';

const BENCHES: readonly Bench[] = [samples, runs, judgement, assessment];

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, sizes: { type: 'string', default: '100,1000,10000' } },
});
const sizes = values.sizes.split(',').map(Number);
if (!sizes.every((size) => Number.isInteger(size) && size > 0)) throw new Error(`no sizes: ${values.sizes}`);
const stream = values.json ? process.stderr : process.stdout;
const say = (line: string): void => void stream.write(`${line}\n`);

const document: Record<string, unknown> = { schemaVersion: 1 };
const missed: string[] = [];
for (const bench of BENCHES) {
  const findings = await bench.run({ sizes: sizes.toSorted((left, right) => left - right), say });
  document[bench.name] = findings.document;
  missed.push(...findings.missed);
}
for (const line of missed) say(`MISSED ${line}`);
if (missed.length === 0) say('every goal is reached');
if (values.json) process.stdout.write(`${JSON.stringify({ ...document, missed }, null, 2)}\n`);
process.exitCode = missed.length === 0 ? 0 : 1;
