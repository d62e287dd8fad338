import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startWorker } from '../../src/cli/worker.js';
import { openApp } from '../../src/cli/workspace.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const CONFIGURATION = `version: 1
workspace: one
locale: en
timezone: Europe/London
connections: { notion: { type: notion } }
sources:
  partnerships: { connection: notion, id: 0123456789abcdef0123456789abcdef, fields: { name: Name } }
`;

/** A Redis that cannot be reached: whoever gets as far as to ask for it is told so. */
function given() {
  const config = join(folder, 'tandem.yaml');
  writeFileSync(config, CONFIGURATION);
  return { config, env: { NOTION_TOKEN: 'ntn_sandbox_cli', REDIS_URL: 'redis://127.0.0.1:1' } };
}

it('refuses a day that is none before it connects to Redis, which would keep the process', async () => {
  const { config, env } = given();
  await expect(openApp({ config, asOf: 'soon' }, env)).rejects.toMatchObject({ code: 'usage' });
});

it('says what to do where no folder can be written, which is no defect', async () => {
  const { config, env } = given();
  const taken = join(folder, 'a-file');
  writeFileSync(taken, '');
  vi.stubEnv('TMPDIR', taken);
  const opened = openApp({ config }, { NOTION_TOKEN: env.NOTION_TOKEN, XDG_STATE_HOME: taken });
  await expect(opened).rejects.toMatchObject({ code: 'state-unwritable', help: { exit: 5 } });
  await expect(opened).rejects.toThrow('XDG_STATE_HOME');
  vi.unstubAllEnvs();
});

it.each([{ asOf: 'soon' }, { every: '0' }])('refuses a worker with %o before it connects to Redis', async (options) => {
  const { config, env } = given();
  const started = startWorker({ parts: 'all', config: [config], ...options }, env);
  await expect(started).rejects.toMatchObject({ code: 'usage' });
});
