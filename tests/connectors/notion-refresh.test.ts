/** A source that was read before and is only asked for what has changed: it is as if it had been read whole. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SourceMapping } from '../../src/domain/mapping.js';
import type { Connector } from '../../src/ports.js';
import {
  byId,
  KPIS,
  kpi,
  kpis,
  type Living,
  openLiving,
  PARTNER_ROWS,
  PEOPLE,
  partner,
  partners,
} from './notion-living.js';
import * as script from './notion-script.js';

const MINUTE = 60_000;
/** As long as queries may stay behind an edit. */
const LONGEST_LAG = 5 * MINUTE;
/** What people and Tandem itself touch: few rows, so that one is edited again and again. */
const TOUCHED = 4;

type Act = (world: Living, written: Connector) => void | Promise<void>;

const row = fc.nat(TOUCHED - 1);
const value = fc.nat(5);
const acts: readonly fc.Arbitrary<Act>[] = [
  fc.tuple(row, value).map(
    ([n, actual]): Act =>
      ({ notion }) =>
        notion.edit(kpi(n), { Actual: actual }),
  ),
  fc.tuple(row, value).map(
    ([n, v]): Act =>
      ({ notion }) =>
        notion.edit(kpi(n), { State: v % 2 ? 'open' : 'done' }),
  ),
  fc.tuple(row, fc.subarray(PEOPLE)).map(
    ([n, owners]): Act =>
      ({ notion }) =>
        notion.edit(kpi(n), { Owner: owners }),
  ),
  // From the other side of a two-way relation.
  fc.tuple(fc.nat(PARTNER_ROWS - 1), fc.uniqueArray(row)).map(
    ([n, linked]): Act =>
      ({ notion }) =>
        notion.edit(partner(n), { KPIs: linked.map(kpi) }),
  ),
  fc.tuple(value).map(
    ([actual]): Act =>
      ({ notion }) =>
        void notion.addPage(KPIS, { Name: 'new', Actual: actual }),
  ),
  fc.tuple(row, value).map(
    ([n, share]): Act =>
      ({ notion }) =>
        notion.recompute(kpi(n), { Share: share }),
  ),
  fc.tuple(row, value).map(
    ([n, text]): Act =>
      async (world, connector) =>
        write(world, connector, n, `why ${text}`),
  ),
  fc.integer({ min: 0, max: LONGEST_LAG }).map(
    (ms): Act =>
      ({ notion }) =>
        notion.lag(ms),
  ),
];
const trash: fc.Arbitrary<Act> = row.map(
  (n) =>
    ({ notion }) =>
      notion.trash(kpi(n)),
);
const restore: fc.Arbitrary<Act> = row.map(
  (n) =>
    ({ notion }) =>
      notion.restore(kpi(n)),
);
const trashPartner: fc.Arbitrary<Act> = fc.nat(PARTNER_ROWS - 1).map(
  (n) =>
    ({ notion }) =>
      notion.trash(partner(n)),
);

/** Tandem's own writing, of which nobody but the row is told. */
async function write(world: Living, connector: Connector, n: number, text: string): Promise<void> {
  const { schema } = await world.readWhole(kpis());
  const cells = new Map([['nOte', { kind: 'text', text } as const]]);
  for await (const _ of connector.apply(kpis(), schema, [{ kind: 'update', rowId: kpi(n), cells }]));
}

interface Step {
  /** What happens, after how much time; a tick where nothing does. */
  readonly act: Act | undefined;
  readonly afterMs: number;
}

const history = (possible: readonly fc.Arbitrary<Act>[]): fc.Arbitrary<readonly Step[]> =>
  fc.array(
    fc.record({
      act: fc.option(fc.oneof(...possible), { nil: undefined, freq: 3 }),
      // Mostly within a minute of what was before: in the minute of the mark.
      afterMs: fc.oneof({ weight: 4, arbitrary: fc.nat(70_000) }, { weight: 1, arbitrary: fc.nat(20 * MINUTE) }),
    }),
    { minLength: 4, maxLength: 24, size: 'max' },
  );

/** Lives through a history and compares at every tick and at its end. */
async function live(source: SourceMapping, steps: readonly Step[]): Promise<void> {
  const world = openLiving();
  const writer = world.connect();
  let remembered = await world.readWhole(source);
  const tick = async () => {
    remembered = (await world.refresh(source, remembered)).next ?? (await world.readWhole(source));
    const whole = await world.readWhole(source);
    expect(byId(remembered.rows)).toEqual(byId(whole.rows));
    expect(remembered.schema).toEqual(whole.schema);
  };
  for (const { act, afterMs } of steps) {
    world.pass(afterMs);
    if (act === undefined) await tick();
    else await act(world, writer);
  }
  world.pass(LONGEST_LAG);
  await tick();
}

describe('law: after any history a remembered source is as a whole reading finds it', () => {
  it.each<{ name: string; source: SourceMapping; possible: readonly fc.Arbitrary<Act>[] }>([
    { name: 'a long one, whatever is edited when and however late queries see it', source: kpis(), possible: acts },
    { name: 'a long one with a computed column', source: kpis('Share'), possible: [...acts, trash, restore] },
    { name: 'a short one, rows thrown away among them', source: partners, possible: [...acts, trashPartner] },
  ])(
    '$name',
    async ({ source, possible }) => {
      await fc.assert(
        fc.asyncProperty(history(possible), (steps) => live(source, steps)),
        { numRuns: 25 },
      );
    },
    90_000,
  );
});

const QUERY = expect.stringMatching(/^POST \/v1\/data_sources\/.*\/query/);
const keyed: SourceMapping = { ...kpis(), fields: { ...kpis().fields, key: { property: 'Note' } } };

describe('what a tick costs', () => {
  it.each([
    { name: 'a long source', source: kpis() },
    { name: 'a source of keyed rows, whose maker is asked for once', source: keyed },
    { name: 'a short source', source: partners },
  ])('one query for $name when nothing happened, and nothing new is kept', async ({ source }) => {
    const world = openLiving();
    const remembered = await world.readWhole(source);
    for (const wait of [0, MINUTE, 15 * MINUTE, 24 * 60 * MINUTE]) {
      world.pass(wait);
      const { next, requests } = await world.refresh(source, remembered);
      expect(requests).toEqual([QUERY]);
      expect(next).toBe(remembered);
    }
  });

  it('a query per hundred rows edited, once: later ticks are one query again', async () => {
    const world = openLiving({ rows: 400 });
    const whole = await world.readWhole(kpis());
    world.pass(MINUTE);
    for (let n = 0; n < 230; n += 1) world.notion.edit(kpi(n), { Actual: 1000 + n });
    world.pass(15 * MINUTE);
    const first = await world.refresh(kpis(), whole);
    expect(first.requests).toEqual([QUERY, QUERY, QUERY]);
    world.pass(15 * MINUTE);
    const second = await world.refresh(kpis(), first.next ?? whole);
    expect(second.requests).toEqual([QUERY]);
    expect(byId(second.next?.rows ?? [])).toEqual(byId((await world.readWhole(kpis())).rows));
  });

  it('goes by the clock of Notion alone, and reads whole where that is not told', async () => {
    const world = openLiving();
    expect(JSON.parse((await world.readWhole(kpis())).mark)).toEqual({ servedAt: Date.parse('2026-11-02T03:00:40Z') });
    const { connector } = script.connect([{ answer: script.answer([script.page(1)]) }]);
    const pages = connector.read(script.source, script.schema);
    await pages.next();
    expect(await pages.next()).toEqual({ done: true, value: undefined });
  });
});

describe('an edit', () => {
  it('late in its minute, that queries see as late as they may, is not missed', async () => {
    const world = openLiving();
    let remembered = await world.readWhole(kpis());
    world.pass(15_000);
    world.notion.lag(LONGEST_LAG);
    world.notion.edit(kpi(1), { Actual: 77 });
    world.notion.lag(0);
    world.pass(LONGEST_LAG - 1000);
    world.notion.edit(kpi(2), { Actual: 78 });
    remembered = (await world.refresh(kpis(), remembered)).next ?? remembered;
    world.pass(15 * MINUTE);
    remembered = (await world.refresh(kpis(), remembered)).next ?? remembered;
    expect(byId(remembered.rows)).toEqual(byId((await world.readWhole(kpis())).rows));
  });

  it('of a person right before one of ours in the same minute is not taken for ours', async () => {
    const world = openLiving();
    const remembered = await world.readWhole(kpis());
    world.notion.edit(kpi(1), { Actual: 77 });
    await write(world, world.connect(), 1, 'ours');
    expect(world.notion.pages(KPIS)[1]?.lastEditedBy).not.toBe(PEOPLE[0]);
    const { next } = await world.refresh(kpis(), remembered);
    const cells = next?.rows.find(({ id }) => id === kpi(1))?.cells;
    expect([cells?.get('aCtu'), cells?.get('nOte')]).toEqual([
      { kind: 'number', number: 77 },
      { kind: 'text', text: 'ours' },
    ]);
  });

  it('of more rows than one query returns is read to its end', async () => {
    const world = openLiving({ rows: 400, queryCap: 100 });
    const remembered = await world.readWhole(kpis());
    for (let n = 0; n < 390; n += 1) world.notion.edit(kpi(n), { Actual: 1000 + n });
    const { next } = await world.refresh(kpis(), remembered);
    expect(byId(next?.rows ?? [])).toEqual(byId((await world.readWhole(kpis())).rows));
    expect(next?.rows).toHaveLength(400);
  });

  it('that makes a relation long is read whole once, and costs nothing after that', async () => {
    const world = openLiving();
    const remembered = await world.readWhole(partners);
    world.notion.edit(partner(1), { KPIs: Array.from({ length: 105 }, (_, n) => kpi(n)) });
    world.pass(15 * MINUTE);
    const first = await world.refresh(partners, remembered);
    const links = first.next?.rows.find(({ id }) => id === partner(1))?.cells.get('kPis');
    expect(links?.kind === 'links' ? links.ids : []).toHaveLength(105);
    expect(first.requests).toEqual([QUERY, expect.stringContaining('/properties/'), expect.stringContaining('/prop')]);
    world.pass(15 * MINUTE);
    const second = await world.refresh(partners, first.next ?? remembered);
    expect(second).toEqual({ next: first.next, requests: [QUERY] });
  });
});

describe('memory is not enough', () => {
  it.each<{ name: string; happens: (world: Living) => void }>([
    { name: 'a column was deleted', happens: ({ notion }) => notion.deleteProperty(KPIS, 'Actual') },
    {
      name: 'a column was turned into another type and a row edited',
      happens: ({ notion }) => {
        notion.retypeProperty(KPIS, 'Actual', 'rich_text');
        notion.edit(kpi(1), { State: 'done' });
      },
    },
    { name: 'the source is not shared any more', happens: ({ notion }) => notion.share(KPIS, false) },
  ])('when $name', async ({ happens }) => {
    const world = openLiving();
    const remembered = await world.readWhole(kpis());
    world.pass(MINUTE);
    happens(world);
    expect(await world.refresh(kpis(), remembered)).toMatchObject({ next: undefined });
  });

  it('when its mark is of another version', async () => {
    const world = openLiving();
    const remembered = await world.readWhole(kpis());
    for (const mark of ['', '{}', '2026-11-02']) {
      expect(await world.refresh(kpis(), { ...remembered, mark })).toEqual({ next: undefined, requests: [] });
    }
  });

  it('and a Notion that refuses or fails is an error, never an empty table', async () => {
    const world = openLiving();
    const remembered = await world.readWhole(kpis());
    world.notion.revokeToken();
    await expect(world.refresh(kpis(), remembered)).rejects.toMatchObject({ code: 'auth-invalid-token' });
    world.notion.grantToken();
    world.context.interceptor = () => ({ kind: 'drop' });
    await expect(world.refresh(kpis(), remembered)).rejects.toMatchObject({ code: 'network' });
  });
});
