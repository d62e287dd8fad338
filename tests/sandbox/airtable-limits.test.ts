/** Rate limit and monthly quota. */
import { describe, expect, it } from 'vitest';
import { BASE, DEALS, OTHER_BASE, PARTNERS, refused, startWorld, type World } from './airtable-world.js';

const LIMITED = refused(429, 'RATE_LIMIT_REACHED', 'Rate limit exceeded. Please try again later');
const EXHAUSTED = refused(
  429,
  'PUBLIC_API_BILLING_LIMIT_EXCEEDED',
  "API billing plan limit exceeded. You've reached the maximum number of requests allowed for this month.",
);

const statuses = async (world: World, count: number, path = `/${BASE}/${PARTNERS}`): Promise<number[]> => {
  const seen: number[] = [];
  for (let n = 0; n < count; n += 1) seen.push((await world.call('GET', path)).status);
  return seen;
};

describe('the rate limit', () => {
  it('allows five requests in a second per base, whatever the table', async () => {
    const world = await startWorld({ rates: true });
    expect(await statuses(world, 3)).toEqual([200, 200, 200]);
    expect(await statuses(world, 3, `/${BASE}/${DEALS}`)).toEqual([200, 200, 429]);
    expect(await world.call('GET', `/${BASE}/${PARTNERS}`)).toEqual(LIMITED);
  });

  it('slides: the sixth request is served when the first is a second old', async () => {
    const world = await startWorld({ rates: true });
    await statuses(world, 1);
    world.advance(600);
    await statuses(world, 4);
    world.advance(399);
    expect(await statuses(world, 1)).toEqual([429]);

    const patient = await startWorld({ rates: true });
    await statuses(patient, 1);
    patient.advance(600);
    await statuses(patient, 4);
    patient.advance(400);
    expect(await statuses(patient, 1)).toEqual([200]);
    expect(await statuses(patient, 1)).toEqual([429]);
  });

  it('refuses everything to that base for 30 seconds, and those requests change nothing', async () => {
    const world = await startWorld({ rates: true });
    await statuses(world, 6);
    world.advance(29_999);
    expect(await world.call('POST', `/${BASE}/${DEALS}`, { fields: { Title: 'x' } })).toEqual(LIMITED);
    expect(await world.call('GET', `/meta/bases/${BASE}/tables`)).toEqual(LIMITED);
    expect(world.airtable.records(BASE, DEALS)).toHaveLength(3);
    world.advance(1);
    expect(await statuses(world, 1)).toEqual([200]);
  });

  it('leaves other bases alone', async () => {
    const world = await startWorld({ rates: true });
    await statuses(world, 6);
    expect(await statuses(world, 1, `/meta/bases/${OTHER_BASE}/tables`)).toEqual([200]);
  });

  it('allows fifty requests in a second per user over all bases', async () => {
    const world = await startWorld({ rates: true });
    expect((await statuses(world, 51, '/meta/whoami')).filter((status) => status === 429)).toHaveLength(1);
  });

  it('can be set', async () => {
    const world = await startWorld({ rates: true, rate: { perBase: 1, penaltyMs: 100 } });
    expect(await statuses(world, 2)).toEqual([200, 429]);
    world.advance(1_000);
    expect(await statuses(world, 1)).toEqual([200]);
  });

  it('is met by the official client as status 429', async () => {
    const world = await startWorld({ rates: true, rate: { perBase: 1 } });
    await statuses(world, 1);
    await expect(world.base(PARTNERS).select().all()).rejects.toMatchObject({ statusCode: 429 });
  });

  it('is off when the context says so', async () => {
    const world = await startWorld({ rates: false });
    expect(new Set(await statuses(world, 20))).toEqual(new Set([200]));
  });
});

describe('the monthly quota', () => {
  it('ends the month, while metadata goes on', async () => {
    const world = await startWorld({ rates: true, quota: 2 });
    expect(await statuses(world, 2)).toEqual([200, 200]);
    expect(await world.call('GET', `/${BASE}/${PARTNERS}`)).toEqual(EXHAUSTED);
    expect((await world.call('GET', `/meta/bases/${BASE}/tables`)).status).toBe(200);
    expect((await world.call('GET', '/meta/whoami')).status).toBe(200);
  });

  it('can be set and lifted while it runs', async () => {
    const world = await startWorld({ rates: true });
    world.airtable.setQuota(0);
    expect(await world.call('GET', `/${BASE}/${PARTNERS}`)).toEqual(EXHAUSTED);
    world.airtable.setQuota(undefined);
    expect(await statuses(world, 1)).toEqual([200]);
  });

  it('is off when the context says so', async () => {
    const world = await startWorld({ rates: false, quota: 0 });
    expect(await statuses(world, 1)).toEqual([200]);
  });
});
