import { expect, it } from 'vitest';
import type { Cell } from '../../src/domain/cells.js';
import type { Change } from '../../src/domain/plan.js';
import { type ResolvedSource, resolveSource } from '../../src/domain/source.js';
import { TandemError } from '../../src/errors.js';
import { openRunJournal } from '../../src/pipeline/journal.js';
import { writeBack } from '../../src/pipeline/writeback.js';
import type { Connector, Intent } from '../../src/ports.js';
import { NO_JOURNAL } from '../../src/state/journal.js';
import { createMemoryState } from '../../src/state/memory.js';
import { createVirtualClock } from '../support/virtual-clock.js';

const WORKSPACE = 'one';
const columns = ['Title', 'Key', 'Due'].map((name) => ({ id: name, name, type: 'text', writable: true }));
const source: ResolvedSource = resolveSource(
  {
    entity: 'tasks',
    connection: 'tool',
    location: { type: 'memory', id: 'tasks' },
    fields: { title: { property: 'Title' }, key: { property: 'Key' }, due: { property: 'Due' } },
    manages: {},
  },
  { id: 'tasks', title: 'Tasks', url: '', properties: columns },
);

const text = (value: string): Cell => ({ kind: 'text', text: value });

function create(key: string): Change {
  const field = (name: string, property: string, value: string) => ({
    ...{ field: name, property, propertyId: property, percent: false },
    ...{ before: { kind: 'empty' } as const, after: text(value) },
  });
  return {
    kind: 'create',
    source: 'tasks',
    key,
    title: key,
    reason: { code: 'task-due', params: {}, text: '' },
    fields: [field('title', 'Title', key), field('key', 'Key', key), field('due', 'Due', '2026-12-01')],
  };
}

const unavailable = new TandemError('upstream-unavailable', 'sorry', { sent: true });

it('reports a create that cannot be looked up as unknown, keeps its intent, and goes on with the others', async () => {
  const clock = createVirtualClock();
  const { intents } = createMemoryState(clock);
  const updated: string[] = [];
  const connector: Partial<Connector> = {
    async *apply(_source, _schema, writes) {
      for (const [index, write] of writes.entries()) {
        if (write.kind === 'create') yield { index, outcome: { kind: 'unknown', error: unavailable } };
        else {
          updated.push(write.rowId);
          yield { index, outcome: { kind: 'done', rowId: write.rowId } };
        }
      }
    },
    async find(_source, _schema, { text: key }) {
      if (key === 'lost') throw unavailable;
      return [{ id: `row of ${key}`, url: '', createdTime: '', trashed: false, cells: new Map([['Key', text(key)]]) }];
    },
  };
  const running = writeBack([create('lost'), create('found')], new Set(), {
    workspace: WORKSPACE,
    sourceOf: () => ({ source, connector: connector as Connector }),
    intents,
    journal: openRunJournal(NO_JOURNAL, { workspace: 'w', run: 'r', clock }),
    clock,
    settleMs: 1000,
    signal: new AbortController().signal,
  });
  const { applied, failures } = await running;
  expect(applied).toEqual({ updated: 0, created: 1, closed: 0, failed: 0, unknown: 1 });
  expect(failures.map(({ change, outcome }) => [change.key, outcome])).toEqual([['lost', 'unknown']]);
  expect(updated).toEqual(['row of found']);
  expect((await intents.list(WORKSPACE)).map(({ key }: Intent) => key)).toEqual(['lost']);
});
