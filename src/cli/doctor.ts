/** `tandem doctor`: whether this machine, the shared state and the tokens are fit for a run. Nothing is written to the tools. */
import { openTools } from '../app.js';
import { systemClock } from '../clock.js';
import type { Config } from '../config/config.js';
import { findConfigFile } from '../config/find.js';
import { asTandemError, type TandemError } from '../errors.js';
import { createScrubber } from '../log.js';
import { gravestOf, reportError } from '../pipeline/report.js';
import { createMemoryState } from '../state/memory.js';
import { type Paint, paintFor } from './paint.js';
import { renderError } from './render-errors.js';
import {
  ConfigurationError,
  type Environment,
  interruptible,
  openLog,
  openState,
  readConfig,
  secretsOf,
} from './workspace.js';

export interface DoctorOptions {
  readonly config?: string;
  readonly json?: boolean;
}

/** One thing that was looked at. */
interface Finding {
  readonly about: string;
  readonly state: 'ok' | 'hint' | 'fault';
  readonly text: string;
  readonly error?: TandemError;
  /** Exit code it deserves; 0 unless it is a fault. */
  readonly exit: number;
}

const OLDEST_NODE = [20, 19] as const;

/** Prints what was looked at, and returns the exit code of the gravest fault. */
export async function runDoctor(options: DoctorOptions, env: Environment): Promise<number> {
  const signal = interruptible();
  const { finding, config } = configuration(options, env);
  const tokens = config === undefined ? [] : await connections(config, signal);
  const findings = [node(process.versions.node), languages(), await sharedState(env), finding, ...tokens];
  const scrub = createScrubber(secretsOf(config === undefined ? [] : [config], env));
  process.stdout.write(
    `${options.json ? documentOf(findings, scrub) : render(findings, scrub, paintFor(process.stdout, env))}\n`,
  );
  return gravestOf(findings.map(({ exit }) => exit)) ?? 0;
}

const fine = (about: string, text: string): Finding => ({ about, state: 'ok', text, exit: 0 });
const hint = (about: string, text: string): Finding => ({ about, state: 'hint', text, exit: 0 });

function refused(about: string, thrown: unknown): Finding {
  const error = asTandemError(thrown);
  return { about, state: 'fault', text: error.message, error, exit: error.help.exit };
}

function node(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldest, since] = OLDEST_NODE;
  if (major > oldest || (major === oldest && minor >= since)) return fine('node', version);
  return { about: 'node', state: 'fault', text: `${version} is too old: ${OLDEST_NODE.join('.')} or later.`, exit: 1 };
}

/** A Node without full language data writes Korean dates in English and knows no time zones. */
function languages(): Finding {
  const korean = new Intl.DateTimeFormat('ko').resolvedOptions().locale.startsWith('ko');
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (korean) return fine('languages', `Korean and English; this machine is in ${zone}`);
  return hint('languages', 'This Node has no Korean: dates would be written in English. Install one with full ICU.');
}

async function sharedState(env: Environment): Promise<Finding> {
  try {
    const state = await openState(env, openLog([], env, 'silent'));
    await state.close();
  } catch (thrown) {
    return refused('state', thrown);
  }
  const redis = env.REDIS_URL !== undefined && env.REDIS_URL !== '';
  return redis
    ? fine('state', 'Redis answers, and keeps what it is given')
    : fine('state', 'files of this machine, enough for `tandem sync`; `tandem worker` needs Redis and REDIS_URL');
}

function configuration(
  { config: file }: DoctorOptions,
  env: Environment,
): { readonly finding: Finding; readonly config?: Config } {
  if (file === undefined && findConfigFile(process.cwd()) === undefined)
    return { finding: hint('configuration', 'There is none here: `tandem init` writes one.') };
  try {
    const config = readConfig(file, env);
    const text = `${config.file}: ${config.workspace}, ${config.sources.length} tables`;
    return { finding: fine('configuration', text), config };
  } catch (thrown) {
    if (!(thrown instanceof ConfigurationError)) return { finding: refused('configuration', thrown) };
    return { finding: { about: 'configuration', state: 'fault', text: thrown.message.trim(), exit: 3 } };
  }
}

/** Whether each token in use is good, and whose it is. What it may do to which table is for `tandem check`. */
async function connections(config: Config, signal: AbortSignal): Promise<readonly Finding[]> {
  const state = createMemoryState(systemClock);
  const tools = openTools(config.connections, {
    state,
    clock: systemClock,
    fetch: globalThis.fetch,
    random: Math.random,
  });
  const used = [...new Set(config.sources.map(({ connection }) => connection))];
  return Promise.all(
    used.map(async (name) => {
      try {
        const { workspace, name: who } = await tools.surveyorOf(name).account(signal);
        return fine(name, `the token is good: ${[who, workspace].filter(Boolean).join(', ')}`);
      } catch (thrown) {
        signal.throwIfAborted();
        return refused(name, thrown);
      }
    }),
  );
}

const SIGNS = { ok: ['green', '✓'], hint: ['yellow', '!'], fault: ['red', '✗'] } as const;

function render(findings: readonly Finding[], scrub: (text: string) => string, paint: Paint): string {
  const lines = findings.flatMap(({ about, state, text, error }) => {
    const [colour, sign] = SIGNS[state];
    if (error === undefined) return [`${paint(colour, sign)} ${about}: ${scrub(text)}`];
    const told = renderError({ ...reportError(error, null, null), message: scrub(text) }, paint);
    return [`${paint(colour, sign)} ${about}`, ...told.map((line) => `  ${line}`)];
  });
  const faults = findings.filter(({ state }) => state === 'fault').length;
  const next = faults > 0 ? 'mend what is marked ✗, then run tandem doctor again' : 'tandem check looks at the tables';
  return [...lines, '', `Next: ${next}`].join('\n');
}

function documentOf(findings: readonly Finding[], scrub: (text: string) => string): string {
  const told = findings.map(({ about, state, text, error }) => ({
    about,
    state,
    text: scrub(text),
    code: error?.code ?? null,
    next: error?.help.help ?? null,
  }));
  return JSON.stringify({ schemaVersion: 1, findings: told }, null, 2);
}
