import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RateWindows, State } from '../../src/ports.js';
import { createMemoryWindows } from '../../src/state/memory.js';
import { createRedisState } from '../../src/state/redis.js';
import { useRedis } from '../support/redis.js';
import { arrivals, busiest, type Scenario, scenarios } from './rate-simulation.js';

async function expectWithin(windows: RateWindows, scenario: Scenario, start: number): Promise<void> {
  const arrived = await arrivals(windows, scenario, start);
  expect(arrived).toHaveLength(scenario.callers.flat().length);
  for (const { max, perMs } of scenario.limits) expect(busiest(arrived, perMs)).toBeLessThanOrEqual(max);
}

describe('no window of the server ever sees more requests than it allows', () => {
  it('whatever the latencies and the number of callers, in memory', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios(8), fc.double({ min: 0, max: 1, noNaN: true }), (scenario, phase) =>
        expectWithin(createMemoryWindows(), scenario, 1_790_000_000_000 + phase),
      ),
      { numRuns: 300 },
    );
  });

  describe('in Redis', () => {
    const redis = useRedis();
    const states: State[] = [];
    beforeAll(async () => {
      for (const _ of [1, 2]) states.push(await createRedisState({ url: redis.url() }));
    });
    afterAll(async () => {
      await Promise.all(states.map((state) => state.close()));
    });

    it('whatever the latencies and the number of callers, over two connections', async () => {
      const [one, two] = states.map((state) => state.windows);
      let calls = 0;
      const either: RateWindows = {
        take: (...args) => {
          calls += 1;
          return (calls % 2 ? one! : two!).take(...args);
        },
        settle: (...args) => two!.settle(...args),
        pause: (...args) => one!.pause(...args),
      };
      await fc.assert(
        fc.asyncProperty(scenarios(5), async (scenario) => {
          await redis.client().flushall();
          await expectWithin(either, scenario, Date.now());
        }),
        { numRuns: 60 },
      );
    });
  });

  it('and the whole window may be used at once', async () => {
    const request = { idle: 0, up: 10, down: 10, lost: false };
    const scenario = {
      limits: [{ key: 'base', max: 5, perMs: 1000 }],
      holdMs: 500,
      callers: Array.from({ length: 10 }, () => [request]),
    };
    const arrived = await arrivals(createMemoryWindows(), scenario, 0);
    expect(arrived.filter((at) => at < 100)).toHaveLength(5);
    expect(arrived.filter((at) => at < 1100)).toHaveLength(10);
  });
});
