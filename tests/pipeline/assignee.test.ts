import { expect, it } from 'vitest';
import { createMemoryConnector, createMemoryWorld } from '../../src/connectors/memory/index.js';
import type { Cell } from '../../src/domain/cells.js';
import type { Change, FieldChange } from '../../src/domain/plan.js';
import { resolveSource } from '../../src/domain/source.js';
import { TandemError } from '../../src/errors.js';
import { openRunJournal } from '../../src/pipeline/journal.js';
import { writeBack } from '../../src/pipeline/writeback.js';
import { NO_JOURNAL } from '../../src/state/journal.js';
import { createMemoryState } from '../../src/state/memory.js';
import { createVirtualClock } from '../support/virtual-clock.js';

const column = (name: string, type: string) => ({ id: name, name, type, writable: true });
const schema = {
  id: 'tasks',
  title: 'Tasks',
  url: 'https://tool.test/tasks',
  properties: [column('Title', 'text'), column('Key', 'text'), column('Due', 'date'), column('For', 'people')],
};
const source = resolveSource(
  {
    entity: 'tasks',
    connection: 'tool',
    location: { type: 'memory', id: 'tasks' },
    fields: {
      title: { property: 'Title' },
      key: { property: 'Key' },
      due: { property: 'Due' },
      assignee: { property: 'For' },
    },
    manages: {},
  },
  schema,
);

const field = (name: string, property: string, after: Cell): FieldChange => ({
  ...{ field: name, property, propertyId: property, percent: false },
  ...{ before: { kind: 'empty' }, after },
});

const create: Change = {
  kind: 'create',
  source: 'tasks',
  key: 'td1.one.review-due.first.a',
  title: 'Hold the review',
  reason: { code: 'task-due', params: {}, text: '' },
  fields: [
    field('title', 'Title', { kind: 'text', text: 'Hold the review' }),
    field('key', 'Key', { kind: 'text', text: 'td1.one.review-due.first.a' }),
    field('due', 'Due', { kind: 'date', start: '2026-12-01' }),
    field('assignee', 'For', { kind: 'people', people: [{ id: 'guest', name: 'Kim' }] }),
  ],
};

it('gives the task its date when the tool does not take the person, and tells who was refused', async () => {
  const world = createMemoryWorld([schema]);
  let refusals = 0;
  world.onWrite = ({ phase, write }) => {
    if (phase !== 'before' || !write.cells.has('For')) return;
    refusals += 1;
    throw new TandemError('write-refused', 'Kim is no member.');
  };
  const clock = createVirtualClock();
  const { applied, failures, issues } = await writeBack([create], new Set(), {
    workspace: 'one',
    sourceOf: () => ({ source, connector: createMemoryConnector(world) }),
    intents: createMemoryState(clock).intents,
    journal: openRunJournal(NO_JOURNAL, { workspace: 'w', run: 'r', clock }),
    clock,
    settleMs: 1000,
    signal: new AbortController().signal,
  });
  expect(applied).toMatchObject({ created: 1, failed: 0 });
  expect(failures).toEqual([]);
  expect(issues).toMatchObject([{ code: 'assignee-refused', property: 'For', params: { value: 'Kim' } }]);
  const [row] = [...(world.sources.get('tasks')?.rows.values() ?? [])];
  expect(row?.cells.get('Due')).toEqual({ kind: 'date', start: '2026-12-01' });
  expect(row?.cells.has('For')).toBe(false);
  expect(refusals).toBe(1);
});
