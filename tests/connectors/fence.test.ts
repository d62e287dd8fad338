import { expect, it } from 'vitest';
import { shareConnection } from '../../src/connectors/connection.js';
import { createTransport } from '../../src/connectors/transport.js';
import { createMemoryWindows } from '../../src/state/memory.js';
import { createVirtualClock } from '../support/virtual-clock.js';

/** A transport whose right to write ends after a number of questions. */
function fenced(allowed: number) {
  const arrived: string[] = [];
  let asked = 0;
  const transport = createTransport({
    connection: shareConnection('tool'),
    fetch: (_url, init) => {
      arrived.push(String(init?.method));
      return Promise.resolve(new Response('{}'));
    },
    windows: createMemoryWindows(),
    limits: [],
    clock: createVirtualClock(),
    random: () => 0,
    deadlineMs: 60_000,
    maxWaitMs: 60_000,
    defaultPauseMs: 1000,
    mayWrite: async () => {
      asked += 1;
      return asked <= allowed;
    },
  });
  const send = (method: 'GET' | 'PATCH') =>
    transport.send({
      method,
      url: 'http://tool.test/row',
      headers: {},
      kind: method === 'GET' ? 'read' : 'write',
      repeatable: true,
    });
  return { send, arrived };
}

it('sends no write once the lease may have passed to another run, and says it was not sent', async () => {
  const { send, arrived } = fenced(1);
  await send('PATCH');
  await expect(send('PATCH')).rejects.toMatchObject({ code: 'lease-lost', details: { sent: false } });
  expect(arrived).toEqual(['PATCH']);
});

it('goes on reading: a read harms nobody', async () => {
  const { send, arrived } = fenced(0);
  await send('GET');
  expect(arrived).toEqual(['GET']);
});
