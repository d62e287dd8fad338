import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { systemClock } from '../../src/clock.js';
import type { State } from '../../src/ports.js';
import { createFileState } from '../../src/state/file.js';
import { createMemoryState } from '../../src/state/memory.js';
import { createRedisState } from '../../src/state/redis.js';
import { useRedis } from '../support/redis.js';
import { describeState } from './state.js';

const redis = useRedis();
const opened: State[] = [];
let base = '';
let worlds = 0;

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'tandem-state-'));
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((state) => state.close()));
});
afterAll(() => rm(base, { recursive: true, force: true }));

async function openWorld(make: () => Promise<State>) {
  const again = async () => {
    const state = await make();
    opened.push(state);
    return state;
  };
  return { state: await again(), again };
}

describeState({
  name: 'memory',
  open: () => {
    const state = createMemoryState(systemClock);
    return openWorld(async () => state);
  },
});

describeState({
  name: 'file',
  open: async () => {
    const dir = await mkdtemp(join(base, 'world-'));
    return openWorld(async () => createFileState({ dir, clock: systemClock }));
  },
});

describeState({
  name: 'redis',
  open: () => {
    worlds += 1;
    const prefix = `world-${worlds}:`;
    return openWorld(() => createRedisState({ url: redis.url(), prefix }));
  },
});
