import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..');

describe('the tree', () => {
  it.each([
    ['has no type errors, tests included', 'typescript/bin/tsc', ['--noEmit']],
    ['is formatted and lint-free', '@biomejs/biome/bin/biome', ['ci', '--colors=off', '.']],
  ])(
    '%s',
    async (_name, tool, args) => {
      const outcome = await run(process.execPath, [join(root, 'node_modules', tool), ...args], { cwd: root }).then(
        () => '',
        (failure: { stdout?: string; stderr?: string }) => `${failure.stdout ?? ''}${failure.stderr ?? ''}`,
      );
      expect(outcome).toBe('');
    },
    300_000,
  );
});
