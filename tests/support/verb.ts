/** A verb of the command line in a process of its own, as a person would run it. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { Team } from './team.js';

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const ROOT = join(import.meta.dirname, '..', '..');

/** Verbs that judge nothing, so that no day can be given. */
const TIMELESS = ['check'];

/** Runs `tandem <verb> --config <the team's file> --as-of <day> ...`. `env` is added to the team's own variables. */
export function runVerb(
  team: Team,
  verb: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const command = [
    '--import',
    'tsx',
    join(ROOT, 'src/cli/main.ts'),
    ...verb.split(' '),
    '--config',
    team.file,
    ...args,
  ];
  const day = TIMELESS.includes(verb) || args.includes('--as-of') ? [] : ['--as-of', team.anchor];
  return new Promise((resolve) => {
    const options = { cwd: ROOT, env: { ...team.env, ...env }, maxBuffer: 32 * 1024 * 1024 };
    const child = execFile(process.execPath, [...command, ...day], options, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : (child.exitCode ?? -1), stdout, stderr });
    });
  });
}
