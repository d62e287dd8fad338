/**
 * The sandbox: a local Notion and a local Airtable filled from one workspace, in process for tests and simulations or
 * on a loopback port for people. One log, one audit, one clock and one fault script serve both.
 *
 * A simulation in a few lines, the same to the letter at every run:
 *
 *     const clock = createHandClock({ start: Date.parse('2026-11-23T00:00:00Z'), runs: false }); // or a clock of its own
 *     const sandbox = createSandbox(workspace, { clock, faults: { seed: 7, indexLag: 30, rules: [
 *       { on: 'notion.pages.create', chance: 0.1, fault: 'apply-then-drop' },
 *       { on: 'writes', chance: 0.05, fault: { kind: 'late', seconds: 20 } },
 *     ] } });
 *     ... createTransport({ fetch: sandbox.fetch, clock, ... }) ...
 *     sandbox.notion?.edit(pageId, { Owner: null }); // a person
 *     await clock.advance(60_000);                   // what lands late lands
 *     sandbox.calm();                                // no faults from here on
 *     await sandbox.settle();
 *     sandbox.audit(); sandbox.log(); sandbox.faultsFired();
 *
 * Nothing in it draws a number or reads a time but through `faults.seed` and `clock`.
 */
import { createAgenda } from './agenda.js';
import { type AirtableOptions, type AirtableSandbox, createAirtable } from './airtable/index.js';
import { createHandClock, isHandClock, machineClock, type SandboxClock } from './clock.js';
import type { CellChange, Interceptor, LoggedRequest, SandboxContext } from './context.js';
import { createControl } from './control.js';
import { openDocument } from './document.js';
import { checkScript } from './faults/check.js';
import { createFaults, type Grips } from './faults/engine.js';
import { airtableGrip, notionGrip } from './faults/grip.js';
import { FaultScript, type FaultScriptInput } from './faults/script.js';
import { createNotion, type NotionLimits, type NotionSandbox } from './notion/index.js';
import { listen } from './server.js';
import { createShell, type Shell } from './shell.js';
import { webhookPages } from './webhooks/control.js';
import { connectWebhooks, type Webhooks } from './webhooks/index.js';
import type { SandboxWorkspace } from './workspace.js';

export { createHandClock, type HandClock, type SandboxClock } from './clock.js';

export interface SandboxOptions {
  /** What the sandbox reads the time from and waits by; the machine's clock unless given. */
  readonly clock?: SandboxClock;
  /** Milliseconds since the epoch, where a whole clock is not needed; waiting is real then. */
  readonly now?: () => number;
  /** Rate limits hold as in the real tools unless false. */
  readonly enforceRates?: boolean;
  readonly interceptor?: Interceptor;
  /** The fault script to run; see docs/sandbox.md. RangeError for a table or column that is not there. */
  readonly faults?: FaultScriptInput;
  /** Rows one Notion query can reach; 10,000 unless given. */
  readonly queryCap?: number;
  /** Notion requests per token and window; 180 unless given. */
  readonly requestsPerMinute?: number;
  /** Length and beginning of Notion's windows; full minutes unless given. */
  readonly window?: { readonly ms?: number; readonly phaseMs?: number };
  readonly airtable?: AirtableOptions;
  /** Posts webhooks; the real fetch unless given. */
  readonly sendWebhook?: typeof fetch;
}

export interface Sandbox {
  readonly context: SandboxContext;
  readonly notion: NotionSandbox | undefined;
  readonly airtable: AirtableSandbox | undefined;
  /**
   * The sandbox without a socket: a `fetch` for any host, routed by path. A dropped connection rejects as the
   * real fetch does, with TypeError('fetch failed').
   */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;
  /** Every request so far, with the faults it met. */
  log(): readonly LoggedRequest[];
  /** Every cell that changed so far: by whom, when, from what to what. */
  audit(): readonly CellChange[];
  /** Subscriptions, and what was delivered to them. */
  readonly webhooks: Webhooks;
  /** How often each kind of fault has fired. */
  faultsFired(): Readonly<Record<string, number>>;
  /** Ends the fault script and gives back what it had taken: access, and names of columns. What is to land late still does. */
  calm(): void;
  /** Resolves when all that has fallen due by the clock is done. */
  settle(): Promise<void>;
}

export interface RunningSandbox extends Sandbox {
  /** Base address, such as http://127.0.0.1:4010, without a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

/** A sandbox in this process. RangeError for a workspace that contradicts itself. */
export function createSandbox(workspace: SandboxWorkspace, options: SandboxOptions = {}): Sandbox {
  return build(workspace, options, options.clock ?? machineClock(options.now)).sandbox;
}

/** A sandbox on a loopback port (any free one unless given). A clock that is moved by hand, as its own is, can be moved at /_sandbox/clock. */
export async function startSandbox(
  workspace: SandboxWorkspace,
  options: SandboxOptions & { readonly port?: number } = {},
): Promise<RunningSandbox> {
  const byHand = options.now === undefined ? createHandClock({ runs: true }) : machineClock(options.now);
  const { sandbox, shell } = build(workspace, options, options.clock ?? byHand);
  const { url, close } = await listen(shell, options.port ?? 0);
  return { ...sandbox, url, close };
}

/** A fault script from the text of a file, checked against the tables it is to run on. Throws DocumentError. */
export function readFaults(text: string, file: string, workspace: SandboxWorkspace): FaultScript {
  const { grips } = toolsOf(workspace, quietContext(), {});
  return openDocument(text, file).read(FaultScript, (script) => checkScript(script, grips));
}

function build(
  workspace: SandboxWorkspace,
  options: SandboxOptions,
  clock: SandboxClock,
): { readonly sandbox: Sandbox; readonly shell: Shell } {
  const context: SandboxContext = {
    now: clock.now,
    requests: [],
    changes: [],
    enforceRates: options.enforceRates ?? true,
    interceptor: options.interceptor,
  };
  const { notion, airtable, grips } = toolsOf(workspace, context, options);
  const { later, settle } = createAgenda(clock);
  const webhooks = connectWebhooks(context, workspace, { notion, airtable }, later, options.sendWebhook ?? fetch, () =>
    faults.fate(),
  );
  const run = (script: FaultScript) => {
    notion?.lag(script.indexLag * 1000);
    airtable?.lag(script.indexLag * 1000);
    return createFaults(script, grips, later);
  };
  let faults = run(checked(options.faults ?? {}, grips));
  const change = (script: FaultScript): void => {
    faults.giveBack();
    faults = run(script);
  };
  const sandbox: Omit<Sandbox, 'fetch'> = {
    context,
    notion,
    airtable,
    log: () => context.requests,
    audit: () => context.changes,
    webhooks,
    faultsFired: () => countFaults(context.requests),
    calm: () => change(FaultScript.parse({})),
    settle,
  };
  const shell = createShell({
    context,
    clock,
    later,
    faults: (request) => faults.meet(request),
    tools: {
      ...(notion && { notion: (request: Request) => notion.app.fetch(request) }),
      ...(airtable && { airtable: (request: Request) => airtable.app.fetch(request) }),
    },
    ownPages: createControl({
      log: () => ({
        requests: context.requests,
        changes: context.changes,
        faults: sandbox.faultsFired(),
        deliveries: webhooks.deliveries,
      }),
      pages: webhookPages(webhooks.notion),
      clock: isHandClock(clock) ? clock : undefined,
      now: clock.now,
      script: (document) => {
        change(openDocument(document ?? '{}', 'faults').read(FaultScript, (script) => checkScript(script, grips)));
      },
      welcome: (origin) => welcome(origin, workspace),
    }),
  });
  return { sandbox: { ...sandbox, fetch: fetchOf(shell) }, shell };
}

const quietContext = (): SandboxContext => ({
  now: () => 0,
  requests: [],
  changes: [],
  enforceRates: false,
  interceptor: undefined,
});

/** The tools of a workspace, and a grip on each for the fault script. */
function toolsOf(workspace: SandboxWorkspace, context: SandboxContext, options: SandboxOptions) {
  const notion = workspace.notion && createNotion(workspace.notion, context, notionLimits(options));
  const airtable = workspace.airtable && createAirtable(workspace.airtable, context, options.airtable);
  const grips: Grips = {
    ...(notion && workspace.notion && { notion: notionGrip(notion, workspace.notion) }),
    ...(airtable && workspace.airtable && { airtable: airtableGrip(airtable, workspace.airtable) }),
  };
  return { notion, airtable, grips };
}

const notionLimits = ({ queryCap, requestsPerMinute, window }: SandboxOptions): Partial<NotionLimits> => ({
  ...(window?.ms === undefined ? {} : { windowMs: window.ms }),
  ...(window?.phaseMs === undefined ? {} : { windowPhaseMs: window.phaseMs }),
  ...(queryCap === undefined ? {} : { queryCap }),
  ...(requestsPerMinute === undefined ? {} : { requestsPerMinute }),
});

function checked(input: FaultScriptInput, grips: Grips): FaultScript {
  const script = FaultScript.parse(input);
  const [mistake] = checkScript(script, grips);
  if (mistake !== undefined) throw new RangeError(`${mistake.path.join('.')}: ${mistake.message}`);
  return script;
}

function countFaults(requests: readonly LoggedRequest[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const kind of requests.flatMap(({ faults }) => faults ?? [])) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

function fetchOf(shell: Shell): Sandbox['fetch'] {
  return async (input, init) => {
    // The signal ends the waiting only, so the request need not follow it.
    const { signal: given, ...rest } = init ?? {};
    const signal = given ?? (input instanceof Request ? input.signal : undefined);
    const served = shell(new Request(input, rest));
    const result = await (signal === undefined ? served : abortable(served, signal));
    if (result.kind === 'dropped') throw new TypeError('fetch failed');
    return result.response;
  };
}

/** Rejects as soon as the signal fires; what was sent is served all the same. */
function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}

function welcome(origin: string, workspace: SandboxWorkspace): string {
  const lines = ['The sandbox is running. Everything in it is forgotten when it stops.', ''];
  if (workspace.notion) lines.push(`Notion    base URL ${origin}  token in NOTION_TOKEN`);
  if (workspace.airtable) lines.push(`Airtable  base URL ${origin}  token in AIRTABLE_TOKEN`);
  lines.push('', `Requests and changes: ${origin}/_sandbox/log`, '');
  return lines.join('\n');
}
