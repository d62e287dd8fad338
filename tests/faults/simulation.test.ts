import { expect, it } from 'vitest';
import { runShards } from './shards.js';
import { simulate } from './simulate.js';

it('whatever goes wrong in 300 seeds, every promise holds and one clean run mends the world', async () => {
  const { done, failures, happened } = await runShards({ from: 1, seeds: 300 }, () => undefined);
  expect(failures, 'npm run simulate -- --seed N tells a seed line by line').toEqual([]);
  expect(done).toBe(300);
  expect(Object.keys(happened).length).toBeGreaterThan(45);
}, 1_800_000);

it.each([1, 2, 3])('seed %i makes the same run to the byte, every time', async (seed) => {
  const [first, second] = [await simulate(seed), await simulate(seed)];
  expect(second.trace).toBe(first.trace);
  expect(second.tell()).toEqual(first.tell());
});
