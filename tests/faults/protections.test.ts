import { expect, it } from 'vitest';
import { CUTS, type Cut } from './cuts.js';
import { simulate } from './simulate.js';

const SEEDS = 30;

/** The first seed in which something goes wrong without the protection, and what. */
async function firstFailure(cut: Cut): Promise<{ readonly seed: number; readonly violations: readonly string[] }> {
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const { violations } = await simulate(seed, { aim: cut, cut });
    if (violations.length > 0) return { seed, violations };
  }
  return { seed: 0, violations: [] };
}

/** What goes wrong where a protection is missing. */
const WRONG: Readonly<Record<Cut, RegExp>> = {
  lease: /two tasks are seen/,
  intent: /two tasks are seen|drafts were left/,
  settle: /two tasks are seen|drafts were left/,
  draft: /two tasks are seen/,
  adopt: /two tasks are seen|drafts were left/,
  tombstone: /was thrown away and is there again/,
  guard: /although the plan was too large/,
  ownership: /by hand and is/,
  freeze: /instead of/,
};

it.each(CUTS)(
  'a seed fails without this protection and holds with it: %s',
  async (cut) => {
    const { seed, violations } = await firstFailure(cut);
    expect(violations.join('\n')).toMatch(WRONG[cut]);
    expect((await simulate(seed, { aim: cut })).violations).toEqual([]);
  },
  300_000,
);
