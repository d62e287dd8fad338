/** `tandem sandbox`: a local Notion and a local Airtable, filled with a sample or with a file of the user's own. */
import { readFileSync } from 'node:fs';
import { TandemError } from '../errors.js';
import { DocumentError } from '../sandbox/document.js';
import type { FaultScriptInput } from '../sandbox/faults/script.js';
import { readWorkspace } from '../sandbox/file/index.js';
import { createHandClock, createSandbox, type RunningSandbox, readFaults, startSandbox } from '../sandbox/index.js';
import { SAMPLES } from '../sandbox/samples/index.js';
import type { SandboxWorkspace } from '../sandbox/workspace.js';
import { ConfigurationError, type Environment, interruptible, parseDay } from './workspace.js';

export interface SandboxOptions {
  readonly sample: string;
  readonly load?: string;
  readonly fault?: string;
  readonly indexLag?: string;
  readonly clock?: string;
  readonly port: string;
  readonly asOf?: string;
}

/** Serves until interrupted. */
export async function runSandbox(options: SandboxOptions, _env: Environment): Promise<number> {
  const signal = interruptible();
  const workspace = options.load === undefined ? sampleOf(options) : readFrom(options.load, readTables);
  const sandbox = await open(workspace, options);
  process.stdout.write(`${greeting(sandbox, workspace, options).join('\n')}\n`);
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await sandbox.close();
  return 0;
}

async function open(workspace: SandboxWorkspace, options: SandboxOptions): Promise<RunningSandbox> {
  const port = Number(options.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new TandemError('usage', `"${options.port}" is not a port.`);
  const started = startSandbox(workspace, {
    port,
    clock: createHandClock({ runs: true, ...startOf(options.clock) }),
    faults: faultsOf(workspace, options),
  });
  return started.catch((thrown: unknown) => {
    const taken = thrown instanceof Error && 'code' in thrown && thrown.code === 'EADDRINUSE';
    const why = taken ? 'is in use, perhaps by another sandbox' : 'could not be opened';
    const message = `Port ${port} ${why}. Choose another with --port; 0 takes any that is free.`;
    throw new TandemError('usage', message, {}, { cause: thrown });
  });
}

function startOf(clock: string | undefined): { readonly start?: number } {
  if (clock === undefined) return {};
  const start = Date.parse(clock);
  if (Number.isNaN(start))
    throw new TandemError('usage', `"${clock}" is no time. Write it as 2026-11-23T09:00:00+09:00.`);
  return { start };
}

function faultsOf(workspace: SandboxWorkspace, { fault, indexLag }: SandboxOptions): FaultScriptInput {
  const script = fault === undefined ? {} : readFrom(fault, (text, file) => readFaults(text, file, workspace));
  if (indexLag === undefined) return script;
  const seconds = Number(indexLag);
  if (!(seconds >= 0)) throw new TandemError('usage', `"${indexLag}" is no number of seconds.`);
  return { ...script, indexLag: seconds };
}

/** Where the sandbox is, and what to write into a configuration that is to use it. */
function greeting(sandbox: RunningSandbox, workspace: SandboxWorkspace, options: SandboxOptions): readonly string[] {
  const { url } = sandbox;
  const { notion, airtable } = workspace;
  const example = `tandem plan --config config/examples/${options.sample}.yaml`;
  return [
    `Sandbox on ${url} (this machine only). Ctrl-C ends it; nothing is kept.`,
    `  log of requests, changes and faults: ${url}/_sandbox/log`,
    `  move its clock: curl -d '{"advance": 86400}' ${url}/_sandbox/clock`,
    ...(notion === undefined ? [] : [`  export NOTION_TOKEN=${notion.token}`]),
    ...(airtable === undefined ? [] : [`  export AIRTABLE_TOKEN=${airtable.token}`]),
    ...(options.load === undefined ? [`  ${example}`] : pointers(url, workspace)),
    `Or begin as a new team does: tandem init --base-url ${url}`,
  ];
}

/** The lines of a configuration that lead to the sandbox, and the ids of its tables. */
function pointers(url: string, { notion, airtable }: SandboxWorkspace): readonly string[] {
  const sources = (notion?.databases ?? []).flatMap(({ dataSources }) => dataSources);
  const tables = (airtable?.bases ?? []).flatMap((base) => base.tables.map((table) => ({ ...table, base: base.id })));
  return [
    'In your configuration, for the rehearsal:',
    '  connections:',
    ...(notion === undefined ? [] : [`    notion:   { type: notion, baseUrl: ${url} }`]),
    ...(airtable === undefined ? [] : [`    airtable: { type: airtable, baseUrl: ${url} }`]),
    'Tables:',
    ...sources.map(({ id, name }) => `  notion    id: ${id}  ${name}`),
    ...tables.map(({ id, name, base }) => `  airtable  base: ${base}  table: ${id}  ${name}`),
  ];
}

function sampleOf({ sample, asOf }: SandboxOptions): SandboxWorkspace {
  const samples: Readonly<Record<string, (typeof SAMPLES)[keyof typeof SAMPLES]>> = SAMPLES;
  const found = Object.hasOwn(samples, sample) ? samples[sample] : undefined;
  if (found === undefined)
    throw new TandemError(
      'usage',
      `There is no sample "${sample}". Choose one of: ${Object.keys(SAMPLES).join(', ')}.`,
    );
  return found.build(asOf === undefined ? new Date().toISOString().slice(0, 10) : parseDay(asOf));
}

/** The workspace of a file, once tables, columns and cells are seen to fit each other. */
function readTables(text: string, file: string): SandboxWorkspace {
  const workspace = readWorkspace(text, file);
  try {
    createSandbox(workspace);
  } catch (thrown) {
    throw new DocumentError(`${file}: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
  return workspace;
}

/** Reads a file of the user's; every mistake in it is told with its line. */
function readFrom<T>(file: string, read: (text: string, file: string) => T): T {
  try {
    return read(readFileSync(file, 'utf8'), file);
  } catch (thrown) {
    if (thrown instanceof DocumentError) throw new ConfigurationError(thrown.message);
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    throw new TandemError('usage', `${file} could not be read: ${why}`);
  }
}
