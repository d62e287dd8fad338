/** What is kept from one run to the next, and when it is of use. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cell } from '../../src/domain/cells.js';
import type { SourceMapping } from '../../src/domain/mapping.js';
import { openMemory } from '../../src/pipeline/memory.js';
import type { Remembered, State } from '../../src/ports.js';
import { createMemoryState } from '../../src/state/memory.js';
import { createVirtualClock } from '../support/virtual-clock.js';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 23);
const source: SourceMapping = {
  entity: 'kpis',
  connection: 'notion',
  location: { type: 'notion', id: 'source' },
  fields: { name: { property: 'Name' } },
  manages: {},
};
const cacheOf = (): State['cache'] => createMemoryState(createVirtualClock()).cache;

const remembered = (cells: readonly Cell[]): Remembered => ({
  schema: {
    id: 'source',
    title: 'KPIs',
    url: 'https://example.com/kpis',
    properties: [
      { id: 'title', name: 'Name', type: 'title', writable: true },
      { id: '__proto__', name: '상태', type: 'status', writable: true, options: ['a', 'b'], defaultOption: 'a' },
      { id: 'n', name: 'N', type: 'number', writable: true, percent: true, precision: 2 },
      { id: 'r', name: 'R', type: 'rollup', writable: false, linksTo: 'other', yields: 'number' },
    ],
  },
  rows: cells.map((cell, index) => ({
    id: `row ${index}`,
    url: `https://example.com/${index}`,
    createdTime: '2026-01-05T09:00:00.000Z',
    ...(index % 2 === 0 ? {} : { createdByUs: true }),
    trashed: false,
    cells: new Map([
      ['title', cell],
      ['__proto__', cell],
    ]),
  })),
  mark: '{"servedAt":1}',
});

interface Opening {
  readonly now?: number;
  readonly access?: string;
  readonly rows?: boolean;
}

const open = (cache: State['cache'], { now = NOW, access = 'token', rows = true }: Opening = {}) =>
  openMemory(cache, { workspace: 'hanbit', sources: [source], accessOf: () => access, rows, now });

async function kept(cache: State['cache'], what: Remembered, opening: Opening = {}, whole = true): Promise<void> {
  const memory = await open(cache, opening);
  memory.recall(source);
  memory.keep(source, what, whole);
  await memory.store();
}

const text = fc.string({ unit: 'binary' });
const { cell } = fc.letrec<{ cell: Cell }>((tie) => ({
  cell: fc.oneof(
    { depthSize: 'small' },
    fc.constant<Cell>({ kind: 'empty' }),
    text.map((given): Cell => ({ kind: 'text', text: given })),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((given): Cell => ({ kind: 'number', number: given + 0 })),
    fc.boolean().map((flag): Cell => ({ kind: 'flag', flag })),
    fc.record({ kind: fc.constant('date' as const), start: text, end: text }, { requiredKeys: ['kind', 'start'] }),
    fc.array(text).map((labels): Cell => ({ kind: 'labels', labels })),
    fc
      .array(fc.record({ id: text, name: text, email: text }, { requiredKeys: [] }))
      .map((people): Cell => ({ kind: 'people', people })),
    fc.array(text).map((ids): Cell => ({ kind: 'links', ids })),
    fc.array(tie('cell'), { maxLength: 3 }).map((items): Cell => ({ kind: 'list', items })),
    text.map((reason): Cell => ({ kind: 'unknown', reason })),
  ),
}));

it('law: whatever stands in a cell is remembered as it was', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(cell, { maxLength: 6 }), async (cells) => {
      const cache = cacheOf();
      await kept(cache, remembered(cells));
      expect((await open(cache)).recall(source)).toMatchObject(remembered(cells));
    }),
  );
});

describe('a source is remembered', () => {
  const what = remembered([{ kind: 'empty' }]);

  it('for less than an hour after it was read whole, however often it was asked for changes since', async () => {
    const cache = cacheOf();
    await kept(cache, what);
    await kept(cache, { ...what, mark: 'later' }, { now: NOW + HOUR / 2 }, false);
    expect((await open(cache, { now: NOW + HOUR - 1 })).recall(source)).toMatchObject({ mark: 'later' });
    expect((await open(cache, { now: NOW + HOUR })).recall(source)).toBeUndefined();
    await kept(cache, what, { now: NOW + HOUR });
    expect((await open(cache, { now: NOW + HOUR })).recall(source)).toBeDefined();
  });

  it.each<{ name: string; opening?: Opening; asked?: SourceMapping }>([
    { name: 'with another mapping', asked: { ...source, fields: { name: { property: 'Title' } } } },
    { name: 'with another account', opening: { access: 'another token' } },
    { name: 'by a clock that was set back', opening: { now: NOW - 1 } },
    { name: 'by a run that reads everything', opening: { rows: false } },
  ])('not $name', async ({ opening, asked = source }) => {
    const cache = cacheOf();
    await kept(cache, what);
    expect((await open(cache, opening)).recall(asked)).toBeUndefined();
  });

  it.each<{ name: string; spoil: (stored: Record<string, unknown>) => unknown }>([
    { name: 'another version', spoil: (stored) => ({ ...stored, version: 0 }) },
    { name: 'rows without cells', spoil: (stored) => ({ ...stored, rows: [{ id: 'x' }] }) },
    { name: 'no object at all', spoil: () => 'nonsense' },
  ])('not from $name', async ({ spoil }) => {
    const cache = cacheOf();
    await kept(cache, what);
    const stored: Record<string, unknown> = JSON.parse(
      (await cache.get('hanbit', ['rows:kpis'])).get('rows:kpis') ?? '',
    );
    await cache.put('hanbit', new Map([['rows:kpis', JSON.stringify(spoil(stored))]]));
    expect((await open(cache)).recall(source)).toBeUndefined();
    await cache.put('hanbit', new Map([['rows:kpis', '{"half": ']]));
    expect((await open(cache)).recall(source)).toBeUndefined();
  });

  it('not by a run that reads everything, which leaves alone what there is', async () => {
    const cache = cacheOf();
    await kept(cache, what);
    await kept(cache, { ...what, mark: 'other' }, { rows: false });
    expect((await open(cache)).recall(source)).toMatchObject({ mark: what.mark });
  });
});

describe('places', () => {
  it('are known to every run once one has found them', async () => {
    const cache = cacheOf();
    const first = await open(cache, { rows: false });
    first.places.set('https://www.notion.so/link', 'source');
    await first.store();
    expect([...(await open(cache)).places]).toEqual([['https://www.notion.so/link', 'source']]);
  });
});

it('a cache that neither gives nor takes is as none', async () => {
  const gone = async (): Promise<never> => {
    throw new Error('gone');
  };
  const memory = await open({ get: gone, put: gone });
  expect(memory.recall(source)).toBeUndefined();
  memory.keep(source, remembered([]), true);
  await memory.store();
});
