/** `tandem sandbox`: a local Notion and a local Airtable, filled with a sample or with a file of the user's own. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { TandemError } from '../errors.js';
import { startSandbox } from '../sandbox/index.js';
import { SAMPLES } from '../sandbox/samples/index.js';
import { SandboxWorkspace } from '../sandbox/workspace.js';
import { type Environment, interruptible, parseDay } from './workspace.js';

export interface SandboxOptions {
  readonly sample: string;
  readonly load?: string;
  readonly port: string;
  readonly asOf?: string;
}

/** Serves until interrupted. */
export async function runSandbox(options: SandboxOptions, _env: Environment): Promise<number> {
  const signal = interruptible();
  const workspace = options.load === undefined ? sampleOf(options) : readWorkspace(options.load);
  const port = Number(options.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new TandemError('usage', `"${options.port}" is not a port.`);
  const sandbox = await startSandbox(workspace, { port }).catch((thrown: unknown) => {
    throw new TandemError(
      'usage',
      `Port ${port} could not be opened. Choose another with --port.`,
      {},
      { cause: thrown },
    );
  });
  const lines = [
    `Sandbox on ${sandbox.url} (this machine only). Ctrl-C ends it; nothing is kept.`,
    `  log of requests and changes: ${sandbox.url}/_sandbox/log`,
    ...(workspace.notion === undefined ? [] : [`  export NOTION_TOKEN=${workspace.notion.token}`]),
    ...(workspace.airtable === undefined ? [] : [`  export AIRTABLE_TOKEN=${workspace.airtable.token}`]),
    ...(options.load === undefined ? [`  tandem plan --config config/examples/${options.sample}.yaml`] : []),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await sandbox.close();
  return 0;
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

function readWorkspace(file: string): SandboxWorkspace {
  const parsed = SandboxWorkspace.safeParse(parseJson(file));
  if (!parsed.success)
    throw new TandemError('usage', `${file} is not a sandbox workspace:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function parseJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (thrown) {
    throw new TandemError(
      'usage',
      `${file} could not be read as JSON: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
    );
  }
}
