/** What every state promises, whatever it is kept in. */
import { describe, expect, it } from 'vitest';
import type { Lease, RateLimit, State } from '../../src/ports.js';

export interface StateUnderTest {
  readonly name: string;
  /** A state of its own world; `again` opens the same world a second time, as another process would. */
  open(): Promise<{ readonly state: State; readonly again: () => Promise<State> }>;
}

/** What a shared state may add because it knows its caller's clock only so well. */
const CLOCK_ERROR_MS = 100;

type Taken = Awaited<ReturnType<State['lease']>>;

export function leaseOf(taken: Taken): Lease {
  if (!('lease' in taken)) throw new Error(`the lease is held by ${taken.holder}`);
  return taken.lease;
}

export function describeState({ name, open }: StateUnderTest): void {
  describe(`${name}: lease`, () => {
    it('has one holder at a time, and says who and since when', async () => {
      const { state, again } = await open();
      const other = await again();
      const before = Date.now();
      const lease = leaseOf(await state.lease('hanbit', 'first 1'));
      expect(await lease.held()).toBe(true);
      expect(lease.signal.aborted).toBe(false);
      const refused = await other.lease('hanbit', 'second 2');
      expect(refused).toEqual({ holder: 'first 1', heldSince: expect.any(Number) });
      expect('heldSince' in refused && refused.heldSince >= before - 1 && refused.heldSince <= Date.now() + 1).toBe(
        true,
      );
      await lease.release();
      expect(await lease.held()).toBe(false);
      leaseOf(await other.lease('hanbit', 'second 2'));
    });

    it('goes to exactly one of many who ask at once', async () => {
      const { state, again } = await open();
      const other = await again();
      const all = await Promise.all(
        Array.from({ length: 20 }, (_, index) => (index % 2 ? state : other).lease('hanbit', `runner ${index}`)),
      );
      expect(all.filter((taken) => 'lease' in taken)).toHaveLength(1);
    });

    it('binds one workspace only', async () => {
      const { state } = await open();
      for (const workspace of ['hanbit', 'hanbit2', '한빛/제휴 ../x']) {
        expect(await leaseOf(await state.lease(workspace, 'me')).held()).toBe(true);
      }
    });

    it('releases what it took and nothing else', async () => {
      const { state, again } = await open();
      const other = await again();
      const first = leaseOf(await state.lease('hanbit', 'first'));
      await first.release();
      const second = leaseOf(await other.lease('hanbit', 'second'));
      await first.release();
      expect(await second.held()).toBe(true);
      expect(await state.lease('hanbit', 'third')).toMatchObject({ holder: 'second' });
    });

    it('is given back when the state is closed', async () => {
      const { state, again } = await open();
      leaseOf(await state.lease('hanbit', 'first'));
      const other = await again();
      await state.close();
      leaseOf(await other.lease('hanbit', 'second'));
    });
  });

  describe(`${name}: rate windows`, () => {
    const limit = (key: string, max: number, perMs = 1000): RateLimit => ({ key, max, perMs });
    const start = Date.now();

    it('gives a burst of the whole window, then waits for the first slot to fall out', async () => {
      const { windows } = (await open()).state;
      for (let index = 0; index < 3; index += 1) {
        const at = start + index * 10;
        expect(await windows.take([limit('a', 3)], `s${index}`, at, 500)).toEqual({ waitMs: 0 });
        await windows.settle([limit('a', 3)], `s${index}`, at + 5);
      }
      const { waitMs } = await windows.take([limit('a', 3)], 's3', start + 100, 500);
      expect(waitMs).toBeGreaterThanOrEqual(5 + 1000 + 1 - 100);
      expect(waitMs).toBeLessThan(5 + 1000 + 1 - 100 + CLOCK_ERROR_MS);
      expect(await windows.take([limit('a', 3)], 's3', start + 100 + waitMs - 1, 500)).toEqual({ waitMs: 1 });
      expect(await windows.take([limit('a', 3)], 's3', start + 100 + waitMs, 500)).toEqual({ waitMs: 0 });
    });

    it('counts a slot in flight until its deadline has fallen out', async () => {
      const { windows } = (await open()).state;
      await windows.take([limit('a', 1)], 'lost', start, 30_000);
      expect((await windows.take([limit('a', 1)], 'next', start + 30_999, 500)).waitMs).toBeGreaterThan(0);
      expect(await windows.take([limit('a', 1)], 'next', start + 31_000 + CLOCK_ERROR_MS, 500)).toEqual({ waitMs: 0 });
    });

    it('tells nobody to wait for longer than one window on account of a slot in flight', async () => {
      const { windows } = (await open()).state;
      await windows.take([limit('a', 1)], 'first', start, 30_000);
      const { waitMs } = await windows.take([limit('a', 1)], 'next', start + 1, 500);
      expect(waitMs).toBeLessThanOrEqual(1001);
    });

    it('takes a slot in every window or in none', async () => {
      const { windows } = (await open()).state;
      await windows.take([limit('user', 1)], 'one', start, 0);
      const both = [limit('base', 1), limit('user', 1)];
      expect((await windows.take(both, 'two', start, 0)).waitMs).toBeGreaterThan(0);
      expect(await windows.take([limit('base', 1)], 'three', start, 0)).toEqual({ waitMs: 0 });
    });

    it('lets nobody through a pause, and a shorter pause does not end a longer one', async () => {
      const { windows } = (await open()).state;
      await windows.pause('a', start + 5000);
      await windows.pause('a', start + 100);
      const both = [limit('b', 5), limit('a', 5)];
      const { waitMs } = await windows.take(both, 's', start, 0);
      expect(waitMs).toBeGreaterThanOrEqual(5000);
      expect(waitMs).toBeLessThan(5000 + CLOCK_ERROR_MS);
      expect(await windows.take(both, 's', start + waitMs, 0)).toEqual({ waitMs: 0 });
    });

    it('counts a slot settled after its window was forgotten', async () => {
      const { windows } = (await open()).state;
      await windows.settle([limit('a', 1)], 'late', start);
      expect((await windows.take([limit('a', 1)], 'next', start + 1, 0)).waitMs).toBeGreaterThan(0);
    });
  });

  describe(`${name}: calls of a month`, () => {
    const budget = { key: 'airtable:token:0123abcd', month: '2026-11', max: 10 };

    it('counts for everybody, per key and month, and never past the end', async () => {
      const { state, again } = await open();
      const other = await again();
      expect(await state.months.take(budget, 4)).toEqual({ granted: true, used: 4 });
      expect(await other.months.take(budget, 5)).toEqual({ granted: true, used: 9 });
      expect(await state.months.take(budget, 2)).toEqual({ granted: false, used: 9 });
      expect(await state.months.take(budget, 1)).toEqual({ granted: true, used: 10 });
      expect(await other.months.take(budget, 1)).toEqual({ granted: false, used: 10 });
      expect(await state.months.take({ ...budget, month: '2026-12' }, 1)).toEqual({ granted: true, used: 1 });
      expect(await state.months.take({ ...budget, key: 'another' }, 1)).toEqual({ granted: true, used: 1 });
    });

    it('asked for nothing, it counts nothing', async () => {
      const { months } = (await open()).state;
      await months.take(budget, 3);
      expect(await months.take(budget, 0)).toEqual({ granted: true, used: 3 });
      expect(await months.take({ ...budget, max: 2 }, 0)).toEqual({ granted: false, used: 3 });
      expect(await months.take(budget, 0)).toEqual({ granted: true, used: 3 });
    });

    it('grants exactly as many as there are to many who ask at once', async () => {
      const { months } = (await open()).state;
      const asked = await Promise.all(Array.from({ length: 25 }, () => months.take(budget, 1)));
      expect(asked.filter(({ granted }) => granted)).toHaveLength(10);
    });
  });

  describe(`${name}: intents`, () => {
    it('lists what was put and not removed, the last word per key', async () => {
      const { state, again } = await open();
      const { put, remove, list } = state.intents;
      expect(await list('hanbit')).toEqual([]);
      await Promise.all(
        ['k1', 'k2', 'k3', 'k4'].map((key) => put('hanbit', { key, state: 'sending', sentAt: 1_790_000_000_000 })),
      );
      await put('other', { key: 'k1', state: 'sending', sentAt: 1 });
      await put('hanbit', { key: 'k2', state: 'unknown', sentAt: 1_790_000_000_001 });
      await Promise.all([remove('hanbit', 'k3'), remove('hanbit', 'k4'), remove('hanbit', 'never')]);
      const expected = [
        { key: 'k1', state: 'sending', sentAt: 1_790_000_000_000 },
        { key: 'k2', state: 'unknown', sentAt: 1_790_000_000_001 },
      ];
      const byKey = (left: { key: string }, right: { key: string }) => left.key.localeCompare(right.key);
      expect([...(await list('hanbit'))].sort(byKey)).toEqual(expected);
      expect([...(await (await again()).intents.list('hanbit'))].sort(byKey)).toEqual(expected);
    });
  });

  describe(`${name}: approvals`, () => {
    const now = Date.now();

    it('let one plan of one workspace pass for 24 hours, in every process', async () => {
      const { state, again } = await open();
      await state.approvals.grant('hanbit', 'plan-a', now);
      await state.approvals.grant('hanbit', 'plan-b', now + 1000);
      const { approvals } = await again();
      const asked = (workspace: string, hash: string, hours: number) =>
        approvals.isGranted(workspace, hash, now + hours * 3_600_000);
      expect(await Promise.all([asked('hanbit', 'plan-a', 0), asked('hanbit', 'plan-b', 23)])).toEqual([true, true]);
      expect(
        await Promise.all([asked('hanbit', 'plan-c', 0), asked('other', 'plan-a', 0), asked('hanbit', 'plan-a', 24)]),
      ).toEqual([false, false, false]);
    });
  });

  describe(`${name}: cache`, () => {
    it('gives back the last text put under each name, and no other', async () => {
      const { state, again } = await open();
      const large = JSON.stringify(Array.from({ length: 20_000 }, (_, index) => ({ 이름: `한빛 ${index}`, index })));
      expect(await state.cache.get('hanbit', ['a', 'b'])).toEqual(new Map());
      await state.cache.put(
        'hanbit',
        new Map([
          ['a', 'first'],
          ['b', large],
        ]),
      );
      await state.cache.put('hanbit', new Map([['a', 'second 둘']]));
      await state.cache.put('other', new Map([['a', 'theirs']]));
      await state.cache.put('hanbit', new Map());
      const seen = await (await again()).cache.get('hanbit', ['b', 'a', 'c']);
      expect(new Map(seen)).toEqual(
        new Map([
          ['b', large],
          ['a', 'second 둘'],
        ]),
      );
      expect(await state.cache.get('hanbit', [])).toEqual(new Map());
    });
  });
}
