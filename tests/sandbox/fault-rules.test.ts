/** When the turn of a rule has come, and that a script makes the same day again. */
import { describe, expect, it } from 'vitest';
import type { FaultRuleInput as Rule } from '../../src/sandbox/faults/script.js';
import { answered, openFaults, statusOf } from './fault-world.js';

describe('a rule', () => {
  const fates = async (rule: Omit<Rule, 'fault'>, count: number, seed = 1) => {
    const world = openFaults({ seed, rules: [{ ...rule, fault: 'server-error' }] });
    const seen: number[] = [];
    for (let n = 0; n < count; n += 1) seen.push(statusOf(await world.me()));
    return seen.flatMap((status, index) => (status === 500 ? [index + 1] : []));
  };

  it.each<[string, Omit<Rule, 'fault'>, readonly number[]]>([
    ['always', {}, [1, 2, 3, 4, 5, 6]],
    ['at the nth', { nth: 3 }, [3]],
    ['at several', { nth: [1, 4] }, [1, 4]],
    ['at every second', { every: 2 }, [2, 4, 6]],
    ['a number of times', { times: 2 }, [1, 2]],
    ['never by chance 0', { chance: 0 }, []],
    ['always by chance 1', { chance: 1 }, [1, 2, 3, 4, 5, 6]],
    ['for its operation only', { on: 'notion.pages.*' }, []],
    ['for reads', { on: ['writes', 'notion.reads'], nth: 2 }, [2]],
  ])('fires %s', async (_, rule, expected) => {
    expect(await fates(rule, 6)).toEqual(expected);
  });

  it('draws its chances from the seed, whatever other rules there are', async () => {
    const first = await fates({ chance: 0.3 }, 60);
    expect(first.length).toBeGreaterThan(8);
    expect(first.length).toBeLessThan(30);
    expect(await fates({ chance: 0.3 }, 60)).toEqual(first);
    expect(await fates({ chance: 0.3 }, 60, 2)).not.toEqual(first);
  });

  it('counts the requests of its table only', async () => {
    const world = openFaults({ rules: [{ table: 'Deals', nth: 2, fault: 'drop' }] });
    const outcomes = [await world.list(), await world.patch('NEW'), await world.query(), await world.list()];
    expect(outcomes.map(statusOf)).toEqual([200, 200, 200, 0]);
  });

  it('that changes the tables leaves the answer to the next', async () => {
    const world = openFaults({
      rules: [
        { fault: { kind: 'row-edited', cells: { Score: 1 } }, table: 'Partners' },
        { fault: 'drop' },
        { fault: 'html' },
      ],
    });
    expect(await world.patch('NEW')).toBe('dropped');
    expect(world.sandbox.faultsFired()).toEqual({ 'row-edited': 1, drop: 1 });
  });

  it('that cannot be carried out says so', async () => {
    const fault: Rule['fault'] = { kind: 'row-edited', cells: { Score: 'high' } };
    const world = openFaults({ rules: [{ table: 'Partners', on: 'writes', fault }] });
    expect(answered(await world.patch('NEW'))).toMatchObject({
      status: 500,
      text: expect.stringMatching(/fault script is broken, rules\[0\]: "high" does not fit property "Score"/),
    });
    expect([world.code(), world.sandbox.faultsFired()]).toEqual(['HB-1', { 'broken-rule': 1 }]);
  });

  it('is counted beside an interceptor, which speaks first', async () => {
    const world = openFaults({ rules: [{ fault: 'html' }] }, () => ({ kind: 'drop' }));
    expect(await world.me()).toBe('dropped');
    expect(world.sandbox.faultsFired()).toEqual({ drop: 1, html: 1 });
  });
});

it('the same script over the same requests gives the same world to the letter', async () => {
  const run = async () => {
    const world = openFaults({
      seed: 'again',
      rules: [
        { on: 'writes', chance: 0.3, fault: 'late' },
        { on: 'writes', chance: 0.3, fault: 'apply-then-drop' },
        { chance: 0.2, fault: { kind: 'row-copied', row: 'any' } },
      ],
    });
    for (let n = 0; n < 40; n += 1) {
      await world.create(`C${n}`);
      await world.retitle(`T${n}`);
      await world.clock.advance(3_000);
    }
    await world.sandbox.settle();
    return JSON.stringify([world.sandbox.log(), world.sandbox.audit(), answered(await world.query()).text]);
  };
  expect(await run()).toBe(await run());
});
