/**
 * A program that gets itself a Redis, as an unprivileged user even where the tests run as root. It gives up its
 * rights only now, after everything is imported: the checkout may be in a folder only root can read.
 */
import { createInterface } from 'node:readline';
import { Redis } from 'ioredis';
import { asTandemError } from '../../src/errors.js';
import { ensureRedis } from '../../src/state/provision.js';

const NOBODY = 65534;

if (process.getuid?.() === 0) {
  process.setgroups?.([NOBODY]);
  process.setgid?.(NOBODY);
  process.setuid?.(NOBODY);
}

const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

try {
  const { url, source, close } = await ensureRedis({ env: process.env });
  const client = new Redis(url);
  say({ url, source, pong: await client.ping(), uid: process.getuid?.() });
  client.disconnect();
  createInterface({ input: process.stdin }).on('line', (command) => {
    if (command === 'close') void close().then(() => say({ closed: true }));
    if (command === 'exit') process.exit(0);
    if (command === 'throw') throw new Error('an error nobody catches');
  });
} catch (error) {
  const { code, message, help } = asTandemError(error);
  say({ code, message, help: help.help });
}
