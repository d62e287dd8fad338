import { getEventListeners } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { systemClock } from '../../src/clock.js';
import { exchange } from '../../src/connectors/exchange.js';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

it('leaves nothing behind with the signal of a process that lives on', async () => {
  const living = new AbortController();
  const given: WeakRef<AbortSignal>[] = [];
  const answer: typeof fetch = async (_input, init) => {
    if (init?.signal) given.push(new WeakRef(init.signal));
    return new Response('{}');
  };
  const request = { method: 'GET', url: 'http://127.0.0.1/', headers: {} };
  for (let n = 0; n < 20; n += 1) {
    const options = { fetch: answer, clock: systemClock, deadlineMs: 60_000, signal: living.signal };
    expect(await exchange(request, options)).toMatchObject({ status: 200, text: '{}' });
  }
  await turn();
  collect();
  expect(given).toHaveLength(20);
  expect(given.filter((signal) => signal.deref() !== undefined)).toEqual([]);
  expect(getEventListeners(living.signal, 'abort')).toEqual([]);
});
