/** One process of a simulation: every nth seed of a range, each told to the parent as it ends. */
import { CUTS } from './cuts.js';
import { simulate } from './simulate.js';

const [first = 0, end = 0, step = 1] = process.argv.slice(2).map(Number);
const cut = CUTS.find((name) => name === process.argv[5]);
for (let seed = first; seed < end; seed += step) {
  const { violations, happened } = await simulate(seed, { aim: cut, cut }).catch((thrown: unknown) => ({
    violations: [`the simulation broke: ${thrown instanceof Error ? thrown.stack : String(thrown)}`],
    happened: {},
  }));
  process.send?.({ seed, violations, happened });
}
process.disconnect?.();
