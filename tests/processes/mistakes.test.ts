import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endProcesses, start } from '../support/process-world.js';

endProcesses();

const busy = createServer();
let folder = '';
let port = 0;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-mistakes-'));
  await new Promise<void>((resolve) => {
    busy.listen(0, '127.0.0.1', resolve);
  });
  const address = busy.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
});
afterAll(() => {
  busy.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Mistake {
  readonly name: string;
  readonly args: () => readonly string[];
  readonly code: number;
  /** What happened, and what to do next. */
  readonly says: readonly string[];
}

const MISTAKES: readonly Mistake[] = [
  { name: 'no configuration', args: () => ['plan'], code: 3, says: ['there is no tandem.yaml', '`tandem init`'] },
  {
    name: 'a configuration that is not there',
    args: () => ['check', '--config', 'nope.yaml'],
    code: 3,
    says: ['nope.yaml', 'cannot be read', '`tandem init`'],
  },
  { name: 'a verb that is misspelt', args: () => ['plon'], code: 64, says: ['plon', 'Did you mean plan?', '--help'] },
  { name: 'an option there is not', args: () => ['plan', '--dry-run'], code: 64, says: ['--dry-run', '--help'] },
  { name: 'a worker without Redis', args: () => ['worker'], code: 6, says: ['REDIS_URL', 'tandem sync'] },
  {
    name: 'a port that is taken',
    args: () => ['sandbox', '--port', String(port)],
    code: 64,
    says: ['is in use, perhaps by another sandbox', '--port'],
  },
];

describe('what is told of a mistake', () => {
  it.each(MISTAKES)('$name: exit $code, and what to do next', async ({ args, code, says }) => {
    const env = { PATH: String(process.env.PATH), XDG_STATE_HOME: join(folder, 'state') };
    const ended = await start(args(), env, { cwd: folder }).ended;
    expect(ended).toMatchObject({ code, stdout: '' });
    for (const words of says) expect(ended.stderr).toContain(words);
    expect(ended.stderr).toContain('next:');
    expect(ended.stderr).not.toMatch(/^\s+at .+[:)]$/m);
  });
});
