import { expect, it } from 'vitest';
import type { SourceMapping } from '../../src/domain/mapping.js';
import { readWorld } from '../../src/pipeline/sync.js';
import type { Connector } from '../../src/ports.js';

const connector: Partial<Connector> = {
  describe: async () => ({
    id: 'partners',
    title: 'Partners',
    url: '',
    properties: [
      { id: 'title', name: 'Name', type: 'title', writable: true },
      { id: '%3AaB', name: 'Code', type: 'rich_text', writable: true },
      { id: 'whyy', name: 'Why', type: 'rich_text', writable: true },
    ],
  }),
  async *read() {
    yield [];
    return undefined;
  },
};

const memory = { recall: () => undefined, keep: () => undefined };

async function reading(why: string) {
  const mapping: SourceMapping = {
    entity: 'partnerships',
    connection: 'notion',
    location: { type: 'memory', id: 'partners' },
    fields: { name: { property: 'Name' }, code: { property: 'Code' } },
    manages: { why: { property: why, createOptions: false } },
  };
  const { sources, errors } = await readWorld([mapping], () => connector as Connector, { memory });
  return { complete: sources[0]?.complete, errors: errors.map(({ error }) => [error.code, error.message]) };
}

it.each(['%3AaB', ':aB', 'Code '])(
  'takes a source for unusable that manages a column it reads, named %j',
  async (why) => {
    const { complete, errors } = await reading(why);
    expect(complete).toBe(false);
    expect(errors).toEqual([
      ['config-invalid', expect.stringContaining('"Code" is read as "code" and managed as "why"')],
    ]);
  },
);

it('reads a source whose columns have one owner each', async () => {
  expect(await reading('Why')).toEqual({ complete: true, errors: [] });
});
