/**
 * Tandem as processes of its own, as an operator runs it: what they say, how they end, and their end at the latest
 * when the test does. Only processes started here are ever signalled, by their id.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll } from 'vitest';

export const ROOT = join(import.meta.dirname, '..', '..');
const MAIN = join(ROOT, 'src/cli/main.ts');

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A line of the log on stderr. */
export interface LogLine {
  readonly time: string;
  readonly msg: string;
  readonly [detail: string]: unknown;
}

export interface Running {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  stdout(): string;
  stderr(): string;
  /** Log lines so far. */
  log(): readonly LogLine[];
  /** Resolves when a text has been said on either stream, `times` times; rejects when the process ends before. */
  says(text: string, times?: number): Promise<void>;
  kill(signal: NodeJS.Signals): void;
}

export interface StartOptions {
  /** A program of the tests instead of the command line. */
  readonly program?: string;
  readonly cwd?: string;
  /** A process group of its own, as a shell gives one to what is typed. */
  readonly ownGroup?: boolean;
}

const started = new Set<ChildProcess>();

/** To be called once in a file that starts processes: none of them outlives it. */
export function endProcesses(): void {
  afterAll(async () => {
    await Promise.all(
      [...started].map(async (child) => {
        const exited = once(child, 'exit');
        child.kill('SIGKILL');
        await exited;
      }),
    );
  });
}

/** Starts `tandem <args>` from the sources, with nothing in its environment but `env`. */
export function start(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  { program = MAIN, ...options }: StartOptions = {},
): Running {
  return launch([...FROM_SOURCE, program, ...args], env, options);
}

/** Runs `tandem <args>` to its end. */
export const run = (args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ended> =>
  start(args, env).ended;

const FROM_SOURCE = ['--import', import.meta.resolve('tsx')];

/** Starts Node with arguments. */
export function launch(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  { cwd = ROOT, ownGroup = false }: Omit<StartOptions, 'program'> = {},
): Running {
  const child = spawn(process.execPath, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'], detached: ownGroup });
  started.add(child);
  const said = { stdout: '', stderr: '' };
  const waiting = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
      for (const look of waiting) look();
    });
  }
  const ended = new Promise<Ended>((resolve) => {
    child.once('exit', () => started.delete(child));
    child.once('close', (code, signal) => resolve({ code, signal, ...said }));
  });
  const heard = (text: string): number => `${said.stdout}\n${said.stderr}`.split(text).length - 1;
  return {
    pid: child.pid ?? 0,
    ended,
    stdout: () => said.stdout,
    stderr: () => said.stderr,
    log: () => logLines(said.stderr),
    says: (text, times = 1) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (heard(text) < times) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
        void ended.then(({ code, signal, stderr }) => {
          if (waiting.delete(look)) reject(new Error(`ended (${code ?? signal}) without saying "${text}":\n${stderr}`));
        });
      }),
    kill: (signal) => void child.kill(signal),
  };
}

/** The log lines of what was said on stderr. The last one may still be on its way; lines that are not JSON are not of the log. */
export function logLines(stderr: string): readonly LogLine[] {
  return stderr.split('\n').flatMap((line) => (line.startsWith('{') && line.endsWith('}') ? [JSON.parse(line)] : []));
}

/** Whether a process with this id exists. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
