/**
 * `tandem demo`: both sample workspaces on a local sandbox, real Redis, real worker processes, from nothing to a
 * table of who is at risk and why; then the same again to show that nothing is left to write.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { TandemError } from '../errors.js';
import { observeRuns, type RunObserver } from '../queue/observe.js';
import { type RunningSandbox, startSandbox } from '../sandbox/index.js';
import { SAMPLES, type SampleName } from '../sandbox/samples/index.js';
import { ensureRedis } from '../state/provision.js';
import { createdTasks, renderBoard, writesOf } from './board.js';
import { type Paint, paintFor } from './paint.js';
import { progressBar } from './progress.js';
import { type Environment, interruptible, openApp, parseDay } from './workspace.js';

export interface DemoOptions {
  readonly asOf?: string;
}

interface Stage {
  readonly name: SampleName;
  readonly title: string;
  readonly workspace: string;
  readonly file: string;
  readonly sandbox: RunningSandbox;
  /** User id -> name, of the sandbox's Notion. */
  readonly people: ReadonlyMap<string, string>;
}

const EXAMPLES = { korean: 'korean.yaml', english: 'english.yaml' } as const;
const WORKERS = 2;

/** Runs the demonstration to its end; everything it started is ended with it. */
export async function runDemo(options: DemoOptions, env: Environment): Promise<number> {
  const signal = interruptible();
  const asOf = options.asOf === undefined ? new Date().toISOString().slice(0, 10) : parseDay(options.asOf);
  const paint = paintFor(process.stdout, env);
  const say = (line = '') => process.stdout.write(`${line}\n`);
  const cleanups: (() => Promise<void> | void)[] = [];
  try {
    say(paint('bold', 'Tandem demo: two sample teams, real Redis, real workers, no account needed'));
    const redis = await ensureRedis({ env, onProgress: (step) => say(paint('dim', `  Redis: ${step}`)) });
    cleanups.push(() => redis.close());
    const folder = mkdtempSync(join(tmpdir(), 'tandem-demo-'));
    cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
    const stages = await openStages(folder, asOf, cleanups);
    const tokens = Object.assign({}, ...stages.map(({ name }) => tokensOf(name)));
    const childEnv = {
      ...env,
      ...tokens,
      TANDEM_JOURNAL: 'off',
      REDIS_URL: redis.url,
      TANDEM_LOG_LEVEL: env.TANDEM_LOG_LEVEL ?? 'error',
    };
    const workers = startWorkers(
      stages.map((stage) => stage.file),
      asOf,
      childEnv,
    );
    cleanups.push(() => stopWorkers(workers));
    const observer = await observeRuns({ redisUrl: redis.url });
    cleanups.push(() => observer.close());
    say(
      `  ${WORKERS} worker processes, Redis from ${redis.source === 'env' ? 'REDIS_URL' : redis.source}, judged as of ${asOf}`,
    );
    await firstRun(stages, observer, asOf, childEnv, paint, say, signal);
    const left = await secondRun(stages, observer, paint, say, signal);
    return left === 0 ? 0 : 1;
  } finally {
    for (const cleanup of cleanups.reverse()) await cleanup();
  }
}

async function firstRun(
  stages: readonly Stage[],
  observer: RunObserver,
  asOf: string,
  env: Environment,
  paint: Paint,
  say: (line?: string) => void,
  signal: AbortSignal,
): Promise<void> {
  for (const stage of stages) {
    signal.throwIfAborted();
    say();
    say(paint('bold', `${stage.title}  ${paint('dim', stage.workspace)}`));
    await runOnce(stage, observer, paint, signal);
    const writes = writesOf(stage.sandbox);
    say(
      `  wrote ${writes.cells} cells on ${writes.rows} rows and created ${writes.created} tasks, in ${writes.calls} calls`,
    );
    // On the Redis of the workers: with rate windows of its own it would be refused for what they have just used.
    const { app, config, close } = await openApp({ config: stage.file, asOf }, env);
    try {
      const { report } = await app.plan({ signal });
      say();
      say(
        renderBoard(
          report,
          createdTasks(
            stage.sandbox,
            config.sources.find(({ entity }) => entity === 'tasks'),
            stage.people,
          ),
          { paint, columns: process.stdout.columns ?? 120 },
        ),
      );
    } finally {
      await close();
    }
  }
}

async function secondRun(
  stages: readonly Stage[],
  observer: RunObserver,
  paint: Paint,
  say: (line?: string) => void,
  signal: AbortSignal,
): Promise<number> {
  say();
  say(paint('bold', 'The same workers, a second time, on unchanged tables'));
  let left = 0;
  for (const stage of stages) {
    const before = writesOf(stage.sandbox).calls;
    await runOnce(stage, observer, paint, signal);
    const calls = writesOf(stage.sandbox).calls - before;
    left += calls;
    const verdict = calls === 0 ? paint('green', 'nothing was left to write') : paint('red', `${calls} write calls`);
    say(`  ${stage.workspace}: ${verdict}`);
  }
  return left;
}

const STAGE_WORDS: Readonly<Record<string, string>> = {
  read: 'reading tables',
  assess: 'judging rows',
  write: 'writing changes',
};

/** One run through the queue; its progress on one line, and what it came to underneath. */
async function runOnce(stage: Stage, observer: RunObserver, paint: Paint, signal: AbortSignal): Promise<void> {
  const interactive = process.stdout.isTTY === true;
  const last = new Map<string, string>();
  await observer.run(stage.workspace, {
    signal,
    onProgress: ({ stage: name, done = 0, total = 0 }) => {
      const text = `${(STAGE_WORDS[name] ?? name).padEnd(16)} ${progressBar(done, total)}`;
      last.set(name, text);
      if (interactive) process.stdout.write(`\r\u001b[2K  ${paint('dim', text)}`);
    },
  });
  if (interactive) process.stdout.write('\r\u001b[2K');
  for (const text of last.values()) process.stdout.write(`  ${paint('dim', text)}\n`);
}

function tokensOf(name: SampleName): Readonly<Record<string, string>> {
  const { tokens } = SAMPLES[name];
  return Object.fromEntries(Object.entries(tokens).map(([variable, token]) => [demoVariable(name, variable), token]));
}

/** Two teams in one process need two names for their tokens. */
const demoVariable = (name: string, variable: string): string => `DEMO_${name.toUpperCase()}_${variable}`;

async function openStages(
  folder: string,
  asOf: string,
  cleanups: (() => Promise<void> | void)[],
): Promise<readonly Stage[]> {
  const stages: Stage[] = [];
  for (const name of Object.keys(EXAMPLES) as (keyof typeof EXAMPLES)[]) {
    const sample = SAMPLES[name].build(asOf);
    const sandbox = await startSandbox(sample, { requestsPerMinute: 600 });
    cleanups.push(() => sandbox.close());
    const { text, workspace } = pointAt(sandbox.url, name);
    const file = join(folder, EXAMPLES[name]);
    writeFileSync(file, text);
    const people = new Map((sample.notion?.users ?? []).map((user) => [user.id, user.name]));
    stages.push({ name, title: SAMPLES[name].title, workspace, file, sandbox, people });
  }
  return stages;
}

/** The example configuration of a sample, with its connections pointed at the running sandbox. */
function pointAt(url: string, name: keyof typeof EXAMPLES): { readonly text: string; readonly workspace: string } {
  const document = parseDocument(readFileSync(exampleFile(EXAMPLES[name]), 'utf8'));
  for (const connection of ['notion', 'airtable']) {
    if (!document.hasIn(['connections', connection])) continue;
    document.setIn(['connections', connection, 'baseUrl'], url);
    document.setIn(['connections', connection, 'plan'], 'business');
    document.setIn(['connections', connection, 'tokenEnv'], demoVariable(name, `${connection.toUpperCase()}_TOKEN`));
  }
  return { text: document.toString(), workspace: String(document.get('workspace')) };
}

/** The examples stand beside the sources, and beside the built files one folder higher. */
function exampleFile(file: string): URL {
  const here = new URL(`../../config/examples/${file}`, import.meta.url);
  try {
    readFileSync(here);
    return here;
  } catch {
    return new URL(`../../../config/examples/${file}`, import.meta.url);
  }
}

function startWorkers(files: readonly string[], asOf: string, env: Environment): readonly ChildProcess[] {
  const entry = process.argv[1];
  if (entry === undefined) throw new TandemError('internal', 'The demo does not know how it was started.');
  const args = [...process.execArgv, entry, 'worker', '--parts', 'reconcile', '--as-of', asOf, '--config', ...files];
  return Array.from({ length: WORKERS }, () =>
    spawn(process.execPath, args, { env: { ...env }, stdio: ['ignore', 'inherit', 'inherit'] }),
  );
}

async function stopWorkers(workers: readonly ChildProcess[]): Promise<void> {
  await Promise.all(
    workers.map(
      (worker) =>
        new Promise<void>((resolve) => {
          if (worker.exitCode !== null || worker.signalCode !== null) return resolve();
          worker.once('exit', () => resolve());
          worker.kill('SIGTERM');
        }),
    ),
  );
}
