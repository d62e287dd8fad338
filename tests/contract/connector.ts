/**
 * What every connector promises, whatever the tool behind it: `connectorContract` runs the same suite over a
 * world that holds the same table (see worlds/table.ts) in the tool's own form.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import { type Cell, type Desired, EMPTY, sameCell } from '../../src/domain/cells.js';
import type { Person } from '../../src/domain/entities.js';
import type { SourceMapping } from '../../src/domain/mapping.js';
import { findProperty } from '../../src/domain/source.js';
import type { Connector, Outcome, PropertySchema, RawRow, SourceSchema, Write } from '../../src/ports.js';
import { COLUMNS, type ColumnName, PARTNERS, ROWS, rowName } from './worlds/table.js';

export interface ContractWorld {
  readonly connector: Connector;
  readonly source: SourceMapping;
  /** A connector to the same world whose token nobody knows. */
  readonly stranger: Connector;
  /** Ids of the partners rows link to. */
  readonly partnerIds: readonly string[];
  /** Two people the tool knows. */
  readonly people: readonly [Person, Person];
  /** A well-formed id that no row has. */
  readonly missingRowId: string;
  /** Requests that have arrived at the tool so far. */
  requests(): number;
  /** Cells changed by the connector's account so far; `property` is a name, or a word in brackets for whole rows. */
  changes(): readonly { readonly rowId: string; readonly property: string }[];
  revokeToken(): void;
  /** Whether rows a person throws away can still be found. */
  readonly keepsTrash: boolean;
  /** A person puts a row into the trash, or deletes it where the tool has none. */
  discard(rowId: string): void;
}

export function connectorContract(name: string, makeWorld: () => ContractWorld | Promise<ContractWorld>): void {
  describe(`connector contract: ${name}`, () => {
    let world: ContractWorld;
    let schema: SourceSchema;

    beforeEach(async () => {
      world = await makeWorld();
      schema = await world.connector.describe(world.source);
    });

    const findByKey = (match: 'equals' | 'starts-with', text: string, trashed = false) =>
      world.connector.find(world.source, schema, { propertyId: column('Key').id, match, text, trashed });

    const column = (columnName: ColumnName): PropertySchema => {
      const property = findProperty(schema.properties, columnName);
      if (property === undefined) throw new Error(`${name} has no column ${columnName}`);
      return property;
    };

    async function readAll(): Promise<readonly RawRow[]> {
      const rows: RawRow[] = [];
      for await (const page of world.connector.read(world.source, schema)) rows.push(...page);
      return rows;
    }

    const cellOf = (row: RawRow | undefined, columnName: ColumnName): Cell | undefined =>
      row?.cells.get(column(columnName).id);

    async function rowAt(index: number): Promise<RawRow> {
      const row = (await readAll()).find((candidate) => textOf(cellOf(candidate, 'Name')).startsWith(rowName(index)));
      if (row === undefined) throw new Error(`${name} has no row ${index}`);
      return row;
    }

    async function apply(writes: readonly Write[], signal?: AbortSignal): Promise<Outcome[]> {
      const outcomes: (Outcome | undefined)[] = writes.map(() => undefined);
      for await (const { index, outcome } of world.connector.apply(world.source, schema, writes, signal)) {
        expect(outcomes[index], `write ${index} is told once`).toBeUndefined();
        outcomes[index] = outcome;
      }
      return outcomes.map((outcome, index) => {
        if (outcome === undefined) throw new Error(`write ${index} was never told`);
        return outcome;
      });
    }

    const score = (rowId: string, number: number): Write => ({
      kind: 'update',
      rowId,
      cells: new Map([[column('Score').id, { kind: 'number', number }]]),
    });

    describe('describe', () => {
      it('names every column, whether it can be written and what a select offers', () => {
        for (const [columnName, { writable, options }] of Object.entries(COLUMNS)) {
          const property = findProperty(schema.properties, columnName);
          expect(property, columnName).toMatchObject({ name: columnName, writable });
          if (options !== undefined) expect(property?.options).toEqual(options);
        }
      });

      it('says what the cells of a column hold, and that is what they hold', async () => {
        const known = schema.properties.filter(({ holds }) => holds !== undefined);
        expect(new Set(known.map(({ holds }) => holds))).toEqual(
          new Set(['text', 'number', 'date', 'labels', 'people', 'links']),
        );
        for (const row of await readAll()) {
          for (const { id, name, holds } of known) {
            expect([holds, 'empty', 'unknown', undefined], name).toContain(row.cells.get(id)?.kind);
          }
        }
      });

      it('says which source a relation leads to', async () => {
        expect(column('Partners').linksTo).toEqual(expect.any(String));
        expect(column('Partners').linksTo).not.toBe(schema.id);
      });
    });

    describe('read', () => {
      it('gives every row exactly once over several pages', async () => {
        const names = (await readAll()).map((row) => textOf(cellOf(row, 'Name')).slice(0, rowName(0).length));
        expect(names.toSorted()).toEqual(Array.from({ length: ROWS }, (_, index) => rowName(index)));
      });

      it('leaves out a row in the trash', async () => {
        const gone = await rowAt(7);
        world.discard(gone.id);
        const ids = (await readAll()).map((row) => row.id);
        expect(ids).not.toContain(gone.id);
        expect(ids).toHaveLength(ROWS - 1);
      });

      it('gives only mapped columns, and all of them', async () => {
        const mapped = Object.keys(COLUMNS).filter((columnName) => columnName !== 'Unmapped');
        const ids = mapped.map((columnName) => findProperty(schema.properties, columnName)?.id);
        for (const row of await readAll()) expect([...row.cells.keys()].toSorted()).toEqual(ids.toSorted());
      });

      it('completes a relation that is longer than what a tool sends at once', async () => {
        const links = cellOf(await rowAt(0), 'Partners');
        expect(sameCell(links ?? EMPTY, { kind: 'links', ids: world.partnerIds })).toBe(true);
        expect(world.partnerIds).toHaveLength(PARTNERS);
      });

      it('keeps zero, empty and unreadable apart', async () => {
        const rows = await readAll();
        const at = (index: number) => rows.find((row) => textOf(cellOf(row, 'Name')).startsWith(rowName(index)));
        expect(cellOf(at(0), 'Score')).toEqual({ kind: 'number', number: 0 });
        expect(cellOf(at(1), 'Score')).toEqual(EMPTY);
        expect(cellOf(at(2), 'Computed')).toMatchObject({ kind: 'unknown' });
        expect(cellOf(at(3), 'Computed')).toEqual({ kind: 'number', number: 0.5 });
      });

      it('says when a row was created and where it can be opened', async () => {
        const row = await rowAt(4);
        expect(Number.isNaN(Date.parse(row.createdTime))).toBe(false);
        expect(URL.canParse(row.url)).toBe(true);
      });
    });

    describe('canonicalise', () => {
      it('takes text in NFC and NFD for the same', async () => {
        const stored = cellOf(await rowAt(3), 'Name') ?? EMPTY;
        const desired = { kind: 'text', text: textOf(stored).normalize('NFC') } as const;
        expect(textOf(stored)).not.toBe('');
        expect(sameCell(stored, canonical('Name', desired))).toBe(true);
      });

      it('refuses an option the column does not have, before anything is written', () => {
        const desired = { kind: 'label', label: 'Nobody knows' } as const;
        expect(world.connector.canonicalise(column('Status'), desired, { createOptions: false })).toMatchObject({
          kind: 'refused',
          code: 'no-such-option',
        });
        expect(canonical('Flags', desired)).toEqual({ kind: 'labels', labels: ['Nobody knows'] });
      });

      it('refuses a computed column', () => {
        const desired = { kind: 'number', number: 1, text: '1' } as const;
        expect(world.connector.canonicalise(column('Computed'), desired, { createOptions: true })).toMatchObject({
          kind: 'refused',
          code: 'read-only',
        });
      });
    });

    const canonical = (columnName: ColumnName, desired: Desired): Cell => {
      const held = world.connector.canonicalise(column(columnName), desired, { createOptions: columnName === 'Flags' });
      if (held.kind === 'refused') throw new Error(held.reason);
      return held.cell;
    };

    describe('apply', () => {
      it.each(DESIRED)('$what: reads back as exactly what was canonical, and touches nothing else', async (given) => {
        const row = await rowAt(5);
        const cell = canonical(given.column, given.desired(world));
        const outcomes = await apply([
          { kind: 'update', rowId: row.id, cells: new Map([[column(given.column).id, cell]]) },
        ]);
        expect(outcomes).toMatchObject([{ kind: 'done', rowId: row.id }]);
        const after = (await readAll()).find((candidate) => candidate.id === row.id);
        expect(sameCell(cellOf(after, given.column) ?? { kind: 'unknown', reason: 'gone' }, cell)).toBe(true);
        for (const [id, before] of row.cells) {
          if (id !== column(given.column).id) expect(after?.cells.get(id)).toEqual(before);
        }
        const own = world.changes().filter((change) => change.rowId === row.id);
        expect(own.every((change) => change.property === given.column)).toBe(true);
      });

      it('creates a row that is then found by its key, once', async () => {
        const key = `td1.hanbit.review-due.2026-Q4."quoted" 'and' \\ back.abc123`;
        const cells = new Map([
          [column('Name').id, canonical('Name', { kind: 'text', text: '새 할 일' })],
          [column('Key').id, canonical('Key', { kind: 'text', text: key })],
        ]);
        const [outcome] = await apply([{ kind: 'create', cells }]);
        const found = await findByKey('equals', key);
        expect(found.map((row) => row.id)).toEqual([outcome?.kind === 'done' ? outcome.rowId : 'not done']);
        expect(textOf(cellOf(found[0], 'Name'))).toBe('새 할 일');
        expect(await findByKey('equals', `${key}4`)).toEqual([]);
        expect(await readAll()).toHaveLength(ROWS + 1);
      });

      it('finds rows by the beginning of a key, live ones and, where there is a trash, those in it', async () => {
        const [live, gone] = [await rowAt(3), await rowAt(4)];
        const keyed = (rowId: string, text: string): Write => {
          return {
            kind: 'update',
            rowId,
            cells: new Map([[column('Key').id, canonical('Key', { kind: 'text', text })]]),
          };
        };
        await apply([keyed(live.id, 'td1.hanbit.a'), keyed(gone.id, 'td1.hanbit.b')]);
        world.discard(gone.id);
        expect((await findByKey('starts-with', 'td1.hanbit.')).map((row) => row.id)).toEqual([live.id]);
        const trashed = await findByKey('starts-with', 'td1.hanbit.', true);
        expect(trashed.map((row) => [row.id, row.trashed])).toEqual(world.keepsTrash ? [[gone.id, true]] : []);
        expect(await findByKey('starts-with', 'hanbit.', true)).toEqual([]);
      });

      it('adds an option where the mapping allows it', async () => {
        const row = await rowAt(5);
        const cell = canonical('Flags', { kind: 'labels', labels: ['late', '새 표시'] });
        await apply([{ kind: 'update', rowId: row.id, cells: new Map([[column('Flags').id, cell]]) }]);
        expect(sameCell(cellOf(await rowAt(5), 'Flags') ?? EMPTY, cell)).toBe(true);
      });

      it('lets one bad write of a batch fail alone', async () => {
        const rows = (await readAll()).slice(0, 12);
        const writes = rows.map((row, index) => score(index === 4 ? world.missingRowId : row.id, 1000 + index));
        const outcomes = await apply(writes);
        expect(outcomes[4]).toMatchObject({ kind: 'failed', error: { code: 'row-gone' } });
        expect(outcomes.filter((outcome) => outcome.kind === 'done')).toHaveLength(11);
        const after = new Map((await readAll()).map((row) => [row.id, cellOf(row, 'Score')]));
        for (const [index, row] of rows.entries()) {
          const expected = index === 4 ? cellOf(row, 'Score') : { kind: 'number', number: 1000 + index };
          expect(after.get(row.id)).toEqual(expected);
        }
      });

      it('sends nothing more once the signal is aborted', async () => {
        const rows = (await readAll()).slice(0, 45);
        const stop = new AbortController();
        const outcomes: Outcome[] = [];
        const writes = rows.map((row, index) => score(row.id, 2000 + index));
        for await (const { outcome } of world.connector.apply(world.source, schema, writes, stop.signal)) {
          outcomes.push(outcome);
          stop.abort();
        }
        const done = outcomes.filter((outcome) => outcome.kind === 'done');
        expect(outcomes).toHaveLength(45);
        expect(done.length).toBeGreaterThan(0);
        expect(done.length).toBeLessThan(45);
        expect(world.changes()).toHaveLength(done.length);
        for (const outcome of outcomes.filter((other) => other.kind !== 'done')) {
          expect(outcome).toMatchObject({ kind: 'failed', error: { code: 'aborted' } });
        }
      });

      it('sends nothing at all when the signal was aborted before', async () => {
        const row = await rowAt(5);
        const before = world.requests();
        expect(await apply([score(row.id, 1)], AbortSignal.abort())).toMatchObject([
          { kind: 'failed', error: { code: 'aborted' } },
        ]);
        expect(world.requests()).toBe(before);
      });

      it('tells every write of a revoked token as failed and changes nothing', async () => {
        const rows = (await readAll()).slice(0, 15);
        world.revokeToken();
        const outcomes = await apply(rows.map((row) => score(row.id, 1)));
        for (const outcome of outcomes) {
          expect(outcome).toMatchObject({ kind: 'failed', error: { code: 'auth-invalid-token' } });
        }
        expect(world.changes()).toEqual([]);
      });
    });

    describe('access and counts', () => {
      it('refuses a token nobody knows', async () => {
        await expect(world.stranger.describe(world.source)).rejects.toMatchObject({ code: 'auth-invalid-token' });
      });

      it('stops a reading whose token is revoked in the middle', async () => {
        const seen: RawRow[] = [];
        const reading = async () => {
          for await (const page of world.connector.read(world.source, schema)) {
            seen.push(...page);
            world.revokeToken();
          }
        };
        await expect(reading()).rejects.toMatchObject({ code: 'auth-invalid-token' });
        expect(seen.length).toBeGreaterThan(0);
        expect(seen.length).toBeLessThan(ROWS);
      });

      it('reads nothing when the signal was aborted before', async () => {
        const before = world.requests();
        const reading = world.connector.read(world.source, schema, AbortSignal.abort())[Symbol.asyncIterator]().next();
        await expect(reading).rejects.toMatchObject({ code: 'aborted' });
        expect(world.requests()).toBe(before);
      });

      it('counts every call that reached the tool', async () => {
        const row = await rowAt(5);
        await apply([score(row.id, 1)]);
        const { reads, writes } = world.connector.calls();
        expect(writes).toBe(1);
        expect(reads + writes).toBe(world.requests());
      });
    });
  });
}

const textOf = (cell: Cell | undefined): string => (cell?.kind === 'text' ? cell.text : '');

interface DesiredCase {
  readonly what: string;
  readonly column: ColumnName;
  readonly desired: (world: ContractWorld) => Desired;
}

const LONG = '성과와 신뢰를 함께 봅니다. 👨‍👩‍👧‍👦 '.repeat(160);

const DESIRED: readonly DesiredCase[] = [
  { what: 'a text', column: 'Note', desired: () => ({ kind: 'text', text: '점검 3일 지연' }) },
  { what: 'a text in NFD', column: 'Note', desired: () => ({ kind: 'text', text: '한빛'.normalize('NFD') }) },
  { what: 'a text of several lines', column: 'Note', desired: () => ({ kind: 'text', text: 'one\n\ntwo\tthree' }) },
  { what: 'a long text', column: 'Note', desired: () => ({ kind: 'text', text: LONG }) },
  { what: 'half a surrogate pair', column: 'Note', desired: () => ({ kind: 'text', text: 'half \ud83d' }) },
  { what: 'an empty text', column: 'Note', desired: () => ({ kind: 'text', text: '' }) },
  { what: 'nothing, over a text', column: 'Note', desired: () => ({ kind: 'empty' }) },
  { what: 'a number', column: 'Score', desired: () => ({ kind: 'number', number: 72, text: '72' }) },
  { what: 'zero', column: 'Score', desired: () => ({ kind: 'number', number: 0, text: '0' }) },
  { what: 'a negative fraction', column: 'Score', desired: () => ({ kind: 'number', number: -3.65, text: '-3.65' }) },
  { what: 'nothing, over a number', column: 'Score', desired: () => ({ kind: 'empty' }) },
  { what: 'a share', column: 'Share', desired: () => ({ kind: 'share', share: 0.625, text: '63 %' }) },
  { what: 'a share in a text', column: 'Note', desired: () => ({ kind: 'share', share: 0.625, text: '63 %' }) },
  { what: 'a day', column: 'Due', desired: () => ({ kind: 'date', day: '2026-12-31' }) },
  { what: 'nothing, over a day', column: 'Due', desired: () => ({ kind: 'empty' }) },
  { what: 'an option', column: 'Status', desired: () => ({ kind: 'label', label: '주의' }) },
  { what: 'an option in NFD', column: 'Status', desired: () => ({ kind: 'label', label: '위험'.normalize('NFD') }) },
  { what: 'nothing, over an option', column: 'Status', desired: () => ({ kind: 'empty' }) },
  { what: 'options', column: 'Flags', desired: () => ({ kind: 'labels', labels: ['silent', 'late'] }) },
  { what: 'no options', column: 'Flags', desired: () => ({ kind: 'labels', labels: [] }) },
  { what: 'people', column: 'Owner', desired: ({ people }) => ({ kind: 'people', people }) },
  { what: 'nobody', column: 'Owner', desired: () => ({ kind: 'people', people: [] }) },
  {
    what: 'links',
    column: 'Partners',
    desired: ({ partnerIds }) => ({ kind: 'links', ids: partnerIds.slice(3, 5), text: 'two' }),
  },
  {
    what: 'many links',
    column: 'Partners',
    desired: ({ partnerIds }) => ({ kind: 'links', ids: partnerIds, text: 'all' }),
  },
  { what: 'no links', column: 'Partners', desired: () => ({ kind: 'links', ids: [], text: '' }) },
];
