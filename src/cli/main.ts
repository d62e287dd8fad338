#!/usr/bin/env node
/** The command line: one verb, one file. */
import { fail } from './fail.js';
import { buildProgram } from './program.js';

const env = process.env;

async function main(): Promise<void> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  let code = 0;
  try {
    await buildProgram(env, (ended) => {
      code = ended;
    }).parseAsync();
  } catch (thrown) {
    code = fail(thrown, env);
  }
  process.exitCode = code;
}

await main();
