/**
 * `npm run simulate -- --seeds N [--from S]`: so many seeds on all cores, what happened in them, and those that fail.
 * `-- --seed S` tells one of them line by line. `--cut NAME` makes a protection void
 * on days that need it.
 */
import { parseArgs } from 'node:util';
import { CUTS, type Cut } from './cuts.js';
import { runShards, type Tally } from './shards.js';
import { simulate } from './simulate.js';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const PROGRESS_MS = 10_000;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '300' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    cut: { type: 'string' },
  },
});
const cut = cutOf(values.cut);
process.exitCode = values.seed === undefined ? await many() : await one(Number(values.seed));

function cutOf(name: string | undefined): Cut | undefined {
  const found = CUTS.find((known) => known === name);
  if (name !== undefined && found === undefined) throw new RangeError(`--cut takes one of ${CUTS.join(', ')}`);
  return found;
}

async function one(seed: number): Promise<number> {
  const { violations, trace, tell } = await simulate(seed, { aim: cut, cut });
  for (const line of tell()) say(line);
  say(`seed ${seed}, trace ${trace}: ${violations.length === 0 ? 'everything holds' : violations.join('\n  ')}`);
  return violations.length === 0 ? 0 : 1;
}

async function many(): Promise<number> {
  const [seeds, from] = [Number(values.seeds), Number(values.from)];
  const begun = performance.now();
  let told = begun;
  const tally = await runShards({ from, seeds, cut }, (so) => {
    if (performance.now() - told < PROGRESS_MS) return;
    told = performance.now();
    const minutes = (told - begun) / 60_000;
    say(
      `${so.done} of ${seeds} seeds, ${so.failures.length} failed, ${minutes.toFixed(1)} min, about ${((minutes * (seeds - so.done)) / so.done).toFixed(0)} to go`,
    );
  });
  report(tally, (performance.now() - begun) / 1000);
  return tally.failures.length === 0 ? 0 : 1;
}

function report({ done, failures, happened }: Tally, seconds: number): void {
  const widest = Math.max(0, ...Object.keys(happened).map(({ length }) => length));
  for (const [what, times] of Object.entries(happened).sort(([left], [right]) => (left < right ? -1 : 1))) {
    say(`  ${what.padEnd(widest)} ${String(times).padStart(9)}`);
  }
  for (const { seed, violations } of failures) say(`seed ${seed}: ${violations.join('\n  ')}`);
  say(
    `${done} seeds in ${seconds.toFixed(0)} s, ${failures.length} failed${failures.length === 0 ? '' : `: ${failures.map(({ seed }) => seed).join(' ')}`}`,
  );
}
