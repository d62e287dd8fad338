import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createFileJournal, createRedisJournal } from '../../src/state/journal.js';
import { useRedis } from '../support/redis.js';

const redis = useRedis();
let base = '';

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'tandem-journal-'));
});
afterAll(() => rm(base, { recursive: true, force: true }));

const clockAt = (time: string) => ({ now: () => Date.parse(time), sleep: () => Promise.resolve() });

it('in files: a line after the other, a file per workspace and month, for its owner only', async () => {
  const dir = join(base, 'files');
  const november = createFileJournal({ dir, clock: clockAt('2026-11-30T23:59:59Z') });
  await november.append('한빛', '{"n":1}');
  await november.append('한빛', '{"n":2}');
  await november.append('other', '{"n":3}');
  await createFileJournal({ dir, clock: clockAt('2026-12-01T00:00:00Z') }).append('한빛', '{"n":4}');
  const files = (await readdir(dir)).sort();
  expect(files).toEqual([
    '%ED%95%9C%EB%B9%9B.2026-11.ndjson',
    '%ED%95%9C%EB%B9%9B.2026-12.ndjson',
    'other.2026-11.ndjson',
  ]);
  expect(await readFile(join(dir, files[0] ?? ''), 'utf8')).toBe('{"n":1}\n{"n":2}\n');
  expect((await stat(join(dir, files[0] ?? ''))).mode & 0o077).toBe(0);
});

it('in Redis: a stream per workspace, in order', async () => {
  const journal = createRedisJournal(redis.url(), 'journal-test:');
  await journal.append('hanbit', '{"n":1}');
  await journal.append('hanbit', '{"n":2}');
  await journal.close();
  const entries = await redis.client().xrange('journal-test:journal:hanbit', '-', '+');
  expect(entries.map(([, fields]) => fields)).toEqual([
    ['line', '{"n":1}'],
    ['line', '{"n":2}'],
  ]);
});

it('in Redis that nobody answers for: throws, and closes without a word', async () => {
  const journal = createRedisJournal('redis://127.0.0.1:1');
  await expect(journal.append('hanbit', '{}')).rejects.toMatchObject({ code: 'redis-unavailable' });
  await journal.close();
});
