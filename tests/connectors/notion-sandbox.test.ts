/** What only Notion does, and faults on the line, against the local Notion. The contract of all connectors runs elsewhere. */
import { describe, expect, test } from 'vitest';
import type { Cell } from '../../src/domain/cells.js';
import { findProperty } from '../../src/domain/source.js';
import type { Connector, Outcome, RawRow, SourceSchema, Write } from '../../src/ports.js';
import { ITEMS, makeNotion, rowId } from '../contract/worlds/notion.js';
import { CONTRACT_ROWS } from '../contract/worlds/table.js';

async function opened(...given: Parameters<typeof makeNotion>) {
  const world = makeNotion(...given);
  const connector = world.open();
  const schema = await connector.describe(world.source);
  const idOf = (name: string): string => findProperty(schema.properties, name)?.id ?? 'missing';
  const readAll = async (): Promise<RawRow[]> => {
    const rows: RawRow[] = [];
    for await (const page of connector.read(world.source, schema)) rows.push(...page);
    return rows;
  };
  return { ...world, connector, schema, idOf, readAll };
}

async function applied(
  world: { connector: Connector; schema: SourceSchema; source: Parameters<Connector['apply']>[0] },
  writes: readonly Write[],
) {
  const outcomes: Outcome[] = [];
  for await (const { index, outcome } of world.connector.apply(world.source, world.schema, writes))
    outcomes[index] = outcome;
  return outcomes;
}

describe('the cap of a query', () => {
  test('130 rows in two minutes through a cap of 100 come once each', async () => {
    const rows = CONTRACT_ROWS.slice(0, 130);
    const { readAll, line } = await opened({ queryCap: 100 }, rows);
    const ids = (await readAll()).map((row) => row.id);
    expect(ids.toSorted()).toEqual(rows.map((_, index) => rowId(index)));
    expect(line.arrivals.filter((arrival) => arrival.path.includes('/query')).length).toBeGreaterThan(1);
  });

  test('a minute that holds more than the cap is an error, never a shorter list', async () => {
    const { readAll } = await opened({ queryCap: 100 }, CONTRACT_ROWS);
    await expect(readAll()).rejects.toMatchObject({ code: 'read-incomplete' });
  });
});

test('a fresh key is found in the window it was created in', async () => {
  const world = await opened();
  const create: Write = {
    kind: 'create',
    cells: new Map<string, Cell>([[world.idOf('Key'), { kind: 'text', text: 'td1.a' }]]),
  };
  await applied(world, [create, create]);
  const found = await world.connector.find(world.source, world.schema, {
    propertyId: world.idOf('Key'),
    match: 'equals',
    text: 'td1.a',
    trashed: false,
  });
  expect(found).toHaveLength(2);
});

describe('a create meets a fault', () => {
  const faults = [
    { name: 'dropped before it is served', fault: { kind: 'drop' }, rows: 0 },
    { name: 'served, then the line drops', fault: { kind: 'apply-then-drop' }, rows: 1 },
    { name: 'served, then 504', fault: { kind: 'apply-then-answer', status: 504, body: '<html>' }, rows: 1 },
    { name: 'not served, 500', fault: { kind: 'answer', status: 500, body: {} }, rows: 0 },
  ] as const;

  test.each(faults)('$name: unknown, sent once', async ({ fault, rows }) => {
    const world = await opened();
    const before = world.sandbox.pages(ITEMS).length;
    world.line.fault = (arrival) => (arrival.write ? fault : undefined);
    const create: Write = {
      kind: 'create',
      cells: new Map<string, Cell>([[world.idOf('Name'), { kind: 'text', text: 'x' }]]),
    };
    expect(await applied(world, [create])).toMatchObject([{ kind: 'unknown' }]);
    expect(world.line.arrivals.filter((arrival) => arrival.write)).toHaveLength(1);
    expect(world.sandbox.pages(ITEMS).length - before).toBe(rows);
  });
});

test('an update that was served although the line dropped is served again to the same effect', async () => {
  const world = await opened();
  let dropped = false;
  world.line.fault = (arrival) => {
    if (!arrival.write || dropped) return undefined;
    dropped = true;
    return { kind: 'apply-then-drop' };
  };
  const update: Write = {
    kind: 'update',
    rowId: rowId(5),
    cells: new Map<string, Cell>([[world.idOf('Score'), { kind: 'number', number: 77 }]]),
  };
  expect(await applied(world, [update])).toMatchObject([{ kind: 'done', rowId: rowId(5) }]);
  expect(world.sandbox.pages(ITEMS).find((page) => page.id === rowId(5))?.values.Score).toBe(77);
  expect(world.connector.calls()).toMatchObject({ writes: 2, retries: 1 });
});

test('a row in the trash is gone for an update', async () => {
  const world = await opened();
  world.sandbox.trash(rowId(5));
  const update: Write = {
    kind: 'update',
    rowId: rowId(5),
    cells: new Map<string, Cell>([[world.idOf('Score'), { kind: 'number', number: 77 }]]),
  };
  expect(await applied(world, [update])).toMatchObject([{ kind: 'failed', error: { code: 'row-gone' } }]);
});

test('a column renamed after the description is still read and written', async () => {
  const world = await opened();
  world.sandbox.renameProperty(ITEMS, 'Score', 'Points');
  const update: Write = {
    kind: 'update',
    rowId: rowId(5),
    cells: new Map<string, Cell>([[world.idOf('Score'), { kind: 'number', number: 77 }]]),
  };
  expect(await applied(world, [update])).toMatchObject([{ kind: 'done' }]);
  const row = (await world.readAll()).find((candidate) => candidate.id === rowId(5));
  expect(row?.cells.get(world.idOf('Score'))).toEqual({ kind: 'number', number: 77 });
});

test('a column deleted after the description stops the reading', async () => {
  const world = await opened();
  world.sandbox.deleteProperty(ITEMS, 'Score');
  await expect(world.readAll()).rejects.toMatchObject({ code: 'property-not-found' });
});

test('a source no longer shared is not found, not empty', async () => {
  const world = await opened();
  world.sandbox.share(ITEMS, false);
  await expect(world.readAll()).rejects.toMatchObject({ code: 'source-not-found' });
  await expect(world.connector.describe(world.source)).rejects.toMatchObject({ code: 'source-not-found' });
});
