/** Tables and relations longer than any one answer: nothing of them is lost, neither read whole nor asked for changes. */
import { expect, it } from 'vitest';
import { openMemory } from '../../src/pipeline/memory.js';
import { createMemoryState } from '../../src/state/memory.js';
import { createVirtualClock } from '../support/virtual-clock.js';
import { kpi, kpis, openLiving, partner, partners } from './notion-living.js';

const MANY = 12_500;
const LINKED = 140;

it('12,500 rows are read whole, one by one, kept, and brought up to date by one query', async () => {
  const world = openLiving({ rows: MANY });
  const whole = await world.readWhole(kpis());
  expect(whole.rows).toHaveLength(MANY);
  expect(new Set(whole.rows.map(({ id }) => id)).size).toBe(MANY);
  const total = whole.rows.reduce((sum, { cells }) => {
    const actual = cells.get('aCtu');
    return sum + (actual?.kind === 'number' ? actual.number : Number.NaN);
  }, 0);
  expect(total).toBe((MANY * (MANY - 1)) / 2);

  const { cache } = createMemoryState(createVirtualClock());
  const options = { workspace: 'w', sources: [kpis()], accessOf: () => 'a', rows: true, now: 0 };
  const memory = await openMemory(cache, options);
  memory.keep(kpis(), whole, true);
  await memory.store();
  const remembered = (await openMemory(cache, options)).recall(kpis());
  expect(remembered?.rows).toEqual(whole.rows);

  world.pass(60_000);
  world.notion.edit(kpi(MANY - 1), { Actual: 0 });
  const { next, requests } = await world.refresh(kpis(), remembered ?? whole);
  expect(requests).toHaveLength(1);
  expect(next?.rows).toHaveLength(MANY);
}, 120_000);

it('a row that is linked to 140 others is linked to each of them', async () => {
  const world = openLiving({ rows: LINKED });
  world.notion.edit(partner(0), { KPIs: Array.from({ length: LINKED }, (_, n) => kpi(n)) });
  const { rows } = await world.readWhole(partners);
  const links = rows.find(({ id }) => id === partner(0))?.cells.get('kPis');
  const ids = links?.kind === 'links' ? links.ids : [];
  expect(ids.toSorted()).toEqual(Array.from({ length: LINKED }, (_, n) => kpi(n)).toSorted());
});
